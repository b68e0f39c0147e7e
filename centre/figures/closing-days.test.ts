// A closed day is put down once: nothing that comes later changes it, and nothing is counted twice or left out.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { centreKit, townNow, type CentreKit } from '../../test/centre-kit.ts'
import { closeDays, closesAfterMs } from './closing-days.ts'
import { withFigures, readingFigures } from './figure-tables.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

let kit: CentreKit
beforeEach(async () => {
  kit = await centreKit()
})
afterEach(() => kit.close())

const close = (most?: number) =>
  closeDays({
    store: kit.store(),
    now: () => kit.clock.now,
    timeZone: kit.town.policy.timeZone,
    ...(most === undefined ? {} : { most }),
  })

const figures = () => readingFigures(kit.store().read)
const daysDown = () => figures().selectFrom('day_figures').selectAll().execute()
const linesDown = () => figures().selectFrom('figure_lines').selectAll().execute()

const sell = (id: string) =>
  kit.kiosk().sell(kit.cardOf(id), { tender: 15_000, notes: [10_000, 10_000] })

describe('a day that is over', () => {
  it('is not closed before messages that were under way have had their time', async () => {
    await sell('plain-sale')
    const midnight = Date.parse('2026-11-24T00:00:00+08:00')
    kit.clock.now = midnight + closesAfterMs - 1
    expect(await close()).toEqual({ through: null, left: 0 })
    kit.clock.now = midnight + closesAfterMs
    expect(await close()).toEqual({ through: '2026-11-23', left: 0 })
  })

  it('has a row for what was delivered and one for what came in, which add up', async () => {
    const { quote } = await sell('arrears')
    kit.clock.now += dayMs
    await close()
    const rows = await daysDown()
    const loaded = rows.find(({ kind }) => kind === 'order loaded')
    expect(loaded).toMatchObject({
      business_day: '2026-11-23',
      of_day: '2026-11-23',
      kiosk: kit.kiosk().number,
      channel: 'terminal',
      tariff: quote.tariff.code,
      tender: 'cash',
      orders: 1,
      energy: quote.energy,
      tendered: 15_000,
      charged: quote.charged,
      arrears: quote.arrears.paid,
      pending: -15_000,
      account: quote.residue,
    })
    expect(rows.find(({ kind }) => kind === 'order funded')).toMatchObject({
      cash: 20_000,
      pending: 15_000,
      account: 5_000,
      orders: 0,
    })
    for (const row of rows) {
      const { cash, bank, unpaid, transit, differences, office, other } = row
      const { pending, account, suspense, fees, fixed, vat, supply, levies, arrears } = row
      expect(cash + bank + unpaid + transit + differences + office + other).toBe(
        pending + account + suspense + fees + fixed + vat + supply + levies + arrears,
      )
    }
  })

  it('stays as it is when the area of a card, the kind of a kiosk or a tariff changes', async () => {
    await sell('plain-sale')
    kit.clock.now += dayMs
    await close()
    const before = await daysDown()
    await kit.store().transact(async (work) => {
      await work.updateTable('bindings').set({ area: 4711 }).execute()
      await work.updateTable('kiosks').set({ channel: 'office' }).execute()
    })
    kit.clock.now += dayMs
    expect(await close()).toEqual({ through: '2026-11-24', left: 0 })
    expect(await daysDown()).toEqual(before)
    await expect(
      kit
        .store()
        .transact((work) =>
          withFigures(work).updateTable('day_figures').set({ tendered: 1 }).execute(),
        ),
    ).rejects.toThrow('day_figures are written once')
  })
})

describe('what comes after its day was closed', () => {
  it('is counted on the day it comes, and says which day it belongs to', async () => {
    const kiosk = kit.kiosk()
    const inserted = await kiosk.insert(kit.cardOf('plain-sale'))
    const made = await kiosk.order(inserted, { tender: 5_000, notes: [5_000] })
    if (made.reply.kind === 'refused') throw new Error(made.reply.why)
    const { order } = made.reply
    const released = await kiosk.script(inserted, order)
    if (released.kind === 'refused') throw new Error(released.why)
    kiosk.run(inserted.card, released.commands)
    kit.clock.now += 3 * dayMs
    await close()
    const before = await daysDown()
    expect(before.map(({ kind }) => kind)).not.toContain('order loaded')
    await kiosk.settle(inserted.card, order)
    kit.clock.now += dayMs
    await close()
    const after = await daysDown()
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.find(({ kind }) => kind === 'order loaded')).toMatchObject({
      business_day: '2026-11-26',
      of_day: '2026-11-23',
      orders: 1,
      tendered: 5_000,
    })
    const { late } = await figures()
      .selectFrom('closed_days')
      .select('late')
      .where('business_day', '=', '2026-11-26')
      .executeTakeFirstOrThrow()
    expect(late).toBe(1)
  })

  it('is counted once, and on an open day, also when the clock of the centre was set back', async () => {
    await sell('plain-sale')
    kit.clock.now += dayMs
    await close()
    const before = await daysDown()
    kit.clock.now = townNow + hourMs
    await sell('arrears')
    kit.clock.now += 2 * dayMs
    expect(await close()).toEqual({ through: '2026-11-24', left: 0 })
    const after = await daysDown()
    expect(after.slice(0, before.length)).toEqual(before)
    const sold = (await linesDown()).filter(({ kind }) => kind === 'order loaded')
    expect(sold.map(({ business_day }) => business_day)).toEqual(['2026-11-23', '2026-11-24'])
    const all = await kit.store().read.selectFrom('postings').select('posting').execute()
    expect((await linesDown()).length).toBe(all.length)
  })
})

describe('many days at once', () => {
  it('are closed in slices that go on where the last one stopped', async () => {
    await sell('plain-sale')
    kit.clock.now += dayMs
    await sell('arrears')
    kit.clock.now += 5 * dayMs
    expect(await close(2)).toEqual({ through: '2026-11-24', left: 4 })
    const seen: string[] = []
    const end = await closeDays({
      store: kit.store(),
      now: () => kit.clock.now,
      timeZone: kit.town.policy.timeZone,
      told: ({ through, left }) => seen.push(`${through} ${left}`),
    })
    expect(end).toEqual({ through: '2026-11-28', left: 0 })
    expect(seen).toEqual(['2026-11-25 3', '2026-11-26 2', '2026-11-27 1', '2026-11-28 0'])
  })

  it('are put down once when the centre stopped in the middle of one', async () => {
    await sell('plain-sale')
    await sell('arrears')
    kit.clock.now += dayMs
    const store = kit.store()
    let left = 1
    const stopping = {
      ...store,
      transact: (...of: Parameters<typeof store.transact>) =>
        left-- > 0 ? store.transact(...of) : Promise.reject(new Error('the power is gone')),
    }
    const { now } = kit.clock
    const timeZone = kit.town.policy.timeZone
    await expect(
      closeDays({
        store: { ...stopping, transact: stopping.transact as typeof store.transact },
        now: () => now,
        timeZone,
      }),
    ).rejects.toThrow('the power is gone')
    expect(await daysDown()).toEqual([])
    expect((await linesDown()).length).toBeGreaterThan(0)
    await close()
    const months = await figures().selectFrom('month_figures').selectAll().execute()
    const sold = months.filter(({ kind }) => kind === 'order loaded')
    expect(sold.reduce((sum, { orders }) => sum + orders, 0)).toBe(2)
  })
})
