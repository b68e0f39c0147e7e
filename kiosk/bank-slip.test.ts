// What a slip says of a payment through a bank, and what it never says.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { languages } from '../domain/language.ts'
import { minor } from '../domain/money.ts'
import { newPayment, type Payment } from '../state-machines/payment.ts'
import { testIds } from '../test/test-ids.ts'
import { bankLines, bankTexts, withoutCardNumbers } from './bank-slip.ts'

const payment = (now: Partial<Payment>): Payment => ({
  ...newPayment(testIds().payment(), 'bank card', minor(5000)),
  evidence: {
    kind: 'terminal',
    terminalId: '29001006',
    receiptNumber: 42,
    trace: 117,
    at: '1124101500',
  },
  ...now,
})

const textOf = (lines: ReturnType<typeof bankLines>): string => JSON.stringify(lines)

describe('the lines of a payment through a bank', () => {
  it.each(languages)('name terminal, receipt and trace, in %s', (language) => {
    const text = textOf(bankLines(payment({ phase: 'kept' }), language))
    for (const number of ['29001006', '42', '117']) expect(text).toContain(`"${number}"`)
    expect(text).not.toContain(bankTexts[language].notConfirmed)
  })

  it.each(languages)('say that the bank has not confirmed it yet, in %s', (language) => {
    expect(textOf(bankLines(payment({ phase: 'unknown' }), language))).toContain(
      bankTexts[language].notConfirmed,
    )
  })

  it('have the text of the bank, without empty lines', () => {
    const slip = ['** KUNDENBELEG **', '', '   MAESTRO   ', '####1234']
    expect(withoutCardNumbers(slip)).toEqual(['** KUNDENBELEG **', 'MAESTRO', '####1234'])
  })

  it('never have a card number, however it is grouped', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 19 }),
        fc.constantFrom('', ' ', '-', '.'),
        fc.string({ maxLength: 10 }),
        (digits, between, before) => {
          expect(withoutCardNumbers([`${before}${digits.join(between)}`])).toEqual([])
        },
      ),
    )
  })
})
