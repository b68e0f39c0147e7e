// Everything but payments that a simulated bank terminal does on command (devices.md 10.3, 10.5, 10.6).
import { apdu } from '../apdu.ts'
import { digitsOf, latin1, packed } from '../bytes.ts'
import { field, numberIn, readFields, tag } from '../fields.ts'
import { control, registrationTag } from '../requests.ts'
import { intermediate, result, terminalState } from '../result-codes.ts'
import { readTagged, tagged, valueOf } from '../tlv.ts'
import { bookReversal, informationOf, postReversals, settleDay } from './bookings.ts'
import { powerOff, powerOn } from './power.ts'
import { ask, fail, no, ok, reply, tellStep } from './saying.ts'
import { wait, type Unit } from './unit.ts'

const completed = async (unit: Unit, ...data: (Uint8Array | number[])[]): Promise<void> =>
  void (await ask(unit, apdu(control.completed, ...data)))

/** `06 00 <password> <config> [currency] [06 …]`. */
export const register = async (unit: Unit, data: Uint8Array): Promise<void> => {
  const { truth, memory } = unit
  memory.registered = null
  if (digitsOf(data.subarray(0, 3)) !== truth.password) return reply(unit, no(0x37))
  const currency = digitsOf(data.subarray(4, 6))
  const wanted = readFields(data.subarray(6)).tagged
  const sequence = unit.sequences && valueOf(wanted, registrationTag.sequence) !== null
  const asksPin = truth.asksPin && valueOf(wanted, registrationTag.asksPin) !== null
  memory.sequence = null
  await reply(unit, ok)
  if (currency !== String(truth.currency).padStart(4, '0')) {
    await ask(unit, apdu(control.aborted, [result.currency], packed(truth.currency, 2)))
    return undefined
  }
  const permitted = readTagged(
    valueOf(wanted, registrationTag.permittedCommands) ?? Uint8Array.of(),
  )
  memory.registered = {
    config: data[3] ?? 0,
    blocks: permitted.some(({ value }) => value[0] === 0x06 && value[1] === 0xd3),
  }
  const echo = [
    ...(sequence ? tagged(registrationTag.sequence, [0, 0, 0]) : []),
    ...(asksPin ? tagged(registrationTag.asksPin, [0x01]) : []),
  ]
  await completed(
    unit,
    field(tag.status, [statusBits(unit)]),
    field(tag.terminalId, packed(Number(truth.terminalId), 4)),
    field(tag.currency, packed(truth.currency, 2)),
    echo.length === 0 ? [] : field(tag.container, echo),
  )
  if (sequence) memory.sequence = 0
  return undefined
}

const statusBits = ({ truth }: Unit): number =>
  (truth.state === terminalState.initialisationNeeded ? 0x01 : 0) |
  (truth.state === terminalState.diagnosisNeeded ? 0x02 : 0) |
  (truth.vending ? 0x10 : 0)

/** `06 18`: answered, and then it is as after a power cut. */
export const startAnew = async (unit: Unit): Promise<void> => {
  await reply(unit, ok)
  powerOff(unit)
  powerOn(unit)
}

/** `F0`, the version in two digits of length, and the state. */
export const tellState = async (unit: Unit): Promise<void> => {
  await reply(unit, ok)
  const version = latin1('2.14.15')
  const state = unit.truth.cardInside ? terminalState.cardInside : unit.truth.state
  await completed(unit, [0xf0, 0xf0, 0xf0 + version.length, ...version], [state])
}

/** `06 20`: the last booking as status information. Empty books are completed without any. */
export const repeatLast = async (unit: Unit): Promise<void> => {
  await reply(unit, ok)
  const { last } = unit.truth
  if (last !== null) await ask(unit, informationOf(unit, last))
  await completed(unit)
}

