// @vitest-environment happy-dom
// Addresses of the console: what is chosen on a page is in them, and nothing else.
import { beforeEach, describe, expect, it } from 'vitest'
import { go, goings, hrefTo, where, withQuery } from './router.ts'

beforeEach(() => go('/fleet?state=silent&sort=-cash&after=17'))

describe('an address', () => {
  it('keeps the rest of its query when one part changes, and loses what is empty', () => {
    expect(withQuery({ state: 'closed' })).toBe('/fleet?sort=-cash&after=17&state=closed')
    expect(withQuery({ state: null, after: undefined, sort: '' })).toBe('/fleet')
    expect(withQuery({ kiosk: ['a', 'b'], after: null, sort: null })).toBe(
      '/fleet?state=silent&kiosk=a&kiosk=b',
    )
  })

  it('holds any name of a thing, also one with a slash, and gives it back', () => {
    const href = hrefTo(['customers', 'a/b ü'], { tab: 'cards', page: 2 })
    expect(href).toBe('/customers/a%2Fb%20%C3%BC?tab=cards&page=2')
    go(href)
    expect(where.value.path).toEqual(['customers', 'a/b ü'])
    expect(where.value.query.get('tab')).toBe('cards')
  })

  it('that is no text leads nowhere and breaks nothing', () => {
    go('/customers/%E0%A4%A')
    expect(where.value.path).toEqual(['customers', '%E0%A4%A'])
  })

  it('that is replaced where one is, as a filter does, is no going', () => {
    const before = goings.value
    go(withQuery({ state: 'closed' }), { replace: true })
    expect(goings.value).toBe(before)
    go('/staff')
    expect(goings.value).toBe(before + 1)
  })
})
