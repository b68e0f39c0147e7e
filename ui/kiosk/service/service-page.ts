// The picture book of the maintenance mode: one kind of page made of few parts, so that every page works by keypad alone.
//
// The kiosk says what stands there and what may be done; the words are the page's, in its language. A choice has a digit:
// 1 to 9 by its place. Cancel is the way back, Confirm the way on where there is one.
import type { Minor } from '../../../domain/money.ts'
import type { Role } from '../../../domain/service/person.ts'

/** What a page is about: its heading, and where its picture is in the gallery. */
export type ServiceTitle =
  | 'who are you'
  | 'your pin'
  | 'witness'
  | 'witness pin'
  | 'locked'
  | 'after this sale'
  | 'menu'
  | 'devices'
  | 'cardReader'
  | 'noteAcceptor'
  | 'receiptPrinter'
  | 'bankTerminal'
  | 'screen'
  | 'sound'
  | 'touch grid'
  | 'colours'
  | 'link'
  | 'records'
  | 'faults'
  | 'cash box'
  | 'exchange: begin'
  | 'exchange: count'
  | 'exchange: how many'
  | 'exchange: compare'
  | 'exchange: take out'
  | 'exchange: seal'
  | 'exchange: put in'
  | 'exchange: new box'
  | 'exchange: new seal'
  | 'exchange: done'
  | 'paper'
  | 'settings'
  | 'language'
  | 'close'
  | 'restart'
  | 'commands'
  | 'readiness'
  | 'testing'

/** One sentence under the heading: what to do now, or what just happened. */
export type ServiceSentence =
  | 'type your number'
  | 'type your pin'
  | 'wrong'
  | 'not allowed'
  | 'wait for lock'
  | 'waits for parties'
  | 'choose'
  | 'insert a card'
  | 'insert a note'
  | 'note comes back'
  | 'take the card'
  | 'look at the paper'
  | 'touch every field'
  | 'do you see five colours'
  | 'did you hear three sounds'
  | 'testing'
  | 'test passed'
  | 'test failed'
  | 'nobody came'
  | 'count blind'
  | 'how many of this note'
  | 'it agrees'
  | 'it differs'
  | 'counted at the office'
  | 'take the box out'
  | 'type the seal'
  | 'put the new box in'
  | 'type the box'
  | 'the slip prints'
  | 'the slip is on screen'
  | 'exchange goes on'
  | 'new roll'
  | 'closed now'
  | 'open now'
  | 'ready to open'
  | 'not ready to open'
  | 'restarts now'
  | 'saved'
  | 'not saved'

/** What a row is about. */
export type ServiceLabel =
  | 'state'
  | 'last heard'
  | 'fault'
  | 'what to do'
  | 'model'
  | 'serial'
  | 'port'
  | 'card'
  | 'note'
  | 'atr'
  | 'answer time'
  | 'accuracy'
  | 'notes of unknown fate'
  | 'stacked ever'
  | 'rejected ever'
  | 'paper'
  | 'receipts printed'
  | 'terminal id'
  | 'vending'
  | 'payments open'
  | 'centre'
  | 'fleet'
  | 'clock'
  | 'journal'
  | 'not yet uploaded'
  | 'sales open'
  | 'outbox'
  | 'disk free'
  | 'version'
  | 'started'
  | 'kiosk'
  | 'place'
  | 'person'
  | 'sells'
  | 'tenders'
  | 'screen'
  | 'expected'
  | 'counted'
  | 'difference'
  | 'old box'
  | 'new box'
  | 'seal'
  | 'number of slip'
  | 'command'
  | 'locked for'
  | 'volume'
  | 'at work'
  | 'language'

export type ServiceMark = 'well' | 'attention' | 'wrong' | 'quiet'

/** Words of the page for a value that is one of few. */
export type ServiceWord =
  | 'yes'
  | 'no'
  | 'well'
  | 'never'
  | 'unknown'
  | 'starting'
  | 'ready'
  | 'none'
  | 'reached'
  | 'away'
  | 'not joined'
  | 'accurate'
  | 'inaccurate'
  | 'ok'
  | 'low'
  | 'out'
  | 'in service'
  | 'degraded'
  | 'out of service'
  | 'finish only'
  | 'trusted'
  | 'not trusted'
  | TestWord
  | NoteWord
  | PartyWord
  | Role

