import { describe, expect, it } from 'vitest'
import { transition } from 'xstate'
import { salePaths as paths } from '../test/sale-paths.ts'
import type { SaleContext } from './sale-context.ts'
import { sale } from './sale.ts'

const typesOf = (steps: { event: { type: string } }[]) => steps.map((step) => step.event.type)
const story = (steps: { event: { type: string } }[]) => typesOf(steps).join(', ')
const journalled = (types: string[], state: string) =>
  types.some((type) => type.startsWith('xstate.') && type.includes(`ordering.${state}`))
const moneyMoved = ({ notes, order }: SaleContext) => notes.length > 0 || order !== null

describe('on every short path through a sale', () => {
  const ended = paths.filter((path) => path.state.status === 'done')

  it('every state is reached, and the sale can end in many ways', () => {
    const reached = new Set(paths.flatMap((path) => path.state._nodes.map((node) => node.id)))
    const names = Object.values(sale.root.states['story']?.states ?? {}).flatMap((part) => [
      part.id,
      ...Object.values(part.states).map((node) => node.id),
    ])
    // Transient states are passed through within one step.
    const passedThrough = [
      'counting',
      'withoutAcceptor',
      'choosingTheWayOut',
      'goodbye',
      'afterMishap',
      'settled',
      'redeeming.leaving',
      'afterHealing',
      'writingAgain',
      'ordering.ending',
    ]
    expect(
      names.filter((id) => !reached.has(id) && !passedThrough.some((name) => id.endsWith(name))),
    ).toEqual([])
    expect(ended.length).toBeGreaterThan(20)
  })

  it('P2: a sale with a note in it ends only after its closing was journalled, or tried with a broken journal', () => {
    for (const { state, steps } of ended) {
      if (state.context.notes.length === 0) continue
      expect(journalled(typesOf(steps), 'journallingClosing'), story(steps)).toBe(true)
    }
  })

  it('P3: an order is asked for only after its intent is on disk', () => {
    for (const { state, steps } of paths) {
      if (!state.matches({ story: { ordering: 'requestingOrder' } })) continue
      expect(
        typesOf(steps).some((type) => /done.*journallingOrder$/.test(type)),
        story(steps),
      ).toBe(true)
    }
  })

  it('a card is written only for an order of the centre', () => {
    for (const { state, steps } of paths) {
      if (!state.matches({ story: { ordering: 'writing' } })) continue
      expect(state.context.order, story(steps)).not.toBeNull()
    }
  })

  it('money that has moved and is not settled is at risk, and the state says so', () => {
    for (const { state, steps } of paths) {
      // The closing of a sale whose payment is still being asked about is sent by the kiosk afterwards.
      const settled =
        journalled(typesOf(steps), 'journallingClosing') ||
        state.context.payments.at(-1)?.phase === 'unknown'
      // An older order that is open needs nobody: its card settles it another day.
      const older =
        state.matches({ story: { reading: 'openOrder' } }) ||
        steps.some((step) => step.state.matches({ story: { reading: 'openOrder' } }))
      if (!moneyMoved(state.context) || settled || older || state.status === 'done') continue
      expect(
        state.hasTag('money at risk'),
        `${JSON.stringify(state.value)} after ${story(steps)}`,
      ).toBe(true)
    }
  })

  it('every payment has its end, or is known as unknown, before the sale is over', () => {
    const ends = ['kept', 'not charged', 'unknown']
    const paid = ended.filter(({ state }) => state.context.payments.length > 0)
    expect(new Set(paid.map(({ state }) => state.context.payments.at(-1)?.phase))).toEqual(
      new Set(ends),
    )
    for (const { state, steps } of ended) {
      for (const { phase } of state.context.payments) expect(ends, story(steps)).toContain(phase)
    }
  })

  it('P3: no payment is undone whose energy is on the card, or may be', () => {
    const undone = paths.filter(({ state }) => state.matches({ story: { charging: 'refusing' } }))
    expect(undone.length).toBeGreaterThan(0)
    for (const { state, steps } of undone) {
      expect(state.context.written, story(steps)).toBe(false)
      expect(state.context.cardState, story(steps)).not.toBe('undecided')
    }
  })

  it('P3: an order whose card was touched goes back before its payment is undone', () => {
    for (const { state, steps } of paths) {
      if (!state.matches({ story: { charging: 'refusing' } })) continue
      const { order, cardState } = state.context
      if (order === null || cardState === 'untouched') continue
      expect(order.state, story(steps)).toBe('RETURNED_TO_ACCOUNT')
    }
  })

  it('P2: a payment is kept only for energy on the card, or for an order that stands', () => {
    const kept = paths.filter(({ state }) => state.matches({ story: { charging: 'keeping' } }))
    expect(kept.length).toBeGreaterThan(0)
    for (const { state, steps } of kept) {
      expect(state.context.order, story(steps)).not.toBeNull()
      expect(state.context.cardState === 'untouched' && !state.context.written, story(steps)).toBe(
        false,
      )
    }
  })

  it('no card is written for an order whose payment has come undone', () => {
    for (const { state, steps } of paths) {
      if (!state.matches({ story: { ordering: 'writing' } })) continue
      const last = steps.at(-1)?.event.type
      if (last === undefined || !/journallingReserved|diagnose|finish order/.test(last)) continue
      expect(state.context.payments.at(-1)?.phase ?? 'held', story(steps)).not.toBe('not charged')
    }
  })

  it('P7: a customer whose payment is not known, or kept for nothing, is told so', () => {
    for (const { state, steps } of ended) {
      const { context } = state
      const last = context.payments.at(-1)
      if (context.written || context.tender !== 'bank card' || last === undefined) continue
      if (last.phase === 'not charged' || context.outcome.kind === 'undone') continue
      expect(context.mishap, `${context.outcome.kind} after ${story(steps)}`).not.toBeNull()
    }
  })

  it('P7: a customer whose money was not turned into energy is told where it is', () => {
    for (const { state, steps } of ended) {
      const { context } = state
      if (context.notes.length === 0 || context.written) continue
      const told =
        context.mishap !== null ||
        ['deposited', 'kept', 'returned to account', 'undone'].includes(context.outcome.kind)
      expect(told, `${context.outcome.kind} after ${story(steps)}`).toBe(true)
    }
  })
})

describe('with nothing left to pay with', () => {
  const noTender = {
    type: 'tenders.changed' as const,
    tenders: [{ tender: 'cash' as const, works: false as const, why: 'device fault' as const }],
    cashValues: [],
  }

  it.each(['account', 'enquiry'])(
    'whoever presses for energy at the %s is back at the account',
    (at) => {
      const path = paths.find(({ state }) =>
        JSON.stringify(state.value).includes(`{"reading":"${at}"}`),
      )
      if (path === undefined) throw new Error('an account can be read')
      const [sold] = transition(sale, path.state, { type: 'press.buy' })
      expect(sold.value.story).toEqual({ choosing: 'amount' })
      const [broken] = transition(sale, path.state, noTender)
      const [after] = transition(sale, broken, { type: 'press.buy' })
      expect(after.value.story).toEqual({ reading: 'account' })
    },
  )
})
