import { describe, expect, it } from 'vitest'
import type { PaymentAtTerminal } from './auditor-terminal.ts'
import { audit, type PaymentAtCentre } from './auditor.ts'
import {
  after,
  closed,
  closing,
  entryOf,
  evidenceOf,
  id,
  opened,
  ordered,
  settled,
  without,
  type Entry,
  type History,
} from './auditor-kit.ts'

// A day of people who pay by bank card, and everything that may be wrong with it, by hand.

const [bought, cancelled, notVended, unpaid, lost] = ['A', 'B', 'C', 'D', 'E'].map((name) =>
  id(`5A7E${name}`),
) as [string, string, string, string, string]
const payment = (number: number) => id(`PAY${number}`)
const boughtOrder = '0000000000000101'
const cancelledOrder = '0000000000000102'
const unpaidOrder = '0000000000000103'
const [red, green, blue] = ['11'.repeat(8), '22'.repeat(8), '33'.repeat(8)] as [
  string,
  string,
  string,
]

const receipt = (number: number) => ({
  kind: 'terminal',
  terminalId: '29001006',
  receiptNumber: number,
  trace: 100 + number,
  at: `112316450${number}`,
})
const asked = (saleId: string, number: number, amount: number): Entry => ({
  type: 'payment.requesting',
  saleId,
  paymentId: payment(number),
  way: 'bank card',
  amount,
})
const of = (saleId: string, number: number) => ({ saleId, paymentId: payment(number) })
const authorised = (saleId: string, number: number, amount: number): Entry[] => [
  asked(saleId, number, amount),
  { type: 'payment.authorised', ...of(saleId, number), evidence: receipt(number) },
]
const kept = (saleId: string, number: number): Entry[] => [
  { type: 'payment.keeping', ...of(saleId, number) },
  { type: 'payment.kept', ...of(saleId, number), evidence: receipt(number) },
]
const told = (saleId: string, ...payments: [number, number, string][]): Entry => ({
  ...closing(saleId),
  payments: payments.map(([number, amount, end]) => ({
    paymentId: payment(number),
    way: 'bank card',
    amount,
    evidence: receipt(number),
    end,
  })),
})
const atCentre = (
  number: number,
  sale: string,
  order: string | null,
  of: Pick<PaymentAtCentre, 'amount' | 'ended' | 'place'>,
): PaymentAtCentre => ({ payment: payment(number), sale, order, ...of })
const atTerminal = (
  number: number,
  amount: number,
  state: PaymentAtTerminal['state'],
): PaymentAtTerminal => {
  const { kind: _, ...named } = receipt(number)
  return { ...named, amount, state }
}
const order = (name: string, sale: string, serial: string, state: string) => ({
  order: name,
  sale,
  serial,
  state,
  tender: 5000,
  energy: 7100,
  count: 8,
  funding: 'payment',
})
const byCard = { tender: 'bank card', amount: 5000, toAccount: 0, energy: 7100 }

/**
 * A buys for 50.00; B pays, cancels, and is not charged; C's 30.00 cannot be reversed after the sale came to nothing, and go
 * to the account; D's payment is reversed by the terminal while the card is written; of E's 20.00 nobody can say.
 */
