// Ways for a simulated bank terminal to misbehave (devices.md 2.5, 10.10), each put in front of what it does by itself.
import type { Apdu } from '../apdu.ts'
import { bytesOfHex } from '../bytes.ts'

/** Every arrow of devices.md 10.4, and what happens between two of them, in order. */
export const arrows = [
  'authorise received',
  'authorise answered',
  'step told',
  'step answered',
  'bank asked',
  'bank approved',
  'approval told',
  'wait answered',
  'goods refused',
  'goods confirmed',
  'line told',
  'line answered',
  'stored',
  'completion told',
  'completion answered',
] as const

export type Arrow = (typeof arrows)[number]

export type Power = { powerOff: () => void; powerOn: () => void }

/** Asked before the terminal itself; the latest one first. A function that answers undefined leaves the case to the next. */
export type Behaviour = {
  /** The terminal is here; what it was doing goes on unless the power is taken. */
  onArrow?: (arrow: Arrow, power: Power) => void
  /** A good frame, as it arrived; 'lost' if it did not. */
  onFrame?: (apdu: Apdu) => 'lost' | undefined
  /** The host's ACK. */
  onAck?: () => 'lost' | undefined
  /** The terminal's own ACK for this: 'lost', or 'nak' as if the frame had been damaged. */
  onOwnAck?: (apdu: Apdu) => 'lost' | 'nak' | undefined
  /** A command: what to say instead of carrying it out; 'silence' for nothing. */
  onCommand?: (command: Apdu) => Apdu | 'silence' | undefined
  /** A frame about to go out: what to put on the line instead. */
  onOut?: (bytes: Uint8Array, apdu: Apdu) => readonly Chunk[] | undefined
}

/** Written at one go, at once or so much later. */
export type Chunk = { bytes: Uint8Array; afterMs?: number }

/** To which message (all of them if not said), and how often (for ever if not said). */
export type When = { to?: number; times?: number }

const whenever = ({ to, times = Infinity }: When): ((apdu: Apdu) => boolean) => {
  let left = times
  return ({ control }) => {
    if (left === 0 || (to !== undefined && control !== to)) return false
    left -= 1
    return true
  }
}

/** Something happens when the terminal is here for the so-manieth time. */
export const at = (arrow: Arrow, act: (power: Power) => void, nth = 1): Behaviour => {
  let seen = 0
  return {
    onArrow: (here, power) => {
      if (here === arrow && (seen += 1) === nth) act(power)
    },
  }
}

/** The power fails at this arrow and is back a moment later. */
export const powerCycleAt = (arrow: Arrow, nth = 1): Behaviour =>
  at(
    arrow,
    ({ powerOff, powerOn }) => {
      powerOff()
      powerOn()
    },
    nth,
  )

/** The host's ACK does not arrive: the terminal sends the same again. */
export const missesAcks = ({ times = Infinity }: { times?: number } = {}): Behaviour => {
  let left = times
  return {
    onAck: () => {
      if (left === 0) return undefined
      left -= 1
      return 'lost'
    },
  }
}

/** Its own ACK for a message does not go out. */
export const losesOwnAcks = (when: When = {}): Behaviour => {
  const applies = whenever(when)
  return { onOwnAck: (apdu) => (applies(apdu) ? 'lost' : undefined) }
}

/** It takes a good frame for a damaged one. */
export const rejects = (when: When = {}): Behaviour => {
  const applies = whenever(when)
  return { onOwnAck: (apdu) => (applies(apdu) ? 'nak' : undefined) }
}

/** A frame of the host never arrives. */
export const missesFrames = (when: When = {}): Behaviour => {
  const applies = whenever(when)
  return { onFrame: (apdu) => (applies(apdu) ? 'lost' : undefined) }
}

/** Answers a command with these instead of carrying it out. */
export const answersWith = (apdu: Apdu | 'silence', when: When): Behaviour => {
  const applies = whenever(when)
  return { onCommand: (command) => (applies(command) ? apdu : undefined) }
}

const onLine =
  (chunks: (bytes: Uint8Array) => readonly Chunk[]) =>
  (when: When = {}): Behaviour => {
    const applies = whenever(when)
    return { onOut: (bytes, apdu) => (applies(apdu) ? chunks(bytes) : undefined) }
  }

/** What it says never arrives. */
export const losesFrames = onLine(() => [])

/** The last byte of the checksum is wrong. */
export const garbles = onLine((bytes) => [
  { bytes: Uint8Array.of(...bytes.subarray(0, -1), (bytes.at(-1) ?? 0) ^ 0x01) },
])

/** Noise before each frame: some of it looks like the beginning of one. */
export const makesNoise = onLine((bytes) => [
  { bytes: Uint8Array.of(...bytesOfHex('00 FF 10 55 80'), ...bytes) },
])

/** The frame breaks off in the middle, and nothing follows. */
export const breaksOff = onLine((bytes) => [{ bytes: bytes.subarray(0, bytes.length >> 1) }])

/** One byte at a time, and time between them. */
export const drips = (gapMs: number, when: When = {}): Behaviour =>
  onLine((bytes) =>
    Array.from(bytes, (byte, place) => ({ bytes: Uint8Array.of(byte), afterMs: place * gapMs })),
  )(when)

/** The same frame twice, in one chunk. */
export const saysTwice = onLine((bytes) => [{ bytes: Uint8Array.of(...bytes, ...bytes) }])
