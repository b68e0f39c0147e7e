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
  }
  for (const owner of payingCustomers(of.entries)) await neverBelow(work, owner)
  return posting
}

/** Whose accounts have less after it; money that only passes through takes nothing. */
const payingCustomers = (entries: Posting['entries']): CustomerNumber[] => {
  const sums = new Map<CustomerNumber, number>()
  for (const { account, amount } of entries) {
    if (account.kind !== 'customer account') continue
    sums.set(account.owner, (sums.get(account.owner) ?? 0) + amount)
  }
  return [...sums].filter(([, sum]) => sum > 0).map(([owner]) => owner)
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

/**
 * The account as it is shown: empty when it is in overdraft, for messages carry no debt (`Money`); null for a customer
 * without one.
 */
export const shownBalance = async (
  books: Reading | Work,
  owner: CustomerNumber,
): Promise<Minor | null> =>
  (await hasAccount(books, owner)) ? most(nothing, await accountBalance(books, owner)) : null

/** False for a customer of a bank's edition: what would go to the account is kept in suspense. */
export const hasAccount = async (
  books: Reading | Work,
  customer: CustomerNumber,
): Promise<boolean> =>
  (
    await books
      .selectFrom('customers')
      .select('has_account')
      .where('customer', '=', customer)
      .executeTakeFirstOrThrow()
  ).has_account === 1

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

/** What can be taken back from the account, frozen or not. */
export const takeable = async (books: Reading | Work, customer: CustomerNumber): Promise<Minor> => {
  const { overdraft } = await books
    .selectFrom('customers')
    .select('overdraft')
    .where('customer', '=', customer)
    .executeTakeFirstOrThrow()
  return most(nothing, minor((await accountBalance(books, customer)) + overdraft))
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
