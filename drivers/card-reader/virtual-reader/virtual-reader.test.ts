// The card reader on its real wire: driver, pcsclite, pcscd, vpcd, TCP, simulated card. Not run where there is no pcscd.
import { createActor, setup } from 'xstate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getChallenge, macedRead, readBinary } from '../../../domain/power-card/apdu.ts'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { cardFiles } from '../../../domain/power-card/layout.ts'
import { publishedFiles, publishedScript, run } from '../../../domain/power-card/vectors.ts'
import type { CardLine, CardReaderEvent } from '../card-reader.ts'
import type { CardReaderFault } from '../faults.ts'
import { daemonAnswers } from '../pcsc/daemon-answers.ts'
import { pcscCardReader } from '../pcsc/driver.ts'
import { pcscliteService } from '../pcsc/pcsclite-service.ts'
import { foreignCard } from '../simulated-card/foreign.ts'
import { publishedCard } from '../simulated-card/published.ts'
import { simulatedCard } from '../simulated-card/simulated-card.ts'
import { virtualReaderDaemon } from './daemon.ts'
import { virtualReader } from './virtual-reader.ts'

const found = await virtualReaderDaemon()
const daemon = found.kind === 'daemon' ? found.daemon : null
const title =
  found.kind === 'missing'
    ? `on the wire (not run: ${found.what})`
    : `on the wire, with a card daemon that is ${found.daemon.whose}`

/** Whether the daemon may be ended and started again. */
const ours = daemon?.whose === 'ours'

