// A kiosk that takes commands, over its stops and starts: done once, answered by name, and nothing of money in it.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CommandMessage } from '../../../domain/fleet/host-messages.ts'
import type { CommandAnswer } from '../../../domain/fleet/kiosk-messages.ts'
import { operations, type Operation, type OperationName } from '../../../domain/fleet/operations.ts'
import { packed, textOfParts } from '../../../domain/fleet/packed.ts'
import { KioskNumber } from '../../../domain/identifiers.ts'
import type { JournalEntry } from '../../../domain/journal-entry.ts'
import exampleConfig from '../../../provisioning/config.example.json' with { type: 'json' }
import { notingHands, ordering, passingCommandKey } from '../../../test/fleet/commanding.ts'
import { manualClock } from '../../../test/manual-clock.ts'
import { parseConfig } from '../../config.ts'
import { realDisk, type Disk } from '../../disk.ts'
import { openRecords, type Records } from '../../records.ts'
import { onceAMs } from '../few-warnings.ts'
import { FleetConfig } from '../fleet-config.ts'
import { afterStart, beforeStart } from './config-trial.ts'
import { commandsOf } from './joining.ts'
import type { Commands } from './taking.ts'

let folder = ''
const atEnd: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commands-'))
  await writeFile(join(folder, 'kiosk.json'), JSON.stringify(inPlace))
  await writeFile(join(folder, 'kiosk.log'), '')
})
afterEach(async () => {
  for (const end of atEnd.splice(0).toReversed()) await end()
  await rm(folder, { recursive: true, force: true })
})

const key = passingCommandKey()
/** Believes the office's key, as the configuration of a kiosk that takes commands does. */
const inPlace = {
  ...exampleConfig,
  fleet: { ...exampleConfig.fleet, commandKeys: [key.key] },
}
const kiosk = KioskNumber.parse(exampleConfig.kiosk.number)
const configured = parseConfig(JSON.stringify(exampleConfig))
if (configured.kind === 'problems') throw new Error(configured.problems.join('\n'))

/** A kiosk program with its disk; `start` ends the run before as a power cut does. */
const world = async (disk: Disk = realDisk) => {
  const clock = manualClock()
  const order = ordering({ key, kiosk, clock })
  const answers: CommandAnswer[] = []
  const warned: Record<string, unknown>[] = []
  const journal: JournalEntry[] = []
  const now = {
    machineStart: 'one',
    bd: 0,
    waiting: 0,
    append: async (entries: JournalEntry[]): Promise<void> => void entries,
    /** Until it resolves the outbox does not have the answer. */
    takes: async (answer: CommandAnswer): Promise<void> => void answer,
  }
  const line = {
    report: () => void hands.asked.push('report'),
    beatEvery: (seconds: number) => void hands.asked.push(`setInterval: ${seconds}`),
    resend: async (topic: string, from: number) => {
      hands.asked.push(`resend: ${topic} ${from}`)
      return from > 90 ? null : Math.max(from, 4)
    },
  }
  let hands = notingHands()
  let commands: Commands | null = null
  const start = async () => {
    commands?.stop()
    hands = notingHands(hands.asked)
    const first = ++now.bd
    // Of the run before nothing reaches the disk any more.
    const isCut = () => now.bd !== first
    const itsDisk: Disk = {
      ...disk,
      replaceFile: (path, text) =>
        isCut() ? new Promise(() => undefined) : disk.replaceFile(path, text),
    }
    commands = await commandsOf({
      config: {
        ...configured.config,
        dataFolder: folder,
        log: { level: 'info', file: join(folder, 'kiosk.log') },
      },
      fleet: FleetConfig.parse({
        url: 'mqtt://127.0.0.1:1883',
        tenant: 'test',
        passwordFile: null,
        tls: null,
        commandKeys: [key.key],
      }),
      clock,
      log: pino({ level: 'warn' }, { write: (line) => void warned.push(JSON.parse(line)) }),
      disk: itsDisk,
      outbox: { waiting: () => ({ n: now.waiting, oldest: null }), isNearlyFull: () => false },
      run: () => ({ first, latest: now.bd }),
      answer: async (answer) => {
        await now.takes(answer)
        answers.push(answer)
      },
      line,
      kiosk: {
        hands: hands.hands,
        configFile: join(folder, 'kiosk.json'),
        append: async (entries) => {
          await now.append(entries)
          journal.push(...entries)
        },
        machineStart: async () => now.machineStart,
      },
    })
  }
  await start()
  const hear = async (message: CommandMessage, isClockTrusted = true) => {
    await commands?.hear(message, isClockTrusted)
  }
  return {
    clock,
    key,
    order,
    answers,
    warned,
    journal,
    now,
    start,
    hear,
    hands: () => hands,
    asked: () => hands.asked,
    stop: () => commands?.stop(),
    resume: async () => commands?.resume(),
    history: () => commands?.history() ?? [],
    /** The answers to this command in words. */
    said: (id: string) =>
      answers
        .filter(({ command }) => command === id)
        .map(({ st, code }) => (code === undefined ? st : `${st} ${code}`)),
  }
}

