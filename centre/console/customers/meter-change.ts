// Another meter for a customer (power-card.md 12.3): a new binding begins, and what was left comes with its purchases.
import { z } from 'zod'
import type { Approval } from '../../../domain/console/approvals.ts'
import type { MeterChange, MeterChangePreview } from '../../../domain/console/customer-cards.ts'
import { energy, noEnergy, plusEnergy, type Energy } from '../../../domain/energy.ts'
import { CardSerial, MeterNumber, OrderNumber, ulidOf } from '../../../domain/identifiers.ts'
import { noOrder } from '../../../domain/power-card/purchase.ts'
import { next } from '../../counters.ts'
import { dayOf, duesOf, type BindingRow } from '../../dues.ts'
import { lastWriteBack } from '../../headroom.ts'
import { undecidedStates } from '../../order-states.ts'
import type { CardRow } from '../../settling.ts'
import type { Reading } from '../../store.ts'
import { makeUpDue, tariffCodeOn } from '../../terms.ts'
import { done, propose, proposable } from '../approvals.ts'
import { refusedAs, told, type Doing, type Looking, type Refused, type Told } from '../asking.ts'
import { kWh as inKWh, line, named, word } from '../lines.ts'
import { orderCard } from './card-changes.ts'
import { noteChange } from './customer-history.ts'
import { readingOffice, withOffice } from './customers-tables.ts'

type Wanted = Omit<z.infer<typeof MeterChange>, 'deedId' | 'reason'>

export const previewMeterChange = async (
  { read }: Looking,
  asked: { binding: string; remaining?: number | undefined; count?: number | undefined },
): Promise<Told<MeterChangePreview>> => {
  const binding = await bindingOf(read, asked.binding)
  if (binding === undefined) return refusedAs(404, 'no such meter')
  return told(
    await leftOver(read, binding, {
      remaining: asked.remaining ?? null,
      count: asked.count ?? null,
    }),
  )
}

/**
 * What the customer has paid for and is in no meter any more. Read at the old meter, the last purchase is in it if its
 * count says so; of the last write-back it is known that it is not. What was given with no order yet goes along.
 */
const leftOver = async (
  books: Reading,
  binding: BindingRow,
  at: { remaining: number | null; count: number | null },
): Promise<MeterChangePreview> => {
  const order = await books
    .selectFrom('orders')
    .select(['count', 'energy', 'free_energy'])
    .where('binding', '=', binding.binding)
    .where('state', '=', 'LOADED')
    .where('count', '>', binding.credited)
    .executeTakeFirst()
  const last = await lastWriteBack({ work: books }, binding.binding)
  const isIn = at.remaining !== null && at.count !== null && at.count >= (order?.count ?? 0)
  const unread =
    order === undefined || isIn ? noEnergy : plusEnergy(order.energy, order.free_energy)
  const remaining =
    at.remaining ?? Math.max(0, (last?.remaining ?? 0) - (last?.overdraft_used ?? 0))
  const due = await makeUpDue(books, binding.binding)
  return {
    remaining,
    from:
      at.remaining !== null
        ? 'the old meter'
        : last === undefined
          ? 'nothing known'
          : 'the last write-back',
    readAt: at.remaining !== null ? null : (last?.meter_time ?? null),
    unread,
    makeUp: remaining + unread + due,
    countNeeded: order !== undefined && at.remaining !== null && at.count === null,
  }
}

export const proposeMeterChange = async (
  doing: Doing,
  { deedId: _deed, reason, ...wanted }: z.infer<typeof MeterChange>,
): Promise<Told<{ kind: 'proposed'; approval: Approval }>> => {
  const checked = await changeable(doing, wanted)
  if (checked.kind === 'refused') return checked
  const { binding, card, left } = checked.told
  const made = await propose(doing, {
    kind: 'change meter',
    subject: `customer ${binding.customer} meter ${binding.meter}`,
    lines: [
      line('meter', named(binding.meter)),
      line('new meter', named(wanted.newMeter)),
      line('left in the old meter', inKWh(left.remaining), word(whence[left.from])),
      line('bought and not in it', inKWh(left.unread)),
      line('comes with the next purchases', inKWh(left.makeUp)),
      ...(wanted.newSerial === null
        ? [line('card', named(card.serial), word('stays, and is written anew at a desk'))]
        : [
            line('new card', named(wanted.newSerial), word('is written at a desk')),
            line('card', named(card.serial), word('is refused from then on')),
          ]),
    ],
    amount: null,
    reason,
    content: { ...wanted, reason, by: doing.member.name },
  })
  return made.kind === 'refused' ? made : told({ kind: 'proposed', approval: made.told.approval })
}

const whence = {
  'the old meter': 'from the old meter',
  'the last write-back': 'from the last write-back',
  'nothing known': 'nothing is known of it',
} as const

export const changeMeter = proposable({
  may: 'change cards',
  mayApprove: 'approve key actions',
  content: z.object({
    binding: z.string(),
    newMeter: MeterNumber,
    remaining: z.int().min(0).nullable(),
    count: z.int().min(0).nullable(),
    newSerial: CardSerial.nullable(),
    reason: z.string(),
    by: z.string(),
  }),
  carryOut: async (doing, { reason, by: proposedBy, ...wanted }) => {
    const checked = await changeable(doing, wanted)
    if (checked.kind === 'refused') return checked
    const { binding, card, left } = checked.told
    const begun = await beginBinding(doing, binding, wanted.newMeter)
    await moveCard(doing, { card, begun, newSerial: wanted.newSerial, proposedBy })
    await bookMakeUp(doing, begun, energy(left.makeUp))
    await withOffice(doing.work)
      .insertInto('meter_changes')
      .values({
        ended: binding.binding,
        begun: begun.binding,
        at: doing.now,
        remaining: energy(left.remaining),
        unread: energy(left.unread),
      })
      .execute()
    await noteChange(doing, {
      customer: binding.customer,
      what: 'meter changed',
      about: binding.meter,
      before: { meter: binding.meter, card: card.serial },
      after: {
        meter: wanted.newMeter,
        card: wanted.newSerial ?? card.serial,
        makeUpEnergy: left.makeUp,
      },
      why: reason,
      proposedBy,
    })
    return done
  },
})

