// What the maintenance mode knows: who is there, which page is open, what was typed and what was said last.
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { Language } from '../domain/language.ts'
import { mayDo, type Person, type PersonNumber } from '../domain/service/person.ts'
import type { ClosedReason, Closing, VisitId } from '../domain/service/service-entries.ts'
import type { BankTerminalEvent } from '../drivers/bank-terminal/bank-terminal.ts'
import type { CardReaderEvent } from '../drivers/card-reader/card-reader.ts'
import type { NoteAcceptorEvent } from '../drivers/note-acceptor/note-acceptor.ts'
import type { ReceiptPrinterEvent } from '../drivers/receipt-printer/receipt-printer.ts'
import type {
  ServiceChoice,
  ServiceDevice,
  ServiceMark,
  ServiceSentence,
} from '../ui/kiosk/service/service-page.ts'
import type { Ids, PressEvent } from './casting.ts'
import type { DeviceStates } from './device-states.ts'
import { choicesOn, type MenuPage } from './service-menu.ts'
import type { PaperTest } from './testing-receipt-printer.ts'
import type { TestResult } from './test-result.ts'

/** What is done to the machine when the visit is over; nobody is being served then. */
export const machineActs = [
  'restart screen',
  'restart program',
  'reboot',
  'shut down',
] as const satisfies ServiceChoice[]
export type MachineAct = (typeof machineActs)[number]

/** What becomes of the kiosk with the end of the visit, or at once. */
export type Opening = 'as it is' | 'open' | 'closed'

/** What may be set on site. Everything else is the office's. */
export type Setting = { kind: 'language'; language: Language } | { kind: 'volume'; step: 1 | -1 }

export type ServicingInput = {
  ids: Ids
  by: 'card' | 'key'
  /** As the service card said; null with the key: it is typed. */
  number: string | null
  devices: readonly ServiceDevice[]
  /** What the devices have said of themselves. */
  states: DeviceStates
  cardIn: boolean
  /** As it stands in the journal; null while the kiosk is open. */
  closed: Closing | null
  machineActs: readonly MachineAct[]
  /** Spoken here. */
  languages: readonly Language[]
  /** An exchange of the cash box was broken off by a stop: it goes on before anything else. */
  exchangeOpen: boolean
}

/** Answer of whoever knows the PINs. */
export type PersonChecked =
  | { kind: 'person'; person: Person }
  /** `person` null: nobody has this number. */
  | { kind: 'wrong'; person: PersonNumber | null; failures: number; lockedMs: number }
  | { kind: 'locked'; lockedMs: number }

export type ServicingContext = ServicingInput & {
  /** The key was turned back: the visit ends with what is being done. */
  keyBack: boolean
  /** Digits typed so far. */
  typed: string
  /** The number that is signing in. */
  name: string
  person: Person | null
  visitId: VisitId | null
  /** What came of the last number and PIN. */
  checked: PersonChecked | null
  page: MenuPage
  said: { sentence: ServiceSentence; mark: ServiceMark } | null
  /** What is journalled next. */
  act: { act: string; result: string }
  /** Which test of the printer. */
  paperTest: PaperTest | null
  /** What is put on the disk next. */
  setting: Setting | null
  /** What came of the test before; null on every other page. */
  tested: TestResult | null
  /** How long the centre took to answer; null when it was not asked or did not. */
  answerMs: number | null
  next: MachineAct | null
  /** What the person wants of the kiosk. */
  opening: Opening
  reason: ClosedReason
}

/** `next`: what is done to the machine now. */
export type ServicingOutput = { next: MachineAct | null }

export type ServicingEvent =
  | PressEvent
  | CardReaderEvent
  | NoteAcceptorEvent
  | ReceiptPrinterEvent
  | BankTerminalEvent
  | { type: 'service-key.turned'; on: boolean }
  /** By the office, meanwhile; and what was said here, heard again. */
  | { type: 'kiosk.closed'; how: Closing }
  | { type: 'kiosk.opened' }
  /** Time for another look: what a page shows goes on. */
  | { type: 'tick' }

