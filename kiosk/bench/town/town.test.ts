// The sample town is true: its cards and meters agree, and every card does at home what its story says.
import { describe, expect, it } from 'vitest'
import { CardState } from '../../../drivers/card-reader/simulated-card/state.ts'
import { MeterState } from '../../../drivers/card-reader/simulated-meter/state.ts'
import { centreKit, townNow } from '../../../test/centre-kit.ts'
import { sampleTown } from './town.ts'

const town = sampleTown({ now: townNow })

describe('the town', () => {
  it('is the same for the same moment', () => {
    expect(sampleTown({ now: townNow })).toEqual(town)
  })

  it('has about forty cards with a name each, the first of them the published one', () => {
    expect(town.cards.length).toBeGreaterThanOrEqual(35)
    const ids = town.cards.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(town.cards[0]).toMatchObject({
      number: '000000700123',
      meter: '000012345678',
      state: { serial: '0011223344556677' },
    })
    const serials = town.cards.flatMap(({ state }) => ('files' in state ? [state.serial] : []))
    expect(new Set(serials).size).toBe(serials.length)
  })

  it('has chips and meters as the simulators keep them, and stories of one line', () => {
    for (const { state, story } of town.cards) {
      if ('files' in state) expect(CardState.parse(state)).toEqual(state)
      expect(story.length).toBeLessThan(95)
    }
    for (const { state } of town.meters) expect(MeterState.parse(state)).toEqual(state)
  })

  it('has a meter for every card that names one', () => {
    const numbers = new Set<string>(town.meters.map(({ number }) => number))
    expect(town.cards.filter(({ meter }) => meter !== null && !numbers.has(meter))).toEqual([])
  })
})

/** Put into its own meter: the code of power-card.md 10.6, and whether energy arrives. */
const atHome: [card: string, code: number, credited: boolean][] = [
  ['plain-sale', 0, false],
  ['unread-purchase', 0, true],
  ['pulled-early', 0, false],
  ['nearly-full', 0, false],
  ['meter-full', 0, false],
  ['replaced-old', 0, false],
  ['replacement-new', 0, false],
  ['replacement-used', 0, false],
  ['opening-new', 0, false],
  ['opening-used', 0, false],
  ['other-area', 0, false],
  ['key-blocked', 0, false],
  ['key-version', 9, false],
  ['data-differ', 12, false],
  ['order-loaded', 0, true],
  ['order-open', 0, false],
  ['wrong-meter-unread', 0, true],
  ['refused-too-much', 21, false],
  ['refused-count', 17, false],
  ['write-back-altered', 0, false],
  ['count-ahead', 17, false],
  ['imitation', 6, false],
  ['preset-card', 0, true],
]

describe('at home', () => {
  it.each(atHome)('%s in its own meter: code %i', async (id, code, credited) => {
    const kit = await centreKit()
    const done = kit.meterOf(id).insert(kit.cardOf(id))
    expect({ code: done.code, credited: done.credited > 0 }).toEqual({ code, credited })
    await kit.close()
  })

  it.each([
    'unread-purchase',
    'pulled-early',
    'replacement-new',
    'opening-new',
    'order-loaded',
    'wrong-meter-unread',
    'write-back-altered',
  ])('%s can buy after its meter has read it', async (id) => {
    const kit = await centreKit()
    kit.meterOf(id).insert(kit.cardOf(id))
    const { verdict } = await kit.kiosk().insert(kit.cardOf(id))
    expect(verdict.kind).toBe('can sell')
    await kit.close()
  })

  it('a lost card is dead once its replacement was in the meter', async () => {
    const kit = await centreKit()
    const meter = kit.meterOf('replacement-new')
    expect(meter.insert(kit.cardOf('replacement-new')).code).toBe(0)
    expect(meter.insert(kit.cardOf('replaced-old')).code).toBe(13)
    await kit.close()
  })

  it('a purchase that was too much is taken after some use', async () => {
    const kit = await centreKit()
    const meter = kit.meterOf('refused-too-much')
    const card = kit.cardOf('refused-too-much')
    meter.use(6_000)
    expect(meter.insert(card)).toMatchObject({ code: 0, credited: 14_492 })
    expect((await kit.kiosk().insert(card)).verdict.kind).toBe('can sell')
    await kit.close()
  })
})
