// A wrong configuration or a published key does not start the centre, and says why in a sentence.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkConfig } from '../domain/config-problems.ts'
import { townKeyFile } from '../kiosk/bench/town/keys.ts'
import example from '../provisioning/centre.config.example.json' with { type: 'json' }
import { readKeyFile } from './card-security/key-file.ts'
import { CentreConfig, readConfig } from './config.ts'
import { storePlaceOf } from './store.ts'
import { argumentsOf } from './usage.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-centre-config-'))
  path = join(folder, 'centre.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const problemsWith = (config: unknown): string[] => {
  writeFileSync(path, JSON.stringify(config))
  const read = readConfig(path)
  return read.kind === 'config'
    ? []
    : read.problems.map((problem) => problem.replace(`${path}: `, ''))
}

describe('where the books are', () => {
  const url = 'postgresql://centre:secret@books.example:5432/centre'

  it('is a file of the data folder unless the file names PostgreSQL, or the environment does', () => {
    const placeWith = (content: object, environment: Record<string, string>) => {
      writeFileSync(path, JSON.stringify({ ...example, ...content }))
      const read = readConfig(path, environment)
      return read.kind === 'config' ? storePlaceOf(read.config) : read.problems
    }
    expect(placeWith({}, {})).toEqual({
      kind: 'file',
      path: join(folder, example.dataFolder, 'centre.sqlite'),
    })
    expect(placeWith({ database: { url } }, {})).toEqual({ kind: 'postgresql', url })
    const other = url.replace('books', 'others')
    expect(placeWith({ database: { url } }, { DATABASE_URL: other })).toEqual({
      kind: 'postgresql',
      url: other,
    })
  })

  it('is never told when it is wrong: a password stands in it', () => {
    const wrong = url.replace('postgresql', 'mysql')
    writeFileSync(path, JSON.stringify({ ...example, database: { url: wrong } }))
    for (const environment of [{}, { DATABASE_URL: wrong }]) {
      const read = readConfig(path, environment)
      expect(JSON.stringify(read)).toContain('what was found is not shown; must be an address such')
      expect(JSON.stringify(read)).not.toContain('secret')
    }
  })
})

describe('the configuration', () => {
  it('of the example is right, and its paths are beside the file', () => {
    expect(problemsWith(example)).toEqual([])
    expect(readConfig(path)).toMatchObject({
      config: { dataFolder: resolve(folder, '../var/centre') },
    })
  })

  it('listens to other machines over TLS only', () => {
    const elsewhere = { ...example, listen: { host: '0.0.0.0', port: 8020 } }
    expect(problemsWith({ ...elsewhere, tls: null, fleet: undefined }).join()).toContain(
      'must be there while "listen.host" is not this machine',
    )
    expect(problemsWith({ ...elsewhere, tls: { hosts: ['centre.example', '10.0.0.7'] } })).toEqual(
      [],
    )
    expect(
      problemsWith({ ...elsewhere, tls: { hosts: ['https://centre.example'] } }).join(),
    ).toContain('must be a host name or an address, without a port')
  })

  it('without a fleet watches none; the paths of one are beside the file too', () => {
    expect(problemsWith({ ...example, fleet: undefined })).toEqual([])
    expect(readConfig(path)).toMatchObject({ config: { fleet: null } })
    const broker = { kind: 'url', url: 'mqtts://broker.example', username: 'centre' }
    const tls = { certificate: 'c.crt', key: 'c.key', ca: '/ca.crt' }
    const fleet = { tenant: 'here', broker: { ...broker, passwordFile: 'password', tls } }
    expect(problemsWith({ ...example, fleet })).toEqual([])
    const beside = { certificate: join(folder, 'c.crt'), key: join(folder, 'c.key'), ca: '/ca.crt' }
    expect(readConfig(path)).toMatchObject({
      config: { fleet: { broker: { passwordFile: join(folder, 'password'), tls: beside } } },
    })
  })

  it('without alarms sends none out; their secrets are in files beside it', () => {
    expect(problemsWith(example)).toEqual([])
    expect(readConfig(path)).toMatchObject({ config: { alarms: { webhook: null, mail: null } } })
    const webhook = { url: 'https://ops.example/alarms', secretFile: 'secret' }
    const login = { userFile: 'user', passwordFile: '/password' }
    const mail = { host: 'mail.example', port: 587, from: 'c@example.org', to: ['o@example.org'] }
    const alarms = { webhook, mail: { ...mail, tls: 'starttls', login }, digestMinutes: 15 }
    expect(problemsWith({ ...example, alarms })).toEqual([])
    expect(readConfig(path)).toMatchObject({
      config: {
        alarms: {
          webhook: { secretFile: join(folder, 'secret') },
          mail: { login: { userFile: join(folder, 'user'), passwordFile: '/password' } },
        },
      },
    })
    const plain = { ...webhook, url: 'http://ops.example/alarms' }
    const open = { ...mail, tls: 'none', login: null }
    expect(problemsWith({ ...example, alarms: { ...alarms, webhook: plain, mail: open } })).toEqual(
      [
        expect.stringMatching(/^alarms\.webhook\.url: .*must be an https:\/\/ address/),
        expect.stringMatching(
          /^alarms\.mail.*tls: "none" is for a mail server on this machine only/,
        ),
      ],
    )
  })

  const wrong: [what: string, config: object, problem: string | RegExp][] = [
    [
      'a misspelt key',
      { ...example, lisen: example.listen },
      /"lisen" is not a key; did you mean "listen"\?/,
    ],
    ['a missing key', { ...example, log: undefined }, /^log: found nothing; must be "silent" or/],
    [
      'a port that is none',
      { ...example, listen: { host: 'localhost', port: 70_000 } },
      'listen.port: found 70000; must be at most 65535',
    ],
    [
      'a zone that is none',
      { ...example, policy: { ...example.policy, timeZone: 'Mars/Dome' } },
      'policy.timeZone: found "Mars/Dome"; must be a time zone such as Asia/Shanghai',
    ],
    [
      'no area',
      { ...example, policy: { ...example.policy, areas: [] } },
      /^policy\.areas: found \[\]; must name at least one area$/,
    ],
    [
      'a step of nothing',
      { ...example, policy: { ...example.policy, stepForEnergy: 0 } },
      'policy.stepForEnergy: found 0; must be above 0',
    ],
    ['no object', [], /must be an object with keys/],
  ]
  it.each(wrong)('with %s says so', (_, config, problem) => {
    expect(problemsWith(config)).toEqual([
      typeof problem === 'string' ? problem : expect.stringMatching(problem),
    ])
  })

  it('that is no JSON, or not there, says so without repeating what stands there', () => {
    writeFileSync(path, '{ "keys": secret }')
    expect(readConfig(path)).toEqual({
      kind: 'problems',
      problems: [expect.stringMatching(/found an error at .+; must be JSON$/)],
    })
    expect(readConfig(join(folder, 'none.json'))).toMatchObject({ kind: 'problems' })
  })

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        const checked = checkConfig(CentreConfig, input)
        expect(checked.kind).toBe('problems')
      }),
    )
  })

  it('knows its command line', () => {
    expect(argumentsOf(['--config', 'a.json'])).toMatchObject({ config: 'a.json', importing: null })
    expect(argumentsOf(['--config', 'a.json', '--import', 'b.json'])).toMatchObject({
      importing: 'b.json',
    })
    expect(argumentsOf([]).kind).toBe('problems')
    expect(argumentsOf(['--confg', 'a.json']).kind).toBe('problems')
  })
})

