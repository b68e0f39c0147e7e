// The only door to time and chance: everything in the kiosk that waits, dates or names something is handed this.
import { randomFillSync } from 'node:crypto'
import { InsertionId, NoteId, PaymentId, RequestId, SaleId, ulidOf } from '../domain/identifiers.ts'
import { ExchangeId, VisitId } from '../domain/service/service-entries.ts'
import type { Ids } from '../state-machines/casting.ts'

export type Clock = {
  /** Milliseconds since 1970 in UTC. It may be set, forwards and backwards: never subtract two of these. */
  now: () => number
  /** Milliseconds since some moment before the program started. Never steps back. */
  monotonic: () => number
  /** Calls once after so many milliseconds; the answer takes the call back. */
  after: (ms: number, call: () => void) => () => void
  /** Waits so long, or until the signal aborts. Never rejects. */
  wait: (ms: number, signal?: AbortSignal) => Promise<'over' | 'aborted'>
  /** At least 0, less than 1: for jitter, never for secrets. */
  chance: () => number
  /** Makes the ids that are journalled before they are sent. */
  ids: Ids
}

/** Fills bytes with chance; the kiosk's own is the operating system's. */
export type Chance = (bytes: Uint8Array) => void

/** The real clock. */
export const systemClock = (chance: Chance = (bytes) => void randomFillSync(bytes)): Clock => {
  const now = () => Date.now()
  const after: Clock['after'] = (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  }
  return {
    now,
    monotonic: () => performance.now(),
    after,
    wait: waitingOn(after),
    chance: chanceOf(chance),
    ids: idsOf(now, chance),
  }
}

/** Ids of the moment they are made and of chance: 80 bits of it, so that no two kiosks ever make the same. */
export const idsOf = (now: () => number, chance: Chance): Ids => {
  const next = () => {
    const bytes = new Uint8Array(10)
    chance(bytes)
    return ulidOf(now(), bytes)
  }
  return {
    sale: () => SaleId.parse(next()),
    insertion: () => InsertionId.parse(next()),
    note: () => NoteId.parse(next()),
    payment: () => PaymentId.parse(next()),
    request: () => RequestId.parse(next()),
    visit: () => VisitId.parse(next()),
    exchange: () => ExchangeId.parse(next()),
  }
}

export const chanceOf = (chance: Chance) => (): number => {
  const bytes = new Uint8Array(4)
  chance(bytes)
  return new DataView(bytes.buffer).getUint32(0) / 2 ** 32
}

/** `wait` made of `after`, the same for the real clock and for one that is moved by hand. */
export const waitingOn =
  (after: Clock['after']): Clock['wait'] =>
  (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve('aborted')
      const onAbort = () => {
        takeBack()
        resolve('aborted')
      }
      const takeBack = after(ms, () => {
        signal?.removeEventListener('abort', onAbort)
        resolve('over')
      })
      signal?.addEventListener('abort', onAbort, { once: true })
    })
