import { describe, expect, it } from 'vitest'
import { entryCountOf, readBlockLog } from './block-log.ts'
import { replay } from './image-replay.ts'

const u64 = (value: number) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
const sector = (...parts: Buffer[]) => {
  const bytes = Buffer.alloc(512)
  Buffer.concat(parts).copy(bytes)
  return bytes
}
/** As qemu 7.2 writes it: `rhswfsj`, version 1, the number of entries, sectors of 512 bytes. */
const header = (entries: number) =>
  sector(
    Buffer.from('72687377 66736a00 0100000000000000'.replaceAll(' ', ''), 'hex'),
    u64(entries),
    Buffer.from('00020000', 'hex'),
  )
const write = (at: number, sectors: number, fill: number, flags = 0) => [
  sector(u64(at), u64(sectors), u64(flags)),
  Buffer.alloc(sectors * 512, fill),
]
const flush = () => [sector(u64(0), u64(0), u64(1))]
const discard = (at: number, sectors: number) => [sector(u64(at), u64(sectors), u64(4))]
const logOf = (...entries: Buffer[][]) => Buffer.concat([header(entries.length), ...entries.flat()])

describe('a log of block writes', () => {
  it('is read entry by entry, in its order', () => {
    const log = logOf(write(8, 2, 0xaa), flush(), write(16, 1, 0xbb, 2), discard(8, 1))
    expect(readBlockLog(log)).toEqual({
      kind: 'read',
      entries: [
        { kind: 'write', atByte: 4096, data: Buffer.alloc(1024, 0xaa), forced: false },
        { kind: 'flush' },
        { kind: 'write', atByte: 8192, data: Buffer.alloc(512, 0xbb), forced: true },
        { kind: 'discard', atByte: 4096, lengthBytes: 512 },
      ],
    })
  })

  it('has as many entries as its header says, whatever lies behind them', () => {
    const log = Buffer.concat([header(1), ...flush(), ...write(0, 1, 1)])
    expect(entryCountOf(log)).toBe(1)
    expect(readBlockLog(log)).toEqual({ kind: 'read', entries: [{ kind: 'flush' }] })
  })

  it('that is cut short or something else is not taken for a whole one', () => {
    expect(readBlockLog(logOf(flush(), write(0, 4, 1)).subarray(0, 2000)).kind).toBe('torn')
    expect(readBlockLog(Buffer.alloc(4096))).toEqual({ kind: 'no log' })
    expect(readBlockLog(Buffer.alloc(3))).toEqual({ kind: 'no log' })
  })
})

describe('a disk after a power cut', () => {
  const entriesOf = (...entries: Buffer[][]) => {
    const read = readBlockLog(logOf(...entries))
    if (read.kind !== 'read') throw new Error(read.kind)
    return read.entries
  }
  const after = (entries: ReturnType<typeof entriesOf>, cut: number, stays: () => boolean) => {
    const image = Buffer.alloc(64 * 1024)
    replay({ image, entries, cut, stays })
    return image
  }
  const at = (image: Buffer, block: number) => image[block * 4096]

  it('has all that was flushed, whatever chance says', () => {
    const entries = entriesOf(write(0, 8, 1), write(8, 8, 2), flush(), write(16, 8, 3))
    const image = after(entries, 4, () => false)
    expect([at(image, 0), at(image, 1), at(image, 2)]).toEqual([1, 2, 0])
  })

  it('has of what was not flushed each piece by chance, and forced writes for certain', () => {
    let asked = 0
    const entries = entriesOf(write(0, 16, 1), write(16, 8, 2, 2))
    const image = after(entries, 2, () => asked++ % 2 === 1)
    expect([at(image, 0), at(image, 1), at(image, 2)]).toEqual([0, 1, 2])
    expect(asked).toBe(2)
  })

  it('has nothing that was written after it', () => {
    const entries = entriesOf(write(0, 8, 1), flush(), write(0, 8, 2), flush())
    expect(
      at(
        after(entries, 2, () => true),
        0,
      ),
    ).toBe(1)
    expect(
      at(
        after(entries, 4, () => true),
        0,
      ),
    ).toBe(2)
  })

  it('has zeros where something was discarded', () => {
    const entries = entriesOf(write(0, 8, 1), flush(), discard(0, 8), flush())
    expect(
      at(
        after(entries, 4, () => true),
        0,
      ),
    ).toBe(0)
  })
})
