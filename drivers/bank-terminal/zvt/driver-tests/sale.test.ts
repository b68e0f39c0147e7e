// A payment from "insert card" to its end, as the customer and the kiosk see it.
import { afterEach, describe, expect, test } from 'vitest'
import { paymentDelays } from '../payment.ts'
import { anotherPayment, bench, readyBench, type Bench } from './bench.ts'

let it: Bench
afterEach(() => it.stop())

test('a card is held to the terminal, the goods go out, and it is charged', async () => {
  it = await readyBench()
  await it.authorised()
  expect(it.told()).toEqual(['insert card', 'asking the bank', 'authorised 1'])
  expect(it.states()).toEqual(['authorised'])
  it.confirm()
  await it.until('stored 1')
  expect(it.charged()).toBe(2000)
})

test('the approval has its receipt and its brand', async () => {
  it = await readyBench()
  await it.authorised({ brand: 'VISA' }, 1234)
  expect(it.events.at(-1)).toMatchObject({
    cardType: 'VISA',
    receipt: { terminalId: '29001006', receiptNumber: 1, trace: 1, amount: 1234, at: /^1123/ },
  })
})

test('a card with a PIN: typed wrong once, then right, taken out', async () => {
  it = await readyBench()
  await it.authorised({ how: 'insert', wrongPins: 1 })
  expect(it.told()).toEqual([
    'insert card',
    'enter pin',
    'wrong pin',
    'enter pin',
    'asking the bank',
    'remove card',
    'authorised 1',
  ])
})

test.each(['lines', 'block'] as const)(
  'the bank’s text comes with the payment, as %s',
  async (paper) => {
    it = await readyBench({ terminal: { paper } })
    await it.authorised()
    it.confirm()
    await it.until('stored 1')
    const stored = it.events.at(-1)
    if (stored?.type !== 'payment.stored') throw new Error('not stored')
    expect(stored.slip[0]).toBe('BANK CARD PAYMENT')
    expect(stored.slip.at(-1)).toBe('APPROVED')
    expect(stored.slip).toHaveLength(7)
  },
)

test('with its own layout the kiosk is given no text', async () => {
  it = await readyBench({ driver: { slip: 'own layout' } })
  await it.authorised()
  it.confirm()
  await it.until('stored 1')
  expect(it.events.at(-1)).toMatchObject({ slip: [] })
})

test('nothing was delivered: reversed', async () => {
  it = await readyBench()
  await it.authorised()
  it.refuse()
  expect(await it.until('reversed')).toContain('reversing')
  expect(it.states()).toEqual(['reversed'])
})

describe('while the goods are on their way', () => {
  test('the terminal is asked to wait, again and again, and is charged in the end', async () => {
    it = await readyBench()
    await it.authorised()
    await it.clock.advance(5 * paymentDelays.pleaseWaitMs)
    expect(it.told().filter((words) => words.startsWith('authorised'))).toEqual(['authorised 1'])
    it.confirm()
    await it.until('stored 1')
    expect(it.charged()).toBe(2000)
  })

  test('a decision that falls between two questions is given with the next one', async () => {
    it = await readyBench()
    await it.authorised()
    await it.clock.advance(paymentDelays.pleaseWaitMs + 500)
    it.confirm()
    await it.clock.advance(1_000)
    expect(it.charged()).toBe(0)
    await it.until('stored 1')
    expect(it.charged()).toBe(2000)
  })

  test('a kiosk that never decides: the terminal has asked often enough, and takes it back', async () => {
    it = await readyBench()
    await it.authorised()
    await it.until('reversed')
    expect(it.states()).toEqual(['reversed'])
    // Ten times more than once, each with its 45 seconds.
    expect(it.clock.monotonic()).toBeGreaterThan(10 * paymentDelays.pleaseWaitMs)
    // A confirmation that comes then changes nothing and is answered with the end.
    it.forget()
    it.confirm()
    expect(it.told()).toEqual(['reversed'])
    expect(it.charged()).toBe(0)
  })
})

