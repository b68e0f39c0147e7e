// A line with a listener is the same line: the same bytes, the same ends, both ways.
import { once } from 'node:events'
import { Duplex } from 'node:stream'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryCable } from '../../drivers/cables.ts'
import { manualClock } from '../../test/manual-clock.ts'
import { tapped } from './line-tap.ts'

const tap = (line: Duplex) => {
  const clock = manualClock()
  const told: string[] = []
  const tell = {
    out: (bytes: Uint8Array) => told.push(`> ${Buffer.from(bytes).toString('hex')}`),
    in: (bytes: Uint8Array) => told.push(`< ${Buffer.from(bytes).toString('hex')}`),
    taken: () => told.push('taken'),
    closed: () => told.push('closed'),
  }
  return { line: tapped(line, tell, clock), told, clock }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('a tapped line', () => {
  it('brings every chunk as it was cut, both ways, and tells of each', async () => {
    const chunks = fc.array(fc.tuple(fc.boolean(), fc.uint8Array({ minLength: 1, maxLength: 40 })))
    await fc.assert(
      fc.asyncProperty(chunks, async (all) => {
        const cable = memoryCable()
        const { line, told } = tap(cable.host)
        const heard: string[] = []
        line.on('data', (bytes: Buffer) => heard.push(`< ${bytes.toString('hex')}`))
        cable.device.on('data', (bytes: Buffer) => heard.push(`> ${bytes.toString('hex')}`))
        for (const [isOut, bytes] of all) {
          if (isOut) line.write(bytes)
          else cable.device.write(bytes)
          await turn()
        }
        expect(heard).toEqual(told)
        expect(heard).toHaveLength(all.length)
        line.destroy()
      }),
      { numRuns: 50 },
    )
  })

  it('holds bytes for a driver that does not listen yet', async () => {
    const cable = memoryCable()
    const { line } = tap(cable.host)
    cable.device.write(Buffer.of(1))
    await turn()
    cable.device.write(Buffer.of(2))
    await turn()
    const heard: number[] = []
    line.on('data', (bytes: Buffer) => heard.push(...bytes))
    await turn()
    await turn()
    expect(heard).toEqual([1, 2])
  })

  it('closes when the plug is pulled, and lets the line go when the driver does', async () => {
    const pulled = memoryCable()
    const { line, told } = tap(pulled.host)
    const closed = once(line, 'close')
    pulled.unplug()
    await closed
    expect(told).toEqual(['closed'])
    const left = memoryCable()
    tap(left.host).line.destroy()
    await turn()
    expect(left.host.destroyed).toBe(true)
  })

  it('tells when a line has taken long to take what was written', async () => {
    let take = () => {}
    const slow = new Duplex({
      read: () => {},
      write: (_chunk, _encoding, done) => {
        take = done
      },
    })
    const { line, told, clock } = tap(slow)
    line.write(Buffer.of(7))
    await clock.advance(3)
    take()
    await turn()
    line.write(Buffer.of(8))
    await clock.advance(50)
    take()
    await turn()
    expect(told).toEqual(['> 07', '> 08', 'taken'])
  })
})
