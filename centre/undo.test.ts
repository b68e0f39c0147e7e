// S4 (power-card.md 16): a load is taken back in its own session; torn, pulled or asked too late, no money goes back for energy
// that stays.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CardSerial, type Nonce, type RequestId } from '../domain/identifiers.ts'
import { getChallenge, macedRead, selectApplication } from '../domain/power-card/apdu.ts'
import { fromHex, toHex } from '../domain/power-card/bytes.ts'
import { readPurchase } from '../domain/power-card/purchase.ts'
import {
  simulatedCard,
  type SimulatedCard,
} from '../drivers/card-reader/simulated-card/simulated-card.ts'
import type { Tear } from '../drivers/card-reader/simulated-card/tearing.ts'
import { centreKit, exchange, type CentreKit } from '../test/centre-kit.ts'
import { accountBalance, arrearsBalance } from './books.ts'
import { undoLimitMs } from './undos.ts'

let kit: CentreKit
beforeEach(async () => {
  kit = await centreKit()
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
})

const other = '000000000102'
const imageOn = (card: SimulatedCard): string => card.state().files[2]
const countOn = (card: SimulatedCard): number => readPurchase(fromHex(imageOn(card))).count

/** A sale up to its proof of load, the card still in its session. */
const loaded = async (id: string, tender = 10_000) => {
  const kiosk = kit.kiosk()
  const card = kit.cardOf(id)
  const before = imageOn(card)
  const bindingBefore = await bindingOf(id)
  const inserted = await kiosk.insert(card)
  const made = await kiosk.order(inserted, { tender, notes: [tender] })
  if (made.reply.kind === 'refused') throw new Error(made.reply.why)
  const { order } = made.reply
  const released = await kiosk.script(inserted, order)
  if (released.kind === 'refused') throw new Error(released.why)
  kiosk.run(card, released.commands)
  const proven = await kiosk.proof(card, { order, nonce: released.settleNonce })
  expect(proven.order.state).toBe('LOADED')
  const { insertionId } = inserted
  const { saleId, orderNumber } = order
  const asked = { saleId, insertionId, orderNumber }
  /** Under an id of its own, or again under the same. */
  const undo = (requestId?: RequestId) => kiosk.ask('undo', asked, requestId)
  const releasedUndo = async () => {
    const reply = await undo()
    if (reply.kind === 'refused') throw new Error(reply.why)
    return reply
  }
  return { kiosk, card, before, bindingBefore, inserted, order, made, asked, undo, releasedUndo }
}
type Loaded = Awaited<ReturnType<typeof loaded>>

const bindingOf = async (id: string) => {
  const { serial } = kit.cardOf(id).state()
  return kit
    .store()
    .read.selectFrom('bindings')
    .innerJoin('cards', 'cards.binding', 'bindings.binding')
    .selectAll('bindings')
    .where('serial', '=', serial)
    .executeTakeFirstOrThrow()
}
const orderRow = ({ order }: Loaded) =>
  kit
    .store()
    .read.selectFrom('orders')
    .selectAll()
    .where('order_number', '=', order.orderNumber)
    .executeTakeFirstOrThrow()
const moneyOf = async (id: string) => {
  const { customer } = await bindingOf(id)
  const books = kit.store().read
  return {
    account: await accountBalance(books, customer),
    arrears: await arrearsBalance(books, customer),
  }
}
const proofOver = (sale: Loaded, nonce: Nonce) =>
  sale.kiosk.proof(sale.card, { order: sale.order, nonce, afresh: true })
const takenBack = async (sale: Loaded) => {
  const { commands, settleNonce } = await sale.releasedUndo()
  expect(sale.kiosk.run(sale.card, commands)).toBe(2)
  return proofOver(sale, settleNonce)
}

