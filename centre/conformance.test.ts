// The centre's conformance cases of power-card.md 16, with cards and meters that do what the specification says.
//
// S1 is recovery.test.ts and diagnosis.test.ts, S4 is undo.test.ts, S7 is random-sales.test.ts.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CardSerial, type Nonce } from '../domain/identifiers.ts'
import { macedRead, selectApplication } from '../domain/power-card/apdu.ts'
import { fromHex, toHex } from '../domain/power-card/bytes.ts'
import { readPurchase } from '../domain/power-card/purchase.ts'
import type { SimulatedCard } from '../drivers/card-reader/simulated-card/simulated-card.ts'
import { centreKit, exchange, type CentreKit } from '../test/centre-kit.ts'
import { reportLimitMs } from './overdue.ts'

let kit: CentreKit
beforeEach(async () => {
  kit = await centreKit()
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
})

const other = '000000000102'
const countOn = (card: SimulatedCard): number => readPurchase(fromHex(card.state().files[2])).count

/** A sale up to the released script. */
const scripted = async (id: string, of: { tender: number; notes?: number[] }, at = kit) => {
  const kiosk = at.kiosk()
  const card = at.cardOf(id)
  const inserted = await kiosk.insert(card)
  const made = await kiosk.order(inserted, of)
  if (made.reply.kind === 'refused') throw new Error(made.reply.why)
  const { order } = made.reply
  const released = await kiosk.script(inserted, order)
  if (released.kind === 'refused') throw new Error(released.why)
  return { kiosk, card, inserted, order, notes: made.notes, ...released }
}

const stateOf = async (orderNumber: string, at = kit) => {
  const rows = await at.store().read.selectFrom('orders').selectAll().execute()
  return rows.find((row) => row.order_number === orderNumber)?.state
}

/** MAC'd READ of EF02 as it stands, with nothing before it. */
const read = (card: SimulatedCard, nonce: Nonce): string =>
  toHex(exchange(card, macedRead(2, fromHex(nonce))).data)

describe('S2: the centre is killed after a step', () => {
  const steps = ['insertion', 'order', 'script', 'card', 'proof', 'closing'] as const
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wattpoint-s2-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const onDisk = () => centreKit({ place: { kind: 'file', path: join(folder, 'centre.sqlite') } })

  it.each(steps)('%s, opened again, and the sale goes on to its end', async (last) => {
    const there = await onDisk()
    const kiosk = there.kiosk()
    const card = there.cardOf('plain-sale')
    const killedAfter = async (step: (typeof steps)[number]) => {
      if (step === last) await there.reopen()
    }
    const inserted = await kiosk.insert(card)
    await killedAfter('insertion')
    const made = await kiosk.order(inserted, { tender: 10_000, notes: [10_000] })
    if (made.reply.kind === 'refused') throw new Error(made.reply.why)
    await killedAfter('order')
    const released = await kiosk.script(inserted, made.reply.order)
    if (released.kind === 'refused') throw new Error(released.why)
    await killedAfter('script')
    kiosk.run(card, released.commands)
    await killedAfter('card')
    const proven = await kiosk.proof(card, {
      order: made.reply.order,
      nonce: released.settleNonce,
    })
    await killedAfter('proof')
    const { saleId, insertionId, notes } = made
    const closed = await kiosk.ask('closing', { saleId, insertionId, notes })
    await killedAfter('closing')
    expect(proven.order.state).toBe('LOADED')
    expect(closed).toMatchObject({ order: { state: 'LOADED' }, toAccount: 0, toSuspense: 0 })
    expect(countOn(card)).toBe(7)
    expect(await there.flaws()).toEqual([])
    await there.close()
  })

  it.each([
    ['order', 'open order', 6],
    ['script', 'open order', 6],
    ['card', 'refused', 7],
    ['proof', 'refused', 7],
  ] as const)('%s, and the kiosk too: the next touch says "%s"', async (last, verdict, count) => {
    const there = await onDisk()
    const kiosk = there.kiosk()
    const card = there.cardOf('plain-sale')
    const inserted = await kiosk.insert(card)
    const made = await kiosk.order(inserted, { tender: 10_000, notes: [10_000] })
    if (made.reply.kind === 'refused') throw new Error(made.reply.why)
    const { order } = made.reply
    if (last !== 'order') {
      const released = await kiosk.script(inserted, order)
      if (released.kind === 'refused') throw new Error(released.why)
      if (last !== 'script') kiosk.run(card, released.commands)
      if (last === 'proof') await kiosk.proof(card, { order, nonce: released.settleNonce })
    }
    card.powerDown()
    await there.reopen()
    const next = await there.kiosk(other).insert(card)
    expect(next.verdict.kind).toBe(verdict)
    expect(countOn(card)).toBe(count)
    const { saleId, insertionId, notes } = made
    const closed = await kiosk.ask('closing', { saleId, insertionId, notes })
    // Every note is in the order, whoever finishes it.
    expect(closed).toMatchObject({ toAccount: 0, toSuspense: 0 })
    expect(await there.flaws()).toEqual([])
    await there.close()
  })
})

