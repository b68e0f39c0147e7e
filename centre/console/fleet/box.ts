// Pure: how full a cash box is by the last heartbeat of its kiosk.
import { HeartbeatMessage } from '../../../domain/fleet/kiosk-messages.ts'

/** What a box of this kind holds, where no kiosk says how full its own is. The pages say that it is assumed. */
export const assumedCapacity = 600

export type Box = {
  notes: number
  /** Minor units. */
  value: number
  accuracy: string
  capacity: number
  assumed: boolean
  percent: number
}

const WithCash = HeartbeatMessage.pick({ cash: true })

/** Of a heartbeat as text; nothing else of it is looked at, as a whole fleet has thousands. */
export const boxIn = (heartbeat: string | null): Box | null =>
  heartbeat === null ? null : boxOf(WithCash.safeParse(JSON.parse(heartbeat)).data ?? null)

/** Null where nothing is known of a box, or there is none. */
export const boxOf = (heartbeat: Pick<HeartbeatMessage, 'cash'> | null): Box | null => {
  const cash = heartbeat?.cash
  if (cash === undefined || cash === null) return null
  const { n: notes, value, acc: accuracy, pct, cap } = cash
  // So many percent of something that is not empty: the whole follows from it.
  const found = pct !== undefined && pct > 0 && notes > 0 ? Math.round((notes * 100) / pct) : null
  const told = cap ?? found
  const capacity = told ?? assumedCapacity
  return {
    notes,
    value,
    accuracy,
    capacity,
    assumed: told === null,
    percent: pct ?? Math.round((notes * 100) / capacity),
  }
}
