// What the office changes of a customer by one person's word: plan, overdraft down, freeze, block, tariff; and what it proposes.
import type { z } from 'zod'
import type {
  Adjustment,
  BlockChange,
  Changed,
  FreezeChange,
  OverdraftChange,
  PlanChange,
  TariffAssignment,
} from '../../../domain/console/customers.ts'
import type { LinePart } from '../../../domain/console/proposal-lines.ts'
import type { CustomerNumber } from '../../../domain/identifiers.ts'
import { minor, minus, type Minor } from '../../../domain/money.ts'
import { accountBalance, arrearsBalance } from '../../books.ts'
import { arrearsNotYetPromised, dayOf, tariffsOf } from '../../dues.ts'
import { tariffInForce } from '../../tariffs/tariff-calendar.ts'
import { planOf, tariffCodeOn } from '../../terms.ts'
import { propose, type Proposing } from '../approvals.ts'
import { refusedAs, told, type Doing, type Refused, type Told } from '../asking.ts'
import { line, money, named, onDay, share, word } from '../lines.ts'
import { noteChange } from './customer-history.ts'

const done: Told<Changed> = told({ kind: 'done' })
export const noCustomer = refusedAs(404, 'no such customer')
const asBefore = refusedAs(409, 'is so already')

export const customerRow = ({ work }: Pick<Doing, 'work'>, customer: CustomerNumber) =>
  work.selectFrom('customers').selectAll().where('customer', '=', customer).executeTakeFirst()

export const proposed = async (doing: Doing, of: Proposing): Promise<Told<Changed>> => {
  const made = await propose(doing, of)
  return made.kind === 'refused' ? made : told({ kind: 'proposed', approval: made.told.approval })
}

/** A plan only says how the same debt is repaid; giving up part of it is proposed, and the plan goes with it. */
export const changePlan = async (
  doing: Doing,
  { customer, plan, writeOff, reason }: z.infer<typeof PlanChange>,
): Promise<Told<Changed>> => {
  if ((await customerRow(doing, customer)) === undefined) return noCustomer
  if (writeOff === 0) {
    return setPlan(doing, { customer, plan, reason })
  }
  const owed = await arrearsBalance(doing.work, customer)
  const free = await arrearsNotYetPromised(doing.work, customer)
  if (writeOff > free) return tooMuchGivenUp(free, owed)
  return proposed(doing, {
    kind: 'write off arrears',
    subject: `customer ${customer}`,
    lines: [
      line('owed now', money(owed)),
      line('given up', money(writeOff)),
      line('owed after it', money(owed - writeOff)),
      line('plan', ...(plan === null ? [word('as the tariff has it')] : planInParts(plan))),
    ],
    amount: minor(writeOff),
    reason,
    content: { customer, writeOff, plan, reason, by: doing.member.name },
  })
}

/** What an order that is still open repays is not given up besides. */
export const tooMuchGivenUp = (free: Minor, owed: Minor): Refused =>
  free < owed
    ? refusedAs(409, 'an open purchase repays', {
        free: money(free),
        repaid: money(minus(owed, free)),
      })
    : refusedAs(409, 'less is owed', { owed: money(owed) })

type PlanOf = z.infer<typeof PlanChange>['plan']

const planInParts = (plan: NonNullable<PlanOf>): LinePart[] => [
  share(plan.share),
  word('of each purchase'),
  ...(plan.cap === null ? [] : [word('at most'), money(plan.cap)]),
  share(plan.leastEnergyShare),
  word('always for energy'),
]

const fieldsOf = (plan: PlanOf) => ({
  share: plan?.share ?? null,
  cap: plan?.cap ?? null,
  leastEnergyShare: plan?.leastEnergyShare ?? null,
})

/** In force from the next quote on. */
export const setPlan = async (
  doing: Doing,
  of: { customer: CustomerNumber; plan: PlanOf; reason: string; proposedBy?: string },
): Promise<Told<Changed>> => {
  const { work, now } = doing
  const { customer, plan } = of
  const before = await planOf(work, customer)
  const [was, is] = [fieldsOf(before), fieldsOf(plan)]
  if (JSON.stringify(was) === JSON.stringify(is)) {
    return of.proposedBy === undefined ? asBefore : done
  }
  if (plan === null) {
    await work.deleteFrom('arrears_plans').where('customer', '=', customer).execute()
  } else {
    const row = {
      share: plan.share,
      cap: plan.cap === null ? null : minor(plan.cap),
      least_energy_share: plan.leastEnergyShare,
      since: now,
    }
    await work
      .insertInto('arrears_plans')
      .values({ customer, ...row })
      .onConflict((it) => it.column('customer').doUpdateSet(row))
      .execute()
  }
  await noteChange(doing, {
    customer,
    what: 'plan',
    before: was,
    after: is,
    why: of.reason,
    ...(of.proposedBy === undefined ? {} : { proposedBy: of.proposedBy }),
  })
  return done
}

