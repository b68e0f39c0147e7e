// What goes wrong at a kiosk is seen at the centre within its bound and cleared when it is over, over each broker.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { heartbeatSeconds } from '../../domain/fleet/host-messages.ts'
import { breakableLine } from '../../test/fleet/breakable-line.ts'
import { brokerKinds, centrePassword, tenant } from '../../test/fleet/brokers.ts'
import { fleetStore, kioskA } from '../../test/fleet/fleet-store.ts'
import { passing, startKioskSide, type KioskSide } from '../../test/fleet/kiosk-side.ts'
import { graceMs, silentMs, wedgedInARow, wedgedSeconds } from '../alerts/bounds.ts'
import { HeartbeatMessage } from '../../domain/fleet/kiosk-messages.ts'
import { listen } from './listening.ts'
import { lookForSilence } from './silence.ts'

/** Of the clock of the kiosk: both are right. */
const start = Date.UTC(2026, 10, 23, 16, 45)
const beatMs = heartbeatSeconds.usual * 1_000
let folder = ''
const atEnd: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleet-'))
})
afterEach(async () => {
  for (const end of atEnd.splice(0).toReversed()) await end()
  await rm(folder, { recursive: true, force: true })
})
const until = (isSo: () => boolean | Promise<boolean>) =>
  vi.waitUntil(isSo, { timeout: 15_000, interval: 10 })

describe.each(brokerKinds)('over $name', ({ isHere, run }) => {
  const onBroker = it.skipIf(!isHere)

  const world = async () => {
    const broker = await run()
    atEnd.push(broker.stop)
    const line = await breakableLine(broker.port)
    atEnd.push(line.close)
    const kept = await fleetStore()
    atEnd.push(kept.store.close)
    const time = { now: start }
    const centre = listen({
      store: kept.store,
      now: () => time.now,
      timeZone: 'UTC',
      log: pino({ level: 'silent' }),
      tenant,
      url: `mqtt://127.0.0.1:${broker.port}`,
      password: centrePassword,
    })
    atEnd.push(centre.close)
    await until(() => centre.since() !== null)
    const row = async () => (await kept.rows())[0]
    const open = async () =>
      (await kept.alerts()).filter(({ cleared_at }) => cleared_at === null).map(({ code }) => code)
    const sweep = () =>
      kept.store.transact((work) =>
        lookForSilence({ work, now: time.now }, centre.since() ?? start),
      )
    const beats = async () => {
      const heartbeat = (await row())?.heartbeat ?? null
      return heartbeat === null ? '' : numberOf(HeartbeatMessage.parse(JSON.parse(heartbeat)))
    }
    const numberOf = ({ bd, seq }: HeartbeatMessage) => `${bd} ${seq}`
    /** Lets the time of kiosk and centre pass until the next heartbeat is here. */
    const beat = async ({ clock }: KioskSide) => {
      const before = await beats()
      const from = clock.monotonic()
      while ((await beats()) === before) {
        expect(clock.monotonic() - from).toBeLessThanOrEqual(2 * beatMs)
        await clock.advance(1_000)
        time.now += 1_000
        await pause(5)
      }
      await sweep()
    }
    const kiosk = async () => {
      const side = await startKioskSide({ port: line.port, folder })
      atEnd.push(side.stop)
      await until(async () => (await beats()) !== '')
      return side
    }
    return { broker, line, kept, time, row, open, sweep, beats, beat, kiosk }
  }

  onBroker('F1: a kiosk whose process is killed is down two minutes after its will', async () => {
    const { broker, time, row, open, sweep } = await world()
    const begin = async (bd: number) => {
      const child = fork('test/fleet/kiosk-process.ts', [`${broker.port}`, kioskA, `${bd}`])
      atEnd.push(() => Promise.resolve(child.kill('SIGKILL')))
      await once(child, 'message')
      await until(async () => (await row())?.st === 'online' && (await row())?.birth_bd === bd)
      return child
    }
    const child = await begin(1)
    child.kill('SIGKILL')
    await until(async () => (await row())?.st === 'offline')
    expect(await row()).toMatchObject({ bd: 1, why: 'will' })
    time.now += graceMs
    await sweep()
    expect(await open()).toEqual([])
    time.now += 1
    await sweep()
    expect(await open()).toEqual(['down'])
    await begin(2)
    await until(async () => (await open()).length === 0)
  })

  onBroker(
    'F3: a kiosk whose line goes dead without a word is down after three heartbeats that did not come',
    async () => {
      const { line, time, open, sweep, kiosk, row } = await world()
      const side = await kiosk()
      line.die()
      time.now += silentMs()
      await sweep()
      expect(await open()).toEqual([])
      time.now += 1
      await sweep()
      expect(await open()).toEqual(['down'])
      line.heal()
      let isBack = false
      const look = async () => {
        isBack = (await row())?.birth_bd === 2 && (await open()).length === 0
      }
      await passing(side, () => {
        void look()
        return isBack
      })
    },
  )

  onBroker(
    'F6: a page that hangs is told by the second heartbeat, and over with the second good one',
    async () => {
      const { open, beat, kiosk } = await world()
      const side = await kiosk()
      const well = side.facts.now.screen
      side.facts.now.screen = { name: 'attract', ageMs: (wedgedSeconds + 1) * 1_000 }
      for (let bad = 0; bad < wedgedInARow; bad++) {
        expect(await open()).toEqual([])
        await beat(side)
      }
      expect(await open()).toEqual(['wedged'])
      side.facts.now.screen = well
      await beat(side)
      expect(await open()).toEqual(['wedged'])
      await beat(side)
      expect(await open()).toEqual([])
    },
  )

  onBroker('F6: so is the loop of a device that hangs while all else is well', async () => {
    const { open, beat, kiosk } = await world()
    const side = await kiosk()
    const { devices } = side.facts.now
    devices['cardReader'] = { word: 'online', ageMs: (wedgedSeconds + 1) * 1_000, faults: [] }
    await beat(side)
    await beat(side)
    expect(await open()).toEqual(['wedged'])
    devices['cardReader'] = { word: 'online', ageMs: 0, faults: [] }
    await beat(side)
    await beat(side)
    expect(await open()).toEqual([])
  })
})
