// Meters and cards that an import takes over: one binding for each meter, and the newest of its cards in use.
import { noEnergy } from '../../domain/energy.ts'
import { OrderNumber } from '../../domain/identifiers.ts'
import { unitFlag } from '../../domain/power-card/parameters.ts'
import { noOrder } from '../../domain/power-card/purchase.ts'
import { next } from '../counters.ts'
import type { BindingRow } from '../dues.ts'
import { takenBackStates } from '../order-states.ts'
import type { ImportedCard, ImportedMeter } from './import-file.ts'
import { fateOf, remember, useUp, type Fate, type Taking } from './import-memory.ts'

/** Names a binding: the one opening of this meter that these books know. */
const bindingName = (meter: string): string => `${meter}-1`

export const takeMeter = async (turn: Taking, entry: ImportedMeter): Promise<Fate> => {
  const { meter, customer, area, credited, soldBefore, chargedThrough } = entry
  const { chargesUnpaid, freeUnitsGiven, purchases } = entry
  const seen = await remember(turn, {
    kind: 'meter',
    name: meter,
    content: {
      customer,
      area,
      credited,
      soldBefore,
      chargedThrough,
      chargesUnpaid,
      freeUnitsGiven,
      purchases,
    },
  })
  if (typeof seen === 'object') return seen
  const binding = bindingName(meter)
  const row = changeableIn(entry)
  if (seen === 'as before') {
    const before = await turn.work
      .selectFrom('bindings')
      .selectAll()
      .where('binding', '=', binding)
      .executeTakeFirstOrThrow()
    await turn.work.updateTable('bindings').set(row).where('binding', '=', binding).execute()
    return fateOf(before, row)
  }
  await turn.work
    .insertInto('bindings')
    .values({
      ...row,
      binding,
      customer,
      meter,
      area,
      credited,
      unit_flags: unitFlag.energyMode,
      inquiry: null,
      opening_energy: soldBefore?.energy ?? noEnergy,
      opening_period: soldBefore?.period ?? chargedThrough,
      charged_through: chargedThrough,
      charges_unpaid: chargesUnpaid,
      free_units_given: freeUnitsGiven,
      prices_sent: null,
    })
    .execute()
  await keepPurchases(turn, entry)
  return 'new'
}

/** What a later file may say anew: a card takes the limits to its meter with the next purchase. */
const changeableIn = (entry: ImportedMeter) =>
  ({
    tariff: entry.tariff,
    meter_key_version: entry.keyVersion,
    currency: entry.currency,
    ct_ratio: entry.ctRatio,
    pt_ratio: entry.ptRatio,
    alarm_1: entry.alarm1,
    alarm_2: entry.alarm2,
    hoarding_limit: entry.hoardingLimit,
    overdraft_limit: entry.overdraftLimit,
  }) satisfies Partial<BindingRow>

const keepPurchases = async (turn: Taking, { meter, purchases }: ImportedMeter): Promise<void> => {
  for (const { orderNumber, count, at, tender, energy } of purchases) {
    await useUp(turn, orderNumber)
    await turn.work
      .insertInto('earlier_purchases')
      .values({
        count,
        tender,
        energy,
        order_number: orderNumber,
        binding: bindingName(meter),
        at: Date.parse(at),
      })
      .execute()
  }
}

/** The newest card of a binding is the one in use; every older one is on the block list from here on (12.2). */
export const takeCard = async (turn: Taking, entry: ImportedCard): Promise<Fate> => {
  const { serial, meter, issueNumber } = entry
  const seen = await remember(turn, { kind: 'card', name: serial, content: entry })
  if (seen !== 'new') return seen
  const binding = bindingName(meter)
  const newest = await turn.work
    .selectFrom('cards')
    .select(({ fn }) => fn.max('issue_number').as('issue'))
    .where('binding', '=', binding)
    .executeTakeFirstOrThrow()
  if (newest.issue !== null && newest.issue >= issueNumber) {
    return { contradicts: `meter ${meter} has a card with issue number ${newest.issue} already` }
  }
  if (await isTakenBack(turn, entry.orderNumber)) {
    return {
      contradicts: `order ${entry.orderNumber} is back in the account; the card must carry the order before it`,
    }
  }
  await turn.work
    .updateTable('cards')
    .set({ status: 'replaced' })
    .where('binding', '=', binding)
    .execute()
  if (entry.orderNumber !== null) await useUp(turn, entry.orderNumber)
  await turn.work
    .insertInto('cards')
    .values({
      serial,
      binding,
      issue_number: issueNumber,
      key_version: entry.keyVersion,
      status: 'in use',
      count: entry.count,
      order_number: entry.orderNumber ?? OrderNumber.parse(noOrder),
      in_meter: Number(entry.inMeter),
      sequence: await next(turn.work, 'sequence'),
    })
    .execute()
  return 'new'
}

/** A meter would credit it from the new card, and its money has gone back (INV3). */
const isTakenBack = async (
  { work }: Taking,
  orderNumber: ImportedCard['orderNumber'],
): Promise<boolean> =>
  orderNumber !== null &&
  (await work
    .selectFrom('orders')
    .select('order_number')
    .where('order_number', '=', orderNumber)
    .where('state', 'in', takenBackStates)
    .executeTakeFirst()) !== undefined
