// Commands from the office's key to the kiosk and back: stored, sent, sent again, answered, and none in another's place.
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { judged } from '../../../domain/fleet/commands.ts'
import { encode } from '../../../domain/fleet/codec.ts'
import { CommandBody, type CommandMessage } from '../../../domain/fleet/host-messages.ts'
import { wire, type CommandAnswer } from '../../../domain/fleet/kiosk-messages.ts'
import type { Operation } from '../../../domain/fleet/operations.ts'
import { partsOf } from '../../../domain/fleet/packed.ts'
import { KioskNumber } from '../../../domain/identifiers.ts'
import { fleetStore, kioskA, kioskB } from '../../../test/fleet/fleet-store.ts'
import { testIds } from '../../../test/test-ids.ts'
import { takeIn } from '../taking-in.ts'
import { makeCommandKey, openCommandKey, type SigningKey } from './command-key.ts'
import { findCommand, listCommands, standing, textOf } from './command-office.ts'
import { readingCommands, withCommands } from './command-tables.ts'
import { order, type Ordering } from './ordering.ts'
import { againAfterMs, sendCommands, unknownAfterMs } from './publishing.ts'

let folder = ''
let key: SigningKey
const atEnd: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commands-'))
  const file = join(folder, 'keys', 'command.pem')
  makeCommandKey(file)
  key = openCommandKey({ kid: 'office', file })
})
afterEach(async () => {
  for (const end of atEnd.splice(0)) await end()
  await rm(folder, { recursive: true, force: true })
})

const world = async () => {
  const kept = await fleetStore()
  atEnd.push(kept.store.close)
  const { store } = kept
  const ids = testIds()
  const time = { now: 1_790_000_000_000 }
  const sent: { kiosk: KioskNumber; command: CommandMessage }[] = []
  const seqs = new Map<KioskNumber, number>()
  const tell = (kiosk: KioskNumber, name: 'state' | 'res', text: string) =>
    store.transact((work) =>
      takeIn(
        { work, now: time.now, timeZone: 'UTC' },
        { kiosk, name, bytes: Buffer.from(text), retained: false },
      ),
    )
  return {
    ...kept,
    time,
    sent,
    order: async (operation: Operation, more: Partial<Ordering> = {}) => {
      const id = ids.request()
      const lifeMs = 1_800_000
      const usual = { id, kiosk: kioskA, operation, by: 'A. Bell', lifeMs, when: 'now' as const }
      const ordered = await store.transact((work) =>
        order({ work: withCommands(work), now: time.now }, { ...usual, ...more }, key),
      )
      return { id, ordered }
    },
    isOnline: (kiosk: KioskNumber, bd: number) =>
      tell(kiosk, 'state', encode('state', { v: wire, st: 'online', bd, ts: 0, why: 'birth' })),
    answer: (kiosk: KioskNumber, answer: CommandAnswer) => {
      const seq = (seqs.get(kiosk) ?? 0) + 1
      seqs.set(kiosk, seq)
      const members = { v: wire, id: ids.request(), seq, ts: 0, up: 0 } as const
      return tell(kiosk, 'res', encode('res', { ...members, ...answer }))
    },
    sweep: async () => {
      sent.length = 0
      await sendCommands({
        store,
        now: time.now,
        send: async (kiosk, command) => void sent.push({ kiosk, command }),
      })
      return sent.map(({ kiosk, command }) => ({
        kiosk,
        body: CommandBody.parse(JSON.parse(command.body)),
      }))
    },
    row: (id: string) => findCommand(store.read, id),
  }
}
const report: Operation = { op: 'report', args: {} }
const inService: Operation = { op: 'inService', args: {} }
const reboot: Operation = { op: 'reboot', args: {} }

