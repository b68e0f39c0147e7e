// Question and answer over an SSP line: the sequence bit, the retry of identical bytes, and encryption once keys are agreed.
//
//   ask(command) -> seal -> frame -> line ->          (again after each replyMs, the same bytes)
//   Asked <- unseal <- the frame with our bit <- line <-
import type { Duplex } from 'node:stream'
import type { Clock } from '../../clock.ts'
import { decode, encode, validatorAddress } from './codec.ts'
import type { Discarded, Frame, SequenceBit } from './codec.ts'
import { code } from './commands.ts'
import { seal, unseal, type Chance } from './encryption.ts'
import { answerOf, type Answer } from './replies.ts'

/** SSP manual, time-outs: wait 1 s, send again, give up after 20. */
export const linkDelays = { replyMs: 1_000 }
export const mostTries = 20

/** What became of a question. Only 'answered' says that the unit has it. */
export type Asked = { kind: 'answered'; answer: Answer } | { kind: 'no reply' } | { kind: 'closed' }

/** What the line is like, for the heartbeat and the diagnostic log. */
export type LineReport =
  | Discarded
  /** A good frame that answers nothing we wait for: late, doubled, or not made with our keys. */
  | { kind: 'stray frame'; data: Uint8Array }
  /** Nothing came within the time, for the so-manieth time in a row. */
  | { kind: 'unanswered'; times: number }

/** Told what was said inside encryption: a command before it is sent for the first time, an answer before it is used. */
export type Overhear = (way: 'out' | 'in', data: Uint8Array) => void

export type LinkOptions = {
  clock: Clock
  chance: Chance
  report: (report: LineReport) => void
  overhear?: Overhear
  /** A question was answered as it should. */
  heard?: () => void
  /** The line is gone, also while nothing is asked. */
  gone: () => void
}

export type Link = {
  /** One question at a time. Never rejects. */
  ask: (command: Uint8Array, tries?: number) => Promise<Asked>
  /** From now on all is sealed with this key, counted from 0; null: in the clear. */
  useKey: (key: Uint8Array | null) => void
  isOpen: () => boolean
  /** Lets the line go and closes it; a question still open ends 'closed'. */
  close: () => void
}

type Question = {
  bit: SequenceBit
  bytes: Uint8Array
  sends: number
  tries: number
  settle: (asked: Asked) => void
}

export const sspLink = (
  line: Duplex,
  { clock, chance, report, gone, overhear = () => {}, heard = () => {} }: LinkOptions,
): Link => {
  let rest: Uint8Array = Uint8Array.of()
  let question: Question | null = null
  let stopWaiting = () => {}
  let open = true
  let nextBit: SequenceBit = 0
  let session: { key: Uint8Array; count: number } | null = null

  const settle = (asked: Asked) => {
    stopWaiting()
    const settled = question
    question = null
    settled?.settle(asked)
  }

  const send = (asked: Question) => {
    asked.sends += 1
    // Before the bytes are out: in memory the answer is there before `write` returns.
    stopWaiting = clock.after(linkDelays.replyMs, () => {
      report({ kind: 'unanswered', times: asked.sends })
      // The same bytes with the same bit: a unit that has done it already only answers again.
      if (asked.sends < asked.tries) send(asked)
      else settle({ kind: 'no reply' })
    })
    line.write(asked.bytes)
  }

  const hear = (frame: Frame) => {
    const data = frame.sequence === question?.bit ? verified(frame.data) : null
    const answer = data === null ? null : answerOf(data)
    if (answer === null) return report({ kind: 'stray frame', data: frame.data })
    heard()
    return settle({ kind: 'answered', answer })
  }

  /** The answer inside; null when it cannot be the answer to this question. */
  const verified = (data: Uint8Array): Uint8Array | null => {
    if (session === null) return data
    const opened = unseal(data, session.key)
    // In the clear a unit only says that it has no keys any more; whatever else comes so is not from it.
    if (opened.kind === 'not sealed') return answerOf(data)?.kind === 'no keys' ? data : null
    if (opened.kind !== 'opened' || opened.count !== session.count + 1) return null
    session.count = opened.count
    overhear('in', opened.data)
    return opened.data
  }

  const onData = (chunk: Uint8Array) => {
    const { out, rest: left } = decode(Uint8Array.of(...rest, ...chunk))
    rest = left
    for (const one of out) {
      if (one.kind === 'discarded') report(one)
      else if (one.address === validatorAddress) hear(one)
    }
  }

  const onClose = () => {
    open = false
    settle({ kind: 'closed' })
    gone()
  }

  line.on('data', onData).on('end', onClose).on('close', onClose).on('error', onClose)

  return {
    ask: (command, tries = mostTries) =>
      new Promise((resolve) => {
        if (!open) return resolve({ kind: 'closed' })
        // SYNC sets the bit the unit expects to 0; it goes out with 1, as in the manual's example.
        const bit = command[0] === code.sync ? 1 : nextBit
        nextBit = bit === 1 ? 0 : 1
        const data =
          session === null
            ? command
            : seal({ count: session.count, data: command }, session.key, chance.packing)
        if (session !== null) overhear('out', command)
        const bytes = encode({ sequence: bit, address: validatorAddress, data })
        question = { bit, bytes, sends: 0, tries, settle: resolve }
        return send(question)
      }),
    useKey: (key) => {
      session = key === null ? null : { key, count: 0 }
    },
    isOpen: () => open,
    close: () => {
      line.off('data', onData).off('end', onClose).off('close', onClose).off('error', onClose)
      // Closing can fail late; a line we have let go must not end the process.
      line.on('error', () => {})
      onClose()
      line.destroy()
    },
  }
}
