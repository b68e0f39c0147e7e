// The ledger on disk: writes postings, adds up balances, and says whether the books are in order.
import type { CustomerNumber } from '../domain/identifiers.ts'
import { minor, minus, most, nothing, type Minor } from '../domain/money.ts'
import { next } from './counters.ts'
import { accountId, type Account, type Posting } from './ledger.ts'
import type { Reading, Work } from './store.ts'

/**
 * Writes a posting and returns its number. Throws, and so undoes the whole transaction, when it would take a customer's
 * account below what was agreed: whoever pays from an account has asked before (`spendable`).
 */
export const post = async (work: Work, of: Posting & { at: number }): Promise<number> => {
  const posting = await next(work, 'posting')
  await work
    .insertInto('postings')
    .values({
      posting,
      at: of.at,
      kind: of.kind,
      order_number: of.orderNumber,
      sale: of.saleId,
    })
    .execute()
  for (const [line, { account, amount }] of of.entries.entries()) {
    const id = accountId(account)
    await work
      .insertInto('accounts')
      .values({ account: id, kind: account.kind, owner: 'owner' in account ? account.owner : '' })
      .onConflict((it) => it.column('account').doNothing())
      .execute()
    await work.insertInto('entries').values({ posting, line, account: id, amount }).execute()
    if (account.kind === 'customer account' && amount > 0) await neverBelow(work, account.owner)
  }
  return posting
}

/** The sum of an account's lines: debits less credits. */
export const balanceOf = async (books: Reading | Work, account: Account): Promise<Minor> => {
  const { sum } = await books
    .selectFrom('entries')
    .select(({ fn }) => fn.sum<Minor | null>('amount').as('sum'))
    .where('account', '=', accountId(account))
    .executeTakeFirstOrThrow()
  return minor(sum ?? 0)
}

/** What the authority owes a customer; below zero only within an agreed overdraft. */
export const accountBalance = async (
  books: Reading | Work,
  owner: CustomerNumber,
): Promise<Minor> => minus(nothing, await balanceOf(books, { kind: 'customer account', owner }))

/** The account as it is shown: empty when it is in overdraft, for messages carry no debt (`Money`). */
export const shownBalance = async (books: Reading | Work, owner: CustomerNumber): Promise<Minor> =>
  most(nothing, await accountBalance(books, owner))

/** Old debt of a customer. */
export const arrearsBalance = (books: Reading | Work, owner: CustomerNumber): Promise<Minor> =>
  balanceOf(books, { kind: 'arrears', owner })

/** What a customer can pay from the account now: nothing while it is frozen. */
export const spendable = async (
  books: Reading | Work,
  customer: CustomerNumber,
): Promise<Minor> => {
  const { overdraft, frozen } = await books
    .selectFrom('customers')
    .select(['overdraft', 'frozen'])
    .where('customer', '=', customer)
    .executeTakeFirstOrThrow()
  if (frozen === 1) return nothing
  return minor((await accountBalance(books, customer)) + overdraft)
}

const neverBelow = async (work: Work, owner: CustomerNumber): Promise<void> => {
  const { overdraft } = await work
    .selectFrom('customers')
    .select('overdraft')
    .where('customer', '=', owner)
    .executeTakeFirstOrThrow()
  const balance = await accountBalance(work, owner)
  if (balance + overdraft < 0) throw new Error(`account ${owner} would be ${balance}`)
}

/**
 * What is wrong with the books, a sentence each; none when they are in order. Every posting sums to zero, every note is
 * in one posting that carries its value, the pending money is that of the open orders, and suspense that of the open claims.
 */
export const flawsOfBooks = async (books: Reading | Work): Promise<string[]> => {
  const uneven = await books
    .selectFrom('entries')
    .select(({ fn }) => ['posting', fn.sum<Minor>('amount').as('sum')])
    .groupBy('posting')
    .having(({ fn }) => fn.sum<number>('amount'), '<>', 0)
    .execute()
  const cash = await books
    .selectFrom('entries')
    .innerJoin('accounts', 'accounts.account', 'entries.account')
    .select(({ fn }) => ['owner', fn.sum<Minor>('amount').as('sum')])
    .where('kind', '=', 'kiosk cash')
    .groupBy('owner')
    .execute()
  const notes = await books
    .selectFrom('notes')
    .select(({ fn }) => ['kiosk', fn.sum<Minor>('value').as('sum')])
    .groupBy('kiosk')
    .execute()
  const open = await books
    .selectFrom('orders')
    .select(({ fn }) => fn.sum<Minor | null>('tender').as('sum'))
    .where((it) =>
      it.not(
        it.exists(
          it
            .selectFrom('postings')
            .select('postings.posting')
            .whereRef('postings.order_number', '=', 'orders.order_number')
            .where('postings.kind', 'in', ['order loaded', 'order returned']),
        ),
      ),
    )
    .executeTakeFirstOrThrow()
  const pending = minus(nothing, await balanceOf(books, { kind: 'pending orders' }))
  const suspense = await books
    .selectFrom('entries')
    .innerJoin('accounts', 'accounts.account', 'entries.account')
    .select(({ fn }) => fn.sum<Minor | null>('amount').as('sum'))
    .where('kind', '=', 'suspense')
    .executeTakeFirstOrThrow()
  const claims = await books
    .selectFrom('claims')
    .select(['state', 'amount', 'covered'])
    .where('state', 'in', ['open', 'paid ahead'])
    .execute()
  const claimed = claims.reduce(
    (sum, { state, amount, covered }) =>
      sum + (state === 'open' ? 1 : -1) * ((amount ?? 0) - covered),
    0,
  )
  const counted = new Map<string, number>(notes.map((it) => [it.kiosk, it.sum]))
  return [
    ...uneven.map((it) => `posting ${it.posting} is off by ${it.sum}`),
    ...cash
      .filter((it) => counted.get(it.owner) !== it.sum)
      .map(
        (it) => `kiosk ${it.owner} holds ${counted.get(it.owner) ?? 0}, the books say ${it.sum}`,
      ),
    ...(claimed + (suspense.sum ?? 0) === 0
      ? []
      : [`open claims are ${claimed}, suspense is ${minus(nothing, suspense.sum ?? nothing)}`]),
    ...((open.sum ?? 0) === pending
      ? []
      : [`open orders are ${open.sum ?? 0}, pending is ${pending}`]),
  ]
}
