// The production driver and a simulated encoder: in memory under a clock moved by hand, and over a named pipe.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createActor, setup } from 'xstate'
import { manualClock } from '../../../test/manual-clock.ts'
import type { ServiceSwitchEvent } from '../service-switch.ts'
import { encode, type InputCode } from './codec.ts'
import { driverDelays, evdevServiceSwitch, type EvdevServiceSwitchOptions } from './driver.ts'
import { openInputDevice } from './input-device.ts'
import { switchFifo } from './simulator/fifo.ts'
import { evdevSimulator } from './simulator/simulator.ts'

const key: InputCode = { of: 'key', code: 148 }
const doors = { cabinet: { of: 'key', code: 149 }, cash: { of: 'switch', code: 0 } } as const

const inWords = (event: ServiceSwitchEvent): string => {
  switch (event.type) {
    case 'service-key.turned':
      return event.on ? 'key on' : 'key off'
    case 'door.changed':
      return `${event.which} ${event.open ? 'open' : 'shut'}`
    case 'service-switch.failed':
      return `failed: ${event.fault.kind}`
    case 'service-switch.cleared':
      return `cleared: ${event.fault}`
    default:
      return event.type.replace('service-switch.', '')
  }
}

/** The machine above the driver, as the kiosk machine is. */
const hostOf = (options: EvdevServiceSwitchOptions) => {
  const told: string[] = []
  const hear = ({ event }: { event: ServiceSwitchEvent }) => void told.push(inWords(event))
  const host = createActor(
    setup({
      types: { events: {} as ServiceSwitchEvent },
      actors: { serviceSwitch: evdevServiceSwitch(options) },
    }).createMachine({
      invoke: { src: 'serviceSwitch' },
      on: {
        'service-switch.*': { actions: hear },
        'service-key.*': { actions: hear },
        'door.*': { actions: hear },
      },
    }),
  ).start()
  return { told, stop: () => void host.stop() }
}

const bench = async ({ plugged = true }: { plugged?: boolean } = {}) => {
  const clock = manualClock()
  const device = { line: new PassThrough(), plugged }
  const simulator = evdevSimulator({
    key,
    doors,
    clock,
    now: clock.now,
    say: (bytes) => void device.line.write(bytes),
  })
  const reported: string[] = []
  const host = hostOf({
    open: async () => {
      if (!device.plugged) throw new Error('no such device')
      device.line = new PassThrough()
      return device.line
    },
    key,
    doors,
    clock,
    report: ({ kind }) => void reported.push(kind),
  })
  await clock.advance(0)
  return {
    ...host,
    clock,
    simulator,
    reported,
    say: async (bytes: Uint8Array) => {
      device.line.write(bytes)
      await clock.advance(0)
    },
    unplug: async () => {
      device.plugged = false
      device.line.destroy()
      await clock.advance(0)
    },
    plugIn: () => void (device.plugged = true),
  }
}

