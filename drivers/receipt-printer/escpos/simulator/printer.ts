// A simulated printer at work: what it does with each command, and how the paper moves.
import iconv from 'iconv-lite'
import { never } from '../../../../domain/never.ts'
import type { Clock } from '../../../clock.ts'
import { findRealTimeCommand, join } from '../codec.ts'
import type { PrinterModel } from '../models.ts'
import { modulesOf, pictureOf } from '../qr.ts'
import type { PrintCommand } from './commands.ts'
import { dotsOf, heightOf, typedRows, widthOf, type Glyph, type Roll } from './paper.ts'
import { paperInTurn } from './status.ts'
import { papersKept, paperAtExit, type PrintedPaper, type PrinterTruth } from './truth.ts'

export type Printer = {
  model: PrinterModel
  clock: Clock
  truth: PrinterTruth
  memory: Memory
  paper: Roll
  /** Rows of dots in a second: 800 at 100 mm/s. */
  rowsPerSecond: number
  /** Rows that have gone by since it was made. */
  fed: number
  /** Commands it did not know, and real-time commands that came in the middle of an image. */
  strange: Uint8Array[]
  send: (bytes: readonly number[]) => void
  changed: () => void
  onReceipt: (paper: PrintedPaper) => void
}

/** What it forgets without power. */
export type Memory = {
  buffer: Uint8Array
  automaticStatus: boolean
  style: Style
  line: Glyph[]
  qr: { data: Uint8Array; moduleDots: number }
}

type Style = {
  encoding: string
  doubleByte: boolean
  bold: boolean
  wide: number
  high: number
  align: number
  spacing: number
}

const plainStyle: Style = {
  encoding: 'cp437',
  doubleByte: false,
  bold: false,
  wide: 1,
  high: 1,
  align: 0,
  spacing: 34,
}

export const freshMemory = (): Memory => ({
  buffer: Uint8Array.of(),
  automaticStatus: false,
  style: plainStyle,
  line: [],
  qr: { data: Uint8Array.of(), moduleDots: 3 },
})

/** Devices.md 11.1, the tables that count alike on most printers. */
const codePages = new Map([
  [0, 'cp437'],
  [2, 'cp850'],
  [16, 'win1252'],
  [17, 'cp866'],
  [19, 'cp858'],
])

const strangeKept = 50

/** From the head up to the knife: what a cut that does not feed leaves on the roll. */
const headToKnifeDots = 100

/** Carries out one command. */
export const carryOut = (printer: Printer, command: PrintCommand): void => {
  const { memory, truth } = printer
  const style = (change: Partial<Style>) => {
    memory.style = { ...memory.style, ...change }
  }
  switch (command.kind) {
    case 'nothing':
      return
    case 'strange':
      strange(printer, command.bytes)
      return
    case 'initialise':
      memory.style = plainStyle
      memory.line = []
      return
    case 'character':
      addCharacter(memory, command.bytes)
      return
    case 'line feed':
      printLine(printer)
      return
    case 'feed lines':
      if (memory.line.length > 0) printLine(printer)
      feed(printer, command.lines * memory.style.spacing)
      return
    case 'line spacing':
      return style({ spacing: command.dots })
    case 'code page':
      return style({ encoding: codePages.get(command.number) ?? 'cp437' })
    case 'double byte':
      return style({ doubleByte: command.on })
    case 'bold':
      return style({ bold: command.on })
    case 'size':
      return style({
        wide: command.wide,
        high: command.high,
        bold: memory.style.bold && !command.clearsBold,
      })
    case 'align':
      return style({ align: command.to })
    case 'image': {
      const { widthBytes, rows } = command.bitmap
      const data = join(...rows)
      const question = findRealTimeCommand(data)
      if (question !== -1) strange(printer, data.slice(question, question + 3))
      printDots(printer, dotsOf(command.bitmap), `[picture ${widthBytes * 8}x${rows.length}]`)
      return
    }
    case 'qr':
      qrFunction(printer, command.parameters)
      return
    case 'cut':
      cut(printer, command.feedsPastKnife)
      return
    case 'automatic status':
      memory.automaticStatus = command.on
      return
    case 'paper in turn':
      printer.send([paperInTurn(truth)])
      return
    case 'process':
      printer.send([0x37, 0x22, ...command.id, 0x00])
      return
    case 'eject':
      if (command.action === 0x02) retract(printer)
      return
    default:
      never(command)
  }
}

const strange = (printer: Printer, bytes: Uint8Array): void => {
  printer.strange = [...printer.strange, bytes].slice(-strangeKept)
}