describe('certainly not charged', () => {
  test.each([
    ['decline', 'declined'],
    ['not enough money', 'not enough money'],
    ['unreadable', 'card not readable'],
    ['unknown card', 'card not accepted'],
    ['expired', 'card not accepted'],
  ] as const)('a card that the bank answers with "%s"', async (says, why) => {
    it = await readyBench()
    it.authorise()
    await it.present({ says })
    await it.until(`not charged: ${why}`)
    expect(it.charged()).toBe(0)
  })

  test('the PIN wrong three times', async () => {
    it = await readyBench()
    it.authorise()
    await it.present({ how: 'insert', wrongPins: 3 })
    await it.until('not charged: declined')
  })

  test('nobody comes', async () => {
    it = await readyBench()
    it.authorise()
    expect(await it.until('not charged: timed out')).toEqual([
      'insert card',
      'not charged: timed out',
    ])
  })

  test('the customer presses stop at the terminal', async () => {
    it = await readyBench()
    it.authorise()
    await it.until('insert card')
    await it.clock.advance(3_000)
    it.terminal.pressStop()
    await it.until('not charged: customer cancelled')
  })

  test('the customer cancels on the screen', async () => {
    it = await readyBench()
    it.authorise()
    await it.until('insert card')
    await it.clock.advance(40_000)
    it.abort()
    await it.until('not charged: customer cancelled')
  })

  test('cancelled before the terminal has even answered', async () => {
    it = await readyBench()
    it.authorise()
    it.abort()
    await it.until('not charged: customer cancelled')
    expect(it.terminal.waitsForPerson()).toBe(false)
  })

  test('a card was already read when the customer cancels: an approval after that is refused', async () => {
    it = await readyBench()
    it.authorise()
    await it.present()
    await it.until('asking the bank')
    it.abort()
    await it.until('reversed')
    expect(it.told()).not.toContain('authorised 1')
    expect(it.states()).toEqual(['reversed'])
  })

  test('the bank is away, and then there again', async () => {
    it = await readyBench()
    it.terminal.reachBank(false)
    it.authorise()
    await it.present()
    await it.until('not charged: no connection')
    expect(it.told()).toContain('failed: no connection')
    it.terminal.reachBank(true)
    await it.clock.advance(5_000)
    await it.authorised()
    expect(it.told()).toContain('cleared: no connection')
  })
})

describe('asked once', () => {
  test('the same payment again is not asked for again: what became of it is said', async () => {
    it = await readyBench()
    await it.authorised()
    it.askAgain()
    it.confirm()
    await it.until('stored 1')
    it.forget()
    it.askAgain()
    it.confirm()
    it.refuse()
    await it.clock.advance(120_000)
    expect(it.told()).toEqual(['stored 1', 'stored 1', 'stored 1'])
    expect(it.charged()).toBe(2000)
  })

  test('a second payment while one is under way is not sent', async () => {
    it = await readyBench()
    await it.authorised()
    const first = it.receipt()
    it.forget()
    it.authorise(500)
    expect(it.told()).toEqual(['not charged: terminal busy'])
    expect(first?.receiptNumber).toBe(1)
    expect(it.terminal.truth().payments).toHaveLength(1)
  })

  test('without a terminal nobody is kept waiting', async () => {
    it = bench({ unplugged: true })
    await it.until('failed: not answering')
    it.authorise()
    expect(it.told().at(-1)).toBe('not charged: no connection')
  })

  test('a decision about a payment nobody knows is unknown', async () => {
    it = await readyBench()
    it.command({ type: 'bank-terminal.confirm', paymentId: anotherPayment })
    expect(it.told()).toEqual(['unknown: no terminal waits for it'])
  })
})

test('receipts begin again at 1 after 9999, and each payment has a trace of its own', async () => {
  const { newTerminal } = await import('../simulator/truth.ts')
  it = await readyBench({
    terminal: { truth: newTerminal({ nextReceipt: 9999, nextTrace: 999_999 }) },
  })
  for (const number of [9999, 1]) {
    await it.authorised()
    it.confirm()
    await it.until(`stored ${number}`)
    await it.clock.advance(2_000)
  }
  expect(it.terminal.truth().payments.map(({ trace }) => trace)).toEqual([999_999, 1])
  it.find()
  await it.until('found: stored')
})

describe('however the terminal is connected', () => {
  test.each([
    ['over TCP', { framing: 'tcp' as const }, {}],
    ['with sequence ids', { sequence: true }, { sequences: true }],
    ['with a terminal that takes no part in sequence ids', { sequence: true }, {}],
  ])('%s', async (_, driver, terminal) => {
    it = await readyBench({ driver, terminal })
    await it.authorised()
    await it.clock.advance(2 * paymentDelays.pleaseWaitMs)
    it.confirm()
    await it.until('stored 1')
    expect(it.charged()).toBe(2000)
    it.find()
    await it.until('found: stored')
    await it.clock.advance(2_000)
    await it.authorised()
    it.refuse()
    await it.until('reversed')
    expect(it.charged()).toBe(2000)
  })
})

test('no card data is told, kept or reported, though the terminal sends some', async () => {
  it = await readyBench()
  await it.authorised()
  it.confirm()
  await it.until('stored 1')
  const onLine = Buffer.concat(it.line.map(({ bytes }) => bytes)).toString('hex')
  expect(onLine).toContain('22f0f8eeeeeeeeeeee281f')
  expect(JSON.stringify([it.events, it.reports])).not.toMatch(/281f|\d{12,}/i)
})
