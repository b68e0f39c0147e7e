// Finding a payment and taking it back, as often as one likes; and what a new process hears of an old one's payment.
import { afterEach, describe, expect, test } from 'vitest'
import { jobPatienceMs } from '../commanded.ts'
import { encodeFrame } from '../frames.ts'
import { paymentDelays } from '../payment.ts'
import { control, done, refusal, refused } from '../requests.ts'
import { answersWith, at, missesAcks, missesFrames } from '../simulator/behaviours.ts'
import { minor } from '../../../../domain/money.ts'
import type { PaymentReceipt } from '../../bank-terminal.ts'
import { bench, readyBench, type Bench } from './bench.ts'

let it: Bench
afterEach(() => it.stop())

const stored = async () => {
  await it.authorised()
  it.confirm()
  await it.until('stored 1')
}
/** Of the first payment of a new terminal on this bench. */
let firstReceipt: PaymentReceipt
const reverse = () => {
  const receipt = it.receipt()
  if (receipt === null) throw new Error('no receipt')
  firstReceipt = receipt
  it.command({ type: 'bank-terminal.reverse', paymentId: it.paymentId(), receipt })
}

describe('a stored payment', () => {
  test('is found, and again', async () => {
    it = await readyBench()
    await stored()
    it.find()
    it.find()
    await it.untilSo(() => it.told().filter((words) => words === 'found: stored').length === 2)
    expect(it.events.at(-1)).toMatchObject({ where: { receipt: it.receipt() } })
  })

  test('is found by amount and time when its approval was never heard', async () => {
    it = await readyBench()
    await stored()
    it.find(null)
    await it.until('found: stored')
  })

  test('of another amount is not taken for the one that is looked for', async () => {
    it = await readyBench()
    await stored()
    it.find(null, 2001)
    await it.until('found: cannot say')
  })

  test('is reversed once, and asking again is answered without another reversal', async () => {
    it = await readyBench()
    await stored()
    reverse()
    await it.until('reversed')
    it.forget()
    const books = it.terminal.truth()
    expect(books.last).toMatchObject({ kind: 'reversal', originalTrace: 1 })
    it.command({ type: 'bank-terminal.reverse', paymentId: it.paymentId(), receipt: firstReceipt })
    await it.until('reversed')
    expect(it.terminal.truth()).toEqual(books)
  })

  test('reversed by a process that died before it heard so: asking again is "reversed"', async () => {
    it = await readyBench()
    await stored()
    const receipt = it.receipt()
    reverse()
    await it.untilSo(() => it.states()[0] === 'reversed')
    it.stopDriver()
    it.startDriver()
    it.forget()
    if (receipt === null) throw new Error('no receipt')
    it.command({ type: 'bank-terminal.reverse', paymentId: it.paymentId(), receipt })
    await it.until('reversed')
    expect(it.charged()).toBe(0)
  })

  test('B4, already reversed, counts as reversed', async () => {
    it = await readyBench()
    await stored()
    it.terminal.behave(answersWith(refused(0xb4), { to: control.reverse }))
    reverse()
    await it.until('reversed')
  })

  test('whose day was ended is not reversed any more: unknown, for a person', async () => {
    it = await readyBench()
    await stored()
    it.command({ type: 'bank-terminal.end-day' })
    await it.until('day ended: 1, 2000')
    reverse()
    await it.until('unknown: not reversed: B5')
    expect(it.charged()).toBe(2000)
  })

  test('cannot be reversed while the bank is away, and can afterwards', async () => {
    it = await readyBench()
    await stored()
    it.terminal.reachBank(false)
    reverse()
    await it.until('unknown: not reversed: A3')
    it.terminal.reachBank(true)
    reverse()
    await it.until('reversed')
  })

  test('that is not the last one is never reversed by its number alone', async () => {
    it = await readyBench()
    await stored()
    const first = it.receipt()
    const firstId = it.paymentId()
    await it.clock.advance(2_000)
    await it.authorised()
    it.confirm()
    await it.until('stored 2')
    if (first === null) throw new Error('no receipt')
    it.command({ type: 'bank-terminal.reverse', paymentId: firstId, receipt: first })
    await it.until('unknown: it is not the last payment any more')
    expect(it.charged()).toBe(4000)
  })
})

