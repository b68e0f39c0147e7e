// Independent books: every note and every unit of energy accounted for. Shares the words of `domain/` and no other code
// with what it checks (money-safety.md 8).
import { createHash } from 'node:crypto'
import type { JournalEntry, JournalLine } from '../domain/journal-entry.ts'

/** What is true of the world, each from whoever really knows it. Money in minor units, energy in 0.01 kWh. */
export type Evidence = {
  /** The journal of a kiosk, as text lines from its disk. */
  journal: string[]
  /** Notes in the acceptor's box by value: physical truth of the simulator. */
  cashBox: { value: number; count: number }[]
  /** Rows of the centre's database. */
  centre: {
    orders: {
      order: string
      sale: string
      serial: string
      state: string
      tender: number
      energy: number
      count: number
      funding: string
    }[]
    notes: { note: string; sale: string; value: number; place: string }[]
    /** The sum of each posting's entries. */
    postings: { posting: number; sum: number }[]
    /** The sum of kiosk cash over all postings. */
    kioskCash: number
    /** What the books owe in orders that are not settled, and in suspense. */
    pending: number
  }
  /** What EF02 of each card really carries. */
  cards: { serial: string; order: string; count: number; energy: number }[]
}

type Note = {
  sale: string | null
  value: number | null
  is: 'escrowed' | 'stacking' | 'in the box' | 'returned' | 'unknown'
}

const genesis = '0'.repeat(64)
/** Orders whose energy the books say is on a card or in a meter. */
const delivered = new Set(['LOADED', 'METER_CREDITED'])
const moneyBack = new Set(['RETURNED_TO_ACCOUNT', 'UNDONE', 'EXPIRED'])

/** Everything that does not add up, a sentence each; none when nothing is lost and nothing doubled. */
export const audit = (evidence: Evidence): string[] => {
  const lines = readChain(evidence.journal)
  if (typeof lines === 'string') return [lines]
  const entries = lines.map((line) => line.entry)
  return [
    ...notesAgainstBox(entries, evidence),
    ...salesAgainstCentre(entries, evidence),
    ...booksOfCentre(evidence),
    ...ordersAgainstCards(evidence),
    ...unknownsAreNamed(entries, evidence),
  ]
}

/** P6: the chain shows omission and change. The hash of a line covers the line as written, without its `hash` member. */
const readChain = (journal: string[]): JournalLine[] | string => {
  let previous = genesis
  const lines: JournalLine[] = []
  for (const [at, text] of journal.entries()) {
    const line = JSON.parse(text) as JournalLine
    const { hash, ...unhashed } = line
    const own = createHash('sha256').update(JSON.stringify(unhashed)).digest('hex')
    if (line.sequence !== at + 1) return `journal line ${at + 1} has sequence ${line.sequence}`
    if (line.previous !== previous) return `journal line ${at + 1} does not follow the line before`
    if (own !== hash) return `journal line ${at + 1} was changed`
    previous = hash
    lines.push(line)
  }
  return lines
}

/** Every note of the journal and where it says the note is. */
const notesOf = (entries: JournalEntry[]): Map<string, Note> => {
  const notes = new Map<string, Note>()
  const put = (id: string, note: Note) => notes.set(id, note)
  for (const entry of entries) {
    switch (entry.type) {
      case 'note.escrowed':
        put(entry.noteId, { sale: entry.saleId, value: entry.value, is: 'escrowed' })
        break
      case 'note.stacking':
        put(entry.noteId, { sale: entry.saleId, value: entry.value, is: 'stacking' })
        break
      case 'note.stacked':
        put(entry.noteId, { sale: entry.saleId, value: entry.value, is: 'in the box' })
        break
      case 'note.unexpected':
        put(entry.noteId, { sale: entry.saleId, value: entry.value, is: 'in the box' })
        break
      case 'note.returned':
        put(entry.noteId, { sale: entry.saleId, value: entry.value, is: 'returned' })
        break
      case 'note.unknown':
        put(entry.noteId, { sale: entry.saleId, value: entry.value, is: 'unknown' })
        break
      default:
    }
  }
  return notes
}

const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0)

