import { describe, expect, it } from 'vitest'
import { SaleId } from '../domain/identifiers.ts'
import { referenceOf } from '../domain/reference.ts'
import { audit } from './auditor.ts'
import {
  after,
  chained,
  closed,
  closing,
  entryOf,
  evidenceOf,
  id,
  insertion,
  opened,
  ordered,
  request,
  settled,
  stacked,
  stacking,
  without,
  type Entry,
  type History,
} from './auditor-kit.ts'

// The auditor judges every other test, so what it knows is written here once more, by hand.

const [bought, cancelled, byAccount, torn, lost] = ['A', 'B', 'C', 'D', 'E'].map((name) =>
  id(`5A7E${name}`),
) as [string, string, string, string, string]
const note = (number: number) => id(`N${number}`)
const firstOrder = '0000000000000101'
const accountOrder = '0000000000000102'
const tornOrder = '0000000000000103'
const [red, green, blue] = ['11'.repeat(8), '22'.repeat(8), '33'.repeat(8)] as [
  string,
  string,
  string,
]

/**
 * One day at one kiosk, with nothing wrong. A buys for 50.00 with three notes of 20.00 and gets a fourth back; B puts in
 * 10.00 and cancels; C buys from the account; D pulls the card, the kiosk stops, and the order goes back to the account;
 * of E one note of 50.00 is lost sight of, and the acceptor took another that it cannot name.
 */
const day = (): History => ({
  entries: [
    { type: 'kiosk.started', boot: 1, version: '1' },

    opened(bought, red),
    ...[1, 2, 3].flatMap((number) => stacked(bought, note(number), 2000)),
    ...stacking(bought, note(4), 2000),
    { type: 'note.returned', saleId: bought, noteId: note(4), value: 2000 },
    ...ordered(bought, firstOrder, { tender: 'cash', amount: 5000, toAccount: 1000, energy: 7100 }),
    { type: 'card.writing', saleId: bought, orderNumber: firstOrder },
    { type: 'card.written', saleId: bought, orderNumber: firstOrder },
    closing(bought, [note(1), 2000], [note(2), 2000], [note(3), 2000]),
    closed(bought, 'bought', 6000),
    settled(bought, firstOrder, 0),

    opened(cancelled, green),
    ...stacked(cancelled, note(5), 1000),
    closing(cancelled, [note(5), 1000]),
    settled(cancelled, null, 1000),
    closed(cancelled, 'deposited', 1000),

    opened(byAccount, green),
    ...ordered(byAccount, accountOrder, {
      tender: 'account',
      amount: 3000,
      toAccount: 0,
      energy: 4200,
    }),
    { type: 'card.writing', saleId: byAccount, orderNumber: accountOrder },
    { type: 'card.written', saleId: byAccount, orderNumber: accountOrder },
    closing(byAccount),
    settled(byAccount, accountOrder, 0),
    closed(byAccount, 'bought', 0),

    opened(torn, blue),
    ...stacked(torn, note(6), 2000),
    ...ordered(torn, tornOrder, { tender: 'cash', amount: 2000, toAccount: 0, energy: 2900 }),
    { type: 'card.writing', saleId: torn, orderNumber: tornOrder },
    { type: 'kiosk.started', boot: 2, version: '1' },
    { type: 'card.unknown', saleId: torn, orderNumber: tornOrder, why: 'the kiosk stopped' },
    closing(torn, [note(6), 2000]),
    settled(torn, tornOrder, 0),

    opened(lost, green),
    ...stacking(lost, note(7), 5000),
    { type: 'note.unknown', saleId: lost, noteId: note(7), value: 5000, why: 'silent' },
    { type: 'note.unexpected', saleId: lost, noteId: note(8), value: null },
    closing(lost),
    settled(lost, null, 0),
    closed(lost, 'note unaccounted for', 0),
  ],
  // Four of 20.00, one of 10.00, and one that nobody could name.
  cashBox: [
    { value: 500, count: 1 },
    { value: 1000, count: 1 },
    { value: 2000, count: 4 },
  ],
  centre: {
    orders: [
      {
        order: firstOrder,
        sale: bought,
        serial: red,
        state: 'LOADED',
        tender: 5000,
        energy: 7100,
        count: 8,
        funding: 'cash',
      },
      {
        order: accountOrder,
        sale: byAccount,
        serial: green,
        state: 'METER_CREDITED',
        tender: 3000,
        energy: 4200,
        count: 3,
        funding: 'account',
      },
      {
        order: tornOrder,
        sale: torn,
        serial: blue,
        state: 'RETURNED_TO_ACCOUNT',
        tender: 2000,
        energy: 2900,
        count: 5,
        funding: 'cash',
      },
    ],
    notes: [
      { note: note(1), sale: bought, value: 2000, place: 'order' },
      { note: note(2), sale: bought, value: 2000, place: 'order' },
      { note: note(3), sale: bought, value: 2000, place: 'order' },
      { note: note(5), sale: cancelled, value: 1000, place: 'account' },
      { note: note(6), sale: torn, value: 2000, place: 'order' },
    ],
    postings: [1, 2, 3, 4, 5, 6, 7].map((posting) => ({ posting, sum: 0 })),
    kioskCash: 9000,
    pending: 0,
    suspense: 0,
    claims: [],
    claimsPaid: [],
  },
  cards: [
    { serial: red, order: firstOrder, count: 8, energy: 7100 },
    { serial: green, order: accountOrder, count: 3, energy: 4200 },
    { serial: blue, order: '0000000000000055', count: 4, energy: 900 },
  ],
})

