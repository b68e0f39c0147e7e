// One card seen at two kiosks at once: one of the two is a copy (power-card.md 13.2). Pure.
import { scoreOf, type HomeFinding } from './found.ts'
import type { CardVisit, Home } from './home.ts'
import { unique } from './meter-counts.ts'

/** Nobody takes a card out here and has it in a slot elsewhere sooner. */
const soonestMs = 60_000

export const cardInTwoPlaces = (home: Home, dayOf: (at: number) => string): HomeFinding | null => {
  const meetings = unique(home.visits.map(({ serial }) => serial)).flatMap((serial) =>
    overlaps(home.visits.filter((visit) => visit.serial === serial)),
  )
  const told = home.alarms.filter(({ kind }) => kind === 'card in two places')
  const times = Math.max(meetings.length, told.length)
  if (times === 0) return null
  const moments = [...meetings.map(({ now }) => now.begun_at), ...told.map(({ at }) => at)]
  const visits = meetings.flatMap(({ before, now }) => [before, now])
  const shortest = Math.min(
    ...meetings.map(({ before, now }) => now.begun_at - before.begun_at),
    Infinity,
  )
  return {
    pattern: 'card in two places',
    since: dayOf(Math.min(...moments)),
    score: scoreOf(meetings.length > 0 && told.length > 0 ? 95 : 80 + 5 * times),
    lostEnergy: 0,
    why: {
      kind: 'card in two places',
      times,
      kiosks: unique(visits.map(({ kiosk }) => kiosk)),
      shortestMinutes: Number.isFinite(shortest) ? Math.round(shortest / 60_000) : 0,
    },
    evidence: {
      insertions: unique(visits.map(({ insertion }) => insertion)),
      alarms: told.map(({ alarm }) => alarm),
    },
    through: String(Math.max(...moments)).padStart(15, '0'),
  }
}

/** Each visit that began while the card still was at another kiosk, or sooner than anybody can walk. */
const overlaps = (visits: readonly CardVisit[]): { before: CardVisit; now: CardVisit }[] =>
  visits.slice(1).flatMap((now, place) => {
    const before = visits[place]
    if (before === undefined || before.kiosk === now.kiosk) return []
    const left = before.ended_at ?? before.begun_at
    // A visit that nobody ended is ended by the next one: it then seems to last until that begins.
    const isOver = left <= now.begun_at && now.begun_at - before.begun_at >= soonestMs
    return isOver ? [] : [{ before, now }]
  })
