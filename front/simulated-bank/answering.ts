// What the simulated bank answers to each request.
import type { FieldNumber, IsoFields } from '../iso8583/fields.ts'
import { answerTypeOf, pendingAction, type IsoMessage } from '../iso8583/message.ts'
import { businessDateOf, networkCode } from '../iso8583/values.ts'
import { decideFinancial, takeAdvice, type Counter } from './booking.ts'
import { enquire, total } from './enquiries.ts'
import { needed, refusal, type Decision } from './request.ts'
import { reverse } from './reversing.ts'

/** Carries out a request that came with a right MAC and does not concern keys. */
export const decide = (counter: Counter, request: IsoMessage): Decision => {
  switch (request.mti) {
    case '0100':
      return enquire(counter, request)
    case '0200':
      return decideFinancial(counter, request)
    case '0220':
    case '0221':
      return takeAdvice(counter, request)
    case '0400':
    case '0420':
    case '0421':
      return reverse(counter, request)
    case '0500':
      return total(counter, request)
    case '0800':
      return manage(counter, request)
    case '0110':
    case '0210':
    case '0230':
    case '0410':
    case '0430':
    case '0510':
    case '0810':
    default:
      return refusal('12', 'this bank does not do that')
  }
}

const manage = (counter: Counter, request: IsoMessage): Decision => {
  switch (request.fields[70]) {
    case networkCode.echo:
      return { code: '00' }
    case networkCode.cutOver:
      return cutOver(counter, request)
    default:
      return refusal('12', 'this bank does not do that')
  }
}

/** 201: a later business date begins. Said again, it has begun already. */
const cutOver = ({ truth, nowMs }: Counter, request: IsoMessage): Decision => {
  const read = needed(request, 15)
  if (read.kind === 'refused') return read.refused
  const businessDate = businessDateOf(read.fields[15], nowMs)
  if (businessDate === null) return refusal('30', 'field 15 is no day')
  if (businessDate < truth.businessDate) return refusal('12', 'a later day has begun')
  if (businessDate > truth.businessDate) {
    truth.businessDate = businessDate
    truth.opened[businessDate] = nowMs
  }
  return { code: '00' }
}

/** The message that answers, with what the request said of itself said again. */
export const answerTo = (
  request: Pick<IsoMessage, 'mti' | 'fields'>,
  { code, words, fields }: Decision,
  asks: number = pendingAction.none,
): IsoMessage => ({
  mti: answerTypeOf(request.mti) ?? '0810',
  pendingAction: asks,
  fields: {
    ...saidAgain(request.fields),
    39: code,
    ...(words !== undefined && { 44: words }),
    ...fields,
  },
})

const repeated: readonly FieldNumber[] = [3, 4, 7, 11, 12, 13, 15, 41, 42, 49, 60, 62, 70]

const saidAgain = (fields: IsoFields): IsoFields =>
  Object.fromEntries(
    repeated.flatMap((field) => {
      const value = fields[field]
      return value === undefined ? [] : [[field, value]]
    }),
  )
