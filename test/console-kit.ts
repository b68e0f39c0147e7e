// The console on an empty centre, or on one in which something has happened, and two of each role who work there: for tests.
import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { CentreConfig } from '../centre/config.ts'
import { consoleServer, cookieName } from '../centre/console/console-server.ts'
import { openConsole } from '../centre/console/console.ts'
import { withConsole } from '../centre/console/console-tables.ts'
import { hashPassword } from '../centre/console/passwords.ts'
import { openStore, type Store } from '../centre/store.ts'
import { StaffName, staffRoles, type StaffRole } from '../domain/console/staff.ts'
import { townNow, type CentreKit } from './centre-kit.ts'
import { placed } from './postgres/placed.ts'

/** Nobody waits for a password in a test. */
export const quickEffort = { memory: 8, passes: 1 }
export const testPassword = 'a quiet current flows'

export type ConsoleKit = Awaited<ReturnType<typeof consoleKit>>

/** The name of somebody who has this role. */
export const somebody = (role: StaffRole, which = 1): StaffName =>
  StaffName.parse(`${role.replace(' ', '-')}-${which}`)

export const addSomebody = async (
  store: Store,
  of: { name: StaffName; role: StaffRole; now: number; mustChange?: boolean },
): Promise<void> => {
  const password = await hashPassword(testPassword, quickEffort)
  const { name, role, now, mustChange = false } = of
  await store.transact((work) =>
    withConsole(work)
      .insertInto('staff')
      .values({
        name,
        full_name: `Somebody of ${role}`,
        role,
        active: 1,
        password,
        must_change: mustChange ? 1 : 0,
        since: now,
        last_sign_in: null,
      })
      .execute(),
  )
}

export const minuteMs = 60_000
export const limits = { unattendedMs: 30 * minuteMs, longestMs: 720 * minuteMs }

/** `centre`: one in which something has happened already; it is closed with the console. */
export const consoleKit = async (centre?: CentreKit) => {
  const clock = centre?.clock ?? { now: townNow }
  const store = centre?.store() ?? (await openStore(await placed({ kind: 'memory' })))
  const config = CentreConfig.parse({
    dataFolder: 'data',
    listen: { host: '127.0.0.1', port: 0 },
    keys: { file: 'keys.json', bench: true },
    policy: centre?.town.policy ?? {
      timeZone: 'Asia/Shanghai',
      areas: [755],
      stepForEnergy: 500,
      lowEnergy: 1500,
    },
    log: 'silent',
  })
  const console = openConsole({
    store,
    config,
    means: { policy: config.policy, random: randomBytes },
    now: () => clock.now,
    limits,
    town: { name: 'Test', currency: 'CNY', timeZone: config.policy.timeZone },
    effort: quickEffort,
  })
  const page = { bytes: Buffer.from('<!doctype html>'), type: 'text/html; charset=utf-8' }
  const server = consoleServer({
    console,
    pages: new Map([['/', page]]),
    log: pino({ level: 'silent' }),
    tls: null,
  })
  for (const role of staffRoles) {
    for (const which of [1, 2]) {
      await addSomebody(store, { name: somebody(role, which), role, now: clock.now })
    }
  }
  return {
    store,
    clock,
    config,
    server,
    console,
    signIn: (role: StaffRole, which = 1) => signedIn(server, somebody(role, which)),
    close: async () => {
      await server.close()
      await (centre ?? store).close()
    },
  }
}

export type Browser = Awaited<ReturnType<typeof signedIn>>

/** A browser in which somebody has signed in. */
export const signedIn = async (server: FastifyInstance, name: string, password = testPassword) => {
  const answer = await server.inject({
    method: 'POST',
    url: '/api/sign-in',
    payload: { name, password },
  })
  if (answer.statusCode !== 200) throw new Error(`${name} cannot sign in: ${answer.body}`)
  const cookie = answer.cookies.find((each) => each.name === cookieName)
  if (cookie === undefined) throw new Error('no cookie was given')
  const cookies = { [cookieName]: cookie.value }
  const { csrf } = answer.json<{ csrf: string }>()
  const headers = { 'x-csrf': csrf, 'sec-fetch-site': 'same-origin' }
  return {
    cookie,
    cookies,
    headers,
    me: answer.json<Record<string, unknown>>(),
    ask: async (name: string, query: Record<string, string | string[]> = {}) => {
      const told = await server.inject({ method: 'GET', url: `/api/${name}`, query, cookies })
      return { status: told.statusCode, body: told.json<Record<string, unknown>>() }
    },
    perform: async (name: string, body: Record<string, unknown>) => {
      const done = await server.inject({
        method: 'POST',
        url: `/api/${name}`,
        payload: { deedId: randomUUID(), ...body },
        cookies,
        headers,
      })
      return { status: done.statusCode, body: done.json<Record<string, unknown>>() }
    },
  }
}
