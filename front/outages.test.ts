// Bank away, centre away, and every message of a sale lost: nobody is charged for nothing, and everybody says the same.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MessageName } from '../domain/centre-messages.ts'
import { frontKit, opening, type LineFault, type FrontKit } from '../test/front-kit.ts'
import { visit, type Visit } from '../test/front-visit.ts'
import {
  answersLate,
  answersTwice,
  cutsLineAt,
  declines,
  losesAnswers,
  losesRequests,
  sealsWrongly,
  type Behaviour,
} from './simulated-bank/behaviours.ts'

let kit: FrontKit
beforeEach(async () => {
  kit = await frontKit()
  await kit.signedOn()
})
afterEach(() => kit.close())

/** All is over, and all agree. */
const agreed = async () => {
  await kit.settled()
  expect(await kit.disagreements()).toEqual([])
  expect(await kit.centre.flaws()).toEqual([])
}
const charged = () => opening - (kit.wire().balance() ?? 0)
const nothing = () => Promise.resolve()

describe('the bank', () => {
  it('is away: a payment is declined at once, the rest of the front machine goes on', async () => {
    await kit.bankGoesDown()
    const sale = await kit.begin()
    expect(await kit.payFor(sale)).toEqual({ kind: 'declined', why: 'bank away' })
    expect(await kit.paymentState(sale.paymentId)).toEqual({ kind: 'declined', why: 'bank away' })
    expect(kit.front().problem()).toBeNull()
    const notes = [10_000]
    const cash = await kit.ended(
      kit.kiosk.sell(kit.centre.cardOf('plain-sale'), { tender: 10_000, notes }),
    )
    expect(cash.proven.order.state).toBe('LOADED')
    await agreed()
  })

  it('comes back: what was to be reversed goes out first, and then it is paid again', async () => {
    kit.bank().behave(losesAnswers({ to: '0200', times: 1 }))
    const first = await kit.begin()
    expect(await kit.payFor(first)).toEqual({ kind: 'unknown' })
    await kit.bankGoesDown()
    kit.bank().comeUp()
    await kit.signedOn()
    const again = { ...first, paymentId: kit.centre.ids.payment() }
    expect(await kit.payFor(again)).toMatchObject({ kind: 'approved' })
    await agreed()
    expect(charged()).toBe(10_000)
  })

  const answers: [string, () => Behaviour, Visit, number][] = [
    ['loses the request', () => losesRequests({ to: '0200' }), 'not charged', 0],
    ['loses its answer', () => losesAnswers({ to: '0200' }), 'not charged', 0],
    ['answers too late', () => answersLate(40_000, { to: '0200' }), 'not charged', 0],
    ['answers twice', () => answersTwice({ to: '0200' }), 'bought', 10_000],
    ['answers with a wrong MAC', () => sealsWrongly({ to: '0200', times: 1 }), 'not charged', 0],
    ['has not enough money', () => declines('51', { to: '0200' }), 'not charged', 0],
    ['does not know what happened', () => declines('96', { to: '0200' }), 'not charged', 0],
  ]
  it.each(answers)('P3: that %s', async (_, behaviour, ends, sum) => {
    kit.bank().behave(behaviour())
    expect(await visit(kit, nothing)).toBe(ends)
    await agreed()
    expect(charged()).toBe(sum)
  })

  const reversals: [string, () => Behaviour][] = [
    ['loses the reversal', () => losesRequests({ to: '0420' })],
    ['loses the answer to the reversal', () => losesAnswers({ to: '0420' })],
    ['answers the reversal too late', () => answersLate(15_000, { to: '0420' })],
    ['answers the reversal twice', () => answersTwice({ to: '0420' })],
    ['answers the reversal with a wrong MAC', () => sealsWrongly({ to: '0420', times: 1 })],
    ['does not take the reversal', () => declines('96', { to: '0420' })],
  ]
  it.each(reversals)('P3: that %s after no answer to a payment', async (_, behaviour) => {
    kit.bank().behave(losesAnswers({ to: '0200' }))
    kit.bank().behave(behaviour())
    const sale = await kit.begin()
    expect(await kit.payFor(sale)).toEqual({ kind: 'unknown' })
    await agreed()
    expect(charged()).toBe(0)
    expect(await kit.paymentState(sale.paymentId)).toEqual({ kind: 'reversed' })
  })

  it('P3: a late approval is kept as evidence and charges nobody', async () => {
    kit.bank().behave(answersLate(40_000, { to: '0200' }))
    const sale = await kit.begin()
    expect(await kit.payFor(sale)).toEqual({ kind: 'unknown' })
    await agreed()
    await kit.ended(new Promise<void>((resolve) => void kit.clock().after(20_000, resolve)))
    const late = await kit.store().read.selectFrom('late_answers').selectAll().execute()
    expect(late).toMatchObject([{ mti: '0210', code: '00', stan: '000001', mac: 'right' }])
    expect(await kit.paymentState(sale.paymentId)).toEqual({ kind: 'reversed' })
    expect(charged()).toBe(0)
  })
})

