// 06 01 in a simulated bank terminal: card, bank, and the wait for the goods (devices.md 10.4).
import { minor } from '../../../../domain/money.ts'
import { apdu, type Apdu } from '../apdu.ts'
import { latin1 } from '../bytes.ts'
import { field, numberIn, readFields, tag, type Fields } from '../fields.ts'
import { control, refusal } from '../requests.ts'
import { intermediate, result } from '../result-codes.ts'
import { tagged } from '../tlv.ts'
import { bookApproval, informationOf, postReversals, slipOf, store, takeBack } from './bookings.ts'
import { here } from './power.ts'
import { ask, fail, isDone, no, ok, reply, tellStep } from './saying.ts'
import type { SimulatedPayment } from './truth.ts'
import { awaitAct, wait, type Card, type Unit } from './unit.ts'

export const authorise = async (unit: Unit, data: Uint8Array): Promise<void> => {
  await here(unit, 'authorise received')
  const { registered } = unit.memory
  if (registered === null) return reply(unit, no(result.notRegistered))
  if (unit.truth.state !== 0) return reply(unit, no(unit.truth.state))
  const fields = readFields(data)
  const amount = numberIn(fields, tag.amount)
  if (amount === null || amount === 0) return reply(unit, no(result.notPossible))
  await reply(unit, ok)
  await here(unit, 'authorise answered')
  await postReversals(unit)
  await tellStep(unit, intermediate.insertCard)
  const card = await awaitCard(unit)
  if (typeof card === 'number') return fail(unit, card, { informed: true })
  const refusedFor = await refusalOf(unit, card)
  if (refusedFor !== null) {
    await removal(unit, card)
    return fail(unit, refusedFor, { informed: true })
  }
  const payment = bookApproval(unit, minor(amount), card.brand)
  await here(unit, 'bank approved')
  await removal(unit, card)
  return vend(unit, payment, patienceIn(fields))
}

const patienceIn = ({ values }: Fields): { timeoutMs: number; mostAsks: number } => ({
  timeoutMs: 1_000 * (values.get(tag.timeout)?.[0] ?? 30),
  mostAsks: values.get(tag.mostStatuses)?.[0] ?? 10,
})

/** A card, or why none came. */
const awaitCard = async (unit: Unit): Promise<Card | number> => {
  const act = await awaitAct(unit, unit.delays.card)
  if (act === 'nothing' || act.kind === 'stop key' || act.kind === 'abort') {
    return result.abortedOrTimedOut
  }
  return act.kind === 'card' ? act.card : awaitCard(unit)
}

const refusals: Record<Card['says'], number | null> = {
  approve: null,
  decline: 0x05,
  'not enough money': result.notEnoughMoney,
  unreadable: result.unreadable,
  'unknown card': result.unknownCard,
  expired: result.expired,
}

/** A host code: the bank has counted too many wrong PINs. */
const pinTriesExceeded = 0x4b

const refusalOf = async (unit: Unit, card: Card): Promise<number | null> => {
  if (card.how === 'insert') unit.truth.cardInside = true
  unit.changed()
  if (card.says === 'unreadable' || card.says === 'unknown card') return refusals[card.says]
  if (card.how === 'insert') {
    for (let wrong = 0; wrong < card.wrongPins; wrong += 1) {
      if (wrong === 3) return pinTriesExceeded
      await typePin(unit)
      await tellStep(unit, wrong === 2 ? 0x18 : intermediate.wrongPin)
    }
    if (card.wrongPins >= 3) return pinTriesExceeded
    await typePin(unit)
  }
  await tellStep(unit, intermediate.askingBank)
  await here(unit, 'bank asked')
  await wait(unit, unit.delays.host)
  return unit.truth.hostReachable ? refusals[card.says] : 0xa3
}

const typePin = async (unit: Unit): Promise<void> => {
  await tellStep(unit, intermediate.watchPinPad)
  await wait(unit, unit.delays.pin)
}

/** An inserted card that nobody takes stays inside. */
const removal = async (unit: Unit, card: Card): Promise<void> => {
  if (!unit.truth.cardInside) return
  await tellStep(unit, intermediate.removeCard)
  if (card.takenOut === 'by itself') await wait(unit, unit.delays.removal)
  else if (unit.truth.cardInside) {
    if ((await awaitAct(unit, unit.delays.forgotten)) === 'nothing') return
  }
  unit.truth.cardInside = false
  unit.changed()
}

/** Tells the approval until the host has decided about the goods. */
const vend = async (
  unit: Unit,
  payment: SimulatedPayment,
  { timeoutMs, mostAsks }: { timeoutMs: number; mostAsks: number },
): Promise<void> => {
  for (let asks = 0; ; asks += 1) {
    if (asks > mostAsks) return giveUp(unit, payment, result.abortedOrTimedOut)
    const answer = await ask(unit, informationOf(unit, payment), {
      limitMs: timeoutMs,
      arrow: 'approval told',
    })
    if (answer === 'silence') return giveUp(unit, payment, result.abortedOrTimedOut)
    const code = answer.control & 0xff
    if (isDone(answer)) break
    if (code === refusal.pleaseWait) {
      await here(unit, 'wait answered')
      await wait(unit, unit.delays.askAgain)
    } else if (code === refusal.partlyOut) {
      payment.amount = minor(numberIn(readFields(answer.data), tag.amount) ?? payment.amount)
      break
    } else {
      await here(unit, 'goods refused')
      return giveUp(unit, payment, code)
    }
  }
  await here(unit, 'goods confirmed')
  return complete(unit, payment)
}

const giveUp = async (unit: Unit, payment: SimulatedPayment, code: number): Promise<void> => {
  await takeBack(unit, payment)
  return fail(unit, code, { informed: true })
}

/** Stores only when every line of paper was answered; from there on the payment stands whatever happens. */
const complete = async (unit: Unit, payment: SimulatedPayment): Promise<void> => {
  for (const paper of paperOf(unit, payment)) {
    const answer = await ask(unit, paper, { arrow: 'line told' })
    if (!isDone(answer)) {
      await takeBack(unit, payment)
      return fail(unit, result.abortedOrTimedOut, { informed: false })
    }
  }
  await here(unit, 'line answered')
  store(unit, payment)
  await here(unit, 'stored')
  await ask(unit, apdu(control.completed), { arrow: 'completion told' })
  await here(unit, 'completion answered')
}

/** Only where the registration says that the host prints the bank's text (bit 80). */
const paperOf = (unit: Unit, payment: SimulatedPayment): Apdu[] => {
  const { registered } = unit.memory
  if (registered === null || (registered.config & 0x80) === 0) return []
  const lines = slipOf(unit, payment)
  if (unit.paper === 'lines' || !registered.blocks) {
    return lines.map((line) => apdu(control.printLine, [0x00], latin1(line)))
  }
  const block = (copy: number) =>
    apdu(
      control.printBlock,
      field(tag.container, [
        ...tagged(0x1f07, [copy]),
        ...tagged(0x25, Uint8Array.from(lines.flatMap((line) => [...tagged(0x07, latin1(line))]))),
      ]),
    )
  return [block(0x01), block(0x02)]
}