const day = (): History => ({
  entries: [
    { type: 'kiosk.started', boot: 1, version: '1' },

    opened(bought, red),
    ...authorised(bought, 1, 5000),
    ...ordered(bought, boughtOrder, byCard),
    { type: 'card.writing', saleId: bought, orderNumber: boughtOrder },
    { type: 'card.written', saleId: bought, orderNumber: boughtOrder },
    ...kept(bought, 1),
    told(bought, [1, 5000, 'kept']),
    settled(bought, boughtOrder, 0),
    closed(bought, 'bought', 0),

    opened(cancelled, green),
    asked(cancelled, 9, 7000),
    { type: 'payment.declined', ...of(cancelled, 9), why: 'declined' },
    ...authorised(cancelled, 2, 5000),
    ...ordered(cancelled, cancelledOrder, byCard),
    { type: 'order.returning', saleId: cancelled, orderNumber: cancelledOrder },
    { type: 'order.returned', saleId: cancelled, orderNumber: cancelledOrder },
    { type: 'payment.refusing', ...of(cancelled, 2) },
    { type: 'payment.reversed', ...of(cancelled, 2) },
    told(cancelled, [9, 7000, 'reversed'], [2, 5000, 'reversed']),
    settled(cancelled, cancelledOrder, 0),
    closed(cancelled, 'cancelled', 0),

    opened(notVended, green),
    ...authorised(notVended, 3, 3000),
    { type: 'kiosk.started', boot: 2, version: '1' },
    { type: 'payment.unknown', ...of(notVended, 3), why: 'the kiosk stopped' },
    { type: 'payment.refusing', ...of(notVended, 3) },
    { type: 'payment.kept', ...of(notVended, 3), evidence: receipt(3) },
    told(notVended, [3, 3000, 'kept']),
    settled(notVended, null, 3000),

    opened(unpaid, blue),
    ...authorised(unpaid, 4, 5000),
    ...ordered(unpaid, unpaidOrder, byCard),
    { type: 'card.writing', saleId: unpaid, orderNumber: unpaidOrder },
    { type: 'payment.reversed', ...of(unpaid, 4) },
    { type: 'card.written', saleId: unpaid, orderNumber: unpaidOrder },
    told(unpaid, [4, 5000, 'reversed']),
    settled(unpaid, unpaidOrder, 0),
    closed(unpaid, 'bought', 0),

    opened(lost, green),
    asked(lost, 5, 2000),
    { type: 'payment.unknown', ...of(lost, 5), why: 'silent' },
    { type: 'payment.given-up', ...of(lost, 5), why: 'another terminal' },
    { ...told(lost, [5, 2000, 'unknown']) },
    settled(lost, null, 0),
    closed(lost, 'payment unknown', 0),
  ],
  cashBox: [],
  payments: [
    atTerminal(1, 5000, 'stored'),
    atTerminal(2, 5000, 'reversed'),
    atTerminal(3, 3000, 'stored'),
    atTerminal(4, 5000, 'reversed'),
  ],
  centre: {
    orders: [
      order(boughtOrder, bought, red, 'LOADED'),
      order(cancelledOrder, cancelled, green, 'RETURNED_TO_ACCOUNT'),
      order(unpaidOrder, unpaid, blue, 'METER_CREDITED'),
    ],
    notes: [],
    payments: [
      atCentre(1, bought, boughtOrder, { amount: 5000, ended: 'kept', place: 'order' }),
      atCentre(2, cancelled, cancelledOrder, { amount: 5000, ended: 'reversed', place: 'payer' }),
      atCentre(9, cancelled, null, { amount: 7000, ended: 'reversed', place: 'nowhere' }),
      atCentre(3, notVended, null, { amount: 3000, ended: 'kept', place: 'account' }),
      atCentre(4, unpaid, unpaidOrder, {
        amount: 5000,
        ended: 'reversed',
        place: 'unpaid delivery',
      }),
      atCentre(5, lost, null, { amount: 2000, ended: 'unknown', place: 'nowhere' }),
    ],
    bankPayments: 8000,
    postings: [1, 2, 3, 4].map((posting) => ({ posting, sum: 0 })),
    kioskCash: 0,
    pending: 0,
    suspense: 0,
    claims: [],
    claimsPaid: [],
  },
  cards: [
    { serial: red, order: boughtOrder, count: 8, energy: 7100 },
    { serial: green, order: '0000000000000055', count: 7, energy: 900 },
    { serial: blue, order: unpaidOrder, count: 8, energy: 7100 },
  ],
})

const rowOf = (it: History, number: number) => {
  const found = it.centre.payments?.find((row) => row.payment === payment(number))
  if (found === undefined) throw new Error(`the day has no payment ${number}`)
  return found
}
const chargeOf = (it: History, number: number) => {
  const found = it.payments?.find(({ receiptNumber }) => receiptNumber === number)
  if (found === undefined) throw new Error(`the terminal has no receipt ${number}`)
  return found
}
const orderOf = (it: History, name: string) => {
  const found = it.centre.orders.find((each) => each.order === name)
  if (found === undefined) throw new Error(`the day has no order ${name}`)
  return found
}

