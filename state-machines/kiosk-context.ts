// What the kiosk machine knows: its input, context and events, and the small pure questions its guards ask.
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { SaleId } from '../domain/identifiers.ts'
import type { Language } from '../domain/language.ts'
import type { Minor } from '../domain/money.ts'
import { fciOf } from '../domain/power-card/apdu.ts'
import { toHex } from '../domain/power-card/bytes.ts'
import type { Closing } from '../domain/service/service-entries.ts'
import type { NoteAcceptorEvent, NoteCounters } from '../drivers/note-acceptor/note-acceptor.ts'
import type { Door, ServiceSwitchEvent } from '../drivers/service-switch/service-switch.ts'
import type { Tender, View } from '../ui/kiosk/screen.ts'
import type { ServiceDevice } from '../ui/kiosk/service/service-page.ts'
import type { Ids, Party, PartyWord, PressEvent } from './casting.ts'
import type { DeviceEvent, DeviceStates } from './device-states.ts'
import type { FindingWord } from './finding-payments.ts'
import type { InterruptedSale } from './interrupted-sale.ts'
import type { OfferFacts } from './open-services.ts'
import type { AccountPaymentEvent, PinRequest } from './payment-words.ts'
import type { SlipEvent } from './printing-slips.ts'
import type { MachineAct, ServicingWord } from './servicing-context.ts'
import type { Card, SaleOutput } from './sale-context.ts'
import type { LastStacked, LostNote } from './stray-notes.ts'

/** A note whose stacking was begun before the kiosk stopped and has no outcome in the journal. */
export type OpenNote = Extract<JournalEntry, { type: 'note.stacking' }>

export type KioskInput = {
  ids: Ids
  /** Null when the journal cannot be trusted or written: nothing is sold then. */
  journalTrouble: string | null
  openNotes: OpenNote[]
  /** Notes without a verdict from before. */
  lostNotes: LostNote[]
  lastStacked: LastStacked | null
  tenders: readonly Tender[]
  cashValues: readonly Minor[]
  mostCash: Minor
  /** The language customers are met in. */
  homeLanguage: Language
  /** Closed by a person or by the office, over any restart; null while it is open. */
  closed: Closing | null
  /** An exchange of the cash box was begun and has not come to its end: no note is taken. */
  boxOpen: boolean
  /** Loudness of its sounds, 0 to 10. */
  volume: number
  /** What there is to look after. */
  devicesFitted: readonly ServiceDevice[]
  /** What the configuration says how to do. */
  machineActs: readonly MachineAct[]
  /** Spoken here. */
  languages: readonly Language[]
}

/** Somebody wants into the maintenance mode. `number`: of the person, where a service card has said it. */
export type ServiceWanted = { by: 'card' | 'key'; number: string | null }

export type KioskContext = KioskInput & {
  devices: DeviceStates
  centre: 'reached' | 'lost' | 'not asked yet'
  card: Card | null
  /** The card in the slot has not been served yet. */
  cardFresh: boolean
  unusable: 'foreign card' | 'card not readable' | null
  theme: View['theme']
  /** The sale that is being served, so that it is closed even if its machine fails. */
  saleId: SaleId | null
  lastSale: SaleOutput | null
  /** The journal has too little room to begin a sale with (money-safety.md 7, J6). */
  diskFull: boolean
  language: Language
  /** A payment of before has no end that is known: none is asked for until it has. */
  paymentsOpen: boolean
  /** Sales that a stop broke off, as they stand now. */
  interrupted: InterruptedSale[]
  /** How the slip of such a sale is doing. */
  slip: 'printing' | 'comes later'
  serviceWanted: ServiceWanted | null
  /** Still at work. */
  holding: readonly Party[]
  /** The sale that is being served began while nothing new was to be sold. */
  saleFinishesOnly: boolean
  /** As their contacts last said. */
  doors: Record<Door, 'open' | 'shut' | 'not told'>
  /** The maintenance key can be heard. */
  switchHeard: boolean
  /** What was chosen on site to be done to the machine. */
  machineAct: MachineAct | null
}

export type KioskEvent =
  | DeviceEvent
  | PressEvent
  | { type: 'centre.reached' }
  | { type: 'centre.lost' }
  | { type: 'journal.failed'; why: string }
  | { type: 'disk.full' }
  | { type: 'disk.roomy' }
  | { type: 'strays.settled' }
  | FindingWord
  | AccountPaymentEvent
  | PinRequest
  | { type: 'day.due' }
  /** Everything that could be settled was tried; whether it worked is in the journal. */
  | { type: 'sales.tried' }
  | SlipEvent
  | ServiceSwitchEvent
  | PartyWord
  | ServicingWord
  | { type: 'tick' }

/** Settles every sale of the journal that still has to be closed with the centre. Told so after each sale. */
export type SettlingCommand = { type: 'sales.settle' }

/** The acceptor is at rest and says what it has counted in its life: compared with the journal. */
export type CashTallied = Extract<NoteAcceptorEvent, { type: 'note-acceptor.tallied' }>

/** The notes that are taken here and that the acceptor knows, as far as it has said so yet. */
export const valuesTaken = ({ cashValues, devices }: KioskContext): Minor[] =>
  cashValues.filter((value) => devices.noteAcceptor.values.includes(value))

export const isDoorOpen = ({ doors }: Pick<KioskContext, 'doors'>): boolean =>
  Object.values(doors).includes('open')

/** What may be paid with in the sale that is being served: what it began with, if that is not broken meanwhile. */
export const offerFactsOfSale = (context: KioskContext): OfferFacts => ({
  ...context,
  closed: context.saleFinishesOnly ? 'finish only' : null,
})

/** The acceptor's own lifelong counter against the one journalled with the intent. */
export const stackedSince = (
  note: OpenNote | undefined,
  now: NoteCounters | null,
): 'stacked' | 'not stacked' | 'cannot say' => {
  if (note === undefined || note.counters === null || now === null) return 'cannot say'
  switch (now.stacked - note.counters.stacked) {
    case 0:
      return 'not stacked'
    case 1:
      return 'stacked'
    default:
      return 'cannot say'
  }
}

/** The last sale that the stop broke off, of those whose customer may still be standing there. */
export const saleToTell = ({ interrupted }: Pick<KioskContext, 'interrupted'>) =>
  interrupted.findLast(({ onScreen }) => onScreen) ?? null

/** The card in the slot is the one of the sale that is told about: it is looked at as soon as that has been read. */
export const ownCardIn = (context: KioskContext): boolean => {
  const { card } = context
  const serial = card === null ? null : fciOf(card.fci)?.serial
  return serial != null && toHex(serial) === saleToTell(context)?.serial
}
