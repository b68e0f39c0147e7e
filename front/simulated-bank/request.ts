// What a request must say before the bank looks into its books.
import type { Minor } from '../../domain/money.ts'
import type { FieldNumber, IsoFields } from '../iso8583/fields.ts'
import type { IsoMessage } from '../iso8583/message.ts'
import type { ResponseCode } from '../iso8583/responses.ts'
import { amountIn, businessDateOf } from '../iso8583/values.ts'

/** The bank's decision: a code of field 39, the words for field 44 when it is a refusal, and other fields of the answer. */
export type Decision = { code: ResponseCode; words?: string; fields?: IsoFields }

export const refusal = (code: ResponseCode, words: string): Decision => ({ code, words })

/** Who asks, on which day: the parts of the unique key, and what every request with money has. */
export type Asked = {
  businessDate: string
  merchant: string
  terminal: string
  stan: string
  time: string
  account: string
  amount: Minor
  currency: string
  orderNumber: string
}

type Needed<Wanted extends FieldNumber> = { readonly [Field in Wanted]: string }

/** These fields, or a refusal that names the first that is missing. */
export const needed = <Wanted extends FieldNumber>(
  { fields }: IsoMessage,
  ...wanted: readonly Wanted[]
): { kind: 'there'; fields: Needed<Wanted> } | { kind: 'refused'; refused: Decision } => {
  const missing = wanted.find((field) => fields[field] === undefined)
  return hasAll(fields, wanted)
    ? { kind: 'there', fields }
    : { kind: 'refused', refused: refusal('30', `field ${missing} is missing`) }
}

const hasAll = <Wanted extends FieldNumber>(
  fields: IsoFields,
  wanted: readonly Wanted[],
): fields is IsoFields & Needed<Wanted> => wanted.every((field) => fields[field] !== undefined)

/** A financial request or advice. */
export const askedIn = (
  message: IsoMessage,
  nowMs: number,
): { kind: 'asked'; asked: Asked } | { kind: 'refused'; refused: Decision } => {
  const read = needed(message, 2, 3, 4, 7, 11, 15, 41, 42, 49)
  if (read.kind === 'refused') return read
  const { fields } = read
  const businessDate = businessDateOf(fields[15], nowMs)
  const amount = amountIn(fields[4])
  if (businessDate === null || amount === null) {
    return { kind: 'refused', refused: refusal('30', 'field 15 is no day') }
  }
  return {
    kind: 'asked',
    asked: {
      businessDate,
      merchant: fields[42],
      terminal: fields[41],
      stan: fields[11],
      time: fields[7],
      account: fields[2],
      amount,
      currency: fields[49],
      orderNumber: message.fields[62] ?? '',
    },
  }
}
