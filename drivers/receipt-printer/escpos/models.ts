// The printers we know, as data: how wide, which characters, which commands. A new model is a new entry (see the README).
import { cuts, feedLines, join, lineSpacing } from './codec.ts'

export type PrinterModel = {
  name: string
  /** Characters of the normal size on one line; the large size has half as many. */
  columns: 48 | 42 | 32
  /** Dots across the print area, 8 to the millimetre. */
  dots: 576 | 512 | 384
  /** The table for Latin text: its number in `1B 74 n`, which every maker counts differently, and its name here. */
  codePage: { number: number; encoding: 'cp437' | 'cp850' | 'cp858' | 'win1252' }
  /** Whether the printer has a Chinese font of its own. Without one, Chinese is drawn as pictures. */
  chinese: 'gb18030' | 'none'
  /** Whether it knows `1D 28 6B`. Without it the code is drawn as a picture. */
  qr: 'native' | 'raster'
  /** Feeds the last line past the knife and cuts. */
  cut: Uint8Array
  /** How it says that a job has been printed and cut, see `codec.ts`. */
  endOfJob: 'paper in turn' | 'process'
  /** Where the receipt comes out: it hangs from a slot, or Custom's ejector shows it by so many steps and can take it back. */
  presenter: { kind: 'none' } | { kind: 'custom'; steps: number }
}

// Head to knife is 12 to 15 mm; the cuts that do not feed by themselves want it done for them: 128 dots, whatever the line
// spacing was before.
const pastTheKnife = join(lineSpacing(32), feedLines(4))

export const printerModels = {
  /** Any 80 mm printer that speaks the common part of ESC/POS. */
  'generic-80': {
    name: 'ESC/POS 80 mm',
    columns: 48,
    dots: 576,
    codePage: { number: 19, encoding: 'cp858' },
    chinese: 'none',
    qr: 'native',
    cut: cuts.feedAndPartial,
    endOfJob: 'paper in turn',
    presenter: { kind: 'none' },
  },
  /** 80 mm with Chinese firmware: its GB18030 font is sharper and a hundred times faster than pictures. */
  'generic-80-cn': {
    name: 'ESC/POS 80 mm GB18030',
    columns: 48,
    dots: 576,
    codePage: { number: 19, encoding: 'cp858' },
    chinese: 'gb18030',
    qr: 'native',
    cut: cuts.feedAndPartial,
    endOfJob: 'paper in turn',
    presenter: { kind: 'none' },
  },
  /** 58 mm and old firmware: code page 437, no QR of its own, the old cut. */
  'generic-58': {
    name: 'ESC/POS 58 mm',
    columns: 32,
    dots: 384,
    codePage: { number: 0, encoding: 'cp437' },
    chinese: 'none',
    qr: 'raster',
    cut: join(pastTheKnife, cuts.old),
    endOfJob: 'paper in turn',
    presenter: { kind: 'none' },
  },
  'epson-tm': {
    name: 'Epson TM, 42 columns',
    columns: 42,
    dots: 512,
    codePage: { number: 19, encoding: 'cp858' },
    chinese: 'none',
    qr: 'native',
    cut: cuts.feedAndPartial,
    endOfJob: 'process',
    presenter: { kind: 'none' },
  },
  /** A kiosk printer with an ejector: knows whether the receipt was taken. */
  'custom-vkp80': {
    name: 'Custom VKP80',
    columns: 48,
    dots: 576,
    codePage: { number: 19, encoding: 'cp858' },
    chinese: 'none',
    qr: 'native',
    cut: join(pastTheKnife, cuts.full),
    endOfJob: 'paper in turn',
    presenter: { kind: 'custom', steps: 12 },
  },
} as const satisfies Record<string, PrinterModel>

export type PrinterModelName = keyof typeof printerModels
