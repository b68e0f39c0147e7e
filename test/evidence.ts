// Gathers what the auditor needs from the disks of a kiosk and a centre, with SQL and parsing of its own.
import { existsSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { PaymentAtTerminal } from './auditor-terminal.ts'
import type { Evidence, PaymentAtCentre } from './auditor.ts'

const Orders = z.array(
  z.object({
    order: z.string(),
    sale: z.string(),
    serial: z.string(),
    state: z.string(),
    tender: z.int(),
    energy: z.int(),
    count: z.int(),
    undoOpen: z.int().transform((rows) => rows > 0),
    funding: z.string(),
    hasAccount: z.int().transform((yes) => yes === 1),
  }),
)
const Payments = z.array(
  z.object({
    payment: z.string(),
    sale: z.string(),
    order: z.string().nullable(),
    amount: z.int(),
    ended: z.enum(['open', 'kept', 'reversed', 'unknown']),
    place: z.string(),
  }),
)
const Suspended = z.array(z.object({ sale: z.string(), amount: z.int() }))
const Notes = z.array(
  z.object({ note: z.string(), sale: z.string(), value: z.int(), place: z.string() }),
)
const Postings = z.array(z.object({ posting: z.int(), sum: z.int() }))
const Claims = z.array(
  z.object({
    claim: z.int(),
    sale: z.string(),
    amount: z.int().nullable(),
    covered: z.int(),
    state: z.string(),
    bookedBy: z.int().nullable(),
    settledBy: z.int().nullable(),
  }),
)
const ClaimsPaid = z.array(z.object({ posting: z.int(), sale: z.string(), amount: z.int() }))
const Lines = z.array(z.object({ line: z.string() }))
const Alarms = z.array(z.object({ kind: z.string(), evidence: z.string() }))
const Total = z.object({ total: z.int().nullable() })

/** The complete lines of a journal on disk. What has no newline behind it was never acknowledged. */
export const journalLines = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []

/** The books of a centre that keeps them in SQLite. */
export const centreEvidence = (path: string): Evidence['centre'] => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return booksIn(db)
  } finally {
    db.close()
  }
}

/** The lines that a centre has of a kiosk's journal, in their order. */
export const uploadedLines = (path: string, kiosk: string): string[] => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const select = 'select line from journal_lines where kiosk = ? order by sequence'
    return Lines.parse(db.prepare(select).all(kiosk)).map(({ line }) => line)
  } finally {
    db.close()
  }
}

/** The alarms that a centre has raised about a kiosk and not about a card, in their order: what, and what was seen. */
export const alarmsAt = (path: string, kiosk: string): { kind: string; evidence: unknown }[] => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const select =
      'select kind, evidence from alarms where kiosk = ? and serial is null order by alarm'
    return Alarms.parse(db.prepare(select).all(kiosk)).map(({ kind, evidence }) => ({
      kind,
      evidence: JSON.parse(evidence) as unknown,
    }))
  } finally {
    db.close()
  }
}

/** The same of a database that is open. */
export const booksIn = (db: DatabaseSync): Evidence['centre'] => ({
  orders: ordersIn(db),
  notes: notesIn(db),
  payments: paymentsIn(db),
  bankPayments: balanceIn(db, 'bank payments'),
  postings: Postings.parse(
    db.prepare('select posting, sum(amount) as sum from entries group by posting').all(),
  ),
  kioskCash: balanceIn(db, 'kiosk cash'),
  boxesMoved: movedIn(db),
  pending: -balanceIn(db, 'pending orders'),
  suspense: -balanceIn(db, 'suspense'),
  claims: claimsIn(db),
  suspended: Suspended.parse(inSuspense(db, 'sum(-e.amount)')),
  claimsPaid: claimsPaidIn(db),
})

/** All orders, or those that a condition on `orders` names. */
export const ordersIn = (
  db: DatabaseSync,
  where = 'true',
  ...values: string[]
): Evidence['centre']['orders'] =>
  Orders.parse(
    db
      .prepare(
        `select order_number as "order", sale, serial, state, tender, energy + free_energy as energy, count,
           (select count(*) from undos u where u.order_number = orders.order_number
            and u.decided_at is null) as undoOpen,
           case when exists (select 1 from postings p where p.order_number = orders.order_number
                             and p.kind = 'order taken over')
             then 'earlier books' else funding end as funding,
           (select has_account from customers c join bindings b on b.customer = c.customer
            where b.binding = orders.binding) as hasAccount
         from orders where ${where}`,
      )
      .all(...values),
  )

