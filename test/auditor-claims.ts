// The auditor on claims: each is of notes in suspense, owed once, paid once and to their amount.
import type { JournalEntry } from '../domain/journal-entry.ts'
import { referenceOf } from '../domain/reference.ts'
import { SaleId } from '../domain/identifiers.ts'
import { sum } from './auditor-notes.ts'
import type { ClaimAtCentre, Evidence } from './auditor.ts'

type Books = Pick<
  Evidence['centre'],
  'claims' | 'notes' | 'payments' | 'suspense' | 'suspended' | 'claimsPaid' | 'orders'
>

/** P5: what is in suspense is what open claims come to, less what was paid ahead of a kiosk. */
export const claimsAgainstBooks = ({ centre }: { centre: Books }): string[] => {
  const { claims, suspense } = centre
  const owed = sum(claims.filter(({ state }) => state === 'open').map(amountOf))
  const ahead = sum(
    claims
      .filter(({ state }) => state === 'paid ahead')
      .map((claim) => amountOf(claim) - claim.covered),
  )
  const sales = new Set([
    ...claims.map(({ sale }) => sale),
    ...centre.claimsPaid.map(({ sale }) => sale),
    ...heldIn(centre).map(({ sale }) => sale),
    ...(centre.suspended ?? []).map(({ sale }) => sale),
  ])
  return [
    ...(owed - ahead === suspense
      ? []
      : [`open claims are ${owed - ahead}, the account suspense has ${suspense}`]),
    ...[...sales].flatMap((sale) => claimsOfSale(sale, centre)),
  ]
}

const claimsOfSale = (sale: string, centre: Books): string[] => {
  const claims = centre.claims.filter((claim) => claim.sale === sale)
  const settled = claims.filter(({ settledBy }) => settledBy !== null)
  // Without an account all that would go there is claimed too: what the postings say then.
  const isWithout = centre.orders.some((order) => order.sale === sale && order.hasAccount === false)
  const suspended = isWithout ? (centre.suspended ?? []) : heldIn(centre)
  const held = sum(suspended.filter((each) => each.sale === sale).map(({ amount }) => amount))
  const claimed = sum(
    claims.map((claim) => (claim.bookedBy === null ? claim.covered : amountOf(claim))),
  )
  const due = sum(settled.map(amountOf))
  const paid = sum(
    centre.claimsPaid.filter((each) => each.sale === sale).map(({ amount }) => amount),
  )
  return [
    ...(held === claimed
      ? []
      : [`sale ${sale} has ${held} in suspense, and claims for ${claimed}`]),
    ...(due === paid ? [] : [`claims of sale ${sale} for ${due} are settled, ${paid} was paid`]),
    ...claims
      .filter(({ state, settledBy }) => settledStates.has(state) !== (settledBy !== null))
      .map(({ claim, state }) => `claim ${claim} is ${state}, and its payment says otherwise`),
  ]
}

/** Notes and payments that are in suspense. */
const heldIn = ({ notes, payments = [] }: Books): { sale: string; amount: number }[] => [
  ...notes
    .filter(({ place }) => place === 'suspense')
    .map(({ sale, value }) => ({ sale, amount: value })),
  ...payments.filter(({ place }) => place === 'suspense'),
]

const settledStates = new Set(['redeemed', 'paid', 'paid ahead', 'given back'])

const amountOf = ({ amount }: ClaimAtCentre): number => amount ?? 0

/** P2: what kiosks told their customers was redeemed with one slip was paid out for it, and not more than once. */
export const redemptionsAgainstClaims = (
  entries: readonly JournalEntry[],
  { centre }: { centre: Books },
): string[] => {
  const told = new Map<string, Map<string, number>>()
  for (const entry of entries) {
    if (entry.type !== 'claim.redeemed') continue
    const { reference, requestId, amount } = entry
    // The same answer again, to the same request.
    told.set(reference, (told.get(reference) ?? new Map<string, number>()).set(requestId, amount))
  }
  return [...told].flatMap(([reference, answers]) => {
    const redeemed = sum([...answers.values()])
    const paid = sum(
      centre.claims
        .filter(({ sale, state }) => state === 'redeemed' && numberOf(sale) === reference)
        .map(amountOf),
    )
    return redeemed > paid
      ? [`slip ${reference} was redeemed for ${redeemed}, the centre has paid ${paid} for it`]
      : []
  })
}

const numberOf = (sale: string): string =>
  referenceOf(SaleId.parse(sale)).number.replaceAll(' ', '')
