// A line to an ESC/POS printer: bytes out with patience, questions one at a time, and whatever comes unasked.
//
//   write(part) -> (not while XOFF) -> line ->
//   ask(question), urge(command) -> line ->         at once, even then: what is real-time passes a full buffer
//   answer <- one real-time or full status <- line <-
//   hear(…) <- automatic status, marks, noise <- line <-
import type { Duplex } from 'node:stream'
import { never } from '../../../domain/never.ts'
import { decodeAnswers, type Answer, type Dialect } from './answers.ts'
import type { Clock } from '../../clock.ts'

export const linkDelays = {
  /** A printer answers a real-time question in some milliseconds; devices.md 11.1: at once. */
  answerMs: 1_000,
}

/** What comes without being a question's answer. */
export type Heard =
  | Extract<Answer, { kind: 'automatic status' | 'paper in turn' | 'process' | 'discarded' }>
  /** An answer that nobody waits for: late, or made of noise. */
  | { kind: 'stray'; answer: Answer }
  /** The line is gone. */
  | { kind: 'closed' }

export type Link = {
  /** Resolves when the bytes are on their way and the printer takes more; or when the line is gone. */
  write: (bytes: Uint8Array) => Promise<'written' | 'closed'>
  /** A real-time command: at once, whatever the printer says of its buffer. */
  urge: (bytes: Uint8Array) => void
  /** One question at a time. Null when nothing of this kind came in time, or the line is gone. */
  askStatus: (question: Uint8Array) => Promise<StatusOf<'real-time status'> | null>
  askFullStatus: (question: Uint8Array) => Promise<StatusOf<'full status'> | null>
  /** False once the line is gone. */
  isOpen: () => boolean
  /** Lets the line go and closes it. Nothing is heard any more. */
  close: () => void
}

type StatusOf<Kind extends Answer['kind']> = Extract<Answer, { kind: Kind }>

export type LinkOptions = { clock: Clock; dialect: Dialect; hear: (heard: Heard) => void }

export const escposLink = (line: Duplex, { clock, dialect, hear }: LinkOptions): Link => {
  let rest: Uint8Array = Uint8Array.of()
  let open = true
  /** XOFF. */
  let held = false
  let answered: ((answer: Answer) => boolean) | null = null
  /** Woken whenever something has happened. */
  const waiting = new Set<() => void>()
  const somethingHappened = () => {
    for (const wake of waiting) wake()
  }

  const take = (answer: Answer): void => {
    switch (answer.kind) {
      case 'flow':
        held = answer.may === 'stop'
        if (!held) somethingHappened()
        return
      case 'real-time status':
      case 'full status':
        if (answered?.(answer) !== true) hear({ kind: 'stray', answer })
        return
      case 'automatic status':
      case 'paper in turn':
      case 'process':
      case 'discarded':
        hear(answer)
        return
      default:
        never(answer)
    }
  }
  const onData = (chunk: Uint8Array) => {
    const { answers, rest: left } = decodeAnswers(Uint8Array.of(...rest, ...chunk), dialect)
    rest = left
    for (const answer of answers) take(answer)
  }
  const onClose = () => {
    if (!open) return
    open = false
    somethingHappened()
    hear({ kind: 'closed' })
  }
  line.on('data', onData).on('end', onClose).on('close', onClose).on('error', onClose)

  /** Looked at again whenever something has happened. */
  const until = async (fulfilled: () => boolean): Promise<void> => {
    while (!fulfilled()) {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.add(resolve)
      await promise
      waiting.delete(resolve)
    }
  }

  const askFor = async <Status extends Answer>(
    bytes: Uint8Array,
    isOurs: (answer: Answer) => answer is Status,
  ): Promise<Status | null> => {
    const asked: { over: boolean; given: Status | null } = { over: false, given: null }
    const stopWaiting = clock.after(linkDelays.answerMs, () => {
      asked.over = true
      somethingHappened()
    })
    answered = (answer) => {
      if (!isOurs(answer) || asked.given !== null) return false
      asked.given = answer
      somethingHappened()
      return true
    }
    if (open) line.write(bytes)
    await until(() => !open || asked.over || asked.given !== null)
    stopWaiting()
    answered = null
    return asked.given
  }

  return {
    write: async (bytes) => {
      await until(() => !open || !held)
      const sent = { taken: false }
      if (open) {
        line.write(bytes, () => {
          sent.taken = true
          somethingHappened()
        })
      }
      await until(() => !open || sent.taken)
      return open ? 'written' : 'closed'
    },
    urge: (bytes) => {
      if (open) line.write(bytes)
    },
    askStatus: (bytes) => askFor(bytes, (answer) => answer.kind === 'real-time status'),
    askFullStatus: (bytes) => askFor(bytes, (answer) => answer.kind === 'full status'),
    isOpen: () => open,
    close: () => {
      line.off('data', onData).off('end', onClose).off('close', onClose).off('error', onClose)
      // Closing can fail late; a line we have let go must not end the process.
      line.on('error', () => {})
      open = false
      somethingHappened()
      line.destroy()
    },
  }
}