/** P2: the box holds exactly the notes the journal says it holds, give or take those it names unknown. */
const notesAgainstBox = (entries: JournalEntry[], { cashBox }: Evidence): string[] => {
  const notes = [...notesOf(entries).values()]
  const inBox = notes.filter((note) => note.is === 'in the box')
  const open = notes.filter((note) => note.is === 'unknown' || note.is === 'stacking')
  const real = sum(cashBox.map(({ value, count }) => value * count))
  const claimed = sum(inBox.map((note) => note.value))
  const most = claimed + sum(open.map((note) => note.value))
  return real >= claimed && real <= most
    ? []
    : [
        `the cash box holds ${real}, the journal says ${claimed}${most > claimed ? ` to ${most}` : ''}`,
      ]
}

/** P5: what was tendered in a sale is in its order, in the account, in suspense, or not settled yet. */
const salesAgainstCentre = (entries: JournalEntry[], { centre }: Evidence): string[] => {
  const found: string[] = []
  const notes = notesOf(entries)
  const settled = new Set(
    entries.flatMap((entry) => (entry.type === 'sale.settled' ? [entry.saleId as string] : [])),
  )
  const sales = new Set(
    [...notes.values()].flatMap((note) => (note.sale === null ? [] : [note.sale])),
  )
  for (const sale of sales) {
    const stacked = [...notes].filter(([, note]) => note.sale === sale && note.is === 'in the box')
    const booked = centre.notes.filter((note) => note.sale === sale)
    const value = sum(stacked.map(([, note]) => note.value))
    const bookedValue = sum(booked.map((note) => note.value))
    if (settled.has(sale) && value !== bookedValue) {
      found.push(`sale ${sale} took ${value} in notes, the centre booked ${bookedValue}`)
    }
    if (bookedValue > value)
      found.push(`sale ${sale}: the centre booked ${bookedValue - value} that was never put in`)
    for (const note of booked) {
      if (!stacked.some(([id]) => id === note.note)) {
        found.push(`note ${note.note} is booked but the journal does not have it in the box`)
      }
    }
  }
  const twice = centre.notes.filter(
    (note, at) => centre.notes.findIndex((other) => other.note === note.note) !== at,
  )
  return [...found, ...twice.map((note) => `note ${note.note} is booked twice`)]
}

const booksOfCentre = ({ centre }: Evidence): string[] => {
  const cash = sum(centre.notes.map((note) => note.value))
  const open = sum(
    centre.orders
      .filter((order) => !delivered.has(order.state) && !moneyBack.has(order.state))
      .map((order) => order.tender),
  )
  return [
    ...centre.postings
      .filter(({ sum: off }) => off !== 0)
      .map(({ posting, sum: off }) => `posting ${posting} is off by ${off}`),
    ...(cash === centre.kioskCash
      ? []
      : [`the centre has ${cash} in notes and ${centre.kioskCash} in the account kiosk cash`]),
    ...(open === centre.pending
      ? []
      : [`open orders are ${open}, pending orders in the books ${centre.pending}`]),
  ]
}

/** P3: energy is on the card if and only if its money was taken, and never for money that went back. */
const ordersAgainstCards = ({ centre, cards }: Evidence): string[] =>
  centre.orders.flatMap((order) => {
    const card = cards.find((each) => each.serial === order.serial)
    if (card === undefined) return []
    const onCard = card.order === order.order
    if (moneyBack.has(order.state) && onCard) {
      return [`order ${order.order} is ${order.state}, yet its energy is on card ${order.serial}`]
    }
    if (order.state === 'LOADED' && card.count === order.count && !onCard) {
      return [
        `order ${order.order} is LOADED, yet card ${order.serial} carries order ${card.order}`,
      ]
    }
    if (order.state === 'LOADED' && card.count < order.count) {
      return [`order ${order.order} is LOADED, yet card ${order.serial} is at count ${card.count}`]
    }
    if (onCard && card.energy !== order.energy) {
      return [`order ${order.order} is for ${order.energy}, the card carries ${card.energy}`]
    }
    return []
  })

/** P4, P7: money whose place is not certain has a name: an unknown note, or an order that is open at the centre. */
const unknownsAreNamed = (entries: JournalEntry[], { centre }: Evidence): string[] => {
  const begun = new Map<string, string>()
  for (const entry of entries) {
    if (entry.type === 'card.writing') begun.set(entry.orderNumber, entry.saleId)
    if (
      entry.type === 'card.written' ||
      entry.type === 'card.not-written' ||
      entry.type === 'card.unknown'
    ) {
      begun.delete(entry.orderNumber)
    }
  }
  return [...begun.keys()]
    .filter((order) => !centre.orders.some((each) => each.order === order))
    .map((order) => `a card was written for order ${order}, which the centre does not know`)
}
