// Tariffs at the office: read, tried on what was really sold, proposed, and simulated by the code that kiosks are answered by.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TrialStep } from '../../../domain/console/tariffs.ts'
import { centreKit, type CentreKit } from '../../../test/centre-kit.ts'
import { officeOf, toldBy } from '../../../test/office-kit.ts'
import { customerDeeds } from '../customers/customers-answers.ts'
import { differencesOf } from './differences.ts'
import { tariffDeeds, tariffQuestions } from './tariffs-answers.ts'

let kit: CentreKit
let office: ReturnType<typeof officeOf>
const october = Date.parse('2026-10-12T08:45:00Z')
const november = Date.parse('2026-11-20T08:45:00Z')
const buyers = ['plain-sale', 'no-account-money', 'arrears', 'rich-account']

beforeAll(async () => {
  kit = await centreKit({ now: october })
  office = officeOf(kit)
  const kiosk = kit.kiosk()
  for (const id of buyers) {
    for (const tender of [9_000, 31_500]) {
      await kiosk.sell(kit.cardOf(id), { tender, notes: [tender] })
      kit.meterOf(id).insert(kit.cardOf(id))
      kit.clock.now += 86_400_000
    }
  }
  kit.clock.now = november
})
afterAll(() => kit.close())

const rulesOf = async (code: string) =>
  toldBy(await office.ask(tariffQuestions.tariff, { code })).rules
const draftOf = async (rules: unknown) => {
  const kept = toldBy(await office.perform(tariffDeeds['tariff/new-version'], { rules }))
  if (kept.kind === 'problems') throw new Error(JSON.stringify(kept.problems))
  return kept.draft
}
const trialOf = async (draft: string): Promise<TrialStep> =>
  toldBy(await office.ask(tariffQuestions['tariff/trial'], { draft }))
const changesSoFar = async () =>
  (await kit.store().read.selectFrom('counters').selectAll().execute()).toSorted((one, other) =>
    one.name < other.name ? -1 : 1,
  )
const why = { reason: 'decided by the council' }

describe('the list', () => {
  it('has every tariff with its versions, and says which is in force', async () => {
    const { tariffs } = toldBy(await office.ask(tariffQuestions.tariffs, {}))
    const counted = tariffs.reduce((sum, it) => sum + it.bindings, 0)
    const { all } = await kit
      .store()
      .read.selectFrom('bindings')
      .select(({ fn }) => fn.countAll<number>().as('all'))
      .executeTakeFirstOrThrow()
    expect(counted).toBe(all)
    for (const { versions, prices } of tariffs) {
      expect(versions.filter(({ state }) => state === 'in force')).toHaveLength(1)
      expect(prices.length).toBeGreaterThan(0)
    }
  })
})

describe('a new version', () => {
  it('that differs in nothing but its day gives every sale of last month exactly as it was', async () => {
    const draft = await draftOf({ ...(await rulesOf('R1')), validFrom: '2027-02-01' })
    const step = await trialOf(draft)
    expect(step).toMatchObject({ month: '2026-10', next: null, more: 0, less: 0, refused: 0 })
    expect(step.sales).toBeGreaterThanOrEqual(6)
    expect(step.reproduced).toBe(step.sales)
    expect(step.wouldBeEnergy).toBe(step.energy)
    expect(step.wouldBeRevenue).toBe(step.revenue)
    expect(step.wouldBeVat).toBe(step.vat)
    expect([...step.winners, ...step.losers]).toEqual([])
  })

  it('that is dearer loses everybody energy, and says who loses most', async () => {
    const rules = await rulesOf('R1')
    const blocks = rules.ladder.blocks.map((block) => ({ ...block, price: block.price * 2 }))
    const dearer = { ...rules, validFrom: '2027-02-01', ladder: { ...rules.ladder, blocks } }
    const draft = await draftOf(dearer)
    const step = await trialOf(draft)
    expect(step.less).toBe(step.sales)
    expect(step.reproduced).toBe(step.sales)
    expect(step.losers[0]?.gain).toBe(Math.min(...step.losers.map(({ gain }) => gain)))
    const shown = toldBy(await office.ask(tariffQuestions['tariff/draft'], { draft }))
    expect(shown.differences.map(({ where }) => where)).toEqual(
      blocks.map((_, place) => `ladder.blocks.${place}.price`),
    )
  })

  it('is never of the past, and what is wrong with it is named by field', async () => {
    const rules = await rulesOf('R1')
    const tried = (given: object) =>
      office.perform(tariffDeeds['tariff/new-version'], { rules: { ...rules, ...given } })
    expect(await tried({ validFrom: '2026-11-20' })).toMatchObject({
      refusal: { code: 'version begins too early' },
    })
    expect(await tried({ validFrom: rules.validFrom })).toMatchObject({
      refusal: { code: 'version begins too early' },
    })
    expect(await tried({ vat: { rate: 20_000, included: false } })).toMatchObject({
      told: {
        problems: [{ where: 'vat.rate', why: { kind: 'too large', bound: 10_000 } }],
      },
    })
  })

  it('is in the books once a second person has said so, and for both sides of a later import the same', async () => {
    const rules = { ...(await rulesOf('R1')), validFrom: '2027-03-01', freeUnitsPerMonth: 500 }
    const draft = await draftOf(rules)
    const { approval } = toldBy(
      await office.perform(tariffDeeds['tariff/propose'], { draft, ...why }),
    )
    expect(approval.lines).toContainEqual({
      label: 'in force from',
      parts: [{ kind: 'day', day: '2027-03-01' }],
    })
    const decided = toldBy(await office.approve(approval.approval))
    expect(decided.approval.state).toBe('done')
    const shown = toldBy(
      await office.ask(tariffQuestions.tariff, { code: 'R1', validFrom: '2027-03-01' }),
    )
    expect(shown).toMatchObject({
      state: 'to come',
      taken: { by: 'anna', approvedBy: 'boris', why: why.reason },
      differences: [{ where: 'freeUnitsPerMonth' }],
    })
    expect(await kit.importAgain({ tariffs: [rules] })).toEqual([])
    expect(await office.perform(tariffDeeds['tariff/new-version'], { rules })).toMatchObject({
      refusal: { code: 'version exists', values: { day: { day: '2027-03-01' } } },
    })
  })
})

