// The centre with the sample town in it, a kiosk's side of every message, and the cards and meters of the town: for tests.
import { passingReceiptKey, type ReceiptKey } from '../centre/card-security/receipt-key.ts'
import { softwareCardSecurity } from '../centre/card-security/software.ts'
import { flawsOfBooks } from '../centre/flaws-of-books.ts'
import { openCentre, type Centre } from '../centre/centre.ts'
import { importTown } from '../centre/importing/importing.ts'
import { openStore, type Store, type StorePlace } from '../centre/store.ts'
import {
  centreMessages,
  type Answered,
  type Asked,
  type CardLook,
  type MessageName,
} from '../domain/centre-messages.ts'
import { CardSerial, KioskNumber, Nonce, type InsertionId } from '../domain/identifiers.ts'
import type { OrderSummary } from '../domain/order.ts'
import {
  fciOf,
  getChallenge,
  internalAuthenticate,
  macedRead,
  readBinary,
  readRecord,
  selectApplication,
} from '../domain/power-card/apdu.ts'
import { fromHex, toHex } from '../domain/power-card/bytes.ts'
import { cardType, readParameters } from '../domain/power-card/parameters.ts'
import { readPurchase } from '../domain/power-card/purchase.ts'
import { issuedCard } from '../drivers/card-reader/simulated-card/issuing.ts'
import {
  simulatedCard,
  type SimulatedCard,
} from '../drivers/card-reader/simulated-card/simulated-card.ts'
import {
  simulatedMeter,
  type SimulatedMeter,
} from '../drivers/card-reader/simulated-meter/simulated-meter.ts'
import { townKeys } from '../kiosk/bench/town/keys.ts'
import { openMade } from './made-store.ts'
import { placed } from './postgres/placed.ts'
import { testIds } from './test-ids.ts'
import { townOf } from './towns.ts'

/** A day in the middle of a month. */
export const townNow = Date.parse('2026-11-23T08:45:00Z')

export type CentreKit = Awaited<ReturnType<typeof centreKit>>

