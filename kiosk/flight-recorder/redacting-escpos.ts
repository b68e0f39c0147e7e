// What was sent to a receipt printer as it may be written to a file: every command, and neither words nor dots.

const DLE = 0x10
const ESC = 0x1b
const FS = 0x1c
const GS = 0x1d
const lineFeed = 0x0a

/** What stands for each character and each byte of a picture or a square code. */
const anyCharacter = 0x78
const noInk = 0x00

/** How long the commands are that the driver sends, by their first two bytes; all others begin with ESC and have three. */
const lengths = new Map<string, number>([
  ['1b40', 2],
  ['1b69', 2],
  ['1b32', 2],
  ['1c26', 2],
  ['1c2e', 2],
])

/**
 * The bytes of one write, which are whole commands (escpos/job.ts). As long as before. What is not known for a command is taken
 * for text, so that nothing is let through by being strange.
 */
export const redactedPrint = (bytes: Uint8Array): Uint8Array => {
  const left = Uint8Array.from(bytes)
  for (let at = 0; at < left.length;) {
    const { keep, blank, fill } = commandAt(left, at)
    left.fill(fill, at + keep, at + keep + blank)
    at += keep + blank
  }
  return left
}

type Command = { keep: number; blank: number; fill: number }

const commandAt = (bytes: Uint8Array, at: number): Command => {
  const first = bytes[at] ?? 0
  const second = bytes[at + 1] ?? 0
  if (first === lineFeed || first === 0) return kept(1)
  if (first === DLE && (second === 0x04 || second === 0x05)) return kept(3)
  if (first === GS && second === 0x76) return picture(bytes, at)
  if (first === GS && second === 0x28) return parameters(bytes, at)
  if (first === GS && second === 0x65) return kept(bytes[at + 2] === 0x03 ? 4 : 3)
  if (first === GS && second === 0x56) return kept(bytes[at + 2] === 0x42 ? 4 : 3)
  if (first === GS || first === ESC || first === FS) {
    return kept(lengths.get(Buffer.of(first, second).toString('hex')) ?? 3)
  }
  return { keep: 0, blank: 1, fill: anyCharacter }
}

const kept = (bytes: number): Command => ({ keep: bytes, blank: 0, fill: 0 })

/** `1D 76 30 m xL xH yL yH d…` */
const picture = (bytes: Uint8Array, at: number): Command => ({
  keep: 8,
  blank: wordAt(bytes, at + 4) * wordAt(bytes, at + 6),
  fill: noInk,
})

/** `1D 28 c pL pH …`: of a square code's data (`1D 28 6B … 31 50 30 d…`) only that there was some; all else stays. */
const parameters = (bytes: Uint8Array, at: number): Command => {
  const length = wordAt(bytes, at + 3)
  const isCode = bytes[at + 2] === 0x6b && bytes[at + 6] === 0x50
  return isCode
    ? { keep: 8, blank: Math.max(0, length - 3), fill: anyCharacter }
    : kept(5 + Math.min(length, 8))
}

const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