describe('S4: a load taken back in its session', () => {
  it.each(['plain-sale', 'arrears', 'free-units', 'fixed-charges', 'no-account-money'])(
    '%s: the whole order is in the account, and the books are as before it',
    async (id) => {
      const money = await moneyOf(id)
      const sale = await loaded(id)
      const proven = await takenBack(sale)
      expect(proven).toMatchObject({ order: { state: 'UNDONE' }, receiptProof: null })
      expect(proven).toMatchObject({ undoOpen: false, balance: money.account + 10_000 })
      expect(imageOn(sale.card)).toBe(sale.before)
      expect(await moneyOf(id)).toEqual({ ...money, account: money.account + 10_000 })
      const { prices_sent } = await bindingOf(id)
      expect(await bindingOf(id)).toEqual({ ...sale.bindingBefore, prices_sent })
    },
  )

  it('gives back the rest of the notes too, once', async () => {
    const kiosk = kit.kiosk()
    const card = kit.cardOf('plain-sale')
    const inserted = await kiosk.insert(card)
    const made = await kiosk.order(inserted, { tender: 10_000, notes: [10_000, 5_000] })
    if (made.reply.kind === 'refused') throw new Error(made.reply.why)
    const released = await kiosk.script(inserted, made.reply.order)
    if (released.kind === 'refused') throw new Error(released.why)
    kiosk.run(card, released.commands)
    const { order } = made.reply
    await kiosk.proof(card, { order, nonce: released.settleNonce })
    const { saleId, insertionId, notes } = made
    const { orderNumber } = order
    const undone = await kiosk.ask('undo', { saleId, insertionId, orderNumber })
    if (undone.kind === 'refused') throw new Error(undone.why)
    kiosk.run(card, undone.commands)
    await kiosk.proof(card, { order, nonce: undone.settleNonce, afresh: true })
    const closed = await kiosk.ask('closing', { saleId, insertionId, notes })
    expect(closed).toMatchObject({ order: { state: 'UNDONE' }, toAccount: 0, toSuspense: 0 })
    expect(closed.balance).toBe(8_640 + 15_000)
  })

  it('its count is free again: the next order gets it, and the meter credits that one, once', async () => {
    const sale = await loaded('plain-sale')
    await takenBack(sale)
    sale.card.powerDown()
    const next = await kit.kiosk(other).sell(sale.card, { tender: 5_000, notes: [5_000] })
    expect(next.proven.order).toMatchObject({ state: 'LOADED', count: sale.order.count })
    const meter = kit.meterOf('plain-sale')
    expect(meter.insert(sale.card)).toMatchObject({ code: 0, credited: next.proven.order.energy })
    expect((await kit.kiosk().insert(sale.card)).verdict.kind).toBe('can sell')
    expect(await orderRow(sale)).toMatchObject({ state: 'UNDONE' })
  })

  it('is told again under the same id, and a second undo under another is refused', async () => {
    const sale = await loaded('plain-sale')
    const id = kit.ids.request()
    const first = await sale.undo(id)
    expect(await sale.undo(id)).toEqual(first)
    expect(await sale.undo()).toEqual({ kind: 'refused', why: 'asked before' })
  })
})

/** Where the power may go, in each of the two commands and in what follows them. */
const cuts: { at: Tear['at'] | 'not sent'; command: 0 | 1 }[] = ([0, 1] as const).flatMap(
  (command) =>
    (['not sent', 'byte', 'before commit', 'after commit', 'before answer'] as const).map((at) => ({
      at,
      command,
    })),
)
const sameHead = (one: Uint8Array, two: Uint8Array): boolean =>
  [0, 1, 2, 3].every((at) => one[at] === two[at])

describe('S4: the power goes while a load is taken back, and the next touch decides', () => {
  const cutAt = async ({ at, command }: (typeof cuts)[number]) => {
    const sale = await loaded('arrears')
    const money = await moneyOf('arrears')
    const { commands } = await sale.releasedUndo()
    if (at === 'not sent') sale.kiosk.run(sale.card, commands.slice(0, command))
    else {
      const target = fromHex(commands[command] ?? '')
      sale.card.tear({
        ...(at === 'byte' ? { at, byte: 20 } : { at }),
        when: (sent) => sameHead(sent, target),
      })
      sale.kiosk.run(sale.card, commands)
      sale.card.tear(null)
    }
    sale.card.powerDown()
    return { sale, money }
  }

  it.each(cuts)('P3: command $command, $at', async (cut) => {
    const { sale, money } = await cutAt(cut)
    // Until then it is loaded, and no money has moved.
    expect((await orderRow(sale)).state).toBe('LOADED')
    expect(await moneyOf('arrears')).toEqual(money)
    const isBack = imageOn(sale.card) === sale.before
    expect(isBack).toBe(cut.command === 1 && ['after commit', 'before answer'].includes(cut.at))
    const seen = await kit.kiosk(other).insert(sale.card)
    expect(seen.settled).toMatchObject({
      orderNumber: sale.order.orderNumber,
      state: isBack ? 'UNDONE' : 'LOADED',
    })
    expect(seen.verdict).toMatchObject(
      isBack ? { kind: 'can sell' } : { kind: 'refused', refusal: { kind: 'unread purchase' } },
    )
    const again = await kit.kiosk().insert(sale.card)
    expect(again.settled).toBeNull()
    const meter = kit.meterOf('arrears')
    const credited = meter.insert(sale.card).credited
    expect(credited).toBe(isBack ? 0 : sale.order.energy)
  })

  it('P3: the proof is read and its report is lost: the next touch books it back, once', async () => {
    const sale = await loaded('plain-sale')
    const { commands } = await sale.releasedUndo()
    sale.kiosk.run(sale.card, commands)
    sale.card.powerDown()
    const seen = await kit.kiosk(other).insert(sale.card)
    expect(seen).toMatchObject({ settled: { state: 'UNDONE' }, verdict: { kind: 'can sell' } })
    expect(seen.account?.balance).toBe(8_640 + 10_000)
    const { saleId, insertionId, notes } = sale.made
    const closed = await sale.kiosk.ask('closing', { saleId, insertionId, notes })
    expect(closed).toMatchObject({ order: { state: 'UNDONE' }, balance: 8_640 + 10_000 })
  })

  it('P3: it was not taken back, and the meter has it before any kiosk sees the card', async () => {
    const sale = await loaded('plain-sale')
    const { commands } = await sale.releasedUndo()
    sale.card.powerDown()
    const meter = kit.meterOf('plain-sale')
    expect(meter.insert(sale.card).credited).toBe(sale.order.energy)
    sale.card.powerUp()
    exchange(sale.card, selectApplication())
    expect(sale.kiosk.run(sale.card, commands)).toBe(0)
    const seen = await kit.kiosk(other).insert(sale.card)
    expect(seen).toMatchObject({
      settled: { orderNumber: sale.order.orderNumber, state: 'METER_CREDITED' },
      verdict: { kind: 'can sell' },
    })
  })
})

