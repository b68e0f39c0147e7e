// Pictures of dots for a thermal head: cut to what is ink, to bands a printer's memory holds, and free of commands. Pure.
import { findRealTimeCommand, join, type Bitmap } from './codec.ts'

/**
 * Rows of one image command. The memory of small printers is 4 kB, and a printer that was cut off in the middle of an
 * image is brought back by no more bytes than this (`longestImageBytes`).
 */
export const rowsMostInImage = 56

/** The bytes of the largest image command we send, on the widest paper (576 dots). */
export const longestImageBytes = 8 + rowsMostInImage * 72

export const blankBitmap = (widthDots: number, heightDots: number): Bitmap => {
  const widthBytes = Math.ceil(widthDots / 8)
  return { widthBytes, rows: Array.from({ length: heightDots }, () => new Uint8Array(widthBytes)) }
}

export const setDot = ({ rows }: Bitmap, x: number, y: number): void => {
  const row = rows[y]
  if (row !== undefined) row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7))
}

export type Inked = { above: number; below: number; bitmap: Bitmap | null }

/** Without the blank rows above and below, and without the blank bytes at the right; null where there is no ink. */
export const cropped = ({ rows }: Bitmap): Inked => {
  const first = rows.findIndex((row) => row.some((byte) => byte !== 0))
  if (first === -1) return { above: rows.length, below: 0, bitmap: null }
  const last = rows.findLastIndex((row) => row.some((byte) => byte !== 0))
  const inked = rows.slice(first, last + 1)
  const widthBytes = 1 + Math.max(...inked.map((row) => row.findLastIndex((byte) => byte !== 0)))
  return {
    above: first,
    below: rows.length - 1 - last,
    bitmap: { widthBytes, rows: inked.map((row) => row.slice(0, widthBytes)) },
  }
}

/** One below the other; without a feed between them they join without a seam. */
export const bandsOf = ({ widthBytes, rows }: Bitmap): Bitmap[] => {
  const bands: Bitmap[] = []
  for (let at = 0; at < rows.length; at += rowsMostInImage) {
    const band = { widthBytes, rows: rows.slice(at, at + rowsMostInImage) }
    bands.push(withoutRealTimeCommands(band))
  }
  return bands
}

/**
 * Devices.md 11.1: a real-time command inside image data is executed on some models. Where one would stand, one more dot
 * is inked, which nobody sees.
 */
export const withoutRealTimeCommands = ({ widthBytes, rows }: Bitmap): Bitmap => {
  const data = join(...rows)
  for (let at = findRealTimeCommand(data); at !== -1; at = findRealTimeCommand(data)) {
    data[at + 1] = (data[at + 1] ?? 0) | 0x02
  }
  return {
    widthBytes,
    rows: rows.map((_, row) => data.slice(row * widthBytes, (row + 1) * widthBytes)),
  }
}