const boxed = (history: History, value: number, more: number): void => {
  history.cashBox = [...history.cashBox, { value, count: more }]
}
const orderOf = (history: History, order: string) => {
  const found = history.centre.orders.find((each) => each.order === order)
  if (found === undefined) throw new Error(`the day has no order ${order}`)
  return found
}
const cardOf = (history: History, serial: string) => {
  const found = history.cards.find((each) => each.serial === serial)
  if (found === undefined) throw new Error(`the day has no card ${serial}`)
  return found
}
const noteOf = (history: History, which: string) => {
  const found = history.centre.notes.find((each) => each.note === which)
  if (found === undefined) throw new Error(`the day has no note ${which}`)
  return found
}

/** A's purchase, undone in its own session: the card carries what it did before. */
const takenBack = (it: History): void => {
  const written = it.entries.indexOf(entryOf(it, 'card.written', { saleId: bought }))
  it.entries.splice(
    written + 1,
    0,
    { type: 'card.undoing', saleId: bought, orderNumber: firstOrder, requestId: request },
    { type: 'card.undone', saleId: bought, orderNumber: firstOrder },
  )
  orderOf(it, firstOrder).state = 'UNDONE'
  Object.assign(cardOf(it, red), { order: '0000000000000077', count: 7, energy: 500 })
}

/** The box is exchanged between two sales: three notes of 20.00 and one of 10.00 leave with it. */
const exchanged = (it: History): void => {
  const exchangeId = id('E1')
  const [person, counted] = ['4711', [{ value: 2000, count: 3 }]]
  const expected = [{ value: 1000, count: 1 }, ...counted]
  const stock = { period: 1, expected, unknownValue: 0, accuracy: 'accurate', open: [], faults: [] }
  after(
    it,
    'session.closed',
    { saleId: cancelled },
    { type: 'box.exchanging', exchangeId, visitId: id('V1'), person, ...stock },
    { type: 'box.counted', exchangeId, person, notes: counted },
    { type: 'box.removed', exchangeId, box: '412', seal: '1', open: [] },
    { type: 'box.exchanged', exchangeId, person, witness: '2002', box: '413', seal: '2' },
  )
  it.cashBox = [
    { value: 500, count: 1 },
    { value: 2000, count: 1 },
  ]
  it.boxesGone = [expected]
  it.centre.kioskCash = 2000
  it.centre.boxesMoved = 7000
}

