// The receipt printer on the bench: a simulated printer on its line, and the papers that came out of it.
import { z } from 'zod'
import { never } from '../../domain/never.ts'
import type { PrinterModelName } from '../../drivers/receipt-printer/escpos/models.ts'
import { escposSimulator } from '../../drivers/receipt-printer/escpos/simulator/simulator.ts'
import type {
  PrintedPaper,
  PrinterTruth,
} from '../../drivers/receipt-printer/escpos/simulator/truth.ts'
import type { PrinterFault, PrinterPanel } from '../../ui/bench/panel.ts'
import { done, refused, type ActDone } from './act.ts'
import { kept } from './kept.ts'
import { serialWire, type Wire, type WireOptions } from './wire.ts'

export const printerModel = 'generic-80' satisfies PrinterModelName

const Truth: z.ZodType<PrinterTruth> = z.object({
  powered: z.boolean(),
  paper: z.enum(['plenty', 'low', 'out']),
  rowsLeft: z.int().nullable(),
  coverOpen: z.boolean(),
  switchedOffline: z.boolean(),
  cutter: z.enum(['works', 'jams next', 'jammed', 'freed']),
  headHot: z.boolean(),
  broken: z.boolean(),
  papers: z.array(
    z.object({
      number: z.int(),
      text: z.string(),
      png: z.string(),
      cut: z.boolean(),
      where: z.enum(['hanging', 'at exit', 'taken', 'retracted']),
    }),
  ),
  printed: z.int(),
})

export type BenchReceiptPrinter = Awaited<ReturnType<typeof benchReceiptPrinter>>

export const benchReceiptPrinter = async (options: {
  file: string
  wire: Omit<WireOptions, 'attach'>
  /** How fast paper moves; as in life unless told. */
  rowsPerSecond?: number
  onChange: () => void
}) => {
  const file = kept(options.file, Truth)
  const truth = file.read()
  const simulator = escposSimulator({
    model: printerModel,
    ...(truth !== null && { truth }),
    ...(options.rowsPerSecond !== undefined && { rowsPerSecond: options.rowsPerSecond }),
    onChange: (changed) => {
      file.write(changed)
      options.onChange()
    },
  })
  const wire = await serialWire({ ...options.wire, attach: simulator.attach })
  const setFault = async (fault: PrinterFault, on: boolean): Promise<ActDone> => {
    if (faultsOf(simulator.truth(), wire).includes(fault) === on) return done
    switch (fault) {
      case 'paper low':
        if (on) simulator.paperRunsLow()
        else simulator.insertPaper()
        return done
      case 'paper out':
        if (on) simulator.runOutOfPaper()
        else simulator.insertPaper()
        return done
      case 'cover open':
        if (on) simulator.openCover()
        else simulator.closeCover()
        return done
      case 'offline':
        if (on) simulator.switchOffline()
        else simulator.switchOnline()
        return done
      case 'unplugged':
        await wire.setPlugged(!on)
        options.onChange()
        return done
      default:
        return never(fault)
    }
  }
  return {
    port: wire.port,
    setFault,
    /** Whoever pulls at the paper pulls off all that hangs there: what was printed before hangs below it. */
    tearOff: (id: string): ActDone => {
      const paper = simulator.receipts().find(({ number }) => String(number) === id)
      if (paper === undefined || isTorn(paper)) return refused('That receipt was torn off already.')
      while (simulator.takePaper() === 'taken');
      return done
    },
    panel: (): PrinterPanel => ({
      faults: faultsOf(simulator.truth(), wire),
      receipts: simulator.receipts().toReversed().map(receiptOf),
    }),
    picture: (id: string): Buffer | null => {
      const paper = simulator.receipts().find(({ number }) => String(number) === id)
      return paper === undefined ? null : Buffer.from(paper.png, 'base64')
    },
    /** The papers as anybody could read them, the newest last. */
    papers: (): PrintedPaper[] => simulator.receipts(),
    close: async () => {
      await wire.close()
      simulator.dispose()
    },
  }
}

const isTorn = ({ where }: PrintedPaper): boolean => where === 'taken' || where === 'retracted'

const receiptOf = (paper: PrintedPaper): PrinterPanel['receipts'][number] => {
  // A PNG says its size in the first chunk: width at byte 16, height at byte 20.
  const header = Buffer.from(paper.png.slice(0, 32), 'base64')
  return {
    id: String(paper.number),
    picture: `/receipts/${paper.number}.png`,
    widthPx: header.readUInt32BE(16),
    heightPx: header.readUInt32BE(20),
    torn: isTorn(paper),
  }
}

const faultsOf = (truth: PrinterTruth, wire: Pick<Wire, 'plugged'>): PrinterFault[] => {
  const all: [PrinterFault, boolean][] = [
    ['paper low', truth.paper === 'low'],
    ['paper out', truth.paper === 'out'],
    ['cover open', truth.coverOpen],
    ['offline', truth.switchedOffline],
    ['unplugged', !wire.plugged()],
  ]
  return all.flatMap(([fault, on]) => (on ? [fault] : []))
}
