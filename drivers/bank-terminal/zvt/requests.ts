// What the kiosk says to the terminal: its commands, and its answers while the terminal leads (devices.md 10.3 to 10.6).
import type { Minor } from '../../../domain/money.ts'
import type { PaymentReceipt } from '../bank-terminal.ts'
import { apdu, type Apdu } from './apdu.ts'
import { packed } from './bytes.ts'
import { field, tag } from './fields.ts'
import { tagged } from './tlv.ts'

export const control = {
  register: 0x0600,
  authorise: 0x0601,
  logOff: 0x0602,
  completed: 0x060f,
  totals: 0x0610,
  reset: 0x0618,
  aborted: 0x061e,
  repeatReceipt: 0x0620,
  partialReversal: 0x0623,
  cancelPreAuthorisation: 0x0625,
  reverse: 0x0630,
  endDay: 0x0650,
  diagnosis: 0x0670,
  setClock: 0x0691,
  initialise: 0x0693,
  abort: 0x06b0,
  printLine: 0x06d1,
  printBlock: 0x06d3,
  intermediateStatus: 0x04ff,
  statusInformation: 0x040f,
  statusEnquiry: 0x0501,
  done: 0x8000,
  /** Our own: devices.md knows no public command for it; see pin-request.ts. */
  askPin: 0x0f50,
} as const

/** Devices.md 10.3: the kiosk prints, no amount and no administration at the terminal; bit 80: the terminal sends the text. */
export const registrationConfig = { 'own layout': 0x3e, 'text of the bank': 0xbe } as const

export type SlipSource = keyof typeof registrationConfig

/** Tags of field 06 in a registration. */
export const registrationTag = {
  permittedCommands: 0x26,
  command: 0x0a,
  sequence: 0x1f73,
  /** Private class: announces, and is echoed by a terminal that has, the command of pin-request.ts. */
  asksPin: 0xdf57,
} as const

export const register = ({
  password,
  config,
  currency,
  sequence,
  asksPin,
}: {
  /** 6 digits. */
  password: string
  config: number
  /** ISO 4217, as a number: 156 is the yuan, 978 the euro. */
  currency: number
  sequence: boolean
  asksPin: boolean
}): Apdu => {
  const values = [
    ...tagged(
      registrationTag.permittedCommands,
      tagged(registrationTag.command, [control.printBlock >> 8, control.printBlock & 0xff]),
    ),
    ...(sequence ? tagged(registrationTag.sequence, [0, 0, 0]) : []),
    ...(asksPin ? tagged(registrationTag.asksPin, [0x01]) : []),
  ]
  return apdu(
    control.register,
    secret(password),
    [config],
    packed(currency, 2),
    field(tag.container, values),
  )
}

const secret = (password: string): Uint8Array => packed(Number(password), 3)

/** How long the terminal waits for an answer about the goods, and how often it asks again (devices.md 10.4). */
export const vendPatience = { timeoutS: 60, mostAsks: 10 }

/** Never sent twice by the driver. */
export const authorise = (amount: Minor, currency: number): Apdu =>
  apdu(
    control.authorise,
    field(tag.amount, packed(amount, 6)),
    field(tag.currency, packed(currency, 2)),
    field(tag.timeout, [vendPatience.timeoutS]),
    field(tag.mostStatuses, [vendPatience.mostAsks]),
  )

/** Bit 0: as status information; bit 1: nothing is printed. */
const silently = 0x03

/** Safe to repeat: tells the last payment again. */
export const repeatReceipt = (password: string): Apdu =>
  apdu(control.repeatReceipt, secret(password), field(tag.service, [silently]))

/** Safe to repeat: which pre-authorisation is open? FFFF instead of a receipt number. */
export const openPreAuthorisations = apdu(
  control.partialReversal,
  field(tag.receiptNumber, [0xff, 0xff]),
)

export const cancelPreAuthorisation = (receiptNumber: number): Apdu =>
  apdu(control.cancelPreAuthorisation, field(tag.receiptNumber, packed(receiptNumber, 2)))

/** Safe to repeat: a payment that is reversed already is answered with B4. */
export const reverse = (password: string, { receiptNumber }: PaymentReceipt): Apdu =>
  apdu(control.reverse, secret(password), field(tag.receiptNumber, packed(receiptNumber, 2)))

export const endDay = (password: string): Apdu => apdu(control.endDay, secret(password))
export const initialise = (password: string): Apdu => apdu(control.initialise, secret(password))
export const diagnosis = apdu(control.diagnosis)
export const reset = apdu(control.reset)
export const statusEnquiry = apdu(control.statusEnquiry)
export const abort = apdu(control.abort)

/** `YYMMDDhhmmss` in the terminal's local time. */
export const setClock = (local: string): Apdu =>
  apdu(
    control.setClock,
    field(tag.fullDate, packed(Number(local.slice(0, 6)), 3)),
    field(tag.time, packed(Number(local.slice(6)), 3)),
  )

/** "Heard", to all that needs no decision; to an approval it is the commitment: the goods are out. */
export const done = apdu(control.done)

/** Why an answer is not "done". */
export const refusal = {
  goodsNotOut: 0x66,
  /** What was heard cannot be relied on: the terminal reverses (devices.md 10.2). */
  notUnderstood: 0x9a,
  pleaseWait: 0x9c,
  partlyOut: 0x9d,
} as const

export const refused = (why: number): Apdu => apdu(0x8400 + why)