/** What still goes on by itself, and is waited for. */
export type PartyWord = 'end of day' | 'payments' | 'slips'

/** How a test of a device ended (state-machines/test-result.ts). All but the first are failures. */
export type TestWord =
  | 'passed'
  | 'stopped'
  | 'nobody came'
  | 'no answer'
  | 'device fault'
  | 'card not readable'
  | 'card does not answer'
  | 'note refused'
  /** The note went into the cash box though it was to come back: it is in the books. */
  | 'note kept'
  /** Where the note is, nobody can say. */
  | 'note lost'
  | 'not printed'
  | 'not seen'
  | 'not suitable'
  | 'payments open'
  | 'journal broken'

/** What became of a note, and why an acceptor refused it; what kind of card it was. */
export type NoteWord =
  | 'came back'
  | 'not recognised'
  | 'not accepted now'
  | 'two notes'
  | 'pulled back'
  | 'held too long'
  | 'cannot stack'
  | 'foreign card'

export type ServiceValue =
  | { kind: 'word'; word: ServiceWord }
  | { kind: 'number'; value: number }
  | { kind: 'money'; value: Minor }
  /** Of so many notes of one value. */
  | { kind: 'notes'; value: Minor; count: number }
  | { kind: 'seconds'; value: number }
  | { kind: 'milliseconds'; value: number }
  | { kind: 'bytes'; value: number }
  /** ms since 1970. */
  | { kind: 'time'; at: number }
  /** What has no translation: a number on a plate, a version, a name. Written from left to right. */
  | { kind: 'text'; text: string }
  /** A fault of the vocabulary (`device` as in the vocabulary): its name, or what to do about it, in the page's words. */
  | { kind: 'fault'; device: string; fault: string; say: 'name' | 'what to do' }
  | { kind: 'tender'; tender: 'cash' | 'bank card' | 'bank account' | 'account' }
  | { kind: 'device'; device: ServiceDevice }

export type ServiceDevice = 'cardReader' | 'noteAcceptor' | 'receiptPrinter' | 'bankTerminal'

export type ServiceRow = {
  /** A row that is named as one of the page's choices says how that stands: it is drawn on its button. */
  label: ServiceLabel | ServiceDevice | ServiceChoice
  value: ServiceValue
  mark: ServiceMark
  /** When that was, ms since 1970: small, beside the value. */
  at?: number
}

/** What can be chosen on some page. The kiosk takes only what the page of the moment offers. */
export const serviceChoices = [
  'devices',
  'cardReader',
  'noteAcceptor',
  'receiptPrinter',
  'bankTerminal',
  'screen',
  'sound',
  'touch grid',
  'colours',
  'link',
  'records',
  'faults',
  'commands',
  'cash box',
  'exchange',
  'paper',
  'settings',
  'language',
  'close',
  'close now',
  'close for a fault',
  'close for the day',
  'open',
  'restart',
  'restart screen',
  'restart program',
  'reboot',
  'shut down',
  'leave',
  'test',
  'test page',
  'cut',
  'ask again',
  'play',
  'seen',
  'not seen',
  'roll changed',
  'count here',
  'count at the office',
  'box is out',
  'box is in',
  'print slip again',
  'stop exchange',
  'volume up',
  'volume down',
  'english',
  'chinese',
  'arabic',
  'leave closed',
] as const
export type ServiceChoice = (typeof serviceChoices)[number]

export type ServicePage = {
  title: ServiceTitle
  sentence: ServiceSentence | null
  /** How grave the sentence is. */
  mark: ServiceMark
  rows: ServiceRow[]
  /** Digits typed so far: shown as dots where `hidden`. `of`: the value a count is of. */
  typing: { typed: string; hidden: boolean; of: Minor | null } | null
  /** At most nine; the keypad's 1 to 9 press them while nothing is typed. */
  choices: ServiceChoice[]
  /** Drawn over the whole screen, by the page alone: a grid to touch, or colours to look at. */
  whole: 'touch grid' | 'colours' | null
  /** Cancel goes back; null where there is no way back (a test runs that cannot be stopped). */
  back: boolean
  /** Confirm takes what was typed. */
  confirm: boolean
}

/** Who is at it, for the head of every page; null before it is known. */
export type ServiceScreen = {
  kind: 'service'
  person: { name: string; role: Role } | null
  /** The kiosk is out of service meanwhile; since when. */
  since: number | null
  page: ServicePage
}
