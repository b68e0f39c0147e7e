// Pure codec: the list of block writes that qemu's blklogwrites keeps, in the format of Linux' dm-log-writes.
//
//   [header: one sector] [entry: one sector][its data] [entry][its data] ...
//
// All numbers are little endian. Header: magic, version, number of entries, sector size. Entry: first sector, length in
// sectors, flags; the data of a write is as long as the write. A discard names a length and brings no data.

export type BlockEntry =
  /** `atByte` on the disk. `forced`: it was on the medium itself when it was answered (forced unit access). */
  | { kind: 'write'; atByte: number; data: Buffer; forced: boolean }
  | { kind: 'discard'; atByte: number; lengthBytes: number }
  /** Everything written before this is on the medium when it is answered. */
  | { kind: 'flush' }
  | { kind: 'mark' }

const magic = 0x6a736677736872n
const version = 1n
const flags = { flush: 1, forced: 2, discard: 4, mark: 8 }

/** So many bytes of the log have to be read to know how many entries it has. */
export const headerBytes = 28

/** Entries that are in the log for certain: brought up to date at each flush. Null when this is no such log. */
export const entryCountOf = (header: Buffer): number | null =>
  header.length >= headerBytes &&
  header.readBigUInt64LE(0) === magic &&
  header.readBigUInt64LE(8) === version
    ? Number(header.readBigUInt64LE(16))
    : null

/** Every entry in its order; `torn` when the log ends before the last one that its header counts. */
export const readBlockLog = (
  log: Buffer,
):
  | { kind: 'read'; entries: BlockEntry[] }
  | { kind: 'no log' }
  | { kind: 'torn'; entries: BlockEntry[] } => {
  const count = entryCountOf(log)
  if (count === null) return { kind: 'no log' }
  const sector = log.readUInt32LE(24)
  const entries: BlockEntry[] = []
  let at = sector
  while (entries.length < count) {
    if (at + 32 > log.length) return { kind: 'torn', entries }
    const atByte = Number(log.readBigUInt64LE(at)) * sector
    const lengthBytes = Number(log.readBigUInt64LE(at + 8)) * sector
    const bits = Number(log.readBigUInt64LE(at + 16))
    const dataAt = at + sector
    const isDiscard = (bits & flags.discard) !== 0
    const dataBytes = isDiscard ? 0 : lengthBytes
    if (dataAt + dataBytes > log.length) return { kind: 'torn', entries }
    if (isDiscard) entries.push({ kind: 'discard', atByte, lengthBytes })
    else if ((bits & flags.mark) !== 0) entries.push({ kind: 'mark' })
    else if (dataBytes === 0) entries.push({ kind: 'flush' })
    else {
      const data = log.subarray(dataAt, dataAt + dataBytes)
      entries.push({ kind: 'write', atByte, data, forced: (bits & flags.forced) !== 0 })
    }
    at = dataAt + dataBytes
  }
  return { kind: 'read', entries }
}
