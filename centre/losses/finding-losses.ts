// The nightly look at all the books for energy and money that may be lost: a step of the sweep, in slices.
//
// It reads beside whoever sells, and writes what it found in transactions of a few findings. A look that was broken off is
// begun again: the same books give the same findings.
import { setImmediate } from 'node:timers/promises'
import type { Reading, Store } from '../store.ts'
import { localDayOf } from '../tariffs/tariff-calendar.ts'
import { buyingOf, dayAfter, dayMs, monthsBefore, type Buying } from './buying.ts'
import { buyersAmong } from './buyers.ts'
import { caseOfCash, caseOfHome, type Case } from './case.ts'
import type { Home } from './home.ts'
import { closeWhatIsOver, keepCases, type Night } from './keeping-findings.ts'
import { readingLosses, withLosses, type NeighboursRow } from './losses-tables.ts'
import { meterFindings } from './meter-findings.ts'
import { notesRefused } from './notes-refused.ts'
import { readCountedBoxes, readNotesShown } from './reading-cash.ts'
import { readHomes } from './reading-homes.ts'
import { shortBoxes } from './short-boxes.ts'
import { unreadAges } from './unread-purchases.ts'

/** Homes that are read at once, and findings that are written at once. */
const homesAtOnce = 100
const casesAtOnce = 25
/** Notes that were refused longer ago were of another acceptor, or another time of the year. */
const notesDays = 90

export type LossesOf = {
  store: Store
  timeZone: string
  /** ms since 1970. */
  now: () => number
  /** Lets others work between two slices. */
  pause?: () => Promise<unknown>
}

export type LossesRun = { day: string; homes: number; found: number; closed: number }

/** Looks at the last day that is over, if nobody has yet. */
export const findingLosses = async (of: LossesOf): Promise<LossesRun | null> => {
  const day = dayAfter(localDayOf(new Date(of.now()), of.timeZone), -1)
  const done = await readingLosses(of.store.read)
    .selectFrom('loss_runs')
    .select('run')
    .where('day', '=', day)
    .where('ended_at', 'is not', null)
    .executeTakeFirst()
  return done === undefined ? lookAtDay(of, day) : null
}

/** Looks at the books as they were at the end of a day, whether somebody has or not. */
export const lookAtDay = async (of: LossesOf, day: string): Promise<LossesRun> => {
  const { store, timeZone, pause = setImmediate } = of
  const dayOf = (at: number) => localDayOf(new Date(at), timeZone)
  const months = monthsBefore(day)
  const until = endOf(day, dayOf)
  const span = { from: until - 400 * dayMs, until, firstDay: dayAfter(day, -400) }
  const { total } = await store.read
    .selectFrom('bindings')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const run = await begin(of, { day, total })
  const writing = writerOf(of, { day, run })
  const buyings: Buying[] = []
  const copies = await readCopyAlarms(store.read, span)
  let after = ''
  for (;;) {
    const { homes, last } = await readHomes(store.read, { ...span, after, most: homesAtOnce })
    if (last === null) break
    after = last
    for (const home of homes) {
      const whole: Home = { ...home, alarms: copies.get(home.binding.binding) ?? [] }
      const buying = buyingOf(whole, { months, day, dayOf })
      buyings.push(buying)
      writing.add(
        ...meterFindings(whole, dayOf).map((finding) => ({ finding, buying, neighbours: null })),
      )
    }
    await writing.progress(buyings.length)
    await pause()
  }
  const price = priceOf(buyings)
  const { found, neighbours, groupOf } = await buyersAmong(buyings, { months, day, pause })
  writing.add(...found)
  const cases = writing.held().map(({ finding, buying, neighbours: group }) =>
    caseOfHome(finding, {
      home: buying.home,
      price: buying.price ?? price,
      neighbours: group ?? groupOf(buying),
    }),
  )
  cases.push(...(await cashCases(store.read, { ...span, day, dayOf, pause })))
  const told = await writing.keep(cases, pause)
  await writeNeighbours(of, neighbours)
  const closed = await writing.close(pause)
  await end(of, { run, found: cases.length, unread: JSON.stringify(unreadAges(buyings, day)) })
  return { day, homes: buyings.length, found: told, closed }
}

type Held = {
  finding: Parameters<typeof caseOfHome>[0]
  buying: Buying
  neighbours: string | null
}

