// Every short path through the taking of notes: what acceptor, customer, disk and clock may do in each state.
import type { EventFromLogic, SnapshotFrom } from 'xstate'
import { getShortestPaths } from 'xstate/graph'
import { minor } from '../../domain/money.ts'
import { takingCash, type TakingCashInput } from '../../state-machines/taking-cash.ts'
import { testIds } from '../test-ids.ts'

const ids = testIds()
const input: TakingCashInput = {
  saleId: ids.sale(),
  ids,
  target: minor(4000),
  most: minor(6000),
  values: [minor(2000), minor(5000)],
  notes: [],
}

type Snapshot = SnapshotFrom<typeof takingCash>
type Event = EventFromLogic<typeof takingCash>

const after = (delay: string, state: string) =>
  ({ type: `xstate.after.${delay}.takingCash.${state}` }) as unknown as Event
const journalled = (state: string) =>
  ({ type: `xstate.done.actor.0.takingCash.${state}`, output: undefined }) as unknown as Event
const notJournalled = (state: string) =>
  ({ type: `xstate.error.actor.0.takingCash.${state}`, error: new Error() }) as unknown as Event

/**
 * Everything the acceptor, the customer, the disk and the clock may do in a state. While an outcome is being journalled
 * the acceptor is silent about money: it waits for `note.acknowledge` (devices.md 3.2).
 */
const eventsIn = ({ value, status }: Snapshot): Event[] => {
  if (status !== 'active') return []
  const customer: Event[] = [{ type: 'paying.finish' }, { type: 'paying.cancel' }]
  const failed: Event = {
    type: 'note-acceptor.failed',
    fault: { kind: 'not answering', moneyAtRisk: 'unknown' },
  }
  const stacked: Event = { type: 'note.stacked', value: minor(2000) }
  const goesBack: Event[] = [
    { type: 'note.returned' },
    { type: 'note.rejected', why: 'pulled back' },
  ]
  const nameless: Event = { type: 'note.found', where: 'stacked', value: null }
  const found: Event[] = [
    nameless,
    { type: 'note.found', where: 'stacked', value: minor(2000) },
    { type: 'note.found', where: 'returned', value: null },
  ]
  switch (value) {
    case 'awaitingNote':
      return [
        ...customer,
        failed,
        stacked,
        ...found,
        { type: 'note.reading' },
        { type: 'note.escrowed', value: minor(2000) },
        { type: 'note.escrowed', value: minor(5000) },
        { type: 'note.rejected', why: 'not recognised' },
      ]
    case 'stacking':
      return [
        ...customer,
        failed,
        stacked,
        ...goesBack,
        ...found,
        after('stackingLimit', 'stacking'),
      ]
    case 'awaitingVerdict':
      return [failed, stacked, ...goesBack, ...found, after('verdictLimit', 'awaitingVerdict')]
    case 'closing':
      return [
        failed,
        stacked,
        ...found,
        { type: 'note.escrowed', value: minor(2000) },
        { type: 'note-acceptor.closed' },
        after('closingLimit', 'closing'),
      ]
    case 'journallingIntent':
      return [...customer, failed, ...goesBack, journalled(value), notJournalled(value)]
    case 'journallingCredit':
    case 'journallingUnasked':
    case 'journallingReturned':
    case 'journallingUnknown':
    case 'journallingNameless':
      return [...customer, failed, journalled(value), notJournalled(value)]
    default:
      return []
  }
}

export const cashPaths = getShortestPaths(takingCash, {
  input,
  events: eventsIn,
  limit: 50_000,
  serializeState: ({ value, context }) =>
    JSON.stringify([
      value,
      context.notes.length,
      context.unknown.length,
      context.nameless,
      context.current !== null,
      context.end,
    ]),
  stopWhen: ({ context }) => context.notes.length + context.unknown.length + context.nameless > 2,
})

/** The notes the acceptor really has in the box after a path. */
export const inTheBox = (events: Event[]) =>
  events.filter(
    (event) =>
      event.type === 'note.stacked' || (event.type === 'note.found' && event.where === 'stacked'),
  ).length