describe('the auditor finds nothing wrong with payments', () => {
  it('on a day on which all adds up', () => {
    expect(audit(evidenceOf(day()))).toEqual([])
  })

  it.each<[string, (history: History) => void]>([
    ['when nobody has looked into the terminal', (it) => delete it.payments],
    [
      'when what nobody can say of was charged after all',
      (it) => it.payments?.push(atTerminal(5, 2000, 'stored')),
    ],
    [
      'when what nobody can say of was not charged',
      (it) => it.payments?.push(atTerminal(5, 2000, 'reversed')),
    ],
    [
      'while a closing is on its way',
      (it) => {
        without(it, 'sale.settled', { saleId: bought })
        rowOf(it, 1).ended = 'open'
      },
    ],
    [
      'while the card decides of an order whose payment was reversed',
      (it) => {
        orderOf(it, unpaidOrder).state = 'UNKNOWN'
        rowOf(it, 4).place = 'order'
        without(it, 'card.written', { saleId: unpaid })
        after(
          it,
          'payment.reversed',
          { saleId: unpaid },
          { type: 'card.unknown', saleId: unpaid, orderNumber: unpaidOrder, why: 'pulled' },
        )
        it.centre.pending = 5000
        it.centre.bankPayments = 13_000
      },
    ],
    [
      'when what could not be reversed is in suspense, and claimed',
      (it) => {
        rowOf(it, 3).place = 'suspense'
        Object.assign(entryOf(it, 'sale.settled', { saleId: notVended }), {
          toAccount: 0,
          toSuspense: 3000,
        })
        it.centre.suspense = 3000
        it.centre.claims = [
          {
            claim: 1,
            sale: notVended,
            amount: 3000,
            covered: 0,
            state: 'open',
            bookedBy: 4,
            settledBy: null,
          },
        ]
      },
    ],
    [
      'when an order of a customer without account came back to suspense and then went to the payer',
      (it) => {
        orderOf(it, cancelledOrder).hasAccount = false
        it.centre.suspended = [{ sale: cancelled, amount: 5000 }]
        it.centre.claims = [
          {
            claim: 1,
            sale: cancelled,
            amount: 5000,
            covered: 0,
            state: 'given back',
            bookedBy: 3,
            settledBy: 4,
          },
        ]
        it.centre.claimsPaid = [{ posting: 4, sale: cancelled, amount: 5000 }]
      },
    ],
  ])('%s', (_, happen) => {
    const history = day()
    happen(history)
    expect(audit(evidenceOf(history))).toEqual([])
  })
})

