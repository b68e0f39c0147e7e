import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { realDisk } from '../disk.ts'
import { openRunRecord } from './run-record.ts'

let dataFolder: string
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'run-record-'))
})
afterEach(() => rmSync(dataFolder, { recursive: true }))

const opened = (version = '1.0.0', disk = realDisk) =>
  openRunRecord({ dataFolder, version, now: () => 1_000, log: pino({ level: 'silent' }), disk })

test('each start says why it is one, from what the run before has left', async () => {
  const first = await opened()
  expect(first.why).toBe('first')
  expect((await opened()).why).toBe('crash')
  const asked = await opened()
  await asked.keepAsked()
  expect((await opened()).why).toBe('command')
  expect((await opened('1.0.1')).why).toBe('update')
})

test('why beats were withheld reaches the next start, and only that one', async () => {
  const hanging = await opened()
  await hanging.keepWithheld(['page silent'])
  const next = await opened()
  expect(next).toMatchObject({ why: 'watchdog', withheldBefore: ['page silent'] })
  expect((await opened()).withheldBefore).toEqual([])
})

test('what systemd left of the last stop counts for one start', async () => {
  await opened()
  const path = join(dataFolder, 'watchdog', 'last-stop')
  writeFileSync(path, 'watchdog killed ABRT\n')
  expect((await opened()).why).toBe('watchdog')
  expect((await opened()).why).toBe('crash')
})

test('another start of the machine without a word is a power cut', async () => {
  await opened()
  const path = join(dataFolder, 'watchdog', 'run.json')
  const run: unknown = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify({ ...(run as object), machine: 'another' }))
  expect((await opened()).why).toBe('power')
})

test('a record that is garbage, and a disk that gives nothing, stop no start', async () => {
  mkdirSync(join(dataFolder, 'watchdog'))
  writeFileSync(join(dataFolder, 'watchdog', 'run.json'), '{"machine":')
  expect((await opened()).why).toBe('first')
  const fails = () => Promise.reject(new Error('EIO: i/o error'))
  const dead = await opened('1.0.0', { ...realDisk, readText: fails, replaceFile: fails })
  expect(dead.why).toBe('first')
  await dead.keepAsked()
})
