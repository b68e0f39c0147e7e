// The bank's messages as bytes: frame, addresses, header, body (domain.md 13.1 and 13.2).
//
//   LENGTH(2)  TPDU(5)         HEADER(6)          MTI(2)  BITMAP(8|16)  FIELDS…  MAC(8)
//   of what    60, to (2),     60 VV SA VVVVVV    packed  bit 1: 16     in       64, or 128 when
//   follows    from (2)                           digits  bytes         order    there are 16
//
// HEADER is 12 packed digits, as UnionPay's terminals have them: 60 (application), 01 (version), S the state of the terminal
// (0 in use), A the pending action, 000000 (minor version). So A is the low half of the third byte. Neither TPDU nor header
// is under the MAC: a pending action is a wish, never a proof of anything.
import { bcd, concat, digitsAt, fromHex, u16, u16At } from '../../domain/power-card/bytes.ts'
import { packBody, readBody, type Problem, type Sealed } from './body.ts'
import { fields as table, isFieldNumber, type IsoFields } from './fields.ts'
import { sealWith } from './mac.ts'

/** Every type of message, and the type of its answer; an answer has none (domain.md 13.2). */
const answers = {
  '0100': '0110',
  '0110': null,
  '0200': '0210',
  '0210': null,
  '0220': '0230',
  '0221': '0230',
  '0230': null,
  '0400': '0410',
  '0410': null,
  '0420': '0430',
  '0421': '0430',
  '0430': null,
  '0500': '0510',
  '0510': null,
  '0800': '0810',
  '0810': null,
} as const

export type Mti = keyof typeof answers

/** What an answer asks of whoever gets it, beside its own business (domain.md 13.1). */
export const pendingAction = {
  none: 0,
  fetchParameters: 1,
  fetchProgram: 2,
  fetchMenu: 3,
  signOnAgain: 4,
  showMessage: 5,
  changeChannel: 6,
} as const

/** Plain JSON, so that a queue can keep it as it is. */
export type IsoMessage = {
  mti: Mti
  /** A digit; one that is not in `pendingAction` is passed on as it came. */
  pendingAction: number
  fields: IsoFields
}

/** The type that answers this one; null when it is an answer itself. */
export const answerTypeOf = (mti: Mti): Mti | null => answers[mti]

/** A message as it goes on the line, frame and all; without a MAC when there is no key. */
export const pack = (message: IsoMessage, key: Uint8Array | null): Uint8Array => {
  const fields = new Map(
    Object.entries(message.fields).map(([field, value]) => [Number(field), value]),
  )
  const header = bcd(`60010${message.pendingAction}000000`, headerLength)
  return frame(concat(tpdu, header, packBody({ mti: message.mti, fields }, table, sealWith(key))))
}

export type Unpacked =
  /** `sealed` is null when it came without a MAC; whether a MAC is right, `madeWith` says. */
  | { kind: 'message'; message: IsoMessage; sealed: Sealed | null }
  /** `mti` and `fields` are as much as could be read: enough, mostly, to answer 30 to whoever sent it. */
  | { kind: 'malformed'; problem: Problem; mti: Mti | null; fields: IsoFields }

/** What stands in one frame, its length taken off. Never throws, whatever the bytes are. */
export const unpack = (payload: Uint8Array): Unpacked => {
  const header = digitsAt(payload, tpdu.length, headerLength)
  if (payload[0] !== tpdu[0] || header === null || !header.startsWith('60')) {
    return { kind: 'malformed', problem: { why: 'bad header', field: null }, mti: null, fields: {} }
  }
  const body = readBody(payload.subarray(tpdu.length + headerLength), table)
  const mti = body.mti !== null && isMti(body.mti) ? body.mti : null
  const fields = fieldsOf(body.fields)
  if (body.kind === 'malformed') return { kind: 'malformed', problem: body.problem, mti, fields }
  if (mti === null) {
    return { kind: 'malformed', problem: { why: 'unknown type', field: null }, mti, fields }
  }
  const message = { mti, pendingAction: Number(header[5]), fields }
  return { kind: 'message', message, sealed: body.sealed }
}

export type Frames = {
  /** Payloads for `unpack`, in order. */
  out: Uint8Array[]
  /** The beginning of a frame that is not complete yet: put it before the bytes that come next. */
  rest: Uint8Array
  /** A length that no message has: whatever follows means nothing, and the line must be closed. */
  broken: boolean
}

/** All frames in these bytes. How the bytes were cut into chunks makes no difference. */
export const splitFrames = (bytes: Uint8Array): Frames => {
  const out: Uint8Array[] = []
  let at = 0
  while (at + lengthBytes <= bytes.length) {
    const length = u16At(bytes, at)
    if (length < shortest || length > longest) return { out, rest: bytes.slice(at), broken: true }
    const end = at + lengthBytes + length
    if (end > bytes.length) break
    out.push(bytes.slice(at + lengthBytes, end))
    at = end
  }
  return { out, rest: bytes.slice(at), broken: false }
}

/** Over TCP there is nobody else to reach: both addresses are 0. */
const tpdu = fromHex('6000000000')
const headerLength = 6
const lengthBytes = 2
/** TPDU, header, type and one bitmap; and more than all fields at their longest. */
const shortest = 5 + headerLength + 2 + 8
const longest = 4_096

const frame = (payload: Uint8Array): Uint8Array => concat(u16(payload.length), payload)

const isMti = (mti: string): mti is Mti => mti in answers

const fieldsOf = (read: ReadonlyMap<number, string>): IsoFields => {
  const fields: { -readonly [Field in keyof IsoFields]: IsoFields[Field] } = {}
  for (const [field, value] of read) if (isFieldNumber(field)) fields[field] = value
  return fields
}
