// Every short path through the maintenance mode: whoever comes in, all that the pages offer, and the key turned back.
import type { EventFromLogic } from 'xstate'
import { PersonNumber, type Role } from '../../domain/service/person.ts'
import { noDevices } from '../../state-machines/device-states.ts'
import {
  choicesOf,
  handBackChoices,
  type PersonChecked,
} from '../../state-machines/servicing-context.ts'
import { servicing } from '../../state-machines/servicing.ts'
import { resultOf } from '../../state-machines/test-result.ts'
import { testIds } from '../test-ids.ts'
import { pathsOf } from './machine-paths.ts'

const ids = testIds()
const failed = new Error('disk full')
const number = PersonNumber.parse('4711')

type Event = EventFromLogic<typeof servicing>

const person = (role: Role): PersonChecked => ({
  kind: 'person',
  person: { number, name: 'Somebody', role },
})

const pathsFrom = (role: Role, of: { number: string | null; exchangeOpen: boolean }) =>
  pathsOf(servicing, {
    input: {
      ids,
      by: of.number === null ? 'key' : 'card',
      number: of.number,
      devices: ['cardReader', 'noteAcceptor', 'receiptPrinter', 'bankTerminal'],
      states: { ...noDevices, noteAcceptor: { ...noDevices.noteAcceptor, ready: true } },
      cardIn: false,
      closed: null,
      machineActs: ['restart screen', 'restart program', 'reboot', 'shut down'],
      languages: ['en', 'zh', 'ar'],
      exchangeOpen: of.exchangeOpen,
    },
    endings: {
      journal: [undefined, failed],
      checkPerson: [
        person(role),
        { kind: 'wrong', person: number, failures: 1, lockedMs: 0 },
        { kind: 'wrong', person: null, failures: 3, lockedMs: 30_000 },
        { kind: 'locked', lockedMs: 30_000 },
        failed,
      ],
      saveSetting: [undefined, failed],
      askCentre: [12, null],
      testingCardReader: [resultOf('cardReader', 'passed', [])],
      testingNoteAcceptor: [resultOf('noteAcceptor', 'nobody came', [])],
      testingReceiptPrinter: [resultOf('receiptPrinter', 'not printed', [])],
      testingBankTerminal: [resultOf('bankTerminal', 'passed', [])],
      exchangingCashBox: [{ kind: 'exchanged' }, { kind: 'left open' }],
    },
    events: ({ context, value }): Event[] => [
      { type: 'press.digit', digit: 1 },
      { type: 'press.erase' },
      { type: 'press.confirm' },
      { type: 'press.cancel' },
      { type: 'service-key.turned', on: false },
      { type: 'service-key.turned', on: true },
      { type: 'tick' },
      ...(value === 'handingBack' ? handBackChoices(context) : choicesOf(context)).map(
        (choice): Event => ({ type: 'press.choose', choice }),
      ),
    ],
    key: ({ context }) => [
      context.page,
      context.person === null ? [Math.min(context.typed.length, 4), context.name !== ''] : [],
      context.person === null ? context.checked?.kind : null,
      context.closed,
      context.opening,
      context.next !== null,
      context.keyBack,
      context.exchangeOpen,
    ],
  })

export const servicingPaths = [
  ...pathsFrom('supervisor', { number: null, exchangeOpen: false }),
  ...pathsFrom('cash collector', { number: '4711', exchangeOpen: true }),
]
