// What a clerk proposes about the money of a sale, and how it is carried out once a second person has agreed: by the very
// functions that kiosks and the office programs use, and only as things stand at that moment.
import { z } from 'zod'
import type { Approval } from '../../../domain/console/approvals.ts'
import type { NoReturn } from '../../../domain/console/explaining.ts'
import { CustomerNumber, SaleId } from '../../../domain/identifiers.ts'
import { minor } from '../../../domain/money.ts'
import { referenceOf } from '../../../domain/reference.ts'
import { payClaim } from '../../claim-office.ts'
import { claimsOf, type Receiver } from '../../claim-book.ts'
import { orderOf } from '../../order-states.ts'
import { inBooks } from '../../orders-in-books.ts'
import { returnToAccount } from '../../settling.ts'
import { done, proposable, propose, type Done } from '../approvals.ts'
import { refusedAs, told, type Doing, type Refused, type Told } from '../asking.ts'
import { line, money, named, word } from '../lines.ts'
import { evidenceOf } from './evidence.ts'
import { whyNoReturn } from './options.ts'

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
    return done
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
      ? Promise.resolve(refusedAs(409, 'no account for it'))
      : settle(doing, content, { kind: 'account', customer: content.customer }),
})

/** The amount stood before both persons: if it is another by now, they decide anew. */
const settle = async (
  doing: Doing,
  { sale, amount, by }: ClaimContent,
  to: Receiver,
): Promise<Told<Done>> => {
  const open = await openAmount(doing, sale)
  if (open !== amount) return changed(amount, open)
  const persons = [by, doing.member.name] as const
  const said = await payClaim(doing, { reference: sale, to, persons })
  return said.kind === 'done'
    ? done
    : refusedAs(409, 'claim not paid', { why: named(said.problem) })
}

const changed = (proposed: number, open: number): Refused =>
  open === 0
    ? refusedAs(409, 'claim is over')
    : refusedAs(409, 'claim has changed', { open: money(open), proposed: money(proposed) })

const openAmount = async ({ work }: Pick<Doing, 'work'>, sale: SaleId): Promise<number> =>
  (await claimsOf(work, sale))
    .filter(({ state }) => state === 'open')
    .reduce((sum, claim) => sum + (claim.amount ?? 0), 0)

const cannotGoBack = (why: NoReturn): Refused =>
  refusedAs(409, 'cannot go back', { why: { kind: 'no return', why } })

const returnable = async (doing: Doing, sale: SaleId) => {
  const evidence = await evidenceOf(doing.work, sale)
  const why = evidence === null ? 'delivered' : await whyNoReturn(doing.work, evidence, doing.now)
  if (why !== null) return cannotGoBack(why)
  const number = evidence?.order?.order_number
  const order = number === undefined ? undefined : await orderOf(doing, number)
  if (order === undefined) return cannotGoBack('delivered')
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
  if (amount === 0) return refusedAs(409, 'no open claim')
  if (customer !== null && !(await hasOpenAccount(doing, customer))) {
    return refusedAs(409, 'no account for it')
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
