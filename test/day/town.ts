// A town in virtual time: its kiosks, its centre, a bank where one sells, people with cards and meters, and an auditor.
import { DatabaseSync } from 'node:sqlite'
import { sampleTown } from '../../kiosk/bench/town/town.ts'
import { bankSide, type BankSide } from './bank-side.ts'
import { books, type Books } from './books.ts'
import { dayCentre, type DayCentre } from './centre.ts'
import { chanceFrom, type Chance } from './chance.ts'
import { dayKiosk, type DayKiosk, type Edition } from './kiosk.ts'
import { peopleOf, type Person } from './people.ts'
import { timeline, type Timeline } from './timeline.ts'

export type DayTown = {
  edition: Edition
  chance: Chance
  time: Timeline
  db: DatabaseSync
  centre: DayCentre
  /** Null in the authority's edition. */
  behind: BankSide | null
  kiosks: DayKiosk[]
  people: Person[]
  auditor: Books
  trace: (line: string) => void
  /** Something does not add up. */
  flaw: (what: string) => void
  /** Time passes until this is so, or so long; whether it is so. */
  until: (limitMs: number, isSo: () => boolean) => Promise<boolean>
  pass: (ms: number) => Promise<boolean>
  /** As supervision does: whatever has ended is started, whatever cannot go on is ended and started. */
  supervise: (kiosk: DayKiosk) => Promise<void>
  /** It invites the next customer. A flaw if it does not get there. */
  inService: (kiosk: DayKiosk) => Promise<boolean>
  /** Programs of kiosks that were started. */
  starts: () => number
  close: () => Promise<void>
}

const kiosksOfTown = ['000000000101', '000000000102', '000000000103']
const serviceMs = 10 * 60_000
/** A crash may still be due when the kiosk stands there for itself. */
const mostStarts = 3

/** Every kiosk of it has been started. */
export const dayTown = async (of: {
  seed: number
  edition: Edition
  trace: (line: string) => void
  flaw: (what: string) => void
}): Promise<DayTown> => {
  const { seed, edition, trace, flaw } = of
  const chance = chanceFrom(seed)
  const time = timeline(Date.UTC(2026, 10, 23, 16, 45))
  const town = sampleTown({ now: time.now(), edition })
  const db = new DatabaseSync(':memory:')
  const centre = await dayCentre({ timeline: time, chance: chance.fork(), town, database: db })
  const behind =
    edition === 'bank'
      ? await bankSide({ timeline: time, chance, town, centre, kiosks: kiosksOfTown })
      : null
  const { fetchFor } = behind?.front ?? centre
  const kiosks = kiosksOfTown.map((number) =>
    dayKiosk({ number, edition, timeline: time, chance, fetchFor, flaw }),
  )
  const people = peopleOf(town, { timeline: time, chance })
  const auditor = books({ db, kiosks, people })
  let starts = 0

  const until = async (limitMs: number, isSo: () => boolean): Promise<boolean> => {
    const end = time.monotonic() + limitMs
    for (;;) {
      if (isSo()) return true
      if (time.next() > end) {
        await time.settle()
        if (time.next() > end) {
          time.passTo(end)
          return isSo()
        }
      }
      await time.step()
    }
  }
  const pass = (ms: number) => until(ms, () => false)

  const start = async (kiosk: DayKiosk): Promise<void> => {
    starts++
    trace(`${clockOf(time.now())} kiosk ${kiosk.number} starts`)
    await kiosk.start()
  }
  const supervise = async (kiosk: DayKiosk): Promise<void> => {
    if (kiosk.running() && kiosk.well()) return
    if (kiosk.running()) kiosk.crash()
    await pass(2_000 + chance.below(8_000))
    await start(kiosk)
  }
  const inService = async (kiosk: DayKiosk): Promise<boolean> => {
    for (let tried = 0; tried < mostStarts; tried++) {
      await supervise(kiosk)
      await until(serviceMs, () => isOpen(kiosk) || !kiosk.running())
      if (isOpen(kiosk)) return true
    }
    flaw(
      `kiosk ${kiosk.number} does not come into service: ${JSON.stringify(kiosk.view()?.screen)}`,
    )
    return false
  }

  for (const kiosk of kiosks) await start(kiosk)
  return {
    edition,
    chance,
    time,
    db,
    centre,
    behind,
    kiosks,
    people,
    auditor,
    trace,
    flaw,
    until,
    pass,
    supervise,
    inService,
    starts: () => starts,
    close: async () => {
      for (const kiosk of kiosks) kiosk.crash()
      await behind?.front.close()
      await centre.close()
    },
  }
}

export const isOpen = (kiosk: DayKiosk): boolean => kiosk.view()?.screen.kind === 'attract'

export const clockOf = (ms: number): string => new Date(ms).toISOString().slice(11, 23)
