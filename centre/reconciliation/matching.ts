// The match of one business date: every row of bank and front machine and every payment of the centre, in one line each. Pure.
import type { MoneyAtCentre } from './centre-leg.ts'
import { judge, type BankWord, type Judged } from './judging.ts'
import type { KeptRow, Reversal } from './kept-files.ts'
import { paymentsByName, reversalsIn } from './reversals.ts'

export type Line = Judged & {
  bank: KeptRow | null
  /** That has undone what `bank` says, of this date or a later one. */
  reversal: KeptRow | null
  front: KeptRow | null
  centre: MoneyAtCentre | null
}

export type Day = {
  businessDate: string
  /** Null: no file is here yet. */
  bank: readonly KeptRow[] | null
  front: readonly KeptRow[] | null
  centre: readonly MoneyAtCentre[]
  /** Of the bank, on this date and on later ones. */
  reversals: readonly Reversal[]
  /** Receipts that the bank has on the date before or after. */
  elsewhere: ReadonlySet<string>
}

/** What names a transaction at all parties: terminal and STAN, unique on a business date (domain.md 13.2). */
export const keyOf = ({ terminal, stan }: { terminal: string; stan: number }): string =>
  `${terminal} ${stan}`

/** The same lines in the same order, whatever came first. */
export const matchDay = (day: Day): Line[] => {
  const centre = centreByKey(day)
  const front = new Map((day.front ?? []).filter(isOriginal).map((row) => [keyOf(row), row]))
  const reversals = reversalsIn(day.reversals)
  const undoneBy = paymentsByName(day.centre)
  const take = <Found>(from: Map<string, Found>, key: string): Found | null => {
    const found = from.get(key) ?? null
    from.delete(key)
    return found
  }
  const lines: Line[] = (day.bank ?? []).filter(isOriginal).map((bank) => {
    const key = keyOf(bank)
    const reversal = reversals.of(bank)?.row ?? null
    return lineOf(day, { bank, reversal, front: take(front, key), centre: take(centre, key) })
  })
  // What the bank undoes of an earlier date is a line of its own: a cancelled sale is a row, not a gap.
  for (const each of reversals.left()) {
    if (each.row.businessDate !== day.businessDate) continue
    const earlier = undoneBy(each)
    if (earlier?.receipt != null) centre.delete(keyOf(earlier.receipt))
    lines.push(lineOf(day, { bank: null, reversal: each.row, front: null, centre: earlier }))
  }
  for (const [key, row] of front) {
    lines.push(lineOf(day, { bank: null, reversal: null, front: row, centre: take(centre, key) }))
  }
  for (const each of [...centre.values(), ...unnamed(day)]) {
    if (each.businessDate !== day.businessDate) continue
    if (each.receipt !== null && each.dateIsOurs && day.elsewhere.has(keyOf(each.receipt))) continue
    lines.push(lineOf(day, { bank: null, reversal: null, front: null, centre: each }))
  }
  return lines.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
}

const isOriginal = ({ kind }: KeptRow): boolean => kind !== 'reversal'

/** Payments that may be of this date, by receipt. A receipt that two payments name is found for the first alone. */
const centreByKey = ({ centre, businessDate }: Day): Map<string, MoneyAtCentre> => {
  const byKey = new Map<string, MoneyAtCentre>()
  for (const [at, each] of centre.entries()) {
    if (each.receipt === null) continue
    if (!each.dateIsOurs && each.businessDate !== businessDate) continue
    const key = keyOf(each.receipt)
    byKey.set(byKey.has(key) ? `${key} again ${at}` : key, each)
  }
  return byKey
}

/** Payments whose approval nobody on site ever heard of. */
const unnamed = ({ centre }: Day): MoneyAtCentre[] =>
  centre.filter(({ receipt }) => receipt === null)

type Found = Pick<Line, 'bank' | 'reversal' | 'front' | 'centre'>

const lineOf = (day: Day, found: Found): Line => {
  const word = wordOf(day, found)
  const judged = differing(found) ?? onlyOne(word, found) ?? judge(word, found.centre)
  const remarks = remarksOf(day, found)
  return { ...judged, why: [judged.why, ...remarks].join('; '), ...found }
}

const wordOf = ({ bank: file }: Day, { bank, reversal }: Found): BankWord => {
  if (file === null) return 'no file'
  return bank === null || reversal !== null || bank.state === 'reversed' ? 'not charged' : 'charged'
}

/** Amounts differ: a person decides, with every document shown. */
const differing = ({ bank, front, centre }: Found): Judged | null => {
  if (bank === null) return null
  const other = [centre?.amount, front?.amount].find((it) => it !== undefined && it !== bank.amount)
  if (other === undefined) return bank.kind === 'return' ? returned : null
  const said = [
    `bank ${bank.amount}`,
    ...(front === null ? [] : [`front machine ${front.amount}`]),
    ...(centre === null ? [] : [`centre ${centre.amount}`]),
  ]
  return {
    result: bank.amount > other ? 'long' : 'short',
    why: `amounts differ (${said.join(', ')}): a person decides`,
  }
}

/** Nothing is lost by these, and yet somebody believes in something that nobody else has. */
const onlyOne = (word: BankWord, { bank, reversal, front, centre }: Found): Judged | null => {
  if (word !== 'not charged' || centre !== null) return null
  if (bank === null && reversal !== null) {
    return { result: 'open', why: 'a reversal of nothing that is known here: a person looks' }
  }
  return front !== null && frontCharged.has(front.state)
    ? { result: 'open', why: 'not charged and not funded: a person asks bank and front machine' }
    : null
}

const returned: Judged = {
  result: 'short',
  why: 'the bank has paid out what the centre does not know of: a person decides',
}

const frontCharged = new Set(['approved', 'booked'])

/** Where the front machine says another thing than the bank; the bank is believed. */
const remarksOf = (day: Day, { bank, reversal, front, centre }: Found): string[] => {
  if (reversal !== null && reversal.businessDate !== day.businessDate) {
    return [`reversed by the bank on ${reversal.businessDate}`]
  }
  if (centre?.way === 'bank account' && front === null && reversal === null) {
    return day.front === null
      ? ['the file of the front machine is not here yet']
      : ['the front machine does not have it']
  }
  if (front === null || day.bank === null) return []
  const isCharged = bank !== null && reversal === null && bank.state !== 'reversed'
  return frontCharged.has(front.state) === isCharged
    ? []
    : [`the front machine has it ${front.state}`]
}

const placeOf = ({ bank, reversal, front, centre }: Line): string => {
  const row = bank ?? reversal ?? front ?? centre?.receipt ?? null
  return row === null
    ? `~ ${centre?.payment}`
    : `${row.terminal} ${String(row.stan).padStart(6, '0')} ${centre?.payment ?? ''}`
}
