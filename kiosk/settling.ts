// Closes with the centre every sale that moved money and is over: sent under its id until it is answered.
import type { RequestId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { CentreClient } from './centre-client.ts'
import type { Clock } from './clock.ts'
import { unsettledSales, type Standing, type UnsettledSale } from './standing.ts'

export type SettlingParts = {
  standing: () => Standing
  /** Resolves when every entry is on disk. */
  journal: (entries: JournalEntry[]) => Promise<void>
  centre: CentreClient
  clock: Clock
  /** A closing that could not be settled, in words for the diagnostic log. */
  report: (problem: { saleId: string; requestId: RequestId; why: string }) => void
}

/** One closing is asked for so long; then the others have their turn. */
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
      if (await settleAll(parts, signal)) continue
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

/** True when nothing is left that could be settled. */
const settleAll = async (parts: SettlingParts, signal: AbortSignal): Promise<boolean> => {
  let all = true
  for (const sale of unsettledSales(parts.standing())) {
    if (signal.aborted) return false
    if (!(await settleOne(parts, sale, signal))) all = false
  }
  return all
}

const settleOne = async (
  { journal, centre, clock, report }: SettlingParts,
  sale: UnsettledSale,
  signal: AbortSignal,
): Promise<boolean> => {
  const { saleId, insertionId, notes } = sale
  const requestId = sale.requestId ?? clock.ids.request()
  try {
    if (sale.requestId === null) {
      await journal([{ type: 'sale.closing', saleId, insertionId, requestId, notes }])
    }
    const asked = { saleId, insertionId, notes }
    const answer = await centre.ask('closing', requestId, asked, { deadlineMs: askLimitMs, signal })
    if (answer.kind !== 'answered') {
      const why = answer.kind === 'refused' ? answer.problem : answer.why
      report({ saleId, requestId, why })
      return false
    }
    const { order, toAccount, toSuspense } = answer.reply
    const orderNumber = order?.orderNumber ?? null
    await journal([{ type: 'sale.settled', saleId, orderNumber, toAccount, toSuspense }])
    return true
  } catch (error) {
    // The journal is broken: nothing can be settled until a new start has read back what is on disk.
    report({ saleId, requestId, why: error instanceof Error ? error.message : String(error) })
    return false
  }
}
