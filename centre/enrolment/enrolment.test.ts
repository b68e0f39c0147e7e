// Who the centre listens to over TLS, and how a machine becomes one of them. The kiosk's side is the one that ships.
import { generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { certificateRequest, readRequest } from '../../domain/enrolment/certificate-request.ts'
import { makeCode, printedCode } from '../../domain/enrolment/enrolment-code.ts'
import {
  bindingOf,
  certificateLifeMs,
  renewalGraceMs,
} from '../../domain/enrolment/enrolment-messages.ts'
import { FrontName, type Holder } from '../../domain/enrolment/holder.ts'
import { enrol } from '../../kiosk/enrolment/enrolling.ts'
import { openIdentity, type Identity } from '../../kiosk/enrolment/identity.ts'
import { identityFetch } from '../../server/identity/identity-fetch.ts'
import { enrolMachine } from '../../server/identity/machine-enrolling.ts'
import { openKioskKey } from '../../kiosk/kiosk-key.ts'
import { certifiedFetch } from '../../server/certified-fetch.ts'
import {
  asKiosk,
  enrolmentKit,
  kiosk,
  otherKiosk,
  type EnrolmentKit,
} from '../../test/enrolment-kit.ts'
import { testIds } from '../../test/test-ids.ts'
import { makeAuthority, openAuthority } from './authority.ts'
import { revokeMachine } from './authority-office.ts'
import { mostWrongTries } from './codes.ts'
import { readingEnrolment } from './enrolment-tables.ts'

const day = 24 * 60 * 60_000
const ids = testIds()

let centre: EnrolmentKit
let folders: string[] = []
beforeEach(async () => {
  centre = await enrolmentKit()
})
afterEach(async () => {
  await centre.close()
  for (const folder of folders) rmSync(folder, { recursive: true })
  folders = []
})

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'machine-'))
  folders.push(folder)
  return folder
}

/** A machine that has enrolled. */
const enrolled = async (holder: Holder = asKiosk(), hosts: string[] = []): Promise<Identity> => {
  const folder = newFolder()
  const code = await centre.code(holder, { hosts })
  const done = await enrolMachine({
    holder,
    centre: centre.url,
    code,
    openIdentity: () => openIdentity({ folder }),
    openSigningKey: async () => (holder.role === 'kiosk' ? openKioskKey(folder) : null),
  })
  expect(done).toMatchObject({ kind: 'enrolled' })
  const identity = (await openIdentity({ folder })).current()
  if (identity === null) throw new Error('not enrolled')
  return identity
}

const as = (identity: Identity) => identityFetch({ current: () => identity })

