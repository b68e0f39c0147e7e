// What the console tells of sales, money and settlement: each figure, and the transactions it is made of.
import { channels } from '../../../domain/console/figure-names.ts'
import {
  DayAsked,
  ExportAsked,
  HoursAsked,
  KioskDayAsked,
  LinesAsked,
  MonthAsked,
  NothingAsked,
  RangeAsked,
  SalesAsked,
  type Chosen,
  type FigureQuestions,
} from '../../../domain/console/figures.ts'
import { booksOf } from '../../figures/adding-up.ts'
import { soldByHour } from '../../figures/by-hour.ts'
import { firstDay } from '../../figures/closing-days.ts'
import { readingFigures } from '../../figures/figure-tables.ts'
import { localDayOf } from '../../tariffs/tariff-calendar.ts'
import { question, refusedAs, told, type AnswersTo, type Looking } from '../asking.ts'
import { named } from '../lines.ts'
import { boxesTold } from './boxes.ts'
import { exportTold } from './csv.ts'
import { kioskDayTold } from './kiosk-day.ts'
import { cellsOf, monthTold } from './month.ts'
import { overviewTold } from './overview.ts'
import { receivedTold } from './receiving.ts'
import { salesTold, standingOf } from './selling.ts'
import { settlementDayTold, settlementTold } from './settling.ts'
import { transactionsTold } from './transactions.ts'

const zoneOf = ({ means }: Looking): string => means.policy.timeZone
const todayOf = (looking: Looking): string => localDayOf(new Date(looking.now), zoneOf(looking))
const books = (looking: Looking) =>
  booksOf(looking.read, { now: looking.now, timeZone: zoneOf(looking) })

const chosenOf = ({ kiosk, channel, tariff, area, tender }: Chosen): Chosen => ({
  kiosk,
  channel,
  tariff,
  area,
  tender,
})

/** Sums of many sales are of nobody. */
const ofNobody = () => null

const selling: Pick<
  AnswersTo<FigureQuestions>,
  'figures/overview' | 'figures/choices' | 'figures/sales' | 'figures/hours' | 'figures/lines'
> = {
  'figures/overview': question({
    may: 'see figures',
    asked: NothingAsked,
    about: ofNobody,
    tell: async (looking) =>
      told(
        await overviewTold(await books(looking), { now: looking.now, timeZone: zoneOf(looking) }),
      ),
  }),
  'figures/choices': question({
    may: 'see figures',
    asked: NothingAsked,
    about: ofNobody,
    tell: async (looking) => told(await choicesTold(looking)),
  }),
  'figures/sales': question({
    may: 'see figures',
    asked: SalesAsked,
    about: ofNobody,
    tell: async (looking, asked) => {
      const { from, to, by } = asked
      const wanted = { range: { from, to }, chosen: chosenOf(asked) }
      return told(await salesTold(await books(looking), wanted, by))
    },
  }),
  'figures/hours': question({
    may: 'see figures',
    asked: HoursAsked,
    about: ofNobody,
    tell: async (looking, asked) => {
      const all = await books(looking)
      const { from, to } = asked
      const rows = await soldByHour(all, { range: { from, to }, chosen: chosenOf(asked) })
      return told({ standing: standingOf(all), cells: cellsOf(rows) })
    },
  }),
  'figures/lines': question({
    may: 'see figures',
    asked: LinesAsked,
    about: ({ from, to, show, kiosk }) =>
      `transactions ${show}, ${from} to ${to}${kiosk === undefined ? '' : `, kiosk ${kiosk}`}`,
    tell: async (looking, asked) => {
      const { from, to, show, hour, after } = asked
      const listing = { range: { from, to }, chosen: chosenOf(asked), show, hour, after }
      return told(await transactionsTold(await books(looking), listing))
    },
  }),
}

const settling: Omit<AnswersTo<FigureQuestions>, keyof typeof selling> = {
  'figures/received': question({
    may: 'see figures',
    asked: RangeAsked,
    about: ofNobody,
    tell: async (looking, range) => {
      const all = await books(looking)
      return told({ standing: standingOf(all), ...(await receivedTold(all, { range })) })
    },
  }),
  'figures/kiosk-day': question({
    may: 'see figures',
    asked: KioskDayAsked,
    about: ofNobody,
    tell: async (looking, asked) => {
      const found = await kioskDayTold(await books(looking), asked)
      return found === null
        ? refusedAs(404, 'no such point of sale', { number: named(asked.kiosk) })
        : told(found)
    },
  }),
  'figures/boxes': question({
    may: 'see figures',
    asked: RangeAsked,
    about: ({ from, to }) => `cash boxes, ${from} to ${to}`,
    tell: async (looking, range) =>
      told(await boxesTold(readingFigures(looking.read), { range, timeZone: zoneOf(looking) })),
  }),
  'figures/settlement': question({
    may: 'see figures',
    asked: RangeAsked,
    about: ofNobody,
    tell: async (looking, range) =>
      told(await settlementTold(readingFigures(looking.read), { range, today: todayOf(looking) })),
  }),
  'figures/settlement-day': question({
    may: 'see figures',
    asked: DayAsked,
    about: ({ day }) => `settlement of ${day}`,
    tell: async (looking, { day }) =>
      told(
        await settlementDayTold(looking.read, {
          day,
          today: todayOf(looking),
          timeZone: zoneOf(looking),
        }),
      ),
  }),
  'figures/month': question({
    may: 'see figures',
    asked: MonthAsked,
    about: ofNobody,
    tell: async (looking, { month }) => {
      const of = { month, today: todayOf(looking), timeZone: zoneOf(looking) }
      return told(await monthTold(await books(looking), of))
    },
  }),
  'figures/export': question({
    may: 'export',
    asked: ExportAsked,
    about: ({ what, from, to }) => `export of ${what}, ${from} to ${to}`,
    tell: async (looking, asked) =>
      told(
        await exportTold(await books(looking), asked, {
          today: todayOf(looking),
          timeZone: zoneOf(looking),
        }),
      ),
  }),
}

export const figureQuestions: AnswersTo<FigureQuestions> = { ...selling, ...settling }

const choicesTold = async (
  looking: Looking,
): Promise<FigureQuestions['figures/choices']['told']> => {
  const { read } = looking
  const kiosks = await read.selectFrom('kiosks').select(['kiosk', 'place', 'channel']).execute()
  const tariffs = await read.selectFrom('tariffs').select('code').distinct().execute()
  return {
    kiosks: kiosks
      .map(({ kiosk, place }) => ({ kiosk, place }))
      .toSorted((one, other) => (one.place < other.place ? -1 : 1)),
    channels: channels.filter((each) => kiosks.some(({ channel }) => channel === each)),
    tariffs: tariffs.map(({ code }) => code).toSorted(),
    areas: await read.selectFrom('areas').selectAll().orderBy('name').execute(),
    first: await firstDay(readingFigures(read), zoneOf(looking)),
    today: todayOf(looking),
  }
}
