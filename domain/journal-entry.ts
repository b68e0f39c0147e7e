// Everything a kiosk can journal: an entry for each intent before an irreversible act and for each outcome after it.
//
// The journal is the truth about money (money-safety.md 2). Kiosk, centre and auditor read the same entries.
import { z } from 'zod'
import { ReferenceNumber } from './claim.ts'
import { RecordId } from './fleet/kiosk-messages.ts'
import {
  CardSerial,
  InsertionId,
  NoteId,
  OrderNumber,
  PaymentId,
  QuoteId,
  RequestId,
  SaleId,
} from './identifiers.ts'
import { OrderState } from './order.ts'
import { PaymentEnded, PaymentEvidence, PaymentWay } from './payment.ts'
import { EnergyAmount, Money } from './schema.ts'
import { serviceEntries } from './service/service-entries.ts'

const tender = z.enum(['cash', 'bank card', 'bank account', 'account'])
const counters = z.object({ stacked: z.int(), rejected: z.int() }).nullable()

/** `first`, `another unit`, `counters went back`: there is nothing to compare with, and the next comparison begins here. */
const CashVerdict = z.enum(['agrees', 'differs', 'first', 'another unit', 'counters went back'])

export const JournalEntry = z.discriminatedUnion('type', [
  /** The program started. `boot` grows by one at every start. */
  z.object({ type: z.literal('kiosk.started'), boot: z.int(), version: z.string() }),
  /** A last line that was torn by a power cut was kept aside; it had never been acknowledged. */
  z.object({ type: z.literal('journal.torn'), keptAside: z.string(), bytes: z.int() }),

  /** A customer's card went in: the sale has its id from here on. */
  z.object({
    type: z.literal('session.opened'),
    saleId: SaleId,
    insertionId: InsertionId,
    serial: CardSerial,
  }),
  /** The session is over. `cash` is the sum of the notes it stacked. */
  z.object({ type: z.literal('session.closed'), saleId: SaleId, end: z.string(), cash: Money }),

  /** The acceptor holds a note that can still go back. The note has its id from here on. */
  z.object({ type: z.literal('note.escrowed'), saleId: SaleId, noteId: NoteId, value: Money }),
  /** Intent: the next byte to the acceptor makes the note ours. `counters` as the acceptor last told them. */
  z.object({
    type: z.literal('note.stacking'),
    saleId: SaleId,
    noteId: NoteId,
    value: Money,
    counters,
  }),
  /** Outcome: done. The note is credited to the sale. */
  z.object({ type: z.literal('note.stacked'), saleId: SaleId, noteId: NoteId, value: Money }),
  /** Intent: the note goes back to the customer. */
  z.object({ type: z.literal('note.returning'), saleId: SaleId, noteId: NoteId, value: Money }),
  /** Outcome: not done. The note is with the customer again. */
  z.object({ type: z.literal('note.returned'), saleId: SaleId, noteId: NoteId, value: Money }),
  /** Outcome: unknown until the acceptor has been asked. */
  z.object({
    type: z.literal('note.unknown'),
    saleId: SaleId,
    noteId: NoteId,
    value: Money,
    why: z.string(),
  }),
  /** The acceptor took a note nobody asked for. Still money: credited to the sale, or held for a person (null). */
  z.object({
    type: z.literal('note.unexpected'),
    saleId: SaleId.nullable(),
    noteId: NoteId,
    value: Money.nullable(),
  }),

  /** Intent: a bank is asked for this sum under this id. From here on the payer may be charged. */
  z.object({
    type: z.literal('payment.requesting'),
    saleId: SaleId,
    paymentId: PaymentId,
    way: PaymentWay,
    amount: Money,
  }),
  /** Authorised, and not final: it is kept or refused next. */
  z.object({
    type: z.literal('payment.authorised'),
    saleId: SaleId,
    paymentId: PaymentId,
    evidence: PaymentEvidence,
  }),
  /** Outcome: not done. The payer is certainly not charged. */
  z.object({
    type: z.literal('payment.declined'),
    saleId: SaleId,
    paymentId: PaymentId,
    why: z.string(),
  }),
  /** Intent: the goods are out, the payment becomes final. */
  z.object({ type: z.literal('payment.keeping'), saleId: SaleId, paymentId: PaymentId }),
  /** Intent: nothing was delivered, the payment is undone. */
  z.object({ type: z.literal('payment.refusing'), saleId: SaleId, paymentId: PaymentId }),
  /** Outcome: done. The payer is charged. */
  z.object({
    type: z.literal('payment.kept'),
    saleId: SaleId,
    paymentId: PaymentId,
    evidence: PaymentEvidence,
  }),
  /** Outcome: not done, or undone. The payer is certainly not charged. */
  z.object({ type: z.literal('payment.reversed'), saleId: SaleId, paymentId: PaymentId }),
  /** Outcome: unknown until the terminal or the front machine has been asked. */
  z.object({
    type: z.literal('payment.unknown'),
    saleId: SaleId,
    paymentId: PaymentId,
    why: z.string(),
  }),
  /** Nobody on site can say any more (another terminal, books closed): the bank's file decides. */
  z.object({
    type: z.literal('payment.given-up'),
    saleId: SaleId,
    paymentId: PaymentId,
    why: z.string(),
  }),

  /** Intent: this order is asked for under this request id. The money stays tendered until the answer. */
  z.object({
    type: z.literal('order.requesting'),
    saleId: SaleId,
    requestId: RequestId,
    quoteId: QuoteId,
    tender,
    amount: Money,
    /** With cash: the notes it is paid with. What else is in the box of this sale is left to its closing. */
    notes: z.array(NoteId).optional(),
  }),
  /** Outcome: done. The money is in the order. */
  z.object({
    type: z.literal('order.reserved'),
    saleId: SaleId,
    orderNumber: OrderNumber,
    amount: Money,
    toAccount: Money,
    energy: EnergyAmount,
  }),
  /** Outcome: not done. */
  z.object({ type: z.literal('order.refused'), saleId: SaleId, why: z.string() }),
  /** Outcome: unknown. The closing of the sale settles it. */
  z.object({ type: z.literal('order.unknown'), saleId: SaleId, why: z.string() }),

  /** Intent: the commands of this order's script go to the card. */
  z.object({ type: z.literal('card.writing'), saleId: SaleId, orderNumber: OrderNumber }),
  /** Outcome: done, proven by the card and confirmed by the centre. */
  z.object({ type: z.literal('card.written'), saleId: SaleId, orderNumber: OrderNumber }),
  /** Outcome: not done, proven by the card and confirmed by the centre. */
  z.object({
    type: z.literal('card.not-written'),
    saleId: SaleId,
    orderNumber: OrderNumber,
    state: OrderState,
  }),
  /** Outcome: unknown. The card decides when it is seen again, at any kiosk. */
  z.object({
    type: z.literal('card.unknown'),
    saleId: SaleId,
    orderNumber: OrderNumber,
    why: z.string(),
  }),

  /** Intent: a load is taken back (power-card.md 8.3). The centre releases the commands under this request id. */
  z.object({
    type: z.literal('card.undoing'),
    saleId: SaleId,
    orderNumber: OrderNumber,
    requestId: RequestId,
  }),
  /** Outcome: done. The whole order is in the account. */
  z.object({ type: z.literal('card.undone'), saleId: SaleId, orderNumber: OrderNumber }),
  /** Outcome: not done. The purchase stands on the card. */
  z.object({
    type: z.literal('card.not-undone'),
    saleId: SaleId,
    orderNumber: OrderNumber,
    why: z.string(),
  }),
  /** Outcome: unknown. The card decides when it is seen again, at any kiosk. */
  z.object({
    type: z.literal('card.undo-unknown'),
    saleId: SaleId,
    orderNumber: OrderNumber,
    why: z.string(),
  }),

  /** Intent: an order proven not loaded goes back to the account. Asked again under `requestId` until it is answered. */
  z.object({
    type: z.literal('order.returning'),
    saleId: SaleId,
    orderNumber: OrderNumber,
    requestId: RequestId.optional(),
  }),
  z.object({ type: z.literal('order.returned'), saleId: SaleId, orderNumber: OrderNumber }),
  /** Outcome: not done. The centre keeps the order, in this state. */
  z.object({
    type: z.literal('order.not-returned'),
    saleId: SaleId,
    orderNumber: OrderNumber,
    state: OrderState,
  }),

  /** Intent: the sale is settled with the centre under this request id; sent until answered. */
  z.object({
    type: z.literal('sale.closing'),
    saleId: SaleId,
    insertionId: InsertionId.nullable(),
    requestId: RequestId,
    notes: z.array(z.object({ noteId: NoteId, value: Money })),
    payments: z.array(PaymentEnded).optional(),
  }),
  /** Outcome: done. Sum of the notes and kept payments = order + toAccount + toSuspense. */
  z.object({
    type: z.literal('sale.settled'),
    saleId: SaleId,
    orderNumber: OrderNumber.nullable(),
    /** As the centre had that order when it answered. */
    orderState: OrderState.optional(),
    toAccount: Money,
    toSuspense: Money,
  }),

  /** Paper. A print never decides about money. */
  z.object({
    type: z.literal('receipt.queued'),
    saleId: SaleId,
    jobId: z.string(),
    number: z.int(),
    /** The purchase it is the receipt of; absent where it tells of something else. */
    purchase: OrderNumber.optional(),
    /** It says that it is a duplicate, and which one. */
    copy: z.int().positive().optional(),
  }),
  z.object({ type: z.literal('receipt.printed'), saleId: SaleId, jobId: z.string() }),
  z.object({
    type: z.literal('receipt.not-printed'),
    saleId: SaleId,
    jobId: z.string(),
    why: z.string(),
  }),

  /**
   * Intent: a slip with this signed claim is handed out, for money of this sale that has no destination yet. `amount` null:
   * nobody knows it.
   */
  z.object({
    type: z.literal('claim.made'),
    saleId: SaleId,
    amount: Money.nullable(),
    text: z.string(),
  }),
  /** Intent: the customer of this sale redeems the slip with this number, asked under this id until it is answered. */
  z.object({
    type: z.literal('claim.redeeming'),
    saleId: SaleId,
    insertionId: InsertionId,
    requestId: RequestId,
    reference: ReferenceNumber,
  }),
  /** Outcome: done. The money of that slip is in the account of the card of this insertion. */
  z.object({
    type: z.literal('claim.redeemed'),
    saleId: SaleId,
    requestId: RequestId,
    reference: ReferenceNumber,
    amount: Money,
  }),
  /** Outcome: not done, and why: a word of the centre. */
  z.object({
    type: z.literal('claim.refused'),
    saleId: SaleId,
    requestId: RequestId,
    reference: ReferenceNumber,
    why: z.string(),
  }),

  /**
   * Two records of cash compared while the acceptor is at rest: notes that its own lifelong counter has gained since the last
   * comparison, and notes of that time that the journal has in the box.
   */
  z.object({
    type: z.literal('cash.compared'),
    /** That all these notes are of, if they are of one. */
    sale: SaleId.nullable(),
    /** Serial number of the acceptor. */
    unit: z.string(),
    counters: z.object({ stacked: z.int(), rejected: z.int() }),
    /** Notes in the box by the journal; and notes whose place it does not know: each may be there or not. */
    expected: z.int().nonnegative(),
    open: z.int().nonnegative(),
    /** Notes that the acceptor counts above what can be explained, or (negative) below. 0 unless the verdict is `differs`. */
    difference: z.int(),
    verdict: CashVerdict,
  }),

  /** Trouble of a device or of the kiosk, raised and cleared. */
  z.object({
    type: z.literal('fault.raised'),
    device: z.string(),
    fault: z.string(),
    detail: z.string(),
  }),
  z.object({ type: z.literal('fault.cleared'), device: z.string(), fault: z.string() }),

  /** Acts of people on site, and the kiosk closed and opened. */
  ...serviceEntries,

  /** A command of the centre, and the name of the key it is signed with (fleet.md 8, C7). None of them touches money. */
  z.object({
    type: z.literal('command.taken'),
    commandId: RecordId,
    op: z.string(),
    kid: z.string(),
  }),
  /** How it ended: a word of `CommandAnswer`, and why. */
  z.object({
    type: z.literal('command.ended'),
    commandId: RecordId,
    st: z.string(),
    code: z.string().optional(),
  }),
])
export type JournalEntry = z.infer<typeof JournalEntry>

/** Of a note that was paid with, or that nobody asked for. One in a test is nobody's payment, and stands in none of the books. */
export type NoteEntry = Extract<JournalEntry, { noteId: NoteId; saleId: SaleId | null }>
export const isOfNote = (entry: JournalEntry): entry is NoteEntry =>
  'noteId' in entry && 'saleId' in entry

/**
 * A line of the journal: the entry with its place in the chain. `hash` is SHA-256 over the line as written without its
 * `hash` member; `previous` is the hash of the line before, 64 zeros for the first.
 */
export const JournalLine = z.object({
  sequence: z.int().positive(),
  at: z.iso.datetime(),
  previous: z.string().regex(/^[0-9a-f]{64}$/),
  entry: JournalEntry,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type JournalLine = z.infer<typeof JournalLine>
