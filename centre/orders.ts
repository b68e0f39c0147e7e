// An order is made: the money booked, the next count reserved, the purchase image sealed, all in one transaction.
import type { z } from 'zod'
import type { Answered, Funding, OrderRequest } from '../domain/centre-messages.ts'
import { energy, noEnergy, plusEnergy, type Energy } from '../domain/energy.ts'
import { OrderNumber } from '../domain/identifiers.ts'
import { minus, nothing, plus, type Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import { channel } from '../domain/power-card/purchase.ts'
import { Quote } from '../domain/quote.ts'
import { hasAccount, shownBalance, post, spendable } from './books.ts'
import type { CardSecurity } from './card-security/card-security.ts'
import { postClaimed } from './claim-book.ts'
import { next } from './counters.ts'
import { dayOf, type BindingRow } from './dues.ts'
import type { InsertionRow } from './insertions.ts'
import { orderFunded } from './ledger.ts'
import { keepNotes, notesProblem } from './notes.ts'
import { openOrderOf, orderOfSale, summaryOf, type OrderRow } from './order-states.ts'
import { answered, refused, type Outcome } from './outcome.ts'
import { keepPayment, paysFor } from './payments.ts'
import { sellingTo } from './quotes.ts'
import type { Dues } from './tariffs/tariffs.ts'
import { makeUpDue } from './terms.ts'
import type { Turn } from './turn.ts'

type Asked = z.infer<typeof OrderRequest>
type Reply = Answered<'order'>
type Why = Extract<Reply, { kind: 'refused' }>['why']

/** Channel of a kiosk in EF02 (power-card.md 4.2). */
export const kioskChannel = channel.kiosk

const refusal = (why: Why): Outcome<Reply> => answered({ kind: 'refused', why })

export const order = async (turn: Turn, asked: Asked): Promise<Outcome<Reply>> => {
  const problem = await notesProblem(turn, asked, notesOf(asked.funding))
  if (problem !== null) return problem
  // The tombstone of a closing: a late original finds its sale settled (domain.md 9.1).
  if (await isClosed(turn, asked.saleId)) return refusal('sale closed')
  const selling = await sellingTo(turn, asked)
  if (selling === null) return refusal('insertion over')
  const { insertion, binding, dues } = selling
  const earlier =
    (await orderOfSale(turn, asked.saleId)) ?? (await openOrderOf(turn, binding.binding))
  if (earlier !== undefined) return refusal('open order')
  const quote = await quoteInForce(turn, asked, binding, dues)
  if (quote === null) return refusal('quote expired')
  if (asked.funding.kind === 'payment' && !(await paysFor(turn, asked.funding.payment, quote))) {
    return refusal('payment not good')
  }
  const cash = plus(nothing, ...notesOf(asked.funding).map(({ value }) => value))
  if (asked.funding.kind === 'cash' && cash < quote.tender) {
    return refused(400, `funding.notes: found ${cash}; must be at least ${quote.tender}`)
  }
  if (
    asked.funding.kind === 'account' &&
    (await spendable(turn.work, binding.customer)) < quote.tender
  ) {
    return refusal('not enough in the account')
  }
  const made = await reserve(turn, { asked, insertion, binding, dues, quote })
  await fund(turn, { made, quote, binding, funding: asked.funding, cash })
  const balance = await shownBalance(turn.work, binding.customer)
  return answered({
    kind: 'reserved',
    order: summaryOf(made),
    // Without an account the remainder is in suspense, and its closing says so.
    toAccount:
      asked.funding.kind === 'cash' && balance !== null ? minus(cash, quote.tender) : nothing,
    balance,
  })
}

export const isClosed = async ({ work }: Turn, sale: Asked['saleId']): Promise<boolean> =>
  (await work
    .selectFrom('closed_sales')
    .select('sale')
    .where('sale', '=', sale)
    .executeTakeFirst()) !== undefined

const notesOf = (funding: Funding) => (funding.kind === 'cash' ? funding.notes : [])

/** The quote if it still binds. One that promised to repay debt which another card repaid since is priced anew. */
const quoteInForce = async (
  turn: Turn,
  asked: Asked,
  binding: BindingRow,
  dues: Dues,
): Promise<Quote | null> => {
  const row = await turn.work
    .selectFrom('quotes')
    .selectAll()
    .where('quote', '=', asked.quoteId)
    .where('sale', '=', asked.saleId)
    .where('insertion', '=', asked.insertionId)
    .where('binding', '=', binding.binding)
    .executeTakeFirst()
  if (row === undefined || turn.now > row.expires_at) return null
  const quote = Quote.parse(JSON.parse(row.priced))
  return quote.arrears.paid > dues.arrearsBalance ? null : quote
}

/** The next count of the binding and a number that is never used again. */
const reserve = async (
  turn: Turn,
  of: { asked: Asked; insertion: InsertionRow; binding: BindingRow; dues: Dues; quote: Quote },
): Promise<OrderRow> => {
  const { asked, insertion, binding, quote } = of
  const makeUp = await makeUpIn(turn, of)
  const count = binding.credited + 1
  const orderNumber = await newOrderNumber(turn)
  const purchase = {
    count,
    order_number: orderNumber,
    created_at: turn.now,
    charged: quote.charged,
    energy: quote.energy,
    free_energy: quote.freeEnergy,
    arrears: quote.arrears.paid,
  }
  const { serial } = insertion
  const row: OrderRow = {
    ...purchase,
    sale: asked.saleId,
    binding: binding.binding,
    kiosk: turn.kiosk,
    serial,
    quote: quote.quoteId,
    state: 'AWAIT_WRITE',
    funding: asked.funding.kind,
    tender: quote.tender,
    business_day: dayOf(turn),
    image: await imageOf(turn, { ...purchase, serial, binding, makeUp }),
    scripts: 0,
    script_sequence: null,
    script_at: null,
    fence_sequence: null,
    fence_at: null,
    loaded_sequence: null,
    loaded_at: null,
  }
  await turn.work.insertInto('orders').values(row).execute()
  if (makeUp > noEnergy) {
    await turn.work
      .insertInto('make_up_given')
      .values({ order_number: orderNumber, binding: binding.binding, energy: makeUp })
      .execute()
  }
  await turn.work
    .insertInto('order_states')
    .values(
      (['QUOTED', 'FUNDED', 'AWAIT_WRITE'] as const).map((state, at) => ({
        order_number: orderNumber,
        step: at + 1,
        state,
        at: turn.now,
        why: `sale at kiosk ${turn.kiosk}`,
      })),
    )
    .execute()
  return row
}

/** What of the quote's free energy is make-up energy: what the month's free units do not explain. */
const makeUpIn = async (
  { work }: Turn,
  { binding, dues, quote }: { binding: BindingRow; dues: Dues; quote: Quote },
): Promise<Energy> => {
  const due = await makeUpDue(work, binding.binding)
  return due === noEnergy
    ? noEnergy
    : energy(Math.max(0, quote.freeEnergy - (dues.freeUnitsDue - due)))
}

/** EF02 of an order for this card, with its E2E MAC: 40 bytes. */
export const imageOf = (
  { security }: { security: Pick<CardSecurity, 'sealPurchase'> },
  of: Pick<
    OrderRow,
    | 'order_number'
    | 'count'
    | 'charged'
    | 'energy'
    | 'free_energy'
    | 'arrears'
    | 'created_at'
    | 'serial'
  > & {
    binding: Pick<BindingRow, 'meter' | 'meter_key_version' | 'customer'>
    /** Of the free energy; none unless told. */
    makeUp?: Energy
  },
): Promise<string> =>
  security.sealPurchase({
    meter: of.binding.meter,
    keyVersion: of.binding.meter_key_version,
    customer: of.binding.customer,
    serial: of.serial,
    purchase: {
      amount: of.charged,
      count: of.count,
      energy: plusEnergy(of.energy, of.free_energy),
      orderNumber: of.order_number,
      time: Math.floor(of.created_at / 1000),
      channel: kioskChannel,
      arrears: of.arrears,
      hasFreeUnits: of.free_energy > (of.makeUp ?? noEnergy),
      hasEarlierValue: (of.makeUp ?? noEnergy) > noEnergy,
    },
  })

/** `YYMMDD` of the business date and a running number that does not begin again (power-card.md 1.4). */
const newOrderNumber = async (turn: Turn): Promise<OrderNumber> => {
  const running = await next(turn.work, 'order number')
  const date = dayOf(turn).replaceAll('-', '').slice(2)
  return OrderNumber.parse(`${date}${String(running).padStart(10, '0')}`)
}

const fund = async (
  turn: Turn,
  of: { made: OrderRow; quote: Quote; binding: BindingRow; funding: Funding; cash: Minor },
): Promise<void> => {
  const { made, quote, binding, funding, cash } = of
  const booked = {
    orderNumber: made.order_number,
    saleId: made.sale,
    customer: binding.customer,
    hasAccount: await hasAccount(turn.work, binding.customer),
    priced: quote,
  }
  switch (funding.kind) {
    case 'account':
      await post(turn.work, { ...orderFunded(booked, { kind: 'account' }), at: turn.now })
      return
    case 'cash': {
      const from = { kind: 'cash', kiosk: turn.kiosk, notes: cash } as const
      const posting = await postClaimed(turn, {
        booked: orderFunded(booked, from),
        kiosk: turn.kiosk,
      })
      await keepNotes(turn, { saleId: made.sale, notes: funding.notes, place: 'order', posting })
      return
    }
    case 'payment': {
      const from = { kind: 'payment', kiosk: turn.kiosk } as const
      const posting = await post(turn.work, { ...orderFunded(booked, from), at: turn.now })
      await keepPayment(turn, { order: made, payment: funding.payment, posting })
      return
    }
    default:
      never(funding)
  }
}
