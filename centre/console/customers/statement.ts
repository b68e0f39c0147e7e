// The statement of a customer's account or debt: every posting with the balance after it; opening plus lines is closing.
import type { z } from 'zod'
import type { Statement, StatementAsked } from '../../../domain/console/customers.ts'
import type { CustomerNumber } from '../../../domain/identifiers.ts'
import { accountId } from '../../ledger.ts'
import type { Reading } from '../../store.ts'
import { localDayOf } from '../../tariffs/tariff-calendar.ts'
import { refusedAs, told, type Looking, type Told } from '../asking.ts'
import { csvLine, moneyField } from './csv.ts'

type Asked = z.infer<typeof StatementAsked>

export const statementOf = async (
  { read, now, config }: Looking,
  asked: Asked,
): Promise<Told<Statement>> => {
  const { customer, of } = asked
  const { timeZone } = config.policy
  const row = await read
    .selectFrom('customers')
    .select(['short_name', 'address'])
    .where('customer', '=', customer)
    .executeTakeFirst()
  if (row === undefined) return refusedAs(404, 'no such customer')
  const dayOf = (at: number): string => localDayOf(new Date(at), timeZone)
  const today = dayOf(now)
  const through = asked.through ?? today
  const from = asked.from ?? yearBefore(through)
  const entries = await entriesOf(read, { customer, of })
  const statement: Statement = {
    customer,
    shortName: row.short_name,
    address: row.address,
    of,
    from,
    through,
    opening: 0,
    closing: 0,
    lines: [],
  }
  let balance = 0
  for (const { at, ...entry } of entries) {
    const day = dayOf(at)
    if (day > through) break
    const amount = of === 'account' ? 0 - entry.amount : entry.amount
    balance += amount
    if (day < from) statement.opening = balance
    else statement.lines.push({ ...entry, at, amount, balance })
  }
  return told({ ...statement, closing: balance })
}

/** The day after the same day of the year before: twelve months with today in them. */
const yearBefore = (day: string): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year - 1, month - 1, date + 1)).toISOString().slice(0, 10)
}

const entriesOf = (
  read: Reading,
  { customer: owner, of }: { customer: CustomerNumber; of: Statement['of'] },
) =>
  read
    .selectFrom('entries')
    .innerJoin('postings', 'postings.posting', 'entries.posting')
    .select([
      'entries.posting',
      'entries.amount',
      'postings.at',
      'postings.kind',
      'postings.order_number as orderNumber',
      'postings.sale',
    ])
    .where(
      'entries.account',
      '=',
      accountId(
        of === 'account' ? { kind: 'customer account', owner } : { kind: 'arrears', owner },
      ),
    )
    .orderBy('entries.posting')
    .orderBy('entries.line')
    .execute()

/** The same as a file: opening and closing are lines of their own, so that the column adds up. */
export const statementFile = async (
  looking: Looking,
  asked: Asked,
): Promise<Told<{ text: string }>> => {
  const made = await statementOf(looking, asked)
  if (made.kind === 'refused') return made
  const { opening, closing, lines, from, through } = made.told
  const rows = [
    ['day', 'what', 'order', 'sale', 'posting', 'amount', 'balance'],
    [from, 'opening balance', '', '', '', '', moneyField(opening)],
    ...lines.map((line) => [
      localDayOf(new Date(line.at), looking.config.policy.timeZone),
      line.kind,
      line.orderNumber ?? '',
      line.sale ?? '',
      String(line.posting),
      moneyField(line.amount),
      moneyField(line.balance),
    ]),
    [through, 'closing balance', '', '', '', '', moneyField(closing)],
  ]
  return told({ text: rows.map(csvLine).join('') })
}
