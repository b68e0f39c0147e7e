// Every short path through the exchange of a cash box: counted here or sealed, broken off, resumed, by one person or by two.
import type { EventFromLogic } from 'xstate'
import { minor } from '../../domain/money.ts'
import { PersonNumber } from '../../domain/service/person.ts'
import { exchangingCashBox } from '../../state-machines/exchanging-cash-box.ts'
import type { TakenUp } from '../../state-machines/exchanging-context.ts'
import type { ServiceChoice } from '../../ui/kiosk/service/service-page.ts'
import { testIds } from '../test-ids.ts'
import { pathsOf } from './machine-paths.ts'

const ids = testIds()
const failed = new Error('disk full')
const person = PersonNumber.parse('2001')
const visitId = ids.visit()

type Event = EventFromLogic<typeof exchangingCashBox>

const begun = (twoPersons: boolean): TakenUp => ({
  standing: null,
  stock: {
    exchangeId: ids.exchange(),
    period: 1,
    expected: [{ value: minor(2000), count: 1 }],
    unknownValue: 0,
    accuracy: 'accurate',
    open: [],
    faults: [],
  },
  values: [minor(2000)],
  twoPersons,
  boxIsOut: false,
})

const choices: ServiceChoice[] = [
  'count here',
  'count at the office',
  'stop exchange',
  'exchange',
  'box is out',
  'box is in',
  'leave',
  'print slip again',
]
const events: Event[] = [
  { type: 'press.digit', digit: 1 },
  { type: 'press.erase' },
  { type: 'press.confirm' },
  { type: 'press.cancel' },
  {
    type: 'note-acceptor.failed',
    fault: { kind: 'cash box removed', moneyAtRisk: 'no' },
  },
  { type: 'note-acceptor.cleared', fault: 'cash box removed' },
  { type: 'receipt.printed', jobId: 'S1' },
  { type: 'receipt.not-printed', jobId: 'S1', why: 'paper out' },
  ...choices.map((choice): Event => ({ type: 'press.choose', choice })),
]

export const exchangingPaths = pathsOf(exchangingCashBox, {
  input: { visitId, person },
  endings: {
    journal: [undefined, failed],
    takeUp: [begun(true), begun(false), failed],
    checkPerson: [
      {
        kind: 'person',
        person: { number: PersonNumber.parse('3001'), name: 'Somebody', role: 'supervisor' },
      },
      { kind: 'wrong', person: null, failures: 1, lockedMs: 0 },
      failed,
    ],
    prepareSlip: [{ jobId: 'S1', number: 1, paper: { language: 'en', lines: [] } }, failed],
  },
  events: () => events,
  key: ({ context }) => [
    context.twoPersons,
    context.exchange !== null && [
      context.exchange.counted !== null,
      context.exchange.removed !== null,
      context.exchange.exchanged !== null,
      context.exchange.slips.length,
    ],
    context.typed !== '',
    context.counts.length,
    context.boxIsOut,
    context.asked,
    context.sensed,
    context.witness.person !== null,
    context.copy,
    context.compared,
    context.printed,
  ],
})
