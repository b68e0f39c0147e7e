// The rows a finding is made of, as they stand in the books: each can be opened.
import { z } from 'zod'
import type { EvidenceRow } from '../../../domain/console/losses.ts'
import { InsertionId, OrderNumber, timeOf } from '../../../domain/identifiers.ts'
import { ExchangeId } from '../../../domain/service/service-entries.ts'
import { valueOfNotes } from '../../../domain/service/notes-counted.ts'
import { notesOf } from '../../cash-boxes.ts'
import type { LossesReading } from '../../losses/losses-tables.ts'

const Keys = z.object({
  writeBacks: z.array(z.int()).optional(),
  orders: z.array(OrderNumber).optional(),
  insertions: z.array(InsertionId).optional(),
  exchanges: z.array(ExchangeId).optional(),
  alarms: z.array(z.int()).optional(),
})

/** More would not be read; the first and the newest are the ones that tell. */
const mostRows = 60

/** The earlier first. */
export const evidenceOf = async (read: LossesReading, json: string): Promise<EvidenceRow[]> => {
  const keys = Keys.parse(JSON.parse(json))
  const rows = [
    ...(await writeBacksOf(read, few(keys.writeBacks))),
    ...(await ordersOf(read, few(keys.orders))),
    ...(await insertionsOf(read, few(keys.insertions))),
    ...(await exchangesOf(read, few(keys.exchanges))),
    ...(await alarmsOf(read, few(keys.alarms))),
  ]
  return rows.sort((one, other) => momentOf(one) - momentOf(other))
}

const few = <Key>(keys: readonly Key[] = []): Key[] =>
  keys.length <= mostRows ? [...keys] : [...keys.slice(0, 10), ...keys.slice(10 - mostRows)]

const momentOf = (row: EvidenceRow): number => (row.kind === 'insertion' ? row.begunAt : row.at)

const writeBacksOf = async (read: LossesReading, keys: number[]): Promise<EvidenceRow[]> => {
  if (keys.length === 0) return []
  const rows = await read
    .selectFrom('write_backs')
    .leftJoin('looks', 'looks.look', 'write_backs.look')
    .leftJoin('insertions', 'insertions.insertion', 'looks.insertion')
    .selectAll('write_backs')
    .select('insertions.kiosk')
    .where('write_back', 'in', keys)
    .execute()
  return rows.map((row) => ({
    kind: 'write-back',
    writeBack: row.write_back,
    at: row.at,
    meterTime: row.meter_time,
    count: row.count,
    remaining: row.remaining,
    overdraftUsed: row.overdraft_used,
    totalCredited: row.total_credited,
    totalUsed: row.total_used,
    illegalInsertions: row.illegal_insertions,
    tamperEvents: row.tamper_events,
    kiosk: row.kiosk,
  }))
}

const ordersOf = async (read: LossesReading, keys: OrderNumber[]): Promise<EvidenceRow[]> => {
  if (keys.length === 0) return []
  const rows = await read
    .selectFrom('orders')
    .select(['order_number', 'created_at', 'count', 'state', 'tender', 'kiosk'])
    .select(['energy', 'free_energy'])
    .where('order_number', 'in', keys)
    .execute()
  return rows.map((row) => ({
    kind: 'order',
    order: row.order_number,
    at: row.created_at,
    count: row.count,
    state: row.state,
    energy: row.energy + row.free_energy,
    tender: row.tender,
    kiosk: row.kiosk,
  }))
}

const insertionsOf = async (read: LossesReading, keys: InsertionId[]): Promise<EvidenceRow[]> => {
  if (keys.length === 0) return []
  const rows = await read
    .selectFrom('insertions')
    .innerJoin('kiosks', 'kiosks.kiosk', 'insertions.kiosk')
    .select(['insertion', 'insertions.kiosk', 'place', 'serial', 'begun_at', 'ended_at'])
    .where('insertion', 'in', keys)
    .execute()
  return rows.map((row) => ({
    kind: 'insertion',
    insertion: row.insertion,
    kiosk: row.kiosk,
    place: row.place,
    begunAt: row.begun_at,
    endedAt: row.ended_at,
    serial: row.serial,
  }))
}

const exchangesOf = async (read: LossesReading, keys: ExchangeId[]): Promise<EvidenceRow[]> => {
  if (keys.length === 0) return []
  const rows = await read
    .selectFrom('box_exchanges')
    .selectAll()
    .where('exchange', 'in', keys)
    .execute()
  return rows.map((row) => ({
    kind: 'exchange',
    exchange: row.exchange,
    kiosk: row.kiosk,
    person: row.exchanged_by ?? row.person,
    at: timeOf(row.exchange),
    expected: valueOfNotes(notesOf(row.by_notes)),
    counted: row.office_counted === null ? 0 : valueOfNotes(notesOf(row.office_counted)),
  }))
}

const alarmsOf = async (read: LossesReading, keys: number[]): Promise<EvidenceRow[]> => {
  if (keys.length === 0) return []
  const rows = await read
    .selectFrom('alarms')
    .select(['alarm', 'at', 'kind', 'kiosk'])
    .where('alarm', 'in', keys)
    .execute()
  return rows.map(({ alarm, at, kind, kiosk }) => ({
    kind: 'alarm',
    alarm,
    at,
    alarmKind: kind,
    kiosk,
  }))
}
