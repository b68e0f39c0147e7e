// How much energy still fits into a meter, from the last authentic write-back and what was credited since.
import { energy, type Energy } from '../domain/energy.ts'
import type { BindingRow } from './dues.ts'
import type { Reading } from './store.ts'
import type { Tables } from './tables.ts'

export type WriteBackRow = Tables['write_backs']

/** The newest by the meter's own clock: an old card may bring an old one late. */
export const lastWriteBack = (
  { work }: { work: Reading },
  binding: string,
): Promise<WriteBackRow | undefined> =>
  work
    .selectFrom('write_backs')
    .selectAll()
    .where('binding', '=', binding)
    .orderBy('count', 'desc')
    .orderBy('meter_time', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Null = no hoarding limit; below zero when the meter holds more than it may already. */
export const headroomOf = async (
  turn: { work: Reading },
  binding: BindingRow,
): Promise<Energy | null> => {
  if (binding.hoarding_limit === 0) return null
  const last = await lastWriteBack(turn, binding.binding)
  if (last === undefined) return binding.hoarding_limit
  const { since } = await turn.work
    .selectFrom('orders')
    .select(({ fn, eb }) =>
      fn.sum<number | null>(eb('energy', '+', eb.ref('free_energy'))).as('since'),
    )
    .where('binding', '=', binding.binding)
    .where('state', '=', 'METER_CREDITED')
    .where('count', '>', last.count)
    .executeTakeFirstOrThrow()
  return energy(binding.hoarding_limit - last.remaining + last.overdraft_used - (since ?? 0))
}
