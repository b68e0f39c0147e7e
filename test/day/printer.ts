// A receipt printer at the words of its driver's contract: what lies in the tray is its truth.
import { fromCallback } from 'xstate'
import { never } from '../../domain/never.ts'
import type { ReceiptPrinterFault } from '../../drivers/receipt-printer/faults.ts'
import type {
  ReceiptPrinterCommand,
  ReceiptPrinterEvent,
} from '../../drivers/receipt-printer/receipt-printer.ts'
import type { Life } from './life.ts'
import type { Timeline } from './timeline.ts'

const printMs = 900
const startMs = 400
const silenceMs = 4_000

/** What the next job meets. */
export type PaperFault =
  /** It is on paper, and the printer never says so. */
  | 'printed, not told'
  /** The printer goes away in the middle of it. */
  | 'gone in the middle'

type Trouble = Exclude<ReceiptPrinterFault['kind'], 'paper low'>

export const receiptPrinter = (timeline: Timeline) => {
  let tellNow: ((event: ReceiptPrinterEvent) => void) | null = null
  let trouble: Trouble | null = null
  let meets: { fault: PaperFault; met: () => void } | null = null
  let onPaper = 0

  const tell = (event: ReceiptPrinterEvent): void => tellNow?.(event)

  const print = (jobId: string): void => {
    if (trouble !== null) return tell({ type: 'receipt.not-printed', jobId, why: trouble })
    meets?.met()
    const fault = meets?.fault ?? null
    meets = null
    if (fault !== 'gone in the middle') onPaper++
    timeline.after(fault === null ? printMs : silenceMs, () =>
      tell(
        fault === null
          ? { type: 'receipt.printed', jobId }
          : { type: 'receipt.not-printed', jobId, why: 'not answering' },
      ),
    )
    return undefined
  }

  return {
    driver: (life: Life) =>
      fromCallback<ReceiptPrinterCommand>(({ sendBack, receive }) => {
        const printed = new Set<string>()
        const own = (event: ReceiptPrinterEvent) => life.hear(() => sendBack(event))
        tellNow = own
        receive((command) =>
          life.tell(() => {
            switch (command.type) {
              case 'receipt.print':
                if (printed.has(command.jobId))
                  tell({ type: 'receipt.printed', jobId: command.jobId })
                else {
                  printed.add(command.jobId)
                  print(command.jobId)
                }
                break
              case 'receipt.retract':
                break
              default:
                never(command)
            }
          }),
        )
        timeline.after(startMs, () => {
          if (trouble === null) own({ type: 'receipt-printer.ready', model: 'day' })
          else own({ type: 'receipt-printer.failed', fault: { kind: trouble, moneyAtRisk: 'no' } })
        })
        return () => {
          if (tellNow === own) tellNow = null
        }
      }),
    meet: (fault: PaperFault, met: () => void): void => {
      meets = { fault, met }
    },
    fail: (kind: Trouble): void => {
      trouble = kind
      tell({ type: 'receipt-printer.failed', fault: { kind, moneyAtRisk: 'no' } })
    },
    mend: (): void => {
      meets = null
      if (trouble === null) return
      const kind = trouble
      trouble = null
      tell({ type: 'receipt-printer.cleared', fault: kind })
      tell({ type: 'receipt-printer.ready', model: 'day' })
    },
    /** How many slips lie in the tray. */
    onPaper: (): number => onPaper,
  }
}
