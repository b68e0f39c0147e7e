// The end of a business day: the next one begins, the file is the same whenever it is made, and the bank has the same sum.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSettlementFile } from '../centre/reconciliation/settlement-file.ts'
import { frontKit, type FrontKit } from '../test/front-kit.ts'
import { visit } from '../test/front-visit.ts'
import { businessDateAt } from './business-day.ts'
import { writeDayFile } from './closing-day.ts'
import { losesAnswers, losesRequests } from './simulated-bank/behaviours.ts'

let kit: FrontKit
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-front-days-'))
  kit = await frontKit({ filesFolder: folder })
  await kit.signedOn()
})
afterEach(async () => {
  await kit.close()
  rmSync(folder, { recursive: true, force: true })
})

const hoursMs = (hours: number) => hours * 3_600_000
const sweep = () => kit.ended(kit.front().sweep())
/** The clock of the test begins at 16:45 of 2026-11-23; the cut-over is at 23:00. */
const evening = async () => {
  await kit.clock().advance(hoursMs(7))
  await sweep()
}
const days = () => kit.store().read.selectFrom('business_days').selectAll().execute()
const rowsOf = (name: string) =>
  readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\r\n')
    .map((row) => row.split(','))
const name = 'front_money_2026-11-23_1.csv'

describe('a business date', () => {
  const dates: [string, string, string, string][] = [
    ['2026-11-23T22:59:59Z', 'UTC', '23:00', '2026-11-23'],
    ['2026-11-23T23:00:00Z', 'UTC', '23:00', '2026-11-24'],
    ['2026-11-23T23:59:59Z', 'UTC', '00:00', '2026-11-23'],
    ['2026-11-24T00:00:00Z', 'UTC', '00:00', '2026-11-24'],
    ['2026-11-23T16:45:00Z', 'Asia/Shanghai', '23:00', '2026-11-24'],
    ['2026-12-31T23:30:00Z', 'UTC', '23:00', '2027-01-01'],
  ]
  it.each(dates)('of %s in %s with the cut-over at %s is %s', (at, timeZone, cutOver, date) => {
    expect(businessDateAt(Date.parse(at), { timeZone, cutOver })).toBe(date)
  })
})

describe('the end of a day', () => {
  it('writes every transaction of it, reversed ones too, and agrees with the bank', async () => {
    expect(await visit(kit, () => Promise.resolve())).toBe('bought')
    kit.centre.meterOf('plain-sale').insert(kit.centre.cardOf('plain-sale'))
    const undone = await kit.approved(4_000)
    await kit.reversal(undone.paymentId)
    await evening()
    const [head, ...rows] = rowsOf(name)
    expect(head?.slice(0, 2)).toEqual(['front', '2026-11-23'])
    expect(head?.slice(4)).toEqual(['3', '10000'])
    expect(rows.map((row) => row.slice(1, 8))).toEqual([
      ['000000000001', 'KIOSK-1', '000001', 'sale', '10000', '0', 'approved'],
      ['000000000002', 'KIOSK-1', '000003', 'sale', '4000', '0', 'reversed'],
      ['000000000002', 'KIOSK-1', '000004', 'reversal', '4000', '0', 'done'],
    ])
    expect(rows[0]?.[0]).toMatch(/^\d{16}$/)
    expect(rows[0]?.[8]).toBe('LOADED')
    expect(await days()).toMatchObject([
      { business_date: '2026-11-23', state: 'closed', cut_over: 1, totals: 'agree' },
      { business_date: '2026-11-24', state: 'open' },
    ])
    expect(kit.bank().truth().businessDate).toBe('2026-11-24')
    expect(kit.bank().settlement('2026-11-23').text).toContain(',3,10000')
    // Whoever matches the three files takes it.
    const content = readFileSync(join(folder, name), 'utf8')
    expect(readSettlementFile(name, content)).toMatchObject({
      kind: 'file',
      file: { total: 10_000 },
    })
  })

  it('gives the same file again, byte by byte, whatever has happened since', async () => {
    const sale = await kit.approved()
    await evening()
    const first = readFileSync(join(folder, name))
    await kit.reversal(sale.paymentId)
    await sweep()
    rmSync(join(folder, name))
    const path = await writeDayFile({ store: kit.store(), filesFolder: folder }, '2026-11-23')
    expect(path).toBe(join(folder, name))
    expect(readFileSync(join(folder, name))).toEqual(first)
    expect(readdirSync(folder)).toEqual([name])
    expect(await writeDayFile({ store: kit.store(), filesFolder: folder }, '2026-11-24')).toBeNull()
  })

  it('counts a reversal on the day it was asked for, not on that of its payment', async () => {
    const sale = await kit.approved()
    await evening()
    await kit.reversal(sale.paymentId)
    await kit.clock().advance(hoursMs(24))
    await sweep()
    const [head, ...rows] = rowsOf('front_money_2026-11-24_1.csv')
    expect(head?.slice(4)).toEqual(['1', '-10000'])
    expect(rows.map((row) => row.slice(3, 6))).toEqual([['000002', 'reversal', '10000']])
    expect((await days()).map(({ totals }) => totals)).toEqual(['agree', 'agree', null])
  })

  it('begins numbers and STANs anew, and dates what is paid with the new day', async () => {
    await kit.approved()
    await evening()
    kit.centre.clock.now += hoursMs(7)
    const sale = await kit.approved()
    expect(sale.evidence).toMatchObject({ stan: 1, businessDate: '2026-11-24' })
  })

  it('waits for nothing but the bank: the file is there, cut-over and totals follow when the line is', async () => {
    await kit.approved()
    await kit.bankGoesDown()
    await evening()
    expect(rowsOf(name)).toHaveLength(2)
    expect(await days()).toMatchObject([{ state: 'closing', cut_over: 0 }, { state: 'open' }])
    kit.bank().comeUp()
    await kit.signedOn()
    await sweep()
    expect(await days()).toMatchObject([{ state: 'closed', totals: 'agree' }, { state: 'open' }])
  })

  it('is for a person when the bank has another sum: it booked what nobody here heard of', async () => {
    kit.bank().behave(losesAnswers({ to: '0200' }))
    kit.bank().behave(losesRequests({ to: '0420' }))
    kit.bank().behave(losesRequests({ to: '0421' }))
    const sale = await kit.begin()
    expect(await kit.payFor(sale)).toEqual({ kind: 'unknown' })
    await evening()
    expect(await days()).toMatchObject([{ totals: 'differ' }, { state: 'open' }])
    const list = await kit.store().read.selectFrom('manual_list').selectAll().execute()
    expect(list.map(({ subject, why }) => [subject, why])).toContainEqual([
      '2026-11-23',
      "the bank's total of the day is 10000, ours is 0",
    ])
  })
})
