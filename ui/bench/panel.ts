// What the bench's front panel shows, and what a person can do there. It drives the simulators only, never the kiosk.
//
// The bench sends the whole `Panel` on every connect and after every change (server-sent events at `/panel`); the page
// sends an `Act` (POST `/act`) and gets 204, or 409 with a sentence that says why it cannot be done now.
import type { Energy } from '../../domain/energy.ts'
import type { Minor } from '../../domain/money.ts'

export type Panel = {
  /** Where the kiosk's own screen is served; the panel shows it in a frame. */
  kioskUrl: string
  /** Of the office's console; null where none runs. */
  consoleUrl: string | null
  currency: { code: string; symbol: string }
  programs: { kiosk: ProgramState; centre: ProgramState }
  cards: RackCard[]
  /** `pullAfter`: the card will be pulled after so many commands of its write. */
  slot: { card: string | null; readerPresent: boolean; pullAfter: number | null }
  notes: NotesPanel
  terminal: TerminalPanel
  /** Null in the authority's edition. */
  bank: BankPanel | null
  printer: PrinterPanel
  serviceSwitch: ServiceSwitchPanel
  meters: MeterPanel[]
  /** The line between kiosk and centre. */
  centreAway: boolean
  /** What this machine cannot do and what to install for it, a sentence each. */
  missing: string[]
}

export type ProgramState = 'starting' | 'running' | 'stopped'

export type RackCard = {
  id: string
  /** As printed on the card: who issued it and what kind it is. */
  title: string
  /** The name on the card, or what stands in its place. */
  name: string
  number: string
  /** One line: what happens with this card. */
  story: string
  look: 'customer' | 'opening' | 'service' | 'foreign' | 'blank'
  where: 'rack' | 'slot' | 'meter'
  /** The meter it belongs to; null for cards without one. */
  meter: string | null
}

export type NotesPanel = {
  /** What the acceptor's lamp shows. */
  state: 'off' | 'closed' | 'open' | 'busy'
  denominations: Minor[]
  /** The note that is under way, and where it is. */
  inPath: {
    value: Minor
    where: 'reading' | 'escrow' | 'returning' | 'stacking' | 'credited'
  } | null
  /** Notes in the box by value: physical truth, counted by nobody but the simulator. */
  cashBox: { value: Minor; count: number }[]
  faults: NoteFault[]
}
export type NoteFault =
  | 'jam'
  | 'cash box full'
  | 'cash box removed'
  | 'unplugged'
  | 'swapped unit'
  | 'silent'

export type TerminalPanel = {
  /** What its own little display says, line by line; nothing without power. */
  display: string[]
  /** What it waits for a person to do. */
  asks: 'card' | 'pin' | 'take card' | null
  cardInside: boolean
  /** Its payments, the newest first: physical truth, kept by terminal and bank whatever the kiosk believes. */
  books: { receiptNumber: number; amount: Minor; cardType: string; state: BookedState }[]
  /** What customers have been charged by it. */
  charged: Minor
  faults: TerminalFault[]
}
/** The bank's host, the front machine before it, and the accounts that are linked to power cards. */
export type BankPanel = {
  front: ProgramState
  up: boolean
  accounts: { card: string; balance: Minor; pin: string | null; pinTriesLeft: number }[]
}

/** 'stored' is charged. 'reversal pending' is, until the terminal next reaches its bank. */
export type BookedState = 'authorised' | 'stored' | 'reversed' | 'reversal pending'
export type TerminalFault = 'bank away' | 'day not ended' | 'silent' | 'unplugged'
/** What people pay with at the bank terminal, by what becomes of it. */
export type BankCard =
  | 'good'
  | 'wrong PIN once'
  | 'PIN blocked'
  | 'declined'
  | 'account empty'
  | 'cannot be read'

export type PrinterPanel = {
  faults: PrinterFault[]
  /** The newest first. */
  receipts: { id: string; picture: string; widthPx: number; heightPx: number; torn: boolean }[]
}
export type PrinterFault = 'paper low' | 'paper out' | 'cover open' | 'offline' | 'unplugged'

/** The maintenance key and what stands open. `plugged`: the encoder they are wired to. */
export type ServiceSwitchPanel = {
  keyOn: boolean
  open: Record<BenchDoor, boolean>
  plugged: boolean
}
export type BenchDoor = 'cabinet' | 'cash'

export type MeterPanel = {
  number: string
  owner: string
  remaining: Energy
  relay: 'open' | 'closed'
  /** The last result code of power-card.md 10.6; null before the first card. */
  lastResult: number | null
  card: string | null
}

export type Act =
  | { type: 'card.insert'; card: string }
  | { type: 'card.take' }
  /** So many commands of the next write are answered, then the card is out; 0 takes it back. */
  | { type: 'card.pull-after'; commands: number }
  | { type: 'note.insert'; value: Minor }
  | { type: 'note.insert-bad' }
  | { type: 'notes.fault'; fault: NoteFault; on: boolean }
  | { type: 'notes.empty-box' }
  | { type: 'notes.power-cycle' }
  | { type: 'bank-card.present'; card: BankCard; how: 'tap' | 'insert' }
  | { type: 'bank-card.take' }
  /** Of the account that the power card is linked to, where the terminal asks for it. */
  | { type: 'terminal.pin'; pin: string }
  | { type: 'terminal.stop' }
  | { type: 'terminal.fault'; fault: TerminalFault; on: boolean }
  | { type: 'terminal.power-cycle' }
  | { type: 'bank.down'; on: boolean }
  | { type: 'front.kill' }
  | { type: 'printer.fault'; fault: PrinterFault; on: boolean }
  | { type: 'receipt.tear-off'; receipt: string }
  | { type: 'service-key.turn'; on: boolean }
  | { type: 'door.open'; which: BenchDoor; on: boolean }
  | { type: 'service-switch.unplug'; on: boolean }
  | { type: 'reader.unplug'; on: boolean }
  | { type: 'centre.away'; on: boolean }
  | { type: 'kiosk.kill' }
  | { type: 'meter.insert'; card: string; meter: string }
  | { type: 'meter.take'; meter: string }
  | { type: 'meter.use'; meter: string; energy: Energy }
