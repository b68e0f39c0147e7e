import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestOf } from '../domain/config-problems.ts'
import { parseConfig, readConfig } from './config.ts'
import { withPaths } from './fleet/fleet-config.ts'
import { argumentsOf, usage } from './usage.ts'

const examplePath = join(import.meta.dirname, '../provisioning/config.example.json')
const example = (): Record<string, unknown> => JSON.parse(readFileSync(examplePath, 'utf8'))

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** The example with one value changed; undefined takes it away. */
const withValue = (path: string, value: unknown): Record<string, unknown> => {
  const config = example()
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let at: unknown = config
  for (const key of keys) at = isObject(at) ? at[key] : undefined
  if (!isObject(at)) throw new Error(`the example has no ${path}`)
  if (value === undefined) delete at[last]
  else at[last] = value
  return config
}
const problemsWith = (path: string, value: unknown): string[] => {
  const read = parseConfig(JSON.stringify(withValue(path, value)))
  return read.kind === 'problems' ? read.problems : []
}

const serviceSwitch = {
  driver: 'evdev',
  port: '/dev/kiosk/key',
  key: 'key:148',
  cabinetDoor: 'switch:0',
  cashDoor: null,
}
const bankTerminal = {
  driver: 'zvt',
  port: '/dev/kiosk/bank-terminal',
  terminalId: '12345678',
  password: '123456',
  endOfDayHour: 2,
}

