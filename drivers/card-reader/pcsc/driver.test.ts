import { array, asyncProperty, assert as check, uint8Array } from 'fast-check'
import { createActor, setup } from 'xstate'
import { afterEach, describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { manualClock } from '../../../test/manual-clock.ts'
import type { ApduReply, CardLine, CardReaderEvent } from '../card-reader.ts'
import { pcscCardReader } from './driver.ts'
import { revivalsMost } from './ladder.ts'
import { driverDelays } from './reader-state.ts'
import type { CardInSlot } from '../simulated-card/simulated-card.ts'
import { simulatedPcsc } from './simulator.ts'

const serial = '0011223344556677'
const otherSerial = '8899aabbccddeeff'
const fciWith = (serial: string) =>
  `6f2a840af050504d532e454c4331a51cc008${serial}c10101c20102c3020001c40105c5030a0a05`
const atrT0 = (serial: string) => `3b6d000050${serial}454c4331`
const atrT1 = `3bed00008131fe4550${serial}454c4331cd`

const select = '00a404000af050504d532e454c4331'
const challenge = '0084000008'
const write = '04d6820001ff'

/** A card of a few answers that remembers everything it was sent. */
const card = ({ atr = atrT0(serial), fci = fciWith(serial), selectable = true } = {}) => {
  const heard: string[] = []
  let held = ''
  const inHand: CardInSlot = {
    atr: () => fromHex(atr),
    powerUp: () => void heard.push('power up'),
    powerDown: () => void heard.push('power down'),
    reset: () => void heard.push('reset'),
    transmit: (bytes) => {
      const command = toHex(bytes)
      heard.push(command)
      return fromHex(answerTo(command))
    },
  }
  const answerTo = (command: string): string => {
    if (command.startsWith('00a404')) {
      held = fci
      return selectable ? `61${(fci.length / 2).toString(16).padStart(2, '0')}` : '6a82'
    }
    if (command.startsWith('00c0')) return `${held}9000`
    return command === challenge ? 'b0b1b2b3b4b5b6b79000' : '9000'
  }
  return { ...inHand, heard }
}

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** A driver on PC/SC in memory, what it has told, and a clock that a test moves. */
const begin = async (options: { reader?: string; heard?: () => void } = {}) => {
  const pcsc = simulatedPcsc()
  const clock = manualClock()
  const told: CardReaderEvent[] = []
  const parent = setup({
    types: { events: {} as CardReaderEvent },
    actors: { cardReader: pcscCardReader({ service: pcsc.service, clock, ...options }) },
  }).createMachine({
    invoke: { src: 'cardReader', id: 'cardReader' },
    on: { '*': { actions: ({ event }) => void told.push(event) } },
  })
  const actor = createActor(parent)
  const start = () => {
    actor.start()
    stops.push(() => actor.stop())
    return clock.advance(0)
  }
  await start()
  const names = () => told.map(nameOf)
  /** Everything told since the last time this was asked, with all that is ready to happen done. */
  const news = async () => {
    await clock.advance(0)
    const all = names()
    told.splice(0)
    return all
  }
  const line = (): CardLine => {
    const inserted = told.findLast((event) => event.type === 'card.inserted')
    if (inserted === undefined) throw new Error('no card was told of')
    return inserted.line
  }
  const insert = async (inHand: CardInSlot) => {
    pcsc.insert(inHand)
    await clock.advance(0)
    return line()
  }
  return { pcsc, clock, told, news, line, insert, actor }
}

const nameOf = (event: CardReaderEvent): string => {
  switch (event.type) {
    case 'card-reader.failed':
      return `failed: ${event.fault.kind}`
    case 'card-reader.cleared':
      return `cleared: ${event.fault}`
    case 'card.unusable':
      return event.why
    default:
      return event.type
  }
}

const unknown = (why: Extract<ApduReply, { kind: 'unknown' }>['why']) => ({ kind: 'unknown', why })
const done = { kind: 'answered', data: new Uint8Array(), statusWord: 0x9000 }

describe('a card in the reader', () => {
  it('is told of with its answer to reset, its FCI and a line', async () => {
    const { insert, told, news } = await begin()
    await news()
    const line = await insert(card())
    const [inserted] = told
    expect(inserted).toMatchObject({
      type: 'card.inserted',
      atr: fromHex(atrT0(serial)),
      fci: fromHex(fciWith(serial)),
    })
    expect(await line.exchange(fromHex(challenge))).toEqual({
      kind: 'answered',
      data: fromHex('b0b1b2b3b4b5b6b7'),
      statusWord: 0x9000,
    })
  })

  it('is spoken to in T=1 as well', async () => {
    const { insert } = await begin()
    const line = await insert(card({ atr: atrT1 }))
    expect(await line.exchange(fromHex(write))).toEqual(done)
  })

  it('may have an answer to reset that a contactless reader made: the serial is in the FCI', async () => {
    const { insert, told } = await begin()
    await insert(card({ atr: '3b8f8001804f0ca0000003060300030000000068' }))
    expect(told.at(-1)?.type).toBe('card.inserted')
  })

  it('was there before the driver', async () => {
    const pcsc = simulatedPcsc()
    pcsc.insert(card())
    const told: string[] = []
    const parent = setup({
      types: { events: {} as CardReaderEvent },
      actors: { cardReader: pcscCardReader({ service: pcsc.service, clock: manualClock() }) },
    }).createMachine({
      invoke: { src: 'cardReader' },
      on: { '*': { actions: ({ event }) => void told.push(event.type) } },
    })
    const actor = createActor(parent).start()
    stops.push(() => actor.stop())
    await manualClock().advance(0)
    expect(told).toEqual(['card-reader.ready', 'card.inserted'])
  })

  it('is powered off when it is taken out, and when the driver stops', async () => {
    const { insert, actor } = await begin()
    const inHand = card()
    await insert(inHand)
    actor.stop()
    await Promise.resolve()
    expect(inHand.heard.at(-1)).toBe('power down')
  })
})

describe('a card that cannot be served', () => {
  it.each([
    ['does not know our application', { selectable: false }],
    [
      'shows one serial in the answer to reset and another in the FCI',
      { fci: fciWith(otherSerial) },
    ],
    ['has an FCI that says nothing', { fci: '6f00' }],
  ])('is foreign when it %s', async (_what, options) => {
    const { pcsc, news } = await begin()
    await news()
    const inHand = card(options)
    pcsc.insert(inHand)
    expect(await news()).toEqual(['foreign card'])
    expect(inHand.heard.at(-1)).toBe('power down')
    pcsc.remove()
    expect(await news()).toEqual(['card.removed'])
  })

  it('is not readable after three power-ups without an answer', async () => {
    const { pcsc, clock, news } = await begin()
    await news()
    pcsc.beMute(3)
    pcsc.insert(card())
    await clock.advance(2 * driverDelays.connectAgainMs - 1)
    expect(await news()).toEqual([])
    await clock.advance(1)
    expect(await news()).toEqual(['card not readable'])
  })

  it('is served when it answers the second power-up: it was pushed in slowly', async () => {
    const { pcsc, clock, news } = await begin()
    await news()
    pcsc.beMute(1)
    pcsc.insert(card())
    await clock.advance(driverDelays.connectAgainMs)
    expect(await news()).toEqual(['card.inserted'])
  })

  it('is not told of when it is gone before anybody knows what it is', async () => {
    const { pcsc, clock, news } = await begin()
    await news()
    pcsc.beMute(1)
    pcsc.insert(card())
    await news()
    pcsc.remove()
    await clock.advance(10 * driverDelays.connectAgainMs)
    expect(await news()).toEqual([])
  })
})

describe('a command whose outcome is unknown', () => {
  it('is sent once and never again', async () => {
    const { pcsc, clock, insert } = await begin()
    const inHand = card()
    const line = await insert(inHand)
    pcsc.failNext({ kind: 'short reply', bytes: new Uint8Array() })
    const reply = line.exchange(fromHex(write))
    await clock.advance(driverDelays.removalNoticeMs)
    expect(await reply).toEqual(unknown('no reply'))
    await clock.advance(60_000)
    expect(inHand.heard.filter((command) => command === write)).toHaveLength(1)
  })

  it.each([
    ['the card was pulled, says the reader', 0x80100069, 'card removed'],
    ['the reader is gone', 0x80100017, 'reader lost'],
    ['the daemon is gone', 0x8010001e, 'reader lost'],
  ] as const)('says why: %s', async (_what, code, why) => {
    const { pcsc, insert } = await begin()
    const line = await insert(card())
    pcsc.failNext({ kind: 'error after', code })
    expect(await line.exchange(fromHex(write))).toEqual(unknown(why))
  })

  it.each(['before', 'after'] as const)(
    'is a removal when the slot turns out empty: pulled %s it',
    async (moment) => {
      const { pcsc, insert, news } = await begin()
      await news()
      const line = await insert(card())
      if (moment === 'before') pcsc.pullAfter(0)
      else pcsc.pullAfter(1, 'not answered')
      expect(await line.exchange(fromHex(write))).toEqual(unknown('card removed'))
      expect(await news()).toEqual(['card.inserted', 'card.removed'])
    },
  )

  it('gets three seconds, and its late answer is nobody’s', async () => {
    const { pcsc, clock, insert } = await begin()
    const line = await insert(card())
    pcsc.failNext({ kind: 'hangs' })
    const first = line.exchange(fromHex(challenge))
    await clock.advance(driverDelays.replyMs)
    expect(await first).toEqual(unknown('no reply'))
    const second = line.exchange(fromHex(write))
    await clock.advance(driverDelays.replyMs - 1)
    pcsc.answerLate()
    expect(await second).toEqual(done)
  })

  it('holds back the next command while it hangs', async () => {
    const { pcsc, clock, insert } = await begin()
    const inHand = card()
    const line = await insert(inHand)
    pcsc.failNext({ kind: 'hangs' })
    const both = Promise.all([line.exchange(fromHex(challenge)), line.exchange(fromHex(write))])
    await clock.advance(2 * driverDelays.replyMs)
    expect(await both).toEqual([unknown('no reply'), unknown('no reply')])
    expect(inHand.heard).not.toContain(write)
  })

  it('ends soon when the card is taken out meanwhile', async () => {
    const { pcsc, clock, insert } = await begin()
    const line = await insert(card())
    pcsc.failNext({ kind: 'hangs' })
    const reply = line.exchange(fromHex(challenge))
    await clock.advance(0)
    pcsc.remove()
    await clock.advance(driverDelays.answerUnderWayMs)
    expect(await reply).toEqual(unknown('card removed'))
  })

  it('is answered also when the reader tells of the removal before it hands over the answer', async () => {
    const { pcsc, clock, insert } = await begin()
    const inHand = card()
    const line = await insert(inHand)
    pcsc.failNext({ kind: 'hangs' })
    const both = Promise.all([line.exchange(fromHex(write)), line.exchange(fromHex(challenge))])
    await clock.advance(0)
    pcsc.remove()
    await clock.advance(driverDelays.answerUnderWayMs - 1)
    pcsc.answerLate()
    expect(await both).toEqual([done, unknown('card removed')])
    expect(inHand.heard).not.toContain(challenge)
  })
})

describe('after trouble with a card that stays in', () => {
  const trouble = async () => {
    const all = await begin()
    const inHand = card()
    const line = await all.insert(inHand)
    all.pcsc.failNext({ kind: 'error before', code: 0x80100016 })
    const lost = line.exchange(fromHex(write))
    await all.clock.advance(driverDelays.removalNoticeMs)
    expect(await lost).toEqual(unknown('no reply'))
    inHand.heard.splice(0)
    return { ...all, inHand, line }
  }

  it('powers it up and selects before the next command, so that it can be read (power-card.md 8.4)', async () => {
    const { line, inHand } = await trouble()
    expect((await line.exchange(fromHex(challenge))).kind).toBe('answered')
    expect(inHand.heard).toEqual(['power down', 'power up', select, '00c000002c', challenge])
  })

  it('says no more to it when it does not come back', async () => {
    const { line, pcsc, inHand } = await trouble()
    pcsc.beMute(1)
    expect(await line.exchange(fromHex(challenge))).toEqual(unknown('no reply'))
    expect(inHand.heard).not.toContain(challenge)
  })

  it('never speaks to another card over the old line', async () => {
    const { line, pcsc } = await trouble()
    const other = card({ atr: atrT0(otherSerial), fci: fciWith(otherSerial) })
    pcsc.swapUnseen(other)
    expect(await line.exchange(fromHex(challenge))).toEqual(unknown('card removed'))
    expect(other.heard).not.toContain(challenge)
  })
})

describe('the ladder of a card that does not answer', () => {
  it('a command that hangs for two: the reader is looked for anew, and the card told of again', async () => {
    const { pcsc, clock, insert, news } = await begin()
    const line = await insert(card())
    await news()
    pcsc.failNext({ kind: 'hangs' })
    const first = line.exchange(fromHex(write))
    await clock.advance(driverDelays.replyMs)
    expect(await first).toEqual(unknown('no reply'))
    expect(await news()).toEqual([])
    const second = line.exchange(fromHex(challenge))
    await clock.advance(driverDelays.replyMs)
    expect(await second).toEqual(unknown('no reply'))
    expect(await news()).toEqual(['card.removed', 'failed: no reader'])
    await clock.advance(driverDelays.reopenMs)
    expect(await news()).toEqual(['cleared: no reader', 'card-reader.ready', 'card.inserted'])
    expect(await line.exchange(fromHex(challenge))).toEqual(unknown('reader lost'))
    expect(pcsc.contexts()).toBe(1)
  })

  it('a card that three power-ups in a row do not bring back is looked at in a new context', async () => {
    const { pcsc, clock, insert, news } = await begin()
    const line = await insert(card())
    await news()
    pcsc.failNext({ kind: 'error before', code: 0x80100016 })
    const lost = line.exchange(fromHex(write))
    await clock.advance(driverDelays.removalNoticeMs)
    expect(await lost).toEqual(unknown('no reply'))
    pcsc.beMute(revivalsMost)
    for (let tries = 1; tries < revivalsMost; tries++) {
      expect(await line.exchange(fromHex(challenge))).toEqual(unknown('no reply'))
      expect(await news()).toEqual([])
    }
    expect(await line.exchange(fromHex(challenge))).toEqual(unknown('no reply'))
    expect(await news()).toEqual(['card.removed', 'failed: no reader'])
    await clock.advance(driverDelays.reopenMs)
    expect(await news()).toEqual(['cleared: no reader', 'card-reader.ready', 'card.inserted'])
  })
})

describe('a card that answers nonsense', () => {
  it('ends in an event and in replies, whatever its bytes are', async () => {
    const replies = array(uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 12 })
    await check(
      asyncProperty(replies, async (bytes) => {
        const { pcsc, clock, told } = await begin()
        let at = 0
        pcsc.insert({ ...card(), transmit: () => bytes[at++ % bytes.length] ?? new Uint8Array() })
        await clock.advance(30_000)
        const last = told.at(-1)
        expect(['card.inserted', 'card.unusable']).toContain(last?.type)
        if (last?.type !== 'card.inserted') return
        const reply = last.line.exchange(fromHex(challenge))
        await clock.advance(30_000)
        expect(['answered', 'unknown']).toContain((await reply).kind)
      }),
    )
  })
})

