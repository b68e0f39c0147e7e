// What a file for the import may say: kiosks, tariffs, customers, meters, cards, and purchases nobody knows the end of.
//
// docs/import.md describes it for the people who write such files. Money in 1/100 of the currency unit, energy in
// 0.01 kWh, moments in UTC, days and months of the town's own calendar.
import { z } from 'zod'
import { KioskPublicKey } from '../../domain/claim.ts'
import { closedObject } from '../../domain/config-problems.ts'
import {
  CardSerial,
  CustomerNumber,
  KioskNumber,
  MeterNumber,
  OrderNumber,
  SaleId,
} from '../../domain/identifiers.ts'
import { noEnergy } from '../../domain/energy.ts'
import { nothing } from '../../domain/money.ts'
import { EnergyAmount, Moment, Money } from '../../domain/schema.ts'
import { Tariff } from '../tariffs/tariff-rules.ts'

const text = z.string().trim().min(1, 'must not be empty').max(120)
const largestU32 = 0xffff_ffff
const u32 = z.int().min(0).max(largestU32)
const ratio = z.int().min(1).max(999_999)
const keyVersion = z.int().min(1).max(0xffff)
const count = z.int().min(0).max(largestU32)
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-11')
const period = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2]))?$/, 'must be a month such as 2026-11, or a year')

export const ImportedKiosk = closedObject({
  kiosk: KioskNumber,
  place: text,
  /** By which its claims are known. Left out: the first one that the kiosk shows is taken. */
  publicKey: KioskPublicKey.optional(),
})
export type ImportedKiosk = z.infer<typeof ImportedKiosk>

export const ImportedCustomer = closedObject({
  customer: CustomerNumber,
  /** As in "L. Chen". */
  shortName: text,
  /** As a kiosk may show it to whoever holds the card: partly masked. */
  address: text,
  /** How far the capital account may go below zero. */
  overdraft: Money.default(nothing),
  /** Money may come in, nothing is paid from it. */
  frozen: z.boolean().default(false),
  /** Nothing is sold. */
  blocked: z.boolean().default(false),
  /** False for a customer of a bank's edition: money that is theirs is claimed at the office. */
  capitalAccount: z.boolean().default(true),
  /** Balance of the capital account and old debt when these books begin. */
  balance: Money.default(nothing),
  arrears: Money.default(nothing),
})
export type ImportedCustomer = z.infer<typeof ImportedCustomer>

/** A purchase of before, for the customer to look back on. */
const EarlierPurchase = closedObject({
  orderNumber: OrderNumber,
  count: count.min(1),
  at: Moment,
  tender: Money,
  energy: EnergyAmount,
})

/** A meter in the hands of a customer: a binding (power-card.md 1.4). */
export const ImportedMeter = closedObject({
  meter: MeterNumber,
  customer: CustomerNumber,
  tariff: z.string(),
  area: u32,
  /** Version of K_MT. */
  keyVersion,
  /** ISO 4217 number. */
  currency: z.int().min(1).max(999),
  ctRatio: ratio.default(1),
  ptRatio: ratio.default(1),
  alarm1: u32.default(0),
  alarm2: u32.default(0),
  /** 0.01 kWh; 0 = no limit. */
  hoardingLimit: EnergyAmount.default(noEnergy),
  overdraftLimit: u32.default(0),
  /** B: the highest purchase count known to be credited by the meter. */
  credited: count,
  /** Sold before these books began, in the running period of the tariff's ladder. */
  soldBefore: closedObject({ period, energy: EnergyAmount }).nullable().default(null),
  /** The last month whose fixed charges were taken, and what of earlier ones was not covered. */
  chargedThrough: month,
  chargesUnpaid: Money.default(nothing),
  /** The last month whose free units were sold. */
  freeUnitsGiven: month.nullable().default(null),
  purchases: z.array(EarlierPurchase).default([]),
})
export type ImportedMeter = z.infer<typeof ImportedMeter>

/** A card of a meter. Of several the one with the highest issue number is in use; the others are replaced. */
export const ImportedCard = closedObject({
  serial: CardSerial,
  meter: MeterNumber,
  issueNumber: z.int().min(0).max(255),
  keyVersion,
  /** C, and the order at C: what is known to be on the card. */
  count,
  orderNumber: OrderNumber.nullable(),
  /** It has been in its meter since it was issued. */
  inMeter: z.boolean(),
})
export type ImportedCard = z.infer<typeof ImportedCard>

/** A purchase whose script has left the old centre and whose end nobody knows: the card decides when it is seen. */
export const ImportedOrder = closedObject({
  orderNumber: OrderNumber,
  saleId: SaleId,
  kiosk: KioskNumber,
  serial: CardSerial,
  count: count.min(1),
  at: Moment,
  /** What was paid; all of it for energy. */
  tender: Money.refine((tender) => tender > 0, 'must be above 0'),
  energy: EnergyAmount.refine((energy) => energy > 0, 'must be above 0'),
})
export type ImportedOrder = z.infer<typeof ImportedOrder>

export const ImportFile = closedObject({
  about: z.string().optional(),
  kiosks: z.array(ImportedKiosk).default([]),
  tariffs: z.array(Tariff).default([]),
  customers: z.array(ImportedCustomer).default([]),
  meters: z.array(ImportedMeter).default([]),
  cards: z.array(ImportedCard).default([]),
  openOrders: z.array(ImportedOrder).default([]),
})
export type ImportFile = z.infer<typeof ImportFile>
/** The same as it is written down: with what may be left out left out. */
export type ImportInput = z.input<typeof ImportFile>
