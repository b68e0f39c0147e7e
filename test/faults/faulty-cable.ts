// A cable on which a piece of bytes can be lost, late, garbled, cut short, or the last one before the plug is out.
import type { Duplex } from 'node:stream'
import { memoryCable, type MemoryCable } from '../../drivers/cables.ts'
import { never } from '../../domain/never.ts'
import type { Life } from './life.ts'
import type { Kind, Traps } from './traps.ts'

/** More than any driver waits for an answer. */
const lateMs = 12_000

export type FaultyCableOptions = {
  line: 'notes' | 'printer'
  traps: Traps
  life: Life
  after: (ms: number, call: () => void) => unknown
  /** The plug is pulled, and pushed in again after a while. */
  pull: () => void
}

/** The kiosk's end and the device's end of two cables, with whoever listens between them. */
export const faultyCable = (options: FaultyCableOptions): MemoryCable => {
  const near = memoryCable()
  const far = memoryCable()
  const unplug = () => {
    near.unplug()
    far.unplug()
  }
  relay(options, { from: near.device, to: far.host, way: 'out', unplug })
  relay(options, { from: far.host, to: near.device, way: 'in', unplug })
  return { host: near.host, device: far.device, unplug }
}

type Passage = { from: Duplex; to: Duplex; way: 'out' | 'in'; unplug: () => void }

const relay = (options: FaultyCableOptions, passage: Passage): void => {
  const { line, traps, life } = options
  const { from, to, way } = passage
  const put = (bytes: Uint8Array) => {
    if (to.writable && bytes.length > 0) to.write(bytes)
  }
  from.on('data', (bytes: Buffer) => {
    if (life.hasEnded()) return
    const kind = traps.meet(line, way, `${way === 'out' ? 'to' : 'from'} it: ${start(bytes)}`)
    if (kind === null) put(bytes)
    else meet(options, { ...passage, kind, bytes, put })
  })
  from.on('close', () => to.destroy())
}

const meet = (
  { life, after, pull }: FaultyCableOptions,
  piece: Passage & { kind: Kind; bytes: Buffer; put: (bytes: Uint8Array) => void },
): void => {
  const { kind, bytes, put, unplug } = piece
  switch (kind) {
    case 'error':
      return unplug()
    case 'request lost':
    case 'answer lost':
      return undefined
    case 'answer late':
      after(lateMs, () => put(bytes))
      return undefined
    case 'garbled':
      return put(garbled(bytes))
    case 'short':
      return put(bytes.subarray(0, Math.floor(bytes.length / 2)))
    case 'gone':
      return pull()
    case 'crash before':
      return life.end()
    case 'crash after':
      put(bytes)
      return life.end()
    default:
      return never(kind)
  }
}

const start = (bytes: Buffer): string => bytes.toString('hex').slice(0, 20)

/** One bit in the middle is turned over: the places before it look right. */
export const garbled = (bytes: Uint8Array): Uint8Array => {
  const changed = Uint8Array.from(bytes)
  const at = Math.floor(changed.length / 2)
  changed[at] = (changed[at] ?? 0) ^ 0x04
  return changed
}