describe('S3: a terminal keeps a script and says that it was not loaded', () => {
  it('with a proof over a nonce that is older than the script: nothing is returned', async () => {
    const kiosk = kit.kiosk()
    const card = kit.cardOf('plain-sale')
    const inserted = await kiosk.insert(card)
    const made = await kiosk.order(inserted, { tender: 10_000, notes: [10_000] })
    if (made.reply.kind === 'refused') throw new Error(made.reply.why)
    const { order } = made.reply
    const nonce = await kiosk.lookNonce()
    const kept = read(card, nonce)
    const released = await kiosk.script(inserted, order)
    if (released.kind === 'refused') throw new Error(released.why)
    const { saleId, orderNumber } = order
    const claimed = await kiosk.ask('proof', { saleId, orderNumber, nonce, proof: kept })
    expect(claimed.order.state).toBe('AWAIT_WRITE')
    expect(await kiosk.ask('return', { saleId, orderNumber })).toEqual({
      kind: 'refused',
      state: 'AWAIT_WRITE',
    })
    expect(kiosk.run(card, released.commands)).toBe(released.commands.length)
    const proven = await kiosk.proof(card, { order, nonce: released.settleNonce })
    expect(proven.order.state).toBe('LOADED')
  })

  it('with a proof of an open session (RO): nothing is returned, and the late truth is taken', async () => {
    const { kiosk, card, order, commands, settleNonce } = await scripted('plain-sale', {
      tender: 10_000,
      notes: [10_000],
    })
    kiosk.run(card, commands.slice(0, -1))
    const claimed = await kiosk.proof(card, { order, nonce: settleNonce })
    expect(claimed.order.state).toBe('UNKNOWN')
    const { saleId, orderNumber } = order
    expect(await kiosk.ask('return', { saleId, orderNumber })).toMatchObject({ kind: 'refused' })
    expect(kiosk.run(card, commands.slice(-1))).toBe(1)
    const { nonce } = await kiosk.ask('settleNonce', { orderNumber })
    const proven = await kiosk.proof(card, { order, nonce })
    expect(proven).toMatchObject({ order: { state: 'LOADED' }, receiptProof: expect.any(String) })
  })

  it('with a fresh proof (RB): it is returned, and the script can never run again', async () => {
    const { kiosk, card, order, commands, notes, inserted } = await scripted('plain-sale', {
      tender: 10_000,
      notes: [10_000],
    })
    const proven = await kiosk.settle(card, order)
    expect(proven.order.state).toBe('NOT_LOADED_RETRY')
    const { saleId, orderNumber } = order
    expect(await kiosk.ask('return', { saleId, orderNumber })).toMatchObject({
      kind: 'returned',
      order: { state: 'RETURNED_TO_ACCOUNT' },
      balance: 18_640,
    })
    expect(kiosk.run(card, commands)).toBe(0)
    expect(countOn(card)).toBe(6)
    const closed = await kiosk.ask('closing', {
      saleId,
      insertionId: inserted.insertionId,
      notes,
    })
    expect(closed).toMatchObject({ toAccount: 0, balance: 18_640 })
  })

  it('asks for a second script while one is out: refused until the card has proven itself', async () => {
    const { kiosk, inserted, order, card } = await scripted('plain-sale', {
      tender: 10_000,
      notes: [10_000],
    })
    expect(await kiosk.script(inserted, order)).toEqual({ kind: 'refused', why: 'fenced' })
    await kiosk.settle(card, order)
    const again = await kiosk.script(inserted, order)
    if (again.kind === 'refused') throw new Error(again.why)
    kiosk.run(card, again.commands)
    const proven = await kiosk.proof(card, { order, nonce: again.settleNonce })
    expect(proven.order).toMatchObject({ state: 'LOADED', count: 7 })
  })
})

