// Every door of the console, tried by whoever has no business there: signed out, of the wrong role, from another site, and with rubbish.
import { constantFrom, dictionary, oneof, sample, string } from 'fast-check'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusals } from '../../domain/console/refusals.ts'
import { mayStaff, staffRoles, type StaffRole } from '../../domain/console/staff.ts'
import { centreKit } from '../../test/centre-kit.ts'
import { consoleKit, type Browser, type ConsoleKit } from '../../test/console-kit.ts'
import { allDeeds, allQuestions } from './answers.ts'
import { cookieName } from './console-server.ts'
import { readingConsole } from './console-tables.ts'

let kit: ConsoleKit
const browsers = new Map<StaffRole, Browser>()
beforeAll(async () => {
  kit = await consoleKit(await centreKit())
  for (const role of staffRoles) browsers.set(role, await kit.signIn(role))
})
afterAll(() => kit.close())

const browserOf = (role: StaffRole): Browser => {
  const browser = browsers.get(role)
  if (browser === undefined) throw new Error(`nobody of ${role} is signed in`)
  return browser
}

const questions = Object.entries(allQuestions).map(([name, { may }]) => ({ name, may }))
const deeds = Object.entries(allDeeds).map(([name, { may }]) => ({ name, may }))

const lastLine = () =>
  readingConsole(kit.store.read)
    .selectFrom('audit_trail')
    .selectAll()
    .orderBy('audit', 'desc')
    .executeTakeFirst()

describe.each(questions)('the question $name', ({ name, may }) => {
  it('is answered to nobody who is not signed in', async () => {
    for (const cookies of [{}, { [cookieName]: 'guessed' }, { [cookieName]: '' }]) {
      const { statusCode } = await kit.server.inject({ url: `/api/${name}`, cookies })
      expect(statusCode).toBe(401)
    }
  })

  it('is answered to those alone whose work it is', async () => {
    for (const role of staffRoles) {
      const { status } = await browserOf(role).ask(name)
      if (mayStaff(role, may)) expect(status).not.toBe(403)
      else {
        expect(status).toBe(403)
        expect(await lastLine()).toMatchObject({ what: `ask ${name}`, outcome: 'refused' })
      }
    }
  })

  it('changes nothing: it is no deed', async () => {
    const { cookies, headers } = browserOf('administrator')
    const { statusCode } = await kit.server.inject({
      method: 'POST',
      url: `/api/${name}`,
      payload: {},
      cookies,
      headers,
    })
    // Some names are both.
    if (!deeds.some((deed) => deed.name === name)) expect(statusCode).toBe(404)
  })

  it('answers rubbish with a reason', async () => {
    const role = staffRoles.find((each) => mayStaff(each, may))
    if (role === undefined) throw new Error(`nobody may ask ${name}`)
    for (const query of sample(rubbish, { numRuns: 12, seed: 6 })) {
      const { status, body } = await browserOf(role).ask(name, query)
      expect([200, 400, 404, 409]).toContain(status)
      if (status !== 200) expect(body['refusal']).toMatchObject({ code: known })
    }
  })
})

describe.each(deeds)('the deed $name', ({ name, may }) => {
  const tryIt = (of: { cookies?: Record<string, string>; headers?: Record<string, string> }) =>
    kit.server.inject({
      method: 'POST',
      url: `/api/${name}`,
      payload: { deedId: randomUUID() },
      ...of,
    })

  it('is done for nobody who is not signed in', async () => {
    expect((await tryIt({})).statusCode).toBe(401)
    expect((await tryIt({ cookies: { [cookieName]: 'guessed' } })).statusCode).toBe(401)
  })

  it('is not done for a page of another site, nor for one that does not know the token', async () => {
    const { cookies, headers } = browserOf('accounts')
    const { 'x-csrf': token } = headers
    for (const wrong of [
      {},
      { 'x-csrf': '' },
      { 'x-csrf': 'guessed' },
      { 'x-csrf': browserOf('operator').headers['x-csrf'] },
      { 'x-csrf': token, 'sec-fetch-site': 'cross-site' },
      { 'x-csrf': token, 'sec-fetch-site': 'same-site' },
    ]) {
      expect((await tryIt({ cookies, headers: wrong })).statusCode).toBe(403)
    }
  })

  it('is not done by a form: only by JSON', async () => {
    const { cookies, headers } = browserOf('accounts')
    const { statusCode } = await kit.server.inject({
      method: 'POST',
      url: `/api/${name}`,
      payload: 'deedId=1',
      cookies,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(statusCode).toBe(415)
  })

  it('is done for those alone whose work it is', async () => {
    for (const role of staffRoles) {
      const { status } = await browserOf(role).perform(name, {})
      if (may === null || mayStaff(role, may)) expect(status).not.toBe(403)
      else {
        expect(status).toBe(403)
        expect(await lastLine()).toMatchObject({ what: name, outcome: 'refused' })
      }
    }
  })

  it('answers rubbish with a reason, and does nothing', async () => {
    const role = staffRoles.find((each) => may === null || mayStaff(each, may))
    if (role === undefined) throw new Error(`nobody may do ${name}`)
    for (const body of sample(rubbish, { numRuns: 12, seed: 7 })) {
      const { status, body: said } = await browserOf(role).perform(name, body)
      expect([400, 404, 409]).toContain(status)
      expect(said['refusal']).toMatchObject({ code: known })
    }
  })
})

it('leaves no name of a question or a deed without a page of its own kind', async () => {
  const { cookies } = browserOf('administrator')
  for (const url of [
    '/api/',
    '/api/nothing',
    '/api/__proto__',
    '/api/constructor',
    '/api/staff/..',
  ]) {
    expect((await kit.server.inject({ url, cookies })).statusCode).toBe(404)
  }
})

it('serves pages with a policy that lets nothing of others in, and nothing of ours into a frame', async () => {
  const { headers } = await kit.server.inject({ url: '/fleet/000000000101?q=%3Cscript%3E' })
  expect(headers).toMatchObject({
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['content-security-policy']).not.toContain('unsafe')
})

/** A reason that the pages have words for. */
const known = expect.toSatisfy((code: string) => code === 'fields' || Object.hasOwn(refusals, code))

/** What people type who want to see what happens. */
const nasty = constantFrom(
  "' or 1=1 --",
  "'; drop table orders; --",
  '%',
  '_',
  '\\',
  '\u0000',
  '\uD800',
  '<img src=x onerror=alert(1)>',
  '{{7*7}}',
  '../../etc/passwd',
  '9'.repeat(400),
  '-1',
  '1e309',
  'NaN',
  '[object Object]',
  '٣٤٥',
  '',
)
const keys = constantFrom(
  'q',
  'kiosk',
  'order',
  'customer',
  'serial',
  'from',
  'until',
  'before',
  'after',
  'page',
  'sort',
  'state',
  'who',
  'about',
  'month',
  'day',
  'by',
  'tariff',
  'finding',
  'sale',
  'reason',
  'amount',
  '__proto__',
)
const rubbish = dictionary(keys, oneof(nasty, string({ maxLength: 60 })), { maxKeys: 5 })
