// The bytes a host sends to an ESC/POS printer, as pure functions (devices.md 11.1, presenters 11.2).

const DLE = 0x10
const ESC = 0x1b
const FS = 0x1c
const GS = 0x1d

/** Text state back to power-on: style, size, alignment, code page. Neither buffers nor settings of the machine. */
export const initialise = Uint8Array.of(ESC, 0x40)

/** `1B 74 n`: the table bytes 80-FF print from. What n means is the maker's own, see `models.ts`. */
export const selectCodePage = (n: number): Uint8Array => Uint8Array.of(ESC, 0x74, n)

/** `1C 26` / `1C 2E`: whether two bytes make one Chinese character (GB18030 on Chinese firmware). */
export const doubleByte = (on: boolean): Uint8Array => Uint8Array.of(FS, on ? 0x26 : 0x2e)

/**
 * `1B 45 n`. Not `style('B')` of the `escpos` package: that one also sends `1B 35`, which is no Epson command
 * (devices.md 11.3) and prints a 5 where firmware does not know it.
 */
export const bold = (on: boolean): Uint8Array => Uint8Array.of(ESC, 0x45, on ? 1 : 0)

/** `1D 21 n`: character size, for one-byte and for Chinese characters alike. `times` 1 or 2, both ways. */
export const characterSize = (times: 1 | 2): Uint8Array =>
  Uint8Array.of(GS, 0x21, ((times - 1) << 4) | (times - 1))

/** `1B 33 n`: dots from one line to the next, 0-255; a line never takes less than its highest character. */
export const lineSpacing = (dots: number): Uint8Array => Uint8Array.of(ESC, 0x33, dots)

/** `1B 64 n`: feed n lines, 0-255. */
export const feedLines = (lines: number): Uint8Array => Uint8Array.of(ESC, 0x64, lines)

/** A picture of dots: rows from the top, `widthBytes` bytes each, the highest bit leftmost, 1 is ink. */
export type Bitmap = { widthBytes: number; rows: readonly Uint8Array[] }

/**
 * `1D 76 30 00 xL xH yL yH d…`: one raster image at its natural size; x in bytes, y in rows. The data is to be free of
 * real-time commands, see `raster.ts`.
 */
export const rasterImage = ({ widthBytes, rows }: Bitmap): Uint8Array =>
  join(Uint8Array.of(GS, 0x76, 0x30, 0, ...word(widthBytes), ...word(rows.length)), ...rows)

/** How much of a QR code may be lost: 7, 15, 25, 30 per cent. */
export type QrCorrection = 'L' | 'M' | 'Q' | 'H'

/** The most bytes of data one `1D 28 6B` may bring; QR version 40-L holds no more. */
export const longestQrData = 2953

/** QR model 2 by the printer's own means: model, module size in dots (1-16), correction, data, print. */
export const qrCode = ({
  data,
  moduleDots,
  correction,
}: {
  data: Uint8Array
  moduleDots: number
  correction: QrCorrection
}): Uint8Array =>
  join(
    qrFunction(0x41, 0x32, 0x00),
    qrFunction(0x43, moduleDots),
    qrFunction(0x45, 0x30 + 'LMQH'.indexOf(correction)),
    qrFunction(0x50, 0x30, ...data),
    qrFunction(0x51, 0x30),
  )

// 1D 28 6B pL pH 31 fn …: the length counts everything after itself.
const qrFunction = (fn: number, ...parameters: number[]): Uint8Array =>
  Uint8Array.of(GS, 0x28, 0x6b, ...word(parameters.length + 2), 0x31, fn, ...parameters)

/** Ways to part the paper; which one a model understands stands in `models.ts`. */
export const cuts = {
  full: Uint8Array.of(GS, 0x56, 0x00),
  partial: Uint8Array.of(GS, 0x56, 0x01),
  /** Feeds the last line past the knife first. */
  feedAndPartial: Uint8Array.of(GS, 0x56, 0x42, 0x00),
  /** The command of older firmware. */
  old: Uint8Array.of(ESC, 0x69),
} as const

/** What `10 04 n` asks for; answered at once, even offline or with a full buffer. */
export const realTimeQuestions = { printer: 1, offline: 2, error: 3, paper: 4 } as const
export type RealTimeQuestion = keyof typeof realTimeQuestions

/** `10 04 n`, n 1-4. Never send it while the bytes of an image are on their way. */
export const askRealTime = (question: RealTimeQuestion): Uint8Array =>
  Uint8Array.of(DLE, 0x04, realTimeQuestions[question])

/** Custom's full status, `10 04 14`: answered with six bytes. */
export const askFullStatus = Uint8Array.of(DLE, 0x04, 0x14)

/** `10 05 02`: after a recoverable error, drop everything not yet printed. Executed at once. */
export const clearBuffers = Uint8Array.of(DLE, 0x05, 0x02)

/** `1D 61 n`: from now on tell every change of state unasked, in blocks of four bytes; or be silent. */
export const automaticStatus = (on: boolean): Uint8Array =>
  Uint8Array.of(GS, 0x61, on ? 0xff : 0x00)

/** `1D 72 01`: the paper status, answered when the printer gets there: everything before it is done. */
export const askPaperInTurn = Uint8Array.of(GS, 0x72, 0x01)

/** `1D 28 48 06 00 30 30 d1 d2 d3 d4`: answers with the same four characters (20-7E) when it gets there. */
export const tellProcess = (id: string): Uint8Array =>
  Uint8Array.of(GS, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...new TextEncoder().encode(id))

/** Custom's ejector, `1D 65 …`: pull the ticket back in, or show it by so many steps. */
export const retractTicket = Uint8Array.of(GS, 0x65, 0x02)
export const presentTicket = (steps: number): Uint8Array => Uint8Array.of(GS, 0x65, 0x03, steps)

/**
 * Where bytes would be taken for a real-time command. `10` followed by 04 (status), 05 (recover) or 14 (drawer, power
 * off, clear) is executed on reception, by some models even in the middle of an image; -1 when there is none.
 */
export const findRealTimeCommand = (bytes: Uint8Array): number => {
  for (let at = bytes.indexOf(DLE); at !== -1; at = bytes.indexOf(DLE, at + 1)) {
    const next = bytes[at + 1]
    if (next === 0x04 || next === 0x05 || next === 0x14) return at
  }
  return -1
}

export const join = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const word = (value: number): [number, number] => [value & 0xff, value >> 8]
