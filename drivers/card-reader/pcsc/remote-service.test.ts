// The card reader driver on a card reader server, over TCP of this machine; the reader behind it is in memory.
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createActor, setup } from 'xstate'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { selectApplication } from '../../../domain/power-card/apdu.ts'
import { concat, fromHex, sameBytes } from '../../../domain/power-card/bytes.ts'
import { manualClock } from '../../../test/manual-clock.ts'
import type { CardLine, CardReaderEvent } from '../card-reader.ts'
import { publishedCard } from '../simulated-card/published.ts'
import { simulatedCard } from '../simulated-card/simulated-card.ts'
import { pcscCardReader } from './driver.ts'
import { readerServer } from './reader-server.ts'
import { driverDelays } from './reader-state.ts'
import { decodeToReader, encodeFromReader } from './remote-codec.ts'
import { readerServerPort, remoteService } from './remote-service.ts'
import { protocolT0 } from './service.ts'
import { simulatedPcsc } from './simulator.ts'

const closes: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close()
})

const challenge = fromHex('0084000008')

/** A power card that remembers the instructions it was sent. */
const rememberingCard = () => {
  const heard: number[] = []
  const card = simulatedCard({ state: publishedCard() })
  return {
    ...card,
    heard,
    transmit: (bytes: Uint8Array) => {
      heard.push(bytes[1] ?? 0)
      return card.transmit(bytes)
    },
  }
}

/** A slow machine needs its time; nothing is measured by it. */
const patience = { timeout: 10_000, interval: 5 }

/** A driver that asks at a port, what it told, and a clock that a test moves. */
const driverAt = (port: number) => {
  const service = remoteService({ port })
  let failures = 0
  const clock = manualClock()
  const told: CardReaderEvent[] = []
  const parent = setup({
    types: { events: {} as CardReaderEvent },
    actors: {
      cardReader: pcscCardReader({
        service: {
          open: (hear) =>
            service.open((event) => {
              hear(event)
              if (event.kind === 'context failed') failures++
            }),
        },
        clock,
      }),
    },
  }).createMachine({
    invoke: { src: 'cardReader' },
    on: { '*': { actions: ({ event }) => void told.push(event) } },
  })
  const actor = createActor(parent)
  actor.start()
  closes.push(() => actor.stop())
  /** Waits until this is the next thing told. */
  const next = async <Type extends CardReaderEvent['type']>(type: Type) => {
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(0), patience)
    const event = told.shift()
    expect(event?.type).toBe(type)
    return event as Extract<CardReaderEvent, { type: Type }>
  }
  return { clock, next, failures: () => failures }
}

const begin = async () => {
  const pcsc = simulatedPcsc()
  const server = await readerServer({ service: pcsc.service })
  closes.push(server.close)
  const driver = driverAt(server.port)
  await driver.next('card-reader.ready')
  const insert = async (): Promise<{
    line: CardLine
    card: ReturnType<typeof rememberingCard>
  }> => {
    const card = rememberingCard()
    pcsc.insert(card)
    const { line } = await driver.next('card.inserted')
    return { line, card }
  }
  /** Moves to the end of the pause before a new connection. */
  const reopen = async () => {
    await vi.waitFor(
      () => expect(driver.clock.waiting()).toContain(driverDelays.reopenMs),
      patience,
    )
    await driver.clock.advance(driverDelays.reopenMs)
  }
  return { pcsc, server, ...driver, insert, reopen }
}

