// The office's command to a kiosk as a program of its own, beside a centre that runs, with a kiosk at the other end of the line.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CommandKey, judged } from '../domain/fleet/commands.ts'
import { CommandMessage } from '../domain/fleet/host-messages.ts'
import { partsOf } from '../domain/fleet/packed.ts'
import { KioskNumber } from '../domain/identifiers.ts'
import { townPolicy } from '../kiosk/bench/town/town.ts'
import { tenant } from '../test/fleet/brokers.ts'
import { kioskA } from '../test/fleet/fleet-store.ts'
import { startKioskSide, type KioskSide } from '../test/fleet/kiosk-side.ts'
import { placed } from '../test/postgres/placed.ts'
import { commandAskedBy } from './commands-usage.ts'
import { readConfig } from './config.ts'
import { withoutSecrets } from './fleet/commands/without-secrets.ts'
import { openFleet, type Fleet } from './fleet/fleet.ts'
import { openStore, type Store } from './store.ts'

let folder: string
let config: string
let store: Store
let fleet: Fleet
const toKiosk = ['--kiosk', kioskA, '--by', 'A. Bell']

describe('npm run command', () => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wattpoint-commands-main-'))
    config = join(folder, 'centre.json')
    const content = {
      dataFolder: 'data',
      listen: { host: '127.0.0.1', port: 0 },
      keys: { file: 'keys.json', bench: true },
      policy: townPolicy,
      fleet: {
        tenant,
        broker: { kind: 'inside', listen: { host: '127.0.0.1', port: 0 }, tls: null },
        commandKey: { kid: 'office', file: 'keys/command.pem' },
      },
      log: 'silent',
    }
    writeFileSync(config, JSON.stringify(content))
    store = await openStore(
      await placed({ kind: 'file', path: join(folder, 'data', 'centre.sqlite') }),
    )
    await store.transact((work) =>
      work.insertInto('kiosks').values({ kiosk: kioskA, place: 'Market' }).execute(),
    )
    const read = readConfig(config)
    if (read.kind === 'problems' || read.config.fleet === null) throw new Error('no configuration')
    const log = pino({ level: 'silent' })
    fleet = await openFleet({
      config: read.config.fleet,
      store,
      now: Date.now,
      timeZone: 'UTC',
      log,
    })
  })
  afterEach(async () => {
    await fleet.close()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const command = (...args: string[]): Promise<{ code: number | null; said: string }> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [
        'centre/commands-main.ts',
        '--config',
        config,
        ...args,
      ])
      let said = ''
      const hear = (chunk: Buffer) => (said += chunk.toString())
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('close', (code) => resolve({ code, said }))
    })

  /** The centre looks again and again, as it does, until the kiosk has heard something; gives it. */
  const heardBy = async (side: KioskSide): Promise<CommandMessage> => {
    for (let tries = 0; tries < 1_500; tries++) {
      await fleet.sweep()
      const [heard] = side.commands
      if (heard !== undefined) return CommandMessage.parse(heard)
      await pause(10)
    }
    throw new Error('the kiosk hears nothing')
  }

  it('orders, waits for the answer of the kiosk, and shows what it sent along', async () => {
    const made = await command('--make-key')
    expect(made.code).toBe(0)
    const key = CommandKey.parse(JSON.parse(made.said.trim().split('\n').at(-1) ?? ''))
    const side = await startKioskSide({ port: fleet.port ?? 0, folder })
    try {
      const window = ['--from', '2026-11-26T08:00:00Z', '--until', '2026-11-26T09:00:00Z']
      const ordered = command(...toKiosk, '--op', 'sendLogs', ...window)
      const message = await heardBy(side)
      const situation = {
        kiosk: KioskNumber.parse(kioskA),
        keys: [key],
        now: Date.now(),
        isClockTrusted: true,
        run: null,
        isKnown: () => false,
        horizon: 0,
      }
      const verdict = judged(message, situation)
      if (verdict.kind !== 'accepted') expect.unreachable(verdict.kind)
      const { id, operation } = verdict.order
      const [from, until] = [Date.UTC(2026, 10, 26, 8), Date.UTC(2026, 10, 26, 9)]
      expect(operation).toEqual({ op: 'sendLogs', args: { from, until } })
      for (const data of partsOf('a line of the log') ?? []) {
        await side.client.answer({ command: id, st: 'done', data })
      }
      const { code, said } = await ordered
      expect(said).toBe(`${id} is ordered: sendLogs at ${kioskA}\ndone\na line of the log\n`)
      expect(code).toBe(0)
      const listed = await command('--list', '--kiosk', kioskA)
      expect(listed.said).toMatch(
        new RegExp(`${id} {2}${kioskA} {2}sendLogs {2}by A. Bell {2}done`),
      )
    } finally {
      await side.stop()
    }
  })

  it('orders nothing without a key', async () => {
    const { code, said } = await command(...toKiosk, '--op', 'report')
    expect(said).toContain('nothing was ordered; ENOENT')
    expect(code).toBe(1)
  })
})

