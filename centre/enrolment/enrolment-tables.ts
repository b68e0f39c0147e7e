// The rows of enrolment, and a transaction that sees them beside those of the centre.
import type { Transaction } from 'kysely'
import type { KioskPublicKey } from '../../domain/claim.ts'
import type { KioskNumber } from '../../domain/identifiers.ts'
import type { Reading, Work } from '../store.ts'
import type { Tables } from '../tables.ts'

/** The newest code of a holder (`uriOf`). Moments in ms since 1970. */
type EnrolmentCodes = {
  holder: string
  /** Of the code, with a key that is not in the database. */
  hash: string
  /** At which it will answer, as JSON; none for a kiosk. */
  hosts: string
  made_at: number
  ends_at: number
  wrong_tries: number
  /** Of the key that has enrolled with it: the same one may ask again. Null while nobody has. */
  used_by: string | null
  used_at: number | null
}

export type Certificates = {
  /** Upper-case hexadecimal digits. */
  serial: string
  /** `uriOf`. */
  holder: string
  /** SHA-256 of SubjectPublicKeyInfo, hexadecimal. */
  key_hash: string
  hosts: string
  pem: string
  issued_at: number
  ends_at: number
  revoked_at: number | null
  revoked_why: string | null
}

/** Keys that signed claims of a kiosk before it enrolled with another. */
type FormerKioskKeys = { kiosk: KioskNumber; public_key: KioskPublicKey; until: number }

export type EnrolmentTables = Tables & {
  enrolment_codes: EnrolmentCodes
  certificates: Certificates
  former_kiosk_keys: FormerKioskKeys
}

export type EnrolmentWork = Transaction<EnrolmentTables>

export const withEnrolment = (work: Work): EnrolmentWork => work.withTables<EnrolmentTables>()

export const readingEnrolment = (read: Reading) => read.withTables<EnrolmentTables>()