describe('the auditor finds nothing', () => {
  it('in a day on which the cash box was exchanged between two sales', () => {
    const it = day()
    exchanged(it)
    expect(audit(evidenceOf(it))).toEqual([])
  })

  it('in a day on which all adds up', () => {
    expect(audit(evidenceOf(day()))).toEqual([])
  })

  it.each<[string, (history: History) => void]>([
    ['when the note that was lost sight of is in the box', (it) => boxed(it, 5000, 1)],
    [
      'when the note without a name is of a value that is in the box already',
      (it) => {
        it.cashBox = [
          { value: 1000, count: 2 },
          { value: 2000, count: 4 },
        ]
      },
    ],
    [
      'while a closing is on its way, whether it has arrived or not',
      (it) => {
        without(it, 'sale.settled', { saleId: cancelled })
      },
    ],
    [
      'while an order is open and its money pending',
      (it) => {
        orderOf(it, tornOrder).state = 'UNKNOWN'
        it.centre.pending = 2000
        Object.assign(cardOf(it, blue), { order: tornOrder, count: 5, energy: 2900 })
      },
    ],
    ['when a load was taken back', takenBack],
    [
      'while nobody knows whether a load was taken back, and the card does not carry it any more',
      (it) => {
        takenBack(it)
        Object.assign(entryOf(it, 'card.undone'), { type: 'card.undo-unknown', why: 'no answer' })
        Object.assign(orderOf(it, firstOrder), { state: 'LOADED', undoOpen: true })
      },
    ],
    [
      'when a closing that was never answered is followed by one with a late note',
      (it) => {
        it.entries.push(
          { type: 'note.stacked', saleId: lost, noteId: note(7), value: 5000 },
          closing(lost, [note(7), 5000]),
          closing(lost, [note(7), 5000]),
          settled(lost, null, 0),
        )
        boxed(it, 5000, 1)
        it.centre.notes.push({ note: note(7), sale: lost, value: 5000, place: 'account' })
        it.centre.kioskCash += 5000
      },
    ],
    [
      'in an empty journal',
      (it) => {
        Object.assign(it, { entries: [], cashBox: [], cards: [] })
        it.centre = {
          orders: [],
          notes: [],
          postings: [],
          kioskCash: 0,
          pending: 0,
          suspense: 0,
          claims: [],
          claimsPaid: [],
        }
      },
    ],
  ])('%s', (_, happen) => {
    const history = day()
    happen(history)
    expect(audit(evidenceOf(history))).toEqual([])
  })
})