describe('S5: the report is lost and the order is UNKNOWN', () => {
  it('the card comes to another kiosk, which settles it without a second count', async () => {
    const { kiosk, card, order, commands, inserted, notes } = await scripted('plain-sale', {
      tender: 10_000,
      notes: [10_000],
    })
    kiosk.run(card, commands)
    card.powerDown()
    kit.clock.now += reportLimitMs
    await kit.centre().sweep()
    expect(await stateOf(order.orderNumber)).toBe('AWAIT_WRITE')
    kit.clock.now += 1
    await kit.centre().sweep()
    expect(await stateOf(order.orderNumber)).toBe('UNKNOWN')

    const there = await kit.kiosk(other).insert(card)
    expect(there.settled).toMatchObject({ orderNumber: order.orderNumber, state: 'LOADED' })
    expect(there.verdict).toMatchObject({ kind: 'refused', refusal: { kind: 'unread purchase' } })
    kit.meterOf('plain-sale').insert(card)
    const sold = await kit.kiosk(other).sell(card, { tender: 5_000, notes: [5_000] })
    expect(sold.proven.order).toMatchObject({ state: 'LOADED', count: 8 })
    const closed = await kiosk.ask('closing', {
      saleId: order.saleId,
      insertionId: inserted.insertionId,
      notes,
    })
    expect(closed.order).toMatchObject({ state: 'METER_CREDITED', count: 7 })
  })

  it('and was never written: it is finished at the other kiosk, under its own number and count', async () => {
    const { card, order } = await scripted('plain-sale', { tender: 10_000, notes: [10_000] })
    card.powerDown()
    const kiosk = kit.kiosk(other)
    const there = await kiosk.insert(card)
    expect(there.verdict).toMatchObject({
      kind: 'open order',
      order: { orderNumber: order.orderNumber, state: 'NOT_LOADED_RETRY' },
      mayReturn: true,
    })
    const saleId = kit.ids.sale()
    const again = await kiosk.script(there, { ...order, saleId })
    if (again.kind === 'refused') throw new Error(again.why)
    kiosk.run(card, again.commands)
    const proven = await kiosk.proof(card, { order, nonce: again.settleNonce })
    expect(proven.order).toMatchObject({
      orderNumber: order.orderNumber,
      state: 'LOADED',
      count: 7,
    })
  })

  it('the meter has it although the report was lost: delivered, whatever else is said', async () => {
    const { kiosk, card, order, commands } = await scripted('plain-sale', {
      tender: 10_000,
      notes: [10_000],
    })
    kiosk.run(card, commands)
    card.powerDown()
    kit.meterOf('plain-sale').insert(card)
    const there = await kit.kiosk(other).insert(card)
    expect(there.settled).toMatchObject({ orderNumber: order.orderNumber, state: 'METER_CREDITED' })
    expect(there.verdict.kind).toBe('can sell')
  })
})

