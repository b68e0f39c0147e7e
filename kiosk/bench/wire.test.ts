// A line of the bench carries bytes to whoever opens its port, and comes back under the same name after it was unplugged.
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pseudoTerminalsWork } from '../../drivers/cables.ts'
import { openSerialLine } from '../../drivers/serial-port.ts'
import { serialWire, type Wire } from './wire.ts'

const settings = { baudRate: 9600, dataBits: 8, stopBits: 2, parity: 'none' } as const

describe.each([
  { kind: 'a pseudo-terminal', pseudoTerminals: true },
  { kind: 'a port of loopback', pseudoTerminals: false },
])('a line that is $kind', ({ pseudoTerminals }) => {
  const here = !pseudoTerminals || pseudoTerminalsWork()
  let folder = ''
  let wire: Wire
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wire-'))
    if (!here) return
    // The simulator of this test answers what it hears.
    const attach = (cable: Duplex) => void cable.on('error', () => {}).pipe(cable)
    wire = await serialWire({ path: join(folder, 'wires', 'notes'), pseudoTerminals, attach })
  })
  afterEach(async () => {
    if (here) await wire.close()
    await rm(folder, { recursive: true })
  })

  const opened = async () => (await openSerialLine(wire.port, settings)).on('error', () => {})
  const echo = async (port: Duplex) => {
    port.write('hello')
    return String((await once(port, 'data'))[0])
  }

  it.runIf(here)('carries bytes both ways', async () => {
    const port = await opened()
    expect(await echo(port)).toBe('hello')
    port.destroy()
  })

  it.runIf(here)(
    'cannot be opened while it is unplugged, and is back under the same name',
    async () => {
      const port = await opened()
      await wire.setPlugged(false)
      expect(wire.plugged()).toBe(false)
      port.destroy()
      await expect(openSerialLine(wire.port, settings)).rejects.toThrow()
      await wire.setPlugged(true)
      const again = await opened()
      expect(await echo(again)).toBe('hello')
      again.destroy()
    },
  )

  it.runIf(here)('ends as it was asked to last, however fast the plug is moved', async () => {
    await Promise.all([false, true, false, true].map((plugged) => wire.setPlugged(plugged)))
    const port = await opened()
    expect(await echo(port)).toBe('hello')
    port.destroy()
  })
})
