// A bank terminal that speaks ZVT: the other end of the cable, with its books and its bank, and what people do in front of it.
import { randomFillSync } from 'node:crypto'
import { realClock, type Clock } from '../../../clock.ts'
import type { Apdu } from '../apdu.ts'
import { testPinBaseKey } from '../pin-block.ts'
import { control } from '../requests.ts'
import { result, terminalState } from '../result-codes.ts'
import { sequenceOf } from '../sequence.ts'
import { authorise } from './authorising.ts'
import { simulatorLine } from './line.ts'
import { askForPin } from './pin-pad.ts'
import { powerOff, powerOn } from './power.ts'
import { no, ok, reply } from './saying.ts'
import * as services from './services.ts'
import { newTerminal, type TerminalTruth } from './truth.ts'
import { firstOf, freshMemory, simulatorDelays } from './unit.ts'
import type { Act, Card, SimulatorDelays, Unit } from './unit.ts'

export type SimulatorOptions = {
  /** What an earlier simulator held; a new terminal if there was none. */
  truth?: TerminalTruth
  framing?: 'serial' | 'tcp'
  paper?: 'lines' | 'block'
  /** Whether it takes part in message sequence ids: no unless told. */
  sequences?: boolean
  delays?: Partial<SimulatorDelays>
  timeZone?: string
  /** Shared with the simulated bank. */
  pinBaseKey?: Uint8Array
  clock?: Pick<Clock, 'after'>
  now?: () => number
  chance?: (length: number) => Uint8Array
  /** Called with a copy whenever the truth has changed: for keeping it over a restart. */
  onChange?: (truth: TerminalTruth) => void
}

export type ZvtSimulator = ReturnType<typeof zvtSimulator>

/** Waits for a cable; `attach` gives it one, as often as it is plugged in. */
export const zvtSimulator = (options: SimulatorOptions = {}) => {
  const unit = unitOf(options)
  const { framing = 'serial' } = options
  return {
    ...simulatorLine(unit, { framing, hear: (apdu) => hear(unit, apdu) }),
    ...peopleAt(unit),
    ...powerOf(unit),
    /** A copy of what is so. */
    truth: (): TerminalTruth => structuredClone(unit.truth),
    /** Whether a card shown now would be read. */
    waitsForPerson: () => unit.memory.acted !== null,
  }
}

const unitOf = (options: SimulatorOptions): Unit => {
  const unit: Unit = {
    truth: structuredClone(options.truth ?? newTerminal()),
    memory: freshMemory(),
    behaviours: [],
    delays: { ...simulatorDelays, ...options.delays },
    timeZone: options.timeZone ?? 'UTC',
    paper: options.paper ?? 'lines',
    sequences: options.sequences ?? false,
    pinBaseKey: options.pinBaseKey ?? testPinBaseKey,
    clock: options.clock ?? realClock,
    now: options.now ?? (() => Date.now()),
    chance: options.chance ?? ((length) => randomFillSync(new Uint8Array(length))),
    silent: false,
    say: () => Promise.resolve('not acknowledged'),
    changed: () => options.onChange?.(structuredClone(unit.truth)),
  }
  return unit
}

/** An answer to what it leads with, an abort, or a command: one at a time. */
const hear = (unit: Unit, message: Apdu): void => {
  const { memory } = unit
  if (message.control === control.done || message.control >> 8 === 0x84) {
    // Ids are there for this: a late answer is not taken for one to the next question.
    const isOurs = memory.sequence === null || sequenceOf(message) === memory.sequence
    if (isOurs) memory.answered?.(message)
    return
  }
  memory.hostSequence = sequenceOf(message)
  const instead = firstOf(unit.behaviours, ({ onCommand }) => onCommand?.(message))
  if (instead === 'silence') return
  if (instead !== undefined) void reply(unit, instead)
  else if (message.control === control.abort) abort(unit)
  else if (memory.busy !== null) void reply(unit, no(result.busy))
  else void carryOut(unit, message)
}

