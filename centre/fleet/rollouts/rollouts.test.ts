// A configuration goes out in stages, stops by itself, and needs no key at the centre.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CommandBody, CommandMessage } from '../../../domain/fleet/host-messages.ts'
import { unpacked } from '../../../domain/fleet/packed.ts'
import { judged } from '../../../domain/fleet/commands.ts'
import { KioskNumber } from '../../../domain/identifiers.ts'
import { fleetStore } from '../../../test/fleet/fleet-store.ts'
import { numbersOf } from '../../../test/fleet/many-kiosks.ts'
import { testIds } from '../../../test/test-ids.ts'
import { raiseAlert } from '../../alerts/alerts.ts'
import { makeCommandKey, openCommandKey, type SigningKey } from '../commands/command-key.ts'
import { sendCommands } from '../commands/publishing.ts'
import { takeAnswer } from '../commands/taking-answers.ts'
import { rowOf, changeRow, withFleet } from '../fleet-tables.ts'
import { advanceRollouts } from './advancing.ts'
import { readingRollouts, withRollouts } from './rollout-tables.ts'
import { startRollout, stagePlan } from './starting.ts'

const kiosks = numbersOf(20)
const minute = 60_000
const config = JSON.stringify({
  kiosk: { number: '000000000000', place: 'x', phone: '1' },
  devices: { noteAcceptor: { driver: 'ssp', fixedKey: '0123456789abcdef' } },
  service: { persons: [] },
})

let folder = ''
let key: SigningKey
let kept: Awaited<ReturnType<typeof fleetStore>>
let now = 1_790_000_000_000
const ids = testIds()
const rollout = ids.request()

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollouts-'))
  const file = join(folder, 'command.pem')
  makeCommandKey(file)
  key = openCommandKey({ kid: 'office', file })
  kept = await fleetStore()
  now = 1_790_000_000_000
  await kept.store.transact(async (work) => {
    for (const kiosk of kiosks) {
      await work
        .insertInto('kiosks')
        .values({ kiosk, place: `Place ${kiosk}` })
        .onConflict((it) => it.doNothing())
        .execute()
    }
  })
})
afterEach(async () => {
  await kept.store.close()
  await rm(folder, { recursive: true, force: true })
})

const start = (more: Partial<Parameters<typeof startRollout>[1]> = {}) =>
  kept.store.transact((work) =>
    startRollout(
      { work: withRollouts(work), now, newId: () => ids.request() },
      { rollout, what: 'louder', by: 'A. Bell', config, kiosks, watchMs: 15 * minute, ...more },
      key,
    ),
  )
const look = () => advanceRollouts({ store: kept.store, now })
const standing = () =>
  readingRollouts(kept.store.read)
    .selectFrom('fleet_rollouts')
    .selectAll()
    .executeTakeFirstOrThrow()
const ordered = () =>
  readingRollouts(kept.store.read)
    .selectFrom('fleet_commands')
    .selectAll()
    .orderBy('command')
    .execute()
const answerAll = async (st: 'done' | 'failed' = 'done') => {
  for (const { command, kiosk } of (await ordered()).filter(({ ended_at }) => ended_at === null)) {
    await kept.store.transact((work) =>
      takeAnswer({ work: withFleet(work), now, timeZone: 'UTC', kiosk }, { command, st }),
    )
  }
}

describe('the stages', () => {
  it('are one kiosk that is there, ten per cent, and all others', () => {
    const plan = stagePlan(kiosks.map((kiosk, at) => ({ kiosk, isThere: at > 4 })))
    expect(plan[0]).toMatchObject({ kiosk: kiosks[5], stage: 1 })
    const counts = [1, 2, 3].map((stage) => plan.filter((each) => each.stage === stage).length)
    expect(counts).toEqual([1, 2, 17])
    expect(plan.filter(({ stage, isThere }) => stage < 3 && !isThere)).toEqual([])
  })

  it('begin one after the other, each when the one before was watched for long enough', async () => {
    expect(await start()).toEqual({ kind: 'started' })
    await look()
    expect(await ordered()).toHaveLength(1)
    now += 60 * minute
    await look()
    // Nobody has answered: it waits, however long.
    expect(await ordered()).toHaveLength(1)
    await answerAll()
    now += 14 * minute
    await look()
    await look()
    expect(await ordered()).toHaveLength(1)
    now += minute
    await look()
    await look()
    expect(await ordered()).toHaveLength(3)
    await answerAll()
    now += 15 * minute
    await look()
    await look()
    expect(await ordered()).toHaveLength(20)
    await answerAll()
    now += 15 * minute
    await look()
    expect(await standing()).toMatchObject({ state: 'done', ended_at: now, ended_by: null })
  })
})

