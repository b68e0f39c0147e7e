// Enrolling and renewing, stopped at every call to the disk and at the line: the machine always has one identity that is good.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { certificateLifeMs, renewAt } from '../../domain/enrolment/enrolment-messages.ts'
import { dyingDisk, type Leaves } from '../../test/dying-disk.ts'
import { asKiosk, enrolmentKit, kiosk, type EnrolmentKit } from '../../test/enrolment-kit.ts'
import type { Disk } from '../disk.ts'
import { enrol } from './enrolling.ts'
import { identityFetch } from '../../server/identity/identity-fetch.ts'
import { openIdentity } from './identity.ts'
import { renewInTime } from '../../server/identity/renewing.ts'

let centre: EnrolmentKit
let folder = ''
beforeAll(async () => {
  centre = await enrolmentKit()
})
afterAll(() => centre.close())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'interrupted-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const cuts = (['nothing', 'half', 'all'] as const).flatMap((leaves) =>
  [1, 2, 3].map((at) => ({ at, leaves })),
)
const enrolWith = (code: string, disk?: Disk) =>
  enrol({ centre: centre.url, code, kiosk, folder, ...(disk && { disk }) })
const identityOn = async (disk?: Disk) => openIdentity({ folder, ...(disk && { disk }) })

/** Whether the centre renews what the machine shows: it is good then. */
const isGood = async (): Promise<boolean> => {
  const identity = await identityOn()
  const current = identity.current()
  if (current === null) return false
  const clock = { now: () => renewAt(current) + 1, wait: never, chance: () => 0 }
  const fetch = identityFetch(identity)
  const renewed = await renewInTime({ url: centre.url, identity, fetch, clock })
  return renewed.kind === 'renewed'
}
const never = () => new Promise<never>(() => undefined)

describe('the power goes', () => {
  test.each(cuts)(
    'at call $at to the disk while enrolling, $leaves of it done: the same code goes on',
    async (cut) => {
      const code = await centre.code(asKiosk())
      const { disk, isAlive } = dyingDisk(cut)
      const first = await enrolWith(code, disk)
      // The third call is the last: beyond it nothing is left to be cut.
      expect(first.kind).toBe(isAlive() ? 'enrolled' : 'problem')
      if (!isAlive()) expect(first).toMatchObject({ problem: 'disk' })
      expect(await enrolWith(code)).toMatchObject({ kind: 'enrolled' })
      expect(await isGood()).toBe(true)
    },
  )

  test.each(cuts.filter(({ at }) => at <= 2))(
    'at call $at to the disk while renewing, $leaves of it done: what there is stays good',
    async (cut: { at: number; leaves: Leaves }) => {
      expect(await enrolWith(await centre.code(asKiosk()))).toMatchObject({ kind: 'enrolled' })
      const { disk } = dyingDisk(cut)
      const identity = await identityOn(disk)
      const fetch = identityFetch(identity)
      const clock = { now: () => Date.now() + certificateLifeMs, wait: never, chance: () => 0 }
      expect(await renewInTime({ url: centre.url, identity, fetch, clock })).toMatchObject({
        kind: 'failed',
        why: 'the power went',
      })
      expect(await isGood()).toBe(true)
    },
  )
})

describe('the answer is lost', () => {
  const losing =
    (ask: typeof fetch): typeof fetch =>
    async (...asked) => {
      await (await ask(...asked)).arrayBuffer()
      throw new TypeError('fetch failed', { cause: new Error('read ECONNRESET') })
    }

  test('of a renewal: the old certificate stays, and the next try gets the one that was made', async () => {
    await enrolWith(await centre.code(asKiosk()))
    const identity = await identityOn()
    const before = identity.current()
    const ask = identityFetch(identity)
    const clock = { now: () => Date.now() + certificateLifeMs, wait: never, chance: () => 0 }
    const lost = await renewInTime({ url: centre.url, identity, fetch: losing(ask), clock })
    expect(lost.kind).toBe('failed')
    expect(identity.current()).toEqual(before)
    const count = async () => (await centre.certificates()).length
    const made = await count()
    expect(await renewInTime({ url: centre.url, identity, fetch: ask, clock })).toMatchObject({
      kind: 'renewed',
    })
    expect(await count()).toBe(made)
    expect(identity.current()?.certificate).not.toBe(before?.certificate)
  })
})

describe('renewing', () => {
  test('waits until two thirds are over', async () => {
    await enrolWith(await centre.code(asKiosk()))
    const identity = await identityOn()
    const current = identity.current()
    if (current === null) throw new Error('not enrolled')
    const clock = { now: () => renewAt(current) - 1, wait: never, chance: () => 0 }
    const of = { url: 'https://127.0.0.1:9', identity, fetch: identityFetch(identity) }
    expect(await renewInTime({ ...of, clock })).toEqual({ kind: 'not yet' })
    const due = { ...clock, now: () => renewAt(current) }
    expect(await renewInTime({ ...of, clock: due })).toMatchObject({ kind: 'failed' })
  })

  test('a certificate for another key, or of another authority, is not taken', async () => {
    await enrolWith(await centre.code(asKiosk()))
    const identity = await identityOn()
    const before = identity.current()
    if (before === null) throw new Error('not enrolled')
    await identity.request(asKiosk())
    expect(await identity.take(before, asKiosk())).toBe(false)
    const nonsense = { certificate: 'nothing', authority: before.authority }
    expect(await identity.take(nonsense, asKiosk())).toBe(false)
    expect(identity.current()).toEqual(before)
  })

  test('a machine that has not enrolled asks nobody: nothing has left it', async () => {
    const ask = identityFetch(await identityOn())
    await expect(ask(centre.url)).rejects.toMatchObject({ syscall: 'connect' })
  })
})
