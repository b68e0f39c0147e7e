// The centre as a program: takes a town in, answers, and ends cleanly.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sampleTown } from '../kiosk/bench/town/town.ts'
import { testIds } from '../test/test-ids.ts'

let folder: string
let config: string
let running: ChildProcess | null = null
const town = sampleTown({ now: Date.now() })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-centre-main-'))
  config = write('centre.json', {
    dataFolder: 'data',
    listen: { host: '127.0.0.1', port: 0 },
    keys: { file: 'keys.json', bench: true },
    policy: town.policy,
    log: 'info',
  })
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
    const ids = testIds()
    const asked = await fetch(`${url}/v1/look-nonces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ requestId: ids.request(), kiosk: '000000000101', count: 1 }),
    })
    expect(asked.status).toBe(200)
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(0)
    expect(said()).toContain('the master keys are in a file, not in an HSM')
  })

  it('says why it cannot start on a database that is none', () => {
    write('data', 'no folder')
    const { status, stderr } = importing(write('town.json', town.import))
    expect(status).toBe(1)
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/centre\.json: dataFolder: .+ cannot be used; /),
    ])
  })
})