/** A message of a kiosk: what the centre says to it. */
const asks = async (ask: typeof fetch, number: string = kiosk) => {
  const answer = await ask(`${centre.url}/v1/look-nonces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ requestId: ids.request(), kiosk: number, count: 1 }),
  })
  const told: unknown = await answer.json()
  return { status: answer.status, told }
}
const refused = (status: number, problem: RegExp | string) => ({
  status,
  told: { problem: expect.stringMatching(problem) },
})

const renews = async (ask: typeof fetch, key = newKey()) => {
  const request = Buffer.from(certificateRequest({ name: 'any', key })).toString('base64')
  const answer = await ask(`${centre.url}/v1/renew`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ request }),
  })
  return { status: answer.status, told: (await answer.json()) as Record<string, string> }
}
const newKey = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey

describe('a code', () => {
  test('makes a machine a kiosk, and its key the one that its claims are known by', async () => {
    const folder = newFolder()
    const done = await enrol({
      centre: centre.url,
      code: await centre.code(asKiosk()),
      kiosk,
      folder,
    })
    expect(done).toEqual({ kind: 'enrolled', endsAt: expect.any(Number) })
    const { publicKey } = await openKioskKey(folder)
    const known = await centre.store.read.selectFrom('kiosk_keys').selectAll().execute()
    expect(known).toMatchObject([{ kiosk, public_key: publicKey, learnt: 'enrolled' }])
    expect(statSync(join(folder, 'identity', 'identity.json')).mode & 0o777).toBe(0o600)
  })

  test('is good for one machine; the same one may ask again', async () => {
    const [first, second] = [newFolder(), newFolder()]
    const code = await centre.code(asKiosk())
    const enrolIn = (folder: string) => enrol({ centre: centre.url, code, kiosk, folder })
    const done = await enrolIn(first)
    expect(done).toMatchObject({ kind: 'enrolled' })
    expect(await enrolIn(second)).toMatchObject({
      problem: 'code refused',
      why: expect.stringContaining('used already'),
    })
  })

  test('is of one kiosk, and of one day', async () => {
    const code = await centre.code(asKiosk(otherKiosk))
    const wrong = await enrol({ centre: centre.url, code, kiosk, folder: newFolder() })
    expect(wrong).toMatchObject({ problem: 'code refused' })
    centre.later(day + 1_000)
    const late = await enrol({ centre: centre.url, code, kiosk: otherKiosk, folder: newFolder() })
    expect(late).toMatchObject({ problem: 'code refused', why: expect.stringContaining('over') })
  })

  test('that is tried too often is good for nothing, and the database does not have it', async () => {
    const good = await centre.code(asKiosk())
    const rows = await readingEnrolment(centre.store.read)
      .selectFrom('enrolment_codes')
      .selectAll()
      .execute()
    expect(JSON.stringify(rows)).not.toContain(good.replaceAll('-', ''))
    // Another code of this authority, made for another kiosk.
    const guess = await centre.code(asKiosk(otherKiosk))
    for (let tries = 0; tries < mostWrongTries; tries++) {
      const tried = await enrol({ centre: centre.url, code: guess, kiosk, folder: newFolder() })
      expect(tried).toMatchObject({ why: expect.stringContaining('not the newest') })
    }
    const right = await enrol({ centre: centre.url, code: good, kiosk, folder: newFolder() })
    expect(right).toMatchObject({
      problem: 'code refused',
      why: expect.stringContaining('too often'),
    })
  })

  test('of another authority is told apart before anything is said', async () => {
    const elsewhere = newFolder()
    makeAuthority(elsewhere, Date.now())
    const opened = openAuthority(elsewhere)
    if (opened.kind === 'problem') throw new Error(opened.problem)
    const code = printedCode(makeCode(randomBytes(10), opened.authority.der))
    const folder = newFolder()
    const done = await enrol({ centre: centre.url, code, kiosk, folder })
    expect(done).toMatchObject({ problem: 'not our centre' })
    expect(existsSync(join(folder, 'identity'))).toBe(false)
  })

  test('mistyped, or with nobody there, says which', async () => {
    const code = await centre.code(asKiosk())
    const folder = newFolder()
    const typed = `${code.slice(0, -1)}${code.endsWith('7') ? '8' : '7'}`
    expect(await enrol({ centre: centre.url, code: typed, kiosk, folder })).toMatchObject({
      problem: 'code mistyped',
    })
    expect(await enrol({ centre: 'https://127.0.0.1:9', code, kiosk, folder })).toMatchObject({
      problem: 'centre away',
    })
  })

  test('does not help who signs for a key that is not its own', async () => {
    const code = await centre.code(asKiosk())
    const request = certificateRequest({ name: kiosk, key: newKey() })
    const mine = generateKeyPairSync('ed25519')
    const theirs = generateKeyPairSync('ed25519')
    const { x: publicKey } = theirs.publicKey.export({ format: 'jwk' })
    const said = Buffer.from(bindingOf(asKiosk(), request))
    const ask = certifiedFetch(() => ({ authority: centre.door.authority.certificate }))
    const answer = await ask(`${centre.url}/v1/enrol`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        code,
        holder: asKiosk(),
        request: Buffer.from(request).toString('base64'),
        signingKey: {
          publicKey,
          signature: sign(null, said, mine.privateKey).toString('base64url'),
        },
      }),
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({
      problem: 'signingKey: the signature is not over this request',
    })
  })
})

describe('over mutual TLS', () => {
  test('a kiosk is listened to under its own number, and under no other', async () => {
    const ask = as(await enrolled())
    expect(await asks(ask)).toMatchObject({ status: 200, told: { nonces: [{}] } })
    expect(await asks(ask, otherKiosk)).toEqual(refused(403, /not the one whose certificate/))
  })

  test('the front machine of a bank speaks for its kiosks', async () => {
    const front: Holder = { role: 'front', front: FrontName.parse('bank') }
    const ask = as(await enrolled(front, ['127.0.0.1']))
    expect(await asks(ask)).toMatchObject({ status: 200 })
    expect(await asks(ask, otherKiosk)).toMatchObject({ status: 200 })
  })

  test('without a certificate, or with one of another authority, nobody is listened to', async () => {
    const { certificate: authority } = centre.door.authority
    expect(await asks(certifiedFetch(() => ({ authority })))).toEqual(refused(401, /is missing/))
    const elsewhere = newFolder()
    makeAuthority(elsewhere, Date.now())
    const opened = openAuthority(elsewhere)
    if (opened.kind === 'problem') throw new Error(opened.problem)
    const key = newKey()
    const read = readRequest(certificateRequest({ name: kiosk, key }))
    if (read.kind === 'wrong') throw new Error(read.problem)
    const { publicKey } = read
    const { pem } = opened.authority.issue({
      holder: asKiosk(),
      hosts: [],
      publicKey,
      now: Date.now(),
    })
    const shown = {
      authority,
      certificate: pem,
      key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    }
    expect(await asks(certifiedFetch(() => shown))).toEqual(refused(401, /another authority/))
  })

  test('revoked, it is refused with the next question on a connection that stands, and cannot renew', async () => {
    const ask = as(await enrolled())
    expect(await asks(ask)).toMatchObject({ status: 200 })
    const said = await centre.store.transact((work) =>
      revokeMachine({ work, now: centre.now() }, { holder: asKiosk(), why: 'stolen' }),
    )
    expect(said).toMatchObject({ kind: 'done' })
    expect(await asks(ask)).toEqual(refused(401, /was revoked/))
    expect(await renews(ask)).toMatchObject({ status: 401 })
  })

  test('a kiosk that was replaced is refused, and no other is touched', async () => {
    const [old, other] = [as(await enrolled()), as(await enrolled(asKiosk(otherKiosk)))]
    const fresh = as(await enrolled())
    expect(await asks(old)).toEqual(refused(401, /was revoked/))
    expect(await asks(fresh)).toMatchObject({ status: 200 })
    expect(await asks(other, otherKiosk)).toMatchObject({ status: 200 })
  })

  test('expired, it may renew for some time and do nothing else; both moments are told', async () => {
    const ask = as(await enrolled())
    centre.later(certificateLifeMs + day)
    expect(await asks(ask)).toEqual(
      refused(401, /^the certificate is good from .* to .*, and here it is /),
    )
    expect(await renews(ask)).toMatchObject({ status: 200 })
    centre.later(renewalGraceMs)
    expect(await renews(ask)).toMatchObject({ status: 401 })
  })

  test('one that is over for TLS too is told the same, and may renew', async () => {
    const { certificate: authority } = centre.door.authority
    const key = newKey()
    const read = readRequest(certificateRequest({ name: kiosk, key }))
    if (read.kind === 'wrong') throw new Error(read.problem)
    const madeAt = Date.now() - certificateLifeMs - day
    const { pem } = centre.door.authority.issue({
      holder: asKiosk(),
      hosts: [],
      publicKey: read.publicKey,
      now: madeAt,
    })
    const ask = certifiedFetch(() => ({
      authority,
      certificate: pem,
      key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    }))
    expect(await asks(ask)).toEqual(refused(401, /^the certificate is good from/))
    expect(await renews(ask)).toMatchObject({ status: 200 })
  })

  test('a renewal whose answer was lost is answered with the same certificate', async () => {
    const ask = as(await enrolled())
    const key = newKey()
    const [first, again] = [await renews(ask, key), await renews(ask, key)]
    expect(first.status).toBe(200)
    expect(again.told).toEqual(first.told)
    expect((await renews(ask)).told).not.toEqual(first.told)
  })

  test('a kiosk cannot pass itself off as the centre', async () => {
    const { certificate: cert, key, authority } = await enrolled()
    const pretender = createServer({ cert: `${cert}\n${authority}`, key }, (_, answer) =>
      answer.end('{}'),
    )
    await new Promise<void>((resolve) => pretender.listen(0, '127.0.0.1', resolve))
    const address = pretender.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const ask = certifiedFetch(() => ({ authority }))
    await expect(ask(`https://127.0.0.1:${port}/v1/health`)).rejects.toThrow('fetch failed')
    await new Promise((resolve) => pretender.close(resolve))
  })

  test('only front machines are told which certificates are revoked', async () => {
    const front: Holder = { role: 'front', front: FrontName.parse('bank') }
    const old = await enrolled()
    await enrolled()
    const ofFront = as(await enrolled(front, ['127.0.0.1']))
    const { serialNumber } = new X509Certificate(old.certificate)
    const answer = await ofFront(`${centre.url}/v1/revoked`)
    expect(await answer.json()).toEqual({ revoked: [serialNumber] })
    expect((await as(await enrolled(asKiosk(otherKiosk)))(`${centre.url}/v1/revoked`)).status).toBe(
      401,
    )
  })
})
