// Every word of the maintenance mode, by name: a language that misses one does not compile. Fetched with its screens.
import type { allFaults, FaultyPart } from '../../../domain/faults/device-faults.ts'
import type { Minor } from '../../../domain/money.ts'
import type { Format } from '../../parts/format.ts'
import type {
  ServiceChoice,
  ServiceLabel,
  ServiceDevice,
  ServiceMark,
  ServiceSentence,
  ServiceTitle,
  ServiceValue,
  ServiceWord,
} from './service-page.ts'

type Tender = Extract<ServiceValue, { kind: 'tender' }>['tender']

/** The steps of an exchange of the cash box, in order: what the wire shows meanwhile. */
export const exchangeSteps = ['begin', 'count', 'take out', 'put in', 'done'] as const
export type ExchangeStep = (typeof exchangeSteps)[number]

export type FaultTold = { name: string; todo: string }
/** Each fault of the vocabulary: what it is called, and what to do about it at the kiosk. */
export type FaultTexts = {
  [Part in FaultyPart]: Record<keyof (typeof allFaults)[Part], FaultTold>
}

export type ServiceTexts = {
  title: Record<ServiceTitle, string>
  sentence: Record<ServiceSentence, string>
  label: Record<ServiceLabel | ServiceDevice, string>
  word: Record<ServiceWord, string>
  choice: Record<ServiceChoice, string>
  /** What a mark says beside its shape; a quiet one has none. */
  mark: Record<Exclude<ServiceMark, 'quiet'>, string>
  tender: Record<Tender, string>
  faults: FaultTexts
  /** Minutes and seconds below 60. */
  duration: (hours: number, minutes: number, seconds: number) => string
  /** Of something last heard, or begun, so long before now. */
  ago: (duration: string) => string
  milliseconds: (count: number) => string
  bytes: (count: number) => string
  /** Of the kiosk, while somebody is at the maintenance mode. */
  outOfService: string
  /** `time` is written out already. */
  since: (time: string) => string
  unknownPerson: string
  /** What a count is of, above the digits. */
  notesOf: (value: Minor) => string
  note: string
  together: string
  /** Read out in place of the dots of a PIN. */
  digitsTyped: (count: number) => string
  nothingTyped: string
  exchange: string
  steps: Record<ExchangeStep, string>
  fieldsLeft: (count: number) => string
  colour: (at: number, of: number) => string
  pressToGoOn: string
}

export type ServiceTextsOf = (format: Format) => ServiceTexts

const units = ['B', 'kB', 'MB', 'GB', 'TB']

/** `1 240 000 000` is `1.2 GB`: two figures where there is one before the point. */
export const bytesInWords = (count: number): string => {
  let [value, at] = [count, 0]
  while (value >= 1000 && at < units.length - 1) [value, at] = [value / 1000, at + 1]
  const number = at === 0 || value >= 10 ? String(Math.round(value)) : value.toFixed(1)
  return `${number}\u00a0${units[at] ?? ''}`
}
