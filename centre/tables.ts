// The rows of the centre's database, table by table.
//
// Only text and whole numbers, so that the same tables can stand in PostgreSQL: money in minor units, energy in
// 0.01 kWh, moments in ms since 1970, bytes as lower-case hex, yes and no as 1 and 0. `sequence` comes from one counter
// and says what was before what, where two moments of the same millisecond could not. Values that have a brand carry
// it here: only what went through a schema at the edge gets in, so what comes out needs no second check.
import type { Generated } from 'kysely'
import type { KioskPublicKey } from '../domain/claim.ts'
import type { Energy } from '../domain/energy.ts'
import type {
  CardSerial,
  CustomerNumber,
  InsertionId,
  KioskNumber,
  MeterNumber,
  Nonce,
  NoteId,
  OrderNumber,
  PaymentId,
  QuoteId,
  RequestId,
  SaleId,
} from '../domain/identifiers.ts'
import type { Minor } from '../domain/money.ts'
import type { OrderState } from '../domain/order.ts'
import type { PaymentWay } from '../domain/payment.ts'
import type { Journals, JournalLines, JournalNotes, BoxExchanges } from './uploaded-tables.ts'

/** One row for every time the store was opened. */
type Starts = { number: number }

/** Numbers given out one by one: `order number`, `sequence`, `posting`. `value` is the last one given. */
type Counters = { name: string; value: number }

/** A point of sale; `channel` says what kind (domain.md 2). */
type Kiosks = {
  kiosk: KioskNumber
  place: string
  channel: Generated<'terminal' | 'pc' | 'phone' | 'bank agent' | 'payment hall' | 'office'>
  /** The region it stands in, as `areas` names it; null where nobody has said. */
  area: number | null
}

/** What the area of a binding is called. */
type Areas = { area: number; name: string }

type Customers = {
  customer: CustomerNumber
  /** As in "L. Chen". */
  short_name: string
  /** Partly masked, as a kiosk may show it. */
  address: string
  /** How far the account may go below zero. */
  overdraft: Minor
  /** Nothing is paid from a frozen account. */
  frozen: number
  /** Nothing is sold to a blocked customer. */
  blocked: number
  /** 0: no capital account (a bank's edition); what would go there is claimed at the office. */
  has_account: number
}

/** `rules` is a Tariff as JSON. */
type Tariffs = { code: string; valid_from: string; rules: string }

/** One opening of one meter for one customer (power-card.md 1.4). What a card of the binding must say stands here. */
type Bindings = {
  binding: string
  customer: CustomerNumber
  meter: MeterNumber
  tariff: string
  area: number
  meter_key_version: number
  unit_flags: number
  currency: number
  ct_ratio: number
  pt_ratio: number
  alarm_1: number
  alarm_2: number
  /** 0.01 kWh; 0 = no limit. */
  hoarding_limit: Energy
  overdraft_limit: number
  /** B: the highest count known to be credited by the meter. */
  credited: number
  /** Why the books and a card contradict each other; decided in the office. Null = they do not. */
  inquiry: string | null
  /** Sold before these books began, in `opening_period` (a month or a year of the calendar). */
  opening_energy: Energy
  opening_period: string
  /** The last month whose fixed charges were taken or counted as due, `YYYY-MM`, and what of them was not covered. */
  charged_through: string
  charges_unpaid: Minor
  /** The last month whose free units were sold, `YYYY-MM`. */
  free_units_given: string | null
  /** `validFrom` of the newest standby prices that are proven to have gone onto the card. */
  prices_sent: string | null
}

type Cards = {
  serial: CardSerial
  binding: string
  issue_number: number
  key_version: number
  /** `replaced` is the block list (13.1 check 4). */
  status: 'in use' | 'replaced'
  /** C and the order at C: what the centre last knows to be on this card. All zeros for none. */
  count: number
  order_number: OrderNumber
  /** 1 once a write-back on this very card showed that it was in its meter. */
  in_meter: number
  /** When C became what it is: an older nonce says nothing about it. */
  sequence: number
}

/** A purchase of the time before these books: for the customer to see, and to know its number when a card shows it. */
type EarlierPurchases = {
  order_number: OrderNumber
  binding: string
  count: number
  at: number
  tender: Minor
  energy: Energy
}

/** What was taken over: `content` is the part of an entry that never changes any more, as JSON. */
type Imported = { kind: string; name: string; content: string }

type Nonces = {
  nonce: Nonce
  kiosk: KioskNumber
  /** `look`: for diagnosis, good for 10 minutes. `settle`: for the proof of one order. */
  use: 'look' | 'settle'
  order_number: OrderNumber | null
  sequence: number
  issued_at: number
  used_at: number | null
}

/** How a customer repays old debt, where it was agreed otherwise than the tariff has it: an ArrearsPlan. */
type ArrearsPlans = {
  customer: CustomerNumber
  share: number
  cap: Minor | null
  least_energy_share: number
  since: number
}

