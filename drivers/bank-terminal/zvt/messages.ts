// What the terminal says, read once: everything above this file works with these words.
import { minor } from '../../../domain/money.ts'
import type { PaymentReceipt } from '../bank-terminal.ts'
import type { Apdu } from './apdu.ts'
import { textOf } from './bytes.ts'
import { digitsIn, numberIn, readFields, tag, type Fields } from './fields.ts'
import { control, refusal } from './requests.ts'
import { readTagged, valueOf } from './tlv.ts'

export type Message =
  /** `80 00`, and `84 00`, which counts as positive too (devices.md 10.2). */
  | { kind: 'done' }
  | { kind: 'refused'; code: number }
  /** `04 FF`: something for the customer, perhaps with a new limit for the silence that follows. */
  | { kind: 'doing'; status: number; limitMinutes: number | null }
  | { kind: 'status information'; information: StatusInformation }
  | { kind: 'completed'; data: Uint8Array }
  /** `06 1E`: the command has come to nothing. */
  | { kind: 'aborted'; code: number; fields: Fields }
  /** `06 D1`, `06 D3`: text for paper. */
  | { kind: 'print'; lines: readonly string[] }
  | { kind: 'unknown'; control: number }

/** `04 0F`. */
export type StatusInformation = {
  /** Field 27; null when it could not be read. */
  result: number | null
  /** Null unless receipt number and amount were read. */
  receipt: PaymentReceipt | null
  /** The trace of the payment this one reverses. */
  originalTrace: number | null
  cardType: string | null
  fields: Fields
}

/** `terminalId` is what the terminal said of itself: status information need not repeat it. */
export const messageOf = ({ control: name, data }: Apdu, terminalId: string): Message => {
  if (name === control.done || name === 0x8400) return { kind: 'done' }
  if (name >> 8 === 0x84) return { kind: 'refused', code: name & 0xff }
  switch (name) {
    case control.intermediateStatus:
      return { kind: 'doing', status: data[0] ?? 0, limitMinutes: minutesIn(data[1]) }
    case control.statusInformation:
      return { kind: 'status information', information: informationIn(data, terminalId) }
    case control.completed:
      return { kind: 'completed', data }
    case control.aborted:
      return {
        kind: 'aborted',
        code: data[0] ?? refusal.notUnderstood,
        fields: readFields(data.subarray(1)),
      }
    case control.printLine:
      return { kind: 'print', lines: [textOf(data.subarray(1))] }
    case control.printBlock:
      return { kind: 'print', lines: linesIn(data) }
    default:
      return { kind: 'unknown', control: name }
  }
}

/** One packed byte; field 06 may stand in its place. */
const minutesIn = (byte: number | undefined): number | null =>
  byte === undefined || byte === tag.container || byte === 0 || byte > 0x99
    ? null
    : 10 * (byte >> 4) + (byte & 0x0f)

const informationIn = (data: Uint8Array, terminalId: string): StatusInformation => {
  const fields = readFields(data)
  const name = fields.values.get(tag.cardName)
  return {
    result: fields.values.get(tag.result)?.[0] ?? null,
    receipt: receiptIn(fields, terminalId),
    originalTrace: numberIn(fields, tag.originalTrace),
    cardType: name === undefined ? null : textOf(name).trim() || null,
    fields,
  }
}

/** Trace and time are told with zeros where the terminal leaves them out; it will leave them out again when it is asked. */
const receiptIn = (fields: Fields, terminalId: string): PaymentReceipt | null => {
  const receiptNumber = numberIn(fields, tag.receiptNumber)
  const amount = numberIn(fields, tag.amount)
  if (receiptNumber === null || amount === null) return null
  return {
    terminalId: digitsIn(fields, tag.terminalId) ?? terminalId,
    receiptNumber,
    trace: numberIn(fields, tag.trace) ?? 0,
    amount: minor(amount),
    at: (digitsIn(fields, tag.date) ?? '0000') + (digitsIn(fields, tag.time) ?? '000000'),
  }
}

/** Field 06 of `06 D3`: `1F07` whose copy it is (01 the merchant's), `25 { 07 a line … }`. */
const blockTag = { copy: 0x1f07, texts: 0x25, line: 0x07 } as const

const linesIn = (data: Uint8Array): readonly string[] => {
  const { tagged } = readFields(data)
  // The kiosk keeps no paper of the merchant's.
  if (valueOf(tagged, blockTag.copy)?.[0] === 0x01) return []
  return readTagged(valueOf(tagged, blockTag.texts) ?? Uint8Array.of())
    .filter(({ tag }) => tag === blockTag.line)
    .map(({ value }) => textOf(value))
}

/** What a registration is completed with (devices.md 10.3). */
export type Registered = {
  terminalId: string
  /** Null when it does not say. */
  currency: number | null
  initialisationNeeded: boolean
  diagnosisNeeded: boolean
  vending: boolean
  fields: Fields
}

export const registeredIn = (data: Uint8Array): Registered => {
  const fields = readFields(data)
  const status = fields.values.get(tag.status)?.[0] ?? 0
  return {
    terminalId: digitsIn(fields, tag.terminalId) ?? '00000000',
    currency: numberIn(fields, tag.currency),
    initialisationNeeded: (status & 0x01) !== 0,
    diagnosisNeeded: (status & 0x02) !== 0,
    vending: (status & 0x10) !== 0,
    fields,
  }
}

/**
 * What a status enquiry is completed with: `F0`, the length of the version in two digits `Fx Fy`, the version, and the status as
 * the next byte. Only here is F0 of variable length.
 */
export const statusIn = (data: Uint8Array): { status: number | null; version: string | null } => {
  if (data[0] !== 0xf0) return { status: data[0] ?? null, version: null }
  const length = 10 * ((data[1] ?? 0) & 0x0f) + ((data[2] ?? 0) & 0x0f)
  const version = textOf(data.subarray(3, 3 + length)).trim()
  return { status: data[3 + length] ?? null, version: version || null }
}

/** What an end of day tells: its sum in field 04, and in field 60 two receipt numbers, then count and sum for each brand. */
export const totalsIn = (fields: Fields): { payments: number; total: number } | null => {
  const total = numberIn(fields, tag.amount)
  const brands = fields.values.get(tag.totals)
  if (total === null || brands === undefined) return null
  let payments = 0
  for (let at = 4; at + 7 <= brands.length; at += 7) payments += brands[at] ?? 0
  return { payments, total }
}
