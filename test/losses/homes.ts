// Homes for tests of the detectors: one that does everything right, bought for, used and written back without a flaw.
import {
  CustomerNumber,
  InsertionId,
  KioskNumber,
  MeterNumber,
  OrderNumber,
  ulidOf,
  CardSerial,
} from '../../domain/identifiers.ts'
import { energy } from '../../domain/energy.ts'
import { minor } from '../../domain/money.ts'
import { dayMs } from '../../centre/losses/buying.ts'
import type { Home, Purchase, WriteBack } from '../../centre/losses/home.ts'

export const testDay = '2026-11-25'
const testNow = Date.parse(`${testDay}T12:00:00Z`)
export const testDayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

export type TestHome = {
  /** Counted from 0: makes the numbers that are its own. */
  place?: number
  area?: number
  tariff?: string
  /** Energy on a day, 0.01 kWh; what it is so many days before the end. */
  perDay?: (daysAgo: number) => number
  /** Days between two purchases. */
  every?: number
  /** The last purchase is so many days ago, at least. */
  stopsBefore?: number
  days?: number
}

/** Buys what it has used since, each time; its meter takes it the same day and writes back at the next purchase. */
export const homeThat = (of: TestHome = {}): Home => {
  const { place = 0, area = 801, tariff = 'RES', perDay = () => 600 } = of
  const { every = 25, stopsBefore = 0, days = 360 } = of
  const binding = `${String(50_000_001 + place).padStart(12, '0')}-1`
  const purchases: Purchase[] = []
  const writeBacks: WriteBack[] = []
  const visits: Home['visits'][number][] = []
  let [credited, used, count] = [20_000, 18_000, 7]
  for (let ago = days - (place % every); ago >= stopsBefore; ago -= every) {
    const at = testNow - ago * dayMs
    const since = Array.from({ length: every }, (_, day) => perDay(ago + day))
    used += Math.round(
      Math.min(
        credited - used,
        since.reduce((sum, each) => sum + each, 0),
      ),
    )
    writeBacks.push({
      write_back: writeBacks.length + 1,
      at,
      meter_time: at - 60_000,
      count,
      remaining: energy(credited - used),
      overdraft_used: 0,
      total_credited: credited,
      total_used: used,
      illegal_insertions: 0,
      tamper_events: 0,
    })
    count++
    const bought = Math.max(100, Math.round(perDay(ago) * every))
    credited += bought
    purchases.push({
      order_number: OrderNumber.parse(
        `${testDayOf(at).replaceAll('-', '').slice(2)}${String(place * 100 + count).padStart(10, '0')}`,
      ),
      count,
      state: 'METER_CREDITED',
      charged: minor(bought),
      business_day: testDayOf(at),
      created_at: at,
      loaded_at: at,
      energy: bought,
    })
    visits.push({
      insertion: InsertionId.parse(ulidOf(at, new Uint8Array(10).fill(place % 256))),
      kiosk: KioskNumber.parse('000000000101'),
      serial: CardSerial.parse('5900000000001000'),
      begun_at: at,
      ended_at: at + 120_000,
      verdict: 'sell',
    })
  }
  const last = purchases.at(-1)
  if (last !== undefined) last.state = 'LOADED'
  return {
    binding: {
      binding,
      customer: CustomerNumber.parse(String(800_001 + place).padStart(12, '0')),
      meter: MeterNumber.parse(binding.slice(0, 12)),
      tariff,
      area,
      credited: count - 1,
      overdraft_limit: 0,
      opening_period: '2025-10',
    },
    mayBuy: true,
    ended: false,
    cards: [{ serial: CardSerial.parse('5900000000001000'), count, status: 'in use' }],
    purchases,
    earlier: [],
    writeBacks,
    visits,
    alarms: [],
  }
}

/** The same home with what the meter wrote from one write-back on changed. */
export const withMeter = (
  home: Home,
  from: number,
  change: (it: WriteBack) => Partial<WriteBack>,
): Home => ({
  ...home,
  writeBacks: home.writeBacks.map((it, place) => (place < from ? it : { ...it, ...change(it) })),
})
