// The detectors in a small town whose thieves are known, and the same findings looked at again, judged and shown.
import { DatabaseSync } from 'node:sqlite'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CentreConfig } from '../../centre/config.ts'
import { lossesDeeds, lossesQuestions } from '../../centre/console/losses/losses-answers.ts'
import { lookAtDay } from '../../centre/losses/finding-losses.ts'
import { openStore, type Store } from '../../centre/store.ts'
import type { LossesDeeds, LossesQuestions } from '../../domain/console/losses.ts'
import { StaffName } from '../../domain/console/staff.ts'
import type { Planted } from '../../kiosk/bench/year/labels.ts'
import { bulkWriter } from '../../kiosk/bench/year/row-writer.ts'
import { tellYear } from '../../kiosk/bench/year/year.ts'
import { townOf } from '../towns.ts'
import { judge, raisedIn } from './judge.ts'

const now = Date.parse('2026-11-26T12:00:00Z')
const day = '2026-11-26'
const database = new DatabaseSync(':memory:')
let store: Store
let planted: Planted

const look = () => lookAtDay({ store, timeZone: 'Asia/Shanghai', now: () => now }, day)
const rows = () =>
  database
    .prepare('select * from loss_findings order by finding')
    .all()
    .map((row) => ({ ...row, last_run: null }))

beforeAll(async () => {
  store = await openStore({ kind: 'memory', database })
  database.exec('pragma foreign_keys = off')
  const writer = bulkWriter(database)
  const year = tellYear(
    { seed: 1, kiosks: 4, customers: 100, days: 365, journalDays: 14, now },
    writer,
  )
  let told = year.next()
  while (told.done !== true) told = year.next()
  planted = told.value
  writer.finish()
  await look()
}, 120_000)
afterAll(() => store.close())

const member = { name: StaffName.parse('ada'), fullName: 'Ada', role: 'accounts' } as const
const config = CentreConfig.parse({
  dataFolder: 'data',
  listen: { host: '127.0.0.1', port: 0 },
  keys: { file: 'keys.json', bench: true },
  policy: townOf(now).policy,
  log: 'silent',
})
const means = { policy: config.policy, random: (count: number) => new Uint8Array(count) }
const around = { now, member, session: 'one', config, means }

const tell = async <Name extends keyof LossesQuestions>(
  name: Name,
  asked: LossesQuestions[Name]['asked'],
): Promise<LossesQuestions[Name]['told']> => {
  const read = lossesQuestions[name].read(asked)
  if (read.kind === 'wrong') throw read.error
  const answer = await read.value.tell({ ...around, read: store.read })
  if (answer.kind === 'refused') throw new Error(answer.refusal.code)
  return answer.told
}

const act = async <Name extends keyof LossesDeeds>(
  name: Name,
  asked: Omit<LossesDeeds[Name]['asked'], 'deedId'>,
) => {
  const read = lossesDeeds[name].read({ ...asked, deedId: randomUUID() })
  if (read.kind === 'wrong') throw read.error
  return store.transact((work) => read.value.carryOut({ ...around, work }))
}

it('finds who was planted, and accuses hardly anybody else', async () => {
  const { judgements } = judge(planted, await raisedIn(store))
  const sum = (of: 'planted' | 'found' | 'falseAlarms') =>
    judgements.reduce((total, it) => total + it[of], 0)
  expect(sum('planted')).toBeGreaterThanOrEqual(8)
  expect(sum('found') / sum('planted')).toBeGreaterThanOrEqual(0.6)
  expect(sum('falseAlarms')).toBeLessThanOrEqual(4)
})

it('finds the same in the same books, and writes no more of it', async () => {
  const before = rows()
  const { found, closed } = await look()
  expect({ found, closed }).toEqual({ found: 0, closed: 0 })
  expect(rows()).toEqual(before)
})