const faults: [what: string, happen: (history: History) => void, named: string][] = [
  // The life of a payment.
  [
    'a payment is kept that nobody had meant to keep',
    (it) => without(it, 'payment.keeping', of(bought, 1)),
    `payment ${payment(1)} was held, and then payment.kept`,
  ],
  [
    'a payment was never asked for',
    (it) => without(it, 'payment.requesting', of(bought, 1)),
    `payment ${payment(1)} was never seen, and then payment.authorised`,
  ],
  [
    'a payment is kept and reversed',
    (it) =>
      after(it, 'payment.kept', of(bought, 1), { type: 'payment.reversed', ...of(bought, 1) }),
    `payment ${payment(1)} was kept, and then payment.reversed`,
  ],
  [
    'a payment is kept a second time',
    (it) => after(it, 'payment.kept', of(bought, 1), ...kept(bought, 1)),
    `payment ${payment(1)} was kept, and then payment.keeping`,
  ],
  [
    'a payment is asked for twice',
    (it) => after(it, 'payment.authorised', of(bought, 1), asked(bought, 1, 5000)),
    `payment ${payment(1)} was held, and then payment.requesting`,
  ],
  [
    'a payment moves to another sale',
    (it) => (entryOf(it, 'payment.kept', of(bought, 1))['saleId'] = lost),
    `payment ${payment(1)} was of sale ${bought} and then of sale ${lost}`,
  ],
  [
    'a card is written while its payment is being undone',
    (it) =>
      after(
        it,
        'payment.refusing',
        of(cancelled, 2),
        { type: 'card.writing', saleId: cancelled, orderNumber: cancelledOrder },
        {
          type: 'card.not-written',
          saleId: cancelled,
          orderNumber: cancelledOrder,
          state: 'UNKNOWN',
        },
      ),
    `sale ${cancelled} writes a card while payment ${payment(2)} is undone`,
  ],
  [
    'an order is asked for with a payment that was declined',
    (it) => without(it, 'payment.authorised', of(unpaid, 4)),
    `sale ${unpaid} orders with a payment that no bank has authorised`,
  ],
  [
    'a closing tells another end than the journal has',
    (it) => without(it, 'payment.given-up', of(lost, 5)),
    `a closing tells that payment ${payment(5)} is unknown, its journal has no end of it`,
  ],
  [
    'a closing tells of a payment that the journal does not have',
    (it) => it.entries.push(told(lost, [7, 100, 'kept'])),
    `a closing tells that payment ${payment(7)} is kept, its journal has no end of it`,
  ],
  [
    'a kiosk starts without a word on a payment',
    (it) => without(it, 'payment.unknown', of(notVended, 3)),
    `the kiosk started, and went on without a word on payment ${payment(3)}`,
  ],

  // The terminal.
  [
    'a kept payment is not charged',
    (it) => (chargeOf(it, 1).state = 'reversed'),
    `payment ${payment(1)} is kept, and the terminal has it reversed`,
  ],
  [
    'a kept payment is still to be reversed',
    (it) => (chargeOf(it, 1).state = 'reversal pending'),
    `payment ${payment(1)} is kept, and the terminal has it reversal pending`,
  ],
  [
    'a reversed payment is charged',
    (it) => (chargeOf(it, 2).state = 'stored'),
    `payment ${payment(2)} is reversed, and the terminal has charged it`,
  ],
  [
    'a payment is charged with another sum',
    (it) => (chargeOf(it, 1).amount = 5001),
    `payment ${payment(1)} is kept, and the terminal has no such payment`,
  ],
  [
    'a charge is of nobody',
    (it) => it.payments?.push(atTerminal(6, 1500, 'stored')),
    'terminal 29001006 has charged 1500 (receipt 6), and the journal has no payment for it',
  ],
  [
    'a payment that nobody can say of is charged twice',
    (it) => it.payments?.push(atTerminal(6, 2000, 'stored'), atTerminal(7, 2000, 'stored')),
    'terminal 29001006 has charged 2000 (receipt 7), and the journal has no payment for it',
  ],
  [
    'a declined payment is charged',
    (it) => it.payments?.push(atTerminal(8, 7000, 'stored')),
    'terminal 29001006 has charged 7000 (receipt 8), and the journal has no payment for it',
  ],
  [
    'one receipt is taken for two payments',
    (it) => Object.assign(entryOf(it, 'payment.kept', of(notVended, 3)), { evidence: receipt(1) }),
    `payment ${payment(3)} has the receipt of another payment`,
  ],

  // The centre against the kiosk.
  [
    'a payment is booked that no kiosk asked for',
    (it) =>
      it.centre.payments?.push(
        atCentre(8, lost, null, { amount: 100, ended: 'kept', place: 'account' }),
      ),
    `payment ${payment(8)} is booked, and no kiosk asked for it`,
  ],
  [
    'a payment is booked as more',
    (it) => (rowOf(it, 3).amount = 3001),
    `payment ${payment(3)} is for 3000 and booked as 3001`,
  ],
  [
    'a payment is booked for another sale',
    (it) => (rowOf(it, 3).sale = lost),
    `payment ${payment(3)} is of sale ${notVended} and booked for ${lost}`,
  ],
  [
    'a closing that told of a payment was answered, and the centre has nothing of it',
    (it) => (it.centre.payments = it.centre.payments?.filter((row) => row !== rowOf(it, 3)) ?? []),
    `payment ${payment(3)} is kept at its kiosk, the centre has it nowhere`,
  ],
  [
    'a payment is reversed at its kiosk and kept at the centre',
    (it) => Object.assign(rowOf(it, 9), { ended: 'kept', place: 'account' }),
    `payment ${payment(9)} is kept at the centre, and reversed at its kiosk`,
  ],
  [
    'what nobody can say of is kept at the centre',
    (it) => Object.assign(rowOf(it, 5), { ended: 'kept', place: 'account' }),
    `payment ${payment(5)} is kept at the centre, and given up at its kiosk`,
  ],
  [
    'a kept payment is told of in no closing',
    (it) => (entryOf(it, 'sale.closing', { saleId: bought })['payments'] = []),
    `sale ${bought} is over, and no closing tells that payment ${payment(1)} was kept`,
  ],
  [
    'a sale is settled with a payment that was not booked',
    (it) => (entryOf(it, 'sale.settled', { saleId: notVended })['toAccount'] = 6000),
    `sale ${notVended} was settled with 6000 to account, the centre booked 3000`,
  ],
  [
    'a payment went to the account, and its kiosk was told otherwise',
    (it) => (entryOf(it, 'sale.settled', { saleId: notVended })['toAccount'] = 0),
    `sale ${notVended} was settled with 0 to account, the centre booked 3000`,
  ],

  // The books of the centre.
  [
    'a payment is booked twice',
    (it) => it.centre.payments?.push({ ...rowOf(it, 3) }),
    `payment ${payment(3)} is booked twice`,
  ],
  [
    'a payment has paid for two orders, or two for one',
    (it) => (rowOf(it, 3).order = boughtOrder),
    `order ${boughtOrder} is paid by two payments`,
  ],
  [
    'an order by payment has none',
    (it) => (rowOf(it, 1).order = null),
    `order ${boughtOrder} is paid by a payment, and has none`,
  ],
  [
    'an order costs another sum than its payment',
    (it) => (orderOf(it, boughtOrder).tender = 5001),
    `order ${boughtOrder} costs 5001, its payment is 5000`,
  ],
  [
    'a payment has paid for an order of the account',
    (it) => (orderOf(it, boughtOrder).funding = 'account'),
    `payment ${payment(1)} has paid for order ${boughtOrder}, which was not paid by a payment`,
  ],
  [
    'a kept payment is in no place',
    (it) => (rowOf(it, 3).place = 'nowhere'),
    `payment ${payment(3)} is kept, and its money is in no place`,
  ],
  [
    'a reversed payment is in the account',
    (it) => (rowOf(it, 9).place = 'account'),
    `payment ${payment(9)} was reversed, yet its money is in account`,
  ],
  [
    'an order that came back is in the account, and its payment with the payer',
    (it) => (rowOf(it, 2).place = 'order'),
    `payment ${payment(2)} was reversed and order ${cancelledOrder} is RETURNED_TO_ACCOUNT, yet it counts as paid`,
  ],
  [
    'vended unpaid is booked as paid',
    (it) => (rowOf(it, 4).place = 'order'),
    `payment ${payment(4)} was reversed and order ${unpaidOrder} is METER_CREDITED, yet it counts as paid`,
  ],
  [
    'a payment is back with the payer, and its order open',
    (it) => (orderOf(it, cancelledOrder).state = 'UNKNOWN'),
    `payment ${payment(2)} is back with the payer, yet order ${cancelledOrder} is UNKNOWN`,
  ],
  [
    'an unpaid delivery was taken back, and is a loss all the same',
    (it) => (orderOf(it, unpaidOrder).state = 'UNDONE'),
    `payment ${payment(4)} is an unpaid delivery, yet order ${unpaidOrder} is UNDONE`,
  ],
  [
    'what banks owe is off',
    (it) => (it.centre.bankPayments = 8001),
    'the centre has 8000 in payments and 8001 in the account bank payments',
  ],
]

describe('the auditor finds by name that', () => {
  it.each(faults)('%s', (_, happen, named) => {
    const history = day()
    happen(history)
    expect(audit(evidenceOf(history))).toContain(named)
  })

  it('any line about a payment is missing', () => {
    const { entries } = day()
    for (const entry of entries) {
      if (!entry.type.startsWith('payment.')) continue
      // Before an unknown outcome much may go unsaid, and a terminal may undo a payment by itself.
      if (entry['paymentId'] === payment(3) && entry.type !== 'payment.kept') continue
      if (entry['paymentId'] === payment(5) && entry.type === 'payment.unknown') continue
      if (entry['paymentId'] === payment(2) && entry.type === 'payment.refusing') continue
      const history = day()
      without(history, entry.type, { paymentId: entry['paymentId'] })
      expect([entry, audit(evidenceOf(history))]).not.toEqual([entry, []])
    }
  })
})
