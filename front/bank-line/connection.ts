// One connection to the bank's host: bytes to messages, answers to their questions.
//
//   ask(message) -> pack, MAC -> port ->
//   BankAnswer <- right MAC? <- the question it answers <- unpack <- port <-          (none waits for it: late)
import type { Duplex } from 'node:stream'
import { concat } from '../../domain/power-card/bytes.ts'
import type { Problem, Sealed } from '../iso8583/body.ts'
import { madeWith } from '../iso8583/mac.ts'
import { answerTypeOf, pack, splitFrames, unpack, type IsoMessage } from '../iso8583/message.ts'
import type { BankAnswer, LateAnswer } from './bank-line.ts'

/** `kiosk/clock.ts` and the manual clock of the tests both fit. */
export type LineClock = {
  /** Milliseconds since 1970 in UTC. */
  now: () => number
  /** Calls once after so many milliseconds; the answer takes the call back. */
  after: (ms: number, call: () => void) => () => void
}

/** What the line is like, for the diagnostic log. No message stands in it: messages carry names and accounts. */
export type LineReport =
  | { kind: 'malformed'; problem: Problem }
  /** A length that no message has; the line is closed. */
  | { kind: 'broken frame' }
  /** A request: this host has nothing to ask of us. */
  | { kind: 'stray request' }
  | { kind: 'wrong MAC' }
  | { kind: 'late answer' }
  | { kind: 'not connected' }
  | { kind: 'sign-on refused'; code: string | null }

export type Question = {
  message: IsoMessage
  /** What the question is sealed with; null for none. */
  key: Uint8Array | null
  /** What its answer must be sealed with; null when this answer cannot be a right one. */
  keyOfAnswer: (answer: IsoMessage) => Uint8Array | null
  deadlineMs: number
}

export type Connection = {
  ask: (question: Question) => Promise<BankAnswer>
  /** Settles when the line is gone; by then every question has ended. */
  ended: Promise<void>
  close: () => void
}

export type ConnectionOptions = {
  clock: Pick<LineClock, 'after'>
  /** The keys that a late answer may be sealed with. */
  lateKeys: () => readonly Uint8Array[]
  late: (late: LateAnswer) => void
  report: (report: LineReport) => void
}

type Waiting = { question: Question; settle: (answer: BankAnswer) => void }

export const bankConnection = (port: Duplex, options: ConnectionOptions): Connection => {
  const { clock, lateKeys, late, report } = options
  const waiting = new Map<string, Waiting>()
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  let rest: Uint8Array = new Uint8Array()
  let open = true

  const hear = (message: IsoMessage, sealed: Sealed | null) => {
    if (answerTypeOf(message.mti) !== null) return report({ kind: 'stray request' })
    const asked = waiting.get(matchOf(message.mti, message))
    if (asked === undefined) {
      report({ kind: 'late answer' })
      const right = lateKeys().some((key) => madeWith(key, sealed))
      return late({ message, mac: right ? 'right' : 'wrong' })
    }
    const key = asked.question.keyOfAnswer(message)
    if (key !== null && madeWith(key, sealed)) return asked.settle({ kind: 'answered', message })
    // Whoever made it, the question has no answer: nothing in it is looked at, not even a refusal.
    report({ kind: 'wrong MAC' })
    return asked.settle({ kind: 'unknown', why: 'wrong MAC' })
  }

  const onData = (chunk: Uint8Array) => {
    const split = splitFrames(concat(rest, chunk))
    rest = split.rest
    for (const payload of split.out) {
      const read = unpack(payload)
      if (read.kind === 'message') hear(read.message, read.sealed)
      else report(read)
    }
    if (!split.broken) return
    report({ kind: 'broken frame' })
    close()
  }

  const close = () => {
    if (!open) return
    open = false
    port.off('data', onData)
    port.destroy()
    for (const { settle } of waiting.values()) settle({ kind: 'unknown', why: 'line lost' })
    end()
  }

  // An error is followed by 'close'; without a listener it would end the process.
  port.on('error', close).on('end', close).on('close', close).on('data', onData)

  return {
    ask: (question) => {
      const match = matchOf(answerTypeOf(question.message.mti), question.message)
      if (!open) return Promise.resolve({ kind: 'away', why: 'not signed on' })
      if (waiting.has(match)) return Promise.resolve({ kind: 'away', why: 'asked already' })
      const bytes = pack(question.message, question.key)
      return new Promise((resolve) => {
        const takeBack = clock.after(question.deadlineMs, () =>
          settle({ kind: 'unknown', why: 'no answer in time' }),
        )
        const settle = (answer: BankAnswer) => {
          takeBack()
          waiting.delete(match)
          resolve(answer)
        }
        // Before the bytes are out: in memory the answer is there before `write` returns.
        waiting.set(match, { question, settle })
        port.write(bytes)
      })
    },
    ended,
    close,
  }
}

/** What an answer and its question have in common. */
const matchOf = (answerType: string | null, { fields }: IsoMessage): string =>
  [answerType, fields[11], fields[41], fields[7]].join(' ')
