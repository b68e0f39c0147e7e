// Pure: rows of a page of the maintenance mode.
import type { Minor } from '../../domain/money.ts'
import type {
  ServiceLabel,
  ServiceMark,
  ServiceRow,
  ServiceValue,
  ServiceWord,
} from '../../ui/kiosk/service/service-page.ts'

type Label = ServiceRow['label']

const row = (label: Label, value: ServiceValue, mark: ServiceMark = 'quiet'): ServiceRow => ({
  label,
  value,
  mark,
})

export const word = (label: Label, said: ServiceWord, mark?: ServiceMark): ServiceRow =>
  row(label, { kind: 'word', word: said }, mark)

export const number = (label: Label, value: number, mark?: ServiceMark): ServiceRow =>
  row(label, { kind: 'number', value }, mark)

export const money = (label: Label, value: Minor, mark?: ServiceMark): ServiceRow =>
  row(label, { kind: 'money', value }, mark)

/** So many notes of one value; below zero where some are missing. */
export const notes = (
  label: ServiceLabel,
  value: Minor,
  count: number,
  mark?: ServiceMark,
): ServiceRow => row(label, { kind: 'notes', value, count }, mark)

export const time = (label: ServiceLabel, at: number): ServiceRow =>
  row(label, { kind: 'time', at })

export const milliseconds = (label: ServiceLabel, value: number, mark?: ServiceMark): ServiceRow =>
  row(label, { kind: 'milliseconds', value }, mark)

/** Of something last seen so long ago; never is as bad as long ago. */
export const ago = (label: ServiceLabel, ms: number | null, mostMs: number): ServiceRow =>
  ms === null
    ? word(label, 'never', 'attention')
    : row(
        label,
        { kind: 'seconds', value: Math.round(ms / 1000) },
        ms > mostMs ? 'attention' : 'quiet',
      )

/** Nothing where there is nothing to say. */
export const text = (label: ServiceLabel, said: string | null): ServiceRow[] =>
  said === null || said === '' ? [] : [row(label, { kind: 'text', text: said })]

export const fault = (
  label: Label,
  named: { device: string; fault: string },
  say: 'name' | 'what to do',
  mark: ServiceMark,
): ServiceRow => row(label, { kind: 'fault', ...named, say }, mark)
