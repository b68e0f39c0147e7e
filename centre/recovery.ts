// What a proven purchase file means for the books, and for an order whose outcome is open (power-card.md 9.1). Pure.

/** The purchase file as a verified MAC'd READ showed it; `sequence` is that of the nonce it was read over. */
export type Seen = {
  count: number
  order: string
  /** RB: no session and no challenge on the card, nothing that was prepared earlier can run (6.5). */
  label: 'RB' | 'RO'
  sequence: number
}

/** What the books say of one card of a binding. */
export type CardInBooks = {
  /** B: the highest count the meter is known to have credited. */
  credited: number
  /** C and P: what is known to be on this card. */
  card: { count: number; order: string }
  /** O, not proven on the card and not decided. `scriptOut`: a script left the centre and its end is not proven. */
  open: {
    count: number
    order: string
    scriptOut: boolean
    fence: number | null
    /** It was written for another card, which this one has not replaced in the meter yet (12.2). */
    elsewhere: boolean
  } | null
  /**
   * The order at C is proven loaded, and its undo is out (8.3): what the card carried before, and the place in time of the
   * proof of load. Null when none is out. `issuedAgain`: a replacement carries that order, and its meter will credit it (12.2).
   */
  undoing: {
    previous: { count: number; order: string }
    loaded: number
    issuedAgain: boolean
  } | null
  /** Orders above C that the meter has, though they were not seen on the card: they came by network. */
  delivered: readonly { count: number; order: string }[]
}

export type Finding =
  | { kind: 'as in the books' }
  /** The open order is on the card. */
  | { kind: 'loaded' }
  /** The open order is not on the card, and nothing can bring it there any more. */
  | { kind: 'not loaded' }
  /** The load was taken back. */
  | { kind: 'undone' }
  /** It was not, and never will be: the session is over, and the card still carries it. */
  | { kind: 'not undone' }
  /** Says nothing about the open order: fence it, and read again over a younger nonce after a SELECT. */
  | { kind: 'nothing proven' }
  /** An order the meter has by network reached the card as well: harmless, C moves to it. */
  | { kind: 'delivered as well'; count: number; order: string }
  /** A copy, tampering, two centres or an old backup: blocked, decided in the office. */
  | { kind: 'contradiction'; why: string }

export const findingOf = (books: CardInBooks, seen: Seen): Finding => {
  const shows = (it: { count: number; order: string }): boolean =>
    it.count === seen.count && it.order === seen.order
  const youngerThan = (mark: number | null): boolean => mark !== null && seen.sequence > mark
  const { open, card, undoing } = books

  // The content itself is the proof, whatever the label and the age of the nonce (13.3).
  if (open !== null && shows(open)) return { kind: 'loaded' }
  if (undoing !== null) {
    if (shows(undoing.previous)) {
      return seen.label === 'RB' && youngerThan(undoing.loaded) && !undoing.issuedAgain
        ? { kind: 'undone' }
        : { kind: 'nothing proven' }
    }
    if (shows(card) && seen.label === 'RB') return { kind: 'not undone' }
  }
  if (shows(card)) {
    // Of an order that may be on another card, this card can only say that it is here, never that it is not.
    if (open === null || open.elsewhere) return { kind: 'as in the books' }
    // Without a script there is nothing that could have loaded it: the fence alone is enough (8.6).
    if (!open.scriptOut) return { kind: 'not loaded' }
    return seen.label === 'RB' && youngerThan(open.fence)
      ? { kind: 'not loaded' }
      : { kind: 'nothing proven' }
  }
  const delivered = books.delivered.find(shows)
  if (delivered !== undefined) return { kind: 'delivered as well', ...delivered }
  return { kind: 'contradiction', why: whyNot(books, seen) }
}

const whyNot = ({ credited, card }: CardInBooks, { count }: Seen): string => {
  const next = credited + 1
  if (count > next) return 'the count is above any that was given out'
  if (count === next) return 'the next count carries an order that is not open'
  if (count < card.count) return 'the count has gone back'
  return 'the books have another order at this count'
}
