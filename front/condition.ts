// How the front machine stands, for whoever watches it: the line to the bank, what is still owed to it, what waits for a person.
import type { LineState } from './bank-line/bank-line.ts'
import type { Means } from './means.ts'
import type { Tables } from './tables.ts'

export type Condition = {
  /** Why it cannot work, or null. Neither bank nor centre away is a reason. */
  problem: string | null
  bank: LineState
  /** Reversals and advices without an answer. */
  reversals: number
  advices: number
  manualList: Pick<Tables['manual_list'], 'subject' | 'why' | 'at'>[]
}

export const conditionOf = async ({ store, line }: Means): Promise<Condition> => {
  const open = await store.read
    .selectFrom('queue')
    .select(['kind', ({ fn }) => fn.countAll<number>().as('count')])
    .where('state', '=', 'open')
    .groupBy('kind')
    .execute()
  const countOf = (kind: string): number => open.find((row) => row.kind === kind)?.count ?? 0
  return {
    problem: store.broken(),
    bank: line.state(),
    reversals: countOf('reversal'),
    advices: countOf('advice'),
    manualList: await store.read
      .selectFrom('manual_list')
      .select(['subject', 'why', 'at'])
      .orderBy('number')
      .execute(),
  }
}