/** Holds what was found until all prices are known, and writes it in short transactions. */
const writerOf = (of: LossesOf, { day, run }: { day: string; run: number }) => {
  const held: Held[] = []
  const night = (work: Night['work']): Night => ({ work, now: of.now(), day, run })
  return {
    add: (...found: Held[]) => void held.push(...found),
    held: () => held,
    progress: (done: number) =>
      of.store.transact((work) =>
        withLosses(work).updateTable('loss_runs').set({ done }).where('run', '=', run).execute(),
      ),
    keep: async (cases: readonly Case[], pause: () => Promise<unknown>): Promise<number> => {
      let told = 0
      for (let at = 0; at < cases.length; at += casesAtOnce) {
        const some = cases.slice(at, at + casesAtOnce)
        told += await of.store.transact((work) => keepCases(night(withLosses(work)), some))
        await pause()
      }
      return told
    },
    close: async (pause: () => Promise<unknown>): Promise<number> => {
      let closed = 0
      for (;;) {
        const some = await of.store.transact((work) =>
          closeWhatIsOver(night(withLosses(work)), casesAtOnce),
        )
        closed += some
        if (some < casesAtOnce) return closed
        await pause()
      }
    },
  }
}

const begin = (of: LossesOf, { day, total }: { day: string; total: number }): Promise<number> =>
  of.store.transact(async (work) => {
    const losses = withLosses(work)
    const { last } = await losses
      .selectFrom('loss_runs')
      .select(({ fn }) => fn.max<number | null>('run').as('last'))
      .executeTakeFirstOrThrow()
    const run = (last ?? 0) + 1
    await losses
      .insertInto('loss_runs')
      .values({
        run,
        day,
        begun_at: of.now(),
        ended_at: null,
        done: 0,
        total,
        found: 0,
        unread: '[]',
      })
      .execute()
    return run
  })

const end = (
  of: LossesOf,
  { run, ...what }: { run: number; found: number; unread: string },
): Promise<unknown> =>
  of.store.transact((work) =>
    withLosses(work)
      .updateTable('loss_runs')
      .set({ ...what, ended_at: of.now() })
      .where('run', '=', run)
      .execute(),
  )

const writeNeighbours = (of: LossesOf, rows: readonly NeighboursRow[]): Promise<void> =>
  of.store.transact(async (work) => {
    const losses = withLosses(work)
    await losses.deleteFrom('loss_neighbours').execute()
    for (let at = 0; at < rows.length; at += 500) {
      await losses
        .insertInto('loss_neighbours')
        .values(rows.slice(at, at + 500))
        .execute()
    }
  })

/** The town's own mean: for homes to which nothing was sold in these books. */
const priceOf = (buyings: readonly Buying[]): number => {
  const prices = buyings.flatMap(({ price }) => price ?? [])
  return prices.length === 0 ? 0 : prices.reduce((sum, each) => sum + each, 0) / prices.length
}

const readCopyAlarms = async (
  read: Reading,
  { from, until }: { from: number; until: number },
): Promise<Map<string, Home['alarms'][number][]>> => {
  const rows = await read
    .selectFrom('alarms')
    .select(['alarm', 'at', 'kind', 'binding'])
    .where('kind', '=', 'card in two places')
    .where('binding', 'is not', null)
    .where('at', '>=', from)
    .where('at', '<', until)
    .execute()
  return Map.groupBy(rows, ({ binding }) => binding ?? '')
}

const cashCases = async (
  read: Reading,
  of: {
    from: number
    until: number
    day: string
    dayOf: (at: number) => string
    pause: () => Promise<unknown>
  },
): Promise<Case[]> => {
  const boxes = shortBoxes(await readCountedBoxes(read, of))
  const kiosks = await read.selectFrom('kiosks').select('kiosk').orderBy('kiosk').execute()
  const since = of.until - notesDays * dayMs
  const shown = []
  for (const { kiosk } of kiosks) {
    shown.push(...(await readNotesShown(read, { kiosk, from: since, until: of.until })))
    await of.pause()
  }
  const refused = notesRefused(shown, { since: of.dayOf(since), day: of.day })
  return [...boxes, ...refused].map(caseOfCash)
}

/** The first moment after a day, ms since 1970: found by halves, whatever the zone did that night. */
const endOf = (day: string, dayOf: (at: number) => string): number => {
  let low = Date.parse(day) - dayMs
  let high = Date.parse(day) + 3 * dayMs
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (dayOf(middle) <= day) low = middle
    else high = middle
  }
  return high
}