describe('a command of the office', () => {
  it('F17, C9: two for one kiosk and one for another all arrive, each signed for its own kiosk', async () => {
    const { order, isOnline, sweep, sent } = await world()
    const first = await order(report)
    const second = await order(inService)
    const other = await order(inService, { kiosk: kioskB })
    expect(await sweep()).toEqual([])
    await isOnline(kioskA, 1)
    await isOnline(kioskB, 1)
    const bodies = await sweep()
    expect(bodies.map(({ kiosk, body }) => [kiosk, body.kiosk, body.id])).toEqual([
      [kioskA, kioskA, first.id],
      [kioskA, kioskA, second.id],
      [kioskB, kioskB, other.id],
    ])
    for (const { kiosk, command } of sent) {
      const run = { first: 1, latest: 1 }
      const now = 1_790_000_000_000
      const of = {
        kiosk,
        keys: [key.known],
        now,
        isClockTrusted: true,
        run,
        isKnown: () => false,
        horizon: 0,
      }
      expect(judged(command, of).kind).toBe('accepted')
    }
  })

  it('is sent once to a kiosk that is there, again at its next birth or when nobody answers, and no more when it is answered', async () => {
    const { order, isOnline, sweep, answer, time } = await world()
    await isOnline(kioskA, 1)
    const { id } = await order(inService)
    expect(await sweep()).toHaveLength(1)
    expect(await sweep()).toHaveLength(0)
    time.now += againAfterMs
    expect(await sweep()).toHaveLength(1)
    await isOnline(kioskA, 2)
    expect(await sweep()).toHaveLength(1)
    await answer(kioskA, { command: id, st: 'waiting' })
    time.now += againAfterMs
    expect(await sweep()).toHaveLength(0)
    // The answer may have been the last word of that run.
    await isOnline(kioskA, 3)
    expect(await sweep()).toHaveLength(1)
    await answer(kioskA, { command: id, st: 'done' })
    await isOnline(kioskA, 4)
    expect(await sweep()).toHaveLength(0)
  })

  it('that nobody answered while it was good is sent no more, and a late answer is still believed', async () => {
    const { order, isOnline, sweep, answer, row, time } = await world()
    const { id } = await order(report, { lifeMs: 60_000 })
    time.now += 60_001
    await isOnline(kioskA, 1)
    expect(await sweep()).toEqual([])
    expect(await row(id)).toMatchObject({ st: 'unanswered', ended_at: time.now })
    await answer(kioskA, { command: id, st: 'done' })
    expect(await row(id)).toMatchObject({ st: 'done' })
  })

  it('that a kiosk took and never ended is told as unknown a day after its deadline, and a late answer is still believed', async () => {
    const { order, isOnline, sweep, answer, row, time } = await world()
    await isOnline(kioskA, 1)
    const { id } = await order(inService, { lifeMs: 60_000 })
    await answer(kioskA, { command: id, st: 'running' })
    time.now += 60_000 + unknownAfterMs
    await sweep()
    expect(await row(id)).toMatchObject({ st: 'running', ended_at: null })
    time.now += 1
    await sweep()
    const found = await row(id)
    expect(found).toMatchObject({ st: 'unknown', ended_at: time.now })
    expect(found === undefined ? '' : standing(found)).toMatch(/has not said how it ended/)
    await answer(kioskA, { command: id, st: 'done' })
    expect(await row(id)).toMatchObject({ st: 'done' })
  })

  it('ends once: another kiosk ends none, and what comes after the end changes nothing', async () => {
    const { order, answer, row } = await world()
    const { id } = await order(report)
    await answer(kioskB, { command: id, st: 'done' })
    expect(await row(id)).toMatchObject({ st: 'ordered', ended_at: null })
    await answer(kioskA, { command: id, st: 'refused', code: 'clock' })
    await answer(kioskA, { command: id, st: 'done' })
    await answer(kioskA, { command: id, st: 'running' })
    expect(await row(id)).toMatchObject({ st: 'refused', code: 'clock' })
  })

  it('C1: about a run of the program names the run that is known, and is not ordered where none is', async () => {
    const { order, isOnline, sweep } = await world()
    const { ordered } = await order(reboot)
    expect(ordered).toMatchObject({
      kind: 'problem',
      problem: expect.stringContaining('never heard'),
    })
    await isOnline(kioskA, 41)
    await order(reboot)
    await order(report)
    expect((await sweep()).map(({ body }) => [body.op, body.bd])).toEqual([
      ['reboot', 41],
      ['report', undefined],
    ])
  })

  it.each<[string, Partial<Ordering>, RegExp]>([
    ['for a kiosk nobody knows', { kiosk: KioskNumber.parse('000000000099') }, /no such kiosk/],
    ['for longer than a day', { lifeMs: 25 * 3_600_000 }, /at most 24h/],
    [
      'that is longer than commands are',
      { operation: { op: 'applyConfig', args: { config: 'x'.repeat(3_000) } } },
      /letters long/,
    ],
  ])('%s is not ordered', async (_, more, problem) => {
    const { order, store } = await world()
    const { ordered } = await order(report, more)
    expect(ordered).toMatchObject({ kind: 'problem', problem: expect.stringMatching(problem) })
    expect(await listCommands(store.read, null)).toEqual(['Nothing was ordered.'])
  })

  it('stands in the history with who ordered it and how it ended, and stays as it was ordered', async () => {
    const { order, answer, row, store } = await world()
    const { id } = await order(inService)
    await order(report, { kiosk: kioskB, by: 'C. Diaz' })
    await answer(kioskA, { command: id, st: 'failed', code: 'notDone' })
    const [line, ...more] = await listCommands(store.read, kioskA)
    expect(line).toMatch(/inService {2}by A\. Bell {2}failed: notDone$/)
    expect(more).toEqual([])
    expect(await listCommands(store.read, null)).toHaveLength(2)
    const found = await row(id)
    expect(found === undefined ? '' : standing(found)).toBe('failed: notDone')
    const { transact } = store
    const commands = (work: Parameters<Parameters<typeof transact>[0]>[0]) => withCommands(work)
    await expect(
      transact((work) => commands(work).deleteFrom('fleet_commands').execute()),
    ).rejects.toThrow('kept for ever')
    await expect(
      transact((work) => commands(work).updateTable('fleet_commands').set({ exp: 0 }).execute()),
    ).rejects.toThrow('as it was ordered')
  })

  it('brings along a text in parts', async () => {
    const { order, answer, row, store } = await world()
    const { id } = await order({ op: 'sendLogs', args: { from: 0, until: 1 } })
    const text = Array.from({ length: 2_000 }, (_, at) => `line ${at * 7_919} of the log`).join(
      '\n',
    )
    const parts = partsOf(text) ?? []
    expect(parts.length).toBeGreaterThan(2)
    for (const data of parts.slice(0, -1))
      await answer(kioskA, { command: id, st: 'running', data })
    const before = await row(id)
    expect(before && (await textOf(store.read, before))).toBeNull()
    for (const data of parts.slice(-1)) await answer(kioskA, { command: id, st: 'done', data })
    const after = await row(id)
    expect(after && (await textOf(store.read, after))).toBe(text)
    expect(
      await readingCommands(store.read).selectFrom('fleet_commands').select('st').execute(),
    ).toEqual([{ st: 'done' }])
  })
})

describe('the key of commands', () => {
  it('is readable by its owner alone, and is never made anew over an old one', async () => {
    const file = join(folder, 'keys', 'command.pem')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(() => makeCommandKey(file)).toThrow('EEXIST')
    expect(openCommandKey({ kid: 'office', file }).known).toEqual(key.known)
  })
})