describe('S4: what proves no undo', () => {
  it('the purchase before it, read in the open session (RO): stays LOADED until it is seen by RB', async () => {
    const sale = await loaded('plain-sale')
    const { commands, settleNonce } = await sale.releasedUndo()
    sale.kiosk.run(sale.card, commands)
    const { card, order, kiosk } = sale
    const inSession = await kiosk.proof(card, { order, nonce: settleNonce })
    expect(inSession).toMatchObject({ order: { state: 'LOADED' }, undoOpen: true })
    expect(await kiosk.settle(card, order)).toMatchObject({ order: { state: 'UNDONE' } })
  })

  it('the purchase before it, read before the load: kept by a kiosk that lies', async () => {
    const kiosk = kit.kiosk()
    const card = kit.cardOf('plain-sale')
    card.powerUp()
    exchange(card, selectApplication())
    const nonce = await kiosk.lookNonce()
    const kept = toHex(exchange(card, macedRead(2, fromHex(nonce))).data)
    const sale = await loaded('plain-sale')
    await sale.releasedUndo()
    const { saleId, orderNumber } = sale.order
    const told = await kiosk.ask('proof', { saleId, orderNumber, nonce, proof: kept })
    expect(told).toMatchObject({ order: { state: 'LOADED' }, undoOpen: true })
    expect(countOn(card)).toBe(7)
  })

  it('a card that did not answer: nothing is booked', async () => {
    const sale = await loaded('plain-sale')
    const { settleNonce } = await sale.releasedUndo()
    const { saleId, orderNumber } = sale.order
    const told = await sale.kiosk.ask('proof', {
      saleId,
      orderNumber,
      nonce: settleNonce,
      proof: null,
    })
    expect(told).toMatchObject({ order: { state: 'LOADED' }, undoOpen: true })
  })

  it('after it was seen still loaded, the purchase before it is a contradiction, and no money moves', async () => {
    const sale = await loaded('plain-sale')
    await sale.releasedUndo()
    const still = await sale.kiosk.settle(sale.card, sale.order)
    expect(still).toMatchObject({ order: { state: 'LOADED' }, undoOpen: false })
    const money = await moneyOf('plain-sale')
    const { files, ...state } = sale.card.state()
    const altered = simulatedCard({
      state: { ...state, files: { ...files, 2: sale.before } },
      random: kit.random,
    })
    const seen = await kit.kiosk(other).insert(altered)
    expect(seen.verdict).toMatchObject({ refusal: { kind: 'under inquiry' } })
    expect(await moneyOf('plain-sale')).toEqual(money)
  })
})

