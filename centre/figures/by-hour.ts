// What is sold in which hour, and on which day: from the hours that were put down, or from the lines of one kiosk.
import type { Chosen } from '../../domain/console/figures.ts'
import { chosenOf, hourCutOf, isWanted, type Books, type Range } from './adding-up.ts'
import { soldKinds, soldMeasures, type SoldMeasure } from './figure-tables.ts'

export type HourRow = Record<SoldMeasure, number> & { day: string; hour: number }

/** A row for every hour of every day in which something was delivered or undone; in no order. */
export const soldByHour = async (
  { read, open }: Books,
  { range, chosen }: { range: Range; chosen: Chosen },
): Promise<HourRow[]> => {
  const cut = hourCutOf(chosen)
  const closed =
    cut === null
      ? await ofLines({ read, open }, range, chosen)
      : await read
          .selectFrom('hour_figures')
          .select(['business_day as day', 'hour', ...soldMeasures])
          .where('cut', '=', cut.cut)
          .where('value', '=', cut.value)
          .where('business_day', '>=', range.from)
          .where('business_day', '<=', range.to)
          .execute()
  const own = open.lines.filter((line) => isWanted(line, { range, chosen, kinds: soldKinds }))
  return [...closed, ...own.map((line) => ({ ...line, day: line.business_day }))]
}

/** Asked for one kiosk, or for several things at once: the lines say it themselves. */
const ofLines = ({ read, open }: Books, range: Range, chosen: Chosen): Promise<HourRow[]> => {
  const through = open.closed?.business_day ?? ''
  let query = read
    .selectFrom('figure_lines')
    .select(['business_day as day', 'hour'])
    .select(({ fn }) => soldMeasures.map((measure) => fn.sum<number>(measure).as(measure)))
    .where('kind', 'in', soldKinds)
    .where('business_day', '>=', range.from)
    .where('business_day', '<=', range.to < through ? range.to : through)
  for (const [name, value] of chosenOf(chosen)) query = query.where(name, '=', value)
  return query.groupBy(['business_day', 'hour']).execute()
}

type DayRow = { day: string; orders: number; energy: number; tendered: number }

/** The same of whole days, as their charts need it; a day may have several rows. */
export const soldByDay = async (
  { read, open }: Books,
  { range, chosen }: { range: Range; chosen: Chosen },
): Promise<DayRow[]> => {
  const cut = hourCutOf(chosen)
  const closed =
    cut === null
      ? await daysChosen(read, range, chosen)
      : await read
          .selectFrom('cut_figures')
          .select(['period as day', 'orders', 'energy', 'tendered'])
          .where('span', '=', 'day')
          .where('cut', '=', cut.cut)
          .where('period', '>=', range.from)
          .where('period', '<=', range.to)
          .where('value', '=', cut.value)
          .where('kind', 'in', soldKinds)
          .execute()
  const own = open.lines.filter((line) => isWanted(line, { range, chosen, kinds: soldKinds }))
  return [...closed, ...own.map((line) => ({ ...line, day: line.business_day }))]
}

const daysChosen = (
  read: Books['read'],
  { from, to }: Range,
  chosen: Chosen,
): Promise<DayRow[]> => {
  let query = read
    .selectFrom('day_figures')
    .select(['business_day as day'])
    .select(({ fn }) => [
      fn.sum<number>('orders').as('orders'),
      fn.sum<number>('energy').as('energy'),
      fn.sum<number>('tendered').as('tendered'),
    ])
    .where('kind', 'in', soldKinds)
    .where('business_day', '>=', from)
    .where('business_day', '<=', to)
  for (const [name, value] of chosenOf(chosen)) query = query.where(name, '=', value)
  return query.groupBy('business_day').execute()
}
