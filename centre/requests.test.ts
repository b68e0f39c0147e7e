// A request is done once; its repeats get the same bytes, whenever they come.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KioskNumber } from '../domain/identifiers.ts'
import { placed } from '../test/postgres/placed.ts'
import { testIds } from '../test/test-ids.ts'
import { next } from './counters.ts'
import { answered, refused } from './outcome.ts'
import { onceOnly, type OnceOnly } from './requests.ts'
import { openStore, type Store, type Work } from './store.ts'

const ids = testIds()
const kiosk = KioskNumber.parse('000000000101')
const request = {
  name: 'quote',
  requestId: ids.request(),
  kiosk,
  content: { a: 1, b: 2 },
  at: 0,
}
const numbered = async (work: Work) => answered({ number: await next(work, 'posting') })

describe('a request', () => {
  let store: Store
  let once: OnceOnly
  beforeEach(async () => {
    store = await openStore(await placed({ kind: 'memory' }))
    once = onceOnly(store)
  })
  afterEach(() => store.close())

  it('gets the same bytes again, and its effect once', async () => {
    const first = await once(request, numbered)
    expect(first).toEqual({ kind: 'answered', text: '{"number":1}' })
    expect(await once({ ...request, at: 5 }, numbered)).toEqual(first)
    expect(await once({ ...request, requestId: ids.request() }, numbered)).toEqual({
      kind: 'answered',
      text: '{"number":2}',
    })
  })

  it('gets the same bytes from a centre that was started again', async () => {
    const first = await once(request, numbered)
    expect(await onceOnly(store)(request, numbered)).toEqual(first)
  })

  it('is the same whatever the order of its members', async () => {
    const first = await once(request, numbered)
    expect(await once({ ...request, content: { b: 2, a: 1 } }, numbered)).toEqual(first)
  })

  it('waits for the first of its kind that is still in work', async () => {
    const both = await Promise.all([once(request, numbered), once(request, numbered)])
    expect(both[1]).toEqual(both[0])
    expect(await store.transact((work) => next(work, 'posting'))).toBe(2)
  })

  it('is refused when its id was used for other content, done or in work', async () => {
    const other = { ...request, content: { a: 2 } }
    const [, inWork] = await Promise.all([once(request, numbered), once(other, numbered)])
    expect(inWork).toMatchObject({ kind: 'refused', status: 409 })
    expect(await once(other, numbered)).toMatchObject({ kind: 'refused', status: 409 })
    const renamed = { ...request, name: 'order' }
    expect(await once(renamed, numbered)).toMatchObject({ kind: 'refused', status: 409 })
  })

  it('leaves nothing behind when it is refused, and may then come right', async () => {
    const refusal = await once(request, async (work) => {
      await next(work, 'posting')
      return refused(404, 'orderNumber: is not known')
    })
    expect(refusal).toEqual({ kind: 'refused', status: 404, problem: 'orderNumber: is not known' })
    expect(await once(request, numbered)).toEqual({ kind: 'answered', text: '{"number":1}' })
  })

  it('leaves nothing behind when handling it throws', async () => {
    const broken = once(request, async (work) => {
      await next(work, 'posting')
      throw new Error('a bug')
    })
    await expect(broken).rejects.toThrow('a bug')
    expect(await once(request, numbered)).toEqual({ kind: 'answered', text: '{"number":1}' })
  })
})