describe('the configuration', () => {
  it('is right in the example, whose paths become absolute', async () => {
    const read = await readConfig(examplePath)
    expect(read).toMatchObject({
      kind: 'config',
      config: {
        dataFolder: join(import.meta.dirname, '../var/kiosk'),
        log: { file: null },
        fleet: { tls: 'identity' },
      },
    })
  })

  it('names the files of an authority elsewhere beside itself', () => {
    const tls = { ca: 'ca.pem', certificate: 'kiosk.pem', key: '/keys/kiosk.pem' }
    const read = parseConfig(JSON.stringify(withValue('fleet.tls', tls)))
    if (read.kind === 'problems' || read.config.fleet === null) throw new Error('no fleet')
    expect(withPaths(read.config.fleet, (name) => resolve('/etc/kiosk', name)).tls).toEqual({
      ca: '/etc/kiosk/ca.pem',
      certificate: '/etc/kiosk/kiosk.pem',
      key: '/keys/kiosk.pem',
    })
  })

  it('enrols over TLS only', () => {
    expect(problemsWith('centre.enrolment', 'http://127.0.0.1:8020')).toEqual([
      'centre.enrolment: found "http://127.0.0.1:8020"; must be an https:// address',
    ])
    expect(problemsWith('centre.enrolment', 'https://centre.example:8020')).toEqual([])
  })

  it('reports to no fleet unless it is told to which', () => {
    const read = parseConfig(JSON.stringify(withValue('fleet', undefined)))
    expect(read).toMatchObject({ kind: 'config', config: { fleet: null } })
    expect(problemsWith('fleet.url', 'mqtt://centre.example')).toEqual([
      'fleet.url: found "mqtt://centre.example"; must be an mqtts:// address (mqtt:// only on this machine)',
    ])
  })

  it('takes a bank terminal for a currency that has a number, and for no other', () => {
    expect(problemsWith('devices.bankTerminal', bankTerminal)).toEqual([])
    const config = withValue('devices.bankTerminal', bankTerminal)
    const read = parseConfig(JSON.stringify({ ...config, currency: { code: 'QQQ', symbol: 'q' } }))
    expect(read.kind === 'problems' ? read.problems : []).toEqual([
      'currency.code: found "QQQ"; must be a currency that a bank terminal has a number for',
    ])
  })

  it('may name a maintenance key, and does without one', () => {
    expect(problemsWith('devices.serviceSwitch', serviceSwitch)).toEqual([])
    expect(problemsWith('devices.serviceSwitch', undefined)).toEqual([])
  })

  it.each<[string, unknown, string]>([
    ['kiosk.number', '12', 'kiosk.number: found "12"; must be a kiosk number: 12 digits'],
    ['kiosk.number', 101, 'kiosk.number: found 101; must be text in quotes'],
    ['kiosk.place', undefined, 'kiosk.place: found nothing; must be text in quotes'],
    ['kiosk.place', ' ', 'kiosk.place: found " "; must not be empty'],
    ['kiosk', 7, 'kiosk: found 7; must be an object with keys'],
    ['edition', 'bnak', 'edition: found "bnak"; must be "authority" or "bank"'],
    ['screen.host', '0.0.0.0', 'screen.host: found "0.0.0.0"; must be "127.0.0.1"'],
    ['screen.port', 70_000, 'screen.port: found 70000; must be at most 65535'],
    ['screen.port', 80.5, 'screen.port: found 80.5; must be a whole number'],
    ['patience.warningMs', 5_000, 'patience.warningMs: found 5000; must be at least 20000'],
    [
      'timeZone',
      'Mars/North',
      'timeZone: found "Mars/North"; must be a time zone such as Asia/Shanghai',
    ],
    ['language', 'fr', 'language: found "fr"; must be "en" or "zh" or "ar"'],
    ['languages', ['zh'], 'language: found "en"; must be one of "languages": zh'],
    ['languages', ['en', 'en'], 'languages: found ["en","en"]; must name each language once'],
    ['cash.most', 100, 'cash.most: found 100; must be at least the smallest note, 500'],
    ['cash.values', [0.5], 'cash.values.0: found 0.5; must be a whole number'],
    ['cash.values', [], 'cash.values: found []; must name a note while "tenders" has "cash"'],
    [
      'devices.bankTerminal',
      { ...bankTerminal, terminalId: '12' },
      'devices.bankTerminal.terminalId: found "12"; must be the terminal id, 8 digits, or "any"',
    ],
    [
      'devices.bankTerminal',
      { ...bankTerminal, password: '12345' },
      'devices.bankTerminal.password: what was found is not shown; must be 6 digits',
    ],
    [
      'devices.bankTerminal',
      { ...bankTerminal, endOfDayHour: 24 },
      'devices.bankTerminal.endOfDayHour: found 24; must be at most 23',
    ],
    [
      'devices.serviceSwitch',
      { ...serviceSwitch, key: 'F13' },
      'devices.serviceSwitch.key: found "F13"; must be key: or switch: and a number of ' +
        'input-event-codes.h, such as key:148',
    ],
    [
      'devices.serviceSwitch',
      { ...serviceSwitch, port: 'tcp:127.0.0.1:4000' },
      'devices.serviceSwitch.port: found "tcp:127.0.0.1:4000"; must be an input device such as ' +
        '/dev/kiosk/key',
    ],
    [
      'tenders',
      ['cash', 'bank card'],
      'devices.bankTerminal: found nothing; must be there while "tenders" has "bank card"',
    ],
    [
      'tenders',
      ['cash', 'bank account'],
      'tenders: found ["cash","bank account"]; must not name "bank account" in the edition "authority"',
    ],
    [
      'edition',
      'bank',
      'tenders: found ["cash","account"]; must not name "account" in the edition "bank"',
    ],
    [
      'devices.receiptPrinter.model',
      'toString',
      'devices.receiptPrinter.model: found "toString"; must be one of generic-80, generic-80-cn, ' +
        'generic-58, epson-tm, custom-vkp80',
    ],
    [
      'devices.noteAcceptor',
      null,
      'devices.noteAcceptor: found null; must be there while "tenders" has "cash"',
    ],
    [
      'devices.noteAcceptor.port',
      'COM3',
      'devices.noteAcceptor.port: found "COM3"; must be a device such as /dev/kiosk/notes, or ' +
        'tcp:host:port for a serial device server',
    ],
    [
      'devices.cardReader.service',
      'tcp:10.0.0.7:4000',
      'devices.cardReader.service: found "tcp:10.0.0.7:4000"; must be tcp:127.0.0.1:port, a card ' +
        'reader server on this machine',
    ],
    [
      'slots.card',
      'top',
      'slots.card: found "top"; must be "left-high" or "left-mid" or "left-low" or "right-high" or ' +
        '"right-mid" or "right-low" or "bottom"',
    ],
  ])('names the key, what was found and what is allowed: %s = %j', (path, value, problem) => {
    expect(problemsWith(path, value)).toEqual([problem])
  })

  it.each([
    ['kiosk.plaec', 'kiosk: "plaec" is not a key; did you mean "place"?'],
    ['curency', 'the configuration: "curency" is not a key; did you mean "currency"?'],
    [
      'devices.cardReader.READER',
      'devices.cardReader: "READER" is not a key; did you mean "reader"?',
    ],
    ['cash.colour', 'cash: "colour" is not a key; allowed are values, most, boxHolds'],
  ])('takes an unknown key for a mistake: %s', (path, problem) => {
    expect(problemsWith(path, 'x')).toEqual([problem])
  })

  it.each([
    ['tcp:127.0.0.1:4000', true],
    ['tcp:localhost:4000', true],
    ['tcp:127.0.0.1:70000', false],
    ['tcp:127.0.0.1.example:4000', false],
    ['/dev/kiosk/card', false],
    ['', false],
  ])('speaks to a card on this machine only: %s', (service, allowed) => {
    expect(problemsWith('devices.cardReader.service', service)).toHaveLength(allowed ? 0 : 1)
  })

  it.each([
    ['https://centre.example/kiosks', true],
    ['http://127.0.0.1:8020', true],
    ['http://localhost:8020', true],
    ['http://centre.example', false],
    ['http://127.0.0.1.centre.example', false],
    ['ftp://centre.example', false],
    ['https://user:word@centre.example', false],
    ['https://centre.example/?a=1', false],
    ['centre', false],
  ])('sends money over HTTPS, or stays on the machine: %s', (url, allowed) => {
    expect(problemsWith('centre.url', url)).toHaveLength(allowed ? 0 : 1)
  })

  it('never repeats a key of the acceptor in a problem', () => {
    const [problem = ''] = problemsWith('devices.noteAcceptor.fixedKey', '0123SECRET')
    expect(problem).toContain('devices.noteAcceptor.fixedKey')
    expect(problem).not.toContain('SECRET')
    const torn = parseConfig('{"devices":{"noteAcceptor":{"fixedKey": SECRET')
    expect(JSON.stringify(torn)).not.toContain('SECRET')
  })

  it('says where a file is no JSON, and why it cannot be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'config-'))
    const path = join(folder, 'kiosk.json')
    await writeFile(path, '{\n  "kiosk": oops\n}')
    expect(await readConfig(path)).toEqual({
      kind: 'problems',
      problems: [expect.stringMatching(/kiosk\.json: found an error at .*; must be JSON/)],
    })
    expect(await readConfig(join(folder, 'none.json'))).toMatchObject({
      problems: [expect.stringContaining('no such file')],
    })
    expect((await readConfig(folder)).kind).toBe('problems')
    await rm(folder, { recursive: true })
  })

  it('names every problem at once', () => {
    const config = { ...example(), edition: 'none', languages: [], colour: 'red' }
    const read = parseConfig(JSON.stringify(config))
    expect(read.kind === 'problems' && read.problems).toHaveLength(3)
  })

  it('never falls over, whatever stands in it, and wrong values never pass', () => {
    const right = parseConfig(JSON.stringify(example()))
    const keys = right.kind === 'config' ? Object.keys(right.config) : []
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
        const content = JSON.stringify({ ...example(), [key]: value })
        const read = parseConfig(content)
        if (read.kind === 'problems') expect(read.problems.length).toBeGreaterThan(0)
        else expect(Object.keys(read.config).sort()).toEqual(keys.sort())
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (content) => {
        expect(parseConfig(content).kind).toBe('problems')
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['plaec', 'place'],
    ['Number', 'number'],
    ['phon', 'phone'],
    ['xyz', null],
    ['', null],
    ['p'.repeat(1000), null],
  ])('guesses what %j was meant to be', (word, meant) => {
    expect(nearestOf(word, ['number', 'place', 'phone'])).toBe(meant)
  })
})

describe('the command line', () => {
  it('takes the file of the configuration', () => {
    const config = 'a.json'
    expect(argumentsOf(['--config', config])).toEqual({ kind: 'arguments', config, setup: null })
    const withPlan = argumentsOf(['--config', config, '--setup', 'plan.json'])
    expect(withPlan).toEqual({ kind: 'arguments', config, setup: 'plan.json' })
  })

  it.each([[[]], [['--config']], [['--confg', 'a.json']], [['a.json']]])(
    'says how the kiosk is started when it is wrong: %j',
    (args) => {
      const read = argumentsOf(args)
      expect(read.kind === 'problems' && read.problems.at(-1)).toBe(usage)
    },
  )

  it('ends a program that was started wrongly with 1 and a line for each problem', () => {
    const program = `import { giveUp } from ${JSON.stringify(join(import.meta.dirname, 'usage.ts'))}
      giveUp(['one', 'two'])`
    const ended = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    })
    expect(ended).toMatchObject({ status: 1, stderr: 'one\ntwo\n' })
  })
})
