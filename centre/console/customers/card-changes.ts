// A card is blocked, or a successor is ordered for it (power-card.md 12.2): what the centre does; the chip is written at a desk.
import { z } from 'zod'
import type { CardBlock, CardReplacement } from '../../../domain/console/customer-cards.ts'
import { CardSerial } from '../../../domain/identifiers.ts'
import { toHex } from '../../../domain/power-card/bytes.ts'
import {
  cardKind,
  cardType,
  updateFlag,
  writeParameters,
} from '../../../domain/power-card/parameters.ts'
import { noOrder } from '../../../domain/power-card/purchase.ts'
import { next } from '../../counters.ts'
import type { BindingRow } from '../../dues.ts'
import { openOrderOf } from '../../order-states.ts'
import type { CardRow } from '../../settling.ts'
import { done, propose, proposable } from '../approvals.ts'
import { refusedAs, told, type Doing, type Told } from '../asking.ts'
import type { Approval } from '../../../domain/console/approvals.ts'
import { line, many, named, word } from '../lines.ts'
import { noteChange } from './customer-history.ts'
import { withOffice } from './customers-tables.ts'

/** The highest issue number that EF01 can carry. */
const lastIssue = 255

export const blockCard = async (
  doing: Doing,
  { serial, blocked, reason }: z.infer<typeof CardBlock>,
): Promise<Told<{ kind: 'done' }>> => {
  const { work, now, member } = doing
  const found = await cardAndBinding(doing, serial)
  if (found === null) return refusedAs(404, 'no such card')
  const { card, binding } = found
  if (card.status === 'replaced') {
    return refusedAs(409, 'card was replaced')
  }
  const before = await work
    .selectFrom('blocked_cards')
    .select('serial')
    .where('serial', '=', serial)
    .executeTakeFirst()
  if ((before !== undefined) === blocked) return refusedAs(409, 'is so already')
  if (blocked) {
    const row = { serial, why: reason, at: now, who: member.name }
    await work.insertInto('blocked_cards').values(row).execute()
  } else {
    await work.deleteFrom('blocked_cards').where('serial', '=', serial).execute()
  }
  await noteChange(doing, {
    customer: binding.customer,
    what: 'card blocked',
    about: serial,
    before: { blocked: !blocked },
    after: { blocked },
    why: reason,
  })
  return told({ kind: 'done' })
}

export const proposeReplacement = async (
  doing: Doing,
  { serial, newSerial, reason }: z.infer<typeof CardReplacement>,
): Promise<Told<{ kind: 'proposed'; approval: Approval }>> => {
  const checked = await replaceable(doing, { serial, newSerial })
  if (checked.kind === 'refused') return checked
  const { card, binding } = checked.told
  const made = await propose(doing, {
    kind: 'replace card',
    subject: `customer ${binding.customer} card ${serial}`,
    lines: [
      line('meter', named(binding.meter)),
      line(
        'card',
        named(serial),
        word('issue'),
        many(card.issue_number),
        word('is refused from then on'),
      ),
      line('new card', named(newSerial), word('issue'), many(card.issue_number + 1)),
      card.order_number === noOrder
        ? line('carries', word('no purchase'))
        : line('carries', word('purchase'), many(card.count), named(card.order_number)),
    ],
    amount: null,
    reason,
    content: { serial, newSerial, reason, by: doing.member.name },
  })
  return made.kind === 'refused' ? made : told({ kind: 'proposed', approval: made.told.approval })
}

