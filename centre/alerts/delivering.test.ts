// What waits reaches a webhook and a mail server, in order and at least once; who is away is an alarm of the centre.
import { createServer as httpServer, type IncomingMessage } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ulidOf } from '../../domain/identifiers.ts'
import { fleetStore, kioskA } from '../../test/fleet/fleet-store.ts'
import { smtpServer } from '../../test/fleet/smtp-server.ts'
import { withFleet } from '../fleet/fleet-tables.ts'
import { alarmsBesideSales } from './alarms-beside-sales.ts'
import { noDelivery, type AlarmConfig } from './alarm-config.ts'
import { raiseAlert } from './alerts.ts'
import { pauseAfter, triesBeforeAlarm, triesBeforeSetAside } from './delivering.ts'
import { Notice } from './notice.ts'
import { idHeader, signatureHeader, signatureOf } from './webhook.ts'

const start = 1_790_000_000_000
const secret = 'what only the two know'
let folder = ''
let kept: Awaited<ReturnType<typeof fleetStore>>
let now = start
const atEnd: (() => unknown)[] = []
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-alarms-'))
  writeFileSync(join(folder, 'secret'), `${secret}\n`)
  kept = await fleetStore()
  now = start
})
afterEach(async () => {
  for (const end of atEnd.splice(0).toReversed()) await end()
  await kept.store.close()
  rmSync(folder, { recursive: true, force: true })
})

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A receiver that answers with what it is told to, and keeps what came. */
const receiver = async () => {
  const got: { headers: IncomingMessage['headers']; body: string }[] = []
  /** `refuses`: what is never taken. */
  const settings = { status: 200, refuses: null as string | null }
  const server = httpServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      got.push({ headers: request.headers, body })
      const { refuses, status } = settings
      response.writeHead(refuses !== null && body.includes(refuses) ? 422 : status).end()
    })
  })
  const port = await listening(server)
  atEnd.push(() => server.close())
  const webhook = { url: `http://127.0.0.1:${port}/`, secretFile: join(folder, 'secret') }
  return { got, settings, webhook }
}

const alarms = (config: Partial<AlarmConfig>) => {
  let ids = 0
  return alarmsBesideSales({
    config: { ...noDelivery, ...config },
    store: kept.store,
    now: () => now,
    log: pino({ level: 'silent' }),
    newId: () => ulidOf(++ids, new Uint8Array(10)),
  })
}
const raise = (code: string) =>
  kept.store.transact((work) =>
    raiseAlert(
      { work: withFleet(work), now, kiosk: kioskA },
      { device: 'noteAcceptor', code, severity: 3 },
    ),
  )
const open = async () =>
  (await kept.alerts()).filter(({ cleared_at }) => cleared_at === null).map(({ code }) => code)

