// The slip of a sale: its number journalled, its lines put together. Nothing that fails here keeps the paper back.
import type { PreparedReceipt, SaleContext } from '../state-machines/sale-context.ts'
import { referenceOf } from '../domain/reference.ts'
import type { Clock } from './clock.ts'
import type { KioskConfig } from './config.ts'
import type { Log } from './log.ts'
import { receiptOf } from './receipt.ts'
import type { Records } from './records.ts'

type Parts = {
  config: KioskConfig
  clock: Pick<Clock, 'now'>
  log: Log
  records: Pick<Records, 'append' | 'nextReceipt'>
}

export const prepareReceipt = async (parts: Parts, sale: SaleContext): Promise<PreparedReceipt> => {
  const { config, clock } = parts
  const number = await numbered(parts, sale)
  return {
    jobId: number === null ? sale.saleId : jobIdOf(config, number),
    ...receiptOf(sale, {
      ...config,
      number,
      at: clock.now(),
      reference: referenceOf(sale.order?.saleId ?? sale.saleId),
    }),
  }
}

const jobIdOf = ({ kiosk }: KioskConfig, number: number): string => `${kiosk.number}-${number}`

/**
 * Null when the disk fails: then the slip has no number of its own, but the customer, whose money the slip is about, has it
 * all the same (P7).
 */
const numbered = async (
  { config, records, log }: Parts,
  sale: SaleContext,
): Promise<number | null> => {
  try {
    const number = await records.nextReceipt()
    const jobId = jobIdOf(config, number)
    await records.append([{ type: 'receipt.queued', saleId: sale.saleId, jobId, number }])
    return number
  } catch (error) {
    log.error({ err: error }, 'a receipt is printed without a number')
    return null
  }
}