/** Less credit needs one person, as long as it covers what is used of it; more needs two. */
export const changeOverdraft = async (
  doing: Doing,
  { customer, overdraft, reason }: z.infer<typeof OverdraftChange>,
): Promise<Told<Changed>> => {
  const row = await customerRow(doing, customer)
  if (row === undefined) return noCustomer
  if (row.has_account === 0) return refusedAs(409, 'no account')
  if (overdraft === row.overdraft) return asBefore
  if (overdraft > row.overdraft) {
    return proposed(doing, {
      kind: 'raise overdraft',
      subject: `customer ${customer}`,
      lines: [line('credit now', money(row.overdraft)), line('credit after it', money(overdraft))],
      amount: minor(overdraft - row.overdraft),
      reason,
      content: { customer, overdraft, reason, by: doing.member.name },
    })
  }
  return setOverdraft(doing, { customer, overdraft, reason })
}

export const setOverdraft = async (
  doing: Doing,
  of: { customer: CustomerNumber; overdraft: number; reason: string; proposedBy?: string },
): Promise<Told<Changed>> => {
  const { customer, overdraft } = of
  const row = await customerRow(doing, customer)
  if (row === undefined) return noCustomer
  const used = 0 - (await accountBalance(doing.work, customer))
  if (used > overdraft) {
    return refusedAs(409, 'credit in use', { used: money(used) })
  }
  await doing.work
    .updateTable('customers')
    .set({ overdraft: minor(overdraft) })
    .where('customer', '=', customer)
    .execute()
  await noteChange(doing, {
    customer,
    what: 'overdraft',
    before: { overdraft: row.overdraft },
    after: { overdraft },
    why: of.reason,
    ...(of.proposedBy === undefined ? {} : { proposedBy: of.proposedBy }),
  })
  return done
}

/** Money may still come in; nothing is paid from it. */
export const changeFrozen = async (
  doing: Doing,
  { customer, frozen, reason }: z.infer<typeof FreezeChange>,
): Promise<Told<Changed>> => {
  const row = await customerRow(doing, customer)
  if (row === undefined) return noCustomer
  if ((row.frozen === 1) === frozen) return asBefore
  await doing.work
    .updateTable('customers')
    .set({ frozen: Number(frozen) })
    .where('customer', '=', customer)
    .execute()
  await noteChange(doing, {
    customer,
    what: 'frozen',
    before: { frozen: !frozen },
    after: { frozen },
    why: reason,
  })
  return done
}

/** Nothing is sold; an order that is open can still be finished at a kiosk. */
export const changeBlocked = async (
  doing: Doing,
  { customer, blocked, reason }: z.infer<typeof BlockChange>,
): Promise<Told<Changed>> => {
  const row = await customerRow(doing, customer)
  if (row === undefined) return noCustomer
  if ((row.blocked === 1) === blocked) return asBefore
  await doing.work
    .updateTable('customers')
    .set({ blocked: Number(blocked) })
    .where('customer', '=', customer)
    .execute()
  await noteChange(doing, {
    customer,
    what: 'blocked',
    before: { blocked: !blocked },
    after: { blocked },
    why: reason,
  })
  return done
}

/** Always two persons, with a document behind it (domain.md 3). */
export const adjustAccount = async (
  doing: Doing,
  { customer, amount, document, reason }: z.infer<typeof Adjustment>,
): Promise<Told<Changed>> => {
  const row = await customerRow(doing, customer)
  if (row === undefined) return noCustomer
  if (row.has_account === 0) return refusedAs(409, 'no account')
  const balance = await accountBalance(doing.work, customer)
  if (amount < 0 && balance + amount + row.overdraft < 0) {
    return refusedAs(409, 'account too low', { after: money(balance + amount) })
  }
  return proposed(doing, {
    kind: 'adjust account',
    subject: `customer ${customer}`,
    lines: [
      line('balance now', money(balance)),
      line(amount > 0 ? 'into the account' : 'out of the account', money(Math.abs(amount))),
      line('balance after it', money(balance + amount)),
      line('document', named(document)),
    ],
    amount: minor(amount),
    reason,
    content: { customer, amount, document, reason, by: doing.member.name },
  })
}

/** From a day on, never for days that are over: what was sold stays as it was sold. */
export const assignTariff = async (
  doing: Doing,
  { customer, binding, tariff, from, reason }: z.infer<typeof TariffAssignment>,
): Promise<Told<Changed>> => {
  const { work, now, config } = doing
  const row = await work
    .selectFrom('bindings')
    .selectAll()
    .where('binding', '=', binding)
    .where('customer', '=', customer)
    .executeTakeFirst()
  if (row === undefined) return refusedAs(404, 'meter of another customer')
  if (from < dayOf({ now, policy: config.policy })) {
    return refusedAs(409, 'tariff begins too early')
  }
  if (tariffInForce(await tariffsOf({ work }, tariff), { code: tariff, day: from }) === null) {
    return refusedAs(409, 'no version in force', { tariff: named(tariff), day: onDay(from) })
  }
  const before = await tariffCodeOn(work, row, from)
  if (before === tariff) return asBefore
  await work
    .insertInto('tariff_assignments')
    .values({ binding, from_day: from, tariff })
    .onConflict((it) => it.columns(['binding', 'from_day']).doUpdateSet({ tariff }))
    .execute()
  // Whatever standby prices went onto the card were of another tariff.
  await work
    .updateTable('bindings')
    .set({ prices_sent: null })
    .where('binding', '=', binding)
    .execute()
  await noteChange(doing, {
    customer,
    what: 'tariff',
    about: row.meter,
    before: { tariff: before, from },
    after: { tariff, from },
    why: reason,
  })
  return done
}
