// One story as figures: numbers, days, purchases and what the meter counted. Books, card and meter are made from these.
import {
  CardSerial,
  type CustomerNumber,
  MeterNumber,
  OrderNumber,
  SaleId,
  ulidOf,
} from '../../../domain/identifiers.ts'
import type { Story } from './story.ts'

const dayMs = 86_400_000
/** Asia/Shanghai, which has no summer time. */
export const utcOffsetMinutes = 8 * 60

/** The calendar of the town: `2026-11-25`. */
export const dayOf = (ms: number): string =>
  new Date(ms + utcOffsetMinutes * 60_000).toISOString().slice(0, 10)
export const monthOf = (ms: number): string => dayOf(ms).slice(0, 7)
/** `YYMMDDhhmm`. */
export const localTimeOf = (ms: number): string =>
  new Date(ms + utcOffsetMinutes * 60_000).toISOString().replace(/\D/g, '').slice(2, 12)

/** The month so many months before that of a moment. */
export const monthBefore = (ms: number, months: number): string => {
  const [year = 0, month = 1] = monthOf(ms).split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 7)
}

/** Purchases that lie too far back for anybody to remember, and what they brought: 0.01 kWh. */
const forgotten = { purchases: 3, energy: 95_000 }

export type Purchase = {
  count: number
  orderNumber: OrderNumber
  at: number
  tender: number
  energy: number
}

export type Household = {
  story: Story
  customer: CustomerNumber
  meter: MeterNumber
  serial: CardSerial
  /** Of the card before, if there is one. */
  predecessor: CardSerial | null
  area: number
  purchases: readonly Purchase[]
  /** The last count: of the newest purchase, wherever it got to. */
  last: number
  /** What the meter has credited, and what the books know of it. */
  credited: { meter: number; books: number }
  /** What the card really carries, and what the books know of it. */
  onCard: { truly: number; books: number }
  saleId: SaleId
  limits: { alarm1: number; alarm2: number; hoarding: number; overdraft: number }
  /** As it stood when the meter last wrote back. */
  registers: Registers
}

export type Registers = {
  at: number
  remaining: number
  totalCredited: number
  totalUsed: number
  usedThisMonth: number
  usedLastMonth: number
}

/** 1.38 for a kWh, VAT included: about what the town pays. */
const energyFor = (tender: number): number => Math.floor((tender * 100) / 138)

export const household = (
  story: Story,
  { place, customer, now }: { place: number; customer: CustomerNumber; now: number },
): Household => {
  const { purchases: bought, daysAgo } = story.meter
  const from = bought.length === 0 ? 0 : forgotten.purchases
  const purchases = bought.map(({ daysAgo: before, tender }, at): Purchase => {
    const boughtAt = now - before * dayMs - hourOf(place, at)
    return {
      count: from + at + 1,
      orderNumber: orderNumberOf(boughtAt, place * 10 + at + 1),
      at: boughtAt,
      tender,
      energy: energyFor(tender),
    }
  })
  const last = from + bought.length
  const known = from + (story.meter.credited ?? bought.length)
  const meterHas = known - (story.meter.forgotten ?? 0)
  const { card = {}, meter } = story
  const isNews = card.writeBack === 'lost' && card.fresh !== true
  const open = card.openOrder
  return {
    story,
    customer,
    meter: MeterNumber.parse(String(12_345_678 + place * 111).padStart(12, '0')),
    serial: serialOf(place, 0),
    predecessor: card.predecessor === undefined ? null : serialOf(place, 1),
    area: card.flaw === 'other area' ? 756 : 755,
    purchases,
    last,
    credited: { meter: meterHas, books: isNews ? last - 1 : known },
    onCard: {
      truly: open === 'not on the card' ? last - 1 : last,
      books: open === undefined ? last : last - 1,
    },
    saleId: SaleId.parse(
      ulidOf(
        now,
        Uint8Array.from({ length: 10 }, (_, at) => place + at),
      ),
    ),
    limits: {
      alarm1: meter.alarm1 ?? 1_000,
      alarm2: 300,
      hoarding: meter.hoardingLimit ?? 200_000,
      overdraft: meter.overdraftLimit ?? 0,
    },
    registers: registersOf(story, {
      at: now - daysAgo * dayMs - hourOf(place, 1) / 2,
      credited:
        (from === 0 ? 0 : forgotten.energy) +
        purchases
          .filter(({ count }) => count <= meterHas)
          .reduce((sum, { energy }) => sum + energy, 0),
    }),
  }
}

const registersOf = (
  { meter }: Story,
  { at, credited }: { at: number; credited: number },
): Registers => {
  const dayOfMonth = Number(dayOf(at).slice(8))
  return {
    at,
    remaining: meter.remaining,
    totalCredited: credited,
    totalUsed: credited - meter.remaining,
    usedThisMonth: meter.usePerDay * dayOfMonth,
    usedLastMonth: meter.usePerDay * 30,
  }
}

/** Not everybody comes at the same minute. */
const hourOf = (place: number, at: number): number => ((place * 37 + at * 53) % 240) * 60_000

export const orderNumberOf = (at: number, running: number): OrderNumber =>
  OrderNumber.parse(`${dayOf(at).slice(2).replaceAll('-', '')}${String(running).padStart(10, '0')}`)

/** The first is the card of power-card.md 15.2. */
export const serialOf = (place: number, generation: number): CardSerial =>
  CardSerial.parse(
    place === 0 && generation === 0
      ? '0011223344556677'
      : `45cc${generation.toString(16).padStart(2, '0')}${(0x1a2b3c + place * 0x10305).toString(16).padStart(10, '0')}`,
  )
