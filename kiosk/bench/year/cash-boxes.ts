// The cash boxes of the kiosks: filled by sales, fetched by collectors, counted at the office, now and then not what they should be.
import type { JournalEntry } from '../../../domain/journal-entry.ts'
import { minor, type Minor } from '../../../domain/money.ts'
import { notesAgree, valueOfNotes, withCount } from '../../../domain/service/notes-counted.ts'
import { ExchangeId, VisitId, type NotesCounted } from '../../../domain/service/service-entries.ts'
import { boxCounted, boxRemoved } from '../../../centre/ledger.ts'
import { dayMs, hourMs, momentOf, dayOf } from './calendar.ts'
import type { Collector } from './people.ts'
import { twoOf } from './people.ts'
import { after, idAt, type Point, type World } from './world.ts'

/** Notes that a box holds. */
export const boxHolds = 600
/** Fetched when it is so full, or so many days are over. */
const fetchedAt = 0.55
const longestDays = 14

/** Every kiosk is looked at each working morning. */
export const lookAfterBoxes = (world: World, point: Point, collector: Collector): void => {
  const { agenda, chance, calendar } = world
  const look = () => {
    const now = agenda.now()
    const day = calendar.days[calendar.placeOf(now)]
    if (day !== undefined && !day.isHoliday && !day.isWeekend && isDue(point, now)) {
      after(world, chance.whole(0, 6 * hourMs), () => exchange(world, point, collector))
    }
    agenda.plan(momentOf(dayOf(now + dayMs)) + 9 * hourMs, look)
  }
  agenda.plan(calendar.from + 9 * hourMs, look)
}

const isDue = ({ box }: Point, now: number): boolean =>
  box.count > 0 && (box.count > boxHolds * fetchedAt || now - box.since > (longestDays - 1) * dayMs)

/** The full box leaves, sealed or counted first; an empty one is in from here on. */
const exchange = (world: World, point: Point, collector: Collector): void => {
  const { agenda, chance, books, people } = world
  const now = agenda.now()
  if (point.busyUntil > now) {
    return after(world, point.busyUntil - now + 5_000, () => exchange(world, point, collector))
  }
  point.busyUntil = now + 6 * 60_000
  const { box, kiosk } = point
  const id = ExchangeId.parse(idAt(world, now))
  const byNotes = box.notes
  const moved = valueOfNotes(byNotes)
  const isCounted = chance.happens(0.4)
  const next = {
    box: String(chance.whole(1_000, 1_999)),
    seal: String(chance.whole(100_000, 999_999)),
  }
  books.insert('box_exchanges', {
    exchange: id,
    kiosk,
    period: box.period,
    state: 'exchanged',
    person: collector.person,
    expected: JSON.stringify(byNotes),
    by_notes: JSON.stringify(byNotes),
    unknown_value: 0,
    accuracy: 'accurate',
    counted: isCounted ? JSON.stringify(byNotes) : null,
    counted_by: isCounted ? collector.person : null,
    box: box.number,
    seal: box.seal,
    new_box: next.box,
    new_seal: next.seal,
    exchanged_by: collector.person,
    witness: people.witnesses[0] ?? null,
    moved,
    office_counted: null,
    office_by: null,
    office_at: null,
  })
  tellExchange(world, point, { id, byNotes, next, isCounted, person: collector.person })
  books.post(boxRemoved({ exchange: id, kiosk, amount: moved, counted: false }), now + 200_000)
  point.box = {
    notes: [],
    count: 0,
    since: now,
    period: box.period + 1,
    number: next.box,
    seal: next.seal,
  }
  after(world, chance.whole(20 * hourMs, 44 * hourMs), () =>
    count(world, { id, point, byNotes, moved, collector }),
  )
}

/** As the kiosk journals a visit of a collector. */
const tellExchange = (
  world: World,
  { kiosk, box }: Point,
  of: {
    id: ExchangeId
    byNotes: NotesCounted
    next: { box: string; seal: string }
    isCounted: boolean
    person: Collector['person']
  },
): void => {
  const { diary, agenda, people } = world
  const now = agenda.now()
  const { id: exchangeId, byNotes, next, person } = of
  const visitId = VisitId.parse(idAt(world, now - 40_000))
  const entries: JournalEntry[] = [
    { type: 'service.begun', visitId, person, role: 'cash collector', by: 'card' },
    {
      type: 'box.exchanging',
      exchangeId,
      visitId,
      person,
      period: box.period,
      expected: byNotes,
      unknownValue: 0,
      accuracy: 'accurate',
      open: [],
      faults: [],
    },
    { type: 'box.counted', exchangeId, person, notes: of.isCounted ? byNotes : null },
    { type: 'box.removed', exchangeId, box: box.number, seal: box.seal, open: [] },
    { type: 'box.exchanged', exchangeId, person, witness: people.witnesses[0] ?? null, ...next },
    { type: 'service.ended', visitId, person, why: 'left' },
  ]
  for (const [step, entry] of entries.entries()) {
    diary.write({ kiosk, at: now - 40_000 + step * 40_000, entry })
  }
  diary.boxLeft(kiosk, exchangeId)
}

const count = (
  world: World,
  of: { id: ExchangeId; point: Point; byNotes: NotesCounted; moved: Minor; collector: Collector },
): void => {
  const { books, agenda, chance, people, alerts } = world
  const { id, point, byNotes, moved, collector } = of
  const { kiosk } = point
  const now = agenda.now()
  const found = countedBy(world, byNotes, collector)
  const counted = valueOfNotes(found)
  const persons = twoOf(people.office, chance)
  books.post(boxCounted({ exchange: id, kiosk, moved, counted }), now)
  books.change(
    'box_exchanges',
    { exchange: id },
    {
      office_counted: JSON.stringify(found),
      office_by: JSON.stringify(persons),
      office_at: now,
    },
  )
  if (notesAgree(byNotes, found)) return
  const evidence = { exchange: id, byNotes, officeCounted: found, moved, persons }
  alerts.alarm({ kind: 'cash differs', at: now, kiosk, evidence })
  const alert = { kiosk, device: 'cash', code: 'ledgerMismatch' }
  after(world, chance.whole(4, 60) * hourMs, () =>
    alerts.clear({ ...alert, at: agenda.now(), by: chance.pick(people.office) }),
  )
}

/** Mostly what is in it; once in a hundred boxes a note stuck to another, and one collector takes some. */
const countedBy = ({ chance }: World, notes: NotesCounted, { takes }: Collector): NotesCounted => {
  const large = notes.findLast(({ count }) => count > 3)
  if (large === undefined) return notes
  const less = (by: number) => withCount(notes, large.value, large.count - by)
  if (chance.happens(takes)) return less(chance.whole(1, 3))
  if (chance.happens(0.008)) return less(1)
  return chance.happens(0.004) ? withCount(notes, large.value, large.count + 1) : notes
}

/** One note more in the box, and on this day. */
export const intoBox = (point: Point, value: Minor): void => {
  const { box, today } = point
  box.notes = withCount(
    box.notes,
    value,
    (box.notes.find((each) => each.value === value)?.count ?? 0) + 1,
  )
  box.count++
  today.notes++
  today.taken = minor(today.taken + value)
}
