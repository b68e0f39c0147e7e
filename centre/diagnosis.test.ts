// Every card of the sample town gets the verdict its story tells, and no money moves by looking.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { centreKit, type CentreKit } from '../test/centre-kit.ts'

type Row = [card: string, verdict: string, more: object]

const refused = (kind: string, more: object = {}) => ({ refusal: { kind, ...more } })
const office = (why: string) => refused('visit the office', { why })

const rows: Row[] = [
  ['plain-sale', 'can sell', {}],
  ['no-account-money', 'can sell', {}],
  ['rich-account', 'can sell', {}],
  ['arrears', 'can sell', {}],
  [
    'unread-purchase',
    'refused',
    { ...refused('unread purchase', { energy: 7246 }), depositOffered: true },
  ],
  ['pulled-early', 'refused', refused('unread purchase')],
  ['nearly-full', 'can sell', { limits: { mostEnergy: 8000 } }],
  ['meter-full', 'refused', refused('meter full', { remaining: 60_000, limit: 60_000 })],
  ['replaced-old', 'refused', { ...refused('card replaced'), depositOffered: false }],
  ['replacement-new', 'refused', refused('not yet in meter')],
  ['replacement-used', 'can sell', {}],
  ['opening-new', 'refused', refused('not yet in meter')],
  ['opening-used', 'can sell', {}],
  ['other-area', 'refused', refused('other area')],
  ['customer-blocked', 'refused', office('customer blocked')],
  ['key-blocked', 'refused', office('key blocked')],
  ['key-version', 'refused', office('key version')],
  ['data-differ', 'refused', office('data differ')],
  ['order-loaded', 'refused', refused('unread purchase')],
  [
    'order-open',
    'open order',
    { order: { state: 'NOT_LOADED_RETRY', tender: 10_000 }, mayReturn: true },
  ],
  [
    'wrong-meter-unread',
    'refused',
    refused('refused by meter', { code: 11, otherMeter: '••••5678' }),
  ],
  ['wrong-meter-notice', 'can sell', {}],
  ['refused-too-much', 'refused', refused('refused by meter', { code: 21, otherMeter: null })],
  ['refused-count', 'refused', refused('refused by meter', { code: 17 })],
  ['low-energy', 'can sell', {}],
  ['overdraft', 'can sell', {}],
  ['free-units', 'can sell', {}],
  ['night-tariff', 'can sell', {}],
  ['high-tariff', 'can sell', {}],
  ['account-frozen', 'can sell', {}],
  ['fixed-charges', 'can sell', {}],
  ['second-meter', 'can sell', {}],
  ['write-back-altered', 'can sell', {}],
  ['count-ahead', 'refused', refused('under inquiry')],
  ['imitation', 'refused', refused('not genuine')],
  ['service-card', 'refused', refused('service card')],
  ['management-card', 'refused', refused('service card')],
  ['preset-card', 'refused', refused('preset card')],
  ['blank-card', 'refused', office('not issued')],
]

const notices: [card: string, kinds: string[]][] = [
  ['plain-sale', []],
  ['arrears', ['arrears']],
  ['nearly-full', ['headroom']],
  ['wrong-meter-notice', ['used in other meter']],
  ['low-energy', ['low energy']],
  ['overdraft', ['low energy']],
]

const alarms: [card: string, kind: string][] = [
  ['replaced-old', 'replaced card used'],
  ['data-differ', 'card data differ'],
  ['write-back-altered', 'meter MAC'],
  ['count-ahead', 'card against books'],
  ['imitation', 'not genuine'],
]

/** Days on which a calendar may trip: first and last of a month, of a year, and one that is not there every year. */
const days = [
  '2026-12-01T00:30:00+08:00',
  '2026-12-31T23:30:00+08:00',
  '2027-01-01T12:00:00+08:00',
  '2028-02-29T12:00:00+08:00',
  '2027-03-31T08:00:00+08:00',
]

