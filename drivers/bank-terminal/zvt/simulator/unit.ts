// The state of a simulated bank terminal: its books, what it remembers while it has power, who stands in front of it.
import type { Clock } from '../../../clock.ts'
import type { Apdu } from '../apdu.ts'
import type { Arrow, Behaviour } from './behaviours.ts'
import type { TerminalTruth } from './truth.ts'

/** How long each thing takes, and how long is waited for. */
export const simulatorDelays = {
  /** After power-up. */
  booting: 3_000,
  /** For a card, then "timed out". */
  card: 45_000,
  /** The customer types a PIN. */
  pin: 4_000,
  /** The bank thinks. */
  host: 1_500,
  /** A card that is taken out by itself, and how long one is waited for that is not. */
  removal: 1_200,
  forgotten: 30_000,
  /** Before an approval is told again after "please wait" (devices.md 10.4). */
  askAgain: 2_000,
  /** T2 and T3. */
  acknowledge: 5_000,
  answer: 5_000,
}

export type SimulatorDelays = typeof simulatorDelays

export type Card = {
  how: 'tap' | 'insert'
  brand: string
  /** What becomes of it. */
  says: 'approve' | 'decline' | 'not enough money' | 'unreadable' | 'unknown card' | 'expired'
  /** Only an inserted card asks for a PIN: so often it is typed wrong first. At 3 it is over. */
  wrongPins: number
  /** Whether the customer takes an inserted card out unasked. */
  takenOut: 'by itself' | 'by hand'
}

export type Act =
  | { kind: 'card'; card: Card }
  | { kind: 'pin'; pin: string }
  | { kind: 'stop key' }
  | { kind: 'abort' }
  | { kind: 'card out' }

export type Unit = {
  truth: TerminalTruth
  memory: Memory
  behaviours: Behaviour[]
  delays: SimulatorDelays
  timeZone: string
  /** Whether lines of paper come one by one or as a block. */
  paper: 'lines' | 'block'
  /** Takes part in message sequence ids. */
  sequences: boolean
  /** Refuses everything before it is registered with 6B. */
  pinBaseKey: Uint8Array
  clock: Pick<Clock, 'after'>
  now: () => number
  chance: (length: number) => Uint8Array
  /** Powered, but it neither hears nor answers. */
  silent: boolean
  /** Says one thing on the line, when it is its turn, and is told whether it was acknowledged. */
  say: (apdu: Apdu, onOut?: () => void) => Promise<'acknowledged' | 'not acknowledged'>
  changed: () => void
}

/** What the terminal forgets without power. */
export type Memory = {
  booting: boolean
  registered: { config: number; blocks: boolean } | null
  /** The last id it gave; null where none are agreed. The id of the host's last command. */
  sequence: number | null
  hostSequence: number | null
  /** The command it leads for; only an abort is taken meanwhile. */
  busy: Apdu | null
  answered: ((answer: Apdu) => void) | null
  acted: ((act: Act) => void) | null
  /** Ends its timers. */
  timers: Set<() => void>
}

export const freshMemory = (): Memory => ({
  booting: false,
  registered: null,
  sequence: null,
  hostSequence: null,
  busy: null,
  answered: null,
  acted: null,
  timers: new Set(),
})

/** Calls back later, unless the power fails before. */
export const later = ({ memory, clock }: Unit, delayMs: number, call: () => void): (() => void) => {
  const cancel = clock.after(delayMs, () => {
    memory.timers.delete(cancel)
    call()
  })
  memory.timers.add(cancel)
  return () => {
    memory.timers.delete(cancel)
    cancel()
  }
}

/** What a procedure waits for never comes when the power fails meanwhile: the procedure ends where it is. */
export const ofThisLife = async <Value>(unit: Unit, promise: Promise<Value>): Promise<Value> => {
  const { memory } = unit
  const value = await promise
  return memory === unit.memory ? value : new Promise<Value>(() => {})
}

export const wait = (unit: Unit, delayMs: number): Promise<void> =>
  ofThisLife(unit, new Promise((resolve) => void later(unit, delayMs, resolve)))

/** The terminal is at an arrow: what was put there happens. */
export const reach = (unit: Unit, arrow: Arrow, power: Power): Promise<void> => {
  const life = unit.memory
  for (const { onArrow } of unit.behaviours) onArrow?.(arrow, power)
  return unit.memory === life ? Promise.resolve() : new Promise(() => {})
}

type Power = { powerOff: () => void; powerOn: () => void }

/** What the person in front does, or 'nothing' within the time. */
export const awaitAct = (unit: Unit, limitMs: number): Promise<Act | 'nothing'> => {
  const { memory } = unit
  return ofThisLife(
    unit,
    new Promise((resolve) => {
      const settle = (act: Act | 'nothing') => {
        memory.acted = null
        cancel()
        resolve(act)
      }
      const cancel = later(unit, limitMs, () => settle('nothing'))
      memory.acted = settle
    }),
  )
}

export const firstOf = <T>(
  behaviours: readonly Behaviour[],
  ask: (behaviour: Behaviour) => T | undefined,
): T | undefined => {
  for (const behaviour of behaviours) {
    const asked = ask(behaviour)
    if (asked !== undefined) return asked
  }
  return undefined
}
