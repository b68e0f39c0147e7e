// Settles with the centre whatever of a sale that is over is still open: its closing, an order going back, an order whose
// card nobody could read. Asked under its id until it is answered.
import type { CentreAnswer } from '../domain/centre-messages.ts'
import type { RequestId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { OrderSummary } from '../domain/order.ts'
import type { CentreClient } from './centre-client.ts'
import { openRedemptions, redeemAgain, type OpenRedemption } from './claim-settling.ts'
import type { Clock } from './clock.ts'
import { isBack, isDelivered } from './order-fate.ts'
import {
  openReturns,
  undecidedOrders,
  unsettledSales,
  type OpenReturn,
  type Standing,
  type UndecidedOrder,
  type UnsettledSale,
} from './standing.ts'

export type SettlingParts = {
  standing: () => Standing
  /** Resolves when every entry is on disk. */
  journal: (entries: JournalEntry[]) => Promise<void>
  centre: CentreClient
  clock: Clock
  /** What could not be settled, in words for the diagnostic log. */
  report: (problem: { saleId: string; requestId: RequestId; why: string }) => void
  /** Called after each round over all of them, whether the centre answered or not. */
  tried: () => void
}

/** One question is asked for so long; then the others have their turn. */
const askLimitMs = 30_000
const firstPauseMs = 1_000
const longestPauseMs = 60_000

/** What the kiosk machine invokes as `settling`, until the signal aborts. */
export const settling = (parts: SettlingParts, signal: AbortSignal): { settle: () => void } => {
  let running = false
  /** Told again while at work: there may be one more sale. */
  let again = false

  const run = async () => {
    running = true
    let pauseMs = firstPauseMs
    while (again && !signal.aborted) {
      again = false
      const all = await settleAll(parts, signal)
      if (signal.aborted) break
      parts.tried()
      if (all) continue
      again = true
      await parts.clock.wait(pauseMs, signal)
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    }
    running = false
  }

  return {
    settle: () => {
      again = true
      if (!running) void run()
    },
  }
}

/** True when nothing is left that the centre could settle now. */
const settleAll = async (parts: SettlingParts, signal: AbortSignal): Promise<boolean> => {
  let all = true
  const each = async <Open>(
    open: readonly Open[],
    settle: (parts: SettlingParts, one: Open, signal: AbortSignal) => Promise<boolean>,
  ) => {
    for (const one of open) {
      if (signal.aborted) return
      if (!(await settle(parts, one, signal))) all = false
    }
  }
  // As a sale does it: what goes back goes back before the sale is closed.
  await each(openReturns(parts.standing()), returnOne)
  await each(unsettledSales(parts.standing()), closeOne)
  // Notes that were told of after such a closing had been asked for: it was answered, and they have their own now.
  if (all) await each(unsettledSales(parts.standing()), closeOne)
  await each(undecidedOrders(parts.standing()), askAboutOne)
  await each(openRedemptions(parts.standing()), redeemOne)
  return all && !signal.aborted
}

/** Journals, asks, journals; false when there is no answer yet. Nothing is journalled of an answer that says nothing new. */
const settleOne = async <Name extends 'return' | 'closing' | 'orderState'>(
  { journal, report }: SettlingParts,
  of: {
    saleId: string
    requestId: RequestId
    intent: JournalEntry[]
    ask: () => Promise<CentreAnswer<Name>>
    outcome: (reply: Extract<CentreAnswer<Name>, { kind: 'answered' }>['reply']) => JournalEntry[]
  },
): Promise<boolean> => {
  const { saleId, requestId } = of
  try {
    if (of.intent.length > 0) await journal(of.intent)
    const answer = await of.ask()
    if (answer.kind !== 'answered') {
      report({ saleId, requestId, why: answer.kind === 'refused' ? answer.problem : answer.why })
      return false
    }
    const outcome = of.outcome(answer.reply)
    if (outcome.length > 0) await journal(outcome)
    return true
  } catch (error) {
    // The journal is broken: nothing can be settled until a new start has read back what is on disk.
    report({ saleId, requestId, why: error instanceof Error ? error.message : String(error) })
    return false
  }
}

const closeOne = (parts: SettlingParts, sale: UnsettledSale, signal: AbortSignal) => {
  const { requestId: asked, ...closing } = sale
  const { saleId } = sale
  const requestId = asked ?? parts.clock.ids.request()
  return settleOne<'closing'>(parts, {
    saleId,
    requestId,
    intent: asked === null ? [{ type: 'sale.closing', requestId, ...closing }] : [],
    ask: () => parts.centre.ask('closing', requestId, closing, { deadlineMs: askLimitMs, signal }),
    outcome: ({ order, toAccount, toSuspense }) => [
      {
        type: 'sale.settled',
        saleId,
        orderNumber: order?.orderNumber ?? null,
        ...(order !== null && { orderState: order.state }),
        toAccount,
        toSuspense,
      },
    ],
  })
}

const returnOne = (parts: SettlingParts, open: OpenReturn, signal: AbortSignal) => {
  const { saleId, orderNumber, toPayer } = open
  const requestId = open.requestId ?? parts.clock.ids.request()
  return settleOne<'return'>(parts, {
    saleId,
    requestId,
    intent:
      open.requestId === null ? [{ type: 'order.returning', saleId, orderNumber, requestId }] : [],
    ask: () => {
      const asked = { saleId, orderNumber, ...(toPayer && { toPayer }) }
      return parts.centre.ask('return', requestId, asked, { deadlineMs: askLimitMs, signal })
    },
    outcome: (reply) => [
      reply.kind === 'returned'
        ? { type: 'order.returned', saleId, orderNumber }
        : { type: 'order.not-returned', saleId, orderNumber, state: reply.state },
    ],
  })
}

const redeemOne = (parts: SettlingParts, open: OpenRedemption, signal: AbortSignal) =>
  redeemAgain(parts, open, { deadlineMs: askLimitMs, signal })

/** Its card, or the meter, may have told the centre meanwhile, here or at another kiosk. */
const askAboutOne = (
  parts: SettlingParts,
  { saleId, orderNumber }: UndecidedOrder,
  signal: AbortSignal,
) => {
  const requestId = parts.clock.ids.request()
  return settleOne<'orderState'>(parts, {
    saleId,
    requestId,
    intent: [],
    ask: () => {
      const asked = { orderNumber }
      return parts.centre.ask('orderState', requestId, asked, { deadlineMs: askLimitMs, signal })
    },
    outcome: ({ order, undoOpen }) => (undoOpen ? [] : outcomeOf(saleId, order)),
  })
}

const outcomeOf = (
  saleId: UndecidedOrder['saleId'],
  { orderNumber, state }: OrderSummary,
): JournalEntry[] => {
  if (isDelivered(state)) return [{ type: 'card.written', saleId, orderNumber }]
  if (isBack(state)) return [{ type: 'order.returned', saleId, orderNumber }]
  return []
}
