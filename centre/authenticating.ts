// Is this the genuine card it says it is, and may it be worked with at all: checks 1 to 3 of power-card.md 13.1.
import type { z } from 'zod'
import type { InsertionRequest, Verdict } from '../domain/centre-messages.ts'
import type { Refusal } from '../domain/diagnosis.ts'
import { fciOf, type Fci } from '../domain/power-card/apdu.ts'
import { fromHex, toHex } from '../domain/power-card/bytes.ts'
import { readParameters, type Parameters } from '../domain/power-card/parameters.ts'
import { cryptoProfile } from '../domain/power-card/layout.ts'
import { raise, type AlarmKind } from './alarms.ts'
import type { InsertionRow } from './insertions.ts'
import { issueLookNonce, takeNonce } from './nonces.ts'
import type { Turn } from './turn.ts'

type Asked = z.infer<typeof InsertionRequest>

/** A card whose purchase and write-back are proven over a fresh nonce of ours, with no session open (label RB). */
export type AuthenticCard = {
  parameters: Parameters
  ef01: string
  /** 40 and 128 bytes, without their MACs. */
  ef02: string
  ef05: string
  /** Records of EF06, the newest first. */
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

export const lookAgain = async (turn: Turn): Promise<Verdict> => ({
  kind: 'look again',
  nonce: (await issueLookNonce(turn)).nonce,
})

/**
 * What the card says of itself in plain comes first: a card that even says it is not ours to serve needs no proof. Then
 * it proves that it is genuine and that its files are what was read.
 */
export const authenticate = async (
  turn: Turn,
  row: InsertionRow,
  { look, serial }: Asked,
): Promise<Authenticated> => {
  const doubt = (kind: AlarmKind, why: string) => alarm(turn, { kind, row, why, look })
  const taken = await takeNonce(turn, look.nonce)
  const fci = fciOf(fromHex(look.fci))
  if (fci === null || toHex(fci.serial) !== serial) {
    await doubt('not genuine', 'the FCI does not describe the card that was announced')
    return decided({ kind: 'not genuine' })
  }
  const plain = plainly(turn, { look, fci })
  if (plain.kind === 'decided') return plain
  const { files, parameters } = plain

  // A proof over a nonce that is not fresh proves nothing; a look nonce may simply have lain too long.
  if (taken.kind === 'worthless' || taken.stale || taken.orderNumber !== null) {
    const isOld = taken.kind === 'good' && taken.stale
    return isOld ? again(turn) : onceMore(turn, row, doubt, 'the nonce was not fresh')
  }
  const verified = await turn.security.verifyLook({
    serial,
    keyVersion: fci.keyVersion,
    nonce: look.nonce,
    genuine: files.genuine,
    ef02: files.ef02,
    ef05: files.ef05,
  })
  if (!verified.genuine) {
    await doubt('not genuine', 'INTERNAL AUTHENTICATE does not verify')
    return decided({ kind: 'not genuine' })
  }
  if (!verified.files) return onceMore(turn, row, doubt, 'the MAC of a file does not verify')
  // FCI and EF01 differ when a re-keying was cut off between its two writes (5.3).
  if (fci.keyVersion !== parameters.keyVersion) return office('key version')
  if (fci.tries.K_EA === 0) return office('key blocked')
  return {
    kind: 'authentic',
    card: {
      parameters,
      ef01: files.ef01,
      ef02: files.ef02.slice(0, 80),
      ef05: files.ef05.slice(0, 256),
      journal: files.journal,
      fci: look.fci,
      sequence: taken.sequence,
    },
  }
}

type Files = NonNullable<Asked['look']['files']>
type Decided = Extract<Authenticated, { kind: 'decided' }>

/** What needs no proof, because it is refused anyway or only leads to the proof. */
const plainly = (
  turn: Turn,
  { look, fci }: { look: Asked['look']; fci: Fci },
): { kind: 'plain'; files: Files; parameters: Parameters } | Decided => {
  const { files } = look
  if (!fci.issued || files === null) return office('not issued')
  if (fci.profile !== cryptoProfile) return office('profile')
  const read = readParameters(fromHex(files.ef01))
  if (read.kind === 'malformed') {
    return office(read.problem === 'crypto profile' ? 'profile' : 'data differ')
  }
  // Another area has other keys: asked first, or its cards would look like forgeries.
  if (!turn.policy.areas.includes(read.parameters.area)) return decided({ kind: 'other area' })
  if (!turn.security.acceptsVersion(fci.keyVersion)) return office('key version')
  return { kind: 'plain', files, parameters: read.parameters }
}

/** 13.1 check 2: once more with a new nonce, then as not genuine. */
const onceMore = async (
  turn: Turn,
  row: InsertionRow,
  doubt: (kind: AlarmKind, why: string) => Promise<void>,
  why: string,
): Promise<Authenticated> => {
  if (row.failed_looks > 0) {
    await doubt('not genuine', why)
    return decided({ kind: 'not genuine' })
  }
  await turn.work
    .updateTable('insertions')
    .set({ failed_looks: row.failed_looks + 1 })
    .where('insertion', '=', row.insertion)
    .execute()
  return again(turn)
}

const again = async (turn: Turn): Promise<Authenticated> => ({
  kind: 'decided',
  verdict: await lookAgain(turn),
})

const decided = (refusal: Refusal): Decided => ({ kind: 'decided', verdict: refusedWith(refusal) })

type OfficeReason = Extract<Refusal, { kind: 'visit the office' }>['why']
const office = (why: OfficeReason): Decided => decided({ kind: 'visit the office', why })

const alarm = async (
  turn: Turn,
  of: { kind: AlarmKind; row: InsertionRow; why: string; look: Asked['look'] },
): Promise<void> =>
  raise(turn.work, {
    kind: of.kind,
    at: turn.now,
    kiosk: turn.kiosk,
    serial: of.row.serial,
    evidence: { why: of.why, look: of.look },
  })
