// The readiness report: what holds a new kiosk back, what is only said, and how it stands on paper.
import { describe, expect, it } from 'vitest'
import { languages } from '../../domain/language.ts'
import { minor } from '../../domain/money.ts'
import { noAnswers, type SetupAnswers } from '../../state-machines/setup-answers.ts'
import { checkedConfigOf } from './config-of.ts'
import { readinessOf, type ReadinessFacts } from './readiness.ts'
import { readinessSlip } from './readiness-slip.ts'
import { SetupPlan } from './setup-plan.ts'

const plan = SetupPlan.parse({
  dataFolder: 'data',
  screen: { host: '127.0.0.1', port: 0 },
  centre: { url: 'https://centre.example' },
  utility: { name: 'Energy of Town', taxNumber: '1' },
  phone: '0800 123 456',
  currency: { code: 'CNY', symbol: '¥' },
  timeZone: 'Asia/Shanghai',
})
const answers: SetupAnswers = {
  ...noAnswers,
  language: 'en',
  texts: { kiosk: '000000000101', place: 'Main Street 1', person: '4711', name: 'Ada' },
  enrolled: true,
  pinHash: `scrypt:15:${'a'.repeat(22)}:${'b'.repeat(43)}`,
  devices: {
    cardReader: { name: 'reader' },
    noteAcceptor: {
      line: '/dev/ttyUSB0',
      usb: null,
      serial: '1873452',
      currency: 'CNY',
      values: [minor(500), minor(1000)],
    },
    receiptPrinter: { line: '/dev/ttyUSB1', usb: null, model: 'generic-80' },
    bankTerminal: null,
  },
}
const well = { passed: true, rows: [] }
const facts = (more: Partial<ReadinessFacts> = {}): ReadinessFacts => ({
  answers,
  config: checkedConfigOf(plan, answers),
  tested: { cardReader: well, noteAcceptor: well, receiptPrinter: well },
  identity: {
    holder: { role: 'centre' },
    authority: '',
    certificate: '',
    key: '',
    from: 0,
    to: Date.UTC(2027, 1, 25),
  },
  centre: { kind: 'reached', clockOffMs: 400 },
  freeBytes: 20_000_000_000,
  ...more,
})
const marks = (of: ReadinessFacts, mark: 'wrong' | 'attention'): string[] =>
  readinessOf(of)
    .filter((row) => row.mark === mark)
    .map(({ check }) => check)

describe('a new kiosk', () => {
  it('is ready when all is well; a device that is left out is said', () => {
    expect(marks(facts(), 'wrong')).toEqual([])
    expect(marks(facts(), 'attention')).toEqual(['bankTerminal'])
  })

  it.each<[string, Partial<ReadinessFacts>, string[]]>([
    ['without a certificate', { identity: null }, ['enrolled']],
    ['without its centre', { centre: { kind: 'away' } }, ['centre']],
    [
      'with a clock that is wrong',
      { centre: { kind: 'reached', clockOffMs: -600_000 } },
      ['clock'],
    ],
    ['with a full disk', { freeBytes: 1_000_000 }, ['disk']],
    [
      'with a device that failed',
      { tested: { noteAcceptor: { passed: false, rows: [] } } },
      ['noteAcceptor'],
    ],
    [
      'without a card reader',
      { answers: { ...answers, devices: { ...answers.devices, cardReader: null } } },
      ['cardReader'],
    ],
    [
      'with an acceptor of another currency',
      {
        answers: {
          ...answers,
          devices: {
            ...answers.devices,
            noteAcceptor: {
              line: '/dev/ttyUSB0',
              usb: null,
              serial: '1',
              currency: 'EUR',
              values: [minor(500)],
            },
          },
        },
      },
      ['notes'],
    ],
    [
      'with a configuration that would not start',
      { config: { kind: 'problems', problems: ['kiosk.place: found nothing'] } },
      ['settings'],
    ],
  ])('%s is not ready', (_, more, wrong) => {
    expect(marks(facts(more), 'wrong')).toEqual(wrong)
  })

  it.each(languages)('has its report on paper in %s, every row with a word', (language) => {
    const rows = readinessOf(facts())
    const { config } = checkedConfigOf(plan, answers) as {
      config: Parameters<typeof readinessSlip>[0]['config']
    }
    const { lines } = readinessSlip({ language, config, rows, at: Date.UTC(2026, 10, 27, 6, 5) })
    const pairs = lines.filter((line) => line.kind === 'pair')
    expect(pairs).toHaveLength(rows.length + 2)
    expect(pairs.filter(({ label, value }) => label === '' || value === '')).toEqual([])
    expect(pairs.map(({ value }) => value)).toContain('CNY 5 10')
  })
})
