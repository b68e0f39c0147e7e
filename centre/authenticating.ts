// Is this the genuine card it says it is, and may it be worked with at all: checks 1 to 3 of power-card.md 13.1.
import type { z } from 'zod'
import type { InsertionRequest, Verdict } from '../domain/centre-messages.ts'
import type { Refusal } from '../domain/diagnosis.ts'
import type { CardSerial } from '../domain/identifiers.ts'
import { fciOf, type Fci } from '../domain/power-card/apdu.ts'
import { fromHex, toHex } from '../domain/power-card/bytes.ts'
import { readParameters, type Parameters } from '../domain/power-card/files.ts'
import { raise } from './alarms.ts'
import type { InsertionRow } from './insertions.ts'
import { issueLookNonce, takeNonce } from './nonces.ts'
import type { Turn } from './turn.ts'

/** A card whose purchase and write-back are proven over a fresh nonce of ours, with no session open (label RB). */
export type AuthenticCard = {
  serial: CardSerial
  keyVersion: number
  parameters: Parameters
  ef01: string
  /** 40 and 128 bytes, without their MACs. */
  ef02: string
  ef05: string
  journal: string[]
  fci: string
  /** Of the nonce it was read over. */
  sequence: number
}

export type Authenticated =
  | { kind: 'authentic'; card: AuthenticCard }
  | { kind: 'decided'; verdict: Verdict }

export const refusedWith = (refusal: Refusal, depositOffered = false): Verdict => ({
  kind: 'refused',
  refusal,
  depositOffered,
})

const decided = (refusal: Refusal): Authenticated => ({
  kind: 'decided',
  verdict: refusedWith(refusal),
})

export const lookAgain = async (turn: Turn): Promise<Verdict> => ({
  kind: 'look again',
  nonce: (await issueLookNonce(turn)).nonce,
})
