// Every short path through a payment at a bank, through the finding of one whose end nobody knows, and through the end of a day.
import type { EventFromLogic } from 'xstate'
import { CardSerial } from '../../domain/identifiers.ts'
import { minor } from '../../domain/money.ts'
import type { BankTerminalUnit, PaymentReceipt } from '../../drivers/bank-terminal/bank-terminal.ts'
import { chargingBankCard } from '../../state-machines/charging-bank-card.ts'
import { endingDay } from '../../state-machines/ending-day.ts'
import {
  findingPayments,
  triesOf,
  type OpenPayment,
} from '../../state-machines/finding-payments.ts'
import { testIds } from '../test-ids.ts'
import { pathsOf } from './machine-paths.ts'

const ids = testIds()
const failed = new Error('disk full')
const saleId = ids.sale()
const paymentId = ids.payment()
const another = ids.payment()
const amount = minor(2000)
const receipt: PaymentReceipt = {
  terminalId: '12345678',
  receiptNumber: 42,
  trace: 7,
  amount,
  at: '1124101500',
}
const unit: BankTerminalUnit = {
  terminalId: '12345678',
  version: null,
  vending: true,
  canAskPin: false,
}

/** What the terminal may say of a payment at any moment, of this one and of another. */
const wordsOf = (id: typeof paymentId) => [
  { type: 'payment.hint' as const, paymentId: id, hint: 'insert card' as const },
  { type: 'payment.authorised' as const, paymentId: id, receipt, cardType: null },
  { type: 'payment.declined' as const, paymentId: id, why: 'declined' as const },
  { type: 'payment.stored' as const, paymentId: id, receipt, slip: ['PAID'] },
  { type: 'payment.reversed' as const, paymentId: id },
  { type: 'payment.unknown' as const, paymentId: id, why: 'the line was lost' },
]

export const chargingPaths = pathsOf(chargingBankCard, {
  input: {
    saleId,
    insertionId: ids.insertion(),
    serial: CardSerial.parse('0011223344556677'),
    paymentId,
    way: 'bank card',
    amount,
    language: 'en',
  },
  endings: { journal: [undefined, failed] },
  events: (): EventFromLogic<typeof chargingBankCard>[] => [
    ...wordsOf(paymentId),
    ...wordsOf(another),
    { type: 'charging.cancel' },
    { type: 'charging.keep' },
    { type: 'charging.refuse' },
  ],
  key: ({ context }) => [
    context.phase,
    context.mayCancel,
    context.evidence !== null,
    context.why,
    context.slip.length,
  ],
})

const open = (delivered: boolean, known: boolean): OpenPayment => ({
  saleId,
  paymentId,
  way: 'bank card',
  amount,
  since: 0,
  evidence: known
    ? { kind: 'terminal', terminalId: '12345678', receiptNumber: 42, trace: 7, at: '1124101500' }
    : null,
  confirmed: delivered,
  delivered,
})

export const findingPaths = pathsOf(findingPayments, {
  endings: {
    journal: [undefined, failed],
    openPayments: [[], [open(true, true)], [open(false, true)], [open(false, false)], failed],
  },
  events: (): EventFromLogic<typeof findingPayments>[] => [
    { type: 'payments.find' },
    { type: 'bank-terminal.ready', unit },
    { type: 'bank-terminal.failed', fault: { kind: 'not answering', moneyAtRisk: 'unknown' } },
    { type: 'sale.begun' },
    { type: 'payment.found', paymentId, where: { kind: 'stored', receipt } },
    { type: 'payment.found', paymentId, where: { kind: 'not charged' } },
    { type: 'payment.found', paymentId, where: { kind: 'cannot say', why: 'busy' } },
    { type: 'payment.found', paymentId: another, where: { kind: 'not charged' } },
    { type: 'payment.reversed', paymentId },
    { type: 'payment.reversed', paymentId: another },
    { type: 'payment.stored', paymentId, receipt, slip: [] },
    { type: 'payment.unknown', paymentId, why: 'not possible' },
    { type: 'payment.unknown', paymentId: another, why: 'not possible' },
  ],
  // Of many tries the first and the last are looked at.
  key: ({ context }) => [
    context.ready,
    context.current?.delivered ?? null,
    context.evidence !== null,
    triesOf(context).unanswered,
    triesOf(context).unreversed,
  ],
  // Tried again and again below.
  stopWhen: ({ context }) => triesOf(context).unreversed > 1,
})

/** A payment for which nothing was sold, and a terminal that does not take it back. */
export const reversalPaths = pathsOf(findingPayments, {
  endings: { journal: [undefined], openPayments: [[open(false, true)]] },
  events: (): EventFromLogic<typeof findingPayments>[] => [
    { type: 'bank-terminal.ready', unit },
    { type: 'payment.found', paymentId, where: { kind: 'stored', receipt } },
    { type: 'payment.unknown', paymentId, why: 'the day was ended' },
  ],
  key: ({ context }) => [triesOf(context).unreversed],
})

export const dayPaths = pathsOf(endingDay, {
  endings: { journal: [undefined, failed] },
  events: (): EventFromLogic<typeof endingDay>[] => [
    { type: 'day.due' },
    { type: 'bank-terminal.ready', unit },
    { type: 'bank-terminal.failed', fault: { kind: 'not answering', moneyAtRisk: 'unknown' } },
    { type: 'sale.begun' },
    { type: 'sale.ended' },
    { type: 'payments.open', open: true },
    { type: 'payments.open', open: false },
    { type: 'day.ended', payments: 3, total: minor(6000) },
    { type: 'day.not-ended', why: 'the bank is away' },
  ],
  key: ({ context }) => [
    context.ready,
    context.serving,
    context.paymentsOpen,
    context.trouble !== null,
  ],
})