describe('a line', () => {
  it('outlives its card and answers for it: card removed', async () => {
    const { pcsc, insert } = await begin()
    const first = card()
    const line = await insert(first)
    pcsc.remove()
    const second = card()
    await insert(second)
    first.heard.splice(0)
    second.heard.splice(0)
    expect(await line.exchange(fromHex(write))).toEqual(unknown('card removed'))
    expect([...first.heard, ...second.heard]).toEqual([])
  })

  it('sends one command after the other, in the order they were asked for', async () => {
    const { insert } = await begin()
    const inHand = card()
    const line = await insert(inHand)
    inHand.heard.splice(0)
    await Promise.all([challenge, write, challenge].map((each) => line.exchange(fromHex(each))))
    expect(inHand.heard).toEqual([challenge, write, challenge])
  })
})

describe('reader and daemon', () => {
  it('takes the reader whose name begins as configured, and no other', async () => {
    const { news, clock } = await begin({ reader: 'ACS' })
    await clock.advance(driverDelays.readerPatienceMs)
    expect(await news()).toEqual(['failed: no reader'])
  })

  it('finds a reader that was unplugged and plugged in again', async () => {
    const { pcsc, clock, insert, news } = await begin()
    const line = await insert(card())
    await news()
    pcsc.unplug()
    expect(await line.exchange(fromHex(write))).toEqual(unknown('reader lost'))
    expect(await news()).toEqual(['card.removed', 'failed: no reader'])
    await clock.advance(60_000)
    expect(await news()).toEqual([])
    pcsc.plugIn()
    await clock.advance(driverDelays.reopenMostMs + driverDelays.readerPatienceMs)
    expect(await news()).toEqual(['cleared: no reader', 'card-reader.ready', 'card.inserted'])
    expect(pcsc.contexts()).toBe(1)
  })

  it('starts before its daemon does', async () => {
    const pcsc = simulatedPcsc()
    const clock = manualClock()
    pcsc.stopDaemon()
    const told: string[] = []
    const parent = setup({
      types: { events: {} as CardReaderEvent },
      actors: { cardReader: pcscCardReader({ service: pcsc.service, clock }) },
    }).createMachine({
      invoke: { src: 'cardReader' },
      on: { '*': { actions: ({ event }) => void told.push(nameOf(event)) } },
    })
    const actor = createActor(parent).start()
    stops.push(() => actor.stop())
    await clock.advance(60_000)
    expect(told).toEqual(['failed: no card service'])
    pcsc.startDaemon()
    await clock.advance(driverDelays.reopenMostMs)
    expect(told.slice(1)).toEqual(['cleared: no card service', 'card-reader.ready'])
  })

  it('lives through a restart of the daemon with a card in the slot', async () => {
    const { pcsc, clock, insert, news } = await begin()
    const line = await insert(card())
    await news()
    pcsc.stopDaemon()
    expect(await line.exchange(fromHex(write))).toEqual(unknown('reader lost'))
    expect(await news()).toEqual(['card.removed', 'failed: no card service'])
    pcsc.startDaemon()
    await clock.advance(driverDelays.reopenMs)
    expect(await news()).toEqual(['cleared: no card service', 'card-reader.ready', 'card.inserted'])
  })

  it('closes its context when it stops, and says nothing more', async () => {
    const { pcsc, actor, news } = await begin()
    await news()
    actor.stop()
    expect(pcsc.contexts()).toBe(0)
    pcsc.insert(card())
    pcsc.stopDaemon()
    expect(await news()).toEqual([])
  })
})

describe('a reader at which nothing happens', () => {
  const listening = async () => {
    let times = 0
    const begun = await begin({ heard: () => (times += 1) })
    const heardWithin = async (ms: number) => {
      const before = times
      await begun.clock.advance(ms)
      return times > before
    }
    return { ...begun, heardWithin }
  }

  it('is asked for again and again, and heard', async () => {
    const { heardWithin } = await listening()
    for (let round = 0; round < 5; round++) {
      expect(await heardWithin(driverDelays.askMs)).toBe(true)
    }
  })

  it('is not heard while its daemon hangs, though nobody says that it is lost, and is when it goes on', async () => {
    const { pcsc, heardWithin, news } = await listening()
    await news()
    pcsc.freeze(true)
    await heardWithin(driverDelays.askMs)
    expect(await heardWithin(90_000)).toBe(false)
    expect(await news()).toEqual([])
    pcsc.freeze(false)
    expect(await heardWithin(2 * driverDelays.askMs)).toBe(true)
  })

  it('is not heard while it is unplugged', async () => {
    const { pcsc, heardWithin } = await listening()
    pcsc.unplug()
    await heardWithin(driverDelays.askMs)
    expect(await heardWithin(60_000)).toBe(false)
  })
})
