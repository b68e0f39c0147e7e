// A proven purchase file is held against the books, and what follows from it is done (power-card.md 9.1).
import { OrderNumber } from '../domain/identifiers.ts'
import { never } from '../domain/never.ts'
import { fromHex } from '../domain/power-card/bytes.ts'
import { readPurchase } from '../domain/power-card/purchase.ts'
import { next } from './counters.ts'
import type { BindingRow } from './dues.ts'
import {
  fence,
  move,
  openOrderOf,
  orderOf,
  outcomeUnknown,
  scriptIsOut,
  undecidedStates,
  type OrderRow,
} from './order-states.ts'
import { findingOf, type CardInBooks, type Finding, type Seen } from './recovery.ts'
import { cardCarries, load, returnIfReversed, suspect, type CardRow } from './settling.ts'
import { takeBack } from './taking-back.ts'
import type { Turn } from './turn.ts'
import { sessionIsOver, undoDecided, undoingOf } from './undoing.ts'

/** EF02 as a MAC'd READ proved it, 40 bytes. `sequence`: of the nonce it was read over. */
export type Proven = { card: CardRow; label: Seen['label']; ef02: string; sequence: number }

export type Settled = {
  /** `stale`: true once, but of a time before the books' last word on this card. Says nothing now. */
  finding: Finding['kind'] | 'stale'
  /** The open order after it. */
  open: OrderRow | null
  /** The order whose outcome was open until now and is not any more. */
  decided: OrderRow | null
}

export const settleBy = async (
  turn: Turn,
  proven: Proven,
  by: 'look' | 'proof',
): Promise<Settled> => {
  const { card, ef02 } = proven
  const binding = await turn.work
    .selectFrom('bindings')
    .selectAll()
    .where('binding', '=', card.binding)
    .executeTakeFirstOrThrow()
  const open = (await openOrderOf(turn, card.binding)) ?? null
  const purchase = readPurchase(fromHex(ef02))
  const seen = { count: purchase.count, order: purchase.orderNumber, ...proven }
  const finding = await found(turn, { binding, card, open, seen, ef02 })
  // Old evidence is not a contradiction, and a running attempt is not stopped by what was true before it began.
  if (finding.kind === 'contradiction' && finding.mayBeStale && seen.sequence < card.sequence) {
    return { finding: 'stale', open, decided: null }
  }
  if (finding.kind === 'nothing proven' && by === 'proof' && isOlderThanAttempt(seen, open)) {
    return { finding: 'stale', open, decided: null }
  }
  if (open?.state === 'LOADED' && seen.label === 'RB') await sessionIsOver(turn, open)
  const settled = await act(turn, { proven, open, finding, seen, by })
  return { finding: finding.kind, ...settled }
}

const isOlderThanAttempt = ({ sequence }: Seen, open: OrderRow | null): boolean =>
  open?.state === 'AWAIT_WRITE' && open.script_sequence !== null && sequence < open.script_sequence

type Found = Exclude<Finding, { kind: 'contradiction' }> | Contradiction
type Contradiction = { kind: 'contradiction'; why: string; mayBeStale: boolean }

/** 13.1 checks 6 and 7: the books, and the E2E MAC that only the centre can make. */
const found = async (
  turn: Turn,
  of: { binding: BindingRow; card: CardRow; open: OrderRow | null; seen: Seen; ef02: string },
): Promise<Found> => {
  const { binding, card, open, seen, ef02 } = of
  const sealed = await turn.security.verifyPurchase({
    meter: binding.meter,
    keyVersion: binding.meter_key_version,
    customer: binding.customer,
    serial: card.serial,
    ef02,
  })
  if (!sealed) {
    return { kind: 'contradiction', why: 'the E2E MAC does not verify', mayBeStale: false }
  }
  const finding = findingOf(await inBooks(turn, { binding, card, open }), seen)
  return finding.kind === 'contradiction' ? { ...finding, mayBeStale: true } : finding
}