/** All notes, or those that a condition on `notes` names. */
export const notesIn = (
  db: DatabaseSync,
  where = 'true',
  ...values: string[]
): Evidence['centre']['notes'] =>
  Notes.parse(
    db.prepare(`select note, sale, value, place from notes where ${where}`).all(...values),
  )

/** All claims, or those that a condition on `claims` names. */
export const claimsIn = (
  db: DatabaseSync,
  where = 'true',
  ...values: string[]
): Evidence['centre']['claims'] =>
  Claims.parse(
    db
      .prepare(
        `select claim, sale, amount, covered, state, booked_by as bookedBy, settled_by as settledBy
         from claims where ${where}`,
      )
      .all(...values),
  )

/** All payments, or those that a condition on `payments` names. */
export const paymentsIn = (
  db: DatabaseSync,
  where = 'true',
  ...values: string[]
): PaymentAtCentre[] =>
  Payments.parse(
    db
      .prepare(
        `select payment, sale, order_number as "order", amount, ended, place
         from payments where ${where}`,
      )
      .all(...values),
  )

/** Every posting that took something out of suspense; what only passed through took nothing. */
const claimsPaidIn = (db: DatabaseSync): Evidence['centre']['claimsPaid'] =>
  ClaimsPaid.parse(inSuspense(db, 'sum(e.amount)'))

/** Postings that have moved suspense, with a sum above zero: of its debits, or of its credits. */
const inSuspense = (db: DatabaseSync, amount: string): unknown =>
  db
    .prepare(
      `select e.posting, a.owner as sale, ${amount} as amount from entries e
       join accounts a on a.account = e.account where a.kind = 'suspense'
       group by e.posting, a.owner having ${amount} > 0`,
    )
    .all()

/** What postings have taken out of kiosks with their boxes. */
const movedIn = (db: DatabaseSync): number =>
  -(
    Total.parse(
      db
        .prepare(
          `select sum(e.amount) as total from entries e join accounts a on a.account = e.account
           join postings p on p.posting = e.posting
           where a.kind = 'kiosk cash' and p.kind = 'box removed'`,
        )
        .get(),
    ).total ?? 0
  )

const balanceIn = (db: DatabaseSync, kind: string): number =>
  Total.parse(
    db
      .prepare(
        'select sum(e.amount) as total from entries e join accounts a on a.account = e.account where a.kind = ?',
      )
      .get(kind),
  ).total ?? 0

/** What EF02 of a card carries, read from its bytes (power-card.md 4.2): count, energy, and the order's 16 BCD digits. */
export const cardEvidence = (card: {
  serial: string
  files: Record<number, string>
}): Evidence['cards'][number] => {
  const ef02 = Buffer.from(card.files[2] ?? '', 'hex')
  return {
    serial: card.serial,
    count: ef02.readUInt32BE(4),
    energy: ef02.readUInt32BE(8),
    order: ef02.toString('hex', 12, 20),
  }
}

/** Notes that are the kiosk's for good: those in the box, and one on its way there beyond the customer's reach. */
export const cashEvidence = (unit: {
  cashBox: { notes: Record<string, number> }
  note: { value: number; where: string } | null
}): Evidence['cashBox'] => [
  ...Object.entries(unit.cashBox.notes).map(([value, count]) => ({ value: Number(value), count })),
  ...(unit.note?.where === 'credited' ? [{ value: unit.note.value, count: 1 }] : []),
]

/** The books of a simulated bank terminal. */
export const terminalEvidence = (truth: {
  terminalId: string
  payments: readonly Omit<PaymentAtTerminal, 'terminalId'>[]
}): PaymentAtTerminal[] =>
  truth.payments.map(({ receiptNumber, trace, amount, at, state }) => ({
    terminalId: truth.terminalId,
    receiptNumber,
    trace,
    amount,
    at,
    state,
  }))
