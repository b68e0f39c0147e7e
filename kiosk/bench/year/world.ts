// The town while its year goes by: everything that changes, in one place.
import { ulidOf } from '../../../domain/identifiers.ts'
import type { Tariff } from '../../../centre/tariffs/tariff-rules.ts'
import type { Agenda } from './agenda.ts'
import type { AlertBook } from './alert-book.ts'
import type { Books } from './books.ts'
import type { Calendar } from './calendar.ts'
import type { Chance } from './chance.ts'
import type { HouseholdKind, UseSoFar } from './households.ts'
import type { Label } from './labels.ts'
import type { Area, PointOfSale } from './places.ts'

export type World = {
  agenda: Agenda
  books: Books
  alerts: AlertBook
  /** What was planted, as it happens. */
  labels: Label[]
  calendar: Calendar
  chance: Chance
  areas: readonly Area[]
  points: readonly Point[]
  tariffs: readonly Tariff[]
  useOf: (kind: HouseholdKind) => UseSoFar
}

/** A point of sale as it is at the moment. */
export type Point = PointOfSale & {
  /** Somebody is at it until then. */
  busyUntil: number
  /** Nothing is sold here until then. */
  outUntil: number
  receipt: number
  trace: number
}

/** A name as kiosks and centre make them, of this moment. */
export const idAt = ({ chance }: Pick<World, 'chance'>, at: number): string =>
  ulidOf(at, chance.bytes(10))

/** Later, by so many milliseconds. */
export const after = ({ agenda }: Pick<World, 'agenda'>, ms: number, what: () => void): void =>
  agenda.plan(agenda.now() + Math.round(ms), what)
