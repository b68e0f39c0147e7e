// Linux input events as bytes (kernel, Documentation/input/input.rst, 5: `struct input_event`), on a 64-bit kernel.
//
// 24 bytes, little endian: seconds (8), microseconds (8), type (2), code (2), value (4, signed).

/** As it stands in a configuration, `key:148` or `switch:0`: the numbers of both are counted apart (input-event-codes.h). */
export type InputCode = { of: 'key' | 'switch'; code: number }

export type InputEvent =
  /** `on` by a press, by a repeat of what is held (value 2), or by a switch that closed. */
  | { kind: 'changed'; input: InputCode; on: boolean }
  /** SYN_REPORT: what was told since the last one belongs together and is so now. */
  | { kind: 'report' }
  /** SYN_DROPPED: some were lost. All up to the next report is to be left aside. */
  | { kind: 'dropped' }
  /** Of a kind that is of no use here, such as a scan code. */
  | { kind: 'other'; type: number }
  /** Bytes that are no event. */
  | { kind: 'discarded'; bytes: Uint8Array }

export const eventBytes = 24

const eventType = { synchronise: 0x00, key: 0x01, switch: 0x05, most: 0x1f } as const
const synchronise = { report: 0, dropped: 3 } as const
/** KEY_MAX and SW_MAX of the kernel. */
const mostCode = { key: 0x2ff, switch: 0x10 } as const

/** Null when it names none. */
export const inputCodeOf = (text: string): InputCode | null => {
  const [, of, digits] = /^(key|switch):(\d{1,3})$/.exec(text) ?? []
  if (of !== 'key' && of !== 'switch') return null
  const code = Number(digits)
  return code <= mostCode[of] ? { of, code } : null
}

/** All whole events of these bytes. What is no event is passed over byte by byte until one begins. */
export const decode = (bytes: Uint8Array): { out: InputEvent[]; rest: Uint8Array } => {
  const out: InputEvent[] = []
  let garbage = 0
  let at = 0
  const discard = () => {
    if (garbage > 0) out.push({ kind: 'discarded', bytes: bytes.slice(at - garbage, at) })
    garbage = 0
  }
  while (at + eventBytes <= bytes.length) {
    const event = eventIn(bytes.subarray(at, at + eventBytes))
    if (event === null) {
      garbage += 1
      at += 1
      continue
    }
    discard()
    out.push(event)
    at += eventBytes
  }
  discard()
  return { out, rest: bytes.slice(at) }
}

/** Null when these cannot be an event: a time that is none, or a type that no kernel has. */
const eventIn = (bytes: Uint8Array): InputEvent | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, eventBytes)
  const seconds = view.getBigUint64(0, true)
  const microseconds = view.getBigUint64(8, true)
  const type = view.getUint16(16, true)
  const code = view.getUint16(18, true)
  const value = view.getInt32(20, true)
  if (seconds > mostSeconds || microseconds >= 1_000_000n || type > eventType.most) return null
  switch (type) {
    case eventType.synchronise:
      if (code === synchronise.report) return { kind: 'report' }
      return code === synchronise.dropped ? { kind: 'dropped' } : { kind: 'other', type }
    case eventType.key:
      if (value < 0 || value > 2) return null
      return { kind: 'changed', input: { of: 'key', code }, on: value !== 0 }
    case eventType.switch:
      if (value < 0 || value > 1) return null
      return { kind: 'changed', input: { of: 'switch', code }, on: value !== 0 }
    default:
      return { kind: 'other', type }
  }
}

/** A clock that says more is none. */
const mostSeconds = 1n << 40n

/** One change and the report that ends it. `held`: on, and told again. `atUs`: microseconds since 1970. */
export const encode = (input: InputCode, how: 'on' | 'off' | 'held', atUs: bigint): Uint8Array => {
  const type = input.of === 'key' ? eventType.key : eventType.switch
  const value = { off: 0, on: 1, held: 2 }[how]
  return Uint8Array.of(
    ...record({ type, code: input.code, value }, atUs),
    ...record({ type: eventType.synchronise, code: synchronise.report, value: 0 }, atUs),
  )
}

const record = (
  { type, code, value }: { type: number; code: number; value: number },
  atUs: bigint,
): Uint8Array => {
  const bytes = new Uint8Array(eventBytes)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, atUs / 1_000_000n, true)
  view.setBigUint64(8, atUs % 1_000_000n, true)
  view.setUint16(16, type, true)
  view.setUint16(18, code, true)
  view.setInt32(20, value, true)
  return bytes
}
