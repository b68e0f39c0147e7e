// The whole bench: it starts with one call or one command, goes on where it was, and leaves nothing behind.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { energy } from '../../domain/energy.ts'
import { startBench, type Bench } from './bench.ts'

/** Everything is compiled and a whole town imported: a slow machine needs its time. */
const startLimitMs = 180_000

const answers = (url: string) =>
  fetch(url).then(
    async (answer) => (await answer.text()) !== '',
    () => false,
  )

/** A process and all below it; Linux says who they are. */
const familyOf = (pid: number): number[] => {
  const file = `/proc/${pid}/task/${pid}/children`
  if (!existsSync(file)) return [pid]
  const children = readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  return [pid, ...children.flatMap(familyOf)]
}

/** Processes that were started for a folder: its name stands in their command lines. */
const runningFor = (folder: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return command.includes(folder) ? [command] : []
      } catch {
        return []
      }
    })

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}/cmdline`)

describe('a bench', () => {
  let folder = ''
  let bench: Bench
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-'))
    bench = await startBench({ dataFolder: folder, port: 0 })
  }, startLimitMs)
  afterAll(async () => {
    await bench.close()
    await rm(folder, { recursive: true })
  }, startLimitMs)

  const where = (id: string) => bench.panel().cards.find((card) => card.id === id)?.where
  const plain = () => bench.panel().cards.find((card) => card.id === 'plain-sale')?.meter ?? ''
  const meter = () => bench.panel().meters.find(({ number }) => number === plain())

  it('has both programs running, a town, and a page', async () => {
    const panel = bench.panel()
    expect(panel.programs).toEqual({ kiosk: 'running', centre: 'running' })
    expect(panel.cards.length).toBeGreaterThan(30)
    expect(panel.cards.every((card) => card.where === 'rack')).toBe(true)
    expect(bench.truth().cashBox).toEqual([])
    expect(await answers(bench.url)).toBe(true)
    expect(await answers(bench.kioskUrl)).toBe(true)
  })

  it('says what cannot be done', async () => {
    expect(await bench.act({ type: 'card.insert', card: 'nobody' })).toMatchObject({
      kind: 'refused',
    })
    expect(await bench.act({ type: 'card.take' })).toMatchObject({ kind: 'refused' })
    expect(await bench.act({ type: 'meter.take', meter: plain() })).toMatchObject({
      kind: 'refused',
    })
  })

  it('starts the kiosk again when its power was cut', async () => {
    await bench.act({ type: 'kiosk.kill' })
    await vi.waitFor(() => expect(bench.panel().programs.kiosk).toBe('running'), {
      timeout: 30_000,
      interval: 50,
    })
    expect(await answers(bench.kioskUrl)).toBe(true)
  }, 60_000)

  it(
    'goes on where it was: cards in meters, energy used, faults of the devices',
    { timeout: startLimitMs },
    async () => {
      const before = meter()?.remaining ?? 0
      await bench.act({ type: 'meter.insert', card: 'plain-sale', meter: plain() })
      await bench.act({ type: 'meter.use', meter: plain(), energy: energy(100) })
      await bench.act({ type: 'notes.fault', fault: 'jam', on: true })
      await bench.act({ type: 'printer.fault', fault: 'paper out', on: true })
      await bench.act({ type: 'terminal.fault', fault: 'bank away', on: true })
      await bench.close()
      bench = await startBench({ dataFolder: folder, port: 0 })
      expect(where('plain-sale')).toBe('meter')
      expect(meter()).toMatchObject({ remaining: before - 100, card: 'plain-sale', lastResult: 0 })
      expect(bench.panel().notes.faults).toEqual(['jam'])
      expect(bench.panel().printer.faults).toEqual(['paper out'])
      expect(bench.panel().terminal.faults).toEqual(['bank away'])
      expect(await bench.act({ type: 'card.insert', card: 'plain-sale' })).toEqual({
        kind: 'refused',
        why: 'That card is in a meter.',
      })
    },
  )

  it.runIf(process.platform === 'linux')('frees every port and ends every program', async () => {
    const urls = [bench.url, bench.kioskUrl]
    expect(runningFor(folder).length).toBeGreaterThan(1)
    await bench.close()
    expect(await Promise.all(urls.map(answers))).toEqual([false, false])
    expect(runningFor(folder)).toEqual([])
  })
})

describe.runIf(process.platform === 'linux')('npm start', () => {
  it.each([
    ['SIGTERM', [], 'The bench is ready'],
    ['SIGINT', ['--without-pcscd'], 'Cards go over memory instead'],
    ['SIGTERM', ['--edition', 'bank'], 'The bench is ready'],
  ] as const)(
    'says the address last, and leaves nothing behind at %s %s',
    async (signal, options, line) => {
      const folder = await mkdtemp(join(tmpdir(), 'bench-'))
      const main = join(import.meta.dirname, '..', 'main.bench.ts')
      const started = spawn(process.execPath, [main, '--data', folder, '--port', '0', ...options])
      let said = ''
      started.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
      started.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
      await vi.waitFor(() => expect(said).toMatch(/^http:.*\n$/m), { timeout: startLimitMs })
      expect(said).toContain(line)
      const url = said.trim().split('\n').at(-1) ?? ''
      expect(await answers(url)).toBe(true)
      const family = familyOf(started.pid ?? 0)
      expect(family.length).toBeGreaterThan(3)
      started.kill(signal)
      expect(await once(started, 'exit')).toEqual([0, null])
      expect(await answers(url)).toBe(false)
      expect(family.filter(isAlive)).toEqual([])
      await rm(folder, { recursive: true })
    },
    startLimitMs,
  )
})