describe('S1: a card is lost while its order is UNKNOWN (12.2)', () => {
  const lost = async () => {
    const made = await scripted('plain-sale', { tender: 10_000, notes: [10_000] })
    const { card, order, commands } = made
    const [entry] = kit.town.import.cards ?? []
    if (entry === undefined) throw new Error('no card')
    const serial = CardSerial.parse('45cc0f0000aa5501')
    const successor = { ...entry, serial, issueNumber: 1, inMeter: false }
    expect(await kit.importAgain({ cards: [successor] })).toEqual([])
    return { card, order, commands, replacement: kit.replacementOf('plain-sale', serial) }
  }
  const seen = async (card: SimulatedCard) => kit.kiosk(other).insert(card)

  it('the replacement alone proves nothing, and is not written on before its meter has seen it', async () => {
    const { order, replacement } = await lost()
    expect((await seen(replacement)).verdict).toMatchObject({
      refusal: { kind: 'not yet in meter' },
    })
    expect(await stateOf(order.orderNumber)).toBe('AWAIT_WRITE')
    const { saleId, orderNumber } = order
    const returned = await kit.kiosk().ask('return', { saleId, orderNumber })
    expect(returned.kind).toBe('refused')
  })

  it('the meter has not had it from the lost card: finished on the replacement, under its own count', async () => {
    const { order, replacement } = await lost()
    const meter = kit.meterOf('plain-sale')
    expect(meter.insert(replacement).code).toBe(0)
    const there = await seen(replacement)
    expect(there.verdict).toMatchObject({
      kind: 'open order',
      order: { orderNumber: order.orderNumber },
      mayReturn: true,
    })
    const kiosk = kit.kiosk(other)
    const released = await kiosk.script(there, { ...order, saleId: kit.ids.sale() })
    if (released.kind === 'refused') throw new Error(released.why)
    kiosk.run(replacement, released.commands)
    const proven = await kiosk.proof(replacement, { order, nonce: released.settleNonce })
    expect(proven.order).toMatchObject({ state: 'LOADED', count: 7 })
    expect(meter.insert(replacement)).toMatchObject({ code: 0, credited: order.energy })
  })

  it('the meter has had it from the lost card: delivered, and not a second time', async () => {
    const { card, commands, order, replacement } = await lost()
    kit.kiosk().run(card, commands)
    const meter = kit.meterOf('plain-sale')
    expect(meter.insert(card)).toMatchObject({ code: 0, credited: order.energy })
    expect(meter.insert(replacement)).toMatchObject({ code: 0, credited: 0 })
    const there = await seen(replacement)
    expect(there.settled).toMatchObject({ state: 'METER_CREDITED', count: 7 })
    expect(there.verdict.kind).toBe('can sell')
    expect(meter.insert(card).code).toBe(13)
  })
})