/** What the kiosk machine is told. */
export type ServicingWord =
  | { type: 'kiosk.closed'; how: Closing }
  | { type: 'kiosk.opened' }
  | { type: 'setting.changed'; setting: Setting }
  /** Between them the cash box is being exchanged. */
  | { type: 'box.opened' | 'box.closed' }

/** Of a number or a PIN. */
export const fewestDigits = 4
export const mostDigits = 8

/** Whoever is signed in; asking before is a fault of ours. */
export const signedIn = ({ person, visitId }: Pick<ServicingContext, 'person' | 'visitId'>) => {
  if (person === null || visitId === null) throw new Error('nobody is signed in')
  return { person: person.number, visitId, role: person.role }
}

/** What can be chosen on the page that is open. */
export const choicesOf = (context: ServicingContext): ServiceChoice[] =>
  context.person === null
    ? []
    : choicesOn(context.page, context.person.role, {
        closed: context.closed !== null,
        machineActs: context.machineActs,
        languages: context.languages,
        devices: context.devices,
        acceptorReady: context.states.noteAcceptor.ready,
      })

export const begunBy = (context: ServicingContext): JournalEntry[] => [
  { type: 'service.begun', ...signedIn(context), by: context.by },
]

export const actOf = (context: ServicingContext): JournalEntry[] => {
  const { person, visitId } = signedIn(context)
  const { act, result } = context.act
  return [{ type: 'service.done', visitId, person, act, result: result.slice(0, 200) }]
}

/** Nobody is let in under this number for so long. */
export const lockLeftOf = ({ checked }: Pick<ServicingContext, 'checked'>): number =>
  checked === null || checked.kind === 'person' ? 0 : checked.lockedMs

/** A try that was wrong. Only a number that somebody has is written down. */
export const refusedTry = ({ checked }: ServicingContext): JournalEntry[] => {
  if (checked?.kind !== 'wrong') return []
  const { person, failures, lockedMs } = checked
  return [{ type: 'service.refused', person, failures, lockedMs }]
}

/** The kiosk is opened or closed, where that is not how it stands already. */
export const openingOf = (context: ServicingContext): JournalEntry[] => {
  const { opening, closed } = context
  const by = { kind: 'person', person: signedIn(context).person } as const
  if (opening === 'open' && closed !== null) return [{ type: 'kiosk.opened', by }]
  return opening === 'closed' && closed !== 'out of service'
    ? [{ type: 'kiosk.closed', by, how: 'out of service', reason: context.reason }]
    : []
}

/** How it stands once that is in the journal. */
export const closedAfter = ({ opening, closed }: ServicingContext): Closing | null =>
  opening === 'as it is' ? closed : opening === 'open' ? null : 'out of service'

/** What may be chosen when the kiosk is handed back: only who may close it decides whether it serves. */
export const handBackChoices = ({ person }: Pick<ServicingContext, 'person'>): ServiceChoice[] =>
  person !== null && mayDo(person.role, 'close the kiosk') ? ['open', 'leave closed'] : ['leave']

/** Loudness, 0 to 10. */
export const volumeAfter = (volume: number, step: number): number =>
  Math.min(10, Math.max(0, volume + step))

/** The end of the visit, and whether the kiosk serves after it. */
export const endOf = (
  context: ServicingContext,
  why: 'left' | 'nobody there' | 'restart',
): JournalEntry[] => {
  const { person, visitId } = signedIn(context)
  return [...openingOf(context), { type: 'service.ended', visitId, person, why }]
}

export const settingOf = ({ setting }: ServicingContext): Setting => {
  if (setting === null) throw new Error('no setting is chosen')
  return setting
}

export const paperTestOf = ({ paperTest }: ServicingContext): PaperTest => paperTest ?? 'test page'
