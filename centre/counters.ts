// Numbers given out one by one inside a transaction; one that was given is never given again.
import type { Work } from './store.ts'

/** `sequence`: what was before what. `order number`, `posting`, `alarm`…: names of rows. */
export type Counter =
  | 'sequence'
  | 'order number'
  | 'posting'
  | 'look'
  | 'write-back'
  | 'alarm'
  | 'claim'
  | 'claim try'
  | 'settlement file'
  | 'audit'
  | 'customer change'
  | 'loss finding'
  | 'field task'

/** The next number, 1 the first time. */
export const next = async (work: Work, counter: Counter): Promise<number> => {
  const { value } = await work
    .insertInto('counters')
    .values({ name: counter, value: 1 })
    .onConflict((it) =>
      it.column('name').doUpdateSet((set) => ({ value: set('counters.value', '+', 1) })),
    )
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}
