// The kiosk program itself under a listener in place of systemd's.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { freePort } from '../../drivers/free-ports.ts'
import { buildPages } from '../bench/pages.ts'
import exampleConfig from '../../provisioning/config.example.json' with { type: 'json' }

const program = resolve(import.meta.dirname, '..', 'main.ts')

beforeAll(() => buildPages({ say: () => undefined }), 120_000)

let folder: string
let child: ChildProcess | null = null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watched-'))
})
afterEach(async () => {
  if (child !== null && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  rmSync(folder, { recursive: true })
})

/** A kiosk whose devices are all away: honestly out of service, with its screen served. */
const configured = async () => {
  const absent = await freePort()
  const { devices } = exampleConfig
  const config = {
    ...exampleConfig,
    centre: { url: `http://127.0.0.1:${absent}` },
    fleet: null,
    dataFolder: 'data',
    devices: {
      ...devices,
      cardReader: { driver: 'pcsc', service: `tcp:127.0.0.1:${absent}` },
      noteAcceptor: { ...devices.noteAcceptor, port: `tcp:127.0.0.1:${absent}` },
      receiptPrinter: null,
      bankTerminal: null,
      serviceSwitch: null,
    },
    tenders: ['cash'],
    screen: { host: '127.0.0.1', port: 0 },
    log: { level: 'info', file: 'kiosk.log' },
  }
  const path = join(folder, 'config.json')
  writeFileSync(path, JSON.stringify(config))
  // Stands for systemd's own: what it was told is a line of a file.
  const programs = join(folder, 'programs')
  mkdirSync(programs)
  const told = join(folder, 'told')
  writeFileSync(told, '')
  const notify = `#!/bin/sh\nprintf '%s\\n' "$*" >> '${told}'\n`
  writeFileSync(join(programs, 'systemd-notify'), notify, { mode: 0o755 })
  return { path, programs, told }
}

type Configured = Awaited<ReturnType<typeof configured>>

const start = ({ path, programs }: Configured): ChildProcess => {
  child = spawn(process.execPath, [program, '--config', path], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PATH: `${programs}:${process.env['PATH']}`,
      NOTIFY_SOCKET: '/run/systemd/notify',
      WATCHDOG_USEC: '1000000',
    },
  })
  return child
}

/** Until the file has such a line behind this many of its characters; gives where that line ends. */
const until = async (file: string, line: RegExp, from = 0): Promise<number> => {
  const stop = new AbortController()
  const changes = watch(file, { signal: stop.signal })
  try {
    for (;;) {
      const changed = once(changes, 'change')
      const found = line.exec(readFileSync(file, 'utf8').slice(from))
      if (found !== null) return from + found.index + found[0].length
      await changed
    }
  } finally {
    changes.on('error', () => undefined)
    stop.abort()
  }
}

/**
 * Stopped for longer than the event loop may be late, until that is told; gives where that line ends. A word that comes while
 * another is under way is left out, and then it stands still once more.
 */
const stoodStill = async (program: ChildProcess, told: string, from: number): Promise<number> => {
  for (let seen = from; ;) {
    program.kill('SIGSTOP')
    await new Promise((resume) => setTimeout(resume, 1_400))
    program.kill('SIGCONT')
    seen = await until(told, /^.*STATUS=.*$/m, seen)
    const line = /^STATUS=withheld: .*event loop late.*$/m.exec(
      readFileSync(told, 'utf8').slice(from),
    )
    if (line !== null) return from + line.index + line[0].length
  }
}

test('it is fed while it runs, misses a beat that comes late, and the next start knows how it ended', async () => {
  const made = await configured()
  const first = start(made)
  const ready = await until(made.told, /^READY=1 WATCHDOG=1 STATUS=outOfService$/m)
  const fed = await until(made.told, /^WATCHDOG=1 STATUS=outOfService$/m, ready)
  const withheld = await stoodStill(first, made.told, fed)
  await until(made.told, /^WATCHDOG=1 STATUS=outOfService$/m, withheld)
  first.kill('SIGKILL')
  await once(first, 'exit')

  writeFileSync(join(folder, 'data', 'watchdog', 'last-stop'), 'watchdog killed ABRT\n')
  const second = start(made)
  const log = join(folder, 'kiosk.log')
  await until(log, /"why":"watchdog".*"msg":"the program starts"/)
  await until(log, /"msg":"the screen is served"[^]*"msg":"the screen is served"/)
  second.kill('SIGTERM')
  expect(await once(second, 'exit')).toEqual([0, null])
  const run: unknown = JSON.parse(
    readFileSync(join(folder, 'data', 'watchdog', 'run.json'), 'utf8'),
  )
  expect(run).toMatchObject({ wasAsked: true })
})
