// Messages of the fleet into the store, in the order they came, as many in one transaction as wait: the disk is asked once
// for all of them, so that thousands of kiosks cost it no more than a few do.
import type { AckMessage } from '../../domain/fleet/host-messages.ts'
import type { Store } from '../store.ts'
import { takeIn, type Told } from './taking-in.ts'

export type Batches = {
  /** Resolves when it is on disk, with what the kiosk is to be told; rejects when it is not. */
  take: (told: Told) => Promise<AckMessage | null>
  waiting: () => number
}

/** Others want to write too: sales wait for one of these at most. */
const most = 25

type Waiting = {
  told: Told
  resolve: (ack: AckMessage | null) => void
  reject: (error: unknown) => void
}

export const inBatches = (of: { store: Store; now: () => number; timeZone: string }): Batches => {
  const { store, now, timeZone } = of
  const waiting: Waiting[] = []
  let isWorking = false
  const takeAll = (batch: readonly Waiting[]): Promise<(AckMessage | null)[]> =>
    store.transact(async (work) => {
      const at = now()
      const acks: (AckMessage | null)[] = []
      for (const { told } of batch) acks.push(await takeIn({ work, now: at, timeZone }, told))
      return acks
    })
  const settle = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const acks = await takeAll(batch)
      for (const [at, { resolve }] of batch.entries()) resolve(acks[at] ?? null)
    } catch (error) {
      const [first, ...others] = batch
      if (first === undefined || others.length === 0) return first?.reject(error)
      // One that cannot be stored takes no other with it.
      for (const each of batch) await settle([each])
    }
  }
  const work = async (): Promise<void> => {
    if (isWorking) return
    isWorking = true
    while (waiting.length > 0) await settle(waiting.splice(0, most))
    isWorking = false
  }
  return {
    take: (told) =>
      new Promise((resolve, reject) => {
        waiting.push({ told, resolve, reject })
        void work()
      }),
    waiting: () => waiting.length,
  }
}
