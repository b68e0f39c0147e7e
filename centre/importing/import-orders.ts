// A purchase that an import takes over with its end unknown: its money is pending, and the card decides (power-card.md 9.1).
import { energy, noEnergy, type Energy } from '../../domain/energy.ts'
import { InsertionId, QuoteId, ulidOf } from '../../domain/identifiers.ts'
import { minor, nothing, type Minor } from '../../domain/money.ts'
import type { Quote } from '../../domain/quote.ts'
import { post } from '../books.ts'
import { next } from '../counters.ts'
import { tariffsOf, type BindingRow } from '../dues.ts'
import type { ImportedOrder } from './import-file.ts'
import { remember, useUp, type Fate, type Taking } from './import-memory.ts'
import { orderTakenOver } from '../ledger.ts'
import { note, type OrderRow } from '../order-states.ts'
import { imageOf } from '../orders.ts'
import { fixedChargesDue, localDayOf, tariffInForce } from '../tariffs/tariff-calendar.ts'
import { momentOf } from '../turn.ts'

/** Its script is fenced at once: only a card that is read from now on proves anything about it. */
export const takeOrder = async (turn: Taking, entry: ImportedOrder): Promise<Fate> => {
  const { orderNumber } = entry
  const seen = await remember(turn, { kind: 'order', name: orderNumber, content: entry })
  if (seen !== 'new') return seen
  await useUp(turn, orderNumber)
  const binding = await turn.work
    .selectFrom('bindings')
    .innerJoin('cards', 'cards.binding', 'bindings.binding')
    .selectAll('bindings')
    .where('cards.serial', '=', entry.serial)
    .executeTakeFirstOrThrow()
  const order = await rowOf(turn, { entry, binding })
  await turn.work.insertInto('orders').values(order).execute()
  await note(turn, orderNumber, { state: 'UNKNOWN', why: 'taken over with its end unknown' })
  await post(turn.work, { ...orderTakenOver(entry), at: turn.now })
  return 'new'
}

const rowOf = async (
  turn: Taking,
  { entry, binding }: { entry: ImportedOrder; binding: BindingRow },
): Promise<OrderRow> => {
  const at = Date.parse(entry.at)
  const purchase = {
    order_number: entry.orderNumber,
    serial: entry.serial,
    count: entry.count,
    charged: entry.tender,
    energy: entry.energy,
    free_energy: noEnergy,
    arrears: nothing,
    created_at: at,
  }
  const sequence = await next(turn.work, 'sequence')
  return {
    ...purchase,
    sale: entry.saleId,
    binding: binding.binding,
    kiosk: entry.kiosk,
    quote: await keepQuote(turn, { entry, binding, at }),
    state: 'UNKNOWN',
    funding: 'account',
    tender: entry.tender,
    business_day: localDayOf(new Date(at), turn.policy.timeZone),
    image: await imageOf(turn, { ...purchase, binding }),
    scripts: 1,
    script_sequence: sequence,
    script_at: at,
    fence_sequence: await next(turn.work, 'sequence'),
    fence_at: turn.now,
    loaded_sequence: null,
    loaded_at: null,
  }
}

/** The price it was sold at, as far as it is known: all of it for energy. */
const keepQuote = async (
  turn: Taking,
  of: { entry: ImportedOrder; binding: BindingRow; at: number },
): Promise<QuoteId> => {
  const { entry, binding, at } = of
  const quote = QuoteId.parse(ulidOf(at, turn.random(10)))
  const insertion = InsertionId.parse(ulidOf(at, turn.random(10)))
  await turn.work
    .insertInto('insertions')
    .values({
      insertion,
      kiosk: entry.kiosk,
      serial: entry.serial,
      binding: binding.binding,
      begun_at: at,
      ended_at: at,
      verdict: null,
      failed_looks: 0,
      look: null,
      sequence: await next(turn.work, 'sequence'),
    })
    .execute()
  await turn.work
    .insertInto('quotes')
    .values({
      quote,
      sale: entry.saleId,
      insertion,
      binding: binding.binding,
      tender: entry.tender,
      expires_at: at,
      fixed_due: await dueWith(turn, binding, at),
      priced: JSON.stringify(
        quoteFor({ ...entry, quoteId: quote, tariff: binding.tariff, expiresAt: momentOf(at) }),
      ),
    })
    .execute()
  return quote
}

/** Nothing of the charges was paid with it: after it is loaded all of them are still due. */
const dueWith = async (turn: Taking, binding: BindingRow, at: number): Promise<Minor> => {
  const day = localDayOf(new Date(at), turn.policy.timeZone)
  const { tariff: code, charged_through, charges_unpaid: unpaid } = binding
  const tariff = tariffInForce(await tariffsOf(turn, code), { code, day })
  if (tariff === null) return unpaid
  return fixedChargesDue({ tariff, chargedThrough: charged_through, unpaid, day }).amount
}

const quoteFor = (of: {
  quoteId: QuoteId
  saleId: Quote['saleId']
  tariff: string
  tender: Minor
  energy: Energy
  expiresAt: string
}): Quote => ({
  quoteId: of.quoteId,
  saleId: of.saleId,
  tariff: { code: of.tariff, name: of.tariff },
  tender: of.tender,
  fee: nothing,
  fixed: { amount: nothing, vat: nothing, period: of.expiresAt.slice(0, 7) },
  arrears: { before: nothing, paid: nothing, after: nothing },
  gross: of.tender,
  energy: of.energy,
  freeEnergy: noEnergy,
  charged: of.tender,
  residue: nothing,
  vat: { rate: 0, amount: nothing, included: nothing },
  otherLevies: nothing,
  lines: [
    {
      block: 1,
      energy: energy(of.energy),
      price: Math.round((of.tender * 10_000) / of.energy),
      exclusive: minor(of.tender),
    },
  ],
  expiresAt: of.expiresAt,
})