describe('the words of a command', () => {
  const asked = (...args: string[]) =>
    commandAskedBy(['--config', 'x', ...args], (file) => `packed ${file}`)

  it.each<[string[], object]>([
    [['--op', 'outOfService', '--reason', 'fault'], { args: { reason: 'fault' } }],
    [['--op', 'setInterval', '--seconds', '30'], { args: { seconds: 30 } }],
    [['--op', 'selfTest', '--device', 'receiptPrinter'], { args: { device: 'receiptPrinter' } }],
    [['--op', 'applyConfig', '--file', 'k.json'], { args: { config: 'packed k.json' } }],
    [['--op', 'resend', '--topic', 'ev', '--number', '4'], { args: { topic: 'ev', from: 4 } }],
    [['--op', 'flightRecord'], { args: {} }],
  ])('%j', (args, operation) => {
    const read = asked(...toKiosk, ...args, '--in', '4h', '--on-idle')
    const order = { by: 'A. Bell', lifeMs: 14_400_000, when: 'onIdle', operation }
    expect(read).toMatchObject({ asked: { kind: 'order', kiosk: kioskA, ...order } })
  })

  it.each<[string, string[], RegExp]>([
    ['of something else', [...toKiosk, '--op', 'refund'], /found refund; must be one of report/],
    ['by nobody', ['--kiosk', kioskA, '--op', 'report'], /--by: must name/],
    ['for no kiosk', ['--by', 'A. Bell', '--op', 'report'], /--kiosk: found nothing/],
    ['without its argument', [...toKiosk, '--op', 'setInterval'], /args\.seconds: found nothing/],
    ['with what it does not take', [...toKiosk, '--op', 'report', '--seconds', '30'], /seconds/],
    ['at a time that is none', [...toKiosk, '--op', 'flightRecord', '--at', 'noon'], /args\.at/],
    ['for no time', [...toKiosk, '--op', 'report', '--in', 'soon'], /--in: found soon/],
    ['with a word too many', [...toKiosk, '--op', 'report', '--now'], /--now/],
  ])('order nothing %s', (_, args, problem) => {
    const read = asked(...args)
    expect(read.kind === 'problems' ? read.problems[0] : '').toMatch(problem)
  })
})

describe('a configuration that is sent', () => {
  it('leaves what is secret in it on the kiosk', () => {
    const devices = {
      noteAcceptor: { driver: 'ssp', fixedKey: '0123456789abcdef' },
      bankTerminal: { driver: 'zvt', password: '123456' },
    }
    const service = { persons: [{ number: '17', name: 'Somebody', pin: 'a hash' }] }
    expect(JSON.parse(withoutSecrets(JSON.stringify({ devices, service, more: 1 })))).toEqual({
      devices: { noteAcceptor: { driver: 'ssp' }, bankTerminal: { driver: 'zvt' } },
      more: 1,
    })
    expect(() => withoutSecrets('{ "password": "123456')).toThrow(
      /^the configuration must be JSON$/,
    )
  })
})
