// Customers by whatever somebody on the telephone has at hand: a number, the end of one, part of a name or an address.
import { sql, type ExpressionBuilder, type Expression, type SqlBool } from 'kysely'
import type { z } from 'zod'
import type {
  CustomerFilter,
  CustomerRow,
  CustomersAsked,
} from '../../../domain/console/customers.ts'
import { minor } from '../../../domain/money.ts'
import { accountId } from '../../ledger.ts'
import type { Reading } from '../../store.ts'
import type { Tables } from '../../tables.ts'

const pageOf = 50

type Asked = z.infer<typeof CustomersAsked>
type Where = (it: ExpressionBuilder<Tables, 'customers'>) => Expression<SqlBool>

/** By name, then number; a page at a time. */
export const findCustomers = async (
  read: Reading,
  { find, only, after }: Asked,
): Promise<{ rows: CustomerRow[]; next: string | null }> => {
  let query = read
    .selectFrom('customers')
    .selectAll()
    .orderBy('short_name')
    .orderBy('customer')
    .limit(pageOf + 1)
  for (const where of [...found(find), ...(only === undefined ? [] : [kept[only]])]) {
    query = query.where(where)
  }
  const last = after === undefined ? null : placeOf(after)
  if (last !== null) {
    query = query.where((it) =>
      it.or([
        it('short_name', '>', last.name),
        it.and([it('short_name', '=', last.name), sql<SqlBool>`customer > ${last.customer}`]),
      ]),
    )
  }
  const page = await query.execute()
  const rows = await withBooks(read, page.slice(0, pageOf))
  const end = page.length > pageOf ? rows.at(-1) : undefined
  return { rows, next: end === undefined ? null : `${end.customer} ${end.shortName}` }
}

const placeOf = (after: string): { customer: string; name: string } => ({
  customer: after.slice(0, 12),
  name: after.slice(13),
})

/** Fewer digits than this are a house number. */
const leastDigits = 4

const found = (find: string): Where[] => {
  if (find === '') return []
  const number = find.replaceAll(/[\s.·•-]/g, '').toLowerCase()
  if (
    number.length >= leastDigits &&
    /^[0-9a-f]*\d[0-9a-f]*$/.test(number) &&
    number.length <= 16
  ) {
    return [byNumber(number)]
  }
  return find
    .toLowerCase()
    .split(/\s+/)
    .map(
      (word): Where =>
        () =>
          sql<SqlBool>`lower(short_name || ' ' || address) like ${part(word)} escape '\\'`,
    )
}

const part = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

/** Digits of a customer or a meter, and of a card. */
const wholeNumber = 12
const wholeSerial = 16

/** A whole number is found by its index; a screen shows only the last digits of each, so any part of one is enough too. */
const byNumber = (number: string): Where => {
  const is = (column: 'customers.customer' | 'meter' | 'cards.serial', whole: number) =>
    number.length === whole
      ? sql<SqlBool>`${sql.ref(column)} = ${number}`
      : sql<SqlBool>`${sql.ref(column)} like ${part(number)}`
  const cards: Where = (it) =>
    it('customer', 'in', (from) =>
      from
        .selectFrom('cards')
        .innerJoin('bindings', 'bindings.binding', 'cards.binding')
        .select('bindings.customer')
        .where(is('cards.serial', wholeSerial)),
    )
  if (number.length > wholeNumber) return cards
  const owners: Where = (it) =>
    it.or([
      is('customers.customer', wholeNumber),
      it('customer', 'in', (from) =>
        from.selectFrom('bindings').select('customer').where(is('meter', wholeNumber)),
      ),
    ])
  return number.length === wholeNumber ? owners : (it) => it.or([owners(it), cards(it)])
}

const kept: Record<CustomerFilter, Where> = {
  // As the conditions of their indexes have it: few rows of many.
  blocked: () => sql<SqlBool>`blocked = 1`,
  frozen: () => sql<SqlBool>`frozen = 1`,
  'with a plan': (it) =>
    it('customer', 'in', (from) => from.selectFrom('arrears_plans').select('customer')),
  inquiry: (it) =>
    it('customer', 'in', (from) =>
      from.selectFrom('bindings').select('customer').where('inquiry', 'is not', null),
    ),
  // Only accounts that were ever used for debt are added up: the names of accounts begin with their kind.
  'in arrears': () => sql<SqlBool>`customer in (
    select accounts.owner from accounts where accounts.account >= 'arrears/' and accounts.account < 'arrears0'
    and (select sum(entries.amount) from entries where entries.account = accounts.account) > 0)`,
}

/** Balances and meters of one page, in one question each. */
const withBooks = async (
  read: Reading,
  page: readonly Tables['customers'][],
): Promise<CustomerRow[]> => {
  if (page.length === 0) return []
  const customers = page.map(({ customer }) => customer)
  const accounts = customers.flatMap((owner) => [
    accountId({ kind: 'customer account', owner }),
    accountId({ kind: 'arrears', owner }),
  ])
  const sums = await read
    .selectFrom('entries')
    .select(({ fn }) => ['account', fn.sum<number>('amount').as('sum')])
    .where('account', 'in', accounts)
    .groupBy('account')
    .execute()
  const bindings = await read
    .selectFrom('bindings')
    .select(['customer', 'meter', 'inquiry'])
    .where('customer', 'in', customers)
    .orderBy('meter')
    .execute()
  const sumOf = new Map(sums.map(({ account, sum }) => [account, sum]))
  return page.map((row): CustomerRow => {
    const { customer: owner } = row
    const own = bindings.filter(({ customer }) => customer === owner)
    return {
      customer: owner,
      shortName: row.short_name,
      address: row.address,
      meters: own.map(({ meter }) => meter),
      balance:
        row.has_account === 1
          ? minor(0 - (sumOf.get(accountId({ kind: 'customer account', owner })) ?? 0))
          : null,
      arrears: sumOf.get(accountId({ kind: 'arrears', owner })) ?? 0,
      blocked: row.blocked === 1,
      frozen: row.frozen === 1,
      inquiry: own.some(({ inquiry }) => inquiry !== null),
    }
  })
}
