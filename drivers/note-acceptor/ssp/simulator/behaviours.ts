// Ways for a simulated note acceptor to misbehave on the line (devices.md 2.5), each put in front of what it does by itself.
import { bytesOfHex } from '../bytes.ts'
import type { code } from '../commands.ts'

/** Asked before the unit itself; the latest one first. A function that answers undefined leaves the case to the next. */
export type Behaviour = {
  /** The data of a good frame, as it arrived; 'lost' if it did not. */
  onFrame?: (data: Uint8Array) => 'lost' | undefined
  /** A command, opened: what to answer instead of carrying it out; 'silence' for no answer. */
  onCommand?: (command: Uint8Array) => Uint8Array | 'silence' | undefined
  /** A frame about to go out in answer to a command: what to put on the line instead. */
  onAnswer?: (frame: Uint8Array, command: Uint8Array) => readonly Chunk[] | undefined
}

/** Written at one go, at once or so much later. */
export type Chunk = { bytes: Uint8Array; afterMs?: number }

/** To which command (all of them if not said), and how often (for ever if not said). */
export type When = { to?: (typeof code)[keyof typeof code]; times?: number }

const whenever = ({ to, times = Infinity }: When): ((command: Uint8Array) => boolean) => {
  let left = times
  return (command) => {
    if (left === 0 || (to !== undefined && command[0] !== to)) return false
    left -= 1
    return true
  }
}

const onLine =
  (chunks: (frame: Uint8Array) => readonly Chunk[]) =>
  (when: When = {}): Behaviour => {
    const applies = whenever(when)
    return { onAnswer: (frame, command) => (applies(command) ? chunks(frame) : undefined) }
  }

/** The command is carried out and its answer never arrives. */
export const losesAnswers = onLine(() => [])

/** The command itself never arrives: nothing is done, nothing answered. */
export const missesCommands = (when: When = {}): Behaviour => {
  const applies = whenever(when)
  return { onCommand: (command) => (applies(command) ? 'silence' : undefined) }
}

/** The last byte of the checksum is wrong. */
export const garblesAnswers = onLine((frame) => [
  { bytes: Uint8Array.of(...frame.subarray(0, -1), (frame.at(-1) ?? 0) ^ 0x01) },
])

/** The answer arrives after the host has stopped waiting for it. */
export const answersLate = (afterMs: number, when: When = {}): Behaviour =>
  onLine((frame) => [{ bytes: frame, afterMs }])(when)

/** Noise before each answer: some of it looks like the beginning of a frame. */
export const makesNoise = onLine((frame) => [
  { bytes: Uint8Array.of(...bytesOfHex('00 FF 7F 80 03 F0 13'), ...frame) },
])

/** One byte at a time, and time between them. */
export const dripsAnswers = (gapMs: number, when: When = {}): Behaviour =>
  onLine((frame) =>
    Array.from(frame, (byte, at) => ({ bytes: Uint8Array.of(byte), afterMs: at * gapMs })),
  )(when)

/** The answer twice, in one chunk. */
export const answersTwice = onLine((frame) => [{ bytes: Uint8Array.of(...frame, ...frame) }])

/** The answer breaks off in the middle, and nothing follows. */
export const breaksOff = onLine((frame) => [{ bytes: frame.subarray(0, frame.length >> 1) }])

/** The answer to the command before comes first, as if it had been held up on the way. */
export const answersWithTheLastToo = (when: When = {}): Behaviour => {
  const applies = whenever(when)
  let last: Uint8Array | null = null
  return {
    onAnswer: (frame, command) => {
      const before = last
      last = frame
      return before !== null && applies(command)
        ? [{ bytes: Uint8Array.of(...before, ...frame) }]
        : undefined
    },
  }
}

/** Answers a command with these bytes, in hex, instead of carrying it out. */
export const answersWith = (hex: string, when: When): Behaviour => {
  const applies = whenever(when)
  return { onCommand: (command) => (applies(command) ? bytesOfHex(hex) : undefined) }
}