type Changeable = { binding: BindingRow; card: CardRow; left: MeterChangePreview }

const bindingOf = (books: Reading, binding: string): Promise<BindingRow | undefined> =>
  books.selectFrom('bindings').selectAll().where('binding', '=', binding).executeTakeFirst()

const changeable = async (doing: Doing, wanted: Wanted): Promise<Told<Changeable>> => {
  const { work } = doing
  const binding = await bindingOf(work, wanted.binding)
  if (binding === undefined) return refusedAs(404, 'no such meter')
  const ended = await readingOffice(work)
    .selectFrom('meter_changes')
    .select('begun')
    .where('ended', '=', binding.binding)
    .executeTakeFirst()
  if (ended !== undefined) return refusedAs(409, 'meter was exchanged')
  if (binding.inquiry !== null) {
    return refusedAs(409, 'books and card contradict')
  }
  const taken = await meterOrChipTaken(doing, wanted)
  if (taken !== null) return taken
  const undecided = await work
    .selectFrom('orders')
    .select('order_number')
    .where('binding', '=', binding.binding)
    .where('state', 'in', undecidedStates)
    .executeTakeFirst()
  if (undecided !== undefined) {
    return refusedAs(409, 'order undecided', { order: named(undecided.order_number) })
  }
  const left = await leftOver(work, binding, wanted)
  if (left.countNeeded) {
    return refusedAs(409, 'count needed')
  }
  const card = await work
    .selectFrom('cards')
    .selectAll()
    .where('binding', '=', binding.binding)
    .where('status', '=', 'in use')
    .executeTakeFirst()
  return card === undefined ? refusedAs(409, 'no card in use') : told({ binding, card, left })
}

/** The number of a meter is never given to a second one, and a chip is of one card for ever. */
const meterOrChipTaken = async (
  { work }: Doing,
  { newMeter, newSerial }: Wanted,
): Promise<Refused | null> => {
  const meter = await work
    .selectFrom('bindings')
    .select('customer')
    .where('meter', '=', newMeter)
    .executeTakeFirst()
  if (meter !== undefined) {
    return refusedAs(409, 'meter in the books', { meter: named(newMeter) })
  }
  if (newSerial === null) return null
  const card = await work
    .selectFrom('cards')
    .select('serial')
    .where('serial', '=', newSerial)
    .executeTakeFirst()
  return card === undefined ? null : refusedAs(409, 'card in the books', { card: named(newSerial) })
}

/** As the old one, with counts from 0: what was sold and charged this month stays sold and charged. */
const beginBinding = async (
  doing: Doing,
  old: BindingRow,
  meter: MeterNumber,
): Promise<BindingRow> => {
  const { work, now, config } = doing
  const { policy } = config
  const day = dayOf({ now, policy })
  const dues = await duesOf({ work, now, policy }, old)
  const period = dues?.tariff.ladder.period === 'year' ? day.slice(0, 4) : day.slice(0, 7)
  const begun: BindingRow = {
    ...old,
    binding: `${meter}-1`,
    meter,
    tariff: await tariffCodeOn(work, old, day),
    credited: 0,
    inquiry: null,
    opening_energy: dues?.monthToDate ?? noEnergy,
    opening_period: period,
    prices_sent: null,
  }
  await work.insertInto('bindings').values(begun).execute()
  const assigned = await work
    .selectFrom('tariff_assignments')
    .selectAll()
    .where('binding', '=', old.binding)
    .where('from_day', '>', day)
    .execute()
  for (const row of assigned) {
    await work
      .insertInto('tariff_assignments')
      .values({ ...row, binding: begun.binding })
      .execute()
  }
  return begun
}

const moveCard = async (
  doing: Doing,
  of: {
    card: CardRow
    begun: BindingRow
    newSerial: CardSerial | null
    proposedBy: string
  },
): Promise<void> => {
  const { card, begun, newSerial, proposedBy } = of
  const { work } = doing
  const opening: CardRow = {
    ...card,
    serial: newSerial ?? card.serial,
    binding: begun.binding,
    issue_number: newSerial === null ? Math.min(255, card.issue_number + 1) : 0,
    count: 0,
    order_number: OrderNumber.parse(noOrder),
    in_meter: 0,
    sequence: await next(work, 'sequence'),
  }
  const { serial, ...changed } = opening
  if (newSerial === null) {
    await work.updateTable('cards').set(changed).where('serial', '=', serial).execute()
  } else {
    await work
      .updateTable('cards')
      .set({ status: 'replaced' })
      .where('serial', '=', card.serial)
      .execute()
    await work.insertInto('cards').values(opening).execute()
  }
  await orderCard(doing, {
    card: opening,
    binding: begun,
    replaces: newSerial === null ? null : card.serial,
    kind: 'opening',
    proposedBy,
  })
}

const bookMakeUp = async (
  { work, now, means }: Doing,
  { binding }: BindingRow,
  amount: Energy,
): Promise<void> => {
  if (amount === noEnergy) return
  await work
    .insertInto('make_up_energy')
    .values({ make_up: ulidOf(now, means.random(10)), binding, energy: amount, at: now })
    .execute()
}
