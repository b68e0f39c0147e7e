// The kiosk of the bench at its fleet, as programs: what the centre has of it when it lives, is killed, leaves, or is cut off.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { BirthMessage, HeartbeatMessage } from '../../domain/fleet/kiosk-messages.ts'
import { startBench, type Bench } from './bench.ts'
import { enrolledTerminal } from './bank-terminal.ts'
import { enrolledSerial } from './note-acceptor.ts'

/** Everything is compiled and a whole town imported: a slow machine needs its time. */
const startLimitMs = 180_000
const patience = { timeout: 30_000, interval: 20 }

describe('the kiosk of a bench', { timeout: startLimitMs }, () => {
  let folder = ''
  let bench: Bench
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-fleet-'))
    bench = await startBench({ dataFolder: folder, port: 0, pace: 'quick' })
    await until(() => row()['st'] === 'online' && typeof row()['heartbeat'] === 'string')
  }, startLimitMs)
  afterAll(async () => {
    await bench.close()
    await rm(folder, { recursive: true })
  }, startLimitMs)

  /** What the centre has written down of it. */
  const row = (): Record<string, unknown> => {
    const database = new DatabaseSync(bench.paths.centreDatabase, { readOnly: true })
    try {
      return database.prepare('select * from fleet_kiosks').get() ?? {}
    } finally {
      database.close()
    }
  }
  const until = (isSo: () => boolean) => vi.waitUntil(isSo, patience)
  const isBackAfter = (bd: unknown) =>
    until(() => row()['st'] === 'online' && Number(row()['bd']) > Number(bd))

  it('tells the centre who it is, and of every device that it is heard', () => {
    const birth = BirthMessage.parse(JSON.parse(String(row()['birth'])))
    expect(birth.serials).toMatchObject({
      noteAcceptor: enrolledSerial,
      bankTerminal: enrolledTerminal,
      receiptPrinter: expect.any(String),
      cardReader: expect.any(String),
    })
    const { dev } = HeartbeatMessage.parse(JSON.parse(String(row()['heartbeat'])))
    for (const role of ['noteAcceptor', 'bankTerminal', 'receiptPrinter', 'cardReader']) {
      expect(dev[role], role).toMatchObject({ age: expect.any(Number) })
    }
  })

  it('F1: killed, is known to be gone by its will, and to be back by its next birth', async () => {
    const { bd } = row()
    await bench.programs.kiosk.kill()
    await until(() => row()['st'] === 'offline')
    expect(row()).toMatchObject({ bd, why: 'will' })
    await isBackAfter(bd)
  })

  it('cut off, is known to be gone, and to be back with the line', async () => {
    const { bd } = row()
    await bench.act({ type: 'centre.away', on: true })
    await until(() => row()['st'] === 'offline')
    await bench.act({ type: 'centre.away', on: false })
    await isBackAfter(bd)
  })

  it('F2: stopped, has said so itself, and leaves no will', async () => {
    const { bd } = row()
    await bench.programs.kiosk.stop()
    expect(row()).toMatchObject({ st: 'offline', bd, why: 'shutdown' })
    await bench.programs.kiosk.start()
    await isBackAfter(bd)
  })
})