type World = Awaited<ReturnType<typeof world>>

const closing: Operation = { op: 'outOfService', args: { reason: 'fault' } }
const reboot: Operation = { op: 'reboot', args: {} }
const restart: Operation = { op: 'restartRuntime', args: {} }
const ofThisRun = ({ now }: World) => ({ bd: now.bd })

describe('a command', () => {
  it('is done, answered, and in the journal with whose key signed it (C7)', async () => {
    const here = await world()
    const { id, message } = here.order(closing)
    await here.hear(message)
    expect(here.said(id)).toEqual(['running', 'done'])
    expect(here.asked()).toEqual(['close: out of service, fault, command'])
    expect(here.journal).toEqual([
      { type: 'command.taken', commandId: id, op: 'outOfService', kid: 'office' },
      { type: 'command.ended', commandId: id, st: 'done' },
    ])
    expect(here.history()).toMatchObject([{ id, op: 'outOfService', kid: 'office', st: 'done' }])
  })

  it('F14, C4: that comes again, in this run or a later one, is answered as it was and done once', async () => {
    const here = await world()
    const { id, message } = here.order(closing)
    await Promise.all([here.hear(message), here.hear(message)])
    await here.start()
    await here.resume()
    await here.hear(message)
    expect(here.asked()).toHaveLength(1)
    expect(here.said(id).filter((said) => said === 'done')).toHaveLength(2)
    expect(here.said(id).at(-1)).toBe('done')
    expect(here.journal).toHaveLength(2)
  })

  it('F14: that is not to be done is answered by name, and the answer stays', async () => {
    const here = await world()
    const late = here.order(closing, { nbf: 0, exp: 1 })
    const old = here.order(restart, { bd: 99 })
    const unknown = here.order({ op: 'update', args: {} })
    const early = here.order(closing)
    for (const { message } of [late, old, unknown]) await here.hear(message)
    await here.hear(early.message, false)
    await here.hear(early.message, true)
    expect(here.said(late.id)).toEqual(['expired'])
    expect(here.said(old.id)).toEqual(['obsolete'])
    expect(here.said(unknown.id)).toEqual(['refused unknownOp'])
    expect(here.said(early.id)).toEqual(['refused clock', 'refused clock'])
    expect(here.asked()).toEqual([])
  })

  it('F14: of a stranger is answered, and neither remembered nor in the journal', async () => {
    const here = await world()
    const { id, message } = here.order(closing)
    await here.hear({ ...message, sig: '' })
    await here.hear({ ...message, kid: 'old' })
    const foreign = here.order(closing, { kiosk: KioskNumber.parse('000000000018') })
    await here.hear(foreign.message)
    expect(here.said(id)).toEqual(['refused signature', 'refused key'])
    expect(here.said(foreign.id)).toEqual(['refused kiosk'])
    expect([here.history(), here.journal]).toEqual([[], []])
    // The right one is not kept from us by that.
    await here.hear(message)
    expect(here.said(id).at(-1)).toBe('done')
  })

  it('whoever floods the line with strangers fills no outbox', async () => {
    const here = await world()
    here.now.waiting = 100
    const { message, id } = here.order(closing)
    await here.hear({ ...message, sig: '' })
    expect(here.answers).toEqual([])
    await here.hear(message)
    expect(here.said(id)).toEqual(['running', 'done'])
  })

  it('whoever floods the line with strangers fills no log: it is said once a minute how many there were', async () => {
    const here = await world()
    const { message } = here.order(closing)
    const hearStrangers = async () => {
      for (let each = 0; each < 50; each++) await here.hear({ ...message, sig: '' })
    }
    await hearStrangers()
    expect(here.warned).toHaveLength(1)
    await here.clock.advance(onceAMs)
    await hearStrangers()
    expect(here.warned).toMatchObject([{}, { notSaid: 49 }])
  })

  it('that is older than all that is remembered is neither done nor kept nor answered, however often it comes', async () => {
    const old = manualClock().now() + 60_000
    await mkdir(join(folder, 'fleet'))
    const commands = join(folder, 'fleet', 'commands.json')
    await writeFile(commands, JSON.stringify({ horizon: old, commands: [] }))
    const here = await world()
    const orders = [
      here.order({ op: 'report', args: {} }, { exp: old }),
      here.order({ op: 'sendLogs', args: { from: 0, until: 1 } }, { exp: old }),
      here.order(closing, { exp: old }),
    ]
    for (const isClockTrusted of [true, false]) {
      for (const { message } of orders) await here.hear(message, isClockTrusted)
    }
    expect([here.asked(), here.answers, here.journal, here.history()]).toEqual([[], [], [], []])
    const fresh = here.order({ op: 'report', args: {} }, { exp: old + 1 })
    await here.hear(fresh.message)
    expect(here.said(fresh.id)).toEqual(['done'])
  })

  it('C4: whose id is not on the disk is not done, and may come again', async () => {
    const disk = { ...realDisk, isFull: false }
    disk.replaceFile = (path, text) =>
      disk.isFull ? Promise.reject(new Error('ENOSPC')) : realDisk.replaceFile(path, text)
    const here = await world(disk)
    const { id, message } = here.order(closing)
    disk.isFull = true
    await here.hear(message)
    expect([here.asked(), here.answers]).toEqual([[], []])
    disk.isFull = false
    await here.hear(message)
    expect(here.said(id)).toEqual(['running', 'done'])
  })

  it('restarts a kiosk whose journal cannot be written', async () => {
    const here = await world()
    here.now.append = () => Promise.reject(new Error('the journal is broken'))
    const { id, message } = here.order(restart, ofThisRun(here))
    await here.hear(message)
    expect(here.asked()).toEqual(['restartRuntime'])
    expect(here.said(id)).toEqual(['running'])
  })

  it('that fails says so', async () => {
    const here = await world()
    here.hands().now.reboots = false
    const { id, message } = here.order(reboot, ofThisRun(here))
    await here.hear(message)
    expect(here.said(id)).toEqual(['running', 'failed notDone'])
  })

  it('that was cut off in its middle is known as interrupted by the next start', async () => {
    const here = await world()
    here.hands().hands.close = () => new Promise(() => undefined)
    const { id, message } = here.order(closing)
    void here.hear(message)
    await vi.waitUntil(() => here.said(id).includes('running'))
    await here.start()
    await here.resume()
    expect(here.said(id)).toEqual(['running', 'failed interrupted'])
  })
})

