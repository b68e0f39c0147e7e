// Claims at the office's own desk: listed, looked at, a slip checked, and paid by two persons. The same books as at a kiosk.
import { readClaim, type Claim, type ReferenceNumber } from '../domain/claim.ts'
import type { SaleId } from '../domain/identifiers.ts'
import { formatMoney, nothing, type Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import { referenceOf } from '../domain/reference.ts'
import { raise } from './alarms.ts'
import { accountBalance, hasAccount, post } from './books.ts'
import {
  claimsOf,
  rememberSale,
  settleClaims,
  unsettled,
  type ClaimRow,
  type Desk,
  type Receiver,
} from './claim-book.ts'
import { claimStanding, type ClaimStanding } from './claim-standing.ts'
import { next } from './counters.ts'
import { formerKeys, kioskKey } from './kiosk-keys.ts'
import { claimSettled } from './ledger.ts'

/** The number on the slip; the sale where two slips have the same number. */
export type Named = ReferenceNumber | SaleId

/** `done` is what to print, line by line; `problem` names what is wrong and what to do. */
export type Said = { kind: 'done'; lines: string[] } | { kind: 'problem'; problem: string }

const done = (...lines: string[]): Said => ({ kind: 'done', lines })
const problem = (problem: string): Said => ({ kind: 'problem', problem })

/** Every claim that is not settled, the oldest first. */
export const listClaims = async ({ work }: Desk): Promise<Said> => {
  const rows = await work
    .selectFrom('claims')
    .selectAll()
    .where('state', 'in', ['open', 'awaiting the kiosk', 'paid ahead'])
    .orderBy('claim')
    .execute()
  return rows.length === 0 ? done('No claim is open.') : done(...rows.map(lineOf))
}

export const showClaim = async (desk: Desk, reference: Named): Promise<Said> => {
  const standing = await claimStanding(desk.work, reference)
  if (standing.kind === 'not known' || standing.kind === 'more than one') return unclear(standing)
  const { saleId, kiosk } = standing
  const rows = await claimsOf(desk.work, saleId)
  return done(
    `Sale ${saleId} at kiosk ${kiosk}, in words: ${referenceOf(saleId).words.join(' ')}`,
    wordsOn(standing),
    ...rows.map(lineOf),
  )
}

/** Checks the signature on a slip, and registers a claim that the books do not know yet. */
export const verifyClaim = async (desk: Desk, text: string): Promise<Said> => {
  const read = readClaim(text)
  if (read.kind === 'no claim') {
    return problem(
      'TEXT: found no claim; must be the whole line of the QR code, beginning with WPC1',
    )
  }
  const { claim } = read
  const { work, now } = desk
  const { kiosk, saleId } = claim
  const key = await kioskKey(work, kiosk)
  if (key === null) {
    return problem(
      `k: the key of kiosk ${kiosk} is not known here, so nobody can say whether the slip is genuine; ` +
        'import its publicKey, or wait until it has reached the centre once',
    )
  }
  const keys = [key, ...(await formerKeys(work, kiosk))]
  if (!keys.some(read.isSignedBy)) {
    await raise(work, { kind: 'claim not genuine', at: now, kiosk, evidence: { text } })
    return problem(
      `the signature is not that of kiosk ${kiosk}: the slip is forged, changed or misread; pay nothing on it`,
    )
  }
  await rememberSale(desk, { saleId, kiosk })
  const standing = await claimStanding(work, saleId)
  if (standing.kind === 'not known' || standing.kind === 'more than one') return unclear(standing)
  // A kiosk answers for its own notes; paying ahead on another's word would use up what the customer of this sale put in.
  if (standing.kiosk !== kiosk) {
    await raise(work, { kind: 'claim not genuine', at: now, kiosk, evidence: { text } })
    return problem(
      `s: the sale is of kiosk ${standing.kiosk}, and kiosk ${kiosk} has signed the slip; pay nothing on it`,
    )
  }
  if (standing.kind === 'not reported' || standing.kind === 'nothing booked') {
    await register(desk, claim)
  }
  return done(
    `Genuine: kiosk ${kiosk} made this slip at ${new Date(claim.at).toISOString()} for ${
      claim.amount === null ? 'an amount that was not known' : formatMoney(claim.amount)
    }.`,
    `Reference ${referenceOf(saleId).number}, in words: ${referenceOf(saleId).words.join(' ')}`,
    wordsOn(standing),
  )
}

const register = async ({ work }: Desk, claim: Claim): Promise<void> => {
  const { saleId, kiosk, amount } = claim
  const known = await claimsOf(work, saleId)
  if (known.length > 0) return
  await work
    .insertInto('claims')
    .values({
      ...unsettled,
      claim: await next(work, 'claim'),
      sale: saleId,
      kiosk,
      amount: amount === nothing ? null : amount,
      state: 'awaiting the kiosk',
      made_at: claim.at,
    })
    .execute()
}

export type Paying = {
  reference: Named
  to: Receiver
  /** Two persons, not one twice. */
  persons: readonly [string, string]
}

/**
 * Pays what is open. A claim that was registered from its slip and has not been reported is paid ahead of its kiosk, as
 * the two persons decide by asking for it: its notes go to suspense when they are told of, never to an account as well.
 */
export const payClaim = async (desk: Desk, paying: Paying): Promise<Said> => {
  const { reference, to, persons } = paying
  const wrong = await problemWith(desk, paying)
  if (wrong !== null) return problem(wrong)
  const standing = await claimStanding(desk.work, reference)
  switch (standing.kind) {
    case 'not known':
    case 'more than one':
      return unclear(standing)
    case 'open': {
      const { saleId, claims } = standing
      return paid(desk, to, await settleClaims(desk, { saleId, claims, to, persons }))
    }
    case 'not reported':
    case 'nothing booked':
      return payAhead(desk, standing.saleId, paying)
    case 'settled':
    case 'in account':
    case 'in a purchase':
    case 'back with the payer':
      return problem(`${wordsOn(standing)} Nothing was paid.`)
    default:
      return never(standing)
  }
}

const problemWith = async ({ work }: Desk, { to, persons }: Paying): Promise<string | null> => {
  const [by, and] = persons.map((name) => name.trim().toLowerCase())
  if (by === '' || and === '' || by === and) {
    return '--by and --and: must name two persons'
  }
  if (to.kind === 'cash') return null
  const known = await work
    .selectFrom('customers')
    .select('customer')
    .where('customer', '=', to.customer)
    .executeTakeFirst()
  if (known === undefined) {
    return `--to-account: found ${to.customer}; there is no such customer in these books`
  }
  return (await hasAccount(work, to.customer))
    ? null
    : `--to-account: found ${to.customer}; has no capital account, pay in cash`
}

const payAhead = async (desk: Desk, saleId: SaleId, { to, persons }: Paying): Promise<Said> => {
  const { work, now } = desk
  const awaited = (await claimsOf(work, saleId)).find(({ state }) => state === 'awaiting the kiosk')
  if (awaited === undefined) {
    return problem(
      'the kiosk has not told of this money; check the slip first: npm run claims -- --config FILE verify TEXT',
    )
  }
  const { amount, claim, kiosk } = awaited
  if (amount === null) {
    return problem(
      'nobody knows how much it is; it can be paid once its kiosk has told of the note',
    )
  }
  await fenceSale(desk, awaited)
  const booked = claimSettled({ saleId, amount, to, by: 'office' })
  const posting = await post(work, { ...booked, at: now })
  await work
    .updateTable('claims')
    .set({
      state: 'paid ahead',
      settled_at: now,
      settled_by: posting,
      customer: to.kind === 'account' ? to.customer : null,
      persons: JSON.stringify(persons),
    })
    .where('claim', '=', claim)
    .execute()
  const evidence = { claim, sale: saleId, amount, persons }
  await raise(work, { kind: 'claim paid ahead', at: now, kiosk, evidence })
  return paid(desk, to, amount)
}

/** An order of this sale that comes now would use the same notes a second time. */
const fenceSale = async ({ work, now }: Desk, { sale, kiosk }: ClaimRow): Promise<void> => {
  await work
    .insertInto('closed_sales')
    .values({ sale, kiosk, closed_at: now })
    .onConflict((it) => it.column('sale').doNothing())
    .execute()
}

const paid = async ({ work }: Desk, to: Receiver, amount: Minor): Promise<Said> =>
  to.kind === 'cash'
    ? done(`Paid ${formatMoney(amount)} in cash. Hand it out against a signature.`)
    : done(
        `Paid ${formatMoney(amount)} to the account of customer ${to.customer}, which now has ${formatMoney(
          await accountBalance(work, to.customer),
        )}.`,
      )

const unclear = (standing: Extract<ClaimStanding, { kind: 'not known' | 'more than one' }>): Said =>
  standing.kind === 'not known'
    ? problem(
        'REFERENCE: is not known here; its kiosk may not have reported yet. Check the slip: npm run claims -- --config FILE verify TEXT',
      )
    : problem(
        `REFERENCE: ${standing.sales.length} sales have this number; compare the words on the slip and name the sale instead: ${standing.sales
          .map((sale) => `${sale} is ${referenceOf(sale).words.join(' ')}`)
          .join('; ')}`,
      )

const wordsOn = (
  standing: Exclude<ClaimStanding, { kind: 'not known' | 'more than one' }>,
): string => {
  switch (standing.kind) {
    case 'open':
      return `Open: ${formatMoney(standing.amount)} can be redeemed or paid.`
    case 'settled':
      return `Settled at ${new Date(standing.at).toISOString()}.`
    case 'in account':
      return `${formatMoney(standing.amount)} is in the account of customer ${standing.customer} already.`
    case 'in a purchase':
      return `The money is in order ${standing.orderNumber} of customer ${standing.customer}.`
    case 'back with the payer':
      return 'The payment of this sale was reversed: the money is with whoever paid.'
    case 'not reported':
      return 'Its kiosk has not closed this sale yet.'
    case 'nothing booked':
      return 'The sale is closed, and its kiosk has told of no money in it.'
    default:
      return never(standing)
  }
}

const lineOf = (row: ClaimRow): string =>
  [
    referenceOf(row.sale).number,
    row.state,
    row.amount === null ? 'amount not known' : formatMoney(row.amount),
    `kiosk ${row.kiosk}`,
    `made ${new Date(row.made_at).toISOString()}`,
    ...(row.settled_at === null ? [] : [`settled ${new Date(row.settled_at).toISOString()}`]),
    ...(row.customer === null ? [] : [`customer ${row.customer}`]),
    ...(row.persons === null ? [] : [`by ${row.persons}`]),
  ].join('  ')
