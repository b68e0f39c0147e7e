// The last of what has happened, in memory of a fixed size: the newest takes the place of the oldest.

/** `tag` says what the payload is; it is one byte and means nothing here. */
export type Entry = { at: number; tag: number; payload: Uint8Array }

/** How much is kept: never more bytes, and nothing that is older than the newest by more than so many milliseconds. */
export type RingLimits = { bytes: number; ms: number }

export type Ring = {
  /** `at` never steps back. What is longer than the whole memory is left out. */
  push: (at: number, tag: number, payload: Uint8Array) => void
  /** A copy of all that is not older than this moment, the oldest first. */
  since: (at: number) => Entry[]
  /** When the newest of those happened that had to go; null while nothing had to. */
  gone: () => number | null
  /** How many bytes the entries take up. */
  used: () => number
}

/** `AT(8) TAG(1) LENGTH(4) payload`, at as a double. */
const head = { at: 0, tag: 8, length: 9, bytes: 13 }

/** All memory is taken at once: a byte that is recorded is copied once, and nothing else is allocated for it. */
export const ring = (limits: RingLimits): Ring => {
  const memory = Buffer.alloc(limits.bytes)
  const heading = Buffer.alloc(head.bytes)
  let first = 0
  let used = 0
  let gone: number | null = null

  /** Copies to or from the memory, over its end where it must. */
  const put = (from: Uint8Array, place: number) => {
    const start = place % memory.length
    const fits = Math.min(from.length, memory.length - start)
    memory.set(from.subarray(0, fits), start)
    memory.set(from.subarray(fits), 0)
  }
  const get = (to: Buffer, place: number) => {
    const start = place % memory.length
    const fits = Math.min(to.length, memory.length - start)
    memory.copy(to, 0, start, start + fits)
    memory.copy(to, fits, 0, to.length - fits)
  }

  const headingAt = (place: number) => {
    get(heading, place)
    return {
      at: heading.readDoubleBE(head.at),
      tag: heading.readUInt8(head.tag),
      length: heading.readUInt32BE(head.length),
    }
  }
  const dropFirst = () => {
    const { at, length } = headingAt(first)
    const bytes = head.bytes + length
    gone = at
    first = (first + bytes) % memory.length
    used -= bytes
  }

  return {
    push: (at, tag, payload) => {
      const bytes = head.bytes + payload.length
      if (bytes > memory.length) return
      const isTooOld = () => used > 0 && headingAt(first).at < at - limits.ms
      const isTooMuch = () => used + bytes > memory.length
      while (isTooOld() || isTooMuch()) dropFirst()
      heading.writeDoubleBE(at, head.at)
      heading.writeUInt8(tag, head.tag)
      heading.writeUInt32BE(payload.length, head.length)
      put(heading, first + used)
      put(payload, first + used + head.bytes)
      used += bytes
    },
    since: (from) => {
      const entries: Entry[] = []
      for (let passed = 0; passed < used;) {
        const { at, tag, length } = headingAt(first + passed)
        passed += head.bytes + length
        if (at < from) continue
        const payload = Buffer.alloc(length)
        get(payload, first + passed - length)
        entries.push({ at, tag, payload })
      }
      return entries
    },
    gone: () => gone,
    used: () => used,
  }
}
