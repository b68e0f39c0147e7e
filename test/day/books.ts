// The auditor at work all day: after every sale it checks what that sale touched, and now and then everything.
//
// It reads what lies on the disks of the kiosks, in the database of the centre, in the boxes and on the cards, with the
// rules of test/auditor.ts; only the amount it reads at once differs.
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { isInBox, noteLives, sum, type NoteLife } from '../auditor-notes.ts'
import { ordersAgainstCards, ordersAgainstNotes } from '../auditor-orders.ts'
import { backInAccount, salesAgainstCentre } from '../auditor-sales.ts'
import { paymentLives, paymentsAgainstCentre, type PaymentLife } from '../auditor-payments.ts'
import { paymentsAgainstTerminal, type PaymentAtTerminal } from '../auditor-terminal.ts'
import { auditTown, type Evidence } from '../auditor.ts'
import { booksIn, cardEvidence, notesIn, ordersIn, paymentsIn } from '../evidence.ts'
import { journalPath, type DayKiosk } from './kiosk.ts'
import type { Person } from './people.ts'

/** What the auditor remembers of one kiosk. */
type Ledger = {
  kiosk: DayKiosk
  /** So much of the journal is read. */
  read: number
  lines: number
  hash: string
  entriesOfNotes: Map<string, JournalEntry[]>
  lives: Map<string, NoteLife>
  entriesOfSales: Map<string, JournalEntry[]>
  paymentsOfSales: Map<string, PaymentLife[]>
  /** Sales that are to be looked at. */
  touched: Set<string>
  /** Notes by value, as the journal has them: surely in the box, and perhaps. */
  sure: Map<number, number>
  perhaps: Map<number, number>
  nameless: number
}

/** What is new in a journal since it was read last. */
export type News = { sales: Set<string>; entries: JournalEntry[]; flaws: string[] }

export type Books = ReturnType<typeof books>

export const books = (of: { db: DatabaseSync; kiosks: DayKiosk[]; people: Person[] }) => {
  const { db, people } = of
  const ledgers = of.kiosks.map(newLedger)
  const chips = people.flatMap(({ power }) => (power === null ? [] : [power]))
  const cards = () => chips.map(({ card }) => cardEvidence(card.state()))

  return {
    /** P2, P3, P5 for what has been touched since the last time. */
    check: (person: Person): { flaws: string[]; entries: JournalEntry[] } => {
      const found = ledgers.map((ledger) => ({ ledger, news: readOn(ledger) }))
      const flaws = found.flatMap(({ ledger, news }) => {
        for (const sale of news.sales) ledger.touched.add(sale)
        const wrong = [...ledger.touched].map((sale) => ({
          sale,
          flaws: saleAdds(db, ledger, sale),
        }))
        // What does not add up is looked at again the next time.
        ledger.touched = new Set(wrong.filter((it) => it.flaws.length > 0).map(({ sale }) => sale))
        return [
          ...news.flaws,
          ...boxAgainstJournal(ledger),
          ...wrong.flatMap((it) => it.flaws),
          ...terminalAgainstJournal(ledger),
        ]
      })
      const { power } = person
      const own =
        power === null
          ? []
          : ordersAgainstCards({
              centre: { ...noBooks, orders: ordersIn(db, 'serial = ?', power.serial) },
              cards: [cardEvidence(power.card.state())],
            })
      return { flaws: [...flaws, ...own], entries: found.flatMap(({ news }) => news.entries) }
    },
    /** Every payment of the journals read so far, as it stands. */
    payments: (): PaymentLife[] =>
      ledgers.flatMap(({ paymentsOfSales }) => [...paymentsOfSales.values()].flat()),
    /** All of it, from the first line of each journal on. */
    audit: (): string[] =>
      auditTown({
        kiosks: ledgers.map(({ kiosk }) => ({
          journal: kiosk.disk.textFrom(journalPath, 0).text.split('\n').slice(0, -1),
          cashBox: kiosk.acceptor.truth(),
          payments: chargesOf(kiosk),
        })),
        centre: booksIn(db),
        cards: cards(),
      }),
    /** Where the notes are: in the boxes, and in the books. */
    money: (): Money => {
      const notes = notesIn(db)
      const at = (place: string) =>
        sum(notes.filter((note) => note.place === place).map(({ value }) => value))
      const tendered = sum(
        ledgers.flatMap(({ kiosk }) =>
          kiosk.acceptor.truth().map(({ value, count }) => value * count),
        ),
      )
      const [order, account] = [at('order'), at('account')]
      const booked = sum(notes.map(({ value }) => value))
      return {
        tendered,
        order,
        account,
        held: booked - order - account,
        unknown: tendered - booked,
      }
    },
    /** Orders that their own sale did not see the end of, and that have one. */
    healed: (): number => {
      const open = new Set<string>()
      for (const entry of ledgers.flatMap((it) => [...it.entriesOfSales.values()].flat())) {
        if (entry.type === 'card.unknown' || entry.type === 'card.not-written') {
          open.add(entry.orderNumber)
        }
      }
      return ordersIn(db).filter(({ order, state }) => open.has(order) && isOver(state)).length
    },
    /** At rest: notes with a value and an owner that are in a box and not in the books. */
    notBooked: (): string[] => {
      const booked = new Set(notesIn(db).map(({ note }) => note))
      return ledgers
        .flatMap(({ lives }) => [...lives.values()])
        .filter((note) => isInBox(note) && note.sale !== null && !booked.has(note.note))
        .map(
          ({ note, sale, value }) =>
            `note ${note} of ${value}, of sale ${sale}, is not booked at rest`,
        )
    },
    lives: (): NoteLife[] => ledgers.flatMap(({ lives }) => [...lives.values()]),
    /** One figure for all that is written down anywhere. */
    digest: (): string => {
      const hash = createHash('sha256')
      for (const { kiosk } of ledgers) hash.update(kiosk.disk.textFrom(journalPath, 0).text)
      hash.update(JSON.stringify(db.prepare('select * from entries order by rowid').all()))
      hash.update(JSON.stringify(cards()))
      return hash.digest('hex')
    },
  }
}

