// What is told to, and asked for, a payment from the account behind a power card.
import { describe, expect, it } from 'vitest'
import { CardSerial } from '../domain/identifiers.ts'
import { minor } from '../domain/money.ts'
import { manualClock } from '../test/manual-clock.ts'
import { accountPayments } from './account-payments.ts'
import type { FrontClient } from './centre-client.ts'

const { ids } = manualClock()

describe('a PIN that is typed when nobody wants the payment any more', () => {
  const paymentId = ids.payment()
  const payment = {
    saleId: ids.sale(),
    insertionId: ids.insertion(),
    serial: CardSerial.parse('0011223344556677'),
    paymentId,
    way: 'bank account',
    amount: minor(2000),
    language: 'en',
  } as const
  const pin = { type: 'pin.entered', paymentId, block: 'ab'.repeat(16), keySerial: '00'.repeat(10) }

  const askedAfter = (
    ...between: ('account-payment.find' | 'account-payment.refuse')[]
  ): string[] => {
    const asked: string[] = []
    const front: FrontClient = {
      ask: (name) => {
        asked.push(name)
        return new Promise(() => undefined)
      },
    }
    const { signal } = new AbortController()
    const tell = accountPayments({
      front,
      clock: { ids },
      tell: () => {},
      report: () => {},
      signal,
    })
    tell({ type: 'account-payment.authorise', ...payment })
    for (const type of between) tell({ type, paymentId })
    tell({ ...pin, type: 'pin.entered' })
    return asked
  }

  it('charges the account while it is wanted', () => {
    expect(askedAfter()).toEqual(['payment'])
  })
  it('P3: charges nothing once the payment was asked after, or refused', () => {
    expect(askedAfter('account-payment.find')).toEqual(['paymentState'])
    expect(askedAfter('account-payment.refuse')).toEqual(['paymentReversal'])
  })
})
