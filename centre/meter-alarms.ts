// What a write-back says that cannot be right, or should not be: kept for people to look into (power-card.md 13.2).
import type { CardSerial } from '../domain/identifiers.ts'
import { raise, type AlarmKind } from './alarms.ts'
import type { BindingRow } from './dues.ts'
import type { WriteBackRow } from './headroom.ts'
import type { Turn } from './turn.ts'

export const meterAlarms = async (
  turn: Turn,
  of: { binding: BindingRow; serial: CardSerial; row: WriteBackRow },
): Promise<void> => {
  const { binding, serial, row } = of
  const before = await turn.work
    .selectFrom('write_backs')
    .selectAll()
    .where('binding', '=', binding.binding)
    .where('write_back', '<', row.write_back)
    .orderBy('write_back', 'desc')
    .limit(1)
    .executeTakeFirst()
  const sold = before === undefined ? null : await soldBetween(turn, binding, before, row)
  for (const { kind, why } of alarmsIn(row, before ?? null, sold)) {
    await raise(turn.work, {
      kind,
      at: turn.now,
      kiosk: turn.kiosk,
      serial,
      binding: binding.binding,
      evidence: { why, before: before?.write_back ?? null, now: row.write_back },
    })
  }
}

type Registers = Pick<
  WriteBackRow,
  | 'count'
  | 'meter_time'
  | 'remaining'
  | 'overdraft_used'
  | 'total_credited'
  | 'total_used'
  | 'illegal_insertions'
  | 'tamper_events'
>

/** `sold`: the energy of the purchases between the two counts; null = not all of them are known. Pure. */
export const alarmsIn = (
  now: Registers,
  before: Registers | null,
  sold: number | null,
): { kind: AlarmKind; why: string }[] => {
  const found: { kind: AlarmKind; why: string }[] = []
  const say = (kind: AlarmKind, why: string) => found.push({ kind, why })
  if (now.total_credited - now.total_used !== now.remaining - now.overdraft_used) {
    say('meter registers', 'credited less used is not what remains')
  }
  if (before === null) return found
  if (now.count < before.count) say('meter went back', 'the count')
  if (now.meter_time < before.meter_time) say('meter went back', 'the clock')
  const credited = now.total_credited - before.total_credited
  if (sold !== null && now.count >= before.count && credited !== sold) {
    say('meter registers', `credited ${credited} since the last write-back, sold ${sold}`)
  }
  if (now.illegal_insertions > before.illegal_insertions) {
    say('meter touched', 'illegal insertions')
  }
  if (now.tamper_events > before.tamper_events) say('meter touched', 'tamper counters')
  return found
}

/** Energy of the counts after one write-back up to another, from the books and from the time before them. */
const soldBetween = async (
  { work }: Turn,
  { binding }: BindingRow,
  before: WriteBackRow,
  now: WriteBackRow,
): Promise<number | null> => {
  const orders = await work
    .selectFrom('orders')
    .select(['count', 'energy', 'free_energy'])
    .where('binding', '=', binding)
    .where('count', '>', before.count)
    .where('count', '<=', now.count)
    .where('scripts', '>', 0)
    .where('state', 'in', [
      'LOADED',
      'METER_CREDITED',
      'UNKNOWN',
      'NOT_LOADED_RETRY',
      'AWAIT_WRITE',
    ])
    .execute()
  const earlier = await work
    .selectFrom('earlier_purchases')
    .select(['count', 'energy'])
    .where('binding', '=', binding)
    .where('count', '>', before.count)
    .where('count', '<=', now.count)
    .execute()
  const known = new Map<number, number>([
    ...earlier.map(({ count, energy }) => [count, energy] as const),
    ...orders.map((it) => [it.count, it.energy + it.free_energy] as const),
  ])
  if (known.size !== Math.max(0, now.count - before.count)) return null
  return [...known.values()].reduce((sum, energy) => sum + energy, 0)
}
