import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  consoleKit,
  quickEffort,
  somebody,
  testPassword,
  type ConsoleKit,
} from '../../test/console-kit.ts'
import { readingConsole, withConsole } from './console-tables.ts'
import { hashPassword, isPasswordOf } from './passwords.ts'
import { firstLockMs, longestLockMs, signingIn, triesBeforeLock } from './signing-in.ts'

let kit: ConsoleKit
beforeEach(async () => {
  kit = await consoleKit()
})
afterEach(() => kit.close())

const name = somebody('operator')
const tryIt = (password: string, as: string = name) =>
  signingIn(kit.store, quickEffort)(
    { name: as, password },
    { now: kit.clock.now, address: '192.0.2.7' },
  )
const failOften = async (times: number) => {
  for (let left = times; left > 0; left--) await tryIt('not this one')
}
const trail = () =>
  readingConsole(kit.store.read).selectFrom('audit_trail').selectAll().orderBy('audit').execute()

describe('signing in', () => {
  it('lets in whoever knows the password, however the name is typed', async () => {
    expect(await tryIt(testPassword, ` ${name.toUpperCase()} `)).toMatchObject({
      kind: 'signed in',
      member: { name, role: 'operator' },
    })
  })

  it.each([
    ['a wrong password', name, 'not this one'],
    ['a name nobody has', 'nobody-here', testPassword],
    ['what is no name at all', "x'; drop table staff; --", testPassword],
    ['an empty password', name, ''],
  ])('says the same of %s', async (_what, as, password) => {
    expect(await tryIt(password, as)).toEqual({ kind: 'wrong' })
  })

  it('lets nobody in who has left', async () => {
    await kit.store.transact((work) =>
      withConsole(work).updateTable('staff').set({ active: 0 }).where('name', '=', name).execute(),
    )
    expect(await tryIt(testPassword)).toEqual({ kind: 'wrong' })
  })

  it('locks the name after five wrong tries, for the right password too', async () => {
    await failOften(triesBeforeLock - 1)
    expect(await tryIt('not this one')).toMatchObject({ kind: 'locked' })
    expect(await tryIt(testPassword)).toMatchObject({ kind: 'locked' })
    kit.clock.now += firstLockMs
    expect(await tryIt(testPassword)).toMatchObject({ kind: 'signed in' })
  })

  it('locks a name that nobody has just so: who works here is not to be found out', async () => {
    for (let left = triesBeforeLock; left > 1; left--) await tryIt('not this one', 'nobody-here')
    expect(await tryIt('not this one', 'nobody-here')).toMatchObject({ kind: 'locked' })
  })

  it('locks for longer each time, up to an hour', async () => {
    await failOften(triesBeforeLock)
    const locks: number[] = []
    for (let more = 8; more > 0; more--) {
      kit.clock.now += longestLockMs
      const outcome = await tryIt('not this one')
      if (outcome.kind === 'locked') locks.push((outcome.untilMs - kit.clock.now) / firstLockMs)
    }
    expect(locks).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
  })

  it('forgets the wrong tries of whoever gets in', async () => {
    await failOften(triesBeforeLock - 1)
    await tryIt(testPassword)
    await failOften(triesBeforeLock - 1)
    expect(await tryIt(testPassword)).toMatchObject({ kind: 'signed in' })
  })

  it('leaves a line for every try, and never what was typed as a name by mistake', async () => {
    await tryIt(testPassword)
    await tryIt('not this one')
    await tryIt('x', testPassword)
    expect((await trail()).map(({ who, outcome }) => `${who} ${outcome}`)).toEqual([
      `${name} done`,
      `${name} refused`,
      'nobody refused',
    ])
    expect(JSON.stringify(await trail())).not.toContain(testPassword)
  })

  it('does not hash for as many as want it: the rest is told to wait', async () => {
    const door = signingIn(kit.store, { memory: 1024, passes: 4 })
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        door({ name: `name-${at}`, password: 'x' }, { now: kit.clock.now, address: '' }),
      ),
    )
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['wrong', 'busy']))
  })
})

describe('a password', () => {
  it('is kept as an Argon2id hash with a salt of its own', async () => {
    const [one, other] = [
      await hashPassword('same', quickEffort),
      await hashPassword('same', quickEffort),
    ]
    expect(one).toMatch(/^argon2id:8:1:[\w-]{22}:[\w-]{43}$/)
    expect(one).not.toBe(other)
    expect(await isPasswordOf('same', one)).toBe(true)
    expect(await isPasswordOf('Same', one)).toBe(false)
  })

  it('is the same however its accents are typed', async () => {
    const kept = await hashPassword('caf\u00e9 au lait', quickEffort)
    expect(await isPasswordOf('cafe\u0301 au lait', kept)).toBe(true)
  })
})
