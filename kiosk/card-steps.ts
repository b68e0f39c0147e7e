// What a kiosk does with a card: look at it, relay its challenge, run the centre's script, read the proof.
//
// A kiosk is a pipe (power-card.md 1.1): it holds no key and computes no MAC. Every step ends in a value; an outcome that
// nobody can know is one of them.
import { CardSerial, Nonce } from '../domain/identifiers.ts'
import type { CardLook } from '../domain/centre-messages.ts'
import {
  fciOf,
  getChallenge,
  internalAuthenticate,
  macedRead,
  readBinary,
  readRecord,
  selectApplication,
} from '../domain/power-card/apdu.ts'
import { fromHex, toHex } from '../domain/power-card/bytes.ts'
import type { ApduReply, CardLine } from '../drivers/card-reader/card-reader.ts'
import type { Looked } from '../state-machines/sale-context.ts'
import type { ProofRead } from '../state-machines/proving.ts'
import type { Challenged, ScriptEvent } from '../state-machines/writing-card.ts'

const ok = 0x9000
const notIssued = 0x6b00

/** Journal records that explain a refusal (power-card.md 13.1): the newest two are enough. */
const recordsRead = 2

class CardSilent extends Error {}

/** The data of an answer 9000; anything else ends the step. */
const dataOf = (reply: ApduReply): Uint8Array => {
  if (reply.kind === 'answered' && reply.statusWord === ok) return reply.data
  throw new CardSilent(reply.kind === 'unknown' ? reply.why : reply.statusWord.toString(16))
}

/** Power-card.md 8.1 steps 1 and 2, over a look nonce of the centre. `afresh`: SELECT first, so that the label is RB. */
export const lookAtCard = async (
  line: CardLine,
  { fci, nonce, afresh }: { fci: Uint8Array; nonce: Nonce; afresh: boolean },
): Promise<Looked> => {
  const tags = fciOf(fci)
  const serial = CardSerial.safeParse(tags === null ? '' : toHex(tags.serial))
  if (!serial.success) return { kind: 'not readable' }
  const looked = (files: CardLook['files']): Looked => ({
    kind: 'looked',
    serial: serial.data,
    look: { nonce, fci: toHex(fci), files },
  })
  try {
    if (afresh) dataOf(await line.exchange(selectApplication()))
    const ef01 = await line.exchange(readBinary(1, 0, 60))
    if (ef01.kind === 'answered' && ef01.statusWord === notIssued) return looked(null)
    return looked({
      ef01: toHex(dataOf(ef01)),
      genuine: toHex(dataOf(await line.exchange(internalAuthenticate(fromHex(nonce))))),
      ef02: toHex(dataOf(await line.exchange(macedRead(2, fromHex(nonce))))),
      ef05: toHex(dataOf(await line.exchange(macedRead(5, fromHex(nonce))))),
      journal: await newestRecords(line),
    })
  } catch (error) {
    if (error instanceof CardSilent) return { kind: 'not readable' }
    throw error
  }
}

const newestRecords = async (line: CardLine): Promise<string[]> => {
  const records: string[] = []
  for (let number = 1; number <= recordsRead; number++) {
    const reply = await line.exchange(readRecord(number))
    if (reply.kind !== 'answered' || reply.statusWord !== ok) break
    records.push(toHex(reply.data))
  }
  return records
}

/** The card's fresh challenge. After it the card is left alone until the script is there (power-card.md 7.2). */
export const challengeCard = async (line: CardLine): Promise<Challenged> => {
  const reply = await line.exchange(getChallenge())
  if (reply.kind === 'unknown')
    return { kind: reply.why === 'no reply' ? 'no answer' : 'card gone' }
  const challenge = Nonce.safeParse(toHex(reply.data))
  return reply.statusWord === ok && challenge.success
    ? { kind: 'challenge', challenge: challenge.data }
    : { kind: 'no answer' }
}

/** Sends the commands one by one and stops at the first answer other than 9000. Nothing is ever sent twice. */
export const runScript = async (
  line: CardLine,
  commands: readonly string[],
  tell: (event: ScriptEvent) => void,
): Promise<void> => {
  const steps = commands.length
  for (const [at, command] of commands.entries()) {
    const reply = await line.exchange(fromHex(command))
    if (reply.kind !== 'answered' || reply.statusWord !== ok) {
      return tell({ type: 'script.ended', completed: false })
    }
    tell({ type: 'script.stepped', step: at + 1, steps })
  }
  tell({ type: 'script.ended', completed: true })
}

/** MAC'd READ of EF02 over a settle nonce. `afresh`: SELECT first, which ends the session and gives the label RB. */
export const readProof = async (
  line: CardLine,
  { nonce, afresh }: { nonce: Nonce; afresh: boolean },
): Promise<ProofRead> => {
  if (afresh) {
    const selected = await line.exchange(selectApplication())
    if (selected.kind === 'unknown') return lostCard(selected)
  }
  const reply = await line.exchange(macedRead(2, fromHex(nonce)))
  if (reply.kind === 'unknown') return lostCard(reply)
  return reply.statusWord === ok
    ? { kind: 'read', proof: toHex(reply.data) }
    : { kind: 'no answer' }
}

const lostCard = (reply: Extract<ApduReply, { kind: 'unknown' }>): ProofRead => ({
  kind: reply.why === 'no reply' ? 'no answer' : 'card gone',
})