it('each kiosk gets its own number and place, no secret, and believes the signature', async () => {
  await start({ kiosks: kiosks.slice(0, 1) })
  await look()
  const [row] = await ordered()
  const command = CommandMessage.parse(JSON.parse(row?.message ?? ''))
  const body = CommandBody.parse(JSON.parse(command.body))
  const text = unpacked(String(body.args['config']))
  expect(JSON.parse(text ?? '')).toEqual({
    kiosk: { number: kiosks[0], place: `Place ${kiosks[0]}`, phone: '1' },
    devices: { noteAcceptor: { driver: 'ssp' } },
  })
  const verdict = judged(command, {
    kiosk: KioskNumber.parse(kiosks[0]),
    keys: [key.known],
    now,
    isClockTrusted: true,
    run: null,
    isKnown: () => false,
    horizon: 0,
  })
  expect(verdict).toMatchObject({ kind: 'accepted', order: { onIdle: true } })
})

describe('it stops by itself', () => {
  const toStageTwo = async () => {
    await start()
    await look()
    await answerAll()
    now += 15 * minute
    await look()
    await look()
    expect(await ordered()).toHaveLength(3)
  }
  const nothingMore = async () => {
    const before = await ordered()
    await answerAll()
    now += 3 * 60 * minute
    await look()
    await look()
    expect(await ordered()).toHaveLength(before.length)
  }

  it('when a kiosk of a stage has a new fault, also one of a stage before', async () => {
    await toStageTwo()
    const [first] = await ordered()
    const kiosk = KioskNumber.parse(first?.kiosk)
    await kept.store.transact((work) =>
      raiseAlert(
        { work: withFleet(work), now, kiosk },
        { device: 'noteAcceptor', code: 'jam', severity: 3 },
      ),
    )
    await look()
    const { state, why } = await standing()
    expect([state, JSON.parse(why ?? '')]).toEqual([
      'stopped',
      { kind: 'fault', kiosk, device: 'noteAcceptor', code: 'jam' },
    ])
    await nothingMore()
  })

  it('when a kiosk refuses it or fails', async () => {
    await toStageTwo()
    await answerAll('failed')
    await look()
    expect(await standing()).toMatchObject({ state: 'stopped' })
    await nothingMore()
  })

  it('when a kiosk has not answered while the command was good', async () => {
    await start()
    await look()
    now += 25 * 60 * minute
    await sendCommands({ store: kept.store, now, send: () => Promise.resolve() })
    await look()
    expect(await standing()).toMatchObject({ state: 'stopped' })
  })

  it('when its day is over before a stage begins', async () => {
    await start()
    await look()
    await answerAll()
    now += 25 * 60 * minute
    await look()
    await look()
    expect(await standing()).toMatchObject({
      state: 'too late',
      why: JSON.stringify({ kind: 'time' }),
    })
    await nothingMore()
  })

  it('but not for a fault that was there before, nor for paper that has run out', async () => {
    const [first = KioskNumber.parse('000000000001')] = kiosks
    const raise = (device: string, code: string) =>
      kept.store.transact((work) =>
        raiseAlert({ work: withFleet(work), now, kiosk: first }, { device, code, severity: 2 }),
      )
    await raise('receiptPrinter', 'cutter')
    now += minute
    await start({ kiosks: [first] })
    await look()
    now += minute
    await raise('receiptPrinter', 'paper out')
    await look()
    expect(await standing()).toMatchObject({ state: 'running' })
  })
})

it('whoever is away waits for the last stage', async () => {
  const [away = KioskNumber.parse('000000000001'), there] = kiosks
  await kept.store.transact(async (work) => {
    const turn = { work: withFleet(work), now, kiosk: KioskNumber.parse(there) }
    await rowOf(turn)
    await changeRow(turn, { st: 'online' })
  })
  await start({ kiosks: [away, KioskNumber.parse(there)] })
  await look()
  expect((await ordered()).map(({ kiosk }) => kiosk)).toEqual([there])
})

it.each([
  ['no JSON', { config: '{' }, /JSON/],
  ['no configuration of a kiosk', { config: '{"a":1}' }, /kiosk/],
  ['for a kiosk nobody knows', { kiosks: [KioskNumber.parse('000000009999')] }, /knows no kiosk/],
  [
    'too long',
    {
      config: JSON.stringify({
        kiosk: {},
        a: Array.from({ length: 3_000 }, (_, at) => at * 7_919),
      }),
    },
    /too long/,
  ],
])('%s is not begun', async (_, more, problem) => {
  expect(await start(more)).toMatchObject({
    kind: 'problem',
    problem: expect.stringMatching(problem),
  })
  expect(
    await readingRollouts(kept.store.read).selectFrom('fleet_rollouts').selectAll().execute(),
  ).toEqual([])
})
