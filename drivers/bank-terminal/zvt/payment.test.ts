// The rare turns of a payment, word by word: whatever is not certain is unknown, and nothing but an approval is confirmed.
import { describe, expect, test } from 'vitest'
import { PaymentId } from '../../../domain/identifiers.ts'
import { minor } from '../../../domain/money.ts'
import type { Message, StatusInformation } from './messages.ts'
import { heard } from './payment-words.ts'
import { begun, decided, lineLost, paymentDelays, timeIsUp } from './payment.ts'
import type { Payment, PaymentStep } from './payment.ts'

const id = PaymentId.parse('01KAWZXYZ0ABCDEFGHJKMNPQRS')
const receipt = {
  terminalId: '29001006',
  receiptNumber: 42,
  trace: 500,
  amount: minor(1000),
  at: '1123164500',
}
const information = (changes: Partial<StatusInformation> = {}): Message => ({
  kind: 'status information',
  information: {
    result: 0,
    receipt,
    originalTrace: null,
    cardType: null,
    fields: { values: new Map(), tagged: [], whole: true },
    ...changes,
  },
})
const done: Message = { kind: 'done' }
const completed: Message = { kind: 'completed', data: Uint8Array.of() }
const aborted: Message = {
  kind: 'aborted',
  code: 0x6c,
  fields: { values: new Map(), tagged: [], whole: true },
}
const approved = information()
const failed = information({ result: 0x6c, receipt: null })

type Turn = Message | 'confirm' | 'refuse' | 'abort' | 'silence' | 'line lost'

/** What each turn sends, as hex control words, and tells. */
const story = (...turns: Turn[]): { sent: string[]; told: string[]; payment: Payment } => {
  let payment = begun(id, minor(1000), 0)
  const sent: string[] = []
  const told: string[] = []
  for (const turn of turns) {
    const step = after(payment, turn)
    payment = step.payment
    sent.push(...step.send.map(({ control }) => control.toString(16)))
    told.push(...step.tell.map(({ type }) => type))
  }
  return { sent, told, payment }
}

const after = (payment: Payment, turn: Turn): PaymentStep => {
  if (turn === 'silence') return timeIsUp(payment, payment.limitMs)
  if (turn === 'line lost') return lineLost(payment)
  return typeof turn === 'string' ? decided(payment, turn, 0) : heard(payment, turn, 0)
}

const verdict = (...turns: Turn[]) => story(...turns).told.at(-1)
const commitments = (...turns: Turn[]) =>
  story(...turns).sent.filter((one) => one === '8000').length

describe('the end of a payment', () => {
  test.each<[string, Turn[], string]>([
    ['confirmed and completed', [done, approved, 'confirm', completed], 'payment.stored'],
    ['refused and aborted', [done, approved, 'refuse', aborted], 'payment.reversed'],
    [
      'refused, told as failed, aborted',
      [done, approved, 'refuse', failed, aborted],
      'payment.reversed',
    ],
    [
      'confirmed too late: told as failed, aborted',
      [done, approved, 'confirm', failed, aborted],
      'payment.reversed',
    ],
    [
      'confirmed, told as failed, and completed all the same',
      [done, approved, 'confirm', failed, completed],
      'payment.reversed',
    ],
    [
      'refused and completed: the terminal contradicts itself',
      [done, approved, 'refuse', completed],
      'payment.unknown',
    ],
    ['completed before anything was confirmed', [done, approved, completed], 'payment.unknown'],
    ['completed without ever being approved', [done, completed], 'payment.unknown'],
    ['told as failed, then completed', [done, failed, completed], 'payment.declined'],
    ['aborted while a card was asked for', [done, aborted], 'payment.declined'],
    ['aborted with the approval undecided', [done, approved, aborted], 'payment.reversed'],
    ['the line lost before an answer', ['line lost'], 'payment.unknown'],
    ['the line lost while a card was asked for', [done, 'line lost'], 'payment.unknown'],
    ['the line lost with an approval', [done, approved, 'line lost'], 'payment.unknown'],
    [
      'the line lost after the confirmation',
      [done, approved, 'confirm', 'line lost'],
      'payment.unknown',
    ],
    ['the line lost after the refusal', [done, approved, 'refuse', 'line lost'], 'payment.unknown'],
    ['silence after the confirmation', [done, approved, 'confirm', 'silence'], 'payment.unknown'],
    ['silence after "please wait"', [done, approved, 'silence', 'silence'], 'payment.unknown'],
    ['silence, stopped, and silence again', [done, 'silence', 'silence'], 'payment.unknown'],
  ])('%s', (_, turns, type) => {
    expect(verdict(...turns)).toBe(type)
  })
})

describe('an approval', () => {
  test('is told once, however often it is said', () => {
    const { told } = story(done, approved, approved, 'silence', approved, approved)
    expect(told).toEqual(['payment.authorised'])
  })

  test.each<[string, Message]>([
    ['whose result cannot be read', information({ result: null })],
    ['without a receipt', information({ receipt: null })],
    ['of another amount', information({ receipt: { ...receipt, amount: minor(999) } })],
  ])('%s is none: the terminal is told to take it back', (_, odd) => {
    const { sent, told } = story(done, odd, 'confirm')
    expect(sent).toEqual(['849a'])
    expect(told).toEqual([])
    expect(verdict(done, odd, 'confirm', aborted)).toBe('payment.reversed')
  })

  test('of something else while ours is in hand is refused, and so is ours', () => {
    const other = information({ receipt: { ...receipt, trace: 501 } })
    const { sent } = story(done, approved, other, 'confirm')
    expect(sent).toEqual(['849a'])
  })

  test('of something older, before the terminal has answered us, is never confirmed', () => {
    expect(story(approved).sent).toEqual(['8466'])
    expect(story(approved).told).toEqual([])
  })

  test('that is repeated after the confirmation is confirmed again', () => {
    expect(commitments(done, approved, 'confirm', approved)).toBe(2)
  })

  test('that is repeated after the refusal is refused again, whatever the kiosk says later', () => {
    expect(story(done, approved, 'refuse', approved, 'confirm', approved).sent).toEqual([
      '8466',
      '8466',
      '8466',
    ])
  })

  test('that nobody has confirmed is never answered with 80 00', () => {
    expect(
      commitments(done, approved, 'silence', approved, 'abort', approved, 'silence', approved),
    ).toBe(0)
  })
})

test('"please wait" goes out within the terminal’s own minute', () => {
  const { payment } = story(done, approved)
  expect(payment.limitMs).toBe(paymentDelays.pleaseWaitMs)
  expect(paymentDelays.pleaseWaitMs).toBeLessThan(60_000)
})

test('a step may give the terminal more time, but never takes our own word’s', () => {
  const wait: Message = { kind: 'doing', status: 0x0e, limitMinutes: 9 }
  expect(heard(story(done).payment, wait, 1_000).payment.limitMs).toBe(541_000)
  const authorised = story(done, approved).payment
  expect(heard(authorised, wait, 1_000).payment.limitMs).toBe(authorised.limitMs)
})