const addCharacter = (memory: Memory, bytes: Uint8Array): void => {
  const { encoding, wide, high, bold } = memory.style
  const character = iconv.decode(Buffer.from(bytes), bytes.length === 2 ? 'gb18030' : encoding)
  memory.line.push({ character, width: bytes.length === 2 ? 24 : 12, wide, high, bold })
}

const printLine = (printer: Printer): void => {
  const { memory, model, paper } = printer
  const { line, style } = memory
  memory.line = []
  if (line.length === 0) {
    feed(printer, style.spacing)
    return
  }
  // What is too long for the paper goes on in the next line, as printers do it.
  let rest = line
  while (rest.length > 0) {
    let fits = rest.length
    while (fits > 1 && widthOf(rest.slice(0, fits)) > model.dots) fits -= 1
    const now = rest.slice(0, fits)
    rest = rest.slice(fits)
    const room = model.dots - widthOf(now)
    const offset = style.align === 1 ? room >> 1 : style.align === 2 ? room : 0
    const rows = typedRows(now, { offset, width: model.dots })
    paper.print(rows, now.map(({ character }) => character).join(''))
    use(printer, rows.length)
    feed(printer, Math.max(0, style.spacing - heightOf(now)))
  }
}

const printDots = (printer: Printer, rows: readonly Uint8Array[], said: string): void => {
  const { paper, model, memory } = printer
  const room = Math.max(0, model.dots - (rows[0]?.length ?? 0))
  const offset = memory.style.align === 1 ? room >> 1 : memory.style.align === 2 ? room : 0
  paper.print(
    rows.map((row) => {
      const moved = new Uint8Array(model.dots)
      moved.set(row.subarray(0, model.dots - offset), offset)
      return moved
    }),
    said,
  )
  use(printer, rows.length)
}

// 31 fn …: 43 module size, 50 data, 51 print.
const qrFunction = (printer: Printer, parameters: Uint8Array): void => {
  const { qr } = printer.memory
  const [, fn, first = 0] = parameters
  if (fn === 0x43) qr.moduleDots = first
  if (fn === 0x50) qr.data = parameters.slice(3)
  if (fn !== 0x51) return
  const modules = modulesOf(qr.data)
  if (modules === null) return
  const rows = dotsOf(pictureOf(modules, qr.moduleDots)).map((row) =>
    row.subarray(0, modules.size * qr.moduleDots),
  )
  printDots(printer, rows, `[QR ${new TextDecoder().decode(qr.data)}]`)
}

const feed = (printer: Printer, dots: number): void => {
  printer.paper.feed(dots)
  use(printer, dots)
}

/** Paper goes by; at its end the printer stops with what it has in its buffer. */
const use = (printer: Printer, rows: number): void => {
  const { truth, changed } = printer
  printer.fed += rows
  if (truth.rowsLeft === null) return
  truth.rowsLeft -= rows
  if (truth.rowsLeft > 0) return
  truth.rowsLeft = null
  truth.paper = 'out'
  changed()
}

const cut = (printer: Printer, feedsPastKnife: boolean): void => {
  const { truth, paper, changed } = printer
  if (feedsPastKnife) feed(printer, headToKnifeDots)
  if (truth.cutter === 'jams next') {
    truth.cutter = 'jammed'
    changed()
    return
  }
  if (paper.length() > 0) part(printer, feedsPastKnife ? 0 : headToKnifeDots)
}

/** The paper that hangs out becomes a piece of its own: cut by the knife, or torn off by hand ('by hand'). */
export const part = (printer: Printer, rowsLeft: number | 'by hand'): void => {
  const { truth, paper, model } = printer
  const byKnife = rowsLeft !== 'by hand'
  const presents = byKnife && model.presenter.kind !== 'none'
  // What comes out pushes out what was there.
  const before = paperAtExit(truth)
  if (presents && before !== null) before.where = 'taken'
  const { piece, rest } = paper.part(byKnife ? rowsLeft : 0)
  truth.printed += 1
  const printed: PrintedPaper = {
    number: truth.printed,
    ...piece,
    cut: byKnife,
    where: presents ? 'at exit' : 'hanging',
  }
  truth.papers = [...truth.papers, printed].slice(-papersKept)
  printer.paper = rest
  printer.changed()
  printer.onReceipt(structuredClone(printed))
}

const retract = ({ truth, changed }: Printer): void => {
  const paper = paperAtExit(truth)
  if (paper === null) return
  paper.where = 'retracted'
  changed()
}