/** What went wrong, made by hand, and how the auditor names it. */
const faults: [what: string, happen: (history: History) => void, named: string][] = [
  // P2: every note in exactly one place, and the box as the journal says.
  [
    'a note is missing from the box',
    (it) => boxed(it, 2000, -1),
    'the cash box holds 3 notes of 2000, the journal says 4',
  ],
  [
    'a note too many is in the box',
    (it) => boxed(it, 5000, 3),
    'the cash box holds 3 notes of 5000, the journal says 0 to 1',
  ],
  [
    'a note was changed for one of another value',
    (it) => {
      boxed(it, 2000, -1)
      boxed(it, 1000, 1)
    },
    'the cash box holds 3 notes of 2000, the journal says 4',
  ],
  [
    'the note without a name is not there',
    (it) => boxed(it, 500, -1),
    'the cash box holds 5 notes, the journal says 6',
  ],
  [
    'a note went in that nobody had meant to take',
    (it) => without(it, 'note.stacking', { noteId: note(5) }),
    `note ${note(5)} was escrowed, and then note.stacked`,
  ],
  [
    'a note is stacked twice',
    (it) =>
      after(
        it,
        'note.stacked',
        { noteId: note(5) },
        entryOf(it, 'note.stacked', { noteId: note(5) }),
      ),
    `note ${note(5)} was in the box, and then note.stacked`,
  ],
  [
    'a note is stacked and given back',
    (it) =>
      after(
        it,
        'note.stacked',
        { noteId: note(5) },
        { type: 'note.returned', saleId: cancelled, noteId: note(5), value: 1000 },
      ),
    `note ${note(5)} was in the box, and then note.returned`,
  ],
  [
    'a note grows on its way',
    (it) => (entryOf(it, 'note.stacked', { noteId: note(5) })['value'] = 2000),
    `note ${note(5)} was worth 1000 and then 2000`,
  ],
  [
    'a note moves to another sale',
    (it) => (entryOf(it, 'note.stacked', { noteId: note(5) })['saleId'] = lost),
    `note ${note(5)} was of sale ${cancelled} and then of sale ${lost}`,
  ],
  [
    'a note is booked twice',
    (it) => it.centre.notes.push(noteOf(it, note(5))),
    `note ${note(5)} is booked twice`,
  ],
  [
    'a note is booked that was never put in',
    (it) => it.centre.notes.push({ note: note(9), sale: lost, value: 1000, place: 'account' }),
    `note ${note(9)} is booked but the journal does not have it in the box`,
  ],
  [
    'a note is booked that went back',
    (it) => it.centre.notes.push({ note: note(4), sale: bought, value: 2000, place: 'order' }),
    `note ${note(4)} is booked but the journal does not have it in the box`,
  ],
  [
    'a note is unknown, and booked all the same',
    (it) => it.centre.notes.push({ note: note(7), sale: lost, value: 5000, place: 'account' }),
    `note ${note(7)} is booked but the journal does not have it in the box`,
  ],
  [
    'a note without a name is booked',
    (it) => it.centre.notes.push({ note: note(8), sale: lost, value: 500, place: 'account' }),
    `note ${note(8)} is booked but the journal does not have it in the box`,
  ],
  [
    'a note is booked as worth more',
    (it) => (noteOf(it, note(5)).value = 2000),
    `note ${note(5)} is worth 1000 and booked as 2000`,
  ],
  [
    'a note is booked for another sale',
    (it) => (noteOf(it, note(5)).sale = lost),
    `note ${note(5)} is of sale ${cancelled} and booked for ${lost}`,
  ],

  // P5: the money of each sale.
  [
    'a note of a settled sale is not booked',
    (it) => (it.centre.notes = it.centre.notes.filter((each) => each.note !== note(5))),
    `sale ${cancelled} took 1000 in notes, the centre booked 0`,
  ],
  [
    'a sale is settled with another sum',
    (it) => (entryOf(it, 'sale.settled', { saleId: cancelled })['toAccount'] = 500),
    `sale ${cancelled} was settled with 500 to account, the centre booked 1000`,
  ],
  [
    'a sale is settled with more than was booked',
    (it) => (entryOf(it, 'sale.settled', { saleId: bought })['toSuspense'] = 500),
    `sale ${bought} was settled with 500 to suspense, the centre booked 0`,
  ],
  [
    'a sale ends with cash that it never took',
    (it) => (entryOf(it, 'session.closed', { saleId: cancelled })['cash'] = 2000),
    `sale ${cancelled} ended with 2000, its notes are 1000`,
  ],
  [
    'a sale with notes is forgotten',
    (it) => {
      without(it, 'sale.closing', { saleId: cancelled })
      without(it, 'sale.settled', { saleId: cancelled })
    },
    `sale ${cancelled} is over with 1000 in notes, and nobody asks the centre to close it`,
  ],
  [
    'a late note of a settled sale is forgotten',
    (it) => {
      it.entries.push({ type: 'note.stacked', saleId: lost, noteId: note(7), value: 5000 })
      boxed(it, 5000, 1)
    },
    `sale ${lost} took 5000 in notes, the centre booked 0`,
  ],
  [
    'a posting is off by one',
    (it) => ((it.centre.postings[3] ?? { sum: 0 }).sum = 1),
    'posting 4 is off by 1',
  ],
  [
    'kiosk cash is off',
    (it) => (it.centre.kioskCash += 1),
    'the centre has 9000 in notes and 9001 in the account kiosk cash',
  ],
  [
    'pending is off',
    (it) => (it.centre.pending = 1),
    'open orders are 0, pending orders in the books 1',
  ],
  [
    'an open order is not pending',
    (it) => (orderOf(it, tornOrder).state = 'NOT_LOADED_RETRY'),
    'open orders are 2000, pending orders in the books 0',
  ],
  [
    'suspense is off',
    (it) => (it.centre.suspense = 1000),
    'open claims are 0, the account suspense has 1000',
  ],

  // P3: one payment, one order, one delivery.
  [
    'an order costs more than its notes',
    (it) => (orderOf(it, firstOrder).tender = 7000),
    `order ${firstOrder} costs 7000, its notes are 6000`,
  ],
  [
    'an order is reserved for another sum',
    (it) => (entryOf(it, 'order.reserved', { saleId: bought })['amount'] = 6000),
    `order ${firstOrder} was reserved for 6000 and 7100, the centre has 5000 and 7100`,
  ],
  [
    'an order is paid from the account, and has notes in it',
    (it) => (orderOf(it, firstOrder).funding = 'account'),
    `order ${firstOrder} is paid from account, yet 6000 in notes is in it`,
  ],
  [
    'a note is in an order that does not exist',
    (it) => (noteOf(it, note(5)).place = 'order'),
    `note ${note(5)} is in an order, and sale ${cancelled} has none`,
  ],
  [
    'a sale has two orders',
    (it) =>
      it.centre.orders.push({
        ...orderOf(it, firstOrder),
        order: '0000000000000109',
        state: 'EXPIRED',
      }),
    `sale ${bought} has two orders`,
  ],
  [
    'two orders are delivered under one count',
    (it) =>
      it.centre.orders.push({
        ...orderOf(it, accountOrder),
        order: '0000000000000109',
        sale: id('X'),
      }),
    `two orders are delivered as count 3 of card ${green}`,
  ],
  [
    'money went back and its energy is on the card',
    (it) => Object.assign(cardOf(it, blue), { order: tornOrder, count: 5, energy: 2900 }),
    `order ${tornOrder} is RETURNED_TO_ACCOUNT, yet its energy is on card ${blue}`,
  ],
  [
    'a load was taken back, and its energy is still on the card',
    (it) => {
      takenBack(it)
      Object.assign(cardOf(it, red), { order: firstOrder, count: 8, energy: 7100 })
    },
    `order ${firstOrder} is UNDONE, yet its energy is on card ${red}`,
  ],
  [
    'a load was taken back, and the centre kept the money',
    (it) => {
      takenBack(it)
      orderOf(it, firstOrder).state = 'LOADED'
    },
    `order ${firstOrder} was taken back, yet the centre has it LOADED`,
  ],
  [
    'a load was not taken back, and the money went back all the same',
    (it) => {
      takenBack(it)
      Object.assign(entryOf(it, 'card.undone'), { type: 'card.not-undone', why: 'too late' })
    },
    `order ${firstOrder} was not taken back, yet the centre has it UNDONE`,
  ],
  [
    'a load went back that no kiosk began to take back',
    (it) => {
      takenBack(it)
      it.entries = it.entries.filter(({ type }) => !type.startsWith('card.und'))
    },
    `order ${firstOrder} was proven on the card, yet the centre has it UNDONE`,
  ],
  [
    'an undo is known to be open, and the card carries a third thing at its count',
    (it) => {
      takenBack(it)
      Object.assign(entryOf(it, 'card.undone'), { type: 'card.undo-unknown', why: 'no answer' })
      Object.assign(orderOf(it, firstOrder), { state: 'LOADED', undoOpen: true })
      Object.assign(cardOf(it, red), { count: 8 })
    },
    `order ${firstOrder} is LOADED, yet card ${red} carries order 0000000000000077`,
  ],
  [
    'an order is loaded, and its card is at a lower count',
    (it) => Object.assign(cardOf(it, red), { order: '0000000000000077', count: 7 }),
    `order ${firstOrder} is LOADED, yet card ${red} is at count 7`,
  ],
  [
    'an order is loaded, and its card carries another',
    (it) => (cardOf(it, red).order = '0000000000000077'),
    `order ${firstOrder} is LOADED, yet card ${red} carries order 0000000000000077`,
  ],
  [
    'a card carries other energy than was paid for',
    (it) => (cardOf(it, red).energy = 7101),
    `order ${firstOrder} is for 7100, the card carries 7101`,
  ],
  [
    'a card carries an order under another count',
    (it) => (cardOf(it, red).count = 9),
    `order ${firstOrder} has count 8, card ${red} carries it as 9`,
  ],
  [
    'a card is written for an order the centre does not know',
    (it) => (entryOf(it, 'card.writing', { saleId: bought })['orderNumber'] = '0000000000000999'),
    'a card was written for order 0000000000000999, which the centre does not know',
  ],
  [
    'an order is proven on the card, and its money went back',
    (it) =>
      after(it, 'card.unknown', {}, { type: 'card.written', saleId: torn, orderNumber: tornOrder }),
    `order ${tornOrder} was proven on the card, yet the centre has it RETURNED_TO_ACCOUNT`,
  ],
  [
    'a card is written without a word of the intent',
    (it) => without(it, 'card.writing', { saleId: bought }),
    `card.written stands for order ${firstOrder}, and no intent before it`,
  ],
  [
    'an order goes back at the kiosk and not at the centre',
    (it) =>
      after(
        it,
        'card.written',
        { saleId: bought },
        { type: 'order.returned', saleId: bought, orderNumber: firstOrder },
      ),
    `order ${firstOrder} went back, yet the centre has it LOADED`,
  ],

  // P4: a start says what is not certain.
  [
    'a kiosk starts without a word on a card it was writing',
    (it) => without(it, 'card.unknown'),
    `the kiosk started, and went on without a word on the writing of order ${tornOrder}`,
  ],
  [
    'a kiosk starts without a word on an order it had asked for',
    (it) => without(it, 'order.reserved', { saleId: torn }),
    `the kiosk started, and went on without a word on the order of sale ${torn}`,
  ],
  [
    'a kiosk sells again before it knows of a note',
    (it) =>
      after(
        it,
        'note.unknown',
        {},
        ...stacking(lost, note(10), 1000),
        { type: 'kiosk.started', boot: 3, version: '1' },
        opened(byAccount, green),
      ),
    `the kiosk started, and went on without a word on note ${note(10)}`,
  ],
]