describe('the simulator', () => {
  it.each([
    { by: 'money', wanted: 20_000 },
    { by: 'energy', wanted: 4_200 },
  ] as const)(
    'says of $wanted by $by line for line what a kiosk quotes',
    async ({ by, wanted }) => {
      for (const id of buyers) {
        const inserted = await kit.kiosk().insert(kit.cardOf(id))
        const quoted = await kit.kiosk().ask('quote', {
          saleId: kit.ids.sale(),
          insertionId: inserted.insertionId,
          wish:
            by === 'money' ? { kind: 'money', tender: wanted } : { kind: 'energy', energy: wanted },
        })
        if (quoted.kind === 'refused') throw new Error(quoted.why)
        const { customer } = await kit
          .store()
          .read.selectFrom('cards')
          .innerJoin('bindings', 'bindings.binding', 'cards.binding')
          .select('bindings.customer')
          .where('cards.serial', '=', inserted.serial)
          .executeTakeFirstOrThrow()
        const { binding } = await kit
          .store()
          .read.selectFrom('cards')
          .select('binding')
          .where('cards.serial', '=', inserted.serial)
          .executeTakeFirstOrThrow()
        const before = await changesSoFar()
        const told = toldBy(
          await office.ask(tariffQuestions.simulation, { customer, binding, by, wanted }),
        )
        const { quoteId: _id, saleId: _sale, expiresAt: _until, ...lines } = quoted.quote
        expect(told.outcome).toEqual({ kind: 'priced', priced: lines })
        expect(await changesSoFar()).toEqual(before)
      }
    },
  )

  it('of a day in another month begins the ladder anew, and of a day that is over says nothing', async () => {
    const { customer } = await kit
      .store()
      .read.selectFrom('customers')
      .select('customer')
      .where('short_name', '=', 'J. Smith')
      .executeTakeFirstOrThrow()
    const asked = { customer, by: 'money', wanted: 20_000 } as const
    const later = toldBy(
      await office.ask(tariffQuestions.simulation, { ...asked, day: '2026-12-15' }),
    )
    expect(later.from.soldThisPeriod).toBe(0)
    const over = await office.ask(tariffQuestions.simulation, { ...asked, day: '2026-11-19' })
    expect(over.kind).toBe('refused')
  })
})

describe('a tariff for one meter', () => {
  it('is what its kiosk quotes by from the day on, and not before', async () => {
    const row = await kit
      .store()
      .read.selectFrom('bindings')
      .innerJoin('customers', 'customers.customer', 'bindings.customer')
      .select(['bindings.binding', 'bindings.customer', 'bindings.tariff'])
      .where('customers.short_name', '=', 'F. Al-Sayed')
      .executeTakeFirstOrThrow()
    const { tariffs } = toldBy(await office.ask(tariffQuestions.tariffs, {}))
    const other = tariffs.find(({ code }) => code !== row.tariff)?.code ?? ''
    const { binding, customer } = row
    const deed = customerDeeds['customer/tariff']
    const asked = { customer, binding, tariff: other, ...why }
    expect((await office.perform(deed, { ...asked, from: '2026-11-19' })).kind).toBe('refused')
    toldBy(await office.perform(deed, { ...asked, from: '2026-11-22' }))
    const quotedBy = async () =>
      (await kit.kiosk().insert(kit.cardOf('no-account-money'))).account?.tariff.code
    expect(await quotedBy()).toBe(row.tariff)
    kit.clock.now = Date.parse('2026-11-22T08:45:00Z')
    expect(await quotedBy()).toBe(other)
    kit.clock.now = november
  })
})

it('differences are of single values, of what was added and of what is gone', () => {
  const before = { code: 'A', validFrom: '2026-01-01', vat: { rate: 1 }, levies: [{ price: 3 }] }
  const after = { ...before, validFrom: '2027-01-01', vat: { rate: 2 }, levies: [] }
  expect(differencesOf(before, after)).toEqual([
    { where: 'vat.rate', before: 1, after: 2 },
    { where: 'levies.0.price', before: 3, after: null },
  ])
})
