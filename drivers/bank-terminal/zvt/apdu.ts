// What ZVT says, whatever carries it: class, instruction, length and data. On a serial line frames.ts packs it; over TCP it goes raw.

/** `CLASS INSTR LEN DATA`; the length is one byte up to FE, or `FF lo hi`, low byte first (devices.md 10.2). */
export type Apdu = {
  /** Class and instruction as one number: 0601 authorise, 8000 done, 84xx refused. */
  control: number
  data: Uint8Array
}

export const apdu = (control: number, ...parts: (Uint8Array | readonly number[])[]): Apdu => ({
  control,
  data: Uint8Array.from(parts.flatMap((part) => [...part])),
})

export const encodeApdu = ({ control, data }: Apdu): Uint8Array => {
  const length = data.length < 0xff ? [data.length] : [0xff, data.length & 0xff, data.length >> 8]
  return Uint8Array.of(control >> 8, control & 0xff, ...length, ...data)
}

/** One APDU at this place and where it ends; null while bytes are missing. */
const readApdu = (bytes: Uint8Array, at: number): { apdu: Apdu; end: number } | null => {
  const [high, low, short] = bytes.subarray(at, at + 3)
  if (high === undefined || low === undefined || short === undefined) return null
  const isLong = short === 0xff
  const [longLow, longHigh] = bytes.subarray(at + 3, at + 5)
  if (isLong && (longLow === undefined || longHigh === undefined)) return null
  const length = isLong ? (longLow ?? 0) + 256 * (longHigh ?? 0) : short
  const start = at + (isLong ? 5 : 3)
  if (bytes.length < start + length) return null
  return {
    apdu: { control: high * 256 + low, data: bytes.slice(start, start + length) },
    end: start + length,
  }
}

/** All APDUs of a TCP stream, cut up in any way, and the beginning of one that is not complete yet. */
export const decodeApdus = (bytes: Uint8Array): { out: Apdu[]; rest: Uint8Array } => {
  const out: Apdu[] = []
  let at = 0
  for (let read = readApdu(bytes, at); read !== null; read = readApdu(bytes, at)) {
    out.push(read.apdu)
    at = read.end
  }
  return { out, rest: bytes.slice(at) }
}

/** Exactly one APDU, as a serial frame holds it; null when the length does not fit. */
export const decodeApdu = (bytes: Uint8Array): Apdu | null => {
  const read = readApdu(bytes, 0)
  return read !== null && read.end === bytes.length ? read.apdu : null
}
