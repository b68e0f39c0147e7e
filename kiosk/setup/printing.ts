// One paper on the printer of a set-up, which runs for it alone.
import type { ReceiptDocument } from '../../drivers/receipt-printer/receipt-printer.ts'
import type { Clock } from '../clock.ts'
import { listenTo, type Drivers } from './listening.ts'

/** A drawn page takes some seconds, and a printer that is cold some more. */
export const printLimitMs = 40_000

/** Whether it is on paper. Never rejects. */
export const printAlone = (of: {
  drivers: Drivers
  paper: ReceiptDocument
  /** Printed once. */
  jobId: string
  clock: Pick<Clock, 'after'>
}): Promise<boolean> =>
  new Promise((resolve) => {
    const { drivers, paper, jobId, clock } = of
    const end = (isPrinted: boolean) => {
      cancel()
      // Not in the middle of what the driver is telling.
      setImmediate(() => {
        listening.stop()
        resolve(isPrinted)
      })
    }
    const cancel = clock.after(printLimitMs, () => end(false))
    const listening = listenTo(drivers, 'receiptPrinter', (event) => {
      if (event.type === 'receipt-printer.ready') {
        listening.tell({ type: 'receipt.print', jobId, paper })
      } else if (event.type === 'receipt.printed' || event.type === 'receipt.not-printed') {
        if (event.jobId === jobId) end(event.type === 'receipt.printed')
      }
    })
  })
