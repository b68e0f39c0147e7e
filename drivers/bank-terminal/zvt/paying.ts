// A payment on the line: carries out what payment.ts says, until it has an end.
import type { BankTerminalCommand } from '../bank-terminal.ts'
import { clear, raise, takeStep, type Conversation } from './conversation.ts'
import { answer, answerStrangers, hearNext, lead, lose } from './exchange.ts'
import { heard } from './payment-words.ts'
import { begun, decided, lineLost, timeIsUp, type PaymentStep } from './payment.ts'
import { abort, authorise, refusal } from './requests.ts'
import { codeText, hintOf, result } from './result-codes.ts'

type Authorise = Extract<BankTerminalCommand, { type: 'bank-terminal.authorise' }>

/** Asks once for a payment. An end that leaves it unknown gives the line up: what the terminal says next is about it. */
export const pay = async (c: Conversation, { paymentId, amount }: Authorise): Promise<void> => {
  await answerStrangers(c)
  const payment = begun(paymentId, amount, c.clock.monotonic())
  c.payment = payment
  c.decisions = []
  const sent = await lead(c, authorise(amount, c.terms.currency))
  if (sent !== 'sent') return lostOn(c)
  // The five seconds to an answer begin when the terminal has the question.
  c.payment = { ...payment, ...begun(paymentId, amount, c.clock.monotonic()) }
  while (c.payment !== null) {
    const step = await nextStep(c)
    if (step === null) continue
    if (step === 'closed') return lostOn(c)
    if (!(await carryOut(c, step))) return lostOn(c)
  }
  return undefined
}

const nextStep = async (c: Conversation): Promise<PaymentStep | 'closed' | null> => {
  const { payment } = c
  if (payment === null) return null
  const decision = c.decisions.shift()
  if (decision !== undefined) return decided(payment, decision, c.clock.monotonic())
  const message = await hearNext(c, payment.limitMs)
  if (message === 'closed') return 'closed'
  if (message === 'woken') return null
  const nowMs = c.clock.monotonic()
  return message === 'silence' ? timeIsUp(payment, nowMs) : heard(payment, message, nowMs)
}

/** False when the line failed while the payment was still open. */
const carryOut = async (c: Conversation, step: PaymentStep): Promise<boolean> => {
  const isOver = step.payment.phase === 'ended'
  // What is committed is known as committed before the byte is out.
  takeStep(c, step)
  watchFaults(c, step)
  for (const message of step.send) {
    const sent = message === abort ? await lead(c, message) : await answer(c, message)
    if (sent !== 'sent') return isOver && lose(c).kind === 'lost'
  }
  if (step.tell.some(({ type }) => type === 'payment.unknown')) lose(c)
  return true
}

const lostOn = (c: Conversation): void => {
  if (c.payment !== null) takeStep(c, lineLost(c.payment))
  lose(c)
}

/** Whether the bank is there, and whether the terminal makes sense, is learnt from payments alone. */
const watchFaults = (c: Conversation, { send, tell, payment }: PaymentStep): void => {
  if (send.some(({ control }) => control === 0x8400 + refusal.notUnderstood)) {
    raise(c, { kind: 'broken', moneyAtRisk: 'unknown', code: codeText(refusal.notUnderstood) })
  }
  for (const event of tell) {
    if (event.type === 'payment.authorised') clear(c, 'no connection', 'broken')
    if (event.type !== 'payment.declined') continue
    // It was registered: the registration is gone, with the power that kept it.
    if (payment.failure === result.notRegistered) c.doubtful = true
    if (event.why === 'no connection') raise(c, { kind: 'no connection', moneyAtRisk: 'no' })
    // A host code, so there is a host.
    else if ((payment.failure ?? 0xff) < 0x64) clear(c, 'no connection')
  }
}

/** The customer is told steps of other conversations too: a reversal, a PIN. */
export const tellHint = (
  c: Conversation,
  paymentId: Authorise['paymentId'],
  status: number,
): void => {
  const hint = hintOf(status)
  if (hint !== null) c.tell({ type: 'payment.hint', paymentId, hint })
}