describe('the auditor finds by name that', () => {
  it.each(faults)('%s', (_, happen, named) => {
    const history = day()
    happen(history)
    expect(audit(evidenceOf(history))).toContain(named)
  })
})

describe('P6: the auditor sees that of the journal', () => {
  const line = (lines: string[], number: number): string => lines[number - 1] ?? ''
  it.each<[string, (lines: string[]) => string[], string]>([
    ['a line was removed', (lines) => lines.toSpliced(4, 1), 'journal line 5 has sequence 6'],
    ['the first line was removed', (lines) => lines.slice(1), 'journal line 1 has sequence 2'],
    [
      'a line was changed',
      (lines) => lines.with(4, line(lines, 5).replace('2000', '1000')),
      'journal line 5 was changed',
    ],
    [
      'a line was changed and hashed again',
      (lines) => lines.with(4, chained([JSON.parse(line(lines, 5)).entry])[0] ?? ''),
      'journal line 5 has sequence 1',
    ],
    [
      'two lines changed places',
      (lines) => lines.with(4, line(lines, 6)).with(5, line(lines, 5)),
      'journal line 5 has sequence 6',
    ],
    [
      'a line is there twice',
      (lines) => lines.toSpliced(4, 0, line(lines, 5)),
      'journal line 6 has sequence 5',
    ],
    [
      'a line was cut in the middle',
      (lines) => lines.with(4, line(lines, 5).slice(0, 90)),
      'journal line 5 cannot be read',
    ],
    [
      'a line says something that no kiosk says',
      (lines) => lines.with(4, line(lines, 5).replace('note.', 'coin.')),
      'journal line 5 cannot be read',
    ],
    [
      'another journal was put in its place',
      () => chained([{ type: 'kiosk.started', boot: 9, version: '1' }]),
      `note ${note(1)} is booked but the journal does not have it in the box`,
    ],
    [
      'its end was cut off',
      (lines) => lines.slice(0, 25),
      `note ${note(6)} is booked but the journal does not have it in the box`,
    ],
  ])('%s', (_, change, named) => {
    const { journal, ...rest } = evidenceOf(day())
    expect(audit({ journal: change(journal), ...rest })).toContain(named)
  })

  it('every single line matters', () => {
    const { journal, ...rest } = evidenceOf(day())
    for (const at of journal.keys()) {
      if (at === journal.length - 1) continue
      expect(audit({ journal: journal.toSpliced(at, 1), ...rest })).not.toEqual([])
    }
  })

  it('every single digit of a line matters', () => {
    const { journal, ...rest } = evidenceOf(day())
    const [first = '', ...others] = journal
    for (const [at, digit] of first.split('').entries()) {
      if (!/[0-9a-f]/.test(digit)) continue
      const changed = `${first.slice(0, at)}${digit === '1' ? '2' : '1'}${first.slice(at + 1)}`
      expect(audit({ journal: [changed, ...others], ...rest })).not.toEqual([])
    }
  })
})

