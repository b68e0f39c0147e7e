// Five complaints of the last days, each with its whole story in every table: what somebody calls with, and what is so.
import { NoteId } from '../../../domain/identifiers.ts'
import { minor } from '../../../domain/money.ts'
import { cardEvent } from '../../../domain/power-card/card-record.ts'
import { channel, noOrder } from '../../../domain/power-card/purchase.ts'
import { referenceOf } from '../../../domain/reference.ts'
import { ownAlerts, theKiosk } from '../../../centre/alerts/own-alerts.ts'
import { paymentBooked } from '../../../centre/payment-postings.ts'
import { buy, type Ended } from './buying.ts'
import { dayOf, hourMs } from './calendar.ts'
import { fail } from './faults.ts'
import type { Dispute } from './labels.ts'
import { goHome, runMeter } from './living.ts'
import { addRecord } from './looks.ts'
import { writeBackOf } from './meter.ts'
import { newsOf, type Customer } from './customer.ts'
import { authorise } from './paying.ts'
import { insertCard, journal, takeCard, type Visit } from './visit.ts'
import { after, idAt, type Point, type World } from './world.ts'

type Planting = { world: World; visit: Visit; keep: (of: Kept) => void }
type Kept = Pick<Dispute, 'says' | 'truth'> & { order: string | null }

type Story = { dispute: Dispute['dispute']; hoursAgo: number; tell: (of: Planting) => void }

const stories: readonly Story[] = [
  { dispute: 'paid, and the card was pulled', hoursAgo: 5, tell: (of) => cardPulled(of) },
  { dispute: 'note not credited', hoursAgo: 29, tell: (of) => noteLost(of) },
  { dispute: 'receipt missing', hoursAgo: 52, tell: (of) => noReceipt(of) },
  { dispute: 'paid twice', hoursAgo: 75, tell: (of) => paidTwice(of) },
  { dispute: 'meter refuses', hoursAgo: 98, tell: (of) => meterRefuses(of) },
]

/** Told when they happen; `disputes` is filled meanwhile. */
export const plantDisputes = (
  world: World,
  { customers, disputes }: { customers: readonly Customer[]; disputes: Dispute[] },
): void => {
  const taken = new Set<Customer>()
  for (const [place, story] of stories.entries()) {
    // In the afternoon of a day, when everything is open.
    const at = inTheAfternoon(world.calendar.until - story.hoursAgo * hourMs)
    world.agenda.plan(at, () => begin(world, { story, place, customers, taken, disputes }))
  }
}

const inTheAfternoon = (at: number): number => {
  const hour = Math.floor((at + 8 * hourMs) / hourMs) % 24
  return hour >= 9 && hour < 19 ? at : at - ((hour - 15 + 24) % 24) * hourMs
}

const begin = (
  world: World,
  of: {
    story: Story
    place: number
    customers: readonly Customer[]
    taken: Set<Customer>
    disputes: Dispute[]
  },
): void => {
  const { story, place, taken, disputes } = of
  const now = world.agenda.now()
  const customer = of.customers.find((each) => !taken.has(each) && isAtHome(each))
  const terminals = world.points.filter(
    (each) => each.channel === 'terminal' && each.st === 'online' && isFree(each, now),
  )
  const point = terminals[place % terminals.length]
  if (customer === undefined || point === undefined) {
    return after(world, 120_000, () => begin(world, of))
  }
  taken.add(customer)
  // Whatever was planned for this home is off: it is here now.
  customer.life.turn++
  runMeter(world, customer)
  customer.news = newsOf(customer.home, writeBackOf(customer.home.meter, { credited: false }))
  point.busyUntil = now + 5 * 60_000
  const visit = insertCard(world, customer, point)
  const { number, words } = referenceOf(visit.saleId)
  const keep = (kept: Kept): void => {
    disputes.push({
      dispute: story.dispute,
      ...kept,
      sale: visit.saleId,
      reference: number,
      words: words.join(' '),
      customer: customer.home.binding.customer,
      serial: customer.home.card.serial,
      kiosk: point.kiosk,
      at: now,
    })
  }
  after(world, 30_000, () => story.tell({ world, visit, keep }))
}

