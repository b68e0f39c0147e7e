// @vitest-environment happy-dom
// What the pages promise about deeds: done once at most, however often the line breaks; and about a session that has ended.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RefusalCode } from '../../domain/console/refusals.ts'
import type { SignedIn } from '../../domain/console/staff-room.ts'
import { perform, reach, silentSince } from './asking.ts'
import { session, signedIn } from './signed-in.ts'
import { speak } from './texts/words.ts'

type Sent = { address: string; csrf: string | null; body: { deedId: string } }
let sent: Sent[]
let answers: (() => Response)[]
const refused = (code: RefusalCode) => ({ refusal: { code, values: {} } })
const broken = () => {
  throw new TypeError('the line is broken')
}
const says = (status: number, body: unknown) => () => Response.json(body, { status })

const fetchOfBrowser = globalThis.fetch
beforeEach(async () => {
  sent = []
  answers = []
  globalThis.fetch = (address, init) => {
    const body = typeof init?.body === 'string' ? init.body : '{}'
    sent.push({
      address: typeof address === 'string' ? address : '',
      csrf: new Headers(init?.headers).get('x-csrf'),
      body: JSON.parse(body) as Sent['body'],
    })
    const answer = answers.shift()
    return new Promise((told) => told((answer ?? broken)()))
  }
  await speak('en')
  signedIn({ csrf: 'token' } as SignedIn)
})
afterEach(() => {
  globalThis.fetch = fetchOfBrowser
})

const refuse = (note: string) => perform('approvals/refuse', { approval: 'A1', note })

describe('a deed', () => {
  it('goes out with the token of the session, and an id of its own each time', async () => {
    answers.push(says(200, {}), says(200, {}))
    await refuse('no')
    await refuse('no')
    expect(sent.map(({ address, csrf }) => [address, csrf])).toEqual([
      ['/api/approvals/refuse', 'token'],
      ['/api/approvals/refuse', 'token'],
    ])
    expect(sent[0]?.body.deedId).not.toBe(sent[1]?.body.deedId)
  })

  it.each([
    ['was not answered', broken],
    ['was answered by a centre that failed', says(500, refused('failed'))],
  ])('that %s keeps its id until somebody knows', async (_, first) => {
    answers.push(first, broken, says(200, {}), says(200, {}))
    expect((await refuse('why')).kind).toBe('refused')
    await refuse('why')
    expect((await refuse('why')).kind).toBe('told')
    await refuse('why')
    const ids = sent.map(({ body }) => body.deedId)
    expect(new Set(ids.slice(0, 3)).size).toBe(1)
    expect(ids[3]).not.toBe(ids[0])
  })

  it('of another content has another id, although the first is undecided', async () => {
    answers.push(broken, says(200, {}))
    await refuse('first')
    await refuse('second')
    expect(sent[0]?.body.deedId).not.toBe(sent[1]?.body.deedId)
  })

  it('that is refused says why', async () => {
    answers.push(says(409, refused('a second person decides')))
    expect(await refuse('no')).toEqual({
      kind: 'refused',
      problem: 'You proposed this: another person decides.',
    })
  })
})

describe('the centre', () => {
  it('that does not answer is silent until it does', async () => {
    answers.push(broken, says(200, {}))
    expect((await reach('/api/me')).kind).toBe('unreached')
    expect(silentSince.value).not.toBeNull()
    await reach('/api/me')
    expect(silentSince.value).toBeNull()
  })

  it('that knows nobody here shows the sign-in, as of a session that has ended', async () => {
    answers.push(says(401, refused('sign in first')), says(401, refused('wrong name or password')))
    await reach('/api/me')
    expect(session.value).toEqual({ kind: 'nobody', over: true })
    await reach('/api/sign-in')
    expect(session.value).toEqual({ kind: 'nobody', over: true })
  })
})