describe('the key switch', () => {
  it('tells that the key was turned, and turned back', async () => {
    const it = await bench()
    it.simulator.turnKey(true)
    it.simulator.turnKey(false)
    await it.clock.advance(0)
    expect(it.told).toEqual(['ready', 'key on', 'key off'])
  })

  it('tells of each door by its name', async () => {
    const it = await bench()
    it.simulator.setOpen('cabinet', true)
    it.simulator.setOpen('cash', true)
    it.simulator.setOpen('cash', false)
    await it.clock.advance(0)
    expect(it.told).toEqual(['ready', 'cabinet open', 'cash open', 'cash shut'])
  })

  it('a key that is held is told once, however often the encoder repeats it', async () => {
    const it = await bench()
    it.simulator.turnKey(true)
    await it.clock.advance(60_000)
    expect(it.told).toEqual(['ready', 'key on'])
  })

  it('a key that was turned before the kiosk started is told by its repeating', async () => {
    const it = await bench({ plugged: false })
    it.simulator.turnKey(true)
    it.plugIn()
    await it.clock.advance(10_000)
    expect(it.told).toEqual(['failed: not answering', 'cleared: not answering', 'ready', 'key on'])
  })

  it('an event torn in two is one event', async () => {
    const it = await bench()
    const bytes = encode(key, 'on', 0n)
    await it.say(bytes.subarray(0, 7))
    expect(it.told).toEqual(['ready'])
    await it.say(bytes.subarray(7))
    expect(it.told).toEqual(['ready', 'key on'])
  })

  it('garbage and keys that are wired to nothing are not told', async () => {
    const it = await bench()
    await it.say(new Uint8Array(31).fill(0xaa))
    await it.say(encode({ of: 'key', code: 30 }, 'on', 0n))
    await it.say(encode({ of: 'switch', code: 148 - 132 }, 'on', 0n))
    expect(it.told).toEqual(['ready'])
    expect(it.reported).toContain('discarded')
  })

  it('a change is told with its report, and after lost events not at all', async () => {
    const it = await bench()
    const turned = encode(key, 'on', 0n)
    const dropped = turned.slice(24)
    dropped[18] = 3
    await it.say(turned.subarray(0, 24))
    expect(it.told).toEqual(['ready'])
    await it.say(dropped)
    await it.say(turned)
    expect(it.told, 'the report that ends the loss').toEqual(['ready'])
    await it.say(turned)
    expect(it.told).toEqual(['ready', 'key on'])
  })
})

describe('a key switch that is unplugged', () => {
  it('is a fault, cleared when it is back', async () => {
    const it = await bench()
    await it.unplug()
    expect(it.told).toEqual(['ready', 'failed: not answering'])
    it.plugIn()
    await it.clock.advance(driverDelays.reopenMs)
    expect(it.told.slice(2)).toEqual(['cleared: not answering', 'ready'])
  })

  it('is told once, and looked for more and more seldom', async () => {
    const it = await bench({ plugged: false })
    const waits: number[] = []
    for (let time = 0; time < 7; time += 1) {
      waits.push(Math.max(...it.clock.waiting().filter((ms) => ms !== 2_000)))
      await it.clock.advanceToNext()
    }
    expect(it.told).toEqual(['failed: not answering'])
    expect(Math.max(...waits)).toBeLessThanOrEqual(driverDelays.reopenMostMs)
  })

  it('tells again how it stands: it may have been turned meanwhile', async () => {
    const it = await bench()
    it.simulator.turnKey(true)
    await it.clock.advance(0)
    await it.unplug()
    it.plugIn()
    await it.clock.advance(5_000)
    expect(it.told.slice(2)).toEqual([
      'failed: not answering',
      'cleared: not answering',
      'ready',
      'key on',
    ])
  })

  it('says nothing more once it is stopped', async () => {
    const it = await bench()
    it.stop()
    it.simulator.turnKey(true)
    await it.clock.advance(60_000)
    expect(it.told).toEqual(['ready'])
  })
})

describe.runIf(process.platform === 'linux')('over a named pipe', () => {
  const folder = mkdtempSync(join(tmpdir(), 'service-switch-'))
  const path = join(folder, 'key')
  let close: (() => void)[] = []
  afterEach(() => {
    for (const end of close) end()
    close = []
    rmSync(folder, { recursive: true, force: true })
  })

  it('the same driver hears a key that is turned, and that the plug is pulled', async () => {
    const fifo = switchFifo(path)
    const simulator = evdevSimulator({ key, doors, say: fifo.say })
    const host = hostOf({ open: () => openInputDevice(path), key, doors })
    close = [host.stop, simulator.dispose, fifo.close]
    simulator.turnKey(true)
    await vi.waitFor(() => expect(host.told).toEqual(['ready', 'key on']), 10_000)
    fifo.setPlugged(false)
    await vi.waitFor(() => expect(host.told.at(-1)).toBe('failed: not answering'), 10_000)
    fifo.setPlugged(true)
    simulator.setOpen('cabinet', true)
    await vi.waitFor(() => expect(host.told.at(-1)).toBe('cabinet open'), 10_000)
  })
})
