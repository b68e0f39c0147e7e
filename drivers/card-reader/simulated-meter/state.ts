// What a simulated meter keeps, as JSON: the whole of its truth (power-card.md 10.1), and the troubles it has (10.9).
import { z } from 'zod'
import { CardSerial, CustomerNumber, MeterNumber } from '../../../domain/identifiers.ts'

const Natural = z.int().min(0)
/** `YYMMDDhhmm`, local civil time of the meter. */
const LocalTime = z.string().regex(/^\d{10}$/)

/** Prices in 1/10000 of the main currency unit per kWh. */
const Rates = z.array(Natural).max(32)
const Ladder = z.strictObject({
  /** 0.01 kWh a month, rising. */
  thresholds: z.array(Natural).max(6),
  prices: z.array(Natural).max(7),
  resetDates: z.array(z.string()).max(3),
})
export type MeterLadder = z.infer<typeof Ladder>

export const MeterState = z.strictObject({
  number: MeterNumber,
  area: Natural,
  /** Energy mode counts in 0.01 kWh, money mode in minor units of money. */
  mode: z.enum(['energy', 'money']),

  opened: z.boolean(),
  customer: CustomerNumber.nullable(),
  /** Of the newest card. */
  serial: CardSerial.nullable(),
  issueNumber: Natural,
  count: Natural,
  /** A preset credit was taken; it is taken once. */
  presetTaken: z.boolean(),

  /** In the unit of the mode; below zero in overdraft. */
  remaining: z.int(),
  totalCredited: Natural,
  totalUsed: Natural,
  /** Money mode: what was used and is less than a minor unit, in 1/10000 of one. */
  usedFraction: Natural,

  /** In the unit of the mode; 0 = no limit for `hoarding`, none for the others. */
  limits: z.strictObject({
    alarm1: Natural,
    alarm2: Natural,
    hoarding: Natural,
    overdraft: Natural,
  }),
  ctRatio: z.int().min(1).max(999_999),
  ptRatio: z.int().min(1).max(999_999),
  prices: z.strictObject({
    rates: Rates,
    ladder: Ladder,
    /** `from` null: no switch time is set. */
    standbyRates: z.strictObject({ from: LocalTime.nullable(), rates: Rates }).nullable(),
    standbyLadder: z.strictObject({ from: LocalTime.nullable(), ladder: Ladder }).nullable(),
  }),

  /** Used in the calendar month `YYMM`, local time, and in the one before it: 0.01 kWh in both modes. */
  month: z.strictObject({ name: z.string().regex(/^\d{4}$/), used: Natural, before: Natural }),
  tampering: z.strictObject({
    coverOpenings: Natural,
    terminalCoverOpenings: Natural,
    magneticFieldEvents: Natural,
    reverseEnergyEvents: Natural,
  }),
  illegalInsertions: Natural,

  relay: z.strictObject({
    suspended: z.boolean(),
    /** Where `remaining` lies between the limits of 10.8. */
    band: z.enum(['plenty', 'low', 'overdraft', 'empty']),
    /** A card with result 0 came after `remaining` crossed into this band. */
    acknowledged: z.boolean(),
    /** It does not follow any more, and stands like this. */
    stuck: z.enum(['open', 'closed']).nullable(),
    /** A relay test holds it open until then: seconds since 1970 of the true time. */
    testUntil: Natural.nullable(),
  }),
  clock: z.strictObject({
    /** How far the meter's clock is ahead of the true time, in seconds. */
    aheadSeconds: z.int(),
    /** Local civil time of the area, east of UTC. */
    utcOffsetMinutes: z.int(),
    doubtful: z.boolean(),
    /** Seconds since 1970 of the true time. */
    poweredUpAt: Natural,
  }),
  batteryLow: z.boolean(),
  /** Volts at the terminals. */
  voltage: Natural,
  securityModule: z.enum(['works', 'dead', 'reset fails']),
  /** Versions of K_MT: the present one, and at most one before it (5.3). */
  keyVersions: z.strictObject({ present: Natural, previous: Natural.nullable() }),
  /** Code of 10.6 of the last insertion; null before the first. */
  lastResult: Natural.nullable(),
})
export type MeterState = z.infer<typeof MeterState>

/** A meter as it comes to the wall: nobody's, empty, and in order. Anything may be told otherwise. */
export const newMeter = (
  meter: Pick<MeterState, 'number' | 'area'> & Partial<MeterState>,
): MeterState => ({
  mode: 'energy',
  opened: false,
  customer: null,
  serial: null,
  issueNumber: 0,
  count: 0,
  presetTaken: false,
  remaining: 0,
  totalCredited: 0,
  totalUsed: 0,
  usedFraction: 0,
  limits: { alarm1: 0, alarm2: 0, hoarding: 0, overdraft: 0 },
  ctRatio: 1,
  ptRatio: 1,
  prices: {
    rates: [],
    ladder: { thresholds: [], prices: [], resetDates: [] },
    standbyRates: null,
    standbyLadder: null,
  },
  month: { name: '0000', used: 0, before: 0 },
  tampering: {
    coverOpenings: 0,
    terminalCoverOpenings: 0,
    magneticFieldEvents: 0,
    reverseEnergyEvents: 0,
  },
  illegalInsertions: 0,
  relay: { suspended: false, band: 'empty', acknowledged: false, stuck: null, testUntil: null },
  clock: { aheadSeconds: 0, utcOffsetMinutes: 0, doubtful: false, poweredUpAt: 0 },
  batteryLow: false,
  voltage: 230,
  securityModule: 'works',
  keyVersions: { present: 1, previous: null },
  lastResult: null,
  ...meter,
})
