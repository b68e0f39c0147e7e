// What a kiosk does with one payment: journals, delivers, confirms or refuses; and finds out after anything went wrong.
import type { BankTerminalEvent, PaymentReceipt } from '../../bank-terminal.ts'
import type { Bench } from './bench.ts'

/** What is on disk: it outlives the kiosk's process. */
export type Books = {
  receipt: PaymentReceipt | null
  /** The card is written: from here on the kiosk confirms, and never refuses. */
  goods: 'kept' | 'going out' | 'out'
  verdict: 'open' | 'charged' | 'not charged'
  /** How often the terminal could not say. */
  couldNotSay: number
}

export const clerkDelays = {
  /** From the approval to the written card. */
  deliverMs: 8_000,
  /** Before the terminal is asked again where the payment is. */
  findAgainMs: 10_000,
}

export type Clerk = ReturnType<typeof clerkAt>

/** `refuses`: the card cannot be written, and nothing goes out. */
export const clerkAt = (
  it: Bench,
  {
    refuses = false,
    deliverMs = clerkDelays.deliverMs,
  }: { refuses?: boolean; deliverMs?: number } = {},
) => {
  const books: Books = { receipt: null, goods: 'kept', verdict: 'open', couldNotSay: 0 }
  /** A crash ends everything that was going to happen. */
  let life = 0
  const later = (delayMs: number, act: () => void) => {
    const mine = life
    it.clock.after(delayMs, () => {
      if (mine === life) act()
    })
  }
  const settle = (verdict: 'charged' | 'not charged') => {
    books.verdict = verdict
  }
  const find = () => it.find(books.receipt)
  const deliver = () => {
    // The terminal has said in the meantime that it is over.
    if (books.verdict !== 'open' || !waiting) return
    if (refuses) return it.refuse()
    books.goods = 'going out'
    later(deliverMs, () => {
      books.goods = 'out'
      it.confirm()
    })
    return undefined
  }
  let waiting = false
  const hear = (event: BankTerminalEvent) => {
    switch (event.type) {
      case 'payment.authorised':
        books.receipt = event.receipt
        waiting = true
        return later(30, deliver)
      case 'payment.stored':
        return settle('charged')
      case 'payment.declined':
      case 'payment.reversed':
        return settle('not charged')
      case 'payment.unknown':
        waiting = false
        return find()
      case 'payment.found':
        return found(event.where.kind)
      default:
        return undefined
    }
  }
  const found = (where: 'stored' | 'not charged' | 'cannot say') => {
    if (books.verdict !== 'open') return undefined
    if (where === 'cannot say') {
      books.couldNotSay += 1
      return later(clerkDelays.findAgainMs, find)
    }
    return settle(where === 'stored' ? 'charged' : 'not charged')
  }
  it.listen((event) => {
    if (!left) hear(event)
  })
  let left = false
  return {
    books,
    /** What comes from now on is about another payment. */
    leave: () => {
      left = true
      life += 1
    },
    /** The kiosk's process dies now; the next one knows what is on disk, and asks for the rest. */
    crash: ({ downMs }: { downMs: number }) => {
      life += 1
      waiting = false
      it.stopDriver()
      // A card that was being written is looked at when the kiosk is back: here it was written.
      if (books.goods === 'going out') books.goods = 'out'
      it.clock.after(downMs, () => {
        it.startDriver()
        if (books.verdict === 'open') find()
      })
    },
  }
}
