// One round: a cash sale, the kiosk killed in it, its new start, the customer and the card; and everything that is not right then.
import { setTimeout as pause } from 'node:timers/promises'
import { DatabaseSync } from 'node:sqlite'
import { energy } from '../../domain/energy.ts'
import { auditOf, journalOf } from '../end-to-end/evidence-of-bench.ts'
import { centreEvidence } from '../evidence.ts'
import { cardOf, visit, type Visit } from '../faults/visit.ts'
import { openSales } from '../open-sales.ts'
import { until, type KillingBench } from './killing-bench.ts'
import type { TappedLine, Way } from './tapped.ts'

/** Where the kiosk is killed: at a call to its disk, or at a byte on a line. */
export type Kill =
  | { at: 'disk'; n: number; when: 'before' | 'after' }
  | { at: TappedLine; n: number; way: Way }

export type Round = {
  /** What was just being done; null when the sale was over before. */
  killed: string | null
  /** From the kill to a kiosk in service, in milliseconds; null when nothing was killed. */
  recoveryMs: number | null
  flaws: string[]
}

export const nameOf = (kill: Kill): string =>
  kill.at === 'disk'
    ? `${kill.when} call ${kill.n} to the disk`
    : `byte ${kill.n} ${kill.way} ${kill.at}`

const card = cardOf.cash
const visitLimitMs = 120_000

/** `stays`: the card stays in the slot over the kill, and what is open on it is finished; else it is taken out, and returned. */
export const round = async (at: KillingBench, kill: Kill, stays: boolean): Promise<Round> => {
  await inService(at)
  const before = { money: inAccounts(at), cash: cashIn(at), orders: loadedOrders(at).length }
  const customer = visit(at.front(card), 'cash')
  const done = await visitWithKill(at, { kill, stays, customer })
  disarm(at)
  await atRest(at)
  const flaws = [...done.flaws, ...auditOf(at.bench).map((flaw) => `at rest: ${flaw}`)]
  await comeAgain(at, stays ? 'finish order' : 'return order')
  await atRest(at)
  flaws.push(...auditOf(at.bench).map((flaw) => `when the card had come again: ${flaw}`))
  flaws.push(...openOrders(at))
  const loaded = loadedOrders(at).slice(before.orders)
  const spent = loaded.reduce((sum, { tender }) => sum + tender - customer.residue(), 0)
  const [money, expected] = [inAccounts(at), before.money + cashIn(at) - before.cash - spent]
  if (money !== expected) flaws.push(`the accounts hold ${money}, they should hold ${expected}`)
  const credited = await carryHome(at)
  const bought = loaded.reduce((sum, order) => sum + order.energy, 0)
  if (credited !== bought) flaws.push(`the meter took ${credited}, it should have taken ${bought}`)
  const named = await stillNamed(at)
  if (named !== '') flaws.push(`P4: at rest the kiosk still names ${named}`)
  return { ...done, flaws }
}

const arm = (at: KillingBench, kill: Kill, strike: () => void): void => {
  if (kill.at === 'disk') {
    const id = `${performance.now()}`
    at.order({ id, call: kill.n, when: kill.when })
  } else at.taps.want({ line: kill.at, way: kill.way, n: kill.n, strike })
}

const disarm = (at: KillingBench): void => {
  at.order(null)
  at.taps.want(null)
}

/** The visit up to the kill, the new start, and what the customer does then. */
const visitWithKill = async (
  at: KillingBench,
  { kill, stays, customer }: { kill: Kill; stays: boolean; customer: Visit },
): Promise<Round> => {
  const { kiosk } = at.bench.programs
  let killedAt: number | null = null
  arm(at, kill, () => {
    killedAt = performance.now()
    void kiosk.kill()
  })
  const died = () => kiosk.state() === 'stopped'
  const end = performance.now() + visitLimitMs
  const steps = async (isEnough: () => boolean) => {
    while (!customer.isOver() && !isEnough()) {
      if (performance.now() > end) throw new Error(noEnd(at))
      customer.step()
      await pause(10)
    }
  }
  await steps(died)
  if (!died()) return { killed: null, recoveryMs: null, flaws: [] }
  const from = killedAt ?? performance.now()
  const killed = at.seen()?.what ?? nameOf(kill)
  disarm(at)
  // A hand has done it: the supervision of the bench waits no longer the next time.
  await kiosk.kill()
  if (!stays) at.front(card).card.takeOut()
  const flaws = await firstWords(at)
  await until('the kiosk is in service again', () => isServing(at))
  const recoveryMs = performance.now() - from
  await steps(() => false)
  return { killed, recoveryMs, flaws }
}

