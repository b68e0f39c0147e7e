// Which cash boxes are fetched on which day, and in which order.
import { z } from 'zod'
import type { Forecast } from './fleet.ts'

export const CollectionAsked = z.object({
  /** So many days ahead, today included. */
  days: z.coerce.number().int().min(1).max(14).default(7),
  area: z.coerce.number().int().nonnegative().optional(),
})

/** Why a box is fetched on this day. */
export type CollectionWhy = 'full now' | 'would be full' | 'might be full' | 'long in'

export type CollectionStop = {
  kiosk: string
  place: string
  /** On the way of its area, from 1. */
  order: number
  why: CollectionWhy
  notes: number
  percent: number
  assumed: boolean
  full: Forecast
  lastExchange: number | null
  /** Notes of its box that may be in it by then; and minor units, null for whoever may not see them. */
  expectedNotes: number
  expectedValue: number | null
}

export type CollectionDay = {
  day: string
  areas: { area: number | null; name: string | null; stops: CollectionStop[] }[]
  stops: number
  expectedValue: number | null
}

export type CollectionTold = {
  at: number
  days: CollectionDay[]
  /** Kiosks with a box of which too little is known. */
  unknown: { kiosk: string; place: string }[]
  /** Boxes that need nobody within these days. */
  later: number
  areas: { area: number; name: string }[]
}

export type CashQuestions = {
  'fleet/collection': { asked: z.input<typeof CollectionAsked>; told: CollectionTold }
}
