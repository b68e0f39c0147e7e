import { describe, expect, it } from 'vitest'
import { minor } from '../domain/money.ts'
import { chargingPaths, findingPaths, reversalPaths } from '../test/paths/payment-paths.ts'
import { testIds } from '../test/test-ids.ts'
import { nextOf, type OpenPayment } from './finding-payments.ts'
import { endsOf, storyOf } from '../test/paths/machine-paths.ts'

const typesOf = (steps: readonly { event: { type: string } }[]) =>
  steps.map(({ event }) => event.type)

describe('on every short path through a payment', () => {
  const ended = chargingPaths.filter(({ state }) => state.status === 'done')

  it('it ends as kept, as not charged, or as unknown', () => {
    expect(new Set(ended.map(({ state }) => state.context.phase))).toEqual(
      new Set(['kept', 'not charged', 'unknown']),
    )
  })

  it('P1: nobody is asked before the intent is on disk', () => {
    for (const path of chargingPaths) {
      if (!path.state.matches('asked')) continue
      expect(endsOf(path, 'done', 'journallingIntent'), storyOf(path)).toBe(1)
    }
  })

  it('P2: it is told to the terminal as delivered only when the sale has said so', () => {
    for (const path of chargingPaths) {
      if (!path.state.matches('keeping')) continue
      expect(typesOf(path.steps), storyOf(path)).toContain('charging.keep')
    }
  })

  it('P2: it is undone only when the sale has said so, or nothing could be journalled', () => {
    for (const path of chargingPaths) {
      if (!path.state.matches('refusing')) continue
      const said = typesOf(path.steps).includes('charging.refuse')
      expect(said || endsOf(path, 'error', 'journallingAuthorised') > 0, storyOf(path)).toBe(true)
    }
  })

  it('P1: it is kept only when the terminal has said that it is stored', () => {
    for (const path of ended) {
      if (path.state.context.phase !== 'kept') continue
      expect(typesOf(path.steps), storyOf(path)).toContain('payment.stored')
    }
  })

  it('it is at risk from its intent to its end', () => {
    for (const path of chargingPaths) {
      expect(path.state.hasTag('money at risk'), storyOf(path)).toBe(true)
    }
  })
})

describe('on every short path through the finding of payments', () => {
  it('P3: what was delivered is never taken back', () => {
    const reversing = findingPaths.filter(
      ({ state }) => state.matches('reversing') || state.matches('journallingReversing'),
    )
    expect(reversing.length).toBeGreaterThan(0)
    for (const path of reversing) {
      expect(path.state.context.current?.delivered, storyOf(path)).toBe(false)
    }
  })

  it('P1: nothing is taken back before the intent is on disk', () => {
    for (const path of findingPaths) {
      if (!path.state.matches('reversing')) continue
      expect(endsOf(path, 'done', 'journallingReversing'), storyOf(path)).toBeGreaterThan(0)
    }
  })

  it('P2: it is found as not charged only when somebody has said so', () => {
    for (const path of findingPaths) {
      if (!path.state.matches('journallingReversed')) continue
      const said = typesOf(path.steps)
      expect(
        said.includes('payment.found') || said.includes('payment.reversed'),
        storyOf(path),
      ).toBe(true)
    }
  })

  it('P2: paid with nothing sold: it is kept only when taking it back has failed as often as it is tried', () => {
    const kept = reversalPaths.filter(({ state }) => state.matches('journallingKept'))
    expect(kept.length).toBeGreaterThan(0)
    for (const path of kept) {
      const failed = typesOf(path.steps).filter((type) => type === 'payment.unknown')
      expect(failed.length, storyOf(path)).toBe(5)
      // The answer to the last try may be all that was lost: it is asked where the payment is before it counts.
      expect(typesOf(path.steps).at(-1), storyOf(path)).toBe('payment.found')
    }
  })

  it('P4: it is given up only after many answers that said nothing', () => {
    const givenUp = findingPaths.filter(({ state }) => state.matches('journallingGivenUp'))
    expect(givenUp.length).toBeGreaterThan(0)
    for (const { steps } of givenUp) {
      expect(
        typesOf(steps).filter((type) => type === 'payment.found').length,
      ).toBeGreaterThanOrEqual(60)
    }
  })
})

describe('of several payments whose end nobody knows', () => {
  const ids = testIds()
  const open = (way: OpenPayment['way']): OpenPayment => ({
    saleId: ids.sale(),
    paymentId: ids.payment(),
    way,
    amount: minor(2000),
    since: 0,
    evidence: null,
    confirmed: false,
    delivered: false,
  })
  const card = open('bank card')
  const [account, other] = [open('bank account'), open('bank account')]

  it('one at a terminal that is away does not hold up those at the front machine', () => {
    expect(nextOf([card, account], { current: null, ready: false })).toBe(account)
    expect(nextOf([card, account], { current: account, ready: false })).toBe(account)
    expect(nextOf([card, account], { current: account, ready: true })).toBe(card)
  })

  it('one that nobody answers for does not hold up the next', () => {
    expect(nextOf([account, other], { current: account, ready: false })).toBe(other)
    expect(nextOf([account, other], { current: other, ready: false })).toBe(account)
  })

  it('there is none when none is open, and the first where none can be asked about', () => {
    expect(nextOf([], { current: card, ready: true })).toBeNull()
    expect(nextOf([card], { current: null, ready: false })).toBe(card)
  })
})
