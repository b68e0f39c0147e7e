import { describe, expect, it } from 'vitest'
import { energy } from '../domain/energy.ts'
import { KioskNumber } from '../domain/identifiers.ts'
import { minor } from '../domain/money.ts'
import type { Press, Screen, View } from '../ui/kiosk/screen.ts'
import { screenFeed } from './screen-feed.ts'

const rest: Omit<View, 'number' | 'screen'> = {
  language: 'en',
  theme: 'day',
  volume: 7,
  kiosk: { number: KioskNumber.parse('000000000101'), place: 'Main Street 1', phone: '0800' },
  currency: { code: 'CNY', symbol: '¥' },
  slots: { card: 'right-low', notes: 'right-mid', bankTerminal: 'right-high', receipt: 'bottom' },
  now: 0,
  timeZone: 'Asia/Shanghai',
  wire: { at: null, state: 'flowing' },
  warning: null,
}
const attract: Screen = { kind: 'attract', tenders: [], receipts: 'on paper', denominations: [] }
const typing = (typed: string): Screen => ({
  kind: 'choose amount',
  by: 'money',
  suggestions: [],
  typed,
  least: minor(500),
  most: minor(50_000),
  problem: null,
})
const deposit = (amount: number): Screen => ({
  kind: 'confirm cancel',
  inserted: minor(amount),
  goesTo: 'account',
})

const feedOf = (first: Screen) => {
  let now: Omit<View, 'number'> = { ...rest, screen: first }
  const feed = screenFeed(() => now)
  const show = (screen: Screen, more: Partial<View> = {}) => {
    now = { ...now, ...more, screen }
    return feed.next()
  }
  const pressed = (view: number, press: Press = { type: 'confirm' }) =>
    feed.belongs({ view, press })
  const passes = (ms: number) => {
    now = { ...now, now: now.now + ms }
  }
  return { feed, show, pressed, passes }
}

describe('the views a page is sent', () => {
  it('are numbered, and one is sent only when something changed', () => {
    const { feed, show } = feedOf(attract)
    expect(feed.view().number).toBe(0)
    expect(show(attract, { now: 60_000 })).toBeNull()
    expect(show(attract, { language: 'zh' })?.number).toBe(1)
    expect(show(typing(''))?.number).toBe(2)
    expect(feed.view()).toMatchObject({
      number: 2,
      language: 'zh',
      screen: { kind: 'choose amount' },
    })
  })

  it('a page that connects late gets the whole view as it is now', () => {
    const { feed, show } = feedOf(attract)
    show({ kind: 'writing', energy: energy(100), step: 1, steps: 4, phase: 'writing' })
    expect(feed.view().screen).toMatchObject({ kind: 'writing', step: 1 })
  })

  it('a page that connects late has the time as it is, and what is left of a warning', () => {
    const { feed, show, passes } = feedOf(attract)
    passes(5_000)
    show(typing(''), { warning: { secondsLeft: 20 } })
    passes(7_500)
    expect(feed.next()).toBeNull()
    expect(feed.view()).toMatchObject({ now: 12_500, warning: { secondsLeft: 13 } })
    passes(60_000)
    expect(feed.view().warning).toEqual({ secondsLeft: 0 })
  })
})

describe('a press', () => {
  it('made on a screen that has gone is refused: the second tap of a double tap buys nothing', () => {
    const { show, pressed } = feedOf(typing('20'))
    expect(pressed(0)).toBe(true)
    show({ kind: 'please wait', for: 'price' })
    expect(pressed(0)).toBe(false)
    expect(pressed(1)).toBe(true)
  })

  it('made while figures move on the same screen still counts: a person types faster than a page redraws', () => {
    const { show, pressed } = feedOf(typing(''))
    show(typing('2'))
    show(typing('20'))
    expect(pressed(0, { type: 'digit', digit: 0 })).toBe(true)
  })

  it('made on a sum that has changed since is refused', () => {
    const { show, pressed } = feedOf(deposit(2000))
    show(deposit(4000))
    expect(pressed(0)).toBe(false)
    expect(pressed(1)).toBe(true)
  })

  it('for another language or theme counts on every screen', () => {
    const { show, pressed } = feedOf(attract)
    show(typing(''))
    expect(pressed(0, { type: 'language', language: 'ar' })).toBe(true)
    expect(pressed(0, { type: 'theme', theme: 'night' })).toBe(true)
  })

  it('of a view that was never sent is refused', () => {
    expect(feedOf(attract).pressed(7)).toBe(false)
  })
})
