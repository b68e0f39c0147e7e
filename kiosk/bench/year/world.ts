// The town while its year goes by: everything that changes, in one place.
import { ulidOf } from '../../../domain/identifiers.ts'
import { nothing, type Minor } from '../../../domain/money.ts'
import type { NotesCounted } from '../../../domain/service/service-entries.ts'
import type { DayCounts } from '../../../centre/fleet/days.ts'
import type { Tariff } from '../../../centre/tariffs/tariff-rules.ts'
import type { Agenda } from './agenda.ts'
import type { AlertBook } from './alert-book.ts'
import type { Books } from './books.ts'
import { dayMs, type Calendar } from './calendar.ts'
import type { Chance } from './chance.ts'
import type { Diary } from './diary.ts'
import type { HouseholdKind, UseSoFar } from './households.ts'
import type { Label } from './labels.ts'
import type { People } from './people.ts'
import type { Area, PointOfSale } from './places.ts'

export type World = {
  agenda: Agenda
  books: Books
  alerts: AlertBook
  diary: Diary
  /** What was planted, as it happens. */
  labels: Label[]
  people: People
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
  /** Nothing is sold here until then, no notes are taken, no bank card is. */
  outUntil: number
  noCashUntil: number
  noBankUntil: number
  /** Of the bank terminal, and receipts that were printed. */
  receipt: number
  trace: number
  receipts: number
  /** How often a note of this value goes back from escrow before it is taken. */
  returnShare: (value: Minor) => number
  box: {
    notes: NotesCounted
    count: number
    since: number
    period: number
    number: string
    seal: string
  }
  st: 'online' | 'offline'
  stSince: number
  /** Connections, and numbered records, so far. */
  bd: number
  ev: number
  /** Starts of its program. */
  boot: number
  /** Acts of its journal of which nobody knows the outcome. */
  unresolved: number
  today: DayCounts
  /** How many notes of all its acceptor refuses, and how many frames a day come broken; and all of its life. */
  rejectShare: number
  lineErrors: number
  rejected: number
  linkErrors: number
  linkRetries: number
}

export const noDay: DayCounts = {
  notes: 0,
  taken: nothing,
  rejects: 0,
  receipts: 0,
  line_errors: 0,
  retries: 0,
  connections: 0,
  faults: 0,
}

export const openPoint = (
  of: PointOfSale,
  { from, chance }: { from: number; chance: Chance },
): Point => ({
  ...of,
  busyUntil: 0,
  outUntil: 0,
  noCashUntil: 0,
  noBankUntil: 0,
  receipt: chance.whole(1, 9_000),
  trace: chance.whole(1, 900_000),
  receipts: chance.whole(100, 90_000),
  returnShare: () => 0.012,
  box: {
    notes: [],
    count: 0,
    since: from - chance.whole(0, 6) * dayMs,
    period: chance.whole(1, 40),
    number: String(chance.whole(1_000, 1_999)),
    seal: String(chance.whole(100_000, 999_999)),
  },
  st: 'online',
  stSince: from - chance.whole(1, 30) * dayMs,
  bd: chance.whole(1, 60),
  ev: 0,
  boot: 1,
  unresolved: 0,
  today: { ...noDay },
  rejectShare: 0.02 + 0.03 * chance.fraction(),
  lineErrors: 1 + 4 * chance.fraction(),
  rejected: chance.whole(200, 4_000),
  linkErrors: 0,
  linkRetries: 0,
})

/** A name as kiosks and centre make them, of this moment. */
export const idAt = ({ chance }: Pick<World, 'chance'>, at: number): string =>
  ulidOf(at, chance.bytes(10))

/** Later, by so many milliseconds. */
export const after = ({ agenda }: Pick<World, 'agenda'>, ms: number, what: () => void): void =>
  agenda.plan(agenda.now() + ms, what)
