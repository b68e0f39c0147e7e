import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../../test/manual-clock.ts'
import { machineFacts, type MachineFactsOptions } from './machine-facts.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'machine-facts-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const factsOf = (more: Partial<MachineFactsOptions> = {}) => {
  const clock = manualClock()
  const drift = join(folder, 'drift.json')
  const machine = { reboot: null, shutdown: null, drift }
  const isSynchronised = () => Promise.reject(new Error('nobody knows'))
  const config = { machine, dataFolder: folder }
  return { clock, drift, told: machineFacts({ config, clock, isSynchronised, ...more }) }
}

test('a machine that nobody checks says nothing of drift, clock and certificate', async () => {
  const { told } = factsOf()
  expect(await told()).toMatchObject({ drift: null, clockFreeMs: null, certificate: null })
})

test('the disk says how large it is, and that it takes writes', async () => {
  const { disk } = await factsOf().told()
  expect(disk?.ro).toBe(false)
  expect(disk?.size).toBeGreaterThan(1_000_000)
})

test('a data folder that is gone says nothing of its disk', async () => {
  const { told } = factsOf({
    config: {
      machine: { reboot: null, shutdown: null, drift: '/nowhere' },
      dataFolder: join(folder, 'none'),
    },
  })
  expect((await told()).disk).toBe(null)
})

test.each([
  ['as it was set up', { checkedAt: 7, differences: [] }, { n: 0, checkedAt: 7, firewall: false }],
  [
    'with a file that differs',
    {
      checkedAt: 7,
      differences: [{ class: 'file', what: 'etc/hosts', found: 'a', expected: 'b' }],
    },
    { n: 1, checkedAt: 7, firewall: false },
  ],
  [
    'without its firewall',
    { checkedAt: 7, differences: [{ class: 'file' }, { class: 'firewall' }] },
    { n: 2, checkedAt: 7, firewall: true },
  ],
  ['whose check left something else', { checkedAt: 'now', differences: [] }, null],
])('a machine %s', async (_, found, drift) => {
  const { told, drift: path } = factsOf()
  writeFileSync(path, JSON.stringify(found))
  expect((await told()).drift).toEqual(drift)
})

test('a torn file of the check says nothing', async () => {
  const { told, drift } = factsOf()
  writeFileSync(drift, '{"checkedAt":7,"diff')
  expect((await told()).drift).toBe(null)
})

test('how long no time server has held the clock, asked every 5 minutes, and told with the next beat', async () => {
  let held = true
  let asked = 0
  const { clock, told } = factsOf({
    isSynchronised: () => {
      asked += 1
      return Promise.resolve(held)
    },
  })
  const free = async () => (await told()).clockFreeMs
  expect(await free()).toBe(null)
  await clock.advance(60_000)
  expect(await free()).toBe(0)
  expect(asked).toBe(1)
  held = false
  await clock.advance(240_000)
  await free()
  await clock.advance(60_000)
  expect(await free()).toBe(360_000)
  expect(asked).toBe(2)
})

test('of the certificate only its life is told', async () => {
  const certificate = () => ({ from: 1, to: 2, key: 'secret' })
  expect((await factsOf({ certificate }).told()).certificate).toEqual({ from: 1, to: 2 })
})
