// Looks for losses in a town whose thieves are known, and says what was found, what was missed, and what was raised for nothing.
import { DatabaseSync } from 'node:sqlite'
import { readingLosses } from '../../centre/losses/losses-tables.ts'
import { lookAtDay } from '../../centre/losses/finding-losses.ts'
import { openStore, type Store } from '../../centre/store.ts'
import { lossPatterns, type LossPattern } from '../../domain/console/losses.ts'
import type { Label, Planted } from '../../kiosk/bench/year/labels.ts'
import { bulkWriter } from '../../kiosk/bench/year/row-writer.ts'
import { tellYear, type YearOf } from '../../kiosk/bench/year/year.ts'

/** Of one pattern, counted in homes, kiosks or persons. */
export type Judgement = {
  pattern: LossPattern
  /** Planted by somebody who means it; and of them those that were found. */
  planted: number
  found: number
  /** Only look like it: how many there are, and how many were raised. */
  innocent: number
  innocentRaised: number
  /** Raised where nothing was planted. */
  falseAlarms: number
  missed: Label[]
  falseOnes: Raised[]
}

export type Raised = {
  pattern: LossPattern
  subject: string
  score: number
  why: string
}

export type Judged = {
  seed: number
  homes: number
  judgements: Judgement[]
  /** How long the look took, and its longest slice and longest transaction, in ms. */
  tookMs: number
  longestSliceMs: number
  longestWriteMs: number
}

/** `clock`: ms of a clock that only goes on. */
export const judgeTown = async (of: YearOf, clock: () => number): Promise<Judged> => {
  const database = new DatabaseSync(':memory:')
  const store = await openStore({ kind: 'memory', database })
  database.exec('pragma foreign_keys = off')
  const writer = bulkWriter(database)
  const year = tellYear(of, writer)
  let told = year.next()
  while (told.done !== true) told = year.next()
  const planted = told.value
  writer.finish()
  database.exec('analyze')
  const watch = { longestSliceMs: 0, longestWriteMs: 0 }
  const watched: typeof store = {
    ...store,
    transact: async (work) => {
      const began = clock()
      const result = await store.transact(work)
      watch.longestWriteMs = Math.max(watch.longestWriteMs, clock() - began)
      return result
    },
  }
  const began = clock()
  let slice = began
  const pause = async () => {
    watch.longestSliceMs = Math.max(watch.longestSliceMs, clock() - slice)
    await new Promise((resolve) => setImmediate(resolve))
    slice = clock()
  }
  const day = new Date(of.now + 8 * 3_600_000).toISOString().slice(0, 10)
  await lookAtDay({ store: watched, timeZone: 'Asia/Shanghai', now: () => of.now, pause }, day)
  const tookMs = clock() - began
  const raised = await raisedIn(store)
  await store.close()
  return { seed: of.seed, homes: of.customers, ...judge(planted, raised), tookMs, ...watch }
}

/** All findings that stand in a centre's books. */
export const raisedIn = async (store: Store): Promise<Raised[]> => {
  const rows = await readingLosses(store.read)
    .selectFrom('loss_findings')
    .select(['pattern', 'binding', 'kiosk', 'person', 'score', 'why'])
    .execute()
  return rows.map(({ pattern, binding, kiosk, person, score, why }) => ({
    pattern,
    subject: binding ?? person ?? kiosk ?? '',
    score,
    why,
  }))
}

const subjectOf = ({ binding, person, kiosk }: Label): string => binding ?? person ?? kiosk ?? ''

/** What a meter's counts and registers cannot be is one family: whoever follows one of them finds the other. */
const counts: readonly LossPattern[] = [
  'count too high',
  'count gap',
  'remaining more than bought',
  'use more than bought',
  'credited not sold',
]

/** A purchase that lies unread at a home where nobody comes any more is told with the zero buyer. */
const tellsOf = (found: LossPattern, planted: LossPattern): boolean =>
  found === planted ||
  (counts.includes(found) && counts.includes(planted)) ||
  (found === 'zero buyer' && planted === 'unread purchase')

export const judge = (
  { labels }: Pick<Planted, 'labels'>,
  raised: readonly Raised[],
): { judgements: Judgement[] } => {
  const labelled = new Set(labels.map(subjectOf))
  const isFound = (label: Label) =>
    raised.some((it) => it.subject === subjectOf(label) && tellsOf(it.pattern, label.pattern))
  return {
    judgements: lossPatterns.map((pattern) => {
      const own = labels.filter((label) => label.pattern === pattern)
      const guilty = own.filter(({ innocent }) => innocent === null)
      const innocent = own.filter((label) => label.innocent !== null)
      const falseOnes = raised.filter((it) => it.pattern === pattern && !labelled.has(it.subject))
      return {
        pattern,
        planted: guilty.length,
        found: guilty.filter(isFound).length,
        innocent: innocent.length,
        innocentRaised: innocent.filter(isFound).length,
        falseAlarms: falseOnes.length,
        missed: guilty.filter((label) => !isFound(label)),
        falseOnes,
      }
    }),
  }
}
