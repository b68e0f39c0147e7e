// S1: every row of the recovery table (power-card.md 9.1), as far as it is decided from the purchase file alone.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findingOf, type CardInBooks, type Finding, type Seen } from './recovery.ts'

const [p, o, other] = ['2610280000000017', '2611230000000042', '2611230000000043']

/** B = C = 6, P at 6, O open at 7 with a script out, fenced at 100. */
const books: CardInBooks = {
  credited: 6,
  card: { count: 6, order: p },
  open: { count: 7, order: o, scriptOut: true, fence: 100, elsewhere: false },
  undoing: null,
  delivered: [],
}
const seen = (count: number, order: string, more: Partial<Seen> = {}): Seen => ({
  count,
  order,
  label: 'RB',
  sequence: 101,
  ...more,
})
const noOpen = { ...books, open: null }
const unfenced = {
  ...books,
  open: { count: 7, order: o, scriptOut: true, fence: null, elsewhere: false },
}
const unscripted = {
  ...books,
  open: { count: 7, order: o, scriptOut: false, fence: null, elsewhere: false },
}
const network = {
  ...books,
  credited: 8,
  open: { count: 9, order: o, scriptOut: true, fence: 100, elsewhere: false },
  delivered: [{ count: 7, order: other }],
}

/** O at 7 is proven loaded since 100, and its undo is out. */
const undoing = {
  ...books,
  card: { count: 7, order: o },
  open: null,
  undoing: { previous: { count: 6, order: p }, loaded: 100, issuedAgain: false },
}

const rows: [string, CardInBooks, Seen, Finding['kind']][] = [
  ["count C', order O", books, seen(7, o), 'loaded'],
  ["count C', order O, label RO", books, seen(7, o, { label: 'RO' }), 'loaded'],
  ["count C', order O, nonce older than the fence", books, seen(7, o, { sequence: 1 }), 'loaded'],
  ['count C, order P, RB, nonce younger than the fence', books, seen(6, p), 'not loaded'],
  ['count C, order P, label RO', books, seen(6, p, { label: 'RO' }), 'nothing proven'],
  ['count C, order P, older nonce', books, seen(6, p, { sequence: 99 }), 'nothing proven'],
  [
    'count C, order P, the nonce of the fence itself',
    books,
    seen(6, p, { sequence: 100 }),
    'nothing proven',
  ],
  ['count C, order P, no fence yet', unfenced, seen(6, p), 'nothing proven'],
  [
    'count C, order P, no script ever left',
    unscripted,
    seen(6, p, { label: 'RO', sequence: 1 }),
    'not loaded',
  ],
  ["count between C and C', delivered by network", network, seen(7, other), 'delivered as well'],
  ["count C', another order", books, seen(7, other), 'contradiction'],
  ["count > C'", books, seen(8, other), 'contradiction'],
  ['count < C', books, seen(5, other), 'contradiction'],
  ['count C, an order the books do not have', books, seen(6, other), 'contradiction'],
  ['count C, order P, and there is no open order', noOpen, seen(6, p), 'as in the books'],
  ["count C', an order that is not open", noOpen, seen(7, o), 'contradiction'],
  [
    'count C, order P, but O was written for a card that this one replaces',
    { ...books, open: { count: 7, order: o, scriptOut: true, fence: 100, elsewhere: true } },
    seen(6, p),
    'as in the books',
  ],
  [
    "count C', order O, although O was written for another card",
    { ...books, open: { count: 7, order: o, scriptOut: true, fence: 100, elsewhere: true } },
    seen(7, o),
    'loaded',
  ],
  [
    'an undo is out: the purchase before it, RB, younger than the load',
    undoing,
    seen(6, p),
    'undone',
  ],
  [
    'an undo is out: the purchase before it, label RO',
    undoing,
    seen(6, p, { label: 'RO' }),
    'nothing proven',
  ],
  [
    'an undo is out: the purchase before it, over a nonce older than the load',
    undoing,
    seen(6, p, { sequence: 99 }),
    'nothing proven',
  ],
  [
    'an undo is out, and a replacement carries the order: the purchase before it on the lost card',
    { ...undoing, undoing: { ...undoing.undoing, issuedAgain: true } },
    seen(6, p),
    'nothing proven',
  ],
  ['an undo is out: the purchase itself, RB', undoing, seen(7, o), 'not undone'],
  [
    'an undo is out: the purchase itself in the open session, RO',
    undoing,
    seen(7, o, { label: 'RO' }),
    'as in the books',
  ],
  ['an undo is out: another order at its count', undoing, seen(7, other), 'contradiction'],
  [
    'the purchase before one that was proven loaded',
    { ...noOpen, card: { count: 7, order: o } },
    seen(6, p),
    'contradiction',
  ],
]

describe('S1: what is seen on the card', () => {
  it.each(rows)('%s', (_, inBooks, onCard, kind) => {
    expect(findingOf(inBooks, onCard).kind).toBe(kind)
  })

  it('never says "not loaded" of an order with a script out but by RB over a nonce after the fence', () => {
    const fence = fc.option(fc.integer({ min: 0, max: 20 }), { nil: null })
    const label = fc.constantFrom('RB' as const, 'RO' as const)
    const sequence = fc.integer({ min: 0, max: 20 })
    fc.assert(
      fc.property(fence, label, sequence, fc.integer({ min: 4, max: 9 }), (mark, it, at, count) => {
        const inBooks = {
          ...books,
          open: { count: 7, order: o, scriptOut: true, fence: mark, elsewhere: false },
        }
        const finding = findingOf(inBooks, { count, order: p, label: it, sequence: at })
        if (finding.kind !== 'not loaded') return
        expect({ it, count, younger: mark !== null && at > mark }).toEqual({
          it: 'RB',
          count: 6,
          younger: true,
        })
      }),
    )
  })
})
