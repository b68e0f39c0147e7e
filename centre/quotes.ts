// Binding prices: by money or by energy, held for 120 s, never more than fits into the meter (domain.md 10).
import type { z } from 'zod'
import type { Answered, QuoteRequest, SaleLimits } from '../domain/centre-messages.ts'
import { noEnergy, type Energy } from '../domain/energy.ts'
import { QuoteId, ulidOf } from '../domain/identifiers.ts'
import { least, nothing, type Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import type { PricedTender, Quote } from '../domain/quote.ts'
import { rememberSale } from './claim-book.ts'
import type { Policy } from './config.ts'
import { duesOf, type BindingRow } from './dues.ts'
import { headroomOf } from './headroom.ts'
import { insertionInForce, type InsertionRow } from './insertions.ts'
import { limitsOf } from './limits.ts'
import { answered, type Outcome } from './outcome.ts'
import { priceTender, tenderForEnergy, type Dues } from './tariffs/tariffs.ts'
import { momentOf, type Turn } from './turn.ts'

/** A price is held for this long (power-card.md 8.1 step 4). */
export const quoteLifeMs = 120_000

type Asked = z.infer<typeof QuoteRequest>
type Reply = Answered<'quote'>
type Why = Extract<Reply, { kind: 'refused' }>['why']

const noLimits: SaleLimits = { least: nothing, most: nothing, mostEnergy: null }
const refusal = (why: Why, limits: SaleLimits = noLimits): Outcome<Reply> =>
  answered({ kind: 'refused', why, limits })

export const quote = async (turn: Turn, asked: Asked): Promise<Outcome<Reply>> => {
  const found = await sellingTo(turn, asked)
  if (found === null) return refusal('insertion over')
  const { dues, binding, insertion } = found
  const headroom = await headroomOf(turn, binding)
  const { policy } = turn
  const wished = priceWish({ wish: asked.wish, dues, headroom, policy })
  if (wished.kind === 'refused') return refusal(wished.why, wished.limits)
  const { priced } = wished
  const expiresAt = turn.now + quoteLifeMs
  const made: Quote = {
    ...priced,
    quoteId: QuoteId.parse(ulidOf(turn.now, turn.random(10))),
    saleId: asked.saleId,
    expiresAt: momentOf(expiresAt),
  }
  // Money may follow: whoever holds a slip of this sale is told that it was heard of.
  await rememberSale(turn, { saleId: asked.saleId, kiosk: turn.kiosk })
  await turn.work
    .insertInto('quotes')
    .values({
      quote: made.quoteId,
      sale: asked.saleId,
      insertion: insertion.insertion,
      binding: binding.binding,
      tender: made.tender,
      expires_at: expiresAt,
      fixed_due: dues.fixedDue.amount,
      priced: JSON.stringify(made),
    })
    .execute()
  return answered({ kind: 'quoted', quote: made })
}

/** What a wish comes to, whoever has it: a kiosk in a sale, or an office that only wants to know. Writes nothing. */
export const priceWish = (of: {
  wish: Asked['wish']
  dues: Dues
  /** The energy that still fits into the meter; null = no limit. */
  headroom: Energy | null
  policy: Pick<Policy, 'stepForEnergy'>
}):
  | { kind: 'priced'; priced: PricedTender; limits: SaleLimits }
  | { kind: 'refused'; why: Why; limits: SaleLimits } => {
  const { dues, headroom } = of
  const limits = limitsOf(dues, headroom) ?? { ...noLimits, mostEnergy: noEnergy }
  const wanted = tenderOf({ ...of, limits })
  if (wanted.kind === 'refused') return { ...wanted, limits }
  const priced = priceTender({ ...dues, tender: wanted.tender })
  return priced.energy === noEnergy
    ? { kind: 'refused', why: 'no energy', limits }
    : { kind: 'priced', priced, limits }
}

/** Something can be sold only in an insertion whose diagnosis said so, and as long as the books have no doubt. */
export const sellingTo = async (
  turn: Turn,
  { insertionId }: Pick<Asked, 'insertionId'>,
): Promise<{ insertion: InsertionRow; binding: BindingRow; dues: Dues } | null> => {
  const insertion = await insertionInForce(turn, insertionId)
  if (insertion === null || insertion.binding === null || insertion.verdict !== 'can sell') {
    return null
  }
  const binding = await turn.work
    .selectFrom('bindings')
    .selectAll()
    .where('binding', '=', insertion.binding)
    .executeTakeFirstOrThrow()
  if (binding.inquiry !== null) return null
  const dues = await duesOf(turn, binding)
  return dues === null ? null : { insertion, binding, dues }
}

type Wishing = {
  wish: Asked['wish']
  dues: Dues
  limits: SaleLimits
  policy: Pick<Policy, 'stepForEnergy'>
}
type Wanted = { kind: 'tender'; tender: Minor } | { kind: 'refused'; why: Why }

/** What the wish costs, as long as it is within the limits. */
const tenderOf = (of: Wishing): Wanted => {
  const { wish, dues, limits } = of
  switch (wish.kind) {
    case 'money':
      return within(dues, limits, wish.tender)
    case 'energy':
      return costOf({ ...of, energy: wish.energy })
    default:
      return never(wish)
  }
}

const costOf = (of: Omit<Wishing, 'wish'> & { energy: Energy }): Wanted => {
  const { policy, dues, limits, energy } = of
  if (energy === noEnergy) return { kind: 'refused', why: 'too little' }
  if (limits.mostEnergy !== null && energy > limits.mostEnergy) {
    return { kind: 'refused', why: 'more than the meter may hold' }
  }
  const cost = tenderForEnergy({
    ...dues,
    energy,
    step: policy.stepForEnergy,
    ceiling: limits.most,
  })
  if (cost === null) return { kind: 'refused', why: tooMuch(dues, limits) }
  // A step up may leave the limits where the exact price does not.
  return within(dues, limits, least(cost.payable, limits.most))
}

const within = (dues: Dues, limits: SaleLimits, tender: Minor): Wanted => {
  if (tender > limits.most) return { kind: 'refused', why: tooMuch(dues, limits, tender) }
  if (tender < limits.least) return { kind: 'refused', why: 'too little' }
  return { kind: 'tender', tender }
}

/** Above the tariff's own limit it is too much anywhere; below it, it is this meter that cannot hold it. */
const tooMuch = (dues: Dues, limits: SaleLimits, tender: Minor = limits.most): Why =>
  tender > dues.tariff.sale.most || limits.most === dues.tariff.sale.most
    ? 'too much'
    : 'more than the meter may hold'
