// The auditor over the bank's edition: what the bank has charged against what front machine and kiosks take for charged.
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { PaymentLife } from '../auditor-payments.ts'
import type { DayBank } from './bank.ts'

const Rows = z.array(
  z.object({
    payment: z.string(),
    state: z.string(),
    terminal: z.string(),
    stan: z.int().nullable(),
    day: z.string(),
    amount: z.int(),
  }),
)

/**
 * The bank is the master of money (domain.md 14.2). `atRest`: nothing waits in the queue of the front machine, so what was to
 * be reversed is.
 */
export const bankFlaws = (of: {
  bank: DayBank
  front: DatabaseSync
  lives: readonly PaymentLife[]
  atRest: boolean
}): string[] => {
  const { bank, lives, atRest } = of
  const sales = Object.values(bank.truth().transactions)
  const rows = Rows.parse(
    of.front
      .prepare('select payment, state, terminal, stan, business_date as day, amount from payments')
      .all(),
  )
  const booked = sales.filter(({ state }) => state === 'booked')
  const charged = booked.reduce((sum, { amount }) => sum + amount, 0)
  const flaws =
    charged === bank.charged()
      ? []
      : [`the accounts are down by ${bank.charged()}, the bank has booked ${charged}`]
  for (const { payment, state, terminal, stan, day } of rows) {
    const at = sales.find(
      (it) => it.terminal === terminal && Number(it.stan) === stan && it.businessDate === day,
    )
    const isBooked = at?.state === 'booked'
    if (state === 'approved' && !isBooked) {
      flaws.push(`payment ${payment} is approved, and the bank has it ${at?.state ?? 'nowhere'}`)
    }
    if (atRest && isBooked && state !== 'approved') {
      flaws.push(`payment ${payment} is ${state}, and the bank has charged it`)
    }
    const life = lives.find((each) => each.payment === payment)
    if (life?.is === 'kept' && state !== 'approved') {
      flaws.push(`payment ${payment} is kept at its kiosk, and ${state} at the front machine`)
    }
    if (atRest && life?.is === 'reversed' && isBooked) {
      flaws.push(`payment ${payment} is reversed at its kiosk, and the bank has charged it`)
    }
  }
  const known = new Set(rows.map(({ terminal, stan, day }) => `${terminal} ${stan} ${day}`))
  for (const { terminal, stan, businessDate } of booked) {
    if (!known.has(`${terminal} ${Number(stan)} ${businessDate}`)) {
      flaws.push(`the bank has charged ${terminal} ${stan}, which the front machine does not know`)
    }
  }
  return flaws
}
