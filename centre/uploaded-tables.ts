// The rows of what kiosks upload: their journals line by line, the notes in them, and the cash boxes that leave.
import type { KioskNumber, NoteId, SaleId } from '../domain/identifiers.ts'
import type { Minor } from '../domain/money.ts'
import type { PersonNumber } from '../domain/service/person.ts'
import type { ExchangeId } from '../domain/service/service-entries.ts'

/** How far the journal of a kiosk has come, and what the kiosk was last answered. */
export type Journals = {
  kiosk: KioskNumber
  /** The last line that is here, 0 = none, and its hash. */
  through: number
  hash: string
  /** The last line that the kiosk has ever said it has: at least `through`. */
  head_sequence: number
  head_hash: string
  /** Grows whenever something of this row changes: a message that answers an older one was made before. */
  answer: number
  answered_at: number
  /** At this moment every line the kiosk had is here; null = never yet. */
  whole_at: number | null
  /** What is wrong with the journal as the kiosk has it now: an alarm was raised. Null when all is well. */
  finding: string | null
  /** Notes booked up to this posting have been looked for in the journal. */
  posting_checked: number
}

/** A line exactly as it stands on the kiosk's disk, without its newline. Written once. */
export type JournalLines = {
  kiosk: KioskNumber
  sequence: number
  line: string
  hash: string
  kept_at: number
}

/** Every note of a journal, and where the journal says it is. */
export type JournalNotes = {
  kiosk: KioskNumber
  note: NoteId
  sale: SaleId | null
  /** Null: the acceptor did not say. */
  value: Minor | null
  place: 'held' | 'in the box' | 'returned' | 'unknown'
  /** When the line that says so came here. */
  since: number
  /** 1 when it was found in the books as the journal has it, or its absence told. */
  compared: number
  /** Of the line that says where it is; 0 for lines that came here before this was kept. */
  sequence: number
  /** The exchange by which it left the kiosk, or, where nobody knew its place then, would have. */
  exchange: ExchangeId | null
}

/** A cash box that leaves a kiosk. Notes are lists of value and count, as JSON. */
export type BoxExchanges = {
  exchange: ExchangeId
  kiosk: KioskNumber
  period: number
  state: 'begun' | 'counted' | 'removed' | 'exchanged' | 'not exchanged'
  person: PersonNumber
  /** What its kiosk had in the box. */
  expected: string
  /** The same, added up here from the notes of the journal. */
  by_notes: string
  unknown_value: number
  accuracy: string
  /** Null before it was counted at the kiosk, and where it went sealed. */
  counted: string | null
  counted_by: PersonNumber | null
  box: string | null
  seal: string | null
  new_box: string | null
  new_seal: string | null
  exchanged_by: PersonNumber | null
  witness: PersonNumber | null
  /** What the ledger has moved out of the kiosk with it. */
  moved: Minor
  office_counted: string | null
  /** Names, as JSON. */
  office_by: string | null
  office_at: number | null
}