export type Money = {
  tendered: number
  order: number
  account: number
  held: number
  unknown: number
}

/** The energy is in the meter, or the money is back. */
export const isOver = (state: string): boolean =>
  state === 'METER_CREDITED' || backInAccount.has(state)

const noBooks: Evidence['centre'] = {
  orders: [],
  notes: [],
  postings: [],
  kioskCash: 0,
  pending: 0,
  suspense: 0,
  claims: [],
  claimsPaid: [],
}

const newLedger = (kiosk: DayKiosk): Ledger => ({
  kiosk,
  read: 0,
  lines: 0,
  hash: '0'.repeat(64),
  entriesOfNotes: new Map(),
  lives: new Map(),
  entriesOfSales: new Map(),
  paymentsOfSales: new Map(),
  touched: new Set(),
  sure: new Map(),
  perhaps: new Map(),
  nameless: 0,
})

const readOn = (ledger: Ledger): News => {
  const news: News = { sales: new Set(), entries: [], flaws: [] }
  const { text, end } = ledger.kiosk.disk.textFrom(journalPath, ledger.read)
  ledger.read = end
  for (const line of text.split('\n').slice(0, -1)) {
    const { sequence, previous, entry, hash } = JSON.parse(line) as {
      sequence: number
      previous: string
      entry: JournalEntry
      hash: string
    }
    ledger.lines++
    if (sequence !== ledger.lines || previous !== ledger.hash) {
      news.flaws.push(`journal line ${ledger.lines} of ${ledger.kiosk.number} breaks the chain`)
    }
    ledger.hash = hash
    news.entries.push(entry)
    if ('saleId' in entry && entry.saleId !== null) {
      news.sales.add(entry.saleId)
      into(ledger.entriesOfSales, entry.saleId, entry)
    }
    if ('noteId' in entry) news.flaws.push(...noteMoves(ledger, entry.noteId, entry))
  }
  return news
}