/** `06 23 87 FF FF`: which pre-authorisation is open? */
export const tellOpen = async (unit: Unit): Promise<void> => {
  await reply(unit, ok)
  const [open] = unit.truth.preAuthorisations
  const number = open === undefined ? [0xff, 0xff] : packed(open.receiptNumber, 2)
  await ask(
    unit,
    apdu(control.aborted, [result.preAuthorisation], field(tag.receiptNumber, number)),
  )
}

export const cancelPreAuthorisation = async (unit: Unit, data: Uint8Array): Promise<void> => {
  const { truth } = unit
  const receiptNumber = numberIn(readFields(data), tag.receiptNumber)
  const isOpen = truth.preAuthorisations.some((one) => one.receiptNumber === receiptNumber)
  await reply(unit, ok)
  if (!isOpen || !truth.hostReachable) return fail(unit, result.notPossible, { informed: false })
  truth.preAuthorisations = truth.preAuthorisations.filter(
    (one) => one.receiptNumber !== receiptNumber,
  )
  unit.changed()
  return completed(unit)
}

/** `06 30`: until the end of the day. */
export const reverse = async (unit: Unit, data: Uint8Array): Promise<void> => {
  const { truth, delays } = unit
  const receiptNumber = numberIn(readFields(data.subarray(3)), tag.receiptNumber)
  const payment = truth.payments.findLast((one) => one.receiptNumber === receiptNumber)
  if (payment === undefined) return reply(unit, no(result.reversalImpossible))
  await reply(unit, ok)
  if (payment.state === 'reversed') return fail(unit, result.alreadyReversed, { informed: true })
  if (payment.settled || payment.state !== 'stored') {
    return fail(unit, result.reversalImpossible, { informed: true })
  }
  await tellStep(unit, intermediate.askingBank)
  await wait(unit, delays.host)
  if (!truth.hostReachable) return fail(unit, 0xa3, { informed: true })
  const booking = bookReversal(unit, payment)
  await ask(unit, informationOf(unit, booking))
  return completed(unit)
}

/** `06 50`: not while a pre-authorisation is open (devices.md 10.5), not without the bank. */
export const endDay = async (unit: Unit): Promise<void> => {
  const { truth, delays } = unit
  await reply(unit, ok)
  if (truth.preAuthorisations.length > 0) return fail(unit, 0x77, { informed: false })
  await tellStep(unit, intermediate.askingBank)
  await wait(unit, delays.host)
  if (!truth.hostReachable) return fail(unit, 0xa3, { informed: false })
  await postReversals(unit)
  const { payments, total } = settleDay(unit)
  if (
    truth.state === terminalState.reconciliationNeeded ||
    truth.state === terminalState.journalFull
  ) {
    truth.state = terminalState.ready
  }
  const brands = [...packed(0, 2), ...packed(0, 2), payments, ...packed(total, 6)]
  await ask(
    unit,
    apdu(
      control.statusInformation,
      field(tag.result, [result.ok]),
      field(tag.amount, packed(total, 6)),
      field(tag.totals, brands),
    ),
  )
  return completed(unit)
}

/** `06 70`: the line to the bank is tried; it mends the state that asks for it. */
export const diagnose = async (unit: Unit): Promise<void> => {
  const { truth, delays } = unit
  if (truth.hostReachable) return mend(unit, [terminalState.diagnosisNeeded])
  await reply(unit, ok)
  await tellStep(unit, intermediate.askingBank)
  await wait(unit, delays.host)
  return fail(unit, 0xa3, { informed: false })
}

/** `06 91`, `06 93`, and `06 70` with the bank: each mends one state. */
export const mend = async (unit: Unit, states: readonly number[]): Promise<void> => {
  await reply(unit, ok)
  await postReversals(unit)
  if (states.includes(unit.truth.state)) unit.truth.state = terminalState.ready
  unit.changed()
  return completed(unit)
}

export const notKnown = (unit: Unit): Promise<void> => reply(unit, no(result.notPossible))
