// The bytes a simulated printer takes from its buffer, one command at a time: read from devices.md 11, not from `codec.ts`.
import type { Bitmap } from '../codec.ts'

export type PrintCommand =
  | { kind: 'initialise' }
  | { kind: 'character'; bytes: Uint8Array }
  | { kind: 'line feed' }
  | { kind: 'feed lines'; lines: number }
  | { kind: 'line spacing'; dots: number }
  | { kind: 'code page'; number: number }
  | { kind: 'double byte'; on: boolean }
  | { kind: 'bold'; on: boolean }
  /** `1B 21` names the style as a whole, and so clears bold. */
  | { kind: 'size'; wide: number; high: number; clearsBold: boolean }
  | { kind: 'align'; to: number }
  | { kind: 'image'; bitmap: Bitmap }
  | { kind: 'qr'; parameters: Uint8Array }
  | { kind: 'cut'; feedsPastKnife: boolean }
  | { kind: 'automatic status'; on: boolean }
  | { kind: 'paper in turn' }
  | { kind: 'process'; id: Uint8Array }
  | { kind: 'eject'; action: number }
  /** Real-time commands were obeyed when they came in; here they are passed over, as is a NUL. */
  | { kind: 'nothing' }
  | { kind: 'strange'; bytes: Uint8Array }

export type Features = {
  qr: boolean
  chinese: boolean
  processId: boolean
  ejector: boolean
  newCut: boolean
}

export type Taken = { command: PrintCommand; length: number } | 'incomplete'

/** Takes the command at the front. `doubleByte`: whether two bytes from 81 on make one character now. */
export const takeCommand = (bytes: Uint8Array, features: Features, doubleByte: boolean): Taken => {
  const [first = 0, second] = bytes
  switch (first) {
    case 0x00:
    case 0x0d:
      return taken(1, { kind: 'nothing' })
    case 0x0a:
      return taken(1, { kind: 'line feed' })
    case 0x10:
      return second === undefined ? 'incomplete' : take(bytes, 3, () => ({ kind: 'nothing' }))
    case 0x1b:
      return second === undefined ? 'incomplete' : takeEscape(bytes, second)
    case 0x1c:
      return second === undefined ? 'incomplete' : takeFs(bytes, second, features)
    case 0x1d:
      return second === undefined ? 'incomplete' : takeGs(bytes, second, features)
    default:
      break
  }
  if (first < 0x20) return strange(bytes, 1)
  const width = doubleByte && first >= 0x81 ? 2 : 1
  return take(bytes, width, (whole) => ({ kind: 'character', bytes: whole }))
}

const takeEscape = (bytes: Uint8Array, code: number): Taken => {
  switch (code) {
    case 0x40:
      return taken(2, { kind: 'initialise' })
    case 0x21:
      return take(bytes, 3, ([, , n = 0]) => ({
        kind: 'size',
        wide: n & 0x20 ? 2 : 1,
        high: n & 0x10 ? 2 : 1,
        clearsBold: true,
      }))
    case 0x33:
      return take(bytes, 3, ([, , dots = 0]) => ({ kind: 'line spacing', dots }))
    case 0x45:
      return take(bytes, 3, ([, , n = 0]) => ({ kind: 'bold', on: (n & 1) === 1 }))
    case 0x61:
      return take(bytes, 3, ([, , n = 0]) => ({ kind: 'align', to: n & 0x0f }))
    case 0x64:
      return take(bytes, 3, ([, , lines = 0]) => ({ kind: 'feed lines', lines }))
    case 0x69:
      return taken(2, { kind: 'cut', feedsPastKnife: false })
    case 0x74:
      return take(bytes, 3, ([, , number = 0]) => ({ kind: 'code page', number }))
    default:
      return strange(bytes, 2)
  }
}

const takeFs = (bytes: Uint8Array, code: number, { chinese }: Features): Taken =>
  chinese && (code === 0x26 || code === 0x2e)
    ? taken(2, { kind: 'double byte', on: code === 0x26 })
    : strange(bytes, 2)

const takeGs = (bytes: Uint8Array, code: number, features: Features): Taken => {
  switch (code) {
    case 0x21:
      return take(bytes, 3, ([, , n = 0]) => ({
        kind: 'size',
        wide: (n >> 4) + 1,
        high: (n & 0x0f) + 1,
        clearsBold: false,
      }))
    case 0x28:
      return takeExtended(bytes, features)
    case 0x56:
      return takeCut(bytes, features)
    case 0x61:
      return take(bytes, 3, ([, , n = 0]) => ({ kind: 'automatic status', on: n !== 0 }))
    case 0x65:
      if (!features.ejector) return strange(bytes, 2)
      return take(bytes, bytes[2] === 0x03 ? 4 : 3, ([, , action = 0]) => ({
        kind: 'eject',
        action,
      }))
    case 0x72:
      return take(bytes, 3, ([, , n]) =>
        n === 1 ? { kind: 'paper in turn' } : { kind: 'strange', bytes: bytes.slice(0, 3) },
      )
    case 0x76:
      return takeImage(bytes)
    default:
      return strange(bytes, 2)
  }
}

// 1D 28 fn pL pH …: fn 6B is a QR code, 48 the process id.
const takeExtended = (bytes: Uint8Array, features: Features): Taken => {
  const [, , fn, low, high] = bytes
  if (fn === undefined || low === undefined || high === undefined) return 'incomplete'
  return take(bytes, 5 + low + 256 * high, (whole) => {
    if (fn === 0x6b && features.qr) return { kind: 'qr', parameters: whole.slice(5) }
    if (fn === 0x48 && features.processId) return { kind: 'process', id: whole.slice(7) }
    return { kind: 'strange', bytes: whole }
  })
}

const takeCut = (bytes: Uint8Array, { newCut }: Features): Taken => {
  const how = bytes[2]
  if (how === undefined) return 'incomplete'
  if (how === 0 || how === 1) return taken(3, { kind: 'cut', feedsPastKnife: false })
  if (how !== 0x42 || !newCut) return strange(bytes, 3)
  return take(bytes, 4, () => ({ kind: 'cut', feedsPastKnife: true }))
}

// 1D 76 30 m xL xH yL yH d…
const takeImage = (bytes: Uint8Array): Taken => {
  if (bytes.length < 8) return 'incomplete'
  const [, , , , xLow = 0, xHigh = 0, yLow = 0, yHigh = 0] = bytes
  const widthBytes = xLow + 256 * xHigh
  const height = yLow + 256 * yHigh
  return take(bytes, 8 + widthBytes * height, (whole) => ({
    kind: 'image',
    bitmap: {
      widthBytes,
      rows: Array.from({ length: height }, (_, row) =>
        whole.slice(8 + row * widthBytes, 8 + (row + 1) * widthBytes),
      ),
    },
  }))
}

const taken = (length: number, command: PrintCommand): Taken => ({ command, length })

const take = (
  bytes: Uint8Array,
  length: number,
  command: (whole: Uint8Array) => PrintCommand,
): Taken => (bytes.length < length ? 'incomplete' : taken(length, command(bytes.slice(0, length))))

const strange = (bytes: Uint8Array, length: number): Taken =>
  take(bytes, length, (whole) => ({ kind: 'strange', bytes: whole }))