describe('an end that a power cut keeps from the outbox', () => {
  it('is told by the next start, and by no later one', async () => {
    const here = await world()
    here.now.takes = ({ st }) => (st === 'done' ? new Promise(() => undefined) : Promise.resolve())
    const { id, message } = here.order(closing)
    void here.hear(message)
    await vi.waitUntil(() => here.journal.length === 2)
    here.now.takes = () => Promise.resolve()
    await here.start()
    await here.resume()
    await here.start()
    await here.resume()
    expect(here.said(id)).toEqual(['running', 'done'])
    expect(here.asked()).toHaveLength(1)
  })

  it('and that brought a text says that it is lost', async () => {
    const here = await world()
    const logged = { time: '2026-11-23T16:30:00.000Z', level: 30, kiosk, msg: 'something' }
    await writeFile(join(folder, 'kiosk.log'), JSON.stringify(logged))
    here.now.takes = () => new Promise(() => undefined)
    const { id, message } = here.order({ op: 'sendLogs', args: { from: 0, until: 2e12 } })
    void here.hear(message)
    await vi.waitUntil(() => here.journal.length === 2)
    here.now.takes = () => Promise.resolve()
    await here.start()
    await here.resume()
    await here.hear(message)
    expect(here.said(id)).toEqual(['done textLost', 'done textLost'])
  })

  it('is told once more when the program was about to stop', async () => {
    const here = await world()
    const taking = Promise.withResolvers<void>()
    here.now.takes = ({ st }) => (st === 'done' ? taking.promise : Promise.resolve())
    const { id, message } = here.order(closing)
    const heard = here.hear(message)
    await vi.waitUntil(() => here.journal.length === 2)
    here.stop()
    taking.resolve()
    await heard
    await here.start()
    await here.resume()
    expect(here.said(id)).toEqual(['running', 'done', 'done'])
  })
})

