// Who a kiosk says it is: the same at every start, although it says so before its devices have spoken.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createActor, setup } from 'xstate'
import type { DeviceEvent } from '../../state-machines/device-states.ts'
import { manualClock } from '../../test/manual-clock.ts'
import { realDisk } from '../disk.ts'
import { hardwareSerials } from './serials.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serials-'))
})
afterEach(() => rm(folder, { recursive: true }))

const acceptor = (serialNumber: string): DeviceEvent => ({
  type: 'note-acceptor.ready',
  unit: { serialNumber, firmware: 'NV0200', currency: 'CNY', values: [] },
})
const reader: DeviceEvent = { type: 'card-reader.ready', name: 'Reader 00 00' }

/** One start of the program: a machine that hears its devices, and who it then says it is. */
const start = () => {
  const clock = manualClock()
  const path = join(folder, 'fleet', 'serials.json')
  const log = pino({ level: 'silent' })
  const serials = hardwareSerials({
    path,
    roles: ['noteAcceptor', 'cardReader'],
    clock,
    log,
    disk: realDisk,
  })
  const machine = setup({ types: { events: {} as DeviceEvent } }).createMachine({})
  const actor = createActor(machine, { inspect: serials.hear }).start()
  const known: Record<string, string>[] = []
  void serials.known(new AbortController().signal).then((all) => known.push(all))
  return { clock, tell: (event: DeviceEvent) => actor.send(event), known, path }
}
const saidBy = async ({ known, clock }: ReturnType<typeof start>, ms = 0) => {
  await vi.waitUntil(async () => {
    await clock.advance(ms)
    return known.length > 0
  })
  return known[0]
}
const remembered = async (path: string, text: string) =>
  vi.waitUntil(async () => ((await realDisk.readText(path)) ?? '').includes(text))

describe('the serial numbers of a kiosk', () => {
  it('are those its devices tell at the first start, and the same at the next before any has spoken', async () => {
    const first = start()
    first.tell(acceptor('1873452'))
    first.tell(reader)
    const all = await saidBy(first)
    expect(all).toMatchObject({ noteAcceptor: '1873452', cardReader: 'Reader 00 00' })
    await remembered(first.path, 'Reader')
    expect(await saidBy(start())).toEqual(all)
  })

  it('are waited for at a first start, and told without a device that says nothing', async () => {
    const kiosk = start()
    kiosk.tell(reader)
    const all = await saidBy(kiosk, 1_000)
    expect(kiosk.clock.monotonic()).toBeGreaterThanOrEqual(10_000)
    expect(all).toMatchObject({ cardReader: 'Reader 00 00' })
    expect(all).not.toHaveProperty('noteAcceptor')
  })

  it('change with a device that was changed, from the next start on', async () => {
    const first = start()
    first.tell(reader)
    first.tell(acceptor('1873452'))
    await saidBy(first)
    await remembered(first.path, '1873452')
    const second = start()
    expect(await saidBy(second)).toMatchObject({ noteAcceptor: '1873452' })
    second.tell(acceptor('9000001'))
    await remembered(second.path, '9000001')
    expect(await saidBy(start())).toMatchObject({ noteAcceptor: '9000001' })
  })
})
