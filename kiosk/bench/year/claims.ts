// Claims of the year: money of which nobody knew whose it was, and who came for it with the slip.
import { claimSettled } from '../../../centre/ledger.ts'
import { leaveClaim } from './buying.ts'
import { dayMs, hourMs } from './calendar.ts'
import { twoOf } from './people.ts'
import { insertCard, takeCard, type Customer } from './sale.ts'
import { after, type World } from './world.ts'

/** One for about 200 homes in a year, at least six. */
export const makeClaims = (world: World, customers: readonly Customer[]): void => {
  const { agenda, calendar, chance } = world
  const count = Math.max(6, Math.round(customers.length / 200))
  const terminals = world.points.filter(({ channel }) => channel === 'terminal')
  const redeemers = customers.filter(({ life }) => life.goneFrom === Infinity)
  for (let each = 0; each < count; each++) {
    const at = chance.whole(calendar.from + dayMs, calendar.until - dayMs)
    agenda.plan(at, () => {
      const left = leaveClaim(world, chance.pick(terminals))
      const comes = chance.factor(1) * 3 * dayMs
      const how = chance.weighted([
        ['kiosk', 55],
        ['office', 25],
        ['never', 20],
      ])
      if (how === 'never') return
      after(world, comes + (how === 'office' ? 5 * hourMs : 0), () =>
        how === 'kiosk' ? redeem(world, left, chance.pick(redeemers)) : payOut(world, left),
      )
    })
  }
}

type Left = ReturnType<typeof leaveClaim>

/** At a kiosk, to the account of whoever's card is in. */
const redeem = (world: World, left: Left, customer: Customer): void => {
  const { books, agenda, points } = world
  const now = agenda.now()
  const point = points.find(({ busyUntil, outUntil }) => busyUntil <= now && outUntil <= now)
  // Somebody is in the middle of a purchase with this card, or every kiosk is taken.
  if (point === undefined || (customer.order !== null && customer.order.state !== 'LOADED')) {
    return after(world, hourMs, () => redeem(world, left, customer))
  }
  point.busyUntil = now + 60_000
  const visit = insertCard(world, customer, point)
  const owner = customer.home.customer.customer
  after(world, 30_000, () => {
    settle(world, left, { to: { kind: 'account', customer: owner }, by: 'kiosk', persons: null })
    takeCard(visit, null)
  })
  books.next('sequence')
}

const payOut = (world: World, left: Left): void => {
  const persons = twoOf(world.people.office, world.chance)
  settle(world, left, { to: { kind: 'cash' }, by: 'office', persons })
}

const settle = (
  { books, agenda }: World,
  { sale, amount, claim }: Left,
  of: Pick<Parameters<typeof claimSettled>[0], 'to' | 'by'> & { persons: readonly string[] | null },
): void => {
  const { to, by, persons } = of
  const now = agenda.now()
  const posting = books.post(claimSettled({ saleId: sale, amount, to, by }), now)
  books.change(
    'claims',
    { claim: claim.claim },
    {
      state: by === 'kiosk' ? 'redeemed' : 'paid',
      settled_at: now,
      settled_by: posting,
      customer: to.kind === 'account' ? to.customer : null,
      persons: persons === null ? null : JSON.stringify(persons),
    },
  )
}