describe('F15, C5: a command that ends the program', () => {
  it('reboot is answered after the start of the machine that proves it, once', async () => {
    const here = await world()
    const { id, message } = here.order(reboot, ofThisRun(here))
    await here.hear(message)
    expect([here.said(id), here.asked()]).toEqual([['running'], ['reboot']])
    here.now.machineStart = 'two'
    await here.start()
    await here.resume()
    await here.start()
    await here.resume()
    expect(here.said(id)).toEqual(['running', 'done'])
    expect(here.asked()).toEqual(['reboot'])
  })

  it('a start of the program alone is no reboot', async () => {
    const here = await world()
    const { id, message } = here.order(reboot, ofThisRun(here))
    await here.hear(message)
    await here.start()
    await here.resume()
    expect(here.said(id)).toEqual(['running', 'failed notRebooted'])
  })

  it('a restart is done when the next program runs', async () => {
    const here = await world()
    const { id, message } = here.order(restart, ofThisRun(here))
    await here.hear(message)
    await here.start()
    await here.resume()
    expect(here.said(id)).toEqual(['running', 'done'])
    await here.hear(message)
    expect(here.asked()).toEqual(['restartRuntime'])
  })
})

describe('F16, C6: a command that waits for an idle kiosk', () => {
  it('waits for the sale to be over, and is then done', async () => {
    const here = await world()
    here.hands().now.isIdle = false
    const { id, message } = here.order(reboot, ofThisRun(here))
    const heard = here.hear(message)
    await vi.waitUntil(() => here.said(id).length === 1)
    expect([here.said(id), here.asked()]).toEqual([['waiting'], []])
    here.hands().becomeIdle()
    await heard
    expect([here.said(id), here.asked()]).toEqual([['waiting', 'running'], ['reboot']])
  })

  it('waits again when somebody comes while it is put on the disk', async () => {
    const disk = { ...realDisk }
    const here = await world(disk)
    disk.replaceFile = (path, text) => {
      if (text.includes('"running"')) here.hands().now.isIdle = false
      return realDisk.replaceFile(path, text)
    }
    const { id, message } = here.order(reboot, ofThisRun(here))
    const heard = here.hear(message)
    await vi.waitUntil(() => here.said(id).includes('running'))
    expect(here.asked()).toEqual([])
    disk.replaceFile = realDisk.replaceFile
    await vi.waitUntil(() => here.hands().waits() > 0)
    here.hands().becomeIdle()
    await heard
    expect(here.asked()).toEqual(['reboot'])
  })

  it('expires when the sale is still on at its deadline, and is not done after it', async () => {
    const here = await world()
    here.hands().now.isIdle = false
    const { id, message } = here.order(closing, { when: 'onIdle' })
    const heard = here.hear(message)
    await vi.waitUntil(() => here.said(id).length === 1)
    await here.clock.advance(1_800_001)
    await heard
    here.hands().becomeIdle()
    expect([here.said(id), here.asked()]).toEqual([['waiting', 'expired'], []])
  })

  it('waits on over a start, and one of a run that is over is obsolete', async () => {
    const here = await world()
    here.hands().now.isIdle = false
    const waits = here.order(closing, { when: 'onIdle' })
    const ofOld = here.order(reboot, ofThisRun(here))
    void here.hear(waits.message)
    void here.hear(ofOld.message)
    await vi.waitUntil(() => here.answers.length === 2)
    await here.start()
    await here.resume()
    expect(here.said(waits.id)).toEqual(['waiting', 'running', 'done'])
    expect(here.said(ofOld.id)).toEqual(['waiting', 'obsolete'])
    expect(here.asked()).toEqual(['close: out of service, fault, command'])
  })
})