describe('S6: what is no evidence changes nothing', () => {
  const awaiting = () => scripted('plain-sale', { tender: 10_000, notes: [10_000] })
  const alarms = async () =>
    (await kit.store().read.selectFrom('alarms').select(['kind', 'evidence']).execute()).filter(
      ({ kind }) => kind === 'worthless proof',
    )

  it('a proof that was used before', async () => {
    const { kiosk, card, order, commands, settleNonce } = await awaiting()
    kiosk.run(card, commands.slice(0, -1))
    const { saleId, orderNumber } = order
    const told = { saleId, orderNumber, nonce: settleNonce, proof: read(card, settleNonce) }
    await kiosk.ask('proof', told)
    const before = await stateOf(orderNumber)
    await kiosk.ask('proof', told)
    expect(await stateOf(orderNumber)).toBe(before)
    expect(await alarms()).toHaveLength(1)
  })

  it.each([
    ['a nonce that nobody gave out', async () => 'ffffffffffffffff'],
    ['a nonce of another kiosk', () => kit.kiosk(other).lookNonce()],
  ])('a proof over %s', async (_, nonceOf) => {
    const { kiosk, card, order, commands } = await awaiting()
    kiosk.run(card, commands)
    const nonce = (await nonceOf()) as Nonce
    const { saleId, orderNumber } = order
    const reply = await kiosk.ask('proof', { saleId, orderNumber, nonce, proof: read(card, nonce) })
    expect(reply).toMatchObject({ order: { state: 'AWAIT_WRITE' }, receiptProof: null })
    expect(await alarms()).toHaveLength(1)
  })

  it('a proof with one byte altered, wherever it is', async () => {
    const { kiosk, card, order, commands } = await awaiting()
    kiosk.run(card, commands)
    const { saleId, orderNumber } = order
    for (const at of [0, 7, 20, 39, 40, 47]) {
      const { nonce } = await kiosk.ask('settleNonce', { orderNumber })
      const bytes = fromHex(read(card, nonce))
      bytes[at] = (bytes[at] ?? 0) ^ 1
      const proof = toHex(bytes)
      const reply = await kiosk.ask('proof', { saleId, orderNumber, nonce, proof })
      expect(reply).toMatchObject({ order: { state: 'AWAIT_WRITE' }, receiptProof: null })
    }
    expect(await alarms()).toHaveLength(6)
    expect((await kiosk.settle(card, order)).order.state).toBe('LOADED')
  })

  it('the proof of another card', async () => {
    const { kiosk, order } = await awaiting()
    const stranger = kit.cardOf('arrears')
    stranger.powerUp()
    exchange(stranger, selectApplication())
    const { saleId, orderNumber } = order
    const { nonce } = await kiosk.ask('settleNonce', { orderNumber })
    const proof = read(stranger, nonce)
    const reply = await kiosk.ask('proof', { saleId, orderNumber, nonce, proof })
    expect(reply.order.state).toBe('AWAIT_WRITE')
  })

  it('a look with an altered file: once more with a new nonce, then not genuine', async () => {
    const kiosk = kit.kiosk()
    const card = kit.cardOf('plain-sale')
    card.powerUp()
    exchange(card, selectApplication())
    const insertionId = kit.ids.insertion()
    const { serial } = card.state()
    const askAltered = async () => {
      const look = await kiosk.look(card)
      if (look.files === null) throw new Error('no files')
      const ef05 = fromHex(look.files.ef05)
      ef05[26] = (ef05[26] ?? 0) ^ 0xff
      const files = { ...look.files, ef05: toHex(ef05) }
      return kiosk.ask('insertion', { insertionId, serial, look: { ...look, files } })
    }
    expect((await askAltered()).verdict.kind).toBe('look again')
    expect((await askAltered()).verdict).toMatchObject({ refusal: { kind: 'not genuine' } })
  })

  it('a look that was used before opens no sale', async () => {
    const kiosk = kit.kiosk()
    const card = kit.cardOf('plain-sale')
    const first = await kiosk.insert(card)
    const look = await kiosk.look(card)
    const { serial } = first
    const ask = () => kiosk.ask('insertion', { insertionId: kit.ids.insertion(), serial, look })
    expect((await ask()).verdict.kind).toBe('can sell')
    expect((await ask()).verdict.kind).toBe('look again')
  })

  it('a look nonce that lay for more than ten minutes opens no sale', async () => {
    const kiosk = kit.kiosk()
    const card = kit.cardOf('plain-sale')
    card.powerUp()
    const nonce = await kiosk.lookNonce()
    kit.clock.now += 10 * 60_000 + 1
    const { verdict } = await kiosk.ask('insertion', {
      insertionId: kit.ids.insertion(),
      serial: card.state().serial,
      look: await kiosk.look(card, nonce),
    })
    expect(verdict.kind).toBe('look again')
  })
})