describe('claims', () => {
  const kept = id('5A7EF')
  const visit = id('5A7EG')
  const reference = referenceOf(SaleId.parse(kept)).number.replaceAll(' ', '')
  const redeemed: Entry = {
    type: 'claim.redeemed',
    saleId: visit,
    requestId: request,
    reference,
    amount: 1000,
  }
  const claim = {
    claim: 1,
    sale: kept,
    amount: 1000,
    covered: 0,
    state: 'redeemed',
    bookedBy: 8,
    settledBy: 9,
  }
  /** The same day, and a note of 10.00 that no account is known for; its slip is redeemed by another visitor. */
  const dayWithClaim = (): History => {
    const history = day()
    history.entries.push(
      opened(kept, green),
      ...stacked(kept, note(9), 1000),
      closing(kept, [note(9), 1000]),
      { ...settled(kept, null, 0), toSuspense: 1000 },
      { type: 'claim.made', saleId: kept, amount: 1000, text: 'WPC1' },
      closed(kept, 'kept', 1000),
      opened(visit, red),
      {
        type: 'claim.redeeming',
        saleId: visit,
        insertionId: insertion,
        requestId: request,
        reference,
      },
      redeemed,
      closed(visit, 'redeemed', 0),
    )
    boxed(history, 1000, 1)
    const { centre } = history
    centre.notes.push({ note: note(9), sale: kept, value: 1000, place: 'suspense' })
    centre.postings.push({ posting: 8, sum: 0 }, { posting: 9, sum: 0 })
    centre.kioskCash += 1000
    centre.claims = [{ ...claim }]
    centre.claimsPaid = [{ posting: 9, sale: kept, amount: 1000 }]
    return history
  }
  const theClaim = (history: History) => {
    const [found] = history.centre.claims
    if (found === undefined) throw new Error('the day has no claim')
    return found
  }

  it.each<[string, (history: History) => void]>([
    ['that is redeemed', () => undefined],
    [
      'that is open',
      (it) => {
        Object.assign(theClaim(it), { state: 'open', settledBy: null })
        it.entries = it.entries.filter(({ type }) => type !== 'claim.redeemed')
        it.centre.claimsPaid = []
        it.centre.suspense = 1000
      },
    ],
    [
      'that the office paid ahead, and its note has come in since',
      (it) => {
        Object.assign(theClaim(it), { state: 'paid', bookedBy: null, covered: 1000 })
        it.entries = it.entries.filter(({ type }) => type !== 'claim.redeemed')
      },
    ],
    [
      'that the office paid ahead, more than has come in',
      (it) => {
        Object.assign(theClaim(it), {
          state: 'paid ahead',
          bookedBy: null,
          amount: 3000,
          covered: 1000,
        })
        it.entries = it.entries.filter(({ type }) => type !== 'claim.redeemed')
        it.centre.claimsPaid = [{ posting: 9, sale: kept, amount: 3000 }]
        it.centre.suspense = -2000
      },
    ],
    ['whose answer came twice', (it) => after(it, 'claim.redeemed', {}, redeemed)],
  ])('one %s is in order', (_, happen) => {
    const history = dayWithClaim()
    happen(history)
    expect(audit(evidenceOf(history))).toEqual([])
  })

  it.each<[string, (history: History) => void, string]>([
    [
      'a claim is paid twice',
      (it) => it.centre.claimsPaid.push({ posting: 10, sale: kept, amount: 1000 }),
      `claims of sale ${kept} for 1000 are settled, 2000 was paid`,
    ],
    [
      'a claim is redeemed at two kiosks',
      (it) => after(it, 'claim.redeemed', {}, { ...redeemed, requestId: id('R2') }),
      `slip ${reference} was redeemed for 2000, the centre has paid 1000 for it`,
    ],
    [
      'a claim is of more than its notes',
      (it) => {
        theClaim(it).amount = 2000
        it.centre.claimsPaid = [{ posting: 9, sale: kept, amount: 2000 }]
      },
      `sale ${kept} has 1000 in suspense, and claims for 2000`,
    ],
    [
      'a note is in suspense and nobody can claim it',
      (it) => {
        it.centre.claims = []
        it.centre.claimsPaid = []
        it.centre.suspense = 1000
      },
      `sale ${kept} has 1000 in suspense, and claims for 0`,
    ],
    [
      'a claim is open although it was paid',
      (it) => (theClaim(it).state = 'open'),
      'claim 1 is open, and its payment says otherwise',
    ],
    [
      'a claim is redeemed and nothing was paid',
      (it) => {
        theClaim(it).settledBy = null
        it.centre.claimsPaid = []
      },
      'claim 1 is redeemed, and its payment says otherwise',
    ],
    [
      'something was taken out of suspense without a claim',
      (it) => (it.centre.claims = []),
      `claims of sale ${kept} for 0 are settled, 1000 was paid`,
    ],
    [
      'suspense is off by a claim',
      (it) => (it.centre.suspense = 1000),
      'open claims are 0, the account suspense has 1000',
    ],
  ])('%s', (_, happen, named) => {
    const history = dayWithClaim()
    happen(history)
    expect(audit(evidenceOf(history))).toContain(named)
  })
})

