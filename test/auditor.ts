// Independent books: every note and every unit of energy accounted for. Shares the words of `domain/` and no other code
// with what it checks (money-safety.md 8).
import { createHash } from 'node:crypto'
import { JournalLine, type JournalEntry } from '../domain/journal-entry.ts'
import { booksOfCentre, ordersAgainstCards, ordersAgainstNotes } from './auditor-orders.ts'
import { noteLives, notesAgainstBox, notesAgainstCentre, type NoteLife } from './auditor-notes.ts'
import { claimsAgainstBooks, redemptionsAgainstClaims } from './auditor-claims.ts'
import { exchangesAgainstNotes, withBoxesGone } from './auditor-boxes.ts'
import { paymentLives, paymentsAgainstCentre, type PaymentLife } from './auditor-payments.ts'
import { paymentsInBooks } from './auditor-payment-books.ts'
import { paymentsAgainstTerminal, type PaymentAtTerminal } from './auditor-terminal.ts'
import { cashAgainstCounters, uploadAgainstDisk, type UploadedJournal } from './auditor-journal.ts'
import { cardsWereIntended, intentsHaveOutcomes, salesAgainstCentre } from './auditor-sales.ts'

/** What is true of the world, each from whoever really knows it. Money in minor units, energy in 0.01 kWh. */
export type Evidence = {
  /** The journal of a kiosk, as text lines from its disk. */
  journal: string[]
  /** What the centre has of that journal; left out where nothing is uploaded. */
  uploaded?: UploadedJournal
  /** Notes in the acceptor's box by value: physical truth of the simulator. */
  cashBox: { value: number; count: number }[]
  /** Notes in each cash box that was taken out: physical truth; left out where none was. */
  boxesGone?: { value: number; count: number }[][]
  /** Books of the kiosk's bank terminal: physical truth of the simulator; left out where there is none. */
  payments?: PaymentAtTerminal[]
  /** Rows of the centre's database. */
  centre: {
    orders: OrderAtCentre[]
    notes: { note: string; sale: string; value: number; place: string }[]
    /** Left out where nobody pays by card. */
    payments?: PaymentAtCentre[]
    /** The sum of what banks owe by the books. */
    bankPayments?: number
    /** The sum of each posting's entries. */
    postings: { posting: number; sum: number }[]
    /** The sum of kiosk cash over all postings. */
    kioskCash: number
    /** What left the kiosks with their boxes, by posting; left out where none did. */
    boxesMoved?: number
    /** What the books owe in orders that are not settled. */
    pending: number
    /** What they hold for sales of which no account is known. */
    suspense: number
    claims: ClaimAtCentre[]
    /** What postings have put into suspense, where that is more than notes and payments: the customer has no account. */
    suspended?: { sale: string; amount: number }[]
    /** What was taken out of suspense, by posting. */
    claimsPaid: { posting: number; sale: string; amount: number }[]
  }
  /** What EF02 of each card really carries. */
  cards: { serial: string; order: string; count: number; energy: number }[]
}

export type OrderAtCentre = {
  order: string
  sale: string
  serial: string
  state: string
  tender: number
  /** All energy that goes on the card. */
  energy: number
  count: number
  /** It is taken back, and nobody knows yet whether it was: the card may carry it or not. */
  undoOpen?: boolean
  /** `cash`, `account`, `payment`, or `earlier books` for an order that was taken over from them. */
  funding: string
  /** False: what would go to the account is in suspense. */
  hasAccount?: boolean
}

export type PaymentAtCentre = {
  payment: string
  sale: string
  /** That it has paid for. */
  order: string | null
  amount: number
  /** `open` until its kiosk has told. */
  ended: 'open' | 'kept' | 'reversed' | 'unknown'
  place: string
}

export type ClaimAtCentre = {
  claim: number
  sale: string
  /** Null while nobody knows it. */
  amount: number | null
  /** Of a claim paid ahead: notes that have come in for it since. */
  covered: number
  state: string
  bookedBy: number | null
  settledBy: number | null
}

/** The same of several kiosks at one centre. */
export type EvidenceOfTown = Pick<Evidence, 'centre' | 'cards'> & {
  kiosks: Pick<Evidence, 'journal' | 'uploaded' | 'cashBox' | 'boxesGone' | 'payments'>[]
}

/** Everything that does not add up, a sentence each; none when nothing is lost and nothing doubled. */
export const audit = ({ centre, cards, ...kiosk }: Evidence): string[] =>
  auditTown({ kiosks: [kiosk], centre, cards })

export const auditTown = ({ kiosks, ...common }: EvidenceOfTown): string[] => {
  const notes: NoteLife[] = []
  const payments: PaymentLife[] = []
  const found: string[] = []
  const all: JournalEntry[] = []
  for (const kiosk of kiosks) {
    const entries = readChain(kiosk.journal)
    if (typeof entries === 'string') return [entries]
    all.push(...entries)
    const lives = noteLives(entries)
    const paid = paymentLives(entries)
    payments.push(...paid.payments)
    const own = { ...kiosk, ...common }
    notes.push(...lives.notes)
    found.push(
      ...lives.flaws,
      ...paid.flaws,
      ...(kiosk.payments ? paymentsAgainstTerminal(paid.payments, kiosk.payments) : []),
      ...notesAgainstBox(lives.notes, {
        cashBox: withBoxesGone(kiosk.cashBox, kiosk.boxesGone ?? []),
      }),
      ...exchangesAgainstNotes(entries),
      ...salesAgainstCentre(entries, lives.notes, own),
      ...cardsWereIntended(entries),
      ...intentsHaveOutcomes(entries),
      ...cashAgainstCounters(entries),
      ...(kiosk.uploaded ? uploadAgainstDisk(kiosk.journal, kiosk.uploaded) : []),
    )
  }
  return [
    ...found,
    ...notesAgainstCentre(notes, common),
    ...paymentsAgainstCentre(payments, all, common),
    ...paymentsInBooks(common),
    ...booksOfCentre(common),
    ...claimsAgainstBooks(common),
    ...redemptionsAgainstClaims(all, common),
    ...ordersAgainstNotes(common),
    ...ordersAgainstCards(common),
  ]
}

const genesis = '0'.repeat(64)
const hashMember = ',"hash":"'

/** P6: the chain shows omission and change. The hash of a line covers the line as written, without its `hash` member. */
const readChain = (journal: string[]): JournalEntry[] | string => {
  let previous = genesis
  const entries: JournalEntry[] = []
  for (const [at, text] of journal.entries()) {
    const line = lineOf(text)
    if (line === null) return `journal line ${at + 1} cannot be read`
    if (line.sequence !== at + 1) return `journal line ${at + 1} has sequence ${line.sequence}`
    if (line.previous !== previous) return `journal line ${at + 1} does not follow the line before`
    const unhashed = `${text.slice(0, text.lastIndexOf(hashMember))}}`
    const own = createHash('sha256').update(unhashed).digest('hex')
    if (own !== line.hash) return `journal line ${at + 1} was changed`
    previous = line.hash
    entries.push(line.entry)
  }
  return entries
}

const lineOf = (text: string): JournalLine | null => {
  try {
    return JournalLine.parse(JSON.parse(text))
  } catch {
    return null
  }
}