describe('a webhook', () => {
  it('gets each notice once, signed over what was sent', async () => {
    const { got, webhook } = await receiver()
    const { sweep } = alarms({ webhook })
    await raise('jam')
    await sweep()
    await sweep()
    expect(got).toHaveLength(1)
    const [{ headers, body } = { headers: {}, body: '' }] = got
    const notice = Notice.parse(JSON.parse(body))
    expect(notice).toMatchObject({ kind: 'now', alarms: [{ kiosk: kioskA, code: 'jam' }] })
    expect(headers[idHeader]).toBe(notice.id)
    expect(headers[signatureHeader]).toBe(signatureOf(secret, body))
  })

  it('that is away gets them all later, in order, each under the id it was first sent with', async () => {
    const { got, settings, webhook } = await receiver()
    const { sweep } = alarms({ webhook })
    settings.status = 503
    await raise('jam')
    await sweep()
    await raise('path open')
    await sweep()
    // The second waits behind the first, and the first for its pause.
    expect(got).toHaveLength(1)
    now += pauseAfter(1) - 1
    await sweep()
    expect(got).toHaveLength(1)
    now += 1
    await sweep()
    expect(got).toHaveLength(2)
    settings.status = 204
    now += pauseAfter(2)
    await sweep()
    const codes = got.map(({ body }) => Notice.parse(JSON.parse(body)).alarms[0]?.code)
    expect(codes).toEqual(['jam', 'jam', 'jam', 'path open'])
    const ids = got.map(({ headers }) => headers[idHeader])
    expect(new Set(ids).size).toBe(2)
    // A centre that starts again has nothing left to send.
    await alarms({ webhook }).sweep()
    expect(got).toHaveLength(4)
  })

  it('that is not reached is an alarm of the centre, which ends when it is reached', async () => {
    const { settings, webhook } = await receiver()
    const { sweep } = alarms({ webhook })
    settings.status = 500
    await raise('jam')
    for (let tries = 1; tries <= triesBeforeAlarm; tries++) {
      expect(await open()).toEqual(['jam'])
      await sweep()
      now += pauseAfter(tries)
    }
    expect(await open()).toEqual(['jam', 'webhook not reached'])
    settings.status = 200
    await sweep()
    expect(await open()).toEqual(['jam'])
  })

  it('that was not reached and is to get nothing any more is missed by nobody', async () => {
    const { settings, webhook } = await receiver()
    const { sweep } = alarms({ webhook })
    settings.status = 500
    await raise('jam')
    for (let tries = 1; tries <= triesBeforeAlarm; tries++) {
      await sweep()
      now += pauseAfter(tries)
    }
    expect(await open()).toEqual(['jam', 'webhook not reached'])
    await alarms({}).sweep()
    expect(await open()).toEqual(['jam'])
  })

  it('that never takes one notice gets those behind it, and somebody is told', async () => {
    const { got, settings, webhook } = await receiver()
    const { sweep } = alarms({ webhook })
    settings.refuses = 'jam'
    await raise('jam')
    await sweep()
    await raise('path open')
    for (let tries = 1; tries < triesBeforeSetAside; tries++) {
      expect(got).toHaveLength(tries)
      now += pauseAfter(tries)
      await sweep()
    }
    expect(got[triesBeforeSetAside]?.body).toContain('path open')
    expect((await kept.notices())[0]).toMatchObject({ sent_at: null, set_aside_at: now })
    expect(await open()).toContain('webhook refuses a notice')
    expect(await open()).not.toContain('webhook not reached')
  })

  it.each([401, 408, 429, 500])('that answers with %i gets it another time', async (status) => {
    const { got, settings, webhook } = await receiver()
    const { sweep } = alarms({ webhook })
    settings.status = status
    await raise('jam')
    for (let tries = 1; tries <= triesBeforeSetAside; tries++) {
      await sweep()
      now += pauseAfter(tries)
    }
    settings.status = 200
    await sweep()
    expect(Notice.parse(JSON.parse(got[triesBeforeSetAside]?.body ?? '')).alarms).toMatchObject([
      { code: 'jam' },
    ])
  })

  it('whose secret is not there keeps its notices until it is', async () => {
    const { got, webhook } = await receiver()
    const { sweep } = alarms({ webhook: { ...webhook, secretFile: join(folder, 'later') } })
    await raise('jam')
    await sweep()
    expect(got).toEqual([])
    writeFileSync(join(folder, 'later'), secret)
    now += pauseAfter(1)
    await sweep()
    expect(got).toHaveLength(1)
  })
})

describe('a mail', () => {
  it('says in a line what is wrong where, to everybody who is named', async () => {
    const { server, mails } = smtpServer()
    const port = await listening(server)
    atEnd.push(() => server.close())
    const mail = { host: '127.0.0.1', port, tls: 'none' as const, login: null }
    const to = ['one@example.org', 'two@example.org']
    const { sweep } = alarms({ mail: { ...mail, from: 'centre@example.org', to } })
    await raise('jam')
    await sweep()
    expect(mails).toHaveLength(1)
    expect(mails[0]?.to).toEqual(to)
    expect(mails[0]?.text).toContain(`Subject: WattPoint: ${kioskA} noteAcceptor: jam`)
    expect(mails[0]?.text).toMatch(/Message-ID: <[0-9A-Z]{26}@alarms\.wattpoint>/i)
    expect(mails[0]?.text).toContain('kiosk 000000000017 Market  noteAcceptor: jam')
  })

  it('that the mail server never takes holds up none behind it', async () => {
    const { server, mails } = smtpServer({ refuses: 'jam' })
    const port = await listening(server)
    atEnd.push(() => server.close())
    const mail = { host: '127.0.0.1', port, tls: 'none' as const, login: null }
    const { sweep } = alarms({
      mail: { ...mail, from: 'centre@example.org', to: ['one@example.org'] },
    })
    await raise('jam')
    await sweep()
    await raise('path open')
    for (let tries = 1; tries < triesBeforeSetAside; tries++) {
      now += pauseAfter(tries)
      await sweep()
    }
    expect(mails[0]?.text).toContain('path open')
    expect(await open()).toContain('mail refuses a notice')
  })

  it('goes out although the webhook is away, and says so', async () => {
    const { server, mails } = smtpServer()
    const port = await listening(server)
    atEnd.push(() => server.close())
    const { settings, webhook } = await receiver()
    settings.status = 500
    const mail = {
      host: '127.0.0.1',
      port,
      tls: 'none' as const,
      login: null,
      from: 'c@example.org',
    }
    const { sweep } = alarms({ webhook, mail: { ...mail, to: ['one@example.org'] } })
    await raise('jam')
    for (let tries = 1; tries <= triesBeforeAlarm; tries++) {
      await sweep()
      now += pauseAfter(tries)
    }
    await sweep()
    expect(mails.map(({ text }) => /Subject: (.*)/.exec(text)?.[1])).toEqual([
      `WattPoint: ${kioskA} noteAcceptor: jam`,
      'WattPoint: centre centre: webhook not reached',
    ])
  })
})
