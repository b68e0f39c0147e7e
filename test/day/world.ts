// A town for some hundred sales: kiosks, one centre, people with cards and meters, faults, and an auditor after every sale.
import { DatabaseSync } from 'node:sqlite'
import { sampleTown } from '../../kiosk/bench/town/town.ts'
import type { Screen } from '../../ui/kiosk/screen.ts'
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { grave } from '../random-sales.ts'
import { ordersIn } from '../evidence.ts'
import { books, isOver as orderIsOver, type Money } from './books.ts'
import { bankSide } from './bank-side.ts'
import { dayCentre } from './centre.ts'
import { chanceFrom } from './chance.ts'
import {
  faultKinds,
  mendAll,
  momentOf,
  someFault,
  strike,
  tenderOf,
  type FaultKind,
} from './faults.ts'
import { dayKiosk, type DayKiosk, type Edition } from './kiosk.ts'
import { goHome, peopleOf, type Person } from './people.ts'
import { timeline } from './timeline.ts'
import { deedAt, someWish, type Deed } from './visit.ts'

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

const kiosksOfTown = ['000000000101', '000000000102', '000000000103']
/** A closing that was not answered is asked for again after so long at the most, with all that may delay it. */
const onItsWayMs = 150_000
const auditEvery = 100
const limits = { visitMs: 15 * 60_000, serviceMs: 10 * 60_000, restMs: 30 * 60_000 }
const mostDeeds = 120
/** For each sale. */
const mostVisits = 50
/** Home and back, until nothing is open on a card. */
const mostRounds = 4
/** A crash may still be due when the kiosk stands there for itself. */
const mostStarts = 3