const into = <Each>(lists: Map<string, Each[]>, key: string, each: Each): Each[] => {
  const list = lists.get(key) ?? []
  list.push(each)
  lists.set(key, list)
  return list
}

const noteMoves = (ledger: Ledger, note: string, entry: JournalEntry): string[] => {
  const { notes, flaws } = noteLives(into(ledger.entriesOfNotes, note, entry))
  count(ledger, ledger.lives.get(note), -1)
  for (const life of notes) ledger.lives.set(note, life)
  count(ledger, ledger.lives.get(note), 1)
  return flaws
}

const count = (ledger: Ledger, life: NoteLife | undefined, by: 1 | -1): void => {
  if (life === undefined) return
  const { value, is } = life
  const raise = (counts: Map<number, number>) =>
    counts.set(value ?? 0, (counts.get(value ?? 0) ?? 0) + by)
  if (isInBox(life)) raise(ledger.sure)
  else if (is === 'in the box') ledger.nameless += by
  else if (is === 'unknown' || is === 'stacking') raise(ledger.perhaps)
}

/** P2: of every value the box holds what the journal says, as far as it knows. */
const boxAgainstJournal = ({ kiosk, sure, perhaps, nameless }: Ledger): string[] => {
  const real = new Map<number, number>()
  for (const { value, count: notes } of kiosk.acceptor.truth()) {
    real.set(value, (real.get(value) ?? 0) + notes)
  }
  let unclaimed = 0
  const flaws: string[] = []
  for (const value of new Set([...real.keys(), ...sure.keys()])) {
    const [there, least] = [real.get(value) ?? 0, sure.get(value) ?? 0]
    const most = least + (perhaps.get(value) ?? 0)
    if (there < least) {
      flaws.push(
        `the box of ${kiosk.number} holds ${there} notes of ${value}, its journal says ${least}`,
      )
    }
    unclaimed += Math.max(0, there - most)
  }
  // One that was credited in this moment is in the box a moment before it is in the journal.
  const onItsWay = kiosk.acceptor.owes() ? 1 : 0
  if (unclaimed > nameless + onItsWay) {
    flaws.push(`the box of ${kiosk.number} holds ${unclaimed} notes that its journal does not know`)
  }
  return flaws
}

/** Everything the terminal has agreed to, as the auditor reads the books of one. */
const chargesOf = ({ terminal }: DayKiosk): PaymentAtTerminal[] =>
  terminal.truth().map(({ receipt, state }) => ({ ...receipt, state }))

/** P2: whatever the terminal charged is a payment of the journal that is kept or open, and the other way round. */
const terminalAgainstJournal = ({ kiosk, paymentsOfSales }: Ledger): string[] =>
  paymentsAgainstTerminal([...paymentsOfSales.values()].flat(), chargesOf(kiosk))

const saleAdds = (db: DatabaseSync, ledger: Ledger, sale: string): string[] => {
  const { entriesOfSales, lives } = ledger
  const entries = entriesOfSales.get(sale) ?? []
  const notes = notesIn(db, 'sale = ?', sale)
  const named = new Set(
    entries.flatMap((entry) =>
      'orderNumber' in entry && entry.orderNumber !== null ? [entry.orderNumber] : [],
    ),
  )
  const orders = ordersIn(db, 'sale = ?', sale)
  for (const order of named) {
    if (!orders.some((known) => known.order === order))
      orders.push(...ordersIn(db, 'order_number = ?', order))
  }
  const own = [...lives.values()].filter((note) => note.sale === sale)
  const paid = paymentLives(entries)
  ledger.paymentsOfSales.set(sale, paid.payments)
  const centre = { ...noBooks, orders, notes, payments: paymentsIn(db, 'sale = ?', sale) }
  return [
    ...paid.flaws,
    ...paymentsAgainstCentre(paid.payments, entries, { centre }),
    ...salesAgainstCentre(entries, own, { centre }),
    ...ordersAgainstNotes({
      centre: { ...centre, orders: orders.filter((order) => order.sale === sale) },
    }),
  ]
}
