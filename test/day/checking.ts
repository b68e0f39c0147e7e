// The auditor after a visit, and at rest: everything has had the time to arrive, and every card has come again.
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { ordersIn } from '../evidence.ts'
import { grave } from '../random-sales.ts'
import { isOver } from './books.ts'
import type { DayKiosk } from './kiosk.ts'
import type { Person } from './people.ts'
import { isOpen, type DayTown } from './town.ts'

/** A closing that was not answered is asked for again after so long at the most, with all that may delay it. */
const onItsWayMs = 150_000
/** Home and back, until nothing is open on a card. */
const mostRounds = 4

/** What is on its way when the customer has gone is given the time to arrive; what does not add up then is a flaw. */
export const check = async (town: DayTown, person: Person): Promise<JournalEntry[]> => {
  const { auditor, behind, trace, flaw, pass, kiosks, supervise } = town
  const flawsNow = () => behind?.flaws(auditor.payments(), false) ?? []
  const first = auditor.check(person)
  first.flaws.push(...flawsNow())
  for (const entry of first.entries) trace(`    ${JSON.stringify(entry)}`)
  if (first.flaws.length === 0) return first.entries
  trace(`    not yet: ${first.flaws.join('; ')}`)
  // A kiosk that has ended with nobody at it is started again like any other: what it owes is in its journal.
  for (const kiosk of kiosks) await supervise(kiosk)
  await pass(onItsWayMs)
  const second = auditor.check(person)
  second.flaws.push(...flawsNow())
  for (const entry of second.entries) trace(`    ${JSON.stringify(entry)}`)
  for (const each of second.flaws) flaw(each)
  return [...first.entries, ...second.entries]
}

/** Every kiosk has the time to say what it still has to say, and every card goes home and comes back. */
export const comeToRest = async (town: DayTown): Promise<void> => {
  const { kiosks, people, db, pass, inService } = town
  for (const kiosk of kiosks) {
    await inService(kiosk)
  }
  await pass(150_000)
  const [kiosk] = kiosks
  if (kiosk === undefined) return
  for (const person of people) {
    if (person.power === null) continue
    const { serial } = person.power
    const isOpen = () => ordersIn(db, 'serial = ?', serial).some(({ state }) => !isOver(state))
    for (let round = 0; round < mostRounds && (round === 0 || isOpen()); round++) {
      person.power.meter.use(60_000)
      person.power.meter.insert(person.power.card)
      if (!(await inService(kiosk))) return
      await returnAllThatIsOpen(town, kiosk, person)
    }
  }
  await pass(150_000)
  for (const person of people) await check(town, person)
}

const returnAllThatIsOpen = async (
  { time, until }: DayTown,
  kiosk: DayKiosk,
  person: Person,
): Promise<void> => {
  kiosk.reader.insert(person.slot)
  await time.settle()
  await until(30_000, () => !['attract', 'please wait'].includes(kiosk.view()?.screen.kind ?? ''))
  for (let deeds = 0; deeds < 30 && !isOpen(kiosk); deeds++) {
    const screen = kiosk.view()?.screen
    const offers = screen?.kind === 'open order'
    if (offers && screen.mayReturn) kiosk.press({ type: 'return order' })
    else if (offers) kiosk.press({ type: 'finish order' })
    else if (screen?.kind === 'mishap') kiosk.press({ type: 'done' })
    else if (screen?.kind !== 'please wait' && screen?.kind !== 'writing') kiosk.takeCard()
    const seen = kiosk.view()?.number
    await time.settle()
    await until(5_000, () => kiosk.view()?.number !== seen)
  }
  kiosk.takeCard()
  await time.settle()
}

/** What meters credited is what was sold, and nothing is open any more. */
export const flawsAtRest = ({ db, people, auditor, behind }: DayTown): string[] => {
  const orders = ordersIn(db)
  const open = orders.filter(({ state }) => !isOver(state))
  const found = open.map(({ order, state }) => `order ${order} is ${state} at rest`)
  for (const { id, power } of people) {
    if (power === null) continue
    const credited = power.meter.state().totalCredited - power.creditedBefore
    const paid = orders
      .filter(({ serial, state }) => serial === power.serial && state === 'METER_CREDITED')
      .reduce((sum, { energy }) => sum + energy, 0)
    if (credited !== paid) found.push(`the meter of ${id} credited ${credited}, sold was ${paid}`)
  }
  const alarms = db
    .prepare(`select kind, evidence from alarms where kind in (${grave.map(() => '?').join(', ')})`)
    .all(...grave)
  return [
    ...found,
    ...auditor.notBooked(),
    ...(behind?.flaws(auditor.payments(), true) ?? []),
    ...alarms.map((alarm) => `alarm: ${JSON.stringify(alarm)}`),
  ]
}