describe('S4: a card that was lost while its undo was out', () => {
  /** The office issues the last order again, as the books had it: loaded. */
  const successorOf = ({ order: { count, orderNumber } }: Loaded) => {
    const [entry] = kit.town.import.cards ?? []
    if (entry === undefined) throw new Error('no card')
    const serial = CardSerial.parse('45cc0f0000aa5501')
    return { ...entry, serial, issueNumber: 1, inMeter: false, count, orderNumber }
  }

  it('P3: the customer has the energy on the replacement, and not the money in the account as well', async () => {
    const sale = await loaded('plain-sale')
    const money = await moneyOf('plain-sale')
    const { commands, settleNonce } = await sale.releasedUndo()
    expect(sale.kiosk.run(sale.card, commands)).toBe(2)
    expect(await kit.importAgain({ cards: [successorOf(sale)] })).toEqual([])
    expect(await proofOver(sale, settleNonce)).toMatchObject({
      order: { state: 'LOADED' },
      undoOpen: true,
      balance: money.account,
    })
    expect(await moneyOf('plain-sale')).toEqual(money)
  })

  it('P3: a replacement that carries what was taken back is not taken over', async () => {
    const sale = await loaded('plain-sale')
    await takenBack(sale)
    expect(await kit.importAgain({ cards: [successorOf(sale)] })).toEqual([
      expect.stringContaining('is back in the account'),
    ])
  })
})

describe('S4: undo is refused', () => {
  const refused = (why: string) => ({ kind: 'refused', why })

  it('after the card was taken out and put back, at this kiosk or another, for ever', async () => {
    const sale = await loaded('plain-sale')
    sale.card.powerDown()
    const again = await sale.kiosk.insert(sale.card)
    expect(await sale.undo()).toEqual(refused('session over'))
    const { saleId, orderNumber } = sale.asked
    const { insertionId } = again
    const later = { saleId, orderNumber, insertionId }
    expect(await sale.kiosk.ask('undo', later)).toEqual(refused('session over'))
    const elsewhere = kit.kiosk(other)
    const there = await elsewhere.insert(sale.card)
    const asked = { ...later, insertionId: there.insertionId }
    expect(await elsewhere.ask('undo', asked)).toEqual(refused('session over'))
    expect((await orderRow(sale)).state).toBe('LOADED')
  })

  it('more than a minute after the proof of load', async () => {
    const sale = await loaded('plain-sale')
    kit.clock.now += undoLimitMs + 1
    expect(await sale.undo()).toEqual(refused('too late'))
  })

  it('once another challenge of the card was shown', async () => {
    const sale = await loaded('plain-sale')
    const { inserted, order, kiosk } = sale
    expect(await kiosk.script(inserted, order)).toMatchObject({ kind: 'refused' })
    expect(await sale.undo()).toEqual(refused('session over'))
  })

  it('once a nonce was asked for to read the card afresh', async () => {
    const sale = await loaded('plain-sale')
    const { orderNumber } = sale.order
    await sale.kiosk.ask('settleNonce', { orderNumber })
    expect(await sale.undo()).toEqual(refused('session over'))
  })

  it('once the sale is closed, or under another sale', async () => {
    const sale = await loaded('plain-sale')
    const stranger = { ...sale.asked, saleId: kit.ids.sale() }
    expect(await sale.kiosk.ask('undo', stranger)).toEqual(refused('session over'))
    const { saleId, insertionId, notes } = sale.made
    await sale.kiosk.ask('closing', { saleId, insertionId, notes })
    expect(await sale.undo()).toEqual(refused('session over'))
  })

  it('of a load that was proven only after a fault (RB)', async () => {
    const kiosk = kit.kiosk()
    const card = kit.cardOf('plain-sale')
    const inserted = await kiosk.insert(card)
    const made = await kiosk.order(inserted, { tender: 10_000, notes: [10_000] })
    if (made.reply.kind === 'refused') throw new Error(made.reply.why)
    const { saleId, orderNumber } = made.reply.order
    const asked = { saleId, orderNumber, insertionId: inserted.insertionId }
    expect(await kiosk.ask('undo', asked)).toEqual(refused('not loaded'))
    const released = await kiosk.script(inserted, made.reply.order)
    if (released.kind === 'refused') throw new Error(released.why)
    kiosk.run(card, released.commands)
    expect(await kiosk.settle(card, made.reply.order)).toMatchObject({ order: { state: 'LOADED' } })
    expect(await kiosk.ask('undo', asked)).toEqual(refused('session over'))
  })

  it('and commands that are sent too late, or after another challenge, do nothing', async () => {
    const sale = await loaded('plain-sale')
    const { commands } = await sale.releasedUndo()
    exchange(sale.card, getChallenge())
    expect(sale.kiosk.run(sale.card, commands)).toBe(0)
    expect(countOn(sale.card)).toBe(7)
    expect(await sale.kiosk.settle(sale.card, sale.order)).toMatchObject({
      order: { state: 'LOADED' },
      undoOpen: false,
    })
  })
})
