// A copy of a card at another kiosk while the card itself is in one: the centre notices, and sells to neither.
import { InsertionId } from '../../../domain/identifiers.ts'
import { takeCard, type Visit } from './visit.ts'
import { after, idAt } from './world.ts'

export const meetCopy = (visit: Visit, then: () => void): void => {
  const { world, point, insertion } = visit
  const { chance, agenda, books, alerts } = world
  const others = world.points.filter(
    (other) => other.kiosk !== point.kiosk && other.channel === 'terminal',
  )
  const other = chance.pick(others)
  after(world, chance.whole(20_000, 50_000), () => {
    const now = agenda.now()
    // Whatever was in either slot is out for the centre, as soon as the card is seen elsewhere.
    takeCard(visit, { closes: false, end: 'insertion over' })
    const copy = {
      insertion: InsertionId.parse(idAt(world, now)),
      kiosk: other.kiosk,
      serial: insertion.serial,
      binding: null,
      sequence: books.next('sequence'),
      begun_at: now,
      ended_at: now + chance.whole(20_000, 60_000),
      verdict: 'refused',
      failed_looks: 2,
      look: null,
    }
    books.insert('insertions', copy)
    const of = { serial: insertion.serial, at: now + 2_000 }
    alerts.alarm({ ...of, kind: 'not genuine', kiosk: other.kiosk, evidence: { failedLooks: 2 } })
    after(world, chance.whole(5_000, 25_000), () => {
      alerts.alarm({
        kind: 'card in two places',
        at: agenda.now(),
        kiosk: point.kiosk,
        serial: insertion.serial,
        ...(insertion.binding === null ? {} : { binding: insertion.binding }),
        evidence: {
          insertion: insertion.insertion,
          elsewhere: { insertion: copy.insertion, kiosk: other.kiosk, begun_at: now },
        },
      })
      point.busyUntil = agenda.now()
      then()
    })
  })
}
