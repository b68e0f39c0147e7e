// Kiosks and centre over a real broker: what a kiosk told once is in the centre, whoever of the three was away meanwhile.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mqtt from 'mqtt'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FleetEvent } from '../../domain/fleet/kiosk-messages.ts'
import { clientIdOf, hostTopicOf, topicOf } from '../../domain/fleet/topics.ts'
import { breakableLine } from '../../test/fleet/breakable-line.ts'
import { brokerKinds, centrePassword, tenant } from '../../test/fleet/brokers.ts'
import { fleetStore, kioskA, kioskB } from '../../test/fleet/fleet-store.ts'
import { passing, startKioskSide } from '../../test/fleet/kiosk-side.ts'
import { listen, type ListeningOptions } from './listening.ts'

const jam: FleetEvent = { kind: 'raise', about: 'fault', sev: 3, dev: 'noteAcceptor', code: 'jam' }

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

describe.each(brokerKinds)('over $name', ({ name, isHere, run }) => {
  const onBroker = it.skipIf(!isHere)

  const world = async () => {
    const broker = await run()
    atEnd.push(broker.stop)
    const line = await breakableLine(broker.port)
    atEnd.push(line.close)
    const kept = await fleetStore()
    atEnd.push(kept.store.close)
    let now = 1_790_000_000_000
    const listening = (more: Partial<ListeningOptions> = {}) => {
      const centre = listen({
        store: kept.store,
        now: () => now++,
        timeZone: 'UTC',
        log: pino({ level: 'silent' }),
        tenant,
        url: `mqtt://127.0.0.1:${broker.port}`,
        password: centrePassword,
        ...more,
      })
      let isOpen = true
      const close = async () => {
        if (isOpen) await centre.close()
        isOpen = false
      }
      atEnd.push(close)
      return { ...centre, close }
    }
    const kiosk = async (options: { at?: string; seed?: number } = {}) => {
      const { at = folder, seed = 1 } = options
      const side = await startKioskSide({ port: line.port, folder: at, seed })
      atEnd.push(side.stop)
      return side
    }
    const row = async () => (await kept.rows())[0]
    return { broker, line, kept, listening, kiosk, row }
  }

  onBroker('a kiosk is seen to come, to be well, to tell, and to leave', async () => {
    const { listening, kiosk, kept, row } = await world()
    listening()
    const side = await kiosk()
    await side.client.tell(jam)
    await until(() => side.outbox.waiting().n === 0)
    await until(async () => typeof (await row())?.heartbeat === 'string')
    expect(await row()).toMatchObject({ kiosk: kioskA, bd: 1, st: 'online', ev: 1 })
    expect(await kept.alerts()).toMatchObject([{ device: 'noteAcceptor', code: 'jam' }])
    await side.stop()
    await until(async () => (await row())?.st === 'offline')
    expect(await row()).toMatchObject({ why: 'shutdown' })
  })

  onBroker('a line that is cut shows as the will of its connection', async () => {
    const { line, listening, kiosk, row } = await world()
    listening()
    await kiosk()
    await until(async () => (await row())?.st === 'online')
    line.cut()
    await until(async () => (await row())?.st === 'offline')
    expect(await row()).toMatchObject({ bd: 1, why: 'will' })
  })

  onBroker(
    'what is told while the centre is away is there once it is back, each record once',
    async () => {
      const { listening, kiosk, kept, row } = await world()
      const first = listening()
      const side = await kiosk()
      await until(async () => (await row())?.st === 'online')
      await first.close()
      for (let each = 0; each < 25; each++) await side.client.tell(jam)
      listening()
      await until(() => side.outbox.waiting().n === 0)
      expect(await row()).toMatchObject({ ev: 25, gap_since: null })
      expect((await kept.records()).map(({ seq }) => seq)).toEqual(
        Array.from({ length: 25 }, (_, at) => at + 1),
      )
    },
  )

  onBroker(
    'a command that the broker never takes is given up, and the centre still stops',
    async () => {
      const { line, listening } = await world()
      const centre = listening({ url: `mqtt://127.0.0.1:${line.port}`, sendLimitMs: 1 })
      await until(() => centre.since() !== null)
      line.die()
      const command = { v: 1, kid: 'a', body: '', sig: '' } as const
      await expect(centre.command(kioskA, command)).rejects.toThrow('does not take a command')
      await centre.close()
    },
  )

  onBroker('a broker that comes back with nothing in its memory costs no record', async () => {
    const { broker, listening, kiosk, row } = await world()
    listening()
    const side = await kiosk()
    await until(async () => (await row())?.st === 'online')
    await broker.stop()
    for (let each = 0; each < 3; each++) await side.client.tell(jam)
    await broker.start()
    await passing(side, () => side.outbox.waiting().n === 0)
    expect(await row()).toMatchObject({ ev: 3, st: 'online' })
  })

  onBroker('nothing leaves a kiosk before it is in the store of the centre', async () => {
    const { listening, kiosk, kept, row } = await world()
    listening()
    const side = await kiosk()
    await until(async () => (await row())?.st === 'online')
    const transact = vi.spyOn(kept.store, 'transact').mockRejectedValue(new Error('the disk fails'))
    await side.client.tell(jam)
    await until(() => transact.mock.calls.length > 1)
    expect(side.outbox.waiting().n).toBe(1)
    transact.mockRestore()
    await passing(side, () => side.outbox.waiting().n === 0)
    expect(await kept.records()).toHaveLength(1)
  })

  onBroker(
    'B8, F5: two kiosks with one number lose no record to each other, and somebody is told',
    async () => {
      const { listening, kiosk, kept } = await world()
      listening()
      const one = await kiosk()
      const other = await kiosk({ at: join(folder, 'other'), seed: 2 })
      other.facts.now.serials = { machine: 'B2' }
      for (const side of [one, other]) {
        for (let each = 0; each < 5; each++) await side.client.tell(jam)
      }
      const areTold = () => one.outbox.waiting().n + other.outbox.waiting().n === 0
      const codes = async () => (await kept.alerts()).map(({ code }) => code)
      // Each may have told all in one go: that they are two shows when the first comes again.
      const isOver = async () => areTold() && (await codes()).includes('duplicateId')
      for (let rounds = 0; !(await isOver()) && rounds < 500; rounds++) {
        for (const side of [one, other]) {
          const from = side.clock.monotonic()
          await passing(side, () => side.clock.monotonic() - from > 3_000)
        }
      }
      const told = new Set((await kept.records()).map(({ id }) => id))
      expect(told.size).toBe(10)
      expect(await codes()).toContain('duplicateId')
    },
  )

  onBroker('B6: kiosks see the centre come, leave, and be gone', async () => {
    const { broker, listening } = await world()
    const states: string[] = []
    const kiosk = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`, {
      protocolVersion: 4,
      clientId: clientIdOf(tenant, kioskB),
      username: kioskB,
      reconnectPeriod: 0,
    })
    atEnd.push(() => kiosk.endAsync(true))
    kiosk.on('message', (_, payload) => states.push(payload.toString()))
    await kiosk.subscribeAsync(hostTopicOf(tenant), { qos: 1 })
    const centre = listening()
    await until(() => states.length === 1)
    await centre.close()
    await until(() => states.length === 2)
    expect(states[0]).toContain('"st":"online"')
    expect(states[1]).toContain('"why":"shutdown"')
  })

  onBroker('a command reaches the kiosk it is for and no other', async () => {
    const { listening, kiosk, row } = await world()
    const centre = listening()
    const side = await kiosk()
    await until(async () => (await row())?.st === 'online')
    const command = { v: 1 as const, kid: 'a', body: '{}', sig: '0'.repeat(128) }
    await centre.command(kioskB, command)
    await centre.command(kioskA, { ...command, kid: 'b' })
    await until(() => side.commands.length > 0)
    expect(side.commands).toEqual([{ ...command, kid: 'b' }])
  })

  it.skipIf(name === 'Mosquitto')(
    'F20: a kiosk that speaks for another, or listens to one, is refused',
    async () => {
      const { broker, listening, row } = await world()
      listening()
      const options = { protocolVersion: 4 as const, reconnectPeriod: 0 }
      const url = `mqtt://127.0.0.1:${broker.port}`
      const thief = await mqtt.connectAsync(url, {
        ...options,
        clientId: clientIdOf(tenant, kioskB),
        username: kioskB,
      })
      atEnd.push(() => thief.endAsync(true))
      const granted = await thief.subscribeAsync(topicOf(tenant, kioskA, 'cmd')).catch(() => [])
      expect(granted.filter(({ qos }) => qos <= 2)).toEqual([])
      const gone = new Promise<void>((resolve) => thief.once('close', () => resolve()))
      thief.publish(topicOf(tenant, kioskA, 'state'), '{}', { qos: 1 })
      await gone
      expect(await row()).toBeUndefined()
      for (const [clientId, username] of [
        [clientIdOf(tenant, kioskA), kioskB],
        ['centre', 'centre'],
        ['anybody', 'anybody'],
      ]) {
        const shown = { ...options, clientId: clientId ?? '', username: username ?? '' }
        await expect(mqtt.connectAsync(url, { ...shown, password: 'guessed' })).rejects.toThrow(
          /Not authorized/,
        )
      }
    },
  )
})