export const runWorld = async (options: WorldOptions): Promise<WorldDone> => {
  const { seed, sales, faults: faultShare = 40, trace = () => undefined } = options
  const chance = chanceFrom(seed)
  const time = timeline(Date.UTC(2026, 10, 23, 16, 45))
  const { edition = seed % 4 === 0 ? 'bank' : 'authority' } = options
  const town = sampleTown({ now: time.now(), edition })
  const db = new DatabaseSync(':memory:')
  const met = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>
  const flaws: WorldDone['flaws'] = []
  let sold = 0
  const flaw = (what: string): void => {
    flaws.push({ sale: sold + 1, flaw: what })
    trace(`FLAW ${what}`)
  }
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
  const counted = { visits: 0, starts: 0, delivered: 0, healed: 0 }

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
    counted.starts++
    trace(`${clockOf(time.now())} kiosk ${kiosk.number} starts`)
    await kiosk.start()
  }
  /** As supervision does: whatever has ended is started, whatever cannot go on is ended and started. */
  const supervise = async (kiosk: DayKiosk): Promise<void> => {
    if (kiosk.running() && kiosk.well()) return
    if (kiosk.running()) kiosk.crash()
    await pass(2_000 + chance.below(8_000))
    await start(kiosk)
  }
  const open = (kiosk: DayKiosk) => kiosk.view()?.screen.kind === 'attract'

  const serve = async (kiosk: DayKiosk, person: Person): Promise<void> => {
    const due = !chance.percent(faultShare) ? 0 : chance.percent(20) ? 2 : 1
    const planned = Array.from({ length: due }, () => {
      const kind = someFault(chance, edition)
      return { kind, at: momentOf(kind, chance) }
    })
    const [tender] = planned.flatMap(({ kind }) => tenderOf(kind) ?? [])
    const wish = { ...someWish(chance, edition), ...(tender !== undefined && { tender }) }
    trace(
      `${clockOf(time.now())} ${person.id} comes to kiosk ${kiosk.number} for ${wish.for} by ${wish.by}, ${wish.tender}`,
    )
    kiosk.reader.insert(person.slot)
    await time.settle()
    await until(5_000, () => !open(kiosk))
    const end = time.monotonic() + limits.visitMs
    for (let deeds = 0; deeds < mostDeeds && time.monotonic() < end; deeds++) {
      for (const { kind } of planned.filter(({ at }) => at === deeds)) {
        trace(`  ${clockOf(time.now())} due: ${kind}`)
        const onMet = () => {
          met[kind]++
          trace(`  ${clockOf(time.now())} fault: ${kind}`)
        }
        strike(kind, { kiosk, centre, bankSide: behind, person, chance, met: onMet })
        await time.settle()
      }
      if (!kiosk.running() || !kiosk.well()) {
        if (chance.percent(50)) kiosk.takeCard()
        await supervise(kiosk)
        await until(60_000, () => kiosk.view()?.screen.kind !== 'out of service')
        continue
      }
      const view = kiosk.view()
      if (view === null) continue
      keepSlip(person, view.screen)
      const deed = deedAt({ screen: view.screen, wish, kiosk, person, chance })
      trace(
        `  ${clockOf(time.now())} ${JSON.stringify(view.screen).slice(0, 160)} -> ${JSON.stringify(deed)}`,
      )
      const left = await perform(kiosk, person, deed)
      if (left) return
      const seen = kiosk.view()?.number
      await until(
        deed.do === 'wait' ? deed.ms : 3_000,
        () => !kiosk.running() || kiosk.view()?.number !== seen,
      )
    }
  }

  const perform = async (kiosk: DayKiosk, person: Person, deed: Deed): Promise<boolean> => {
    switch (deed.do) {
      case 'press':
        kiosk.press(deed.press)
        break
      case 'note':
        kiosk.acceptor.insert(deed.value)
        break
      case 'pull note':
        kiosk.acceptor.pullBack()
        break
      case 'tap':
        kiosk.terminal.tap()
        break
      case 'pin':
        kiosk.terminal.typePin(deed.pin)
        break
      case 'card in':
        if (!kiosk.reader.present()) kiosk.reader.insert(person.slot)
        break
      case 'card out':
        kiosk.takeCard()
        break
      case 'leave':
        return true
      default:
    }
    await time.settle()
    return false
  }

  /** What is on its way when the customer has gone is given the time to arrive; what does not add up then is a flaw. */
  const check = async (person: Person): Promise<JournalEntry[]> => {
    const flawsNow = () => behind?.flaws(auditor.payments(), false) ?? []
    const first = auditor.check(person)
    first.flaws.push(...flawsNow())
    for (const entry of first.entries) trace(`    ${JSON.stringify(entry)}`)
    if (first.flaws.length === 0) return first.entries
    trace(`    not yet: ${first.flaws.join('; ')}`)
    await pass(onItsWayMs)
    const second = auditor.check(person)
    second.flaws.push(...flawsNow())
    for (const entry of second.entries) trace(`    ${JSON.stringify(entry)}`)
    for (const each of second.flaws) flaw(each)
    return [...first.entries, ...second.entries]
  }

  const inService = async (kiosk: DayKiosk): Promise<boolean> => {
    for (let starts = 0; starts < mostStarts; starts++) {
      await supervise(kiosk)
      await until(limits.serviceMs, () => open(kiosk) || !kiosk.running())
      if (open(kiosk)) return true
    }
    flaw(
      `kiosk ${kiosk.number} does not come into service: ${JSON.stringify(kiosk.view()?.screen)}`,
    )
    return false
  }

  const visit = async (): Promise<void> => {
    const kiosk = chance.pick(kiosks)
    const person = chance.percent(2)
      ? chance.pick(people)
      : chance.pick(people.filter(({ power }) => power !== null))
    if (!(await inService(kiosk))) return
    counted.visits++
    await serve(kiosk, person)
    kiosk.takeCard()
    mendAll({ kiosk, centre, bankSide: behind, person })
    await time.settle()
    await supervise(kiosk)
    if (chance.percent(25)) await pass(chance.below(20_000))
    const entries = await check(person)
    counted.delivered += entries.filter(({ type }) => type === 'card.written').length
    if (entries.some(isSale)) sold++
    if (chance.percent(85)) goHome(person, chance)
    if (chance.percent(3)) await centre.sweep()
    if (sold > 0 && sold % auditEvery === 0) for (const each of auditor.audit()) flaw(each)
  }

  for (const kiosk of kiosks) await start(kiosk)
  const isOver = () => sold >= sales || flaws.length > 0
  for (let visits = 0; visits < mostVisits * sales && !isOver(); visits++) await visit()
  if (flaws.length === 0) {
    await comeToRest()
    for (const each of [...auditor.audit(), ...flawsAtRest()]) flaw(each)
  }

  /** Every kiosk has the time to say what it still has to say, and every card goes home and comes back. */
  async function comeToRest(): Promise<void> {
    for (const kiosk of kiosks) {
      await inService(kiosk)
    }
    await pass(150_000)
    const [kiosk] = kiosks
    if (kiosk === undefined) return
    for (const person of people) {
      if (person.power === null) continue
      const { serial } = person.power
      const isOpen = () =>
        ordersIn(db, 'serial = ?', serial).some(({ state }) => !orderIsOver(state))
      for (let round = 0; round < mostRounds && (round === 0 || isOpen()); round++) {
        person.power.meter.use(60_000)
        person.power.meter.insert(person.power.card)
        if (!(await inService(kiosk))) return
        await returnAllThatIsOpen(kiosk, person)
      }
    }
    await pass(150_000)
    for (const person of people) await check(person)
  }

  async function returnAllThatIsOpen(kiosk: DayKiosk, person: Person): Promise<void> {
    kiosk.reader.insert(person.slot)
    await time.settle()
    await until(30_000, () => !['attract', 'please wait'].includes(kiosk.view()?.screen.kind ?? ''))
    for (let deeds = 0; deeds < 30 && !open(kiosk); deeds++) {
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
  function flawsAtRest(): string[] {
    const orders = ordersIn(db)
    const open = orders.filter(({ state }) => !orderIsOver(state))
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
      .prepare(
        `select kind, evidence from alarms where kind in (${grave.map(() => '?').join(', ')})`,
      )
      .all(...grave)
    return [
      ...found,
      ...auditor.notBooked(),
      ...(behind?.flaws(auditor.payments(), true) ?? []),
      ...alarms.map((alarm) => `alarm: ${JSON.stringify(alarm)}`),
    ]
  }

  const lives = auditor.lives()
  counted.healed = auditor.healed()
  const done: WorldDone = {
    sales: sold,
    ...counted,
    notes: lives.filter(({ is }) => is === 'in the box').length,
    faults: met,
    money: auditor.money(),
    unknownNotes: lives.filter(({ is }) => is === 'unknown' || is === 'stacking').length,
    flaws,
    digest: auditor.digest(),
  }
  for (const kiosk of kiosks) kiosk.crash()
  await behind?.front.close()
  await centre.close()
  return done
}

/** A customer keeps the number of a claim, once. */
const keepSlip = ({ slips }: Person, screen: Screen): void => {
  if (!('after' in screen) || screen.after.kind !== 'kept') return
  const { number } = screen.after.reference
  if (!slips.includes(number)) slips.push(number)
}

/** Something of money or of an order has happened. */
const isSale = ({ type }: JournalEntry): boolean =>
  type === 'note.stacked' ||
  type === 'note.unexpected' ||
  type === 'note.unknown' ||
  type === 'order.requesting'

const clockOf = (ms: number): string => new Date(ms).toISOString().slice(11, 23)