describe('applyConfig', () => {
  const path = () => join(folder, 'kiosk.json')
  const changed = { ...inPlace, language: 'zh' }
  const applying = (config: unknown): Operation => ({
    op: 'applyConfig',
    args: { config: packed(typeof config === 'string' ? config : JSON.stringify(config)) },
  })

  it('puts it in place, keeps the one before, and is done when a start runs with it', async () => {
    const here = await world()
    const { id, message } = here.order(applying(changed))
    await here.hear(message)
    expect(here.asked()).toEqual(['restartRuntime'])
    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual(changed)
    expect(JSON.parse(await readFile(`${path()}.previous`, 'utf8'))).toEqual(inPlace)
    expect(await beforeStart(path())).toBe(false)
    await here.start()
    await here.resume()
    await afterStart(path())
    expect(here.said(id)).toEqual(['running', 'done'])
    expect(await beforeStart(path())).toBe(false)
  })

  it('gives way to the one before when no kiosk starts with it', async () => {
    const here = await world()
    const { id, message } = here.order(applying(changed))
    await here.hear(message)
    expect([
      await beforeStart(path()),
      await beforeStart(path()),
      await beforeStart(path()),
    ]).toEqual([false, false, true])
    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual(inPlace)
    await here.start()
    await here.resume()
    expect(here.said(id)).toEqual(['running', 'failed notApplied'])
  })

  it('takes secrets over from the one in place', async () => {
    const { noteAcceptor } = inPlace.devices
    const withKey = { ...noteAcceptor, fixedKey: '0123456789abcdef' }
    const devices = { ...inPlace.devices, noteAcceptor: withKey }
    await writeFile(path(), JSON.stringify({ ...inPlace, devices }))
    const here = await world()
    await here.hear(here.order(applying(changed)).message)
    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual({ ...changed, devices })
    const { id, message } = here.order(applying({ ...changed, devices }))
    await here.hear(message)
    expect(here.said(id)).toEqual(['refused secret'])
    expect(JSON.stringify(here.answers)).not.toContain('0123456789abcdef')
  })

  it('leaves those who may open the maintenance mode as they are, and their PINs where they are', async () => {
    const pin = `scrypt:15:${'a'.repeat(22)}:${'b'.repeat(43)}`
    const somebody = { number: '1717', name: 'Somebody', role: 'technician', pin }
    const service = { persons: [somebody], twoForCashBox: true }
    await writeFile(path(), JSON.stringify({ ...inPlace, service }))
    const here = await world()
    const { id, message } = here.order(applying(changed))
    await here.hear(message)
    expect(here.said(id)).toEqual(['running'])
    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual({ ...changed, service })
  })

  it('gives the password of the bank terminal to no other terminal', async () => {
    const bankTerminal = {
      driver: 'zvt',
      port: 'tcp:10.0.0.5:20007',
      terminalId: '12345678',
      password: '123456',
      endOfDayHour: 3,
    }
    const { password, ...known } = bankTerminal
    const withTerminal = (terminal: unknown) => ({
      ...inPlace,
      devices: { ...inPlace.devices, bankTerminal: terminal },
    })
    await writeFile(path(), JSON.stringify(withTerminal(bankTerminal)))
    const here = await world()
    for (const forged of [{ port: 'tcp:10.0.0.66:20007' }, { terminalId: '87654321' }]) {
      const { id, message } = here.order(applying(withTerminal({ ...known, ...forged })))
      await here.hear(message)
      expect(here.said(id)).toEqual(['refused notFromAfar'])
    }
    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual(withTerminal(bankTerminal))
    await here.hear(here.order(applying(withTerminal({ ...known, endOfDayHour: 4 }))).message)
    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual(
      withTerminal({ ...known, endOfDayHour: 4, password }),
    )
  })

  it('brings another key beside the one that it is signed with', async () => {
    const here = await world()
    const commandKeys = [passingCommandKey('office next year').key, key.key]
    const more = { ...inPlace, fleet: { ...inPlace.fleet, commandKeys } }
    await here.hear(here.order(applying(more)).message)
    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual(more)
  })

  it.each<[string, unknown, string]>([
    ['that is the one in place', inPlace, 'done'],
    ['that does not start a kiosk', { ...changed, tenders: [] }, 'refused invalid'],
    ['with a key nobody knows', { ...changed, more: 1 }, 'refused invalid'],
    ['that is no JSON', 'no configuration', 'refused unreadable'],
    ['that moves the journal', { ...changed, dataFolder: 'elsewhere' }, 'refused notFromAfar'],
    [
      'that names another centre',
      { ...changed, centre: { url: 'https://other.example' } },
      'refused notFromAfar',
    ],
    [
      'that makes it another kiosk',
      { ...changed, kiosk: { ...inPlace.kiosk, number: '000000000102' } },
      'refused notFromAfar',
    ],
    [
      'that believes no key any more',
      { ...changed, fleet: { ...inPlace.fleet, commandKeys: [] } },
      'refused notFromAfar',
    ],
    [
      'that believes another key under the name of ours',
      { ...changed, fleet: { ...inPlace.fleet, commandKeys: [passingCommandKey().key] } },
      'refused notFromAfar',
    ],
    [
      'that writes its log over the journal',
      { ...changed, log: { level: 'info', file: 'data/journal.ndjson' } },
      'refused notFromAfar',
    ],
    [
      'that takes notes by any acceptor',
      {
        ...changed,
        devices: {
          ...inPlace.devices,
          noteAcceptor: { ...inPlace.devices.noteAcceptor, serial: 'any' },
        },
      },
      'refused notFromAfar',
    ],
    [
      'that lets somebody into the maintenance mode',
      { ...changed, service: { persons: [], twoForCashBox: false } },
      'refused secret',
    ],
    [
      'that names programs to run',
      { ...changed, machine: { reboot: ['sh'], shutdown: null } },
      'refused notFromAfar',
    ],
  ])('%s changes nothing', async (_, config, expected) => {
    const here = await world()
    const { id, message } = here.order(applying(config))
    await here.hear(message)
    expect(here.said(id)).toEqual([expected])
    expect(here.asked()).toEqual([])
    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual(inPlace)
  })
})

