// An order is made: the money booked, the next count reserved, the purchase image sealed, all in one transaction.
import type { z } from 'zod'
import type { Answered, Funding, OrderRequest } from '../domain/centre-messages.ts'
import { plusEnergy } from '../domain/energy.ts'
import { OrderNumber } from '../domain/identifiers.ts'
import { minus, nothing, plus, type Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import { Quote } from '../domain/quote.ts'
import { accountBalance, post, spendable } from './books.ts'
import { next } from './counters.ts'
import { dayOf, type BindingRow } from './dues.ts'
import type { InsertionRow } from './insertions.ts'
import { orderFunded } from './ledger.ts'
import { keepNotes, notesProblem } from './notes.ts'
import { openOrderOf, orderOfSale, summaryOf, type OrderRow } from './order-states.ts'
import { answered, refused, type Outcome } from './outcome.ts'
import { sellingTo } from './quotes.ts'
import type { CardRow } from './settling.ts'
import type { Dues } from './tariffs.ts'
import type { Turn } from './turn.ts'

type Asked = z.infer<typeof OrderRequest>
type Reply = Answered<'order'>
type Why = Extract<Reply, { kind: 'refused' }>['why']

/** Channel of a kiosk in EF02 (power-card.md 4.2). */
const kioskChannel = 1

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
  const made = await reserve(turn, { asked, insertion, binding, quote })
  await fund(turn, { made, quote, binding, funding: asked.funding, cash })
  return answered({
    kind: 'reserved',
    order: summaryOf(made),
    toAccount: asked.funding.kind === 'cash' ? minus(cash, quote.tender) : nothing,
    balance: await accountBalance(turn.work, binding.customer),
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
  of: { asked: Asked; insertion: InsertionRow; binding: BindingRow; quote: Quote },
): Promise<OrderRow> => {
  const { asked, insertion, binding, quote } = of
  const card = await cardOf(turn, insertion)
  const count = binding.credited + 1
  const orderNumber = await newOrderNumber(turn)
  const image = await turn.security.sealPurchase({
    meter: binding.meter,
    keyVersion: binding.meter_key_version,
    customer: binding.customer,
    serial: card.serial,
    purchase: {
      amount: quote.charged,
      count,
      energy: plusEnergy(quote.energy, quote.freeEnergy),
      orderNumber,
      time: Math.floor(turn.now / 1000),
      channel: kioskChannel,
      arrears: quote.arrears.paid,
      hasFreeUnits: quote.freeEnergy > 0,
    },
  })
  const row: OrderRow = {
    order_number: orderNumber,
    sale: asked.saleId,
    binding: binding.binding,
    kiosk: turn.kiosk,
    serial: card.serial,
    quote: quote.quoteId,
    count,
    state: 'AWAIT_WRITE',
    funding: asked.funding.kind,
    tender: quote.tender,
    charged: quote.charged,
    energy: quote.energy,
    free_energy: quote.freeEnergy,
    arrears: quote.arrears.paid,
    business_day: dayOf(turn),
    image,
    previous_image: card.image,
    created_at: turn.now,
    scripts: 0,
    script_sequence: null,
    script_at: null,
    fence_sequence: null,
    fence_at: null,
    loaded_sequence: null,
    loaded_at: null,
    undo_sequence: null,
  }
  await turn.work.insertInto('orders').values(row).execute()
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

/** The card in the slot, whose purchase file this insertion has proven. */
const cardOf = async (
  { work }: Turn,
  { serial }: InsertionRow,
): Promise<CardRow & { image: string }> => {
  const card = await work
    .selectFrom('cards')
    .selectAll()
    .where('serial', '=', serial)
    .executeTakeFirstOrThrow()
  if (card.image === null) throw new Error(`card ${serial} was never seen`)
  return { ...card, image: card.image }
}

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
    priced: quote,
  }
  switch (funding.kind) {
    case 'account':
      await post(turn.work, { ...orderFunded(booked, { kind: 'account' }), at: turn.now })
      return
    case 'cash': {
      const from = { kind: 'cash', kiosk: turn.kiosk, notes: cash } as const
      const posting = await post(turn.work, { ...orderFunded(booked, from), at: turn.now })
      await keepNotes(turn, { saleId: made.sale, notes: funding.notes, place: 'order', posting })
      return
    }
    default:
      never(funding)
  }
}
