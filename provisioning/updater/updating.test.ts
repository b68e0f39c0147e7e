// Whatever comes in the way of an update, the kiosk goes on selling: with the old release, or with the new one as a whole.
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aHome, bundleInto, copyOfHome, dyingGround, machine, signing } from './a-bundle.ts'
import { choose, mostStarts } from './choosing.ts'
import { realGround, type Ground } from './ground.ts'
import { layoutIn, type Layout } from './layout.ts'
import { takeBundle } from './taking.ts'

const key = createPublicKey(signing.privateKey)
let kiosk: ReturnType<typeof aHome>

beforeEach(() => {
  kiosk = aHome()
})
afterEach(() => kiosk.remove())

const take = (ground: Ground = realGround, layout: Layout = kiosk.layout) =>
  takeBundle({ ground, layout, key, machine })
const start = (ground: Ground = realGround, layout: Layout = kiosk.layout) =>
  choose({ ground, layout, isStart: true })
const settle = () => choose({ ground: realGround, layout: kiosk.layout, isStart: false })
const wish = (number: number) => writeFileSync(kiosk.layout.wish, JSON.stringify({ number }))
const say = (number: number, verdict: string) =>
  writeFileSync(kiosk.layout.health, JSON.stringify({ number, verdict }))
/** The manifest is read through the link, as systemd finds the program. */
const sells = (layout: Layout = kiosk.layout): string => {
  const program = join(layout.current, 'app/kiosk/main.ts')
  return existsSync(program)
    ? readFileSync(program, 'utf8').replace('sells as ', '')
    : existsSync(join(layout.current, 'release.json'))
      ? '1.0.0'
      : 'nothing'
}
const stateIn = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

test('A signed, newer release is ready, and sells only once the kiosk wished it', async () => {
  bundleInto(kiosk.home, { version: '1.1.0', number: 2 })
  expect(await take()).toEqual({ kind: 'ready', version: '1.1.0', number: 2 })
  expect(await start()).toEqual({ kind: 'as before' })
  expect(sells()).toBe('1.0.0')
  wish(2)
  expect(await settle()).toEqual({ kind: 'as before' })
  expect(await start()).toEqual({ kind: 'trial', version: '1.1.0', starts: 1 })
  expect(sells()).toBe('1.1.0')
})

test('A release that sells well is declared good, and nothing older is taken from then on', async () => {
  bundleInto(kiosk.home, { version: '1.1.0', number: 2 })
  await take()
  wish(2)
  await start()
  say(2, 'good')
  expect(await settle()).toEqual({ kind: 'good', version: '1.1.0' })
  expect(stateIn(kiosk.layout.trials)).toMatchObject({ floor: 2, trial: null })
  expect(await start()).toEqual({ kind: 'as before' })
  bundleInto(kiosk.home, { version: '1.0.9', number: 2 })
  expect(await take()).toEqual({ kind: 'refused', why: 'older', number: 2 })
  expect(existsSync(join(kiosk.layout.releases, '1.0.0'))).toBe(false)
  expect(sells()).toBe('1.1.0')
})

test('A release that never starts: after three tries the old one sells on', async () => {
  bundleInto(kiosk.home, { version: '1.1.0', number: 2 })
  await take()
  wish(2)
  for (let starts = 1; starts <= mostStarts; starts++) {
    expect(await start()).toEqual({ kind: 'trial', version: '1.1.0', starts })
  }
  expect(await start()).toEqual({ kind: 'put back', version: '1.0.0', why: 'starts' })
  expect(sells()).toBe('1.0.0')
  // The wish still lies there: it is not tried for ever.
  expect(await start()).toEqual({ kind: 'as before' })
  expect(await take()).toEqual({ kind: 'refused', why: 'failed before', number: 2 })
})

test('A release with which sales fail: the old one sells on', async () => {
  bundleInto(kiosk.home, { version: '1.1.0', number: 2 })
  await take()
  wish(2)
  await start()
  say(2, 'failed')
  expect(await settle()).toEqual({ kind: 'put back', version: '1.0.0', why: 'failed' })
  expect(sells()).toBe('1.0.0')
  bundleInto(kiosk.home, { version: '1.1.1', number: 3 })
  expect(await take()).toEqual({ kind: 'ready', version: '1.1.1', number: 3 })
})

test('What the kiosk said of another release does not make this one good', async () => {
  bundleInto(kiosk.home, { version: '1.1.0', number: 2 })
  await take()
  wish(2)
  await start()
  say(1, 'good')
  expect(await settle()).toEqual({ kind: 'as before' })
  writeFileSync(kiosk.layout.health, 'not JSON')
  expect(await settle()).toEqual({ kind: 'as before' })
})

