// A world of a day: visits of a town until so much is sold, the auditor after each, and what is left when all has come to rest.
import type { JournalEntry } from '../../domain/journal-entry.ts'
import type { Money } from './books.ts'
import { check, comeToRest, flawsAtRest } from './checking.ts'
import { faultKinds, mendAll, type FaultKind } from './faults.ts'
import type { Edition } from './kiosk.ts'
import { goHome } from './people.ts'
import { serve } from './serving.ts'
import { dayTown, type DayTown } from './town.ts'

export type WorldOptions = {
  seed: number
  /** Visits in which money was put in or an order was made. */
  sales: number
  /** Share of visits in which something goes wrong, in hundredths; a part of them meets two things. */
  faults?: number
  trace?: (line: string) => void
  /** Who sells; unless told every fourth seed is a bank. */
  edition?: Edition
}

export type WorldDone = {
  sales: number
  visits: number
  delivered: number
  healed: number
  starts: number
  notes: number
  faults: Record<FaultKind, number>
  money: Money
  unknownNotes: number
  /** After which sale something did not add up, and what. */
  flaws: { sale: number; flaw: string }[]
  digest: string
}

const auditEvery = 100
/** For each sale. */
const mostVisits = 50

export const runWorld = async (options: WorldOptions): Promise<WorldDone> => {
  const { seed, sales, faults: faultShare = 40, trace = () => undefined } = options
  const { edition = seed % 4 === 0 ? 'bank' : 'authority' } = options
  const met = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>
  const flaws: WorldDone['flaws'] = []
  const counted = { sold: 0, visits: 0, delivered: 0 }
  const flaw = (what: string): void => {
    flaws.push({ sale: counted.sold + 1, flaw: what })
    trace(`FLAW ${what}`)
  }
  const town = await dayTown({ seed, edition, trace, flaw })
  const { auditor } = town
  const isOver = () => counted.sold >= sales || flaws.length > 0
  for (let visits = 0; visits < mostVisits * sales && !isOver(); visits++) {
    const entries = await visit(town, { faultShare, met: (kind) => met[kind]++ })
    if (entries === null) continue
    counted.visits++
    counted.delivered += entries.filter(({ type }) => type === 'card.written').length
    if (entries.some(isSale)) counted.sold++
    if (counted.sold > 0 && counted.sold % auditEvery === 0) {
      for (const each of auditor.audit()) flaw(each)
    }
  }
  if (flaws.length === 0) {
    await comeToRest(town)
    for (const each of [...auditor.audit(), ...flawsAtRest(town)]) flaw(each)
  }
  const lives = auditor.lives()
  const done: WorldDone = {
    sales: counted.sold,
    visits: counted.visits,
    delivered: counted.delivered,
    starts: town.starts(),
    healed: auditor.healed(),
    notes: lives.filter(({ is }) => is === 'in the box').length,
    faults: met,
    money: auditor.money(),
    unknownNotes: lives.filter(({ is }) => is === 'unknown' || is === 'stacking').length,
    flaws,
    digest: auditor.digest(),
  }
  await town.close()
  return done
}

/** Somebody comes, is served, goes, and everything that can be mended is; the entries of it, or null: nobody could come. */
const visit = async (
  town: DayTown,
  of: { faultShare: number; met: (kind: FaultKind) => void },
): Promise<JournalEntry[] | null> => {
  const { chance, kiosks, people, time, centre, behind, inService, supervise, pass } = town
  const kiosk = chance.pick(kiosks)
  const person = chance.percent(2)
    ? chance.pick(people)
    : chance.pick(people.filter(({ power }) => power !== null))
  if (!(await inService(kiosk))) return null
  await serve(town, { kiosk, person, ...of })
  kiosk.takeCard()
  mendAll({ kiosk, centre, bankSide: behind, person })
  await time.settle()
  await supervise(kiosk)
  if (chance.percent(25)) await pass(chance.below(20_000))
  const entries = await check(town, person)
  if (chance.percent(85)) goHome(person, chance)
  if (chance.percent(3)) await centre.sweep()
  return entries
}

/** Something of money or of an order has happened. */
const isSale = ({ type }: JournalEntry): boolean =>
  type === 'note.stacked' ||
  type === 'note.unexpected' ||
  type === 'note.unknown' ||
  type === 'payment.requesting' ||
  type === 'order.requesting'
