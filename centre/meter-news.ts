// What the meter says of itself by way of the card: evidence of what it has credited, and of what is wrong with it.
//
// Power-card.md 4.4, 9.2, 13.1 check 8, 13.2. An empty write-back says nothing: above all not that a purchase is unused.
import { energy } from '../domain/energy.ts'
import { fromHex } from '../domain/power-card/bytes.ts'
import { readWriteBack, type WriteBack } from '../domain/power-card/write-back.ts'
import { raise } from './alarms.ts'
import type { AuthenticCard } from './authenticating.ts'
import { next } from './counters.ts'
import type { BindingRow } from './dues.ts'
import type { WriteBackRow } from './headroom.ts'
import { meterAlarms } from './meter-alarms.ts'
import { openOrderOf, type OrderRow } from './order-states.ts'
import { creditedByMeter, suspect, type CardRow } from './settling.ts'
import type { Turn } from './turn.ts'

export type MeterNews = {
  /** What this very card carries home, if it is authentic. */
  writeBack: WriteBackRow | null
  /** Orders whose outcome was open until now: the meter has them. */
  credited: OrderRow[]
}

export const meterNews = async (
  turn: Turn,
  of: { binding: BindingRow; card: CardRow; read: AuthenticCard; look: number },
): Promise<MeterNews> => {
  const { binding, card, read, look } = of
  const nothing: MeterNews = { writeBack: null, credited: [] }
  const found = readWriteBack(fromHex(read.ef05))
  if (found.kind === 'empty') return nothing
  const isTheirs =
    found.kind === 'record' &&
    found.record.meter === binding.meter &&
    (await turn.security.verifyWriteBack({
      meter: binding.meter,
      keyVersion: binding.meter_key_version,
      serial: card.serial,
      ef05: read.ef05,
    }))
  if (!isTheirs) {
    await alarmOf(turn, { binding, card, read, why: whyNot(found) })
    return nothing
  }
  const { row, isNew } = await keep(turn, { binding, look, record: found.record, ef05: read.ef05 })
  await turn.work
    .updateTable('cards')
    .set({ in_meter: 1 })
    .where('serial', '=', card.serial)
    .execute()
  if (isNew) await meterAlarms(turn, { binding, serial: card.serial, row })
  if (row.count > (await highestGiven(turn, binding))) {
    await madeCredit(turn, { binding, card, row })
    return { writeBack: row, credited: [] }
  }
  return { writeBack: row, credited: await creditedByMeter(turn, binding, row.count) }
}

const whyNot = (found: Exclude<ReturnType<typeof readWriteBack>, { kind: 'empty' }>): string =>
  found.kind === 'invalid' ? found.problem : 'of another meter, or its MAC does not verify'

/** Not evidence (13.1 check 8): reported, and otherwise as if it were empty. */
const alarmOf = (
  turn: Turn,
  of: { binding: BindingRow; card: CardRow; read: AuthenticCard; why: string },
): Promise<void> =>
  raise(turn.work, {
    kind: 'meter MAC',
    at: turn.now,
    kiosk: turn.kiosk,
    serial: of.card.serial,
    binding: of.binding.binding,
    evidence: { why: of.why, ef05: of.read.ef05 },
  })

/** The same write-back may be read many times before a script clears it; it is kept once. */
const keep = async (
  turn: Turn,
  of: { binding: BindingRow; look: number; record: WriteBack; ef05: string },
): Promise<{ row: WriteBackRow; isNew: boolean }> => {
  const { binding, look, record } = of
  // Bytes 0 to 107: what the MAC covers, and the MAC.
  const bytes = of.ef05.slice(0, 216)
  const known = await turn.work
    .selectFrom('write_backs')
    .selectAll()
    .where('binding', '=', binding.binding)
    .where('bytes', '=', bytes)
    .executeTakeFirst()
  if (known !== undefined) return { row: known, isNew: false }
  const row: WriteBackRow = {
    write_back: await next(turn.work, 'write-back'),
    binding: binding.binding,
    look,
    at: turn.now,
    meter_time: record.time * 1000,
    result: record.result,
    count: record.count,
    remaining: energy(record.remaining),
    overdraft_used: record.overdraftUsed,
    total_credited: record.totalCredited,
    total_used: record.totalUsed,
    used_this_month: record.usedThisMonth,
    used_last_month: record.usedLastMonth,
    illegal_insertions: record.illegalInsertions,
    tamper_events:
      record.coverOpenings +
      record.terminalCoverOpenings +
      record.magneticFieldEvents +
      record.reverseEnergyEvents,
    bytes,
  }
  await turn.work.insertInto('write_backs').values(row).execute()
  return { row, isNew: true }
}

/** The highest count that can honestly be in the meter: credited, proven on a card, or of a script that is out. */
const highestGiven = async (turn: Turn, { binding, credited }: BindingRow): Promise<number> => {
  const { onCards } = await turn.work
    .selectFrom('cards')
    .select(({ fn }) => fn.max('count').as('onCards'))
    .where('binding', '=', binding)
    .executeTakeFirstOrThrow()
  const open = await openOrderOf(turn, binding)
  const scripted = open !== undefined && open.scripts > 0 ? open.count : 0
  return Math.max(credited, onCards ?? 0, scripted)
}

/** A count that was never given out, or whose money went back: somebody made credit, or a key leaked (domain.md 8). */
const madeCredit = async (
  turn: Turn,
  of: { binding: BindingRow; card: CardRow; row: WriteBackRow },
): Promise<void> => {
  const { binding, card, row } = of
  const why = 'the meter has a count that was not given out'
  const evidence = { count: row.count, credited: binding.credited, writeBack: row.write_back }
  await raise(turn.work, {
    kind: 'meter count too high',
    at: turn.now,
    kiosk: turn.kiosk,
    serial: card.serial,
    binding: binding.binding,
    evidence,
  })
  const order = await turn.work
    .selectFrom('orders')
    .selectAll()
    .where('binding', '=', binding.binding)
    .where('count', '=', row.count)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  await suspect(turn, {
    why,
    evidence,
    order,
    binding: binding.binding,
    serial: card.serial,
  })
}
