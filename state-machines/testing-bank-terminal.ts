// A test of the bank terminal: it is registered anew and looks at itself. Nobody is asked for a card, and nothing is charged.
import { assign, setup } from 'xstate'
import { never } from '../domain/never.ts'
import type {
  BankTerminalDiagnosis,
  BankTerminalEvent,
} from '../drivers/bank-terminal/bank-terminal.ts'
import type { ServiceRow, TestWord } from '../ui/kiosk/service/service-page.ts'
import { tell, type PressEvent } from './casting.ts'
import { resultOf, textRow, wordRow, type TestResult } from './test-result.ts'

export const testingBankTerminalDelays = {
  /** It may try its line to the bank for a minute. */
  diagnosisLimit: 120_000,
}

type Context = { diagnosis: BankTerminalDiagnosis | null; why: TestWord | null }

export const testingBankTerminal = setup({
  types: {
    context: {} as Context,
    output: {} as TestResult,
    events: {} as BankTerminalEvent | PressEvent,
  },
  actions: {
    tellTerminal: tell('bankTerminal'),
    hear: assign((_, { diagnosis }: { diagnosis: BankTerminalDiagnosis }) => ({
      diagnosis,
      why: verdictOn(diagnosis),
    })),
    endAs: assign({ why: ({ context }, { why }: { why: TestWord }) => context.why ?? why }),
  },
  delays: testingBankTerminalDelays,
}).createMachine({
  id: 'testingBankTerminal',
  context: { diagnosis: null, why: null },
  output: ({ context: { diagnosis, why } }) =>
    resultOf('bankTerminal', why ?? 'stopped', diagnosis === null ? [] : rowsOf(diagnosis)),
  initial: 'diagnosing',
  states: {
    diagnosing: {
      entry: { type: 'tellTerminal', params: { type: 'bank-terminal.diagnose' } },
      on: {
        'bank-terminal.diagnosed': {
          target: 'ended',
          actions: { type: 'hear', params: ({ event }) => event },
        },
        // It goes on by itself to its end, which changes nothing and which nobody waits for.
        'press.cancel': 'ended',
      },
      after: {
        diagnosisLimit: {
          target: 'ended',
          actions: { type: 'endAs', params: { why: 'no answer' } },
        },
      },
    },

    ended: { type: 'final' },
  },
})

const verdictOn = (diagnosis: BankTerminalDiagnosis): TestWord => {
  switch (diagnosis.kind) {
    case 'no answer':
    case 'busy':
      return 'no answer'
    case 'refused':
      return 'not suitable'
    case 'diagnosed':
      if (!diagnosis.unit.vending) return 'not suitable'
      if (diagnosis.trouble !== null) return 'device fault'
      return diagnosis.paymentsOpen === true ? 'payments open' : 'passed'
    default:
      return never(diagnosis)
  }
}

const rowsOf = (diagnosis: BankTerminalDiagnosis): ServiceRow[] => {
  if (diagnosis.kind === 'refused') return [faultRow(diagnosis.fault)]
  if (diagnosis.kind !== 'diagnosed') return []
  const { unit, trouble, paymentsOpen } = diagnosis
  return [
    textRow('terminal id', unit.terminalId),
    ...(unit.version === null ? [] : [textRow('version', unit.version)]),
    wordRow('vending', unit.vending ? 'yes' : 'no', unit.vending ? 'well' : 'wrong'),
    wordRow(
      'payments open',
      paymentsOpen === null ? 'unknown' : paymentsOpen ? 'yes' : 'no',
      paymentsOpen === false ? 'well' : 'attention',
    ),
    ...(trouble === null
      ? []
      : [{ ...textRow('fault', trouble), mark: 'wrong' } satisfies ServiceRow]),
  ]
}

const faultRow = (fault: string): ServiceRow => ({
  label: 'fault',
  value: { kind: 'fault', device: 'bankTerminal', fault, say: 'name' },
  mark: 'wrong',
})
