// What the centre must notice (power-card.md 13.2): copies, made credit, meters that went back or were touched.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { energy, noEnergy } from '../domain/energy.ts'
import { OrderNumber } from '../domain/identifiers.ts'
import { centreKit, type CentreKit } from '../test/centre-kit.ts'
import { alarmsIn } from './meter-alarms.ts'

type Registers = Parameters<typeof alarmsIn>[0]

const before: Registers = {
  count: 6,
  meter_time: 1_000,
  remaining: energy(1_890),
  overdraft_used: 0,
  total_credited: 45_210,
  total_used: 43_320,
  illegal_insertions: 2,
  tamper_events: 1,
}
/** One purchase of 8910 later, with 500 used. */
const now: Registers = {
  ...before,
  count: 7,
  meter_time: 2_000,
  remaining: energy(10_300),
  total_credited: 54_120,
  total_used: 43_820,
}

describe('a write-back', () => {
  const rows: [what: string, now: Partial<Registers>, sold: number | null, kinds: string[]][] = [
    ['that is as it should be', {}, 8_910, []],
    ['whose purchases are not all known', { total_credited: 54_120 }, null, []],
    ['of a meter that credited more than was sold', {}, 8_000, ['meter registers']],
    [
      'whose registers contradict each other',
      { remaining: energy(10_301) },
      8_910,
      ['meter registers'],
    ],
    ['in overdraft', { remaining: noEnergy, overdraft_used: 100, total_used: 54_220 }, 8_910, []],
    ['with a count that went back', { count: 5 }, null, ['meter went back']],
    ['with a clock that went back', { meter_time: 999 }, 8_910, ['meter went back']],
    ['after another illegal insertion', { illegal_insertions: 3 }, 8_910, ['meter touched']],
    ['after the cover was opened', { tamper_events: 2 }, 8_910, ['meter touched']],
  ]
  it.each(rows)('%s', (_, changed, sold, kinds) => {
    const found = alarmsIn({ ...now, ...changed }, before, sold)
    expect(found.map(({ kind }) => kind)).toEqual(kinds)
  })

  it('that is the first says only whether it contradicts itself', () => {
    expect(alarmsIn(now, null, null)).toEqual([])
    expect(alarmsIn({ ...now, total_used: 0 }, null, null)).toHaveLength(1)
  })
})

describe('the centre raises an alarm', () => {
  let kit: CentreKit
  beforeEach(async () => {
    kit = await centreKit()
  })
  afterEach(async () => {
    expect(await kit.flaws()).toEqual([])
    await kit.close()
  })
  const raised = async () => {
    const rows = await kit.store().read.selectFrom('alarms').select('kind').execute()
    return rows.map(({ kind }) => kind)
  }

  it('when a kiosk goes on with a card that another kiosk has seen since', async () => {
    const card = kit.cardOf('plain-sale')
    const here = await kit.kiosk().insert(card)
    await kit.kiosk('000000000102').insert(card)
    const wish = { kind: 'money', tender: 10_000 } as const
    const { insertionId } = here
    const quoted = await kit.kiosk().ask('quote', { saleId: kit.ids.sale(), insertionId, wish })
    expect(quoted).toMatchObject({ why: 'insertion over' })
    expect(await raised()).toEqual(['card in two places'])
  })

  it('and blocks the binding, when a meter has a count that was never given out', async () => {
    const card = kit.cardOf('plain-sale')
    const meter = kit.meterOf('plain-sale')
    meter.change({ count: 9 })
    meter.insert(card)
    const { verdict } = await kit.kiosk().insert(card)
    expect(verdict).toMatchObject({ refusal: { kind: 'under inquiry' } })
    expect(await raised()).toEqual(['meter count too high', 'card against books'])
  })

  it('and blocks it, when the meter has an order whose money went back', async () => {
    const kiosk = kit.kiosk()
    const card = kit.cardOf('plain-sale')
    const inserted = await kiosk.insert(card)
    const made = await kiosk.order(inserted, { tender: 10_000, notes: [10_000] })
    if (made.reply.kind === 'refused') throw new Error(made.reply.why)
    const { saleId, insertionId, notes } = made
    await kiosk.ask('closing', { saleId, insertionId, notes })
    card.powerDown()
    const meter = kit.meterOf('plain-sale')
    meter.change({ count: 7 })
    meter.insert(card)
    const { verdict } = await kiosk.insert(card)
    expect(verdict).toMatchObject({ refusal: { kind: 'under inquiry' } })
    const states = await kit.store().read.selectFrom('orders').select('state').execute()
    expect(states.map(({ state }) => state)).toContain('SUSPECT')
  })

  it('when a meter was touched between two write-backs', async () => {
    const card = kit.cardOf('plain-sale')
    await kit.kiosk().insert(card)
    card.powerDown()
    const meter = kit.meterOf('plain-sale')
    meter.change({ tampering: { ...meter.state().tampering, coverOpenings: 1 } })
    meter.insert(card)
    await kit.kiosk().insert(card)
    expect(await raised()).toEqual(['meter touched'])
  })

  it('once, when the card tells of an order that nobody made', async () => {
    const card = kit.cardOf('plain-sale')
    await kit
      .store()
      .transact((work) => work.deleteFrom('earlier_purchases').where('count', '=', 6).execute())
    await kit.store().transact((work) =>
      work
        .updateTable('cards')
        .set({ order_number: OrderNumber.parse('2601010000000001') })
        .where('serial', '=', card.state().serial)
        .execute(),
    )
    await kit.kiosk().insert(card)
    await kit.kiosk().insert(card)
    const kinds = await raised()
    expect(kinds.filter((kind) => kind === 'unknown order in journal')).toHaveLength(1)
  })
})
