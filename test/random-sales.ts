// Random sales with random faults against the real centre, with cards and meters that do what they are told (S7).
import type { Inserted, KioskOfKit } from './centre-kit.ts'
import { centreKit, type CentreKit } from './centre-kit.ts'
import type { OrderSummary } from '../domain/order.ts'
import { fromHex } from '../domain/power-card/bytes.ts'
import { readPurchase } from '../domain/power-card/purchase.ts'
import type { Tear } from '../drivers/card-reader/simulated-card/tearing.ts'

/** Cards of the town that a customer can do something with; the last two carry an order whose end nobody knows. */
const visitors = [
  'plain-sale',
  'no-account-money',
  'rich-account',
  'arrears',
  'free-units',
  'night-tariff',
  'high-tariff',
  'account-frozen',
  'nearly-full',
  'second-meter',
  'replacement-used',
  'opening-used',
  'order-loaded',
  'order-open',
] as const

const kiosks = ['000000000101', '000000000102', '000000000103'] as const
/** What may go wrong in the middle of a command. */
const tears: Tear['at'][] = ['byte', 'before commit', 'after commit', 'before answer']

/** Alarms that honest cards, meters and kiosks must never raise, whatever goes wrong on the line. */
export const grave = [
  'journal gap',
  'journal altered',
  'journal fork',
  'journal rolled back',
  'cash differs',
  'cash counters went back',
  'note against books',
  'card against books',
  'purchase image altered',
  'meter MAC',
  'meter count too high',
  'meter registers',
  'meter went back',
  'unknown order in journal',
  'not genuine',
  'payment contradicted',
]

type Closing = () => Promise<unknown>

