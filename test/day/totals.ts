// Many worlds added up, and the one table that is shown of them.
import { faultKinds, type FaultKind } from './faults.ts'
import type { WorldDone } from './world.ts'

export type Totals = Omit<WorldDone, 'flaws' | 'digest'> & { worlds: number; flaws: number }

export const nothingYet = (): Totals => ({
  worlds: 0,
  sales: 0,
  visits: 0,
  delivered: 0,
  healed: 0,
  starts: 0,
  notes: 0,
  unknownNotes: 0,
  flaws: 0,
  faults: Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>,
  money: { tendered: 0, order: 0, account: 0, held: 0, unknown: 0 },
})

export const add = (to: Totals, world: WorldDone): void => {
  to.worlds++
  for (const key of figures) to[key] += world[key]
  to.flaws += world.flaws.length
  for (const kind of faultKinds) to.faults[kind] += world.faults[kind]
  for (const place of places) to.money[place] += world.money[place]
}

const figures = [
  'sales',
  'visits',
  'delivered',
  'healed',
  'starts',
  'notes',
  'unknownNotes',
] as const
const places = ['tendered', 'order', 'account', 'held', 'unknown'] as const

/** What has been done, in how many seconds. Money in whole units of the currency. */
export const tableOf = (totals: Totals, of: { seconds: number; workers: number }): string => {
  const { money, faults } = totals
  const whole = (value: number) => value.toLocaleString('en')
  const amount = (minor: number) => (minor / 100).toLocaleString('en', { minimumFractionDigits: 2 })
  const rate = totals.sales / of.seconds
  const rows: [string, string][] = [
    [
      'sales',
      `${whole(totals.sales)} in ${whole(totals.worlds)} worlds, ${whole(totals.visits)} visits`,
    ],
    [
      'rate',
      `${rate.toFixed(1)} sales/s with ${of.workers} workers, ${(rate / of.workers).toFixed(1)} each; ${of.seconds.toFixed(0)} s`,
    ],
    ['starts of a kiosk', whole(totals.starts)],
    [
      'notes in boxes',
      `${whole(totals.notes)}, and ${whole(totals.unknownNotes)} with a name and no verdict`,
    ],
    ['money tendered', amount(money.tendered)],
    [
      '  = in orders + accounts + claims + not booked',
      `${amount(money.order)} + ${amount(money.account)} + ${amount(money.held)} + ${amount(money.unknown)}`,
    ],
    ['orders written', `${whole(totals.delivered)}, and ${whole(totals.healed)} healed afterwards`],
    ...faultKinds.map((kind): [string, string] => [`  ${kind}`, whole(faults[kind])]),
    ['discrepancies', whole(totals.flaws)],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}
