// What a clerk may see of a person and of a payment: as the kiosk masks it, unless the clerk's right allows more.
import { masked } from '../../../domain/identifiers.ts'
import type { PaymentEvidence } from '../../../domain/payment.ts'

/** Whole for those who may see customers; else what is enough for its owner to know it. */
export const shownNumber = (number: string, seesCustomers: boolean): string =>
  seesCustomers ? number : masked(number)

/** By what the bank finds a payment. There is no card number in it, for none is ever known. */
export const evidenceInWords = (evidence: PaymentEvidence): string =>
  evidence.kind === 'terminal'
    ? `${evidence.terminalId} / ${String(evidence.receiptNumber).padStart(4, '0')} / ${evidence.trace}`
    : `${evidence.terminalId} / ${evidence.stan} / ${evidence.reference}`
