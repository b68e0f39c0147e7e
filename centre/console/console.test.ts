import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  addSomebody,
  consoleKit,
  limits,
  minuteMs,
  signedIn,
  somebody,
  testPassword,
  type Browser,
  type ConsoleKit,
} from '../../test/console-kit.ts'
import { StaffName } from '../../domain/console/staff.ts'
import { cookieName } from './console-server.ts'

let kit: ConsoleKit
let chief: Browser
beforeEach(async () => {
  kit = await consoleKit()
  chief = await kit.signIn('administrator')
})
afterEach(() => kit.close())

const audit = async () => {
  const { body } = await chief.ask('audit')
  const rows = body['rows']
  if (!Array.isArray(rows)) throw new Error('no trail was told')
  return rows.map((row: Record<string, unknown>) =>
    [row['who'], row['what'], row['about'], row['outcome']].join(' | '),
  )
}
const newcomer = {
  name: 'li.wei',
  fullName: 'Li Wei',
  role: 'operator',
  password: 'twelve or more',
}

describe('a session', () => {
  it('is a cookie no script can read, no other site sends along, and only this host gets', () => {
    expect(chief.cookie).toMatchObject({
      name: cookieName,
      path: '/',
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
    })
    expect(cookieName.startsWith('__Host-')).toBe(true)
  })

  it('stands in the database only as a hash', async () => {
    const sessions = await kit.store.read
      .withTables<{ staff_sessions: { session: string } }>()
      .selectFrom('staff_sessions')
      .selectAll()
      .execute()
    expect(JSON.stringify(sessions)).not.toContain(chief.cookie.value)
    expect(sessions).toHaveLength(1)
  })

  it('ends when nobody attends to it', async () => {
    kit.clock.now += limits.unattendedMs - 1
    expect((await chief.ask('staff')).status).toBe(200)
    kit.clock.now += limits.unattendedMs
    expect((await chief.ask('staff')).status).toBe(401)
  })

  it('is not kept alive by a page that asks again by itself', async () => {
    for (let minutes = 0; minutes < 30; minutes += 10) {
      await kit.server.inject({
        method: 'GET',
        url: '/api/staff',
        cookies: chief.cookies,
        headers: { 'x-unattended': 'yes' },
      })
      kit.clock.now += 10 * minuteMs
    }
    expect((await chief.ask('staff')).status).toBe(401)
  })

  it('ends after a working day, however much is done in it', async () => {
    for (let at = 0; at < limits.longestMs; at += 20 * minuteMs) {
      expect((await chief.ask('staff')).status).toBe(200)
      kit.clock.now += 20 * minuteMs
    }
    expect((await chief.ask('staff')).status).toBe(401)
  })

  it('is over after signing out, also for whoever has kept the cookie', async () => {
    const { cookies, headers } = chief
    await kit.server.inject({ method: 'POST', url: '/api/sign-out', cookies, headers })
    expect((await chief.ask('staff')).status).toBe(401)
  })

  it('of somebody who may not work here any more is over at once', async () => {
    const operator = await kit.signIn('operator')
    await chief.perform('staff/change', { name: somebody('operator'), active: false })
    expect((await operator.ask('approvals')).status).toBe(401)
  })

  it('follows the role: a right that was taken away is gone at the next press', async () => {
    const other = await kit.signIn('administrator', 2)
    await chief.perform('staff/change', { name: somebody('administrator', 2), role: 'operator' })
    expect((await other.ask('staff')).status).toBe(403)
  })
})

describe('a deed', () => {
  it('is done once, however often it is sent', async () => {
    const deedId = randomUUID()
    const first = await chief.perform('staff/add', { ...newcomer, deedId })
    const again = await chief.perform('staff/add', { ...newcomer, deedId })
    expect(first.status).toBe(200)
    expect(again).toEqual(first)
    expect((await audit()).filter((line) => line.includes('staff/add'))).toHaveLength(1)
  })

  it('is not another one under the same id', async () => {
    const deedId = randomUUID()
    await chief.perform('staff/add', { ...newcomer, deedId })
    const other = await chief.perform('staff/add', { ...newcomer, name: 'li.wen', deedId })
    expect(other).toMatchObject({
      status: 409,
      body: { refusal: { code: 'used for another deed' } },
    })
  })

  it('that is refused leaves a line in the trail and nothing else', async () => {
    await chief.perform('staff/add', newcomer)
    expect(await chief.perform('staff/add', newcomer)).toMatchObject({ status: 409 })
    expect((await audit()).filter((line) => line.includes('staff/add'))).toEqual([
      `${somebody('administrator')} | staff/add | li.wei as operator | refused`,
      `${somebody('administrator')} | staff/add | li.wei as operator | done`,
    ])
  })

  it('with something wrong in it says what, and never repeats a password', async () => {
    const { status, body } = await chief.perform('staff/add', {
      ...newcomer,
      password: 'short one',
    })
    expect(status).toBe(400)
    expect(body['refusal']).toEqual({
      code: 'fields',
      fields: [{ field: 'password', why: { kind: 'too short', bound: 12 } }],
    })
    expect(JSON.stringify(await audit())).not.toContain('short one')
  })
})

describe('somebody new', () => {
  it('chooses a password of their own before anything else', async () => {
    const name = StaffName.parse('new.here')
    await addSomebody(kit.store, {
      name,
      role: 'administrator',
      now: kit.clock.now,
      mustChange: true,
    })
    const browser = await signedIn(kit.server, name)
    expect(browser.me).toMatchObject({ mustChangePassword: true })
    expect(await browser.ask('staff')).toMatchObject({ status: 403 })
    const wanted = 'my very own sentence'
    expect(await browser.perform('me/password', { current: 'wrong', wanted })).toMatchObject({
      status: 409,
    })
    expect(await browser.perform('me/password', { current: testPassword, wanted })).toMatchObject({
      status: 200,
    })
    expect((await browser.ask('staff')).status).toBe(200)
    await expect(signedIn(kit.server, name)).rejects.toThrow('cannot sign in')
    expect((await signedIn(kit.server, name, wanted)).me).toMatchObject({
      mustChangePassword: false,
    })
  })
})

describe('the trail', () => {
  it('says who looked, once for a page that asks again and again', async () => {
    for (let times = 0; times < 3; times++) await chief.ask('audit', { who: 'li.wei' })
    expect((await audit()).filter((line) => line.includes('li.wei'))).toEqual([
      `${somebody('administrator')} | ask audit | the audit trail li.wei | done`,
    ])
  })

  it('cannot be changed, by whatever means', async () => {
    await expect(
      kit.store.transact((work) =>
        work
          .withTables<{ audit_trail: { who: string } }>()
          .updateTable('audit_trail')
          .set({ who: 'nobody' })
          .execute(),
      ),
    ).rejects.toThrow('written once')
  })
})
