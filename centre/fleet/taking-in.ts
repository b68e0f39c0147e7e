// One message of one kiosk, taken in inside one transaction; gives what the kiosk is to be told of it.
import { decode } from '../../domain/fleet/codec.ts'
import { heartbeatSeconds, type AckMessage } from '../../domain/fleet/host-messages.ts'
import { wire } from '../../domain/fleet/kiosk-messages.ts'
import type { FromKiosk, Numbered } from '../../domain/fleet/topics.ts'
import type { KioskNumber } from '../../domain/identifiers.ts'
import { never } from '../../domain/never.ts'
import type { Work } from '../store.ts'
import { setOwn } from '../alerts/alerts.ts'
import { changeRow, rowOf, withFleet, type FleetTurn } from './fleet-tables.ts'
import { takeHeartbeat } from './heartbeats.ts'
import { takeBirth, takeState } from './presence.ts'
import { takeRecord } from './records.ts'

export type Told = {
  kiosk: KioskNumber
  name: FromKiosk
  bytes: Uint8Array
  /** The broker kept it for whoever comes: it says nothing of this moment. */
  retained: boolean
}

/** Null when there is nothing to be told. */
export const takeIn = async (
  { work, now, timeZone }: { work: Work; now: number; timeZone: string },
  told: Told,
): Promise<AckMessage | null> => {
  const turn: FleetTurn = { work: withFleet(work), now, timeZone, kiosk: told.kiosk }
  if (!(await isKnown(turn))) {
    const read = told.name === 'birth' ? decode('birth', told.bytes) : null
    if (read?.kind !== 'message') return null
    const { bd } = read.message
    const birth = { bd, accept: 'rejected' as const, hb: heartbeatSeconds.most }
    return { v: wire, ts: now, ev: 0, res: 0, birth }
  }
  switch (told.name) {
    case 'birth': {
      const read = decode('birth', told.bytes)
      // A birth under the topic of another kiosk would be one of two lies.
      if (read.kind === 'unreadable' || read.message.kiosk !== told.kiosk) return unreadable(turn)
      const bd = await takeBirth(turn, read.message, told)
      return {
        ...(await stored(turn)),
        birth: { bd, accept: 'accepted', hb: heartbeatSeconds.usual },
      }
    }
    case 'state': {
      const read = decode('state', told.bytes)
      if (read.kind === 'unreadable') return unreadable(turn)
      await takeState(turn, read.message, told)
      return null
    }
    case 'hb': {
      const read = decode('hb', told.bytes)
      if (read.kind === 'unreadable') return unreadable(turn)
      await takeHeartbeat(turn, read.message)
      return null
    }
    case 'ev': {
      const read = decode('ev', told.bytes)
      if (read.kind === 'unreadable') return unreadable(turn)
      await takeRecord(turn, { topic: 'ev', message: read.message })
      return alive(turn)
    }
    case 'res': {
      const read = decode('res', told.bytes)
      if (read.kind === 'unreadable') return unreadable(turn)
      await takeRecord(turn, { topic: 'res', message: read.message })
      return alive(turn)
    }
    default:
      return never(told.name)
  }
}

const isKnown = async ({ work, kiosk }: FleetTurn): Promise<boolean> =>
  (await work
    .selectFrom('kiosks')
    .select('kiosk')
    .where('kiosk', '=', kiosk)
    .executeTakeFirst()) !== undefined

/** It is counted, and that is all that is done with it. */
const unreadable = async (turn: FleetTurn): Promise<null> => {
  const row = await rowOf(turn)
  await changeRow(turn, { unreadable: row.unreadable + 1 })
  return null
}

/** A record is a sign of life too: while records go out, there are fewer heartbeats. */
const alive = async (turn: FleetTurn): Promise<AckMessage> => {
  const row = await rowOf(turn)
  await changeRow(turn, { heard_at: turn.now })
  if (row.st === 'online') await setOwn(turn, 'down', false)
  return stored(turn)
}

/** What is here without a gap, and the records that stand at its end. */
const stored = async (turn: FleetTurn): Promise<AckMessage> => {
  const { ev, res } = await rowOf(turn)
  const ids = { ev: await idOf(turn, 'ev', ev), res: await idOf(turn, 'res', res) }
  return { v: wire, ts: turn.now, ev, res, ids }
}

/** Where there are two, the one that was here first. */
const idOf = async (
  { work, kiosk }: FleetTurn,
  topic: Numbered,
  seq: number,
): Promise<string | undefined> => {
  const first = await work
    .selectFrom('fleet_records')
    .select('id')
    .where('kiosk', '=', kiosk)
    .where('topic', '=', topic)
    .where('seq', '=', seq)
    .orderBy('at')
    .executeTakeFirst()
  return first?.id
}
