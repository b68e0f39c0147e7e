// What each thing that can be wrong closes, as data: which ways to pay, the paper, or the kiosk as a whole. No rule of this
// kind stands anywhere else; what follows from several at once is in `open-services.ts`.
import type { OutOfServiceReason, TenderTrouble } from '../ui/kiosk/screen.ts'
import type { DeviceStates } from './device-states.ts'

/** One row. What is closed by any of several things is closed. */
export type Closes =
  | { what: 'nothing' }
  /** No new customer is served; whoever is being served is served to the end. */
  | { what: 'the kiosk'; why: OutOfServiceReason }
  | {
      what: 'cash' | 'bank card' | 'bank account' | 'all of the bank' | 'every way to pay'
      why: TenderTrouble
    }
  /** Receipts are shown on the screen. */
  | { what: 'paper' }

/** What a device says of itself that is no fault and closes as much. */
type OwnCondition = {
  cardReader: 'not heard of yet'
  noteAcceptor: 'not heard of yet'
  receiptPrinter: 'not heard of yet'
  bankTerminal: 'not heard of yet' | 'does not wait for the goods' | 'asks for no PIN'
}

/** Each fault of each device, no other, and the kiosk's own conditions. */
type Table = {
  [Device in keyof DeviceStates]: Record<
    DeviceStates[Device]['faults'][number] | OwnCondition[Device],
    Closes
  >
} & Record<'payments' | 'journal' | 'disk' | 'centre' | 'people', Record<string, Closes>>

const nothing: Closes = { what: 'nothing' }
const paper: Closes = { what: 'paper' }
const cash: Closes = { what: 'cash', why: 'device fault' }
const theBank: Closes = { what: 'all of the bank', why: 'device fault' }
const kiosk = (why: OutOfServiceReason): Closes => ({ what: 'the kiosk', why })

export const degradation = {
  cardReader: {
    'not heard of yet': kiosk('starting'),
    'no reader': kiosk('card reader'),
    'no card service': kiosk('card reader'),
  },
  noteAcceptor: {
    'not heard of yet': cash,
    'not answering': cash,
    'wrong unit': cash,
    'cash box full': { what: 'cash', why: 'cash box full' },
    'cash box removed': cash,
    jam: cash,
    'fraud attempt': cash,
    'path open': cash,
    'not trusted': cash,
    broken: cash,
  },
  // A sale is on disk before its paper, so no trouble of a printer closes anything else.
  receiptPrinter: {
    'not heard of yet': paper,
    'not answering': paper,
    'paper low': nothing,
    'paper out': paper,
    'cover open': paper,
    offline: paper,
    cutter: paper,
    'too hot': paper,
    broken: paper,
  },
  bankTerminal: {
    'not heard of yet': theBank,
    'does not wait for the goods': { what: 'bank card', why: 'device fault' },
    'asks for no PIN': { what: 'bank account', why: 'device fault' },
    'not answering': theBank,
    'wrong terminal': theBank,
    'not suitable': theBank,
    'not ready': theBank,
    'card left inside': theBank,
    // Whether the bank is reached shows with the next payment alone: a customer may find out, and nothing is charged.
    'no connection': nothing,
    'day not ended': theBank,
    broken: theBank,
  },
  payments: {
    'one is open': { what: 'all of the bank', why: 'checking an earlier payment' },
  },
  // Even an enquiry journals the card it is about.
  journal: { 'not written': kiosk('journal') },
  disk: { full: kiosk('journal') },
  centre: {
    'not asked yet': kiosk('starting'),
    away: kiosk('centre away'),
  },
  // By somebody on site or by the office.
  people: {
    'out of service': kiosk('by the operator'),
    // An exchange of the box was begun and not ended: no note may go in.
    'cash box open': cash,
    // What was bought before is still finished, and a claim slip redeemed.
    'finish only': { what: 'every way to pay', why: 'not offered here' },
  },
} as const satisfies Table

/** Of several reasons the first that stands is told: what lasts longest, and what a customer can do least about. */
export const reasonsInOrder: readonly OutOfServiceReason[] = [
  'journal',
  'by the operator',
  'card reader',
  'starting',
  'centre away',
]
export const troublesInOrder: readonly TenderTrouble[] = [
  'not offered here',
  'cash box full',
  'device fault',
  'checking an earlier payment',
]
