// What a bank terminal tells, as short words that tests can list.
import { never } from '../../../../domain/never.ts'
import type { BankTerminalDiagnosis, BankTerminalEvent } from '../../bank-terminal.ts'

export const inWords = (event: BankTerminalEvent): string => {
  switch (event.type) {
    case 'bank-terminal.ready':
      return 'ready'
    case 'payment.hint':
      return event.hint
    case 'payment.authorised':
      return `authorised ${event.receipt.receiptNumber}`
    case 'payment.declined':
      return `not charged: ${event.why}`
    case 'payment.stored':
      return `stored ${event.receipt.receiptNumber}`
    case 'payment.reversed':
      return 'reversed'
    case 'payment.unknown':
      return `unknown: ${event.why}`
    case 'payment.found':
      return `found: ${event.where.kind}`
    case 'pin.entered':
      return 'pin entered'
    case 'pin.not-entered':
      return `no pin: ${event.why}`
    case 'day.ended':
      return `day ended: ${event.payments}, ${event.total}`
    case 'day.not-ended':
      return `day not ended: ${event.why}`
    case 'bank-terminal.diagnosed':
      return `diagnosed: ${diagnosisInWords(event.diagnosis)}`
    case 'bank-terminal.failed':
      return `failed: ${event.fault.kind}`
    case 'bank-terminal.cleared':
      return `cleared: ${event.fault}`
    default:
      return never(event)
  }
}

const diagnosisInWords = (diagnosis: BankTerminalDiagnosis): string => {
  if (diagnosis.kind !== 'diagnosed') return diagnosis.kind
  const { unit, trouble, paymentsOpen } = diagnosis
  return `${unit.terminalId}, ${trouble ?? 'well'}, ${paymentsOpen === true ? 'open payments' : 'nothing open'}`
}
