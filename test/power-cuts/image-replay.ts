// Pure: the disk as a power cut leaves it, from a disk as it began and the block writes since.
import type { BlockEntry } from './block-log.ts'

/** What a disk writes whole or not at all. */
const atomicBytes = 4096

/**
 * Puts on the image what is on the medium when the power goes after so many entries: all that was flushed, and of what
 * was written since the last flush each piece of 4 KiB only when `stays` says so. A discard leaves zeros.
 */
export const replay = (of: {
  image: Buffer
  entries: readonly BlockEntry[]
  cut: number
  stays: () => boolean
}): void => {
  const { image, entries, cut, stays } = of
  const before = entries.slice(0, cut)
  const flushed = before.findLastIndex(({ kind }) => kind === 'flush')
  for (const [at, entry] of before.entries()) {
    if (entry.kind === 'discard') image.fill(0, entry.atByte, entry.atByte + entry.lengthBytes)
    if (entry.kind !== 'write') continue
    const { atByte, data, forced } = entry
    if (at < flushed || forced) {
      data.copy(image, atByte)
      continue
    }
    for (let piece = 0; piece < data.length; piece += atomicBytes) {
      if (stays()) data.copy(image, atByte + piece, piece, piece + atomicBytes)
    }
  }
}