describe('a payment that was never stored', () => {
  test('empty books say so', async () => {
    it = await readyBench()
    it.find(null)
    await it.until('found: not charged')
  })

  test('an older one of the same amount is not it', async () => {
    it = await readyBench()
    await stored()
    await it.clock.advance(300_000)
    await it.authorised()
    it.refuse()
    await it.until('reversed')
    it.find()
    await it.until('found: not charged')
  })

  test('with its number still open as a pre-authorisation nobody can say', async () => {
    it = await readyBench()
    await stored()
    await it.clock.advance(300_000)
    await it.authorised()
    it.terminal.leaveOpen(2, minor(2000))
    it.refuse()
    await it.until('reversed')
    it.find()
    await it.until('found: cannot say')
  })
})

test('of an approval that was never heard of, any open pre-authorisation may be it: nobody can say', async () => {
  it = await readyBench()
  it.terminal.leaveOpen(2, minor(2000))
  it.find(null)
  await it.until('found: cannot say')
})

test('a terminal that cannot tell its last payment leaves it open', async () => {
  it = await readyBench()
  it.terminal.behave(answersWith(refused(0x83), { to: control.repeatReceipt }))
  it.find(null)
  await it.until('found: cannot say')
})

describe('a terminal that is not there', () => {
  test('what is looked for is answered after a while, not before', async () => {
    it = bench({ unplugged: true })
    it.find(null)
    await it.clock.advance(jobPatienceMs - 20_000)
    expect(it.told()).toEqual(['failed: not answering'])
    await it.clock.advance(40_000)
    expect(it.told().at(-1)).toBe('found: cannot say')
  })

  test('that comes back within that time is asked', async () => {
    it = bench({ unplugged: true })
    it.find(null)
    await it.clock.advance(60_000)
    it.plugIn()
    await it.until('found: not charged')
    expect(it.told()).toContain('cleared: not answering')
  })
})

/**
 * The terminal has told its approval a second time and hears nothing of what the kiosk says to it: it will tell it again. The
 * kiosk has just confirmed.
 */
const confirmedUnheard = async () => {
  it = await readyBench()
  await it.authorised()
  await it.clock.advance(paymentDelays.pleaseWaitMs + 500)
  it.confirm()
  const said = it.said(encodeFrame(done))
  const ends = [missesAcks(), missesFrames({ to: control.done })].map(it.terminal.behave)
  await it.untilSo(() => it.said(encodeFrame(done)) > said, 'a confirmation')
  for (const end of ends) end()
}

describe('an approval that is told again on a new line', () => {
  test('is confirmed again by the process that had confirmed it: the goods are out', async () => {
    await confirmedUnheard()
    await it.unplug()
    it.plugIn()
    it.find()
    await it.until('found: stored')
  })

  test('is refused by a new process, which cannot know', async () => {
    await confirmedUnheard()
    it.stopDriver()
    it.startDriver()
    it.find()
    await it.until('found: not charged')
    expect(it.said(encodeFrame(refused(refusal.goodsNotOut)))).toBe(1)
  })
})

test('paper that a payment of the old process still owes is taken by the new one, so that it is stored', async () => {
  // It waits longer for its answer than for its acknowledgement, so that it says the line again.
  it = await readyBench({ terminal: { delays: { answer: 20_000 } } })
  it.terminal.behave(
    at('line told', () => {
      it.stopDriver()
      it.startDriver()
    }),
  )
  await it.authorised()
  it.confirm()
  await it.untilSo(() => it.states()[0] !== 'authorised')
  it.find()
  await it.until('found: stored')
})
