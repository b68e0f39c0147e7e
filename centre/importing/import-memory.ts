// What an import has taken over before, and what became of an entry; used by the files that make its rows.
import type { OrderNumber } from '../../domain/identifiers.ts'
import type { CardSecurity } from '../card-security/card-security.ts'
import type { Turn } from '../turn.ts'

/** A turn without a kiosk: nobody asks. Of the keys only what seals a purchase whose end is unknown. */
export type Taking = Omit<Turn, 'kiosk' | 'security'> & {
  security: Pick<CardSecurity, 'sealPurchase'>
}

/** What became of one entry. */
export type Fate = 'new' | 'changed' | 'as before' | { contradicts: string }

/** Whether this was taken over before. `content`: what never changes any more by a file. */
export const remember = async (
  { work }: Pick<Taking, 'work'>,
  of: { kind: string; name: string; content: object },
): Promise<'new' | 'as before' | { contradicts: string }> => {
  const content = JSON.stringify(of.content)
  const before = await work
    .selectFrom('imported')
    .select('content')
    .where('kind', '=', of.kind)
    .where('name', '=', of.name)
    .executeTakeFirst()
  if (before !== undefined) {
    return before.content === content
      ? 'as before'
      : { contradicts: `${of.kind} ${of.name} was taken over before as ${before.content}` }
  }
  await work.insertInto('imported').values({ kind: of.kind, name: of.name, content }).execute()
  return 'new'
}

/** Fate of an entry that was there before: changed if a row has another value now. */
export const fateOf = (before: object, now: object): Fate =>
  Object.entries(now).some(([name, value]) => Reflect.get(before, name) !== value)
    ? 'changed'
    : 'as before'

/** No new order gets a running number that was used before these books (power-card.md 1.4). */
export const useUp = async ({ work }: Taking, orderNumber: OrderNumber): Promise<void> => {
  const running = Number(orderNumber.slice(6))
  const name = 'order number'
  await work
    .insertInto('counters')
    .values({ name, value: running })
    .onConflict((it) =>
      it.column('name').doUpdateSet({ value: running }).where('counters.value', '<', running),
    )
    .execute()
}
