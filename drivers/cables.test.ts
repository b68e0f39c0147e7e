// A cable carries bytes both ways and can be unplugged; so does a pseudo-terminal, behind a real serial port.
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { memoryCable, pseudoTerminal, pseudoTerminalsWork } from './cables.ts'
import { openSerialLine } from './serial-port.ts'

describe('a cable in memory', () => {
  test('carries bytes both ways', async () => {
    const { device, host } = memoryCable()
    host.write(Buffer.from([0x7f]))
    expect(await once(device, 'data')).toEqual([Buffer.from([0x7f])])
    device.write(Buffer.from([0xf0]))
    expect(await once(host, 'data')).toEqual([Buffer.from([0xf0])])
  })

  test('closes both ends when it is unplugged', async () => {
    const { device, host, unplug } = memoryCable()
    const closed = Promise.all([once(host, 'close'), once(device, 'close')])
    unplug()
    await closed
    expect(host.destroyed && device.destroyed).toBe(true)
  })

  test('survives a write into an unplugged end', async () => {
    const { device, host, unplug } = memoryCable()
    const closed = once(host, 'close')
    unplug()
    host.write('late')
    device.write('late')
    await closed
  })
})

describe.skipIf(!pseudoTerminalsWork())('a pseudo-terminal', () => {
  const settings = { baudRate: 9600, dataBits: 8, stopBits: 2, parity: 'none' } as const
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cables-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('carries every byte both ways, also those a terminal would interpret', async () => {
    const every = Buffer.from(Array.from({ length: 256 }, (_, value) => value))
    const terminal = await pseudoTerminal({ path: join(folder, 'line') })
    const port = await openSerialLine(terminal.path, settings)
    port.write(every)
    expect(await bytes(terminal.cable, every.length)).toEqual(every)
    terminal.cable.write(every)
    expect(await bytes(port, every.length)).toEqual(every)
    port.destroy()
    await terminal.close()
  })

  test('can be opened again after the driver has closed it', async () => {
    const terminal = await pseudoTerminal({ path: join(folder, 'line') })
    const first = await openSerialLine(terminal.path, settings)
    const closed = once(first, 'close')
    first.destroy()
    await closed
    const second = await openSerialLine(terminal.path, settings)
    second.write('again')
    expect(await bytes(terminal.cable, 5)).toEqual(Buffer.from('again'))
    second.destroy()
    await terminal.close()
  })

  test('closes the port of the driver when it is unplugged, and its path is gone', async () => {
    const terminal = await pseudoTerminal({ path: join(folder, 'line') })
    const port = await openSerialLine(terminal.path, settings)
    port.on('error', () => {}).resume()
    const closed = once(port, 'close')
    await terminal.close()
    await closed
    expect(existsSync(terminal.path)).toBe(false)
    expect(terminal.cable.destroyed).toBe(true)
  })

  test('closes the port of the driver also when it begins to read after the plug was pulled', async () => {
    const terminal = await pseudoTerminal({ path: join(folder, 'line') })
    const port = await openSerialLine(terminal.path, settings)
    const closed = once(port, 'close')
    await terminal.close()
    port.resume()
    await closed
  })

  test('takes the place of a link that was left behind', async () => {
    const path = join(folder, 'line')
    await symlink('/dev/pts/nowhere', path)
    const terminal = await pseudoTerminal({ path })
    const port = await openSerialLine(path, settings)
    port.destroy()
    await terminal.close()
  })

  test('says why it cannot be made', async () => {
    await expect(pseudoTerminal({ path: join(folder, 'no', 'such', 'folder') })).rejects.toThrow(
      /socat could not make a pseudo-terminal/,
    )
  })
})

const bytes = (stream: NodeJS.ReadableStream, count: number): Promise<Buffer> =>
  new Promise((resolve) => {
    let all = Buffer.alloc(0)
    const onData = (chunk: Buffer) => {
      all = Buffer.concat([all, chunk])
      if (all.length < count) return
      stream.off('data', onData)
      resolve(all)
    }
    stream.on('data', onData)
  })