const isFree = ({ busyUntil, outUntil, noCashUntil, noBankUntil }: Point, now: number): boolean =>
  Math.max(busyUntil, outUntil, noCashUntil, noBankUntil) <= now

/** The card is home and read, and nothing is odd about this home. */
const isAtHome = ({ home, life, planted }: Customer): boolean =>
  !planted &&
  !life.isOut &&
  home.household.kind !== 'holiday home' &&
  home.binding.inquiry === null &&
  home.meter.count === home.card.count

const hundred = minor(10_000)
const fifty = minor(5_000)

const cardPulled = ({ visit, keep }: Planting): void =>
  buy(visit, {
    tender: minor(15_000),
    tendered: { kind: 'cash', notes: [hundred, fifty] },
    mishap: 'card pulled, not written',
    done: ({ kind, ...ended }) => {
      if (kind !== 'unknown' || !('order' in ended)) return
      visit.point.busyUntil = visit.world.agenda.now()
      keep({
        says: 'I paid 150.00 in notes, pulled my card too early, and have no energy.',
        truth:
          'The order is open: nobody knows yet what is on the card. Put into any kiosk it decides; it is not on it.',
        order: ended.order.order_number,
      })
    },
  })

/** A second note stuck on its way into the box: the acceptor could not say where it is. */
const noteLost = ({ world, visit, keep }: Planting): void => {
  const { point, saleId } = visit
  const { kiosk } = point
  const now = world.agenda.now()
  const at = now - 20_000
  const note = NoteId.parse(idAt(world, at))
  world.diary.note({ kiosk, at, sale: saleId, note, value: fifty }, 'unknown')
  const jam = { device: 'noteAcceptor', code: 'jam', stops: 'cash' } as const
  fail(world, point, { ...jam, until: now + 3 * hourMs })
  const { severity } = ownAlerts.moneyUnresolved
  world.alerts.raise({ kiosk, device: theKiosk, code: 'moneyUnresolved', severity, at: now })
  point.unresolved++
  buy(visit, {
    tender: hundred,
    tendered: { kind: 'cash', notes: [hundred] },
    mishap: 'none',
    done: (ended) => {
      if (ended.kind === 'bought') {
        keep({
          says: 'I put in 100.00 and 50.00, and only 100.00 was counted.',
          truth:
            'The note of 50.00 jammed: its place is not known. It is in no order and in no account; the count of the box decides.',
          order: ended.order.order_number,
        })
      }
      goHome(visit, ended)
    },
  })
}

const noReceipt = ({ world, visit, keep }: Planting): void => {
  const now = world.agenda.now()
  const paper = { device: 'receiptPrinter', code: 'paper out', stops: 'nothing' } as const
  fail(world, visit.point, { ...paper, until: now + 4 * hourMs })
  buy(visit, {
    tender: hundred,
    tendered: { kind: 'cash', notes: [hundred] },
    mishap: 'none',
    receipt: 'not printed',
    done: (ended) => {
      if (ended.kind === 'bought') {
        keep({
          says: 'I have no receipt: was my 100.00 booked at all?',
          truth:
            'It was: the energy is on the card, proven. There was no paper; a copy can be given.',
          order: ended.order.order_number,
        })
      }
      goHome(visit, ended)
    },
  })
}

