// What a clerk proposes about the money of a sale, and how it is carried out once a second person has agreed: by the very
// functions that kiosks and the office programs use, and only as things stand at that moment.
import { z } from 'zod'
import type { Approval } from '../../../domain/console/approvals.ts'
import { CustomerNumber, SaleId } from '../../../domain/identifiers.ts'
import { formatMoney, minor } from '../../../domain/money.ts'
import { referenceOf } from '../../../domain/reference.ts'
import { payClaim } from '../../claim-office.ts'
import { claimsOf, type Receiver } from '../../claim-book.ts'
import { orderOf } from '../../order-states.ts'
import { inBooks } from '../../orders-in-books.ts'
import { returnToAccount } from '../../settling.ts'
import { proposable, propose } from '../approvals.ts'
import { refusedAs, told, type Doing, type Told } from '../asking.ts'
import { line, named, word } from '../lines.ts'
import { evidenceOf } from './evidence.ts'
import { whyNoReturn, type NoReturn } from './options.ts'

const ReturnContent = z.object({ sale: SaleId, amount: z.int().positive(), by: z.string() })
const ClaimContent = z.object({
  sale: SaleId,
  amount: z.int().positive(),
  by: z.string(),
  /** Null: handed out in cash at the office. */
  customer: CustomerNumber.nullable(),
})
type ClaimContent = z.infer<typeof ClaimContent>

const rights = { may: 'propose money moves', mayApprove: 'approve money moves' } as const

export const returnOrderProposal = proposable({
  ...rights,
  content: ReturnContent,
  carryOut: async (doing, { sale, by }) => {
    const found = await returnable(doing, sale)
    if (found.kind === 'refused') return found
    const { order } = found.told
    const why = `returned at the office, by ${by} and ${doing.member.name}`
    await returnToAccount(doing, order, { why })
    return told({ note: `${formatMoney(order.tender)} of order ${order.order_number}` })
  },
})

export const payClaimProposal = proposable({
  ...rights,
  content: ClaimContent,
  carryOut: (doing, content) => settle(doing, content, { kind: 'cash' }),
})

export const redeemClaimProposal = proposable({
  ...rights,
  content: ClaimContent,
  carryOut: (doing, content) =>
    content.customer === null
      ? Promise.resolve(refusedAs(409, 'this proposal names no account'))
      : settle(doing, content, { kind: 'account', customer: content.customer }),
})

/** The amount stood before both persons: if it is another by now, they decide anew. */
const settle = async (
  doing: Doing,
  { sale, amount, by }: ClaimContent,
  to: Receiver,
): Promise<Told<{ note: string }>> => {
  const open = await openAmount(doing, sale)
  if (open !== amount) return refusedAs(409, changed(amount, open))
  const persons = [by, doing.member.name] as const
  const said = await payClaim(doing, { reference: sale, to, persons })
  return said.kind === 'done' ? told({ note: said.lines.join(' ') }) : refusedAs(409, said.problem)
}

const changed = (proposed: number, open: number): string =>
  open === 0
    ? 'this claim is not open any more: its money has been redeemed, paid or placed meanwhile'
    : `the claim is ${formatMoney(minor(open))} now, and ${formatMoney(minor(proposed))} was proposed: propose it again`

const openAmount = async ({ work }: Pick<Doing, 'work'>, sale: SaleId): Promise<number> =>
  (await claimsOf(work, sale))
    .filter(({ state }) => state === 'open')
    .reduce((sum, claim) => sum + (claim.amount ?? 0), 0)

const whyNot: Record<NoReturn, string> = {
  delivered: 'there is no order of this sale that could go back: it is delivered, or back already',
  'card decides':
    'nobody knows yet whether the energy is on the card: it has to be put in at a kiosk first',
  'payment open': 'its kiosk has not told yet whether the payment stands',
  'other card': 'another card of this customer may still bring it to the meter',
  'sale running': 'the customer may still be standing at the kiosk: wait until the sale is closed',
}

const returnable = async (doing: Doing, sale: SaleId) => {
  const evidence = await evidenceOf(doing.work, sale)
  const why = evidence === null ? 'delivered' : await whyNoReturn(doing.work, evidence, doing.now)
  if (why !== null) return refusedAs(409, whyNot[why])
  const number = evidence?.order?.order_number
  const order = number === undefined ? undefined : await orderOf(doing, number)
  if (order === undefined) return refusedAs(404, whyNot.delivered)
  const { hasAccount, customer } = await inBooks(doing, order)
  const to = hasAccount ? [word('account'), named(customer)] : [word('claim on its slip')]
  return told({ order, to })
}

type Proposed = Promise<Told<{ approval: Approval }>>
type Asked = { sale: SaleId; reason: string }

const referenceLine = (sale: SaleId) => {
  const { number, words } = referenceOf(sale)
  return line('reference', named(number), named(words.join(' ')))
}

export const proposeReturn = async (doing: Doing, { sale, reason }: Asked): Proposed => {
  const found = await returnable(doing, sale)
  if (found.kind === 'refused') return found
  const { order, to } = found.told
  return propose(doing, {
    kind: 'return order',
    subject: `order ${order.order_number}`,
    lines: [line('order', named(order.order_number)), referenceLine(sale), line('to', ...to)],
    amount: order.tender,
    reason,
    content: { sale, amount: order.tender, by: doing.member.name },
  })
}

/** `customer` null: in cash. */
export const proposeClaim = async (
  doing: Doing,
  { sale, reason, customer }: Asked & { customer: CustomerNumber | null },
): Proposed => {
  const amount = await openAmount(doing, sale)
  if (amount === 0) return refusedAs(409, 'no claim of this sale is open')
  if (customer !== null && !(await hasOpenAccount(doing, customer))) {
    return refusedAs(
      409,
      'there is no such customer with an account: pay it in cash, or name another',
    )
  }
  return propose(doing, {
    kind: customer === null ? 'pay claim' : 'redeem claim',
    // One claim has one open proposal of either kind at most: the second is refused when it is carried out.
    subject: `claim ${referenceOf(sale).number}`,
    lines: [
      referenceLine(sale),
      customer === null
        ? line('to', word('cash at the office'))
        : line('to', word('account'), named(customer)),
    ],
    amount: minor(amount),
    reason,
    content: { sale, amount, by: doing.member.name, customer },
  })
}

const hasOpenAccount = async (
  { work }: Pick<Doing, 'work'>,
  customer: CustomerNumber,
): Promise<boolean> =>
  (await work
    .selectFrom('customers')
    .select('customer')
    .where('customer', '=', customer)
    .where('has_account', '=', 1)
    .executeTakeFirst()) !== undefined
