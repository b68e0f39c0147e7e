// When a card goes into the virtual reader, and when it comes out: against a vpcd of the test's own, under a clock moved by hand.
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { manualClock } from '../../../test/manual-clock.ts'
import { foreignCard } from '../simulated-card/foreign.ts'
import { virtualReader, virtualReaderDelays } from './virtual-reader.ts'

const atr = fromHex('3b00')
const card = () => foreignCard({ atr })

let server: Server
let port: number
beforeEach(async () => {
  server = createServer().listen(0)
  await once(server, 'listening')
  ;({ port } = server.address() as AddressInfo)
})
afterEach(() => void server.close())

const nextCard = async (): Promise<Socket> => {
  const [socket] = (await once(server, 'connection')) as [Socket]
  return socket
}
const say = async (socket: Socket, hex: string): Promise<string> => {
  socket.write(fromHex(hex))
  const [bytes] = (await once(socket, 'data')) as [Uint8Array]
  return toHex(bytes)
}

describe('the virtual reader', () => {
  const begin = () => {
    const clock = manualClock()
    const changes: boolean[] = []
    const slot = virtualReader({ port, clock, onChange: (present) => changes.push(present) })
    return { clock, changes, slot }
  }

  it('puts a card in, gives it power and answers for it', async () => {
    const { slot, changes } = begin()
    const inserted = slot.insert(card())
    const socket = await nextCard()
    socket.write(fromHex('000101'))
    await inserted
    expect(await say(socket, '000104')).toBe('00023b00')
    expect(await say(socket, '000700a40000021234')).toBe('00026a82')
    expect(changes).toEqual([true])
    slot.close()
    await once(socket, 'close')
    expect(changes).toEqual([true, false])
  })

  it('leaves the slot empty for longer than pcscd takes to look twice', async () => {
    const { slot, clock } = begin()
    void slot.insert(card())
    const first = await nextCard()
    const gone = once(first, 'close')
    void slot.insert(card())
    await gone
    let second: Socket | null = null
    const arrived = nextCard().then((socket) => (second = socket))
    await clock.advance(virtualReaderDelays.emptyMs - 1)
    expect(second).toBeNull()
    await clock.advance(1)
    await arrived
    expect(slot.present()).toBe(true)
    slot.close()
  })

  it('keeps a card in the slot while its daemon is away, and plugs it in again', async () => {
    const { slot, clock, changes } = begin()
    void slot.insert(card())
    const first = await nextCard()
    first.destroy()
    await once(first, 'close')
    const again = nextCard()
    while (clock.waiting().length === 0) await new Promise(setImmediate)
    await clock.advance(virtualReaderDelays.againMs)
    await again
    expect(changes).toEqual([true])
    slot.close()
  })

  it('pulls the card where it was told to', async () => {
    const { slot, changes } = begin()
    void slot.insert(card())
    const socket = await nextCard()
    socket.write(fromHex('000101'))
    slot.pullAfter(1)
    expect(await say(socket, '00050084000008')).toBe('00026d00')
    socket.write(fromHex('00050084000008'))
    await once(socket, 'close')
    expect(changes).toEqual([true, false])
    expect(slot.remove()).toBeNull()
  })

  it('lets go of whoever waits for a card that is taken out before the reader saw it', async () => {
    const { slot } = begin()
    const inserted = slot.insert(card())
    slot.remove()
    await inserted
    expect(slot.present()).toBe(false)
  })
})
