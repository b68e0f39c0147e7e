// Every total of the figures computed anew: plain SQL over postings, entries and orders. Shares no code with the reports.
import type { DatabaseSync } from 'node:sqlite'

type Row = Record<string, string | number | null>

/** What a report says of a range, and the same from the books: minor units, 0.01 kWh, and numbers of orders. */
export type Sums = {
  orders: number
  energy: number
  freeEnergy: number
  tendered: number
  charged: number
  fees: number
  fixed: number
  vat: number
  supply: number
  levies: number
  arrears: number
}

export type CheckedBy = 'kiosk' | 'channel' | 'tariff' | 'area' | 'tender' | 'day' | 'hour'

/** The first and the first moment after a range of days of a zone that is so far ahead of UTC all year. */
const momentsOf = (from: string, to: string, hoursAhead: number): [number, number] => {
  const shift = hoursAhead * 3_600_000
  return [Date.parse(`${from}T00:00:00Z`) - shift, Date.parse(`${to}T24:00:00Z`) - shift]
}

/**
 * Orders that were delivered in a range, less those undone in it, in groups. The books are asked order by order and entry by
 * entry: no figure that was put down is read.
 */
export const soldByTheBooks = (
  books: DatabaseSync,
  of: { from: string; to: string; hoursAhead: number; by: CheckedBy },
): Map<string, Sums> => {
  const [start, end] = momentsOf(of.from, of.to, of.hoursAhead)
  const rows = books
    .prepare(
      `select p.posting, p.at, p.kind, o.kiosk, k.channel, b.area, o.funding, o.created_at,
              json_extract(q.priced, '$.tariff.code') as tariff,
              (select way from payments y where y.order_number = o.order_number) as way,
              o.energy, o.free_energy, o.tender, o.charged
       from postings p
       join orders o on o.order_number = p.order_number
       join kiosks k on k.kiosk = o.kiosk
       join bindings b on b.binding = o.binding
       join quotes q on q.quote = o.quote
       where p.kind in ('order loaded', 'order undone') and p.at >= ? and p.at < ?`,
    )
    .all(start, end) as Row[]
  const entries = books.prepare(
    `select substr(account, 1, instr(account || '/', '/') - 1) as kind, sum(amount) as amount
     from entries where posting = ? group by 1`,
  )
  const groups = new Map<string, Sums>()
  for (const row of rows) {
    const key = keyOf(row, of)
    const sums = groups.get(key) ?? nothing()
    groups.set(key, sums)
    const sign = row['kind'] === 'order loaded' ? 1 : -1
    sums.orders += sign
    sums.energy += sign * Number(row['energy'])
    sums.freeEnergy += sign * Number(row['free_energy'])
    sums.tendered += sign * Number(row['tender'])
    sums.charged += sign * Number(row['charged'])
    for (const entry of entries.all(Number(row['posting'])) as Row[]) {
      const amount = -Number(entry['amount'])
      if (entry['kind'] === 'fees') sums.fees += amount
      if (entry['kind'] === 'fixed charges') sums.fixed += amount
      if (entry['kind'] === 'VAT') sums.vat += amount
      if (entry['kind'] === 'energy') sums.supply += amount
      if (entry['kind'] === 'other levies') sums.levies += amount
      if (entry['kind'] === 'arrears') sums.arrears += amount
    }
  }
  return groups
}

const nothing = (): Sums => ({
  orders: 0,
  energy: 0,
  freeEnergy: 0,
  tendered: 0,
  charged: 0,
  fees: 0,
  fixed: 0,
  vat: 0,
  supply: 0,
  levies: 0,
  arrears: 0,
})

const keyOf = (row: Row, { by, hoursAhead }: { by: CheckedBy; hoursAhead: number }): string => {
  const local = (ms: unknown): string => new Date(Number(ms) + hoursAhead * 3_600_000).toISOString()
  switch (by) {
    case 'day':
      return local(row['at']).slice(0, 10)
    case 'hour':
      return String(Number(local(row['created_at']).slice(11, 13)))
    case 'tender':
      return String(row['funding'] === 'payment' ? row['way'] : row['funding'])
    default:
      return String(row[by])
  }
}

/** What the entries of a range come to, by kind of account: debits less credits. */
export const accountsByTheBooks = (
  books: DatabaseSync,
  of: { from: string; to: string; hoursAhead: number },
): Map<string, number> => {
  const rows = books
    .prepare(
      `select a.kind as kind, sum(e.amount) as amount
       from entries e, postings p, accounts a
       where e.posting = p.posting and a.account = e.account and p.at >= ? and p.at < ?
       group by a.kind`,
    )
    .all(...momentsOf(of.from, of.to, of.hoursAhead)) as Row[]
  return new Map(rows.map((row) => [String(row['kind']), Number(row['amount'])]))
}

/** Money that came in at each kiosk in a range: notes and payments, boxes left out. */
export const receivedByTheBooks = (
  books: DatabaseSync,
  of: { from: string; to: string; hoursAhead: number },
): Map<string, { cash: number; bank: number }> => {
  const rows = books
    .prepare(
      `select a.kind as kind, a.owner as owner, sum(e.amount) as amount
       from postings p
       join entries e on e.posting = p.posting
       join accounts a on a.account = e.account
       where a.kind in ('kiosk cash', 'bank payments') and p.kind not like 'box %'
         and p.at >= ? and p.at < ?
       group by a.kind, a.owner`,
    )
    .all(...momentsOf(of.from, of.to, of.hoursAhead)) as Row[]
  const kiosks = new Map<string, { cash: number; bank: number }>()
  for (const row of rows) {
    const owner = String(row['owner'])
    const sums = kiosks.get(owner) ?? { cash: 0, bank: 0 }
    kiosks.set(owner, sums)
    if (row['kind'] === 'kiosk cash') sums.cash += Number(row['amount'])
    else sums.bank += Number(row['amount'])
  }
  return kiosks
}
