// The centre as a program: takes a town in, answers, and ends cleanly.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KioskNumber } from '../domain/identifiers.ts'
import { freePort } from '../drivers/free-ports.ts'
import { sampleTown } from '../kiosk/bench/town/town.ts'
import { tenant } from '../test/fleet/brokers.ts'
import { startKioskSide } from '../test/fleet/kiosk-side.ts'
import { openStore, type StorePlace } from './store.ts'
import { isOnPostgresql, placed } from '../test/postgres/placed.ts'
import { testIds } from '../test/test-ids.ts'

let folder: string
let config: string
let running: ChildProcess | null = null
let place: StorePlace
const town = sampleTown({ now: Date.now() })
const content = {
  dataFolder: 'data',
  listen: { host: '127.0.0.1', port: 0 },
  keys: { file: 'keys.json', bench: true },
  policy: town.policy,
  log: 'info',
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-centre-main-'))
  place = await placed({ kind: 'file', path: join(folder, 'data', 'centre.sqlite') })
  config = write('centre.json', content)
  write('keys.json', town.keyFile)
})
afterEach(() => {
  running?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const write = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

const importing = (file: string) =>
  spawnSync(process.execPath, ['centre/main.ts', '--config', config, '--import', file], {
    encoding: 'utf8',
  })

/** Starts it; gives its address and what it has said so far. */
const started = async () => {
  const child = spawn(process.execPath, ['centre/main.ts', '--config', config])
  running = child
  let said = ''
  return new Promise<{ child: ChildProcess; url: string; said: () => string }>(
    (resolve, reject) => {
      const hear = (chunk: Buffer) => {
        said += chunk.toString()
        const url = /centre answers at (\S+)/.exec(said)?.[1]
        if (url !== undefined) resolve({ child, url, said: () => said })
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('exit', () => reject(new Error(said)))
    },
  )
}

/** The status of the answer to a message that every kiosk sends. */
const statusOfMessage = async (url: string): Promise<number> => {
  const { status } = await fetch(`${url}/v1/look-nonces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ requestId: testIds().request(), kiosk: '000000000101', count: 1 }),
  })
  return status
}

describe('the program', () => {
  it('takes the town in, refuses what contradicts it, then answers until it is told to stop', async () => {
    const taken = importing(write('town.json', town.import))
    expect({ status: taken.status, stderr: taken.stderr }).toEqual({ status: 0, stderr: '' })
    expect(taken.stdout).toMatch(/^New or changed: 3 kiosks, 5 tariffs, \d+ customers/)
    const [customer] = town.import.customers ?? []
    const other = write('other.json', { customers: [{ ...customer, balance: 1 }] })
    const refused = importing(other)
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain(`${other}: customers.0: customer 000000700123 was taken over`)

    const { child, url, said } = await started()
    const health = await fetch(`${url}/v1/health`)
    expect([health.status, await health.json()]).toEqual([200, { healthy: true, problem: null }])
    expect(await statusOfMessage(url)).toBe(200)
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(0)
    expect(said()).toContain('the master keys are in a file, not in an HSM')
  })

  it.skipIf(isOnPostgresql())('says why it cannot start on a database that is none', () => {
    write('data', 'no folder')
    const { status, stderr } = importing(write('town.json', town.import))
    expect(status).toBe(1)
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/centre\.json: dataFolder: .+ cannot be used; /),
    ])
  })
})

describe('the program with a fleet', () => {
  const withBroker = async (broker: object) => {
    write('centre.json', { ...content, fleet: { tenant, broker } })
    const store = await openStore(place)
    const kiosk = KioskNumber.parse('000000000101')
    await store.transact((work) => work.insertInto('kiosks').values({ kiosk, place: '' }).execute())
    await store.close()
  }
  const inside = (port: number) => ({
    kind: 'inside',
    listen: { host: '127.0.0.1', port },
    tls: null,
  })
  const heard = (said: () => string, words: RegExp) =>
    vi.waitUntil(() => words.exec(said()), { timeout: 10_000, interval: 10 })

  it('takes in what its kiosks tell, and ends while one is connected', async () => {
    await withBroker(inside(0))
    const { child, said } = await started()
    const [, port] = await heard(said, /fleet reports to mqtt:\/\/127\.0\.0\.1:(\d+)/)
    const kiosk = KioskNumber.parse('000000000101')
    const side = await startKioskSide({ port: Number(port), folder, kiosk })
    try {
      await side.client.tell({
        kind: 'raise',
        about: 'fault',
        sev: 3,
        dev: 'noteAcceptor',
        code: 'jam',
      })
      await vi.waitUntil(() => side.outbox.waiting().n === 0, { timeout: 10_000, interval: 10 })
      child.kill('SIGTERM')
      expect(await once(child, 'exit')).toEqual([0, null])
    } finally {
      await side.stop()
    }
  })

  it('sells on where the port of its broker is taken, and says so in one sentence', async () => {
    const other = createServer()
    await once(other.listen(0, '127.0.0.1'), 'listening')
    try {
      const { port } = other.address() as AddressInfo
      await withBroker(inside(port))
      const { url, said } = await started()
      await heard(said, /fleet: listen EADDRINUSE[^;]+; no kiosk is watched/)
      expect(await statusOfMessage(url)).toBe(200)
    } finally {
      other.close()
    }
  })

  it('sells on where its broker does not answer, and says so once', async () => {
    const url = `mqtt://127.0.0.1:${await freePort()}`
    await withBroker({ kind: 'url', url, username: 'centre', passwordFile: null, tls: null })
    const { child, url: centre, said } = await started()
    await heard(said, /the broker of the fleet at 127\.0\.0\.1:\d+: connect ECONNREFUSED/)
    expect(await statusOfMessage(centre)).toBe(200)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(said().match(/no kiosk is heard/g)).toHaveLength(1)
  })
})