/** Hears a driver: what it tells of cards in its order, and which faults stand. */
const listener = () => {
  const told: CardReaderEvent[] = []
  const faults = new Set<string>()
  let wake = () => {}
  const hear = (event: CardReaderEvent) => {
    if (event.type === 'card-reader.failed') faults.add(event.fault.kind)
    else if (event.type === 'card-reader.cleared') faults.delete(event.fault)
    else told.push(event)
    wake()
  }
  const parent = setup({
    types: { events: {} as CardReaderEvent },
    actors: {
      cardReader: pcscCardReader({ service: pcscliteService, reader: 'Virtual PCD 00 00' }),
    },
  }).createMachine({
    invoke: { src: 'cardReader' },
    on: { '*': { actions: ({ event }) => hear(event) } },
  })
  const actor = createActor(parent)
  /** Waits for as long as a test may take. */
  const until = async (is: () => boolean): Promise<void> => {
    while (!is()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return {
    start: () => void actor.start(),
    stop: () => void actor.stop(),
    /** The next event that is no fault, which must be of this type. */
    next: async <Type extends CardReaderEvent['type']>(
      type: Type,
    ): Promise<Extract<CardReaderEvent, { type: Type }>> => {
      await until(() => told.length > 0)
      const event = told.shift()
      expect(event?.type).toBe(type)
      return event as Extract<CardReaderEvent, { type: Type }>
    },
    faultsBecome: (...kinds: CardReaderFault['kind'][]) =>
      until(() => faults.size === kinds.length && kinds.every((kind) => faults.has(kind))),
  }
}

describe.skipIf(daemon === null)(title, () => {
  const driver = listener()
  const slot = virtualReader(daemon === null ? {} : { port: daemon.port })

  beforeAll(async () => {
    Object.assign(process.env, daemon?.environment)
    driver.start()
    await driver.next('card-reader.ready')
  })
  afterAll(async () => {
    driver.stop()
    slot.close()
    await daemon?.stop()
  })

  const takeOut = async () => {
    slot.remove()
    await driver.next('card.removed')
  }
  const say = (line: CardLine, command: string) => line.exchange(fromHex(command))

  it.each(['T=0', 'T=1'] as const)(
    'reads a card and writes it by a published script, in %s',
    async (protocol) => {
      const randoms = run(0xb0)
      const card = simulatedCard({ state: publishedCard(protocol), random: () => randoms })
      await slot.insert(card)
      const { line, atr, fci } = await driver.next('card.inserted')
      expect(toHex(atr)).toBe(protocol === 'T=0' ? publishedFiles.atrT0 : publishedFiles.atrT1)
      expect(toHex(fci)).toBe(publishedFiles.fci)
      // 6Cxx and 61xx are followed on the way.
      expect(await line.exchange(readBinary(cardFiles.parameters.sfi, 0, 256))).toEqual({
        kind: 'answered',
        data: fromHex(publishedFiles.ef01),
        statusWord: 0x9000,
      })
      expect(await line.exchange(macedRead(cardFiles.purchase.sfi, run(0xa0)))).toEqual({
        kind: 'answered',
        data: fromHex(`${publishedFiles.ef02Before}a8eb86d0d924cb55`),
        statusWord: 0x9000,
      })
      await line.exchange(getChallenge())
      const { authenticate, clear, append, commit } = publishedScript
      for (const command of [authenticate, clear, append, commit]) {
        expect(await say(line, command)).toMatchObject({ statusWord: 0x9000 })
      }
      expect(card.state().files[2]).toBe(publishedFiles.ef02Sale)
      await takeOut()
    },
  )

  it('answers for its reader beside whatever is talked with a card, and for no other', async () => {
    const ask = (reader: string, ms: number) => daemonAnswers(reader, AbortSignal.timeout(ms))
    expect(await ask('Virtual PCD 00 00', 5_000)).toBe(true)
    expect(await ask('Virtual PCD 00 07', 200)).toBe(false)
  })

  it('does not know what became of a write when the card is pulled before its answer', async () => {
    const card = simulatedCard({ state: publishedCard(), random: () => run(0xb0) })
    await slot.insert(card)
    const { line } = await driver.next('card.inserted')
    await line.exchange(getChallenge())
    const { authenticate, clear, append, commit } = publishedScript
    for (const command of [authenticate, clear, append]) await say(line, command)
    slot.pullAfter(1, 'not answered')
    expect(await say(line, commit)).toEqual({ kind: 'unknown', why: 'card removed' })
    await driver.next('card.removed')
    expect(card.state().files[2]).toBe(publishedFiles.ef02Sale)
    // The line has outlived its card.
    expect(await say(line, commit)).toEqual({ kind: 'unknown', why: 'card removed' })
  })

  it('does not know what became of a write when the card was pulled just before it', async () => {
    const card = simulatedCard({ state: publishedCard(), random: () => run(0xb0) })
    await slot.insert(card)
    const { line } = await driver.next('card.inserted')
    slot.pullAfter(1)
    await line.exchange(getChallenge())
    expect(await say(line, publishedScript.authenticate)).toEqual({
      kind: 'unknown',
      why: 'card removed',
    })
    await driver.next('card.removed')
  })

  it('does not know what became of a write in which the card was torn, and finds the old content later', async () => {
    const card = simulatedCard({ state: publishedCard(), random: () => run(0xb0) })
    await slot.insert(card)
    const { line } = await driver.next('card.inserted')
    await line.exchange(getChallenge())
    const { authenticate, clear, append, commit } = publishedScript
    for (const command of [authenticate, clear, append]) await say(line, command)
    card.tear({ at: 'before commit' })
    expect(await say(line, commit)).toEqual({ kind: 'unknown', why: 'card removed' })
    await driver.next('card.removed')
    expect(card.state().files[2]).toBe(publishedFiles.ef02Before)
  })

  it('turns a foreign card away', async () => {
    await slot.insert(foreignCard({ atr: fromHex('3b00') }))
    expect(await driver.next('card.unusable')).toMatchObject({ why: 'foreign card' })
    await takeOut()
  })

  it.skipIf(!ours)('lives through a restart of the daemon with a card in the slot', async () => {
    await slot.insert(simulatedCard({ state: publishedCard() }))
    const { line } = await driver.next('card.inserted')
    await daemon?.restart()
    await driver.next('card.removed')
    expect(await line.exchange(getChallenge())).toEqual({ kind: 'unknown', why: 'reader lost' })
    await driver.next('card-reader.ready')
    await driver.faultsBecome()
    const again = await driver.next('card.inserted')
    expect(await again.line.exchange(getChallenge())).toMatchObject({ statusWord: 0x9000 })
    await takeOut()
  })

  it.skipIf(!ours)(
    'misses the reader when the daemon comes back without it, and finds it later',
    async () => {
      await daemon?.restart({ reader: false })
      await driver.faultsBecome('no reader')
      await daemon?.restart()
      await driver.next('card-reader.ready')
      await driver.faultsBecome()
    },
  )
})
