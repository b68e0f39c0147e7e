// A value as it stands in a reading: words of the page's language, numbers with their units, plates from left to right.
import { never } from '../../../domain/never.ts'
import type { Format } from '../../parts/format.ts'
import { Note } from '../../parts/note.tsx'
import { ownNames } from '../../texts/first-words.ts'
import type { ServiceRow, ServiceValue } from './service-page.ts'
import type { FaultTold, ServiceTexts } from './texts.ts'

export type Reader = {
  words: ServiceTexts
  format: Format
  /** The kiosk's time, ms since 1970. */
  now: number
}

/** What was last seen so long ago, or began then. */
const sinceThen = new Set<ServiceRow['label']>(['last heard', 'started', 'screen'])

export const Value = ({ row, reader }: { row: ServiceRow; reader: Reader }) => {
  const { value, label } = row
  const { words, format } = reader
  switch (value.kind) {
    case 'word':
      return <>{words.word[value.word]}</>
    case 'number':
      return <bdi dir="ltr">{format.count(value.value)}</bdi>
    case 'money':
      return <>{format.money(value.value)}</>
    case 'notes':
      return (
        <span class="stack">
          <b>
            <bdi dir="ltr">{signed(value.count)}</bdi> ×
          </b>
          <Note value={value.value} format={format} />
        </span>
      )
    case 'seconds': {
      const duration = durationIn(value.value, words)
      return <>{sinceThen.has(label) ? words.ago(duration) : duration}</>
    }
    case 'milliseconds':
      return <>{words.milliseconds(value.value)}</>
    case 'bytes':
      return <bdi dir="ltr">{words.bytes(value.value)}</bdi>
    case 'time':
      return <>{timeIn(value.at, reader)}</>
    case 'text':
      return (
        <bdi dir="ltr" class="plate">
          {label === 'language' ? nameOfLanguage(value.text) : value.text}
        </bdi>
      )
    case 'fault':
      return <>{faultIn(words, value)}</>
    case 'tender':
      return <>{words.tender[value.tender]}</>
    case 'device':
      return <>{words.label[value.device]}</>
    default:
      return never(value)
  }
}

const nameOfLanguage = (code: string): string => {
  const names: Partial<Record<string, string>> = ownNames
  return names[code] ?? code
}

/** A figure under zero has the sign that is as wide as a digit. */
export const signed = (count: number): string => String(count).replace('-', '−')

const durationIn = (seconds: number, words: ServiceTexts): string => {
  const whole = Math.max(0, Math.floor(seconds))
  return words.duration(
    Math.floor(whole / 3600),
    Math.floor((whole % 3600) / 60),
    whole < 3600 ? whole % 60 : 0,
  )
}

/** The time alone for today, else the day before it. */
export const timeIn = (at: number, { format, now }: Omit<Reader, 'words'>): string =>
  format.day(at, now).kind === 'today'
    ? format.time(at)
    : `${format.shortDate(at)} ${format.time(at)}`

/** A fault that this page is too old to know stands there by its name in the vocabulary. */
const faultIn = (
  { faults }: ServiceTexts,
  { device, fault, say }: Extract<ServiceValue, { kind: 'fault' }>,
): string => {
  const known: Record<string, Record<string, FaultTold>> = faults
  const told = known[device]?.[fault]
  return told === undefined ? `${device}: ${fault}` : say === 'name' ? told.name : told.todo
}

export type NotesValue = Extract<ServiceValue, { kind: 'notes' }>