/** The terminal fell silent after it had charged; the customer paid again. The day after it told that it had. */
const paidTwice = ({ world, visit, keep }: Planting): void => {
  const { books, alerts, agenda } = world
  const { point, customer, saleId } = visit
  const { kiosk } = point
  const paid = authorise(visit, { way: 'bank card', amount: hundred })
  const { paymentId: payment, evidence } = paid
  paid.end = 'unknown'
  journal(visit, { type: 'payment.unknown', saleId, paymentId: payment, why: 'no answer' })
  const now = agenda.now()
  books.insert('sale_references', {
    sale: saleId,
    reference: referenceOf(saleId).number.replaceAll(' ', ''),
    kiosk,
  })
  books.insert('payments', {
    payment,
    kiosk,
    sale: saleId,
    way: 'bank card',
    amount: hundred,
    evidence: JSON.stringify(evidence),
    order_number: null,
    ended: 'unknown',
    place: 'nowhere',
    posting: null,
    since: now,
  })
  alerts.alarm({
    kind: 'payment unknown',
    at: now,
    kiosk,
    evidence: { payment, sale: saleId, amount: hundred },
  })
  takeCard(visit, { closes: true, end: 'payment unknown', receipt: 'printed' })
  keep({
    says: 'My bank has charged me 100.00 twice within five minutes.',
    truth:
      'Both were charged. The first bought nothing: since the terminal told of it, it is in the account. The second bought energy.',
    order: null,
  })
  after(world, 50_000, () => {
    const second = insertCard(world, customer, point)
    after(world, 25_000, () =>
      buy(second, {
        tender: hundred,
        tendered: { kind: 'payment', way: 'bank card' },
        mishap: 'none',
        done: (ended: Ended) => goHome(second, ended),
      }),
    )
  })
  after(world, 20 * hourMs, () => {
    const at = agenda.now()
    const owner = customer.home.customer.customer
    const booked = paymentBooked({ saleId, kiosk, amount: hundred, customer: owner })
    const posting = books.post(booked, at)
    books.change('payments', { payment }, { ended: 'kept', place: 'account', posting })
    if (evidence !== null) {
      const entry = { type: 'payment.kept', saleId, paymentId: payment, evidence } as const
      world.diary.write({ kiosk, at, entry })
    }
    alerts.clear({ kiosk, device: 'bank', code: 'payment unknown', at, by: 'W. Gao' })
  })
}

/** The meter lost its last purchase from its memory: it takes no further one, for the count on the card does not fit. */
const meterRefuses = ({ world, visit, keep }: Planting): void => {
  const { customer } = visit
  buy(visit, {
    tender: hundred,
    tendered: { kind: 'cash', notes: [hundred] },
    mishap: 'none',
    done: (ended) => {
      if (ended.kind !== 'bought') return goHome(visit, ended)
      visit.point.busyUntil = world.agenda.now()
      const { order } = ended
      keep({
        says: 'My meter does not take the card any more.',
        truth:
          'The purchase is on the card and paid for. The meter refused it with 17: it has forgotten the purchase before. The office has to put its count right.',
        order: order.order_number,
      })
      after(world, 2 * hourMs, () => refuse(world, customer))
      // Asks at the kiosk, which does not write over what is not read.
      after(world, 20 * hourMs, () => askAgain(world, customer, visit.point))
    },
  })
}

const refuse = (world: World, customer: Customer): void => {
  const { home, chip } = customer
  const { meter } = home
  runMeter(world, customer)
  meter.count--
  customer.news = newsOf(home, { ...writeBackOf(meter, { credited: false }), result: 17 })
  addRecord(chip, {
    time: Math.floor(meter.at / 1000),
    channel: channel.meter,
    event: cardEvent.refused,
    terminal: meter.number,
    orderNumber: noOrder,
    amount: 17,
    count: meter.count,
  })
  world.labels.push({
    pattern: 'meter went back',
    innocent: 'meter fault',
    story: 'The meter has lost a purchase from its memory, and refuses the next one.',
    since: dayOf(world.agenda.now()),
    binding: home.binding.binding,
    customer: home.binding.customer,
    kiosk: null,
    person: null,
  })
}

const askAgain = (world: World, customer: Customer, point: Point): void => {
  if (point.busyUntil > world.agenda.now()) {
    return after(world, 60_000, () => askAgain(world, customer, point))
  }
  point.busyUntil = world.agenda.now() + 40_000
  const visit = insertCard(world, customer, point, { verdict: 'refused' })
  after(world, 30_000, () => takeCard(visit, { closes: false, end: 'refused' }))
}
