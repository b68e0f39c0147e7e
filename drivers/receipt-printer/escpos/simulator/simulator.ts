// A receipt printer that speaks ESC/POS: the other end of the cable, with paper in it, and what people do to it.
import { realClock, type Clock } from '../../../clock.ts'
import { printerModels, type PrinterModel, type PrinterModelName } from '../models.ts'
import { printerLine, type LineOptions } from './line.ts'
import { freshMemory, part, type Printer } from './printer.ts'
import { roll } from './paper.ts'
import { newPrinter, paperAtExit, type PrintedPaper, type PrinterTruth } from './truth.ts'

export type EscposSimulatorOptions = Partial<LineOptions> & {
  model: PrinterModelName
  /** What an earlier simulator held; a new printer with a full roll if there was none. */
  truth?: PrinterTruth
  clock?: Clock
  /** Rows of dots in a second; `Infinity` prints without taking time. */
  rowsPerSecond?: number
  /** A piece of paper has been cut or torn off. */
  onReceipt?: (paper: PrintedPaper) => void
  /** Called with a copy whenever the truth has changed: for keeping it over a restart. */
  onChange?: (truth: PrinterTruth) => void
}

/** 100 mm/s at 8 dots to the millimetre. */
const usualRowsPerSecond = 800
const slowRowsPerSecond = 25

export type EscposSimulator = ReturnType<typeof escposSimulator>

/** Waits for a cable; `attach` gives it one, as often as it is plugged in. */
export const escposSimulator = (options: EscposSimulatorOptions) => {
  const { clock = realClock, rowsPerSecond = usualRowsPerSecond } = options
  const model: PrinterModel = printerModels[options.model]
  const printer: Printer = {
    model,
    clock,
    truth: structuredClone(options.truth ?? newPrinter()),
    memory: freshMemory(),
    paper: roll(model.dots),
    rowsPerSecond,
    fed: 0,
    strange: [],
    send: () => {},
    changed: () => {},
    onReceipt: (paper) => options.onReceipt?.(paper),
  }
  const line = printerLine(printer, {
    automaticStatus: options.automaticStatus ?? true,
    flow: options.flow ?? 'xon/xoff',
    realTimeInImages: options.realTimeInImages ?? true,
  })
  printer.changed = () => {
    line.stateChanged()
    options.onChange?.(structuredClone(printer.truth))
  }
  const { attach, say, mishear, goSilent, speakAgain, recoveries, dispose } = line
  return {
    attach,
    say,
    mishear,
    goSilent,
    speakAgain,
    recoveries,
    dispose,
    ...peopleAt(printer),
    ...powerOf(printer, line.forget),
    ...insightInto(printer),
    /** The head moves at a crawl from now on, or at its own speed again. */
    goSlow: (slow = true) => {
      printer.rowsPerSecond = slow ? slowRowsPerSecond : rowsPerSecond
    },
  }
}

const insightInto = (printer: Printer) => ({
  /** A copy of what is physically so. */
  truth: (): PrinterTruth => structuredClone(printer.truth),
  /** The papers that came out, the newest last. */
  receipts: (): PrintedPaper[] => structuredClone(printer.truth.papers),
  /** What hangs from the head, not yet cut. */
  hanging: (): string => printer.paper.text(),
  /** Commands it did not know, and real-time commands that came in the middle of an image. */
  strange: (): Uint8Array[] => [...printer.strange],
})

const powerOf = (printer: Printer, forget: () => void) => {
  const powerOff = () => {
    forget()
    printer.truth.powered = false
    printer.changed()
  }
  const powerOn = () => {
    printer.truth.powered = true
    printer.changed()
  }
  return { powerOff, powerOn }
}

const peopleAt = (printer: Printer) => {
  const set = (change: Partial<PrinterTruth>) => {
    Object.assign(printer.truth, change)
    printer.changed()
  }
  const { truth } = printer
  return {
    /** A technician puts a new roll in. */
    insertPaper: () => set({ paper: 'plenty', rowsLeft: null }),
    /** The near-end sensor sees the core. */
    paperRunsLow: () => set({ paper: 'low' }),
    /** At once, or after so many more rows of dots: in the middle of whatever is printed then. */
    runOutOfPaper: ({ afterRows = 0 }: { afterRows?: number } = {}) =>
      afterRows === 0 ? set({ paper: 'out', rowsLeft: null }) : set({ rowsLeft: afterRows }),
    openCover: () => set({ coverOpen: true }),
    closeCover: () => set({ coverOpen: false }),
    /** The button on the printer. */
    switchOffline: () => set({ switchedOffline: true }),
    switchOnline: () => set({ switchedOffline: false }),
    /** Now, or when it cuts the next time. */
    jamCutter: ({ when = 'now' }: { when?: 'now' | 'at the next cut' } = {}) =>
      set({ cutter: when === 'now' ? 'jammed' : 'jams next' }),
    /** `waitsToBeTold`: as some models, it stays on its error until it is told to recover. */
    clearCutter: ({ waitsToBeTold = false }: { waitsToBeTold?: boolean } = {}) =>
      set({ cutter: waitsToBeTold ? 'freed' : 'works' }),
    heatHead: () => set({ headHot: true }),
    coolHead: () => set({ headHot: false }),
    breakDown: () => set({ broken: true }),
    repair: () => set({ broken: false }),
    /** The customer takes what the presenter holds, or tears off what hangs there. */
    takePaper: (): 'taken' | 'nothing there' => {
      const atExit = paperAtExit(truth)
      if (atExit !== null) {
        atExit.where = 'taken'
        printer.changed()
        return 'taken'
      }
      const last = truth.papers.findLast(({ where }) => where === 'hanging')
      if (last === undefined) return 'nothing there'
      last.where = 'taken'
      printer.changed()
      return 'taken'
    },
    /** Somebody tears off what hangs from the head, uncut. */
    tearOff: (): void => {
      if (printer.paper.length() > 0) part(printer, 'by hand')
    },
  }
}
