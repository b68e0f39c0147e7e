// Boot number, receipt number and cash box: a convenience over the journal, kept by lowdb, and rebuilt when it is lost.
import { Low } from 'lowdb'
import { z } from 'zod'
import type { JournalLine } from '../domain/journal-entry.ts'
import { CashBox, cashBoxAfter, emptyCashBox } from './cash-box.ts'
import { realDisk, type Disk } from './disk.ts'
import { durableJson, type DurableJsonOptions } from './durable-json.ts'

const Counts = z.object({
  /** Of the latest start. */
  boot: z.int().nonnegative(),
  /** Of the latest receipt. */
  receipt: z.int().nonnegative(),
  cashBox: CashBox,
  /** The latest line of the journal that these counts contain, and its hash: a number alone may be of another journal. */
  follows: z.object({ sequence: z.int().nonnegative(), hash: z.string() }),
})
type Counts = z.infer<typeof Counts>

const nothingCounted: Counts = {
  boot: 0,
  receipt: 0,
  cashBox: emptyCashBox,
  follows: { sequence: 0, hash: '' },
}

export type CountersOptions = {
  path: string
  onUnreadable: DurableJsonOptions<Counts>['onUnreadable']
  disk?: Disk
}

/** Counters as they were found, which are told the journal from its first line on. */
export type CountersFound = {
  read: (line: JournalLine) => void
  /** All of the journal was told. */
  upToDate: () => Counters
}

/** Opens the counters; they are good for use once they were brought up to the end of the journal. Rejects when the disk fails. */
export const openCounters = async ({
  path,
  onUnreadable,
  disk = realDisk,
}: CountersOptions): Promise<CountersFound> => {
  const data = new Low(
    durableJson({ path, schema: Counts, onUnreadable, disk }),
    structuredClone(nothingCounted),
  )
  await data.read()
  const { follows } = data.data
  let counts = follows.sequence === 0 ? data.data : null
  let rebuilt: Counts = { ...nothingCounted, boot: data.data.boot, receipt: data.data.receipt }
  return {
    read: (line) => {
      rebuilt = afterLine(rebuilt, line)
      if (counts !== null) counts = afterLine(counts, line)
      if (line.sequence === follows.sequence && line.hash === follows.hash) counts = data.data
    },
    upToDate: () => {
      // Counts of another journal, or of one that has lost lines, are worth nothing beside the journal that is there.
      data.data = counts ?? rebuilt
      return new Counters(data)
    },
  }
}

const afterLine = (counts: Counts, { sequence, hash, entry }: JournalLine): Counts => ({
  boot: entry.type === 'kiosk.started' ? Math.max(counts.boot, entry.boot) : counts.boot,
  receipt:
    entry.type === 'receipt.queued' || entry.type === 'box.slip'
      ? Math.max(counts.receipt, entry.number)
      : counts.receipt,
  cashBox: cashBoxAfter(counts.cashBox, entry),
  follows: { sequence, hash },
})

export class Counters {
  readonly #data: Low<Counts>

  constructor(data: Low<Counts>) {
    this.#data = data
  }

  /** The number of this start, on disk before it is used; grows by one at every start. Ask once. */
  async nextBoot(): Promise<number> {
    const boot = this.#data.data.boot + 1
    this.#data.data = { ...this.#data.data, boot }
    await this.#data.write()
    return boot
  }

  /** A receipt number that was never given out before, on disk before it is used. */
  async nextReceipt(): Promise<number> {
    const receipt = this.#data.data.receipt + 1
    this.#data.data = { ...this.#data.data, receipt }
    await this.#data.write()
    return receipt
  }

  /** Takes in a line that the journal has acknowledged; lines come in their order, each once. */
  follow(line: JournalLine): void {
    if (line.sequence <= this.#data.data.follows.sequence) return
    this.#data.data = afterLine(this.#data.data, line)
  }

  /** Puts on disk what was followed, so that the next start reads less of the journal. */
  save(): Promise<void> {
    return this.#data.write()
  }

  /** Receipts that were given a number. */
  receipts(): number {
    return this.#data.data.receipt
  }

  cashBox(): CashBox {
    return this.#data.data.cashBox
  }
}
