// What a simulated printer says of itself, bit by bit (devices.md 11.1, 11.2).
import { isOnline, paperAtExit, type PrinterTruth } from './truth.ts'

const when = (condition: boolean, bits: number): number => (condition ? bits : 0)
const jammed = ({ cutter }: PrinterTruth) => cutter === 'jammed' || cutter === 'freed'
const hasError = (truth: PrinterTruth) => jammed(truth) || truth.headHot || truth.broken
const nearEnd = ({ paper }: PrinterTruth) => paper !== 'plenty'

/** The answer to `10 04 n`, n 1-4; null for another n. */
export const realTimeStatus = (truth: PrinterTruth, n: number): number | null => {
  switch (n) {
    case 1:
      return 0x12 | when(!isOnline(truth), 0x08)
    case 2:
      return (
        0x12 |
        when(truth.coverOpen, 0x04) |
        when(truth.paper === 'out', 0x20) |
        when(hasError(truth), 0x40)
      )
    case 3:
      return 0x12 | when(jammed(truth), 0x08) | when(truth.broken, 0x20) | when(truth.headHot, 0x40)
    case 4:
      return 0x12 | when(nearEnd(truth), 0x0c) | when(truth.paper === 'out', 0x60)
    default:
      return null
  }
}

export const automaticStatusOf = (truth: PrinterTruth): readonly number[] => [
  0x10 | when(!isOnline(truth), 0x08) | when(truth.coverOpen, 0x20),
  when(jammed(truth), 0x08) | when(truth.broken, 0x20) | when(truth.headHot, 0x40),
  when(nearEnd(truth), 0x03) | when(truth.paper === 'out', 0x0c),
  0x0f,
]

/** `1D 72 01`. */
export const paperInTurn = (truth: PrinterTruth): number =>
  when(nearEnd(truth), 0x03) | when(truth.paper === 'out', 0x0c)

/** Custom's `10 04 14`. */
export const fullStatusOf = (truth: PrinterTruth): readonly number[] => [
  0x10,
  0x0f,
  when(truth.paper === 'out', 0x01) |
    when(truth.paper === 'low', 0x04) |
    when(paperAtExit(truth) !== null, 0x20),
  when(truth.coverOpen, 0x02),
  when(truth.headHot, 0x01),
  when(jammed(truth), 0x01) | when(truth.broken, 0x40),
]