/** Everything that does not add up after so many visits, a sentence each. */
export const randomSales = async ({
  seed,
  visits,
  look = async () => [],
}: {
  seed: number
  visits: number
  /** Looks at the books now and then and at rest; gives what it finds wrong. */
  look?: (kit: CentreKit) => Promise<string[]>
}): Promise<{ flaws: string[]; sold: number; undone: number; paid: number }> => {
  const kit = await centreKit({ seed })
  const { chance } = kit
  const maybe = (percent: number): boolean => chance(100) < percent
  const pick = <Each>(of: readonly Each[]): Each => of[chance(of.length)] as Each
  const before = new Map(visitors.map((id) => [id, kit.meterOf(id).state().totalCredited]))
  const later: Closing[] = []
  const flaws: string[] = []
  let undone = 0

  const visit = async (): Promise<void> => {
    const kiosk = kit.kiosk(pick(kiosks))
    const card = kit.cardOf(pick(visitors))
    const inserted = await kiosk.insert(card)
    switch (inserted.verdict.kind) {
      case 'can sell':
        await buy(kiosk, inserted)
        break
      case 'open order':
        await finishOrReturn(kiosk, inserted, inserted.verdict.order)
        break
      default:
    }
    card.tear(null)
    card.powerDown()
  }

  const buy = async (kiosk: KioskOfKit, inserted: Inserted): Promise<void> => {
    const { verdict, insertionId } = inserted
    if (verdict.kind !== 'can sell') return
    const { least, most } = verdict.limits
    const tender = least + chance(Math.max(1, Math.min(most, least + 20_000) - least))
    const byNotes = maybe(75)
    const value = tender + (maybe(50) ? chance(5_000) : 0)
    if (byNotes && maybe(10)) {
      const notes = [kiosk.noteOf(value)]
      const saleId = kit.ids.sale()
      await closeSooner(() => kiosk.ask('closing', { saleId, insertionId, notes }))
      return
    }
    if (maybe(35)) return payByCard(kiosk, inserted, tender)
    const made = await kiosk.order(inserted, byNotes ? { tender, notes: [value] } : { tender })
    const { saleId, notes, reply } = made
    if (reply.kind === 'reserved' && !maybe(5)) await write(kiosk, inserted, reply.order)
    await closeSooner(() => kiosk.ask('closing', { saleId, insertionId, notes }))
  }

  /**
   * Charged, reversed or unknown for now, whatever became of the order: the terminal may undo it by itself, and what is to be
   * undone may stay charged. Nobody says two ends of one payment.
   */
  const payByCard = async (
    kiosk: KioskOfKit,
    inserted: Inserted,
    tender: number,
  ): Promise<void> => {
    const { saleId, insertionId, payment, reply } = await kiosk.order(inserted, {
      tender,
      pays: true,
    })
    let toPayer = false
    if (reply.kind === 'reserved') {
      const { order } = reply
      if (maybe(85)) await write(kiosk, inserted, order)
      if (maybe(40)) {
        const { orderNumber } = order
        const back = await kiosk.ask('return', { saleId, orderNumber, toPayer: true })
        toPayer = back.kind === 'returned'
      }
    }
    const isReversed = toPayer ? maybe(85) : maybe(15)
    const end = isReversed ? ('reversed' as const) : ('kept' as const)
    const closing = (told: typeof end | 'unknown') =>
      kiosk.ask('closing', {
        saleId,
        insertionId,
        notes: [],
        payments: [{ ...payment, end: told }],
      })
    if (maybe(20)) await closing('unknown')
    await closeSooner(() => closing(end))
    if (maybe(10)) later.push(() => closing('unknown'))
  }

  /** Script, card and proof, each of which may be the last thing that happens. */
  const write = async (
    kiosk: KioskOfKit,
    inserted: Inserted,
    order: OrderSummary,
  ): Promise<void> => {
    for (let attempt = 1; attempt <= 3; attempt++) {
      const released = await kiosk.script(inserted, order)
      if (released.kind === 'refused' || maybe(4)) return
      const { commands, settleNonce } = released
      const { card } = inserted
      if (maybe(30)) {
        const at = chance(commands.length)
        const target = commands[at] ?? ''
        const point = pick(tears)
        card.tear({
          ...(point === 'byte' ? { at: point, byte: chance(target.length / 2) } : { at: point }),
          when: (command) => sameHead(command, fromHex(target)),
        })
      }
      const sent = maybe(10) ? commands.slice(0, chance(commands.length)) : commands
      kiosk.run(card, sent)
      card.tear(null)
      if (maybe(6)) return
      const proven = await kiosk.proof(card, {
        order,
        nonce: settleNonce,
        afresh: maybe(30),
      })
      if (proven.order.state === 'LOADED' && maybe(25)) return takeBack(kiosk, inserted, order)
      if (proven.order.state !== 'UNKNOWN' || !card.powered()) return
      const settled = await kiosk.settle(card, order)
      if (settled.order.state !== 'NOT_LOADED_RETRY') return
      if (maybe(30)) {
        const { saleId, orderNumber } = order
        await kiosk.ask('return', { saleId, orderNumber })
        return
      }
    }
  }

  /** Undo (8.3), each step of which may be the last thing that happens; asked too late, it is refused. */
  const takeBack = async (
    kiosk: KioskOfKit,
    { card, insertionId }: Inserted,
    order: OrderSummary,
  ): Promise<void> => {
    kit.clock.now += chance(75_000)
    const { saleId, orderNumber } = order
    const released = await kiosk.ask('undo', { saleId, insertionId, orderNumber })
    if (released.kind === 'refused' || maybe(10)) return
    const { commands, settleNonce } = released
    if (maybe(30)) {
      const target = fromHex(commands[chance(2)] ?? '')
      const point = pick(tears)
      card.tear({
        ...(point === 'byte' ? { at: point, byte: chance(target.length) } : { at: point }),
        when: (command) => sameHead(command, target),
      })
    }
    kiosk.run(card, maybe(10) ? commands.slice(0, 1) : commands)
    card.tear(null)
    if (maybe(10)) return
    const proven = await kiosk.proof(card, { order, nonce: settleNonce, afresh: maybe(85) })
    if (proven.order.state === 'UNDONE') undone++
    else if (card.powered() && maybe(50)) await kiosk.settle(card, order)
  }

  const finishOrReturn = async (
    kiosk: KioskOfKit,
    inserted: Inserted,
    order: OrderSummary,
  ): Promise<void> => {
    const { orderNumber } = order
    const saleId = kit.ids.sale()
    if (maybe(60)) await write(kiosk, inserted, { ...order, saleId })
    else if (maybe(65)) await kiosk.ask('return', { saleId, orderNumber })
  }

  /** A closing is sent until it is answered: at once, later, or more than once. */
  const closeSooner = async (closing: Closing): Promise<void> => {
    if (maybe(70)) await closing()
    if (maybe(40)) later.push(closing)
    else if (!maybe(70)) later.push(closing)
    else await closing()
  }

  const atHome = (): void => {
    const id = pick(visitors)
    const meter = kit.meterOf(id)
    meter.use(chance(2_000))
    const pull = maybe(25)
      ? { commands: chance(16), last: pick(['answered', 'not answered'] as const) }
      : null
    meter.insert(kit.cardOf(id), { pullAfter: pull })
  }

  for (let count = 1; count <= visits; count++) {
    kit.clock.now += chance(120_000)
    if (maybe(5)) kit.clock.now += chance(3 * 86_400_000)
    if (maybe(50)) atHome()
    if (maybe(20)) await kit.centre().sweep()
    if (maybe(20)) await later.splice(chance(later.length || 1), 1)[0]?.()
    await visit()
    if (count % 50 === 0) flaws.push(...(await kit.flaws()), ...(await look(kit)))
  }

  await atRest(kit, later)
  flaws.push(...(await kit.flaws()), ...(await flawsAtRest(kit, before)), ...(await look(kit)))
  const { paid } = await kit
    .store()
    .read.selectFrom('payments')
    .select(({ fn }) => fn.countAll<number>().as('paid'))
    .where('place', '=', 'order')
    .executeTakeFirstOrThrow()
  const { sold } = await kit
    .store()
    .read.selectFrom('orders')
    .select(({ fn }) => fn.countAll<number>().as('sold'))
    .where('state', '=', 'METER_CREDITED')
    .executeTakeFirstOrThrow()
  await kit.close()
  return { flaws, sold, undone, paid }
}

