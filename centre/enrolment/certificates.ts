// Every certificate the authority has given out: kept when it is made, looked up, and called back.
import { createHash } from 'node:crypto'
import { uriOf, type Holder } from '../../domain/enrolment/holder.ts'
import type { Store } from '../store.ts'
import type { Authority } from './authority.ts'
import { readingEnrolment, type Certificates, type EnrolmentWork } from './enrolment-tables.ts'

export const hashOfKey = (publicKey: Uint8Array): string =>
  createHash('sha256').update(publicKey).digest('hex')

/** Signs one and keeps it. `hosts`: JSON. PEM. */
export const issueAndKeep = async (
  work: EnrolmentWork,
  of: {
    authority: Authority
    holder: Holder
    hosts: string
    publicKey: Uint8Array
    now: number
  },
): Promise<string> => {
  const { authority, holder, hosts, publicKey, now } = of
  const { pem, serial, to } = authority.issue({ holder, hosts: hostsIn(hosts), publicKey, now })
  await work
    .insertInto('certificates')
    .values({
      serial,
      holder: uriOf(holder),
      key_hash: hashOfKey(publicKey),
      hosts,
      pem,
      issued_at: now,
      ends_at: to,
      revoked_at: null,
      revoked_why: null,
    })
    .execute()
  return pem
}

const hostsIn = (json: string): string[] => {
  const value: unknown = JSON.parse(json)
  return Array.isArray(value) ? value.map(String) : []
}

/** The newest certificate of this key that was not called back. */
export const certificateOfKey = (
  work: EnrolmentWork,
  of: { holder: Holder; keyHash: string },
): Promise<Certificates | undefined> =>
  work
    .selectFrom('certificates')
    .selectAll()
    .where('key_hash', '=', of.keyHash)
    .where('holder', '=', uriOf(of.holder))
    .where('revoked_at', 'is', null)
    .orderBy('issued_at', 'desc')
    .executeTakeFirst()

/** Calls back all that this holder has; the answer is how many that were. It may enrol again with a new code. */
export const revokeAll = async (
  work: EnrolmentWork,
  of: { holder: Holder; why: string; now: number },
): Promise<number> => {
  const { numUpdatedRows } = await work
    .updateTable('certificates')
    .set({ revoked_at: of.now, revoked_why: of.why })
    .where('holder', '=', uriOf(of.holder))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** The serials that are called back and would be good otherwise, for whoever has to refuse them elsewhere. */
export const revokedSerials = async (
  { read }: Pick<Store, 'read'>,
  now: number,
): Promise<string[]> => {
  const rows = await readingEnrolment(read)
    .selectFrom('certificates')
    .select('serial')
    .where('revoked_at', 'is not', null)
    .where('ends_at', '>=', now)
    .execute()
  return rows.map(({ serial }) => serial)
}

export const isRevoked = async (
  { read }: Pick<Store, 'read'>,
  serial: string,
): Promise<boolean> => {
  const row = await readingEnrolment(read)
    .selectFrom('certificates')
    .select('revoked_at')
    .where('serial', '=', serial)
    .executeTakeFirst()
  // One that is not here was made before the database was put back: the authority has signed it.
  return row !== undefined && row.revoked_at !== null
}