describe('of a cash box that was exchanged the auditor names', () => {
  const rows: [what: string, change: (it: History) => void, found: string][] = [
    [
      'a note that is neither in the kiosk nor in the box that left',
      (it) => {
        it.boxesGone = [[{ value: 2000, count: 3 }]]
      },
      'the cash box holds 0 notes of 1000, the journal says 1',
    ],
    [
      'notes that its kiosk did not expect',
      (it) => {
        Object.assign(entryOf(it, 'box.exchanging'), { expected: [{ value: 2000, count: 3 }] })
      },
      `exchange ${id('E1')} expects 0 notes of 1000, 1 were stacked`,
    ],
    [
      'a count that began anew',
      (it) => {
        Object.assign(entryOf(it, 'box.exchanging'), { period: 2 })
      },
      `exchange ${id('E1')} ends count 2, and it is count 1`,
    ],
    [
      'a box that left without a count',
      (it) => without(it, 'box.counted'),
      `exchange ${id('E1')}: box.removed after begun of ${id('E1')}`,
    ],
    [
      'an exchange that was done twice',
      (it) => after(it, 'box.exchanged', {}, { ...entryOf(it, 'box.exchanged') }),
      `exchange ${id('E1')}: box.exchanged after none`,
    ],
    [
      'money that left the books of the kiosk with no box',
      (it) => {
        it.centre.boxesMoved = 0
      },
      'the centre has 9000 in notes and 2000 in the account kiosk cash',
    ],
  ]
  it.each(rows)('%s', (_, change, found) => {
    const history = day()
    exchanged(history)
    change(history)
    expect(audit(evidenceOf(history))).toContain(found)
  })
})
