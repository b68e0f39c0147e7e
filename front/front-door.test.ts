// The front machine between kiosks and centre: it enrols, believes kiosks by their certificates, and hears which are revoked.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { revokeMachine } from '../centre/enrolment/authority-office.ts'
import { FrontName } from '../domain/enrolment/holder.ts'
import { enrol } from '../kiosk/enrolment/enrolling.ts'
import { openIdentity } from '../kiosk/enrolment/identity.ts'
import exampleConfig from '../provisioning/front.config.example.json' with { type: 'json' }
import { identityFetch } from '../server/identity/identity-fetch.ts'
import { messageServer } from '../server/message-server.ts'
import {
  asKiosk,
  enrolmentKit,
  kiosk,
  otherKiosk,
  type EnrolmentKit,
} from '../test/enrolment-kit.ts'
import { FrontConfig } from './config.ts'
import { systemClock } from '../kiosk/clock.ts'
import { openDoor } from './front-door.ts'
import { enrolFront } from './front-identity.ts'

const log = pino({ level: 'silent' })
const clock = systemClock()
const name = FrontName.parse('bank')
let centre: EnrolmentKit
let folder = ''
beforeAll(async () => {
  centre = await enrolmentKit()
  folder = mkdtempSync(join(tmpdir(), 'front-door-'))
})
afterAll(async () => {
  await centre.close()
  rmSync(folder, { recursive: true })
})

test('not enrolled, it says what to do; enrolled, it passes its own kiosks and no revoked one', async () => {
  const config = FrontConfig.parse({
    ...exampleConfig,
    dataFolder: join(folder, 'front'),
    centre: { url: centre.url },
    tls: { name },
  })
  expect(await openDoor(config, { log, clock })).toEqual({
    kind: 'problem',
    problem: expect.stringContaining('has not enrolled; npm run front -- --config FILE --enrol'),
  })
  const code = await centre.code({ role: 'front', front: name }, { hosts: ['127.0.0.1'] })
  const of = { name, centre: centre.url, code, folder: config.dataFolder }
  expect(await enrolFront(of)).toMatchObject({ kind: 'enrolled' })
  const opened = await openDoor(config, { log, clock })
  if (opened.kind === 'problem' || opened.door === null) throw new Error('no door')
  const { gate, close } = opened.door
  const server = messageServer({
    messages: { ask: { path: '/v1/ask' } },
    handle: async () => ({ status: 200, text: '{}' }),
    problem: () => null,
    sorry: 'sorry',
    log,
    gate,
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const kioskFolder = join(folder, 'kiosk')
  const asked = {
    centre: centre.url,
    code: await centre.code(asKiosk()),
    kiosk,
    folder: kioskFolder,
  }
  expect(await enrol(asked)).toMatchObject({ kind: 'enrolled' })
  const ask = identityFetch(await openIdentity({ folder: kioskFolder }))
  const says = async (number: string) =>
    (
      await ask(`https://127.0.0.1:${port}/v1/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ kiosk: number }),
      })
    ).status
  try {
    expect(await says(kiosk)).toBe(200)
    expect(await says(otherKiosk)).toBe(403)
    await centre.store.transact((work) =>
      revokeMachine({ work, now: centre.now() }, { holder: asKiosk(), why: 'stolen' }),
    )
    await vi.waitUntil(async () => (await says(kiosk)) === 401, { timeout: 20_000, interval: 200 })
  } finally {
    await close()
    await server.close()
  }
})
