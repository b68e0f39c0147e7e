// Ways for a simulated bank to misbehave, each put in front of what it does by itself.
import type { Mti, IsoMessage } from '../iso8583/message.ts'
import { responses, type ResponseCode } from '../iso8583/responses.ts'
import { refusal, type Decision } from './request.ts'

/** Written at one go, at once or so much later. */
export type Chunk = { bytes: Uint8Array; afterMs?: number }

/** Asked before the bank itself, the latest one first. A function that answers undefined leaves the case to the next. */
export type Behaviour = {
  /** A request, as it arrived: whether it is lost before anybody reads it, or the line is cut at that moment. */
  onRequest?: (request: IsoMessage) => 'lost' | 'cut' | undefined
  /** What to decide instead of asking the books. */
  onDecision?: (request: IsoMessage) => Decision | undefined
  /** An answer about to go out, frame and MAC: what to put on the line instead; 'cut' for the end of the line. */
  onAnswer?: (frame: Uint8Array, request: IsoMessage) => readonly Chunk[] | 'cut' | undefined
}

/** To which requests (all of them if not said), and how often (for ever if not said). */
export type When = { to?: Mti; network?: string; times?: number }

const whenever = ({ to, network, times = Infinity }: When): ((request: IsoMessage) => boolean) => {
  let left = times
  return ({ mti, fields }) => {
    if (left === 0 || (to !== undefined && mti !== to)) return false
    if (network !== undefined && fields[70] !== network) return false
    left -= 1
    return true
  }
}

const onLine =
  (chunks: (frame: Uint8Array) => readonly Chunk[] | 'cut') =>
  (when: When = {}): Behaviour => {
    const applies = whenever(when)
    return { onAnswer: (frame, request) => (applies(request) ? chunks(frame) : undefined) }
  }

/** Refuses with this code, and remembers that it did. */
export const declines = (code: ResponseCode, when: When = {}): Behaviour => {
  const applies = whenever(when)
  return {
    onDecision: (request) => (applies(request) ? refusal(code, responses[code]) : undefined),
  }
}

/** The request never arrives: nothing is done, nothing answered. */
export const losesRequests = (when: When = {}): Behaviour => {
  const applies = whenever(when)
  return { onRequest: (request) => (applies(request) ? 'lost' : undefined) }
}

/** The request is carried out and its answer never arrives. */
export const losesAnswers = onLine(() => [])

/** The answer takes so long; later than the deadline, nobody waits for it any more. */
export const answersLate = (afterMs: number, when: When = {}): Behaviour =>
  onLine((frame) => [{ bytes: frame, afterMs }])(when)

/** The answer twice, in one chunk. */
export const answersTwice = onLine((frame) => [{ bytes: Uint8Array.of(...frame, ...frame) }])

/** The last bit of the MAC is wrong. */
export const sealsWrongly = onLine((frame) => [
  { bytes: Uint8Array.of(...frame.subarray(0, -1), (frame.at(-1) ?? 0) ^ 0x01) },
])

/** The code of the answer, changed on the way: the MAC no longer fits. */
export const isTamperedWith = onLine((frame) => {
  // Field 39 of a refusal, ASCII `51`, becomes `00`.
  const at = Buffer.from(frame).lastIndexOf('51')
  const changed = frame.slice()
  changed.set([0x30, 0x30], at)
  return [{ bytes: changed }]
})

/** One byte at a time, and time between them. */
export const dripsAnswers = (gapMs: number, when: When = {}): Behaviour =>
  onLine((frame) =>
    Array.from(frame, (byte, at) => ({ bytes: Uint8Array.of(byte), afterMs: at * gapMs })),
  )(when)

/** The line is cut when the so-manieth request from now arrives: before it is read, or after it is done and before its answer. */
export const cutsLineAt = (nth: number, moment: 'before' | 'after'): Behaviour => {
  let seen = 0
  if (moment === 'before') {
    return {
      onRequest: () => {
        seen += 1
        return seen === nth ? 'cut' : undefined
      },
    }
  }
  return {
    onAnswer: () => {
      seen += 1
      return seen === nth ? 'cut' : undefined
    },
  }
}