describe('the line to the bank, cut at every message', () => {
  const cuts = [1, 2, 3, 4].flatMap((nth) => [
    { nth, moment: 'before' as const },
    { nth, moment: 'after' as const },
  ])
  it.each(cuts)('P3: at message $nth, $moment the bank has done it', async ({ nth, moment }) => {
    kit.bank().behave(cutsLineAt(nth, moment))
    await visit(kit, nothing)
    await kit.signedOn()
    await agreed()
  })
})

describe('the centre', () => {
  it('is away after the payment: the terminal cancels, and the payer gets the money back', async () => {
    const sale = await kit.approved()
    kit.goAway(true)
    await expect(kit.orderFor(sale, sale.evidence)).rejects.toThrow('502')
    expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversed' })
    kit.goAway(false)
    await kit.closeSale(sale, 'reversed', sale.evidence)
    await agreed()
    expect(charged()).toBe(0)
  })

  it('is away: a question is 502 and was certainly not asked; one without an answer is 504', async () => {
    kit.goAway(true)
    await expect(kit.ended(kit.kiosk.lookNonce())).rejects.toThrow('502')
    kit.goAway(false)
    kit.failAtCentre('lookNonces', 'answer lost')
    await expect(kit.ended(kit.kiosk.lookNonce())).rejects.toThrow('504')
  })

  it('bank and centre are away: nothing is sold, and nothing hangs', async () => {
    const sale = await kit.approved()
    await kit.bankGoesDown()
    kit.goAway(true)
    await expect(kit.orderFor(sale, sale.evidence)).rejects.toThrow('502')
    expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversing' })
    expect(charged()).toBe(10_000)
    kit.bank().comeUp()
    await kit.signedOn()
    kit.goAway(false)
    await kit.closeSale(sale, 'reversed', sale.evidence)
    await agreed()
    expect(await kit.paymentState(sale.paymentId)).toEqual({ kind: 'reversed' })
    expect(charged()).toBe(0)
  })

  const names: MessageName[] = ['insertion', 'quote', 'order', 'script', 'proof', 'closing']
  const faults: LineFault[] = ['request lost', 'answer lost']
  const one = names.flatMap((name) => faults.map((fault) => ({ name, fault, times: 1 })))
  const all = names.flatMap((name) => faults.map((fault) => ({ name, fault, times: 3 })))
  it.each([...one, ...all])('P3: $name: $fault, $times times', async ({ name, fault, times }) => {
    for (let time = 0; time < times; time++) kit.failAtCentre(name, fault)
    await visit(kit, nothing)
    await agreed()
  })
})

describe('the line between terminal and front machine', () => {
  const names = [
    'quote',
    'payment',
    'paymentReversal',
    'order',
    'script',
    'proof',
    'closing',
  ] as const
  const faults: LineFault[] = ['request lost', 'answer lost']
  const cuts = names.flatMap((name) =>
    faults.flatMap((fault) => [1, 3].map((times) => ({ name, fault, times }))),
  )
  it.each(cuts)('P3: $name: $fault, $times times', async ({ name, fault, times }) => {
    for (let time = 0; time < times; time++) kit.failAtTerminal(name, fault)
    // Something to take back, where that is what gets lost.
    if (name === 'paymentReversal') kit.bank().behave(declines('96', { to: '0200' }))
    const ended = await visit(kit, nothing)
    if (times === 1 && name !== 'paymentReversal') expect(ended).toBe('bought')
    await agreed()
  })
})
