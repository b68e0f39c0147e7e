// The findings that wait for somebody, the likeliest loss first; and their sums by pattern and area.
import {
  lossPatterns,
  type LossesAsked,
  type LossesQuestions,
  type LossPattern,
  type LossRow,
  type LossState,
  type SummaryAsked,
  type UnreadAges,
} from '../../../domain/console/losses.ts'
import { z } from 'zod'
import { readingLosses, type LossesReading } from '../../losses/losses-tables.ts'
import { told, type Looking, type Told } from '../asking.ts'
import { findings, lossRowOf, lossRunOf, newestRun } from './finding-rows.ts'

/** Of these somebody still has something to do. */
const openStates: readonly LossState[] = ['new', 'seen', 'task ordered', 'confirmed']

const rowsAtOnce = 50

type Asked = z.infer<typeof LossesAsked>

export const lossesTold = async (
  looking: Looking,
  asked: Asked,
): Promise<Told<LossesQuestions['losses']['told']>> => {
  const read = readingLosses(looking.read)
  const { total, likely } = await matching(read, asked)
    .select(({ fn }) => [
      fn.countAll<number>().as('total'),
      fn.sum<number | null>('loss_findings.likely').as('likely'),
    ])
    .executeTakeFirstOrThrow()
  const rows = await rowsOf(read, asked, rowsAtOnce)
  const shown = asked.after + rows.length
  return told({
    rows,
    total,
    likely: likely ?? 0,
    next: shown < total ? shown : null,
    run: lossRunOf(await newestRun(read)),
  })
}

/** `most` findings from `after` on, in the order that was asked for. */
export const rowsOf = async (
  read: LossesReading,
  asked: Asked,
  most: number,
): Promise<LossRow[]> => {
  const falling = asked.sort.startsWith('-')
  const page = await matching(read, asked)
    .select('loss_findings.finding')
    // A key incident stands above everything, whatever it has cost so far (domain.md 8).
    .orderBy(({ eb }) =>
      eb.case().when('loss_findings.pattern', '=', 'count too high').then(0).else(1).end(),
    )
    .orderBy(`loss_findings.${sortedBy[asked.sort]}`, falling ? 'desc' : 'asc')
    .orderBy('loss_findings.finding')
    .limit(most)
    .offset(asked.after)
    .execute()
  const keys = page.map(({ finding }) => finding)
  const rows =
    keys.length === 0
      ? []
      : await findings(read).where('loss_findings.finding', 'in', keys).execute()
  const byKey = new Map(rows.map((row) => [row.finding, lossRowOf(row)] as const))
  return keys.flatMap((key) => byKey.get(key) ?? [])
}

const sortedBy = {
  '-likely': 'likely',
  likely: 'likely',
  '-loss': 'loss',
  loss: 'loss',
  '-score': 'score',
  score: 'score',
  '-since': 'since',
  since: 'since',
} as const satisfies Record<Asked['sort'], string>

const matching = (read: LossesReading, { pattern, state, area, of }: Asked) => {
  let query = read
    .selectFrom('loss_findings')
    .where('loss_findings.state', 'in', state === undefined ? openStates : [state])
  if (pattern !== undefined) query = query.where('loss_findings.pattern', '=', pattern)
  if (area !== undefined) query = query.where('loss_findings.area', '=', area)
  if (of !== undefined && of !== '') {
    const part = `%${of.replace(/[%_\\]/g, '')}%`
    query = query.where((it) =>
      it.or(
        (['customer', 'meter', 'kiosk', 'person'] as const).map((column) =>
          it(it.ref(`loss_findings.${column}`), 'like', it.val(part)),
        ),
      ),
    )
  }
  return query
}

export const summaryTold = async (
  looking: Looking,
  asked: z.infer<typeof SummaryAsked>,
): Promise<Told<LossesQuestions['losses/summary']['told']>> => {
  const read = readingLosses(looking.read)
  const rows = await read
    .selectFrom('loss_findings')
    .leftJoin('areas', 'areas.area', 'loss_findings.area')
    .$if(asked.area !== undefined, (it) => it.where('loss_findings.area', '=', asked.area ?? null))
    .select(({ fn }) => [
      'loss_findings.pattern',
      'loss_findings.area',
      'areas.name',
      'loss_findings.state',
      fn.countAll<number>().as('count'),
      fn.sum<number>('loss_findings.likely').as('likely'),
    ])
    .groupBy(['loss_findings.pattern', 'loss_findings.area', 'areas.name', 'loss_findings.state'])
    .execute()
  const run = await newestRun(read)
  const open = rows.filter(({ state }) => openStates.includes(state))
  const countOf = (some: typeof rows) => some.reduce((sum, { count }) => sum + count, 0)
  const likelyOf = (some: typeof rows) => some.reduce((sum, { likely }) => sum + likely, 0)
  const inState = (pattern: LossPattern, state: LossState) =>
    countOf(rows.filter((row) => row.pattern === pattern && row.state === state))
  const areas = [...Map.groupBy(open, ({ area }) => area)].flatMap(([area, some]) =>
    area === null
      ? []
      : [
          {
            area,
            name: some[0]?.name ?? String(area),
            open: countOf(some),
            likely: likelyOf(some),
            patterns: lossPatterns.flatMap((pattern) => {
              const count = countOf(some.filter((row) => row.pattern === pattern))
              return count === 0 ? [] : [{ pattern, open: count }]
            }),
          },
        ],
  )
  return told({
    patterns: lossPatterns.map((pattern) => {
      const own = open.filter((row) => row.pattern === pattern)
      return {
        pattern,
        open: countOf(own),
        likely: likelyOf(own),
        confirmed: inState(pattern, 'confirmed'),
      }
    }),
    areas: areas.sort((one, other) => other.likely - one.likely),
    unread: agesOf(run?.unread ?? '[]'),
    judged: lossPatterns.map((pattern) => ({
      pattern,
      confirmed: inState(pattern, 'confirmed'),
      innocent: inState(pattern, 'innocent'),
    })),
    run: lossRunOf(run),
  })
}

const Ages = z.array(
  z.object({
    fromDays: z.int(),
    toDays: z.int().nullable(),
    count: z.int(),
    energy: z.number(),
  }),
)

const agesOf = (json: string): UnreadAges => Ages.parse(JSON.parse(json))