/** A random generator that a seed repeats (mulberry32). */
export const seeded = (seed: number): ((below: number) => number) => {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export const centreKit = async (
  options: {
    now?: number
    place?: StorePlace
    seed?: number
    receiptKey?: ReceiptKey
    /** What stands between a kiosk and the centre: nothing unless told. */
    line?: (handle: Centre['handle']) => Centre['handle']
  } = {},
) => {
  const { now = townNow, seed = 1 } = options
  const { receiptKey = passingReceiptKey(), line = (handle) => handle } = options
  const place = await placed(options.place ?? { kind: 'memory' })
  const town = townOf(now)
  const clock = { now }
  const chance = seeded(seed)
  const random = (count: number) => Uint8Array.from({ length: count }, () => chance(256))
  const means = {
    policy: town.policy,
    security: softwareCardSecurity({ keys: town.keyFile, receiptKey }),
    random,
  }
  let store: Store = await openMade(openStore, place)
  const imported = await importTown({ store, input: town.import, now: clock.now, ...means })
  if (imported.kind === 'problems') throw new Error(imported.problems.join('\n'))
  const open = (): Centre => openCentre({ store, now: () => clock.now, ...means })
  let centre = open()
  const ids = testIds()

  const cards = new Map<string, SimulatedCard>()
  const cardOf = (id: string): SimulatedCard => {
    const known = cards.get(id)
    if (known !== undefined) return known
    const state = town.cards.find((card) => card.id === id)?.state
    if (state === undefined || !('files' in state)) throw new Error(`${id} is no power card`)
    const card = simulatedCard({ state, random })
    cards.set(id, card)
    return card
  }
  const meters = new Map<string, SimulatedMeter>()
  const meterOf = (id: string): SimulatedMeter => {
    const number = town.cards.find((card) => card.id === id)?.meter ?? ''
    const known = meters.get(number)
    if (known !== undefined) return known
    const state = town.meters.find((meter) => meter.number === number)?.state
    if (state === undefined) throw new Error(`${id} has no meter`)
    const keys = town.keyFile
    const meter = simulatedMeter({
      state,
      now: () => clock.now,
      random,
      masterKeys: {
        cards: new Map(
          Object.entries(keys.cards).map(([version, { MK_EM, MK_MM }]) => [
            Number.parseInt(version, 16),
            { MK_EM: fromHex(MK_EM), MK_MM: fromHex(MK_MM) },
          ]),
        ),
        meters: new Map(
          Object.entries(keys.meters).map(([version, { MK_MT }]) => [
            Number.parseInt(version, 16),
            fromHex(MK_MT),
          ]),
        ),
      },
    })
    meters.set(number, meter)
    return meter
  }

  /** A new chip for the customer of this card, with the last purchase of its meter on it (power-card.md 12.2). */
  const replacementOf = (id: string, serial: CardSerial): SimulatedCard => {
    const old = town.cards.find((card) => card.id === id)?.state
    if (old === undefined || !('files' in old)) throw new Error(`${id} is no power card`)
    const read = readParameters(fromHex(old.files[1]))
    if (read.kind === 'malformed') throw new Error(`${id} has no parameters`)
    const { issueNumber, ...parameters } = read.parameters
    const state = issuedCard({
      masterKeys: townKeys,
      serial,
      parameters: { ...parameters, type: cardType.replacement, issueNumber: issueNumber + 1 },
      purchase: readPurchase(fromHex(old.files[2])),
    })
    return simulatedCard({ state, random })
  }

  return {
    town,
    replacementOf,
    clock,
    ids,
    random,
    chance,
    receiptKey,
    cardOf,
    meterOf,
    centre: () => centre,
    store: () => store,
    place,
    kiosk: (number: string = town.import.kiosks?.[0]?.kiosk ?? '') =>
      kioskOf({
        number: KioskNumber.parse(number),
        ids,
        handle: line((...of) => centre.handle(...of)),
      }),
    /** Takes another file over; gives what contradicts, nothing when all of it was taken. */
    importAgain: async (input: unknown): Promise<string[]> => {
      const again = await importTown({ store, input, now: clock.now, ...means })
      return again.kind === 'problems' ? again.problems : []
    },
    /** As after a power cut: the same database, opened anew. `meanwhile` it is a file that nobody uses. */
    reopen: async (meanwhile: () => void = () => undefined) => {
      await store.close()
      meanwhile()
      store = await openStore(place)
      centre = open()
    },
    flaws: () => flawsOfBooks(store.read),
    close: () => centre.close(),
  }
}

export type KioskOfKit = ReturnType<typeof kioskOf>

/** A card in the slot, and what the centre has said of it. */
export type Inserted = Answered<'insertion'> & {
  insertionId: InsertionId
  serial: CardSerial
  card: SimulatedCard
}

/** What a kiosk asks, and what it does with the card in its slot. Nothing of it is repeated unless the test says so. */
const kioskOf = (of: {
  number: KioskNumber
  ids: ReturnType<typeof testIds>
  handle: Centre['handle']
}) => {
  const { number, ids, handle } = of
  /** Every reply goes through the schema the kiosk reads it with. */
  const ask = async <Name extends MessageName>(
    name: Name,
    asked: Asked<Name>,
    requestId = ids.request(),
  ): Promise<Answered<Name>> => {
    const { status, text } = await handle(name, { requestId, kiosk: number, ...asked })
    if (status !== 200) throw new Error(`the centre answered ${name} with ${status}: ${text}`)
    return centreMessages[name].reply.parse(JSON.parse(text)) as Answered<Name>
  }

  const lookNonce = async () => {
    const { nonces } = await ask('lookNonces', { count: 1 })
    return (nonces[0] as { nonce: Nonce }).nonce
  }

  const look = async (card: SimulatedCard, nonce?: Nonce): Promise<CardLook> => {
    const over = fromHex(nonce ?? (await lookNonce()))
    const fci = toHex(exchange(card, selectApplication()).data)
    const ef01 = exchange(card, readBinary(1, 0, 60))
    if (ef01.word === 0x6b00) return { nonce: Nonce.parse(toHex(over)), fci, files: null }
    return {
      nonce: Nonce.parse(toHex(over)),
      fci,
      files: {
        ef01: toHex(ef01.data),
        genuine: toHex(exchange(card, internalAuthenticate(over)).data),
        ef02: toHex(exchange(card, macedRead(2, over)).data),
        ef05: toHex(exchange(card, macedRead(5, over)).data),
        journal: [1, 2]
          .map((record) => exchange(card, readRecord(record)))
          .filter(({ word }) => word === 0x9000)
          .map(({ data }) => toHex(data)),
      },
    }
  }

  /** Card in, looked at as often as the centre asks for it. */
  const insert = async (card: SimulatedCard, insertionId = ids.insertion()): Promise<Inserted> => {
    card.powerUp()
    const fci = fciOf(exchange(card, selectApplication()).data)
    const serial = CardSerial.parse(toHex(fci?.serial ?? new Uint8Array()))
    let nonce: Nonce | undefined
    for (let looks = 1; ; looks++) {
      const reply = await ask('insertion', {
        insertionId,
        serial,
        look: await look(card, nonce),
      })
      const { verdict } = reply
      if (verdict.kind !== 'look again' || looks === 3)
        return { insertionId, serial, card, ...reply }
      ;({ nonce } = verdict)
    }
  }

  const noteOf = (value: number) => ({ noteId: ids.note(), value })

  let receipts = 0
  /** Authorised at the terminal of this kiosk. */
  const paymentOf = (amount: number) => ({
    paymentId: ids.payment(),
    way: 'bank card' as const,
    amount,
    evidence: {
      kind: 'terminal' as const,
      terminalId: number.slice(-8),
      receiptNumber: ++receipts,
      trace: 1000 + receipts,
      at: '1123084500',
    },
  })

  /** Quote and order with notes, with a payment of the tender, or from the account. */
  const order = async (
    inserted: Inserted,
    { tender, notes, pays }: { tender: number; notes?: number[]; pays?: boolean },
  ) => {
    const { insertionId } = inserted
    const saleId = ids.sale()
    const quoted = await ask('quote', {
      saleId,
      insertionId,
      wish: { kind: 'money', tender },
    })
    if (quoted.kind === 'refused') throw new Error(`no quote: ${quoted.why}`)
    const tendered = (notes ?? []).map(noteOf)
    const payment = paymentOf(tender)
    const { quoteId } = quoted.quote
    const funding =
      notes === undefined
        ? ({ kind: 'account' } as const)
        : ({ kind: 'cash', notes: tendered } as const)
    const reply = await ask('order', {
      saleId,
      insertionId,
      quoteId,
      funding: pays === true ? { kind: 'payment', payment } : funding,
    })
    return { saleId, insertionId, notes: tendered, payment, quote: quoted.quote, reply }
  }

  /** Challenge and script: released by the centre, not yet run. */
  const script = async (
    inserted: Inserted,
    { orderNumber, saleId }: Pick<OrderSummary, 'orderNumber' | 'saleId'>,
  ) => {
    const challenge = Nonce.parse(toHex(exchange(inserted.card, getChallenge()).data))
    return ask('script', { saleId, insertionId: inserted.insertionId, orderNumber, challenge })
  }

  /** Stops at the first answer other than 9000, as a terminal must. Says how many commands went well. */
  const run = (card: SimulatedCard, commands: readonly string[]): number => {
    for (const [at, command] of commands.entries()) {
      if (exchange(card, fromHex(command)).word !== 0x9000) return at
    }
    return commands.length
  }

  /** The proof over a nonce; `afresh`: SELECT first, so that no session is open. */
  const proof = async (
    card: SimulatedCard,
    of: {
      order: Pick<OrderSummary, 'orderNumber' | 'saleId'>
      nonce: Nonce
      afresh?: boolean
    },
  ) => {
    const { orderNumber, saleId } = of.order
    if (of.afresh === true) exchange(card, selectApplication())
    const read = exchange(card, macedRead(2, fromHex(of.nonce)))
    return ask('proof', {
      saleId,
      orderNumber,
      nonce: of.nonce,
      proof: read.word === 0x9000 ? toHex(read.data) : null,
    })
  }

  /** After a fault: a nonce younger than the fence, SELECT, and what the card says. */
  const settle = async (card: SimulatedCard, order: OrderSummary) => {
    const { nonce } = await ask('settleNonce', { orderNumber: order.orderNumber })
    return proof(card, { order, nonce, afresh: true })
  }

  /** The whole of a sale with notes, or from the account. */
  const sell = async (card: SimulatedCard, of: { tender: number; notes?: number[] }) => {
    const inserted = await insert(card)
    const made = await order(inserted, of)
    if (made.reply.kind === 'refused') throw new Error(`no order: ${made.reply.why}`)
    const released = await script(inserted, made.reply.order)
    if (released.kind === 'refused') throw new Error(`no script: ${released.why}`)
    run(card, released.commands)
    const proven = await proof(card, { order: made.reply.order, nonce: released.settleNonce })
    const { saleId, insertionId, notes } = made
    const closed = await ask('closing', { saleId, insertionId, notes })
    card.powerDown()
    return { inserted, ...made, proven, closed }
  }

  return {
    number,
    ask,
    look,
    lookNonce,
    insert,
    noteOf,
    paymentOf,
    order,
    script,
    run,
    proof,
    settle,
    sell,
  }
}

/** One exchange, with what is held fetched; word 0 when the card gave no answer. */
export const exchange = (
  card: SimulatedCard,
  command: Uint8Array,
): { data: Uint8Array; word: number } => {
  const answer = card.transmit(command)
  if (answer.length < 2) return { data: new Uint8Array(), word: 0 }
  const word = new DataView(answer.buffer, answer.byteOffset).getUint16(answer.length - 2)
  if (word >> 8 === 0x61) return exchange(card, Uint8Array.of(0x00, 0xc0, 0x00, 0x00, word & 0xff))
  if (word >> 8 === 0x6c) {
    return exchange(card, Uint8Array.from([...command.subarray(0, 4), word & 0xff]))
  }
  return { data: answer.slice(0, -2), word }
}
