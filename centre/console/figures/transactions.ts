// The transactions that a figure is made of, the latest first, and what they add up to.
import type { Shown } from '../../../domain/console/figure-names.ts'
import type { Chosen, FigureQuestions, TransactionRow } from '../../../domain/console/figures.ts'
import { addUp, chosenOf, isWanted, type Books, type Range } from '../../figures/adding-up.ts'
import { soldByHour } from '../../figures/by-hour.ts'
import { soldKinds, type FigureLine } from '../../figures/figure-tables.ts'
import { labelsOf, type Labels } from './labels.ts'
import { amountOf, nothingSold, otherwiseIn, soldAltogether, soldOf, soldTogether } from './sums.ts'

/** Kinds of postings behind what is shown; none: all of them. */
const kindsShown: Record<Shown, readonly string[]> = {
  sold: soldKinds,
  received: [
    'order funded',
    'notes booked',
    'payment booked',
    'payment given back',
    'order returned to payer',
    'delivery unpaid',
  ],
  returned: ['order returned', 'order returned to payer', 'payment given back'],
  undone: ['order undone'],
  boxes: ['box removed', 'box counted'],
  claims: ['claim redeemed', 'claim paid'],
  late: soldKinds,
  all: [],
}

export type Listing = {
  range: Range
  chosen: Chosen
  show: Shown
  hour: number | undefined
  after: string | undefined
}

const isShown = (line: FigureLine, { range, chosen, show, hour }: Listing): boolean =>
  isWanted(line, { range, chosen, kinds: kindsShown[show] }) &&
  (hour === undefined || line.hour === hour) &&
  (show !== 'late' || line.of_day < line.business_day)

/** At most `most` lines after the last one shown, and where the page after them begins; null at the end. */
export const linesShown = async (
  { read, open }: Books,
  listing: Listing,
  most: number,
): Promise<{ lines: FigureLine[]; next: string | null }> => {
  const after = placeOf(listing.after)
  const own = open.lines
    .filter((line) => isShown(line, listing) && (after === null || isAfter(line, after)))
    .toSorted((one, other) => (isAfter(one, other) ? 1 : -1))
    .slice(0, most + 1)
  const left = most + 1 - own.length
  const lines = left === 0 ? own : [...own, ...(await closedLines(read, listing, { after, left }))]
  const page = lines.slice(0, most)
  const last = page.at(-1)
  const next = lines.length > most && last !== undefined
  return { lines: page, next: next ? `${last.business_day}.${last.posting}` : null }
}

type Place = Pick<FigureLine, 'business_day' | 'posting'>

const placeOf = (after: string | undefined): Place | null => {
  const [business_day = '', posting = ''] = after?.split('.') ?? []
  return after === undefined ? null : { business_day, posting: Number(posting) }
}

const isAfter = (line: Place, place: Place): boolean =>
  line.business_day < place.business_day ||
  (line.business_day === place.business_day && line.posting < place.posting)

/** Kind by kind, so that a rare one is found at once among a million others; of one kiosk all kinds together. */
const closedLines = async (
  read: Books['read'],
  listing: Listing,
  page: { after: Place | null; left: number },
): Promise<FigureLine[]> => {
  const kinds = kindsShown[listing.show]
  const together = kinds.length === 0 || listing.chosen.kiosk !== undefined
  if (together || listing.show === 'late') return linesOfKinds(read, listing, { ...page, kinds })
  const found: FigureLine[] = []
  for (const kind of kinds) {
    found.push(...(await linesOfKinds(read, listing, { ...page, kinds: [kind] })))
  }
  return found.toSorted((one, other) => (isAfter(one, other) ? 1 : -1)).slice(0, page.left)
}

const linesOfKinds = (
  read: Books['read'],
  { range, chosen, show, hour }: Listing,
  { after, left, kinds }: { after: Place | null; left: number; kinds: readonly string[] },
): Promise<FigureLine[]> => {
  const to = after !== null && after.business_day < range.to ? after.business_day : range.to
  let query = read
    .selectFrom('figure_lines')
    .selectAll()
    .where('business_day', '>=', range.from)
    .where('business_day', '<=', to)
    // Of a day that is being put down only some lines are there.
    .where('business_day', '<=', (it) =>
      it.selectFrom('closed_days').select(({ fn }) => fn.max<string>('business_day').as('last')),
    )
  const [only] = kinds
  if (kinds.length === 1 && only !== undefined) query = query.where('kind', '=', only)
  // Several kinds have no order together: whoever finds them by kind has to sort them all.
  else if (kinds.length > 0)
    query = query.where(({ fn }) => fn.coalesce('kind', 'kind'), 'in', kinds)
  if (hour !== undefined) query = query.where('hour', '=', hour)
  if (show === 'late') query = query.where((it) => it('of_day', '<', it.ref('business_day')))
  for (const [name, value] of chosenOf(chosen)) query = query.where(name, '=', value)
  if (after !== null) {
    query = query.where((it) =>
      it.or([
        it('business_day', '<', after.business_day),
        it.and([it('business_day', '=', after.business_day), it('posting', '<', after.posting)]),
      ]),
    )
  }
  return query.orderBy('business_day', 'desc').orderBy('posting', 'desc').limit(left).execute()
}

export const rowOf = (line: FigureLine, { places, areas }: Labels): TransactionRow => ({
  posting: line.posting,
  at: line.at,
  businessDay: line.business_day,
  ofDay: line.of_day === line.business_day ? null : line.of_day,
  kind: line.kind,
  orderNumber: line.order_number,
  sale: line.sale,
  kiosk: line.kiosk,
  place: places.get(line.kiosk) ?? '',
  channel: line.channel,
  tariff: line.tariff,
  area: line.area < 0 ? '' : (areas.get(line.area) ?? String(line.area)),
  tender: line.tender,
  amount: amountOf(line.kind, line),
  sold: soldKinds.includes(line.kind) ? soldOf(line) : nothingSold,
})

const pageLength = 50

export const transactionsTold = async (
  books: Books,
  listing: Listing,
): Promise<FigureQuestions['figures/lines']['told']> => {
  const labels = await labelsOf(books.read)
  const { lines, next } = await linesShown(books, listing, pageLength)
  return { rows: lines.map((line) => rowOf(line, labels)), next, ...(await sumsOf(books, listing)) }
}

/** What all of the list comes to, of which a page is shown. */
const sumsOf = async (
  books: Books,
  listing: Listing,
): Promise<Pick<FigureQuestions['figures/lines']['told'], 'sold' | 'otherwise'>> => {
  const { range, chosen, show, hour } = listing
  if (show === 'late') {
    const { lines } = await linesShown(books, { ...listing, after: undefined }, mostLate)
    return { sold: lines.map(soldOf).reduce(soldTogether, nothingSold), otherwise: [] }
  }
  if (hour !== undefined && show === 'sold') {
    const rows = await soldByHour(books, { range, chosen })
    const own = rows.filter((row) => row.hour === hour)
    return { sold: own.map(soldOf).reduce(soldTogether, nothingSold), otherwise: [] }
  }
  const sums = await addUp(books, { range, chosen, by: 'all', kinds: kindsShown[show] })
  return {
    sold: soldAltogether(sums),
    otherwise: otherwiseIn(sums, show === 'sold' ? soldKinds : []),
  }
}

/** Late ones are few; beyond this many nobody adds them up by hand either. */
const mostLate = 20_000