describe('what a command asks for', () => {
  const textOf = (here: World, id: string) =>
    textOfParts(here.answers.flatMap(({ command, data }) => (command === id && data ? [data] : [])))

  it("F21: a window of the log comes without anybody's numbers", async () => {
    const here = await world()
    const line = (time: string, more: Record<string, unknown>) =>
      JSON.stringify({ level: 30, time, kiosk, ...more })
    await writeFile(
      join(folder, 'kiosk.log'),
      [
        line('2026-11-23T16:00:00.000Z', { msg: 'before' }),
        line('2026-11-23T16:30:00.000Z', {
          msg: 'of 6212345678901234 and 555 123 4567',
          n: 62123456,
        }),
        'half a li',
        line('2026-11-23T16:31:00.000Z', { err: { message: 'card 000012345678' }, n: 5 }),
        line('2026-11-23T17:00:00.000Z', { msg: 'after' }),
      ].join('\n'),
    )
    const [from, until] = [Date.UTC(2026, 10, 23, 16, 15), Date.UTC(2026, 10, 23, 16, 45)]
    const { id, message } = here.order({ op: 'sendLogs', args: { from, until } })
    await here.hear(message, false)
    expect(here.said(id)).toEqual(['done'])
    expect(
      textOf(here, id)
        ?.split('\n')
        .map((each) => JSON.parse(each)),
    ).toEqual([
      { level: 30, time: '2026-11-23T16:30:00.000Z', kiosk, msg: 'of #1234 and #4567', n: null },
      { level: 30, time: '2026-11-23T16:31:00.000Z', kiosk, err: { message: 'card #5678' }, n: 5 },
    ])
  })

  it('the recording of the last fault before a moment', async () => {
    const here = await world()
    const none = here.order({ op: 'flightRecord', args: {} })
    await here.hear(none.message)
    expect(here.said(none.id)).toEqual(['failed noRecording'])
    const recordings = join(folder, 'flight-recorder')
    await mkdir(recordings)
    await writeFile(join(recordings, '20261123T100000Z-note-acceptor-jam.ndjson'), 'a jam')
    await writeFile(join(recordings, '20261123T120000Z-printer-paper-out.ndjson'), 'no paper')
    const last = here.order({ op: 'flightRecord', args: {} })
    const first = here.order({ op: 'flightRecord', args: { at: Date.UTC(2026, 10, 23, 11) } })
    for (const { message } of [last, first]) await here.hear(message)
    expect([textOf(here, last.id), textOf(here, first.id)]).toEqual(['no paper', 'a jam'])
  })

  it('a self-test brings its words along, whether it went well or not', async () => {
    const here = await world()
    const asked: Operation = { op: 'selfTest', args: { device: 'receiptPrinter' } }
    const well = here.order(asked)
    await here.hear(well.message)
    here.hands().now.selfTest = { ok: false, words: 'no paper' }
    const ill = here.order(asked)
    await here.hear(ill.message)
    expect([here.said(well.id).at(-1), textOf(here, well.id)]).toEqual(['done', 'it answers'])
    expect([here.said(ill.id).at(-1), textOf(here, ill.id)]).toEqual([
      'failed selfTest',
      'no paper',
    ])
  })

  it('records are sent again as far as they are kept', async () => {
    const here = await world()
    const orders = [4, 1, 91].map((from) =>
      here.order({ op: 'resend', args: { topic: 'ev', from } }),
    )
    for (const { message } of orders) await here.hear(message)
    expect(orders.map(({ id }) => here.said(id).at(-1))).toEqual([
      'done',
      'done partly',
      'failed notKept',
    ])
  })
})