const sameHead = (one: Uint8Array, other: Uint8Array): boolean =>
  [0, 1, 2, 3].every((at) => one[at] === other[at])

/** Everything that is still to be said is said, and every card goes home and comes back until nothing is open. */
const atRest = async (kit: CentreKit, later: Closing[]): Promise<void> => {
  for (const closing of later) await closing()
  const kiosk = kit.kiosk()
  for (const id of visitors) {
    const card = kit.cardOf(id)
    const meter = kit.meterOf(id)
    for (let round = 1; round <= 3; round++) {
      // Enough is used for a purchase that the meter could not hold before.
      meter.use(60_000)
      meter.insert(card)
      const { verdict } = await kiosk.insert(card)
      if (verdict.kind === 'open order') {
        const { orderNumber } = verdict.order
        await kiosk.ask('return', { saleId: kit.ids.sale(), orderNumber })
      }
      card.powerDown()
    }
  }
}

/** At rest nothing is open, and the money of each payment is where its end says. */
const endedIn: Record<string, readonly string[]> = {
  kept: ['order', 'account', 'suspense'],
  reversed: ['payer', 'unpaid delivery', 'nowhere'],
  open: [],
  unknown: [],
}

/** INV1 to INV7 as far as a database does not hold them itself, and: what meters credited is what was sold. */
const flawsAtRest = async (
  kit: CentreKit,
  before: ReadonlyMap<string, number>,
): Promise<string[]> => {
  const { read } = kit.store()
  const found: string[] = []
  const orders = await read.selectFrom('orders').selectAll().execute()
  const final = ['METER_CREDITED', 'RETURNED_TO_ACCOUNT', 'UNDONE']
  for (const { order_number, state } of orders) {
    if (!final.includes(state)) found.push(`order ${order_number} is ${state} at rest`)
  }
  for (const [id, credited] of before) {
    const state = kit.meterOf(id).state()
    const { serial } = kit.cardOf(id).state()
    const theirs = orders.filter((it) => it.serial === serial && it.state === 'METER_CREDITED')
    const sold = theirs.reduce((sum, it) => sum + it.energy + it.free_energy, 0)
    if (state.totalCredited - credited !== sold) {
      found.push(`meter of ${id} credited ${state.totalCredited - credited}, sold was ${sold}`)
    }
    const carried = readPurchase(fromHex(kit.cardOf(id).state().files[2]))
    if (carried.count !== state.count) {
      found.push(`card ${id} carries ${carried.count}, its meter has ${state.count}`)
    }
  }
  const payments = await read.selectFrom('payments').select(['payment', 'ended', 'place']).execute()
  for (const { payment, ended, place } of payments) {
    const allowed = endedIn[ended] ?? []
    if (!allowed.includes(place)) found.push(`payment ${payment} is ${ended} and in ${place}`)
  }
  const alarms = await read
    .selectFrom('alarms')
    .select(['kind', 'evidence'])
    .where('kind', 'in', grave)
    .execute()
  return [...found, ...alarms.map(({ kind, evidence }) => `alarm "${kind}": ${evidence}`)]
}