describe('the key file', () => {
  const secret = {
    cards: {
      '0001': Object.fromEntries(
        Object.keys(townKeyFile.cards['0001'] ?? {}).map((name, at) => [
          name,
          `${at}`.padStart(32, '0123456789abcdef0123456789abcdef'),
        ]),
      ),
    },
    meters: { '0001': { MK_MT: '00112233445566778899aabbccddeeff' } },
  }
  const keyFile = (content: unknown, mode = 0o600): string => {
    const file = join(folder, 'keys.json')
    writeFileSync(file, JSON.stringify(content))
    chmodSync(file, mode)
    return file
  }
  const problemOf = (content: unknown, { bench = false, mode = 0o600 } = {}) => {
    const read = readKeyFile(keyFile(content, mode), { bench })
    return read.kind === 'keys' ? null : read.problem
  }

  it('of the field is taken', () => {
    expect(problemOf(secret)).toBeNull()
  })

  it('with a published test key is taken by a bench and by nobody else', () => {
    expect(problemOf(townKeyFile, { bench: true })).toBeNull()
    expect(problemOf(townKeyFile)).toMatch(
      /^keys\.file: cards\.0001\.MK_\w+ is a published test key/,
    )
    const half = { ...secret, meters: townKeyFile.meters }
    expect(problemOf(half)).toMatch(/^keys\.file: meters\.0001\.MK_MT is a published test key/)
  })

  it('that others can read is not taken', () => {
    expect(problemOf(secret, { mode: 0o640 })).toMatch(/readable by others; its mode must be 0600$/)
  })

  it('that is wrong is refused without a key in the sentence', () => {
    const short = { ...secret, meters: { '0001': { MK_MT: 'deadbeefdeadbeef' } } }
    expect(problemOf(short)).toMatch(/meters\.0001\.MK_MT/)
    expect(problemOf(short)).not.toContain('deadbeef')
    const missing = readKeyFile(join(folder, 'none'), { bench: true })
    expect(missing).toMatchObject({ problem: expect.stringContaining('there is no key file') })
  })
})

describe('the program', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['centre/main.ts', ...args], { encoding: 'utf8' })

  it('ends with 1 and a sentence when it is started wrongly', () => {
    writeFileSync(path, JSON.stringify({ ...example, keys: { file: 'keys.json', bench: false } }))
    writeFileSync(join(folder, 'keys.json'), JSON.stringify(townKeyFile), { mode: 0o600 })
    const { status, stderr, stdout } = run('--config', path)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/is a published test key/)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
