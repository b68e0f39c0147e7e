// The slip of a sale: its number journalled, its lines put together. Nothing that fails here keeps the paper back.
import type { PreparedReceipt, SaleContext } from '../state-machines/sale-context.ts'
import type { OrderNumber } from '../domain/identifiers.ts'
import { referenceOf } from '../domain/reference.ts'
import type { Clock } from './clock.ts'
import { claimedIn, makeClaim } from './claim-slip.ts'
import type { KioskConfig } from './config.ts'
import type { KioskKey } from './kiosk-key.ts'
import type { Log } from './log.ts'
import { receiptOf } from './receipt.ts'
import type { Records } from './records.ts'

type Parts = {
  config: KioskConfig
  clock: Pick<Clock, 'now'>
  log: Log
  records: Pick<Records, 'append' | 'nextReceipt' | 'standing'>
  /** Null where it could not be opened: then a claim is asked for by its number alone. */
  key: KioskKey | null
}

export const prepareReceipt = async (
  parts: Parts,
  context: SaleContext,
): Promise<PreparedReceipt> => {
  const { config, clock } = parts
  // The slip of an older purchase is about that one, whatever the card is here for now.
  const sale = context.healing ? { ...context, order: context.settled } : context
  const copy = copyOf(parts, sale)
  const claim = await claimed(parts, sale)
  const number = await numbered(parts, sale, copy)
  return {
    jobId: number === null ? sale.saleId : jobIdOf(config, number),
    ...receiptOf(sale, {
      ...config,
      number,
      at: clock.now(),
      // A claim is found by the sale its money came with.
      reference: referenceOf(claim === null ? (sale.order?.saleId ?? sale.saleId) : sale.saleId),
      claim,
      ...(copy !== null && { copy }),
    }),
  }
}

/** The purchase that this slip is the receipt of; null when it tells of something else. */
const purchaseOf = ({ outcome, order }: SaleContext): OrderNumber | null =>
  outcome.kind === 'bought' || outcome.kind === 'settled' ? (order?.orderNumber ?? null) : null

/** Which duplicate this slip is: of a receipt of the same purchase that was printed here before, or that was just asked for. */
const copyOf = ({ records }: Parts, sale: SaleContext): number | null => {
  const purchase = purchaseOf(sale)
  const before =
    purchase === null
      ? 0
      : [...records.standing().sales.values()]
          .flatMap(({ receipts }) => receipts)
          .filter((slip) => slip.purchase === purchase && slip.state === 'printed').length
  const copy = Math.max(before, sale.copies)
  return copy === 0 ? null : copy
}

/** The signed line for the slip. A disk that fails does not keep it back: the customer's need of it is the greater then. */
const claimed = async (
  { config, clock, records, log, key }: Parts,
  sale: SaleContext,
): Promise<string | null> => {
  const left = claimedIn(sale)
  if (left === null || key === null) return null
  const { text, entry } = makeClaim({ kiosk: config.kiosk, key, now: clock.now }, sale.saleId, left)
  try {
    await records.append([entry])
  } catch (error) {
    log.error({ err: error }, 'a claim is handed out that is not in the journal')
  }
  return text
}

export const jobIdOf = ({ kiosk }: KioskConfig, number: number): string =>
  `${kiosk.number}-${number}`

/**
 * Null when the disk fails: then the slip has no number of its own, but the customer, whose money the slip is about, has it
 * all the same (P7).
 */
const numbered = async (
  { config, records, log }: Parts,
  sale: SaleContext,
  copy: number | null,
): Promise<number | null> => {
  try {
    const number = await records.nextReceipt()
    const jobId = jobIdOf(config, number)
    const purchase = purchaseOf(sale)
    await records.append([
      {
        type: 'receipt.queued',
        saleId: sale.saleId,
        jobId,
        number,
        ...(purchase !== null && { purchase }),
        ...(copy !== null && { copy }),
      },
    ])
    return number
  } catch (error) {
    log.error({ err: error }, 'a receipt is printed without a number')
    return null
  }
}