const noEnd = ({ page, bench }: KillingBench): string => {
  const { slot, notes, programs } = bench.panel()
  return `the visit has no end: ${JSON.stringify({ screen: page.view()?.screen, slot, notes, programs })}`
}

/** P4: the first thing the new start says of itself names every sale whose money is not settled. */
const firstWords = async (at: KillingBench): Promise<string[]> => {
  const open = openNow(at)
  let first: Record<string, unknown> | null = null
  await until('the kiosk answers again', async () => (first = await at.health()) !== null)
  const stillOpen = new Set(openNow(at))
  const named = new Set(unresolvedIn(first).map(({ saleId }) => saleId))
  return open
    .filter((sale) => stillOpen.has(sale) && !named.has(sale))
    .map((sale) => `P4: sale ${sale} is not settled, and the kiosk does not name it`)
}

const openNow = ({ bench }: KillingBench): string[] => openSales(journalOf(bench))

const unresolvedIn = (health: Record<string, unknown> | null): { what: string; saleId: string }[] =>
  (health?.['unresolved'] ?? []) as { what: string; saleId: string }[]

const stillNamed = async (at: KillingBench): Promise<string> => {
  let named = ''
  await until(
    'nothing is unresolved',
    async () => {
      named = unresolvedIn(await at.health())
        .map(({ what }) => what)
        .join(', ')
      return named === ''
    },
    10_000,
  ).catch(() => undefined)
  return named
}

const isServing = ({ page }: KillingBench): boolean => {
  const kind = page.view()?.screen.kind
  return kind !== undefined && kind !== 'out of service'
}

const inService = ({ page }: KillingBench): Promise<void> =>
  until('the kiosk invites, and takes notes', () => {
    const screen = page.view()?.screen
    return (
      screen?.kind === 'attract' &&
      screen.tenders.some(({ tender, works }) => tender === 'cash' && works)
    )
  })

const atRest = async (at: KillingBench): Promise<void> => {
  await inService(at)
  await until('no note moves', () => at.bench.panel().notes.inPath === null)
  await until('every sale is settled', () => openNow(at).length === 0)
}

/** The card comes again, and what is open on it is ended in the one way or the other. */
const comeAgain = async (
  { act, page }: KillingBench,
  how: 'finish order' | 'return order',
): Promise<void> => {
  await act({ type: 'card.insert', card })
  const judged = ['account', 'refused', 'open order', 'take card']
  const shown = () => page.view()?.screen.kind ?? ''
  await until('the card is judged', () => {
    if (shown() === 'interrupted' || shown() === 'mishap') page.press({ type: 'done' })
    if (shown() === 'healed') page.press({ type: 'continue' })
    return judged.includes(shown())
  })
  if (shown() === 'open order') {
    page.press({ type: how })
    await until('the order is ended', () => shown() === 'take card')
  }
  await act({ type: 'card.take' })
}

/** Home to the meter and back; what the meter took, in 0.01 kWh. */
const carryHome = async ({ act, bench }: KillingBench): Promise<number> => {
  const meter = bench.panel().cards.find(({ id }) => id === card)?.meter ?? ''
  const remaining = () =>
    bench.panel().meters.find(({ number }) => number === meter)?.remaining ?? 0
  const before = remaining()
  await act({ type: 'meter.insert', card, meter })
  await act({ type: 'meter.take', meter })
  const taken = remaining() - before
  if (taken > 0) await act({ type: 'meter.use', meter, energy: energy(taken) })
  return taken
}

const cashIn = ({ bench }: KillingBench): number =>
  bench.truth().cashBox.reduce((sum, { value, count }) => sum + value * count, 0)

/** What all accounts of customers hold together. */
const inAccounts = ({ bench }: KillingBench): number => {
  const db = new DatabaseSync(bench.paths.centreDatabase, { readOnly: true })
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

const ordersHere = ({ bench }: KillingBench) =>
  centreEvidence(bench.paths.centreDatabase).orders.filter(
    ({ funding }) => funding !== 'earlier books',
  )

const loadedOrders = (at: KillingBench) =>
  ordersHere(at).filter(({ state }) => state === 'LOADED' || state === 'METER_CREDITED')

const settledStates = ['LOADED', 'METER_CREDITED', 'RETURNED_TO_ACCOUNT', 'UNDONE']

const openOrders = (at: KillingBench): string[] =>
  ordersHere(at)
    .filter(({ state, order }) => !settledStates.includes(state) && !earlier.has(order))
    .map(({ order, state }) => `order ${order} is still ${state} when its card has come again`)

/** Orders that the town begins with, some of which are open for ever. */
const earlier = new Set<string>()
export const rememberTown = (at: KillingBench): void => {
  for (const { order } of ordersHere(at)) earlier.add(order)
}