test('When trials cannot be counted the old one sells on', async () => {
  bundleInto(kiosk.home, { version: '1.1.0', number: 2 })
  await take()
  wish(2)
  await start()
  const full = {
    ...realGround,
    replaceFile: () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })),
  }
  expect(await start(full)).toEqual({ kind: 'put back', version: '1.0.0', why: 'state' })
  expect(sells()).toBe('1.0.0')
})

const stranger = generateKeyPairSync('ed25519').privateKey

test.each([
  ['signed by a stranger', { key: stranger }, 'signature'],
  ['for another machine', { machine: 'linux-arm64' }, 'machine'],
  ['older than what is good', { number: 1 }, 'older'],
  ['of the version that runs', { version: '1.0.0' }, 'version'],
  [
    'with a changed file inside',
    { spoil: (folder: string) => writeFileSync(join(folder, 'app/kiosk/main.ts'), 'sells as x') },
    'changed',
  ],
  [
    'with a file too many',
    { spoil: (folder: string) => writeFileSync(join(folder, 'app/more.ts'), '') },
    'changed',
  ],
])('A bundle %s is refused, and the old one sells on', async (_, of, why) => {
  bundleInto(kiosk.home, { version: '1.1.0', number: 2, ...of })
  expect(await take()).toMatchObject({ kind: 'refused', why })
  wish(2)
  await start()
  expect(sells()).toBe('1.0.0')
})

test('A bundle of which one byte changed on its way is refused', async () => {
  bundleInto(kiosk.home, { version: '1.1.0', number: 2 })
  const bytes = readFileSync(kiosk.layout.bundle)
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  writeFileSync(kiosk.layout.bundle, bytes)
  expect(await take()).toMatchObject({ kind: 'refused', why: 'signature' })
})

test('On a full disk nothing of the bundle stays, and the old one sells on', async () => {
  bundleInto(kiosk.home, { version: '1.1.0', number: 2 })
  const full: Ground = {
    ...realGround,
    unpack: () => Promise.reject(new Error('tar: write error: No space left on device')),
  }
  expect(await take(full)).toEqual({ kind: 'refused', why: 'disk full', number: null })
  expect(existsSync(kiosk.layout.work)).toBe(false)
  expect(sells()).toBe('1.0.0')
  expect(await take()).toMatchObject({ kind: 'ready' })
})

/** Every call of an act dies once, half done; what then is has to be whole, and the same act finishes it. */
const cutEverywhere = async (
  act: (ground: Ground, layout: Layout) => Promise<unknown>,
  look: (layout: Layout) => Promise<void>,
): Promise<number> => {
  for (let at = 1; ; at++) {
    const copy = copyOfHome(kiosk.home)
    const { dying, isAlive } = dyingGround(realGround, at)
    try {
      await act(dying, copy.layout).catch(() => undefined)
      expect(['1.0.0', '1.1.0'], `cut at call ${at}`).toContain(sells(copy.layout))
      if (isAlive()) return at
      await look(copy.layout)
    } finally {
      copy.remove()
    }
  }
}

test('The power goes at any step of taking a bundle: the old one starts, and the next run finishes', async () => {
  bundleInto(kiosk.home, { version: '1.1.0', number: 2 })
  const cuts = await cutEverywhere(take, async (layout) => {
    expect(sells(layout)).toBe('1.0.0')
    expect(await take(realGround, layout)).toMatchObject({ kind: 'ready' })
    writeFileSync(layout.wish, JSON.stringify({ number: 2 }))
    expect(await start(realGround, layout)).toMatchObject({ kind: 'trial' })
    expect(sells(layout)).toBe('1.1.0')
  })
  expect(cuts).toBeGreaterThan(15)
})

test('The power goes at any step of beginning a trial: it is counted whenever the new one starts', async () => {
  bundleInto(kiosk.home, { version: '1.1.0', number: 2 })
  await take()
  wish(2)
  const cuts = await cutEverywhere(start, async (layout) => {
    for (let tries = 0; tries <= mostStarts; tries++) await start(realGround, layout)
    expect(sells(layout)).toBe('1.0.0')
  })
  expect(cuts).toBeGreaterThan(5)
})

test.each([
  ['good', '1.1.0', 2],
  ['failed', '1.0.0', 1],
])('The power goes at any step of ending a trial as %s', async (verdict, left, floor) => {
  bundleInto(kiosk.home, { version: '1.1.0', number: 2 })
  await take()
  wish(2)
  await start()
  say(2, verdict)
  await cutEverywhere(start, async (layout) => {
    await start(realGround, layout)
    await start(realGround, layout)
    expect(sells(layout)).toBe(left)
    expect(stateIn(layout.trials)).toMatchObject({ floor })
  })
})

test('A link that nobody understands changes nothing', async () => {
  expect(await choose({ ground: realGround, layout: layoutIn('/nowhere'), isStart: true })).toEqual(
    {
      kind: 'as before',
    },
  )
})