it('lists by likely loss, and each finding opens with the rows it is made of', async () => {
  const { rows: listed, total, likely } = await tell('losses', {})
  expect(listed).toHaveLength(Math.min(50, total))
  const likelies = listed
    .filter(({ pattern }) => pattern !== 'count too high')
    .map((row) => row.likely)
  expect(likelies).toEqual(likelies.toSorted((one, other) => other - one))
  expect(listed[0]?.pattern).toBe('count too high')
  const summary = await tell('losses/summary', {})
  expect(summary.patterns.reduce((sum, it) => sum + it.likely, 0)).toBe(likely)
  expect(summary.patterns.reduce((sum, it) => sum + it.open, 0)).toBe(total)
  const { name, text, next } = await tell('losses/export', {})
  const [head, ...lines] = text.trimEnd().split('\r\n')
  expect([name, next, lines.length]).toEqual(['losses.csv', null, total])
  expect(head).toMatch(/^finding,pattern,state,/)
  expect(lines.slice(0, listed.length).map((line) => Number(line.split(',')[0]))).toEqual(
    listed.map(({ finding }) => finding),
  )
  for (const { finding, pattern } of listed) {
    const shown = await tell('losses/finding', { finding })
    expect(shown.history[0]).toMatchObject({ what: 'raised', by: null })
    expect(shown.checks.length).toBeGreaterThan(0)
    if (pattern !== 'notes refused') expect(shown.evidence.length).toBeGreaterThan(0)
    if (shown.row.meter !== null) expect(shown.chart?.months.length).toBeGreaterThan(10)
  }
})

it('a finding that was innocent is not raised again by the same evidence', async () => {
  const [first] = (await tell('losses', { pattern: 'zero buyer' })).rows
  const finding = first?.finding ?? 0
  await act('losses/seen', { finding })
  const order = { finding, due: '2026-12-03', checks: ['seals' as const], note: 'Ring twice.' }
  const ordered = await act('losses/order-task', order)
  expect(ordered).toMatchObject({ kind: 'told', told: { task: { checks: ['seals'] } } })
  expect(await act('losses/order-task', order)).toMatchObject({ kind: 'refused', status: 409 })
  const [task] = (await tell('losses/tasks', {})).tasks
  const answer = { finding, task: task?.task ?? 0, result: 'innocent' as const }
  await act('losses/judge', {
    ...answer,
    reason: 'vacant',
    note: 'Nobody has lived here for months.',
  })
  await look()
  const after = await tell('losses/finding', { finding })
  expect(after.row).toMatchObject({ state: 'innocent', holds: true })
  expect(after.history.map(({ what }) => what)).toEqual([
    'raised',
    'seen',
    'task ordered',
    'innocent',
  ])
  const again = (await tell('losses', {})).rows.filter(
    ({ customer, pattern }) => customer === first?.customer && pattern === first?.pattern,
  )
  expect(again).toEqual([])
})

it('a finding that no longer holds is closed by the evidence, and its task withdrawn', async () => {
  const { rows: zero } = await tell('losses', { pattern: 'zero buyer' })
  const [one] = zero
  if (one === undefined) throw new Error('nobody buys no more')
  await act('losses/order-task', { finding: one.finding, due: '2026-12-03', checks: ['seals'] })
  database.prepare('update customers set blocked = 1 where customer = ?').run(one.customer ?? '')
  await look()
  const shown = await tell('losses/finding', { finding: one.finding })
  expect(shown.row).toMatchObject({ state: 'closed', holds: false })
  expect(shown.history.at(-1)).toMatchObject({ what: 'no longer holds', by: null })
  expect(shown.tasks[0]?.answer).toMatchObject({ result: 'withdrawn' })
})

it('what is asked wrongly is refused: no innocence without a reason', () => {
  const asked = { deedId: randomUUID(), finding: 1, task: null, result: 'innocent', note: 'seen' }
  expect(lossesDeeds['losses/judge'].read(asked).kind).toBe('wrong')
  expect(lossesQuestions.losses.read({ pattern: 'no such' }).kind).toBe('wrong')
})
