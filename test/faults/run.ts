// One complete sale with faults in it, what comes after, and everything that then does not add up.
import { DatabaseSync } from 'node:sqlite'
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { inService } from '../customer.ts'
import { centreEvidence } from '../evidence.ts'
import type { KioskInABox } from '../kiosk-in-a-box.ts'
import { openSales } from '../open-sales.ts'
import { faultyBox, type FaultyBox } from './faulty-box.ts'
import { traps, type Fault, type Traps } from './traps.ts'
import { cardOf, frontOf, isReferred, visit, type Visit, type Wish } from './visit.ts'

export type Run = {
  /** Where each fault was met; '' where the sale was over before. */
  met: string[]
  /** Everything that does not add up, a sentence each. */
  flaws: string[]
}

/** A visit and everything patience can add to it, in virtual milliseconds. */
const longestVisitMs = 400_000
const lookMs = 100

/** `before`: what is done to the world before the customer comes. */
export const run = async (
  faults: readonly Fault[],
  wish: Wish,
  { before = () => undefined, even }: { before?: (box: KioskInABox) => void; even?: boolean } = {},
): Promise<Run> => {
  const trap = traps(faults)
  const faulty = await faultyBox(trap)
  try {
    before(faulty.box)
    const ways = even ?? faults.reduce((sum, { n }) => sum + n, 0) % 2 === 0
    return {
      flaws: await flawsAfter(faulty, { trap, faults, wish, even: ways }),
      met: trap.met(),
    }
  } catch (error) {
    const screen = JSON.stringify(faulty.box.view().screen)
    return { flaws: [`${String(error)}; the screen: ${screen}`], met: trap.met() }
  } finally {
    await faulty.close().catch(() => undefined)
  }
}

const flawsAfter = async (
  faulty: FaultyBox,
  /** `even`: the card stays in over a crash, and what is open is finished; else it is taken out, and returned. */
  of: { trap: Traps; faults: readonly Fault[]; wish: Wish; even: boolean },
): Promise<string[]> => {
  const { box, startAgain, supervise } = faulty
  const { trap, faults, wish, even } = of
  const first = inAccounts(box)
  await inService(box)
  trap.arm(true)
  const customer = visit(frontOf(box, cardOf[wish]), wish)
  const { crashed, unnamed } = await whole(faulty, customer, even)
  if (faults.some(({ boundary }) => boundary === 'journal' || boundary === 'counters')) {
    // What reads them back is a sale's end too: the next start.
    await startAgain()
    await box.pass(1_000)
  }
  trap.arm(false)
  const flaws = [...unnamed, ...toldFlaws(box, customer, crashed)]

  await supervise()
  box.plugIn()
  box.reader.plugIn()
  box.centre.comeBack()
  box.reader.remove()
  await startAgain()
  await atRest(box)
  flaws.push(...box.audit().map((flaw) => `at rest: ${flaw}`))
  await comeAgain(box, wish, even ? 'finish order' : 'return order')
  await atRest(box)
  flaws.push(...box.audit().map((flaw) => `when the card had come again: ${flaw}`))
  flaws.push(...openFlaws(box))
  const balance = inAccounts(box)
  const expected = first + cashIn(box) - spent(box, customer.residue())
  if (balance !== expected) flaws.push(`the accounts hold ${balance}, they should hold ${expected}`)
  return flaws
}

/** The whole visit, with supervision at work; whether the kiosk's program ended in it, and what the next did not name. */
const whole = async (
  faulty: FaultyBox,
  customer: Visit,
  stays: boolean,
): Promise<{ crashed: boolean; unnamed: string[] }> => {
  const { box, supervise } = faulty
  let crashed = false
  const unnamed: string[] = []
  for (let passed = 0; passed < longestVisitMs && !customer.isOver(); passed += lookMs) {
    const { kioskRestarted } = await supervise()
    if (kioskRestarted) {
      crashed = true
      unnamed.push(...notNamed(box))
      if (!stays) box.reader.remove()
    }
    customer.step()
    await box.pass(lookMs)
  }
  if (!customer.isOver()) {
    throw new Error('the visit has no end')
  }
  return { crashed, unnamed }
}

/** P4: a kiosk that has just started says of every sale with money somewhere that it is not settled. */
const notNamed = (box: KioskInABox): string[] => {
  const named = new Set<string | null>(box.unresolved().map(({ saleId }) => saleId))
  return openSales(entriesOf(box))
    .filter((sale) => !named.has(sale))
    .map((sale) => `P4: sale ${sale} is not settled, and the kiosk does not name it`)
}

/** P7: whoever has put money in and has not got what it is for was given a name to ask for it by. */
const toldFlaws = (box: KioskInABox, { told }: Visit, crashed: boolean): string[] => {
  if (crashed || cashIn(box) === 0 || told.some(isReferred)) return []
  return [`nothing with a reference was shown; seen: ${told.map(({ kind }) => kind).join(', ')}`]
}

/** What all accounts of customers hold together. */
const inAccounts = (box: KioskInABox): number => {
  const db = new DatabaseSync(box.centre.databasePath, { readOnly: true })
  try {
    const row = db
      .prepare(
        "select -sum(e.amount) as held from entries e join accounts a on a.account = e.account where a.kind = 'customer account'",
      )
      .get()
    return Number(row?.['held'] ?? 0)
  } finally {
    db.close()
  }
}

const atRest = async (box: KioskInABox): Promise<void> => {
  await inService(box)
  await box.until('every sale is settled', () => unsettled(box) === 0)
  await box.pass(3_000)
}

const entriesOf = (box: KioskInABox): JournalEntry[] =>
  box.journal().map((line) => (JSON.parse(line) as { entry: JournalEntry }).entry)

const unsettled = (box: KioskInABox): number => {
  const entries = entriesOf(box)
  const of = (type: string) => entries.filter((entry) => entry.type === type).length
  return of('sale.closing') - of('sale.settled')
}

const cashIn = (box: KioskInABox): number =>
  Object.entries(box.notes.truth().cashBox.notes).reduce(
    (sum, [value, count]) => sum + Number(value) * count,
    0,
  )

/** Orders of this kiosk's sales that are not in the account again. */
const ordersOf = (box: KioskInABox) => {
  const sales = new Set(
    entriesOf(box).flatMap((entry) => ('saleId' in entry ? [entry.saleId as string] : [])),
  )
  return centreEvidence(box.centre.databasePath).orders.filter(({ sale }) => sales.has(sale))
}

const settledStates = ['LOADED', 'METER_CREDITED', 'RETURNED_TO_ACCOUNT', 'UNDONE']

const openFlaws = (box: KioskInABox): string[] =>
  ordersOf(box)
    .filter(({ state }) => !settledStates.includes(state))
    .map(({ order, state }) => `order ${order} is still ${state} when its card has come again`)

const spent = (box: KioskInABox, residue: number): number =>
  ordersOf(box)
    .filter(({ state }) => state === 'LOADED' || state === 'METER_CREDITED')
    .reduce((sum, { tender }) => sum + tender - residue, 0)

/** The card comes again, and what is open on it is ended in the one way or the other. */
const comeAgain = async (
  box: KioskInABox,
  wish: Wish,
  how: 'finish order' | 'return order',
): Promise<void> => {
  box.insert(cardOf[wish])
  await box.until('the card is judged', () =>
    ['account', 'refused', 'open order', 'healed', 'take card'].includes(box.view().screen.kind),
  )
  if (box.view().screen.kind === 'healed') box.press({ type: 'continue' })
  if (box.view().screen.kind === 'open order') {
    box.press({ type: how })
    await box.screen('take card')
  }
  box.reader.remove()
}
