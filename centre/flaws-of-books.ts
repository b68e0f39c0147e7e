// What is wrong with the books, in sentences: what must be true of them at any moment, added up afresh.
import { minus, nothing, type Minor } from '../domain/money.ts'
import { balanceOf } from './books.ts'
import type { AccountKind } from './ledger.ts'
import type { Reading, Work } from './store.ts'

type Books = Reading | Work

/**
 * None when they are in order. Every posting sums to zero, every note and payment is in one posting that carries its value,
 * the pending money is that of the open orders, and suspense that of the open claims.
 */
export const flawsOfBooks = async (books: Books): Promise<string[]> => [
  ...(await unevenPostings(books)),
  ...(await notesAndPayments(books)),
  ...(await claimsAgainstSuspense(books)),
  ...(await ordersAgainstPending(books)),
]

const unevenPostings = async (books: Books): Promise<string[]> => {
  const uneven = await books
    .selectFrom('entries')
    .select(({ fn }) => ['posting', fn.sum<Minor>('amount').as('sum')])
    .groupBy('posting')
    .having(({ fn }) => fn.sum<number>('amount'), '<>', 0)
    .execute()
  return uneven.map((it) => `posting ${it.posting} is off by ${it.sum}`)
}

/** What came in at each kiosk, as the ledger has it and as its notes and payments add up. */
const notesAndPayments = async (books: Books): Promise<string[]> => {
  const notes = await books
    .selectFrom('notes')
    .select(({ fn }) => ['kiosk', fn.sum<Minor>('value').as('sum')])
    .groupBy('kiosk')
    .execute()
  const payments = await books
    .selectFrom('payments')
    .select(({ fn }) => ['kiosk', fn.sum<Minor>('amount').as('sum')])
    .where('place', 'in', ['order', 'account', 'suspense'])
    .groupBy('kiosk')
    .execute()
  const moved = await books
    .selectFrom('box_exchanges')
    .select(({ fn }) => ['kiosk', fn.sum<Minor>('moved').as('sum')])
    .groupBy('kiosk')
    .execute()
  // A note that came in is in the box of its kiosk, or has left with one.
  const cash = [...(await byOwner(books, 'kiosk cash')), ...moved]
  const owed = await byOwner(books, 'bank payments')
  return [
    ...differing(notes, cash).map(
      ([kiosk, counted, booked]) => `kiosk ${kiosk} holds ${counted}, the books say ${booked}`,
    ),
    ...differing(payments, owed).map(
      ([kiosk, counted, booked]) =>
        `payments of kiosk ${kiosk} are ${counted}, the books say ${booked}`,
    ),
  ]
}

const byOwner = (books: Books, kind: AccountKind) =>
  books
    .selectFrom('entries')
    .innerJoin('accounts', 'accounts.account', 'entries.account')
    .select(({ fn }) => ['owner as kiosk', fn.sum<Minor>('amount').as('sum')])
    .where('kind', '=', kind)
    .groupBy('owner')
    .execute()

type Sums = { kiosk: string; sum: number }[]

const differing = (counted: Sums, booked: Sums): [kiosk: string, is: number, booked: number][] => {
  const sumIn = (sums: Sums, kiosk: string) =>
    sums.filter((it) => it.kiosk === kiosk).reduce((total, { sum }) => total + sum, 0)
  const kiosks = new Set([...counted, ...booked].map(({ kiosk }) => kiosk))
  return [...kiosks]
    .map((kiosk): [string, number, number] => [kiosk, sumIn(counted, kiosk), sumIn(booked, kiosk)])
    .filter(([, is, said]) => is !== said)
}

const ordersAgainstPending = async (books: Books): Promise<string[]> => {
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
            .where('postings.kind', 'in', [
              'order loaded',
              'order returned',
              'order returned to payer',
            ]),
        ),
      ),
    )
    .executeTakeFirstOrThrow()
  const pending = minus(nothing, await balanceOf(books, { kind: 'pending orders' }))
  return (open.sum ?? 0) === pending
    ? []
    : [`open orders are ${open.sum ?? 0}, pending is ${pending}`]
}

const claimsAgainstSuspense = async (books: Books): Promise<string[]> => {
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
  return claimed + (suspense.sum ?? 0) === 0
    ? []
    : [`open claims are ${claimed}, suspense is ${minus(nothing, suspense.sum ?? nothing)}`]
}
