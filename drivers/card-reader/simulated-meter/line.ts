// How a meter talks to a card: plain commands first, then a session in which everything is proven (power-card.md 10.2).
import {
  getChallenge,
  macedRead,
  statusWord,
  type Answer,
} from '../../../domain/power-card/apdu.ts'
import type { CardKeys } from '../../../domain/power-card/keys.ts'
import { provenToMeter } from '../../../domain/power-card/proofs.ts'
import { meterSession, secure, type Write } from '../../../domain/power-card/sessions.ts'
import { begin, follow, type Followed } from '../pcsc/exchange.ts'
import { protocolT0 } from '../pcsc/service.ts'
import { handleCommand, type Pull } from '../pcsc/slot.ts'
import type { CardInSlot } from '../simulated-card/simulated-card.ts'

/** The insertion ends with this code of 10.6. */
export class Refused extends Error {
  readonly code: number
  constructor(code: number) {
    super(`code ${code}`)
    this.code = code
  }
}

/** The card is gone, is silent, or said what it must not say here. */
export class NoAnswer extends Error {}

export type MeterLine = {
  /** Sends one command and follows 61xx and 6Cxx; throws `NoAnswer` when nothing comes back. */
  ask(command: Uint8Array): Answer
}

/** The line to a card that has power. */
export const meterLine = (card: CardInSlot, pull: Pull | null): MeterLine => {
  let left = pull
  let gone = false
  const send = (bytes: Uint8Array): Uint8Array => {
    if (gone) throw new NoAnswer()
    const next = handleCommand(card, bytes, left)
    left = next.pull
    if (next.handled.kind === 'answered') return next.handled.bytes
    gone = true
    card.powerDown()
    throw new NoAnswer()
  }
  return {
    ask: (command) => {
      // What a meter sends carries no Le after data, so that both protocols take it as T=0 does.
      let followed: Followed = { kind: 'send', exchange: begin(command, protocolT0) }
      while (followed.kind === 'send') {
        followed = follow(followed.exchange, send(followed.exchange.sent))
      }
      if (followed.kind === 'unknown') throw new NoAnswer()
      return followed
    },
  }
}

export type MeterSession = {
  /** A whole file, proven with a fresh nonce (label RM). */
  read(sfi: number): Uint8Array
  write(write: Write): void
}

export type SessionOf = {
  serial: Uint8Array
  keys: Pick<CardKeys, 'K_EM' | 'K_MM'>
  random: (length: number) => Uint8Array
}

/** Step 13. Throws `Refused` 06 when the card does not accept the meter. */
export const openSession = (line: MeterLine, { serial, keys, random }: SessionOf): MeterSession => {
  const asked = line.ask(getChallenge())
  if (asked.statusWord !== statusWord.done || asked.data.length !== 8) throw new NoAnswer()
  const { authenticate, key } = meterSession(keys, {
    challenge: asked.data,
    random: random(8),
    serial,
  })
  if (line.ask(authenticate).statusWord !== statusWord.done) throw new Refused(6)
  let sequence = 0
  return {
    read: (sfi) => {
      const nonce = random(8)
      const answer = line.ask(macedRead(sfi, nonce))
      if (answer.statusWord !== statusWord.done) throw new NoAnswer()
      const proof = provenToMeter(answer.data, { K_MM: keys.K_MM, sfi, nonce, serial })
      if (proof.kind !== 'proven') throw new Refused(5)
      return proof.data
    },
    write: (write) => {
      sequence++
      const answer = line.ask(secure(write, { key, sequence }))
      if (answer.statusWord !== statusWord.done) throw new NoAnswer()
    },
  }
}