describe('a reader behind a card reader server', () => {
  it('reads cards, one after the other', async () => {
    const { pcsc, insert, next } = await begin()
    for (let turn = 0; turn < 3; turn++) {
      const { line } = await insert()
      const reply = await line.exchange(challenge)
      expect(reply).toMatchObject({ kind: 'answered', statusWord: 0x9000 })
      pcsc.remove()
      await next('card.removed')
      expect(await line.exchange(challenge)).toEqual({ kind: 'unknown', why: 'card removed' })
    }
  })

  it('was there with a card in it before the driver', async () => {
    const pcsc = simulatedPcsc()
    pcsc.insert(rememberingCard())
    const server = await readerServer({ service: pcsc.service })
    closes.push(server.close)
    const { next } = driverAt(server.port)
    await next('card-reader.ready')
    await next('card.inserted')
  })

  it.each(['answered', 'not answered'] as const)(
    'loses the card during a command: the last one is %s',
    async (last) => {
      const { pcsc, insert, next } = await begin()
      const { line, card } = await insert()
      const before = card.heard.length
      pcsc.pullAfter(1, last)
      const first = await line.exchange(challenge)
      const second = await line.exchange(challenge)
      expect(first.kind).toBe(last === 'answered' ? 'answered' : 'unknown')
      expect(second).toEqual({ kind: 'unknown', why: 'card removed' })
      expect(card.heard.length).toBe(before + 1)
      await next('card.removed')
    },
  )

  it('gives up a command without an answer after 3 s, sends it no second time, and reads on', async () => {
    const { pcsc, insert, clock } = await begin()
    const { line, card } = await insert()
    pcsc.failNext({ kind: 'hangs' })
    const before = card.heard.length
    const hanging = line.exchange(challenge)
    await vi.waitFor(() => expect(card.heard.length).toBe(before + 1), patience)
    await clock.advance(driverDelays.replyMs)
    expect(await hanging).toEqual({ kind: 'unknown', why: 'no reply' })
    pcsc.answerLate()
    const read = await line.exchange(selectApplication())
    expect(read.kind).toBe('answered')
    expect(card.heard.filter((instruction) => instruction === challenge[1])).toHaveLength(1)
  })

  it('says why a command failed in the number of PC/SC', async () => {
    const { pcsc, insert } = await begin()
    const { line } = await insert()
    pcsc.failNext({ kind: 'error after', code: 0x80100017 })
    expect(await line.exchange(challenge)).toEqual({ kind: 'unknown', why: 'reader lost' })
  })

  it('is unplugged, and found by the next connection', async () => {
    const { pcsc, insert, next, reopen } = await begin()
    const { line } = await insert()
    pcsc.unplug()
    expect(await next('card.removed')).toBeDefined()
    expect(await next('card-reader.failed')).toMatchObject({ fault: { kind: 'no reader' } })
    expect(await line.exchange(challenge)).toEqual({ kind: 'unknown', why: 'reader lost' })
    pcsc.plugIn()
    await reopen()
    await next('card-reader.cleared')
    await next('card-reader.ready')
    await next('card.inserted')
    expect(pcsc.contexts()).toBe(1)
  })

  it('is back when its server is, and the command under way was sent once', async () => {
    const { pcsc, server, insert, next, reopen } = await begin()
    const { line, card } = await insert()
    pcsc.failNext({ kind: 'hangs' })
    const under = line.exchange(challenge)
    await vi.waitFor(() => expect(card.heard.at(-1)).toBe(challenge[1]), patience)
    await server.close()
    expect(await under).toEqual({ kind: 'unknown', why: 'reader lost' })
    await next('card.removed')
    expect(await next('card-reader.failed')).toMatchObject({ fault: { kind: 'no card service' } })
    const again = await readerServer({ service: pcsc.service, port: server.port })
    closes.push(again.close)
    await reopen()
    await next('card-reader.cleared')
    await next('card-reader.ready')
    await next('card.inserted')
    expect(card.heard.filter((instruction) => instruction === challenge[1])).toHaveLength(1)
  })

  it('powers the card off when the connection is gone without a word', async () => {
    const { pcsc, server, insert } = await begin()
    const { card } = await insert()
    const powered = vi.spyOn(card, 'powerDown')
    await server.close()
    await vi.waitFor(() => expect(pcsc.contexts()).toBe(0), patience)
    expect(powered).toHaveBeenCalled()
  })

  it('has no card service where nobody answers, and tries again ever later', async () => {
    const server = await readerServer({ service: simulatedPcsc().service })
    await server.close()
    const { clock, next, failures } = driverAt(server.port)
    expect(await next('card-reader.failed')).toMatchObject({ fault: { kind: 'no card service' } })
    for (const [before, pauseMs] of [500, 1_000, 2_000].entries()) {
      await vi.waitFor(() => expect(failures()).toBe(before + 1), patience)
      expect(clock.waiting()).toEqual([pauseMs])
      await clock.advance(pauseMs)
    }
  })
})

describe('what a server says in one piece', () => {
  it('is heard in its order: an answer that came before the removal counts', async () => {
    const card = simulatedCard({ state: publishedCard() })
    const statusOf = (present: boolean, changes: number) =>
      encodeFromReader({ kind: 'status', status: { present, changes, atr: card.atr() } })
    const port = await serverSaying((socket) => {
      card.powerUp()
      const appeared = encodeFromReader({ kind: 'reader appeared', name: 'A' })
      socket.write(concat(appeared, statusOf(true, 1)))
      socket.on('data', (bytes) => {
        for (const asked of decodeToReader(bytes).out) {
          if (asked.kind !== 'transmit') {
            socket.write(encodeFromReader({ kind: 'connected', protocol: protocolT0 }))
            continue
          }
          const reply = encodeFromReader({ kind: 'replied', bytes: card.transmit(asked.bytes) })
          const isLast = sameBytes(asked.bytes, challenge)
          socket.write(isLast ? concat(reply, statusOf(false, 2)) : reply)
        }
      })
    })
    const { next } = driverAt(port)
    await next('card-reader.ready')
    const { line } = await next('card.inserted')
    expect(await line.exchange(challenge)).toMatchObject({ kind: 'answered', statusWord: 0x9000 })
    await next('card.removed')
  })
})

/** A server without a reader behind it. */
const serverSaying = async (say: (socket: Socket) => void): Promise<number> => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    say(socket)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  closes.push(() => server.close())
  return (server.address() as AddressInfo).port
}
describe('a server that talks nonsense', () => {
  const appeared = fromHex('00028141')
  const cardIn = fromHex('00088301000000013b00')

  it.each([
    ['garbage', fromHex('deadbeef')],
    ['a status of no reader', cardIn],
    ['an answer to nothing', fromHex('0003859000')],
  ])('is hung up on: %s', async (_, bytes) => {
    const { next } = driverAt(await serverSaying((socket) => void socket.write(bytes)))
    expect(await next('card-reader.failed')).toMatchObject({ fault: { kind: 'no card service' } })
  })

  it('is hung up on when it answers another question', async () => {
    const port = await serverSaying((socket) => {
      socket.write(appeared)
      socket.write(cardIn)
      socket.on('data', () => void socket.write(fromHex('000187')))
    })
    const { next } = driverAt(port)
    await next('card-reader.ready')
    expect(await next('card-reader.failed')).toMatchObject({ fault: { kind: 'no card service' } })
  })
})

describe('the address of a card reader server', () => {
  it.each([
    ['tcp:127.0.0.1:4000', 4000],
    ['tcp:localhost:65535', 65_535],
    ['tcp:127.0.0.1:0', null],
    ['tcp:127.0.0.1:65536', null],
    ['tcp:127.0.0.1', null],
    ['tcp:10.0.0.1:4000', null],
    ['tcp:127.0.0.1.example:4000', null],
    ['localhost:4000', null],
  ])('%s', (address, port) => {
    expect(readerServerPort(address)).toBe(port)
  })
})