/** From a day on a binding has another tariff than `bindings.tariff`; the latest that has begun counts. */
type TariffAssignments = { binding: string; from_day: string; tariff: string }

/** Energy that was paid for and is in no meter any more: it comes with purchases of this binding (power-card.md 12.3). */
type MakeUpEnergy = { make_up: string; binding: string; energy: Energy; at: number }

/** Make-up energy in the free energy of an order; an order that is taken back has given none. */
type MakeUpGiven = { order_number: OrderNumber; binding: string; energy: Energy }

/** Lost or stolen, and not replaced yet. */
type BlockedCards = { serial: CardSerial; why: string; at: number; who: string }

type Insertions = {
  insertion: InsertionId
  kiosk: KioskNumber
  serial: CardSerial
  /** Set once a look proved that the genuine card of a binding is in. */
  binding: string | null
  sequence: number
  begun_at: number
  ended_at: number | null
  verdict: string | null
  /** Looks whose MAC did not verify (13.1 check 2 allows one). */
  failed_looks: number
  /** The last authentic look. */
  look: number | null
}

/** An authentic reading of a card, kept for ever: a script clears EF05 only after it stands here (8.1). */
type Looks = {
  look: number
  insertion: InsertionId
  at: number
  fci: string
  ef01: string
  ef02: string
  ef05: string
  journal: string
}

/** What a meter said of itself by way of the card; only with a valid meter MAC. */
type WriteBacks = {
  write_back: number
  binding: string
  look: number
  at: number
  meter_time: number
  result: number
  count: number
  remaining: Energy
  overdraft_used: number
  total_credited: number
  total_used: number
  used_this_month: Energy
  used_last_month: Energy
  illegal_insertions: number
  tamper_events: number
  /** Bytes 0..107. */
  bytes: string
}

type Quotes = {
  quote: QuoteId
  sale: SaleId
  insertion: InsertionId
  binding: string
  tender: Minor
  expires_at: number
  /** Fixed charges that were due, of which `priced` may have taken a part. */
  fixed_due: Minor
  /** A Quote as JSON. */
  priced: string
}

type Orders = {
  order_number: OrderNumber
  sale: SaleId
  binding: string
  kiosk: KioskNumber
  serial: CardSerial
  quote: QuoteId
  count: number
  state: OrderState
  funding: 'cash' | 'account' | 'payment'
  tender: Minor
  charged: Minor
  energy: Energy
  free_energy: Energy
  /** Old debt that this order repays, once it is loaded. */
  arrears: Minor
  /** `YYYY-MM-DD` of the town at the reservation. */
  business_day: string
  /** What goes onto the card: 40 bytes. */
  image: string
  created_at: number
  /** How many scripts have left the centre for this order, and the last one's place in time. */
  scripts: number
  script_sequence: number | null
  script_at: number | null
  /** After it no script and no answer for the attempt (8.6). */
  fence_sequence: number | null
  fence_at: number | null
  loaded_sequence: number | null
  loaded_at: number | null
}

/** Every state an order has been in, with the reason. */
type OrderStates = {
  order_number: OrderNumber
  step: number
  state: OrderState
  at: number
  why: string
}

/** Scripts that have left the centre, and the challenge that each is bound to. */
type Scripts = {
  order_number: OrderNumber
  attempt: number
  kiosk: KioskNumber
  sale: SaleId
  insertion: InsertionId
  challenge: Nonce
  /** The host's 8 bytes: with the challenge they make the key of the session. */
  random: string | null
  /** Secured writes in it; an undo goes on with the next number (power-card.md 8.3). */
  writes: number | null
  /** The look that showed the purchase it replaced. */
  look: number | null
  /** `validFrom` of the standby prices in it. */
  prices: string | null
  at: number
  sequence: number
}

/** An order that was proven loaded, and what its charges were before: an undo puts them back (power-card.md 8.3). */
type Loads = {
  order_number: OrderNumber
  /** 1 while the card may still be in the session it was written in: proven by RO, and nothing else seen since. */
  session_open: number
  charged_through: string
  charges_unpaid: Minor
  free_units_given: string | null
}

/** A load that was to be taken back: its two commands have left the centre. */
type Undos = {
  order_number: OrderNumber
  kiosk: KioskNumber
  sale: SaleId
  insertion: InsertionId
  at: number
  sequence: number
  /** When the card showed which it is; null while nobody knows. */
  decided_at: number | null
}

/** Every note the kiosks have told of, each in exactly one place. */
type Notes = {
  note: NoteId
  kiosk: KioskNumber
  sale: SaleId
  value: Minor
  place: 'order' | 'account' | 'suspense'
  posting: number
}

