// A business date of any size with differences planted in it: rows straight into a database, and the two files to match with.
import type { DatabaseSync } from 'node:sqlite'
import type { Result } from '../centre/reconciliation/judging.ts'
import type { Party } from '../centre/reconciliation/settlement-file.ts'
import { ulidOf } from '../domain/identifiers.ts'
import { seeded } from './centre-kit.ts'

type Transaction = {
  stan: number
  order: string
  amount: number
  bank: { amount: number } | null
  centre: { ended: string; place: string; state: string } | null
  front: string | null
}

const good = { ended: 'kept', place: 'order', state: 'METER_CREDITED' }

/** Every way in which a transaction can be wrong, and what it is found as. */
const faults: [result: Result, change: (it: Transaction) => Partial<Transaction>][] = [
  ['short', () => ({ bank: null })],
  ['long', () => ({ centre: null })],
  ['long', ({ amount }) => ({ bank: { amount: amount + 1 } })],
  ['short', ({ amount }) => ({ bank: { amount: amount - 1 } })],
  ['open', () => ({ centre: { ...good, state: 'UNKNOWN' } })],
  ['long', () => ({ centre: { ended: 'reversed', place: 'payer', state: 'RETURNED_TO_ACCOUNT' } })],
  ['long', () => ({ centre: { ended: 'reversed', place: 'unpaid delivery', state: 'LOADED' } })],
  ['short', () => ({ bank: null, centre: { ...good, state: 'RETURNED_TO_ACCOUNT' } })],
]

/** One in so many transactions has a fault. */
const faultsIn = 500

/** `planted`: STAN and result of everything that is not matched. */
export const plantDay = (
  database: DatabaseSync,
  of: { businessDate: string; now: number; seed: number; rows: number },
): { files: { party: Party; name: string; text: string }[]; planted: string[] } => {
  const { businessDate, seed, rows } = of
  const chance = seeded(seed)
  const planted: string[] = []
  const transactions = Array.from({ length: rows }, (_, at): Transaction => {
    const stan = at + 1
    const amount = 1_000 + chance(50_000)
    const it: Transaction = {
      stan,
      order: `261123${String(stan).padStart(10, '0')}`,
      amount,
      bank: { amount },
      centre: good,
      front: 'approved',
    }
    if (chance(faultsIn) > 0) return it
    const [result, change] = faults[chance(faults.length)] as (typeof faults)[number]
    planted.push(`${stan} ${result}`)
    return { ...it, ...change(it) }
  })
  plant(database, of, transactions)
  const file = (
    party: Party,
    states: (it: Transaction) => [amount: number, state: string] | null,
  ) => {
    const lines = transactions.flatMap((it) => {
      const said = states(it)
      return said === null ? [] : [{ line: lineOf(it, said), amount: said[0] }]
    })
    const total = lines.reduce((sum, { amount }) => sum + amount, 0)
    const span = `${businessDate}T00:00:00.000Z,${businessDate}T16:00:00.000Z`
    const head = `${party},${businessDate},${span},${lines.length},${total}`
    const text = [head, ...lines.map(({ line }) => line), ''].join('\r\n')
    return { party, name: `${party}_money_${businessDate}_1.csv`, text }
  }
  return {
    files: [
      file('front', ({ amount, front }) => (front === null ? null : [amount, front])),
      file('bank', ({ bank }) => (bank === null ? null : [bank.amount, 'booked'])),
    ],
    planted,
  }
}

const lineOf = (it: Transaction, [amount, state]: [number, string]): string => {
  const { order, stan } = it
  const named = `${order},R${stan},KIOSK-1,${String(stan).padStart(6, '0')}`
  return `${named},sale,${amount},0,${state},,2026-11-23T08:45:00.000Z`
}

/** Only what the match reads: no quotes, no postings. */
const plant = (
  database: DatabaseSync,
  { businessDate, now }: { businessDate: string; now: number },
  transactions: readonly Transaction[],
): void => {
  const [card] = database.prepare('select serial, binding from cards').all() as [
    { serial: string; binding: string },
  ]
  const [kiosk] = database.prepare('select kiosk from kiosks').all() as [{ kiosk: string }]
  // One binding cannot have as many orders as are planted here: SQLite must not look.
  database.exec(
    'pragma foreign_keys = off; drop index one_open_order; drop index one_order_a_count',
  )
  const order = database.prepare(
    `insert into orders (order_number, sale, binding, kiosk, serial, quote, count, state, funding, tender,
       charged, energy, free_energy, arrears, business_day, image, created_at, scripts)
     values (?, ?, ?, ?, ?, ?, 1, ?, 'payment', ?, 1, 1, 0, 0, ?, '', ?, 0)`,
  )
  const payment = database.prepare(
    `insert into payments (payment, kiosk, sale, way, amount, evidence, order_number, ended, place, posting, since)
     values (?, ?, ?, 'bank account', ?, ?, ?, ?, ?, null, ?)`,
  )
  database.exec('begin')
  for (const { stan, order: number, amount, centre } of transactions) {
    if (centre === null) continue
    const chance = new Uint8Array(10)
    new DataView(chance.buffer).setUint32(6, stan)
    const id = ulidOf(now, chance)
    const { state, ended, place } = centre
    order.run(
      number,
      id,
      card.binding,
      kiosk.kiosk,
      card.serial,
      id,
      state,
      amount,
      businessDate,
      now,
    )
    const evidence = {
      kind: 'bank',
      terminalId: 'KIOSK-1',
      stan,
      reference: `R${stan}`,
      businessDate,
    }
    payment.run(id, kiosk.kiosk, id, amount, JSON.stringify(evidence), number, ended, place, now)
  }
  database.exec('commit; pragma foreign_keys = on')
}