describe('C8: of no command', () => {
  const examples: Record<OperationName, Operation['args']> = {
    report: {},
    setInterval: { seconds: 30 },
    outOfService: { reason: 'fault' },
    inService: {},
    finishOnly: {},
    restartScreen: {},
    restartRuntime: {},
    reboot: {},
    applyConfig: { config: packed(JSON.stringify({ ...inPlace, language: 'zh' })) },
    sendLogs: { from: 0, until: 1 },
    flightRecord: {},
    selfTest: { device: 'noteAcceptor' },
    resend: { topic: 'ev', from: 1 },
  }

  it('comes anything of money: the whole table is walked on real records', async () => {
    const opened = await openRecords({
      folder: join(folder, 'records'),
      clock: manualClock(),
      version: '1',
      report: () => undefined,
    })
    if (opened.kind !== 'open') throw new Error('the records are in use')
    const records: Records = opened.records
    atEnd.push(records.close)
    const before = { standing: records.standing(), box: records.cashBox() }
    const here = await world()
    here.now.append = records.append
    const names = Object.keys(operations) as OperationName[]
    for (const op of names) {
      const { id, message } = here.order({ op, args: examples[op] }, ofThisRun(here))
      await here.hear(message)
      expect(here.said(id).at(-1), op).toMatch(/^(done|running|failed noRecording)/)
    }
    expect({ standing: records.standing(), box: records.cashBox() }).toEqual(before)
    expect(new Set(here.journal.map(({ type }) => type))).toEqual(
      new Set(['command.taken', 'command.ended']),
    )
    expect(here.asked()).toEqual([
      'report',
      'setInterval: 30',
      'close: out of service, fault, command',
      'open: command',
      'close: finish only, by the office, command',
      'restartScreen',
      'restartRuntime',
      'reboot',
      'restartRuntime',
      'selfTest: noteAcceptor',
      'resend: ev 1',
    ])
  })
})
