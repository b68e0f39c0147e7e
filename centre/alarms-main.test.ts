// The alarms as a program of their own, beside a centre that has the same database open.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { centreKit, type CentreKit } from '../test/centre-kit.ts'
import { KioskNumber } from '../domain/identifiers.ts'
import { raise } from './alarms.ts'
import { alarmsCommandOf } from './alarms-usage.ts'
import { acknowledge, clearByPerson, listAlarms, type Office } from './alerts/alarm-office.ts'
import { clearAlert, raiseAlert } from './alerts/alerts.ts'
import { withFleet } from './fleet/fleet-tables.ts'

let folder: string
let config: string
let kit: CentreKit
const kiosk = KioskNumber.parse('000000000101')
const jam = { device: 'noteAcceptor', code: 'jam', severity: 3 }
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-alarms-main-'))
  kit = await centreKit({ place: { kind: 'file', path: join(folder, 'data', 'centre.sqlite') } })
  config = join(folder, 'centre.json')
  const content = {
    dataFolder: 'data',
    listen: { host: '127.0.0.1', port: 0 },
    keys: { file: 'keys.json', bench: true },
    policy: kit.town.policy,
    log: 'info',
  }
  writeFileSync(config, JSON.stringify(content))
})
afterEach(async () => {
  await kit.close()
  rmSync(folder, { recursive: true, force: true })
})

const alarms = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['centre/alarms-main.ts', '--config', config, ...args],
    { encoding: 'utf8' },
  )
  return { code: status, said: stdout + stderr }
}

/** The same in this process, for what needs no process of its own. */
const office = <Result>(doing: (office: Office) => Promise<Result>) =>
  kit.store().transact((work) => doing({ work: withFleet(work), now: kit.clock.now }))
const list = (all = false) => office((it) => listAlarms(it, { kiosk: null, all }))

describe('the alarms command', () => {
  it('beside a centre that runs shows what stands, and takes who knows of it', async () => {
    const now = kit.clock.now
    await kit.store().transact(async (work) => {
      const turn = { work: withFleet(work), now, kiosk }
      await raiseAlert(turn, jam)
      await raise(work, { kind: 'journal fork', at: now, kiosk, evidence: {} })
      await raiseAlert(turn, { ...jam, code: 'path open' })
      await clearAlert(turn, { ...jam, code: 'path open', by: 'device' })
    })
    expect(alarms('--acknowledge', '1', '--by', 'A. Bell').code).toBe(0)
    const [first, second, ...more] = alarms('--kiosk', kiosk).said.trim().split('\n')
    expect(first).toMatch(/^2 {2}severity 4 {2}kiosk 000000000101 .+chainBroken \(the journal/)
    expect(second).toMatch(
      /^1 {2}severity 3 .+noteAcceptor: jam {2}since \d{4}-.+ acknowledged by A\. Bell$/,
    )
    expect(more).toEqual([])
  })

  it('ends by a person what only a person can end, and keeps all of it to be read', async () => {
    expect(await list()).toEqual({ kind: 'done', lines: ['No alarm stands.'] })
    const now = kit.clock.now
    await kit.store().transact(async (work) => {
      await raiseAlert({ work: withFleet(work), now, kiosk }, jam)
      await raise(work, { kind: 'journal fork', at: now, kiosk, evidence: {} })
    })
    const by = 'A. Bell'
    // What a device says is over when the device says so.
    expect(await office((it) => clearByPerson(it, { alarm: 1, by }))).toMatchObject({
      problem: expect.stringContaining('ends by itself when noteAcceptor is well again'),
    })
    expect(await office((it) => acknowledge(it, { alarm: 1, by }))).toMatchObject({ kind: 'done' })
    expect(await office((it) => acknowledge(it, { alarm: 1, by: 'C. Diaz' }))).toMatchObject({
      problem: expect.stringContaining('acknowledged by A. Bell already'),
    })
    expect(await office((it) => clearByPerson(it, { alarm: 2, by }))).toMatchObject({
      kind: 'done',
    })
    expect(await office((it) => clearByPerson(it, { alarm: 2, by }))).toMatchObject({
      problem: expect.stringContaining('is over since'),
    })
    expect(await office((it) => clearByPerson(it, { alarm: 9, by }))).toMatchObject({
      problem: expect.stringContaining('is not known here'),
    })
    const all = await list(true)
    const changes = all.kind === 'done' ? all.lines.filter((line) => line.startsWith(' ')) : []
    expect(changes.map((line) => line.trim().split(' ').slice(1).join(' '))).toEqual([
      'raised',
      'cleared by A. Bell',
      'raised',
      'acknowledged by A. Bell',
    ])
  })

  it('says what is wrong with what was typed', () => {
    const wrong: [string[], string][] = [
      [['--acknowledge', 'x', '--by', 'A'], '--acknowledge: found x; must be the number'],
      [['--clear', '1'], '--by: found nothing; must name a person'],
      [['--kiosk', '17'], '--kiosk: found 17; must be the number of a kiosk'],
      [['--clear', '1', '--acknowledge', '1'], '--clear: found beside --acknowledge'],
    ]
    for (const [args, problem] of wrong) {
      expect(alarmsCommandOf(['--config', 'a', ...args])).toMatchObject({
        kind: 'problems',
        problems: [expect.stringContaining(problem), expect.stringContaining('usage:')],
      })
    }
  })
})
