// One day of one point of sale, as the slip of an X or a Z reading has it (domain.md 16).
import type { FigureQuestions } from '../../../domain/console/figures.ts'
import { addUp, type Books } from '../../figures/adding-up.ts'
import { soldKinds } from '../../figures/figure-tables.ts'
import { labelsOf } from './labels.ts'
import { receivedTold } from './receiving.ts'
import { otherwiseIn, soldAltogether, soldByKey } from './sums.ts'

export const kioskDayTold = async (
  books: Books,
  { day, kiosk }: { day: string; kiosk: string },
): Promise<FigureQuestions['figures/kiosk-day']['told'] | null> => {
  const { places } = await labelsOf(books.read)
  const place = places.get(kiosk)
  if (place === undefined) return null
  const range = { from: day, to: day }
  const all = await addUp(books, { range, chosen: { kiosk }, by: 'all', kinds: [] })
  const tenders = await addUp(books, { range, chosen: { kiosk }, by: 'tender', kinds: soldKinds })
  const closed = await books.read
    .selectFrom('closed_days')
    .select('closed_at')
    .where('business_day', '=', day)
    .executeTakeFirst()
  const { total } = await receivedTold(books, { range, kiosk })
  return {
    reading: closed === undefined ? 'X' : 'Z',
    closedAt: closed?.closed_at ?? null,
    kiosk,
    place,
    sold: soldAltogether(all),
    byTender: [...soldByKey(tenders)].map(([tender, sold]) => ({ tender, sold })),
    received: { ...total, kiosk, place },
    otherwise: otherwiseIn(all, ['order loaded', 'order funded']),
    ...(await momentsOf(books, { day, kiosk })),
  }
}

/** Of the first and the last transaction. */
const momentsOf = async (
  { read, open }: Books,
  { day, kiosk }: { day: string; kiosk: string },
): Promise<{ first: number | null; last: number | null }> => {
  const row = await read
    .selectFrom('figure_lines')
    .select(({ fn }) => [
      fn.min<number | null>('at').as('first'),
      fn.max<number | null>('at').as('last'),
    ])
    .where('kiosk', '=', kiosk)
    .where('business_day', '=', day)
    .where('business_day', '<=', open.closed?.business_day ?? '')
    .executeTakeFirstOrThrow()
  const own = open.lines.filter((line) => line.kiosk === kiosk && line.business_day === day)
  return { first: row.first ?? own.at(0)?.at ?? null, last: row.last ?? own.at(-1)?.at ?? null }
}
