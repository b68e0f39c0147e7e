// What the driver knows of daemon, reader and slot, and what follows from each thing that happens. Pure.
import { never } from '../../../domain/never.ts'
import type { CardReaderEvent } from '../card-reader.ts'
import type { CardReaderFault } from '../faults.ts'
import type { ReaderStatus } from './service.ts'

export const driverDelays = {
  /** A context without a reader is looked at again after so long: readers are announced within milliseconds. */
  readerPatienceMs: 1_000,
  /** Before a new context is made; doubled with each failure up to the second. */
  reopenMs: 500,
  reopenMostMs: 10_000,
  /** Before a card that did not answer is powered up once more. */
  connectAgainMs: 300,
  /** Power-card.md 2.3: a terminal gives up after 3 s. */
  replyMs: 3_000,
  /** So long a removal may take to be noticed after a command went wrong; pcscd looks every 0.4 s. */
  removalNoticeMs: 1_000,
  /** So long the answer to a command may be on its way when the removal of its card is told before it. */
  answerUnderWayMs: 500,
  /** Between questions whether the daemon still answers, and how long each is waited for. */
  askMs: 5_000,
}

export type ReaderState = {
  reader: string | null
  /** `changes` of the status in which the present card was found; null while the slot is empty. */
  card: number | null
  /** Whether the kiosk has been told of the present card. */
  announced: boolean
  faults: readonly CardReaderFault['kind'][]
  /** Contexts made in a row that brought no reader. */
  failures: number
}

export type Happened =
  | { kind: 'service opened' }
  /** No daemon answers, or the one that did is gone. */
  | { kind: 'no service' }
  | { kind: 'reader appeared'; name: string }
  | { kind: 'reader lost' }
  /** The patience for a reader is over. */
  | { kind: 'reader missed' }
  | { kind: 'status'; status: ReaderStatus }
  | { kind: 'card examined'; event: CardReaderEvent }

export type Effect =
  | { kind: 'tell'; event: CardReaderEvent }
  /** Power up what is in the slot and see whose it is. */
  | { kind: 'examine card' }
  | { kind: 'end insertion'; why: 'card removed' | 'reader lost' }
  | { kind: 'await reader' }
  | { kind: 'reopen'; inMs: number }

export type Step = { state: ReaderState; effects: Effect[] }

export const atStart: ReaderState = {
  reader: null,
  card: null,
  announced: false,
  faults: [],
  failures: 0,
}

export const step = (state: ReaderState, happened: Happened): Step => {
  switch (happened.kind) {
    case 'service opened':
      // The fault stays until a reader shows: a daemon without one sells nothing either.
      return inTurn(state, effect({ kind: 'await reader' }))
    case 'no service':
      // A daemon that ends takes its readers with it, and they may be told of first.
      return inTurn(
        state,
        loseReader,
        raise({ kind: 'no card service', moneyAtRisk: 'unknown' }),
        clear('no reader'),
        reopen,
      )
    case 'reader appeared':
      return inTurn(state, takeReader(happened.name))
    // Devices.md 12: a reader that comes back is not noticed by the context that lost it; a new one is made.
    case 'reader lost':
    case 'reader missed':
      return inTurn(
        state,
        loseReader,
        raise({ kind: 'no reader', moneyAtRisk: 'no' }),
        clear('no card service'),
        reopen,
      )
    case 'status':
      return inTurn(state, look(happened.status))
    case 'card examined':
      return inTurn({ ...state, announced: true }, tell(happened.event))
    default:
      return never(happened)
  }
}

type Turn = (state: ReaderState) => Step

const inTurn = (state: ReaderState, ...turns: Turn[]): Step => {
  let all: Step = { state, effects: [] }
  for (const turn of turns) {
    const next = turn(all.state)
    all = { state: next.state, effects: [...all.effects, ...next.effects] }
  }
  return all
}

const effect =
  (effect: Effect): Turn =>
  (state) => ({ state, effects: [effect] })

const tell = (event: CardReaderEvent): Turn => effect({ kind: 'tell', event })

const raise =
  (fault: CardReaderFault): Turn =>
  (state) => {
    if (state.faults.includes(fault.kind)) return { state, effects: [] }
    const faults = [...state.faults, fault.kind]
    return inTurn({ ...state, faults }, tell({ type: 'card-reader.failed', fault }))
  }

const clear =
  (fault: CardReaderFault['kind']): Turn =>
  (state) => {
    if (!state.faults.includes(fault)) return { state, effects: [] }
    const faults = state.faults.filter((kind) => kind !== fault)
    return inTurn({ ...state, faults }, tell({ type: 'card-reader.cleared', fault }))
  }

const takeReader =
  (name: string): Turn =>
  (state) =>
    inTurn(
      { ...state, reader: name, failures: 0 },
      clear('no card service'),
      clear('no reader'),
      tell({ type: 'card-reader.ready', name }),
    )

const loseReader: Turn = (state) =>
  inTurn(state, endInsertion('reader lost'), (left) => ({
    state: { ...left, reader: null },
    effects: [],
  }))

const endInsertion =
  (why: 'card removed' | 'reader lost'): Turn =>
  (state) => {
    if (state.card === null) return { state, effects: [] }
    return inTurn(
      { ...state, card: null, announced: false },
      effect({ kind: 'end insertion', why }),
      // Only who was told of a card is told that it is gone.
      ...(state.announced ? [tell({ type: 'card.removed' })] : []),
    )
  }

const look =
  ({ present, changes }: ReaderStatus): Turn =>
  (state) => {
    if (!present) return inTurn(state, endInsertion('card removed'))
    if (state.card === changes) return { state, effects: [] }
    // A card where a card was, and the count of changes is another: one was taken out and another put in unseen.
    return inTurn(state, endInsertion('card removed'), (left) => ({
      state: { ...left, card: changes },
      effects: [{ kind: 'examine card' }],
    }))
  }

const reopen: Turn = (state) => {
  const { reopenMs, reopenMostMs } = driverDelays
  const inMs = Math.min(reopenMs * 2 ** Math.min(state.failures, 10), reopenMostMs)
  return { state: { ...state, failures: state.failures + 1 }, effects: [{ kind: 'reopen', inMs }] }
}
