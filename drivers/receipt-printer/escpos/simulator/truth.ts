// What is physically so in a simulated receipt printer, whatever anybody has been told about it.

/** Plain JSON: it can be written down and handed to a new simulator. */
export type PrinterTruth = {
  powered: boolean
  paper: 'plenty' | 'low' | 'out'
  /** Rows of dots until the paper ends, where somebody has said so; it ends in the middle of whatever is printed. */
  rowsLeft: number | null
  coverOpen: boolean
  /** The button on the printer. */
  switchedOffline: boolean
  /** 'freed': whatever jammed it is gone, and it goes on when it is told to. */
  cutter: 'works' | 'jams next' | 'jammed' | 'freed'
  headHot: boolean
  broken: boolean
  /** The newest last; only so many are kept (`papersKept`). */
  papers: PrintedPaper[]
  /** How many there have ever been: the number of the newest. */
  printed: number
}

export type PrintedPaper = {
  number: number
  /** What can be read on it; a picture is `[picture 552x27]`, a QR code `[QR ...]`. */
  text: string
  /** How it looks, a PNG in base64. */
  png: string
  /** Whether the knife parted it from the roll. */
  cut: boolean
  /** Hanging from a slot it is anybody's to take; a presenter holds it at its exit until it is taken or drawn back in. */
  where: 'hanging' | 'at exit' | 'taken' | 'retracted'
}

export const papersKept = 40

export const newPrinter = (): PrinterTruth => ({
  powered: true,
  paper: 'plenty',
  rowsLeft: null,
  coverOpen: false,
  switchedOffline: false,
  cutter: 'works',
  headHot: false,
  broken: false,
  papers: [],
  printed: 0,
})

/** It prints nothing while any of these is so. */
export const isOnline = (truth: PrinterTruth): boolean =>
  truth.powered &&
  truth.paper !== 'out' &&
  !truth.coverOpen &&
  !truth.switchedOffline &&
  truth.cutter !== 'jammed' &&
  truth.cutter !== 'freed' &&
  !truth.headHot &&
  !truth.broken

export const paperAtExit = ({ papers }: PrinterTruth): PrintedPaper | null =>
  papers.find(({ where }) => where === 'at exit') ?? null
