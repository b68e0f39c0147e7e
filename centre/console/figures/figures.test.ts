// Figures as the console tells them, of sales that were really made: undone, returned, late, open and closed days, CSV.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { centreKit, type CentreKit } from '../../../test/centre-kit.ts'
import { booksOf } from '../../figures/adding-up.ts'
import { closeDays } from '../../figures/closing-days.ts'
import { exportTold } from './csv.ts'
import { kioskDayTold } from './kiosk-day.ts'
import { overviewTold } from './overview.ts'
import { receivedTold } from './receiving.ts'
import { salesTold } from './selling.ts'
import { transactionsTold } from './transactions.ts'

const dayMs = 24 * 3_600_000
const today = '2026-11-23'
const range = { from: today, to: today }

let kit: CentreKit
beforeEach(async () => {
  kit = await centreKit()
})
afterEach(() => kit.close())

const times = () => ({ now: kit.clock.now, timeZone: kit.town.policy.timeZone })
const books = () => booksOf(kit.store().read, times())
const sell = (id: string, tender = 15_000) =>
  kit.kiosk().sell(kit.cardOf(id), { tender, notes: [10_000, 10_000] })
const close = () =>
  closeDays({ store: kit.store(), now: () => kit.clock.now, timeZone: kit.town.policy.timeZone })

/** A sale whose load is taken back while the card is still in. */
const sellAndUndo = async (id: string): Promise<void> => {
  const kiosk = kit.kiosk()
  const card = kit.cardOf(id)
  const inserted = await kiosk.insert(card)
  const made = await kiosk.order(inserted, { tender: 10_000, notes: [10_000] })
  if (made.reply.kind === 'refused') throw new Error(made.reply.why)
  const { order } = made.reply
  const released = await kiosk.script(inserted, order)
  if (released.kind === 'refused') throw new Error(released.why)
  kiosk.run(card, released.commands)
  await kiosk.proof(card, { order, nonce: released.settleNonce })
  const { saleId, insertionId } = made
  const undone = await kiosk.ask('undo', { saleId, insertionId, orderNumber: order.orderNumber })
  if (undone.kind === 'refused') throw new Error(undone.why)
  kiosk.run(card, undone.commands)
  await kiosk.proof(card, { order, nonce: undone.settleNonce, afresh: true })
}

describe('a purchase that was undone', () => {
  it('counts back to nothing in what was sold, and stays as a row of its own', async () => {
    await sell('plain-sale')
    await sellAndUndo('arrears')
    const told = await salesTold(await books(), { range, chosen: {} }, 'kiosk')
    expect(told.sold).toMatchObject({ orders: 1, tendered: 15_000, arrears: 0 })
    expect(told.otherwise).toContainEqual({ kind: 'order undone', postings: 1, amount: 10_000 })
    const listed = await transactionsTold(await books(), {
      range,
      chosen: {},
      show: 'undone',
      hour: undefined,
      after: undefined,
    })
    expect(listed.rows).toHaveLength(1)
    expect(listed.rows[0]?.sold.tendered).toBe(-10_000)
  })

  it('leaves the money in the account: what came in is still what it became', async () => {
    await sellAndUndo('plain-sale')
    const { total } = await receivedTold(await books(), { range })
    expect(total).toMatchObject({ cash: 10_000, sold: 0, toAccount: 10_000, difference: 0 })
  })
})

describe('a day of one kiosk', () => {
  it('is an X while it is open and a Z with the same totals when it is closed', async () => {
    await sell('plain-sale')
    const { number: kiosk } = kit.kiosk()
    const x = await kioskDayTold(await books(), { day: today, kiosk })
    expect(x).toMatchObject({ reading: 'X', closedAt: null, sold: { orders: 1 } })
    kit.clock.now += dayMs
    await close()
    const z = await kioskDayTold(await books(), { day: today, kiosk })
    expect(z).toEqual({ ...x, reading: 'Z', closedAt: kit.clock.now })
  })

  it('is of no kiosk that nobody knows', async () => {
    expect(await kioskDayTold(await books(), { day: today, kiosk: '9'.repeat(12) })).toBeNull()
  })
})

describe('the first page', () => {
  it('holds today against the same weekday of the weeks before, as far as the day has come', async () => {
    await sell('plain-sale')
    expect((await overviewTold(await books(), times())).usual).toBeNull()
    kit.clock.now += 7 * dayMs
    await close()
    await sell('arrears', 5_000)
    const told = await overviewTold(await books(), times())
    expect(told.today).toMatchObject({ day: '2026-11-30', sold: { orders: 1, tendered: 5_000 } })
    expect(told.usual).toMatchObject({ weekdays: 1, wholeDay: 15_000, orders: 1 })
    expect(told.month.sold.tendered).toBe(20_000)
  })

  it('says how many days are not in the figures while they are being closed', async () => {
    await sell('plain-sale')
    kit.clock.now += 10 * dayMs
    const told = await overviewTold(await books(), times())
    expect(told.standing).toEqual({ closedThrough: null, behind: 10 })
    await close()
    const after = await overviewTold(await books(), times())
    expect(after.standing).toEqual({ closedThrough: '2026-12-02', behind: 0 })
  })
})

describe('a table to take away', () => {
  const asked = { ...range, by: 'kiosk' as const, show: 'sold' as const }

  it('has a row for every transaction, and its head once', async () => {
    await sell('plain-sale')
    await sell('arrears')
    const part = await exportTold(await books(), { ...asked, what: 'lines' }, { ...times(), today })
    const lines = part.text.split('\r\n')
    expect(part).toMatchObject({ name: 'lines_2026-11-23_2026-11-23.csv', next: null })
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatch(/^posting,time,business day,of day,kind,order,/)
  })

  it('has names as text, also one that a table program would carry out', async () => {
    await sell('plain-sale')
    await kit
      .store()
      .transact((work) =>
        work.updateTable('kiosks').set({ place: '=HYPERLINK("x","y")' }).execute(),
      )
    const part = await exportTold(await books(), { ...asked, what: 'sales' }, { ...times(), today })
    expect(part.text).toContain(`"'=HYPERLINK(""x"",""y"")"`)
  })
})