describe('the cards of the town on other days', () => {
  it.each(days)('%s: the same verdicts', async (day) => {
    const kit = await centreKit({ now: Date.parse(day) })
    for (const [id, kind, more] of rows) {
      const { verdict } = await kit.kiosk().insert(kit.cardOf(id))
      expect({ id, verdict }).toMatchObject({ id, verdict: { kind, ...more } })
    }
    await kit.close()
  })
})

describe('a service card', () => {
  it('whose time is over opens nothing: whoever has it is sent to the office', async () => {
    const kit = await centreKit()
    kit.clock.now += 31 * 86_400_000
    const { verdict } = await kit.kiosk().insert(kit.cardOf('management-card'))
    expect(verdict).toMatchObject({ kind: 'refused', ...office('key version') })
    await kit.close()
  })
})

describe('the cards of the town', () => {
  let kit: CentreKit
  beforeAll(async () => {
    kit = await centreKit()
  })
  afterAll(() => kit.close())

  it('are all in this table, save those that are not ours', () => {
    const ours = kit.town.cards.filter(({ state }) => 'files' in state).map(({ id }) => id)
    expect(rows.map(([id]) => id).toSorted()).toEqual(ours.toSorted())
  })

  it.each(rows)('%s: %s', async (id, kind, more) => {
    const { verdict } = await kit.kiosk().insert(kit.cardOf(id))
    expect(verdict).toMatchObject({ kind, ...more })
  })

  it.each(notices)('%s is told %j', async (id, kinds) => {
    const { notices: told } = await kit.kiosk().insert(kit.cardOf(id))
    expect(told.map(({ kind }) => kind)).toEqual(kinds)
  })

  it.each(alarms)('%s raises the alarm "%s"', async (id, kind) => {
    const { serial } = await kit.kiosk().insert(kit.cardOf(id))
    const raised = await kit
      .store()
      .read.selectFrom('alarms')
      .select('kind')
      .where('serial', '=', serial)
      .execute()
    expect(raised.map((alarm) => alarm.kind)).toContain(kind)
  })

  it('raise no other alarm', async () => {
    for (const { id, state } of kit.town.cards) {
      if ('files' in state) await kit.kiosk().insert(kit.cardOf(id))
    }
    const loud = await kit
      .store()
      .read.selectFrom('alarms')
      .select(['kind', 'serial', 'evidence'])
      .execute()
    const expected = new Set(alarms.map(([id]) => kit.cardOf(id).state().serial))
    expect(loud.filter(({ serial }) => serial === null || !expected.has(serial))).toEqual([])
  })

  it('show an account to its owner, and nothing that names a person to a stranger', async () => {
    const { account } = await kit.kiosk().insert(kit.cardOf('plain-sale'))
    expect(account).toMatchObject({
      shortName: 'L. Chen',
      meter: '••••5678',
      card: '••••6677',
      customer: '••••0123',
      tariff: { code: 'R1', name: 'Residential' },
      balance: 8640,
      arrears: 0,
      meterReading: { remaining: 6240, usedLastMonth: 9300 },
    })
    expect(account?.lastPurchases.map(({ tender, state }) => [tender, state])).toEqual([
      [10_000, 'METER_CREDITED'],
      [10_000, 'METER_CREDITED'],
      [10_000, 'METER_CREDITED'],
    ])
    // 62.40 kWh at 3.10 a day, from the day of the reading.
    const days =
      (Date.parse(account?.runsOutAt ?? '') - Date.parse(account?.meterReading?.at ?? '')) /
      86_400_000
    expect(Math.round(days)).toBe(21)
    const lost = await kit.kiosk().insert(kit.cardOf('replaced-old'))
    expect(lost.account).toBeNull()
  })

  it('move no money by being looked at, but for the order that a card brought home', async () => {
    const { settled } = await kit.kiosk().insert(kit.cardOf('order-loaded'))
    expect(settled).toBeNull()
    const [order] = await kit
      .store()
      .read.selectFrom('orders')
      .select(['state', 'tender'])
      .where('serial', '=', kit.cardOf('order-loaded').state().serial)
      .execute()
    expect(order).toEqual({ state: 'LOADED', tender: 10_000 })
    expect(await kit.flaws()).toEqual([])
  })
})