/** Every payment the kiosks have told of that is not cash. */
type Payments = {
  payment: PaymentId
  kiosk: KioskNumber
  sale: SaleId
  way: PaymentWay
  amount: Minor
  /** A PaymentEvidence as JSON; null while no approval was ever heard of. */
  evidence: string | null
  /** The order it has paid for. */
  order_number: OrderNumber | null
  /** `open`: it was authorised, and its kiosk has not told yet how it ended. */
  ended: 'open' | 'kept' | 'reversed' | 'unknown'
  /**
   * Where its money went: `order` also once that order went back to the account. `payer`: it was given back. `unpaid
   * delivery`: it was reversed, and the energy is with the customer. `nowhere`: it never was in these books.
   */
  place: 'order' | 'account' | 'suspense' | 'payer' | 'unpaid delivery' | 'nowhere'
  /** That has put it there; null for `nowhere`. */
  posting: number | null
  /** When it became known here. */
  since: number
}

/** A sale that was closed: whatever of it comes later is refused. */
type ClosedSales = { sale: SaleId; kiosk: KioskNumber; closed_at: number }

/** The public key of a kiosk, by which its claims are known. `learnt`: how it came here. */
type KioskKeys = {
  kiosk: KioskNumber
  public_key: KioskPublicKey
  learnt: 'imported' | 'first seen' | 'enrolled'
  since: number
}

/** Every sale that was heard of, by the number on its slip. Two sales may have the same number. */
type SaleReferences = { sale: SaleId; reference: string; kiosk: KioskNumber }

/**
 * Money of a sale that somebody may ask for with its slip. `open` and, less what is covered, `paid ahead` make up the
 * account suspense: open claims are owed, a claim paid ahead still lacks its notes.
 */
type Claims = {
  claim: number
  sale: SaleId
  kiosk: KioskNumber
  /** Null only while it awaits the kiosk: the slip did not say. */
  amount: Minor | null
  /** Of a claim paid ahead: what its kiosk has told of since. */
  covered: Minor
  /** `given back`: its payment was reversed, and nobody is owed it any more. */
  state: 'awaiting the kiosk' | 'open' | 'redeemed' | 'paid' | 'paid ahead' | 'given back'
  made_at: number
  /** The posting that has put it into suspense. */
  booked_by: number | null
  settled_at: number | null
  /** The posting that has taken it out. */
  settled_by: number | null
  /** Whose account it went to. */
  customer: CustomerNumber | null
  /** Who decided at the office, as JSON. */
  persons: string | null
}

/** References nobody knows, and the card they were typed with. */
type ClaimTries = { claim_try: number; kiosk: KioskNumber; serial: CardSerial; at: number }

type Requests = {
  request: RequestId
  kiosk: KioskNumber
  name: string
  hash: string
  reply: string
  at: number
}

type Alarms = {
  alarm: number
  at: number
  kind: string
  kiosk: KioskNumber | null
  serial: CardSerial | null
  binding: string | null
  order_number: OrderNumber | null
  /** What was seen, as JSON. */
  evidence: string
}

/** A settlement file of bank or front machine (domain.md 14.2). Written once. */
type SettlementFiles = {
  file: number
  name: string
  /** SHA-256 of its content. */
  hash: string
  party: 'bank' | 'front'
  leg: string
  business_date: string
  /** Of the files of this party, leg and date. */
  number: number
  total: Minor
  read_at: number
}

type SettlementRows = {
  file: number
  row: number
  /** Empty where it is about no order. */
  order_number: string
  reference: string
  terminal: string
  stan: number
  kind: 'sale' | 'top-up' | 'reversal' | 'return'
  amount: Minor
  fee: Minor
  state: string
  delivery: string
  at: string
}

type Accounts = { account: string; kind: string; owner: string }
type Postings = {
  posting: number
  at: number
  kind: string
  order_number: OrderNumber | null
  sale: SaleId | null
}
/** `amount` > 0 is a debit, < 0 a credit. */
type Entries = { posting: number; line: number; account: string; amount: Minor }

export type Tables = {
  starts: Starts
  counters: Counters
  kiosks: Kiosks
  areas: Areas
  customers: Customers
  tariffs: Tariffs
  bindings: Bindings
  cards: Cards
  earlier_purchases: EarlierPurchases
  imported: Imported
  arrears_plans: ArrearsPlans
  tariff_assignments: TariffAssignments
  make_up_energy: MakeUpEnergy
  make_up_given: MakeUpGiven
  blocked_cards: BlockedCards
  nonces: Nonces
  insertions: Insertions
  looks: Looks
  write_backs: WriteBacks
  quotes: Quotes
  orders: Orders
  order_states: OrderStates
  scripts: Scripts
  loads: Loads
  undos: Undos
  notes: Notes
  payments: Payments
  closed_sales: ClosedSales
  journals: Journals
  journal_lines: JournalLines
  journal_notes: JournalNotes
  box_exchanges: BoxExchanges
  kiosk_keys: KioskKeys
  sale_references: SaleReferences
  claims: Claims
  claim_tries: ClaimTries
  requests: Requests
  alarms: Alarms
  settlement_files: SettlementFiles
  settlement_rows: SettlementRows
  accounts: Accounts
  postings: Postings
  entries: Entries
}