const inBooks = async (
  { work }: Turn,
  of: { binding: BindingRow; card: CardRow; open: OrderRow | null },
): Promise<CardInBooks> => {
  const { binding, card, open } = of
  const delivered = await work
    .selectFrom('orders')
    .select(['count', 'order_number as order'])
    .where('binding', '=', binding.binding)
    .where('state', '=', 'METER_CREDITED')
    .where('count', '>', card.count)
    .execute()
  const undecided = open !== null && undecidedStates.includes(open.state)
  return {
    credited: binding.credited,
    card: { count: card.count, order: card.order_number },
    open: undecided
      ? {
          count: open.count,
          order: open.order_number,
          scriptOut: scriptIsOut(open),
          fence: open.fence_sequence,
          elsewhere: open.serial !== card.serial && card.in_meter === 0,
        }
      : null,
    undoing: open === null ? null : await undoingOf({ work }, open),
    delivered,
  }
}

const act = async (
  turn: Turn,
  of: {
    proven: Proven
    open: OrderRow | null
    finding: Found
    seen: Seen
    by: 'look' | 'proof'
  },
): Promise<Omit<Settled, 'finding'>> => {
  const { proven, open, finding, seen, by } = of
  const { card } = proven
  const unchanged = { open, decided: null }
  switch (finding.kind) {
    case 'as in the books':
      return unchanged
    case 'loaded': {
      if (open === null) return unchanged
      const loaded = await load(turn, open, {
        why: `seen on the card by a ${seen.label} proof`,
        serial: card.serial,
        // A proof under RO is of the session that wrote it; a look begins with a SELECT.
        sessionOpen: seen.label === 'RO' && by === 'proof',
      })
      return { open: loaded, decided: loaded }
    }
    case 'undone': {
      if (open === null) return unchanged
      const carries = { count: seen.count, order: OrderNumber.parse(seen.order) }
      const undone = await takeBack(turn, open, { serial: card.serial, carries })
      return { open: null, decided: undone }
    }
    case 'not undone':
      if (open === null) return unchanged
      await undoDecided(turn, open)
      return { open, decided: open }
    case 'not loaded': {
      if (open === null) return unchanged
      const left = await notLoaded(turn, open)
      return { open: left.state === 'NOT_LOADED_RETRY' ? left : null, decided: null }
    }
    case 'nothing proven':
      return {
        open:
          open === null || open.state === 'LOADED'
            ? open
            : await outcomeUnknown(turn, open, 'seen, but nothing proven'),
        decided: null,
      }
    case 'delivered as well':
      await cardCarries(turn, {
        serial: card.serial,
        count: finding.count,
        order_number: OrderNumber.parse(finding.order),
        sequence: await next(turn.work, 'sequence'),
      })
      return unchanged
    case 'contradiction':
      await suspectBy(turn, { proven, open, seen, why: finding.why })
      return { open: null, decided: null }
    default:
      return never(finding)
  }
}

/** It can be finished or returned; an order that is not paid any more is returned at once. */
const notLoaded = async (turn: Turn, open: OrderRow): Promise<OrderRow> => {
  if (open.state === 'NOT_LOADED_RETRY') return returnIfReversed(turn, open)
  const why = open.scripts === 0 ? 'no script ever left' : 'proven not on the card'
  return returnIfReversed(
    turn,
    await move(turn, await fence(turn, open), { state: 'NOT_LOADED_RETRY', why }),
  )
}

const suspectBy = async (
  turn: Turn,
  of: { proven: Proven; open: OrderRow | null; seen: Seen; why: string },
): Promise<void> => {
  const { proven, open, seen, why } = of
  // What the card shows may be no number at all.
  const number = OrderNumber.safeParse(seen.order)
  const shown = number.success ? await orderOf(turn, number.data) : undefined
  await suspect(turn, {
    why,
    binding: proven.card.binding,
    serial: proven.card.serial,
    order: open ?? shown,
    also: shown?.order_number === open?.order_number ? undefined : shown,
    evidence: { ef02: proven.ef02, label: seen.label },
  })
}
