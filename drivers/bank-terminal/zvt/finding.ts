// Where a payment is, and taking one back that was found (devices.md 10.8): both may be asked as often as one likes.
import type { PaymentId } from '../../../domain/identifiers.ts'
import type { BankTerminalCommand, PaymentPlace } from '../bank-terminal.ts'
import { keepVerdict, type Conversation } from './conversation.ts'
import { openPreAuthorisation } from './ending-day.ts'
import { runCommand, type CommandEnd } from './exchange.ts'
import { localDigits } from './local-time.ts'
import { placeOf, sameReceipt } from './matching.ts'
import type { StatusInformation } from './messages.ts'
import { tellHint } from './paying.ts'
import { repeatReceipt, reverse } from './requests.ts'
import { codeText, result } from './result-codes.ts'

type Find = Extract<BankTerminalCommand, { type: 'bank-terminal.find' }>
type Reverse = Extract<BankTerminalCommand, { type: 'bank-terminal.reverse' }>

export const cannotSay = (why: string): PaymentPlace => ({ kind: 'cannot say', why })

/** Looks at the last payment of the terminal's books, and at what is still open in them. */
export const find = async (c: Conversation, command: Find): Promise<void> => {
  const where = await placeAt(c, command)
  c.tell({ type: 'payment.found', paymentId: command.paymentId, where })
}

const placeAt = async (
  c: Conversation,
  { amount, since, receipt, confirmed, others }: Find,
): Promise<PaymentPlace> => {
  const last = await lastPayment(c)
  if (last.kind === 'cannot say') return last
  const sought = {
    receipt,
    amount,
    confirmed,
    since: localDigits(since, c.terms.timeZone),
    ...(others !== undefined && { others }),
  }
  const place = placeOf(sought, last.information)
  if (place.kind !== 'not charged') return place
  const open = await openPreAuthorisation(c)
  if (open.kind === 'lost') return cannotSay('the line was lost')
  if (open.kind === 'not told') return cannotSay(`open pre-authorisations: ${codeText(open.code)}`)
  // Of an approval that was never heard of the number is not known either.
  const isPerhapsIt = receipt === null || open.receiptNumber === receipt.receiptNumber
  return open.receiptNumber !== null && isPerhapsIt
    ? cannotSay('its pre-authorisation is still open')
    : place
}

type Last =
  /** Null when the books are empty. */
  { kind: 'told'; information: StatusInformation | null } | (PaymentPlace & { kind: 'cannot say' })

const lastPayment = async (c: Conversation): Promise<Last> => {
  let information: StatusInformation | null = null
  const end = await runCommand(c, repeatReceipt(c.terms.password), {
    information: (told) => {
      information = told
    },
  })
  if (end.kind === 'lost') return { kind: 'cannot say', why: 'the line was lost' }
  return end.kind === 'completed'
    ? { kind: 'told', information }
    : { kind: 'cannot say', why: `last payment: ${codeText(end.code)}` }
}

/**
 * Takes a stored payment back by its receipt number, after looking that this number is still the payment meant: numbers begin
 * again at 1.
 */
export const takeBack = async (c: Conversation, command: Reverse): Promise<void> => {
  const { paymentId, receipt } = command
  const last = await lastPayment(c)
  if (last.kind === 'cannot say') return unknown(c, paymentId, last.why)
  const found = last.information
  if (found?.originalTrace === receipt.trace) return reversed(c, paymentId)
  if (found?.receipt == null || !sameReceipt(found.receipt, receipt)) {
    return unknown(c, paymentId, 'it is not the last payment any more')
  }
  let code: number | null = null
  const end = await runCommand(c, reverse(c.terms.password, receipt), {
    information: (told) => {
      code = told.result
    },
    doing: (status) => tellHint(c, paymentId, status),
  })
  if (isReversed(end, code)) return reversed(c, paymentId)
  return unknown(c, paymentId, end.kind === 'lost' ? 'the line was lost' : whyNot(end, code))
}

/** B4 says that it had been reversed before. */
const isReversed = (end: CommandEnd, code: number | null): boolean =>
  end.kind === 'completed'
    ? code === null || code === result.ok || code === result.alreadyReversed
    : end.kind !== 'lost' && end.code === result.alreadyReversed

const whyNot = (end: Exclude<CommandEnd, { kind: 'lost' }>, code: number | null): string =>
  `not reversed: ${codeText(end.kind === 'completed' ? (code ?? 0) : end.code)}`

const reversed = (c: Conversation, paymentId: PaymentId): void => {
  const verdict = { type: 'payment.reversed', paymentId } as const
  keepVerdict(c, paymentId, verdict)
  c.tell(verdict)
}

const unknown = (c: Conversation, paymentId: PaymentId, why: string): void =>
  c.tell({ type: 'payment.unknown', paymentId, why })