export const replaceCard = proposable({
  may: 'change cards',
  mayApprove: 'approve key actions',
  content: z.object({
    serial: CardSerial,
    newSerial: CardSerial,
    reason: z.string(),
    by: z.string(),
  }),
  carryOut: async (doing, { serial, newSerial, reason, by: proposedBy }) => {
    const checked = await replaceable(doing, { serial, newSerial })
    if (checked.kind === 'refused') return checked
    const { card, binding } = checked.told
    const { work } = doing
    // At once, not when the new one is written: whoever has found the old one may be on the way to a kiosk.
    await work
      .updateTable('cards')
      .set({ status: 'replaced' })
      .where('binding', '=', binding.binding)
      .execute()
    const successor: CardRow = {
      ...card,
      serial: newSerial,
      issue_number: card.issue_number + 1,
      in_meter: 0,
      sequence: await next(work, 'sequence'),
    }
    await work.insertInto('cards').values(successor).execute()
    await orderCard(doing, {
      card: successor,
      binding,
      replaces: serial,
      kind: 'replacement',
      proposedBy,
    })
    await noteChange(doing, {
      customer: binding.customer,
      what: 'card replaced',
      about: serial,
      before: { card: serial, issueNumber: card.issue_number },
      after: { card: newSerial, issueNumber: successor.issue_number },
      why: reason,
      proposedBy,
    })
    return done
  },
})

export const cardAndBinding = async (
  { work }: Pick<Doing, 'work'>,
  serial: CardSerial,
): Promise<{ card: CardRow; binding: BindingRow } | null> => {
  const card = await work
    .selectFrom('cards')
    .selectAll()
    .where('serial', '=', serial)
    .executeTakeFirst()
  if (card === undefined) return null
  const binding = await work
    .selectFrom('bindings')
    .selectAll()
    .where('binding', '=', card.binding)
    .executeTakeFirstOrThrow()
  return { card, binding }
}

const replaceable = async (
  doing: Doing,
  { serial, newSerial }: { serial: CardSerial; newSerial: CardSerial },
): Promise<Told<{ card: CardRow; binding: BindingRow }>> => {
  const found = await cardAndBinding(doing, serial)
  if (found === null) return refusedAs(404, 'no such card')
  if (found.card.status === 'replaced') return refusedAs(409, 'card was replaced')
  if (found.card.issue_number >= lastIssue) {
    return refusedAs(409, 'meter has had too many cards')
  }
  if ((await cardAndBinding(doing, newSerial)) !== null) {
    return refusedAs(409, 'card in the books', { card: named(newSerial) })
  }
  const open = await openOrderOf(doing, found.binding.binding)
  // What a running sale writes is neither on this card nor off it; minutes later it is one of the two, or unknown.
  if (open?.state === 'AWAIT_WRITE') {
    return refusedAs(409, 'order is being written', { order: named(open.order_number) })
  }
  return told(found)
}

/** What a desk with a reader is to write: everything but the keys and the seal, which are not here. */
export const orderCard = async (
  { work, now, member }: Doing,
  of: {
    card: CardRow
    binding: BindingRow
    replaces: CardSerial | null
    kind: 'replacement' | 'opening'
    proposedBy: string
  },
): Promise<void> => {
  const { card, binding } = of
  const ef01 = writeParameters({
    kind: cardKind.user,
    type: cardType[of.kind],
    updateFlags: updateFlag.parameters,
    unitFlags: binding.unit_flags,
    currency: binding.currency,
    standbyRatesFrom: null,
    alarm1: binding.alarm_1,
    alarm2: binding.alarm_2,
    ctRatio: binding.ct_ratio,
    ptRatio: binding.pt_ratio,
    meter: binding.meter,
    customer: binding.customer,
    hoardingLimit: binding.hoarding_limit,
    overdraftLimit: binding.overdraft_limit,
    issueNumber: card.issue_number,
    area: binding.area,
    keyVersion: card.key_version,
  })
  await withOffice(work)
    .insertInto('card_orders')
    .values({
      serial: card.serial,
      binding: binding.binding,
      replaces: of.replaces,
      kind: of.kind,
      issue_number: card.issue_number,
      count: card.count,
      order_number: card.order_number,
      ef01: toHex(ef01),
      at: now,
      proposed_by: of.proposedBy,
      approved_by: member.name,
    })
    .execute()
}