/** Taken while a person is waited for: answered first, and then carried out. */
const abort = (unit: Unit): void => {
  const { memory } = unit
  if (memory.acted === null) return void reply(unit, no(result.notPossible))
  return void reply(unit, ok).then(() => memory.acted?.({ kind: 'abort' }))
}

const carryOut = async (unit: Unit, command: Apdu): Promise<void> => {
  const { memory } = unit
  memory.busy = command
  await serve(unit, command)
  // With the answer to its last word the next command may have come already.
  if (memory.busy === command) memory.busy = null
}

const serve = (unit: Unit, { control: name, data }: Apdu): Promise<void> => {
  switch (name) {
    case control.register:
      return services.register(unit, data)
    case control.authorise:
      return authorise(unit, data)
    case control.statusEnquiry:
      return services.tellState(unit)
    case control.repeatReceipt:
      return services.repeatLast(unit)
    case control.partialReversal:
      return services.tellOpen(unit)
    case control.cancelPreAuthorisation:
      return services.cancelPreAuthorisation(unit, data)
    case control.reverse:
      return services.reverse(unit, data)
    case control.endDay:
      return services.endDay(unit)
    case control.diagnosis:
      return services.diagnose(unit)
    case control.setClock:
      return services.mend(unit, [terminalState.clockWrong, terminalState.clockNotSet])
    case control.initialise:
      return services.mend(unit, [terminalState.initialisationNeeded])
    case control.reset:
      return services.startAnew(unit)
    case control.askPin:
      return askForPin(unit, data)
    default:
      return services.notKnown(unit)
  }
}

const usualCard: Card = {
  how: 'tap',
  brand: 'MAESTRO',
  says: 'approve',
  wrongPins: 0,
  takenOut: 'by itself',
}

const peopleAt = (unit: Unit) => {
  const act = (what: Act): 'taken' | 'not taken' => {
    const { acted } = unit.memory
    if (acted === null || !unit.truth.powered) return 'not taken'
    acted(what)
    return 'taken'
  }
  return {
    /** Holds a card to the terminal, or puts it in. */
    presentCard: (card: Partial<Card> = {}) =>
      act({ kind: 'card', card: { ...usualCard, ...card } }),
    /** Types the PIN of a power-purchase card, when it is asked for. */
    typePin: (pin: string) => act({ kind: 'pin', pin }),
    pressStop: () => act({ kind: 'stop key' }),
    /** Takes out the card that is inside; true when there was one. */
    removeCard: (): boolean => {
      const { cardInside } = unit.truth
      unit.truth.cardInside = false
      act({ kind: 'card out' })
      unit.changed()
      return cardInside
    },
    /** The line to the bank. */
    reachBank: (reachable: boolean) => {
      unit.truth.hostReachable = reachable
      unit.changed()
    },
    /** What it answers to 05 01 from now on; 00 is ready. */
    /** `untilReset`: switched off and on, or told to start anew, it is ready again. */
    setState: (state: number, { untilReset = false }: { untilReset?: boolean } = {}) => {
      unit.truth.state = state
      unit.truth.wedged = untilReset
      unit.changed()
    },
    /** A pre-authorisation somebody has left open. */
    leaveOpen: (receiptNumber: number, amount: TerminalTruth['payments'][number]['amount']) => {
      unit.truth.preAuthorisations.push({ receiptNumber, amount })
      unit.changed()
    },
  }
}

const powerOf = (unit: Unit) => ({
  powerOff: () => powerOff(unit),
  powerOn: () => powerOn(unit),
  powerCycle: () => {
    powerOff(unit)
    powerOn(unit)
  },
  /** Powered, but it neither hears nor answers. */
  goSilent: () => {
    unit.silent = true
  },
  speakAgain: () => {
    unit.silent = false
  },
  /** Stops every timer, without touching the truth: the simulator is thrown away. */
  dispose: () => {
    for (const cancel of unit.memory.timers) cancel()
  },
})
