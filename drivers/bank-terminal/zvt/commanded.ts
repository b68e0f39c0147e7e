// What a command of the kiosk changes: it is answered at once, put in the queue, or handed to the payment that is under way.
import type { PaymentId } from '../../../domain/identifiers.ts'
import { never } from '../../../domain/never.ts'
import type { BankTerminalCommand, DeclineReason } from '../bank-terminal.ts'
import type { Conversation, Job } from './conversation.ts'
import { cannotSay } from './finding.ts'
import { terminalState } from './result-codes.ts'

/** What is asked of a terminal that is not there is answered without it after so long: more than its own vend patience. */
export const jobPatienceMs = 180_000

export const obey = (c: Conversation, command: BankTerminalCommand): void => {
  switch (command.type) {
    case 'bank-terminal.authorise':
      return askToPay(c, command)
    case 'bank-terminal.confirm':
      return decide(c, command.paymentId, 'confirm')
    case 'bank-terminal.refuse':
      return decide(c, command.paymentId, 'refuse')
    case 'bank-terminal.abort':
      return stopAsking(c, command.paymentId)
    case 'bank-terminal.ask-pin': {
      const { paymentId } = command
      const why = c.unit?.canAskPin === false ? 'card not accepted' : obstacle(c)
      if (why !== null) c.tell({ type: 'pin.not-entered', paymentId, why })
      else enqueue(c, command)
      return
    }
    case 'bank-terminal.diagnose':
      // Somebody stands in front of it: that no line is open is an answer.
      if (c.link === null) answerWithout(c, command)
      else enqueue(c, command)
      return
    case 'bank-terminal.find':
    case 'bank-terminal.reverse':
    case 'bank-terminal.end-day':
      return enqueue(c, command)
    default:
      never(command)
  }
}

const enqueue = (c: Conversation, command: Job['command']): void => {
  c.jobs.push({ command, untilMs: c.clock.monotonic() + jobPatienceMs })
  // Devices.md 10.8 rule 1: the terminal must say that it is ready, now.
  if (command.type === 'bank-terminal.find') c.statusDueMs = c.clock.monotonic()
  // Only a pause in the middle of a talk ends early; the line is not opened sooner for a command.
  if (c.link !== null) c.wake()
}

/** A payment is asked for now or not at all: nobody waits in front of a kiosk for a terminal to come back. */
const askToPay = (
  c: Conversation,
  command: Extract<BankTerminalCommand, { type: 'bank-terminal.authorise' }>,
): void => {
  const { paymentId } = command
  const verdict = c.verdicts.get(paymentId)
  // Never repeated: what became of it is said again.
  if (verdict !== undefined) return c.tell(verdict)
  if (c.payment?.id === paymentId || c.jobs.some(({ command: one }) => isOf(one, paymentId))) {
    return undefined
  }
  const why = obstacle(c)
  if (why !== null) return c.tell({ type: 'payment.declined', paymentId, why })
  return enqueue(c, command)
}

const isOf = (command: Job['command'], paymentId: PaymentId): boolean =>
  command.type === 'bank-terminal.authorise' && command.paymentId === paymentId

/** Why nobody can be asked for a card or a PIN now. */
const obstacle = (c: Conversation): DeclineReason | null => {
  if (!c.inTouch) return 'no connection'
  const isTaken =
    c.payment !== null ||
    c.pinAsked !== null ||
    c.jobs.some(({ command: { type } }) => /authorise|ask-pin/.test(type))
  return isTaken || c.state !== terminalState.ready ? 'terminal busy' : null
}

const decide = (c: Conversation, paymentId: PaymentId, decision: 'confirm' | 'refuse'): void => {
  if (c.payment?.id === paymentId) {
    c.decisions.push(decision)
    c.wake()
    return
  }
  const verdict = c.verdicts.get(paymentId)
  const unknown = { type: 'payment.unknown', paymentId, why: 'no terminal waits for it' } as const
  c.tell(verdict ?? unknown)
}

const stopAsking = (c: Conversation, paymentId: PaymentId): void => {
  if (c.payment?.id === paymentId) c.decisions.push('abort')
  if (c.pinAsked?.id === paymentId) c.pinAsked.stop = true
  // One that has not had its turn was never sent.
  for (const { command } of takeOut(c, (one) => isAskedOf(one, paymentId))) {
    const why = 'customer cancelled'
    if (command.type === 'bank-terminal.authorise')
      c.tell({ type: 'payment.declined', paymentId, why })
    else c.tell({ type: 'pin.not-entered', paymentId, why })
  }
  c.wake()
}

const isAskedOf = (command: Job['command'], paymentId: PaymentId): boolean =>
  isOf(command, paymentId) ||
  (command.type === 'bank-terminal.ask-pin' && command.paymentId === paymentId)

const takeOut = (c: Conversation, which: (command: Job['command']) => boolean): Job[] => {
  const out = c.jobs.filter(({ command }) => which(command))
  c.jobs = c.jobs.filter((job) => !out.includes(job))
  return out
}

/** The line is gone, or too long away: what has waited for it is answered. */
export const giveUpWaiting = (c: Conversation): void => {
  const nowMs = c.clock.monotonic()
  const mayWait = (type: Job['command']['type']) => !/authorise|ask-pin|diagnose/.test(type)
  const over = c.jobs.filter(({ command, untilMs }) => !mayWait(command.type) || untilMs <= nowMs)
  c.jobs = c.jobs.filter((job) => !over.includes(job))
  for (const { command } of over) answerWithout(c, command)
}

const answerWithout = (c: Conversation, command: Job['command']): void => {
  switch (command.type) {
    case 'bank-terminal.authorise':
      // Its turn never came, so nothing was sent.
      return c.tell({
        type: 'payment.declined',
        paymentId: command.paymentId,
        why: 'no connection',
      })
    case 'bank-terminal.ask-pin':
      return c.tell({ type: 'pin.not-entered', paymentId: command.paymentId, why: 'no connection' })
    case 'bank-terminal.find':
      return c.tell({
        type: 'payment.found',
        paymentId: command.paymentId,
        where: cannotSay('the terminal does not answer'),
      })
    case 'bank-terminal.reverse':
      return c.tell({
        type: 'payment.unknown',
        paymentId: command.paymentId,
        why: 'the terminal does not answer',
      })
    case 'bank-terminal.end-day':
      return c.tell({ type: 'day.not-ended', why: 'the terminal does not answer' })
    case 'bank-terminal.diagnose':
      return c.tell({ type: 'bank-terminal.diagnosed', diagnosis: { kind: 'no answer' } })
    default:
      return never(command)
  }
}
