// The bench of a machine that cannot have a card daemon: all the card slot does, at the kiosk's own HTTP interface.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { auditOf, openSales } from '../../test/end-to-end/evidence-of-bench.ts'
import type { Act } from '../../ui/bench/panel.ts'
import type { Press, Screen, View } from '../../ui/kiosk/screen.ts'
import { startBench, type Bench } from './bench.ts'

/** A whole town is imported, and a slow machine needs its time. */
const startLimitMs = 180_000
const patience = { timeout: 30_000, interval: 50 }

let folder = ''
let bench: Bench
const said: string[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-'))
  bench = await startBench({
    dataFolder: folder,
    port: 0,
    pace: 'quick',
    withoutPcscd: true,
    say: (line) => said.push(line),
  })
}, startLimitMs)
afterAll(async () => {
  await bench.close()
  await rm(folder, { recursive: true })
}, startLimitMs)

/** The view a page is sent when it connects. */
const viewNow = async (): Promise<View> => {
  const answer = await fetch(new URL('/screen', bench.kioskUrl))
  let text = ''
  for await (const bytes of answer.body ?? []) {
    text += Buffer.from(bytes).toString('utf8')
    if (text.endsWith('\n\n')) break
  }
  return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? 'null') as View
}

const shows = (kind: Screen['kind']): Promise<Screen> =>
  vi.waitFor(async () => {
    const { screen } = await viewNow()
    expect(screen.kind).toBe(kind)
    return screen
  }, patience)

const press = (on: Screen['kind'], press: Press): Promise<void> =>
  vi.waitFor(async () => {
    const { number, screen } = await viewNow()
    expect(screen.kind).toBe(on)
    const answer = await fetch(new URL('/press', bench.kioskUrl), {
      method: 'POST',
      body: JSON.stringify({ view: number, press }),
    })
    expect(answer.ok).toBe(true)
  }, patience)

const act = async (wanted: Act) => expect(await bench.act(wanted)).toEqual({ kind: 'done' })

/** An account sale up to the last question. */
const choose = async (card: string) => {
  await shows('attract')
  await act({ type: 'card.insert', card })
  await press('account', { type: 'buy' })
  await press('choose amount', { type: 'suggestion', value: 50 })
  await press('choose tender', { type: 'tender', tender: 'account' })
  await shows('confirm purchase')
}

const write = () => press('confirm purchase', { type: 'confirm' })

/** What the screen says was bought, in 0.01 kWh. */
const bought = async (): Promise<number> => {
  const screen = await shows('take card')
  if (screen.kind !== 'take card' || screen.after.kind !== 'bought') {
    throw new Error(`nothing was bought: ${JSON.stringify(screen)}`)
  }
  return screen.after.energy
}

/** Takes the card, and gives what its meter at home takes from it, in 0.01 kWh. */
const leaveWith = async (card: string): Promise<number> => {
  await act({ type: 'card.take' })
  await press('thank you', { type: 'done' })
  const number = bench.panel().cards.find(({ id }) => id === card)?.meter ?? ''
  const meter = () => bench.panel().meters.find((each) => each.number === number)
  const before = meter()?.remaining ?? 0
  await act({ type: 'meter.insert', card, meter: number })
  await act({ type: 'meter.take', meter: number })
  expect(meter()?.lastResult).toBe(0)
  return (meter()?.remaining ?? 0) - before
}

const addsUp = async () => {
  await vi.waitFor(() => expect(openSales(bench)).toEqual([]), patience)
  expect(auditOf(bench)).toEqual([])
}

describe('a bench without pcscd', () => {
  it('says in one line that cards go over memory', () => {
    const lines = said.filter((line) => line.includes('memory'))
    expect(lines).toEqual([
      'The card daemon is left alone, as asked. Cards go over memory instead, below the same driver.',
    ])
    expect(bench.panel().missing).toEqual(expect.arrayContaining(lines))
  })

  it('sells from the account, and the energy arrives at home', { timeout: 60_000 }, async () => {
    await choose('rich-account')
    await write()
    const energy = await bought()
    expect(await leaveWith('rich-account')).toBe(energy)
    await addsUp()
  })

  it.each([
    ['by hand after 2 commands', (): unknown => act({ type: 'card.pull-after', commands: 2 })],
    ['with an answer lost', () => bench.slot.pullAfterAny(3, 'not answered')],
  ])('has a card pulled %s, and finished when it is back', { timeout: 60_000 }, async (_, pull) => {
    await choose('rich-account')
    await pull()
    await write()
    await shows('put card back')
    expect(bench.panel().slot).toEqual({ card: null, readerPresent: true, pullAfter: null })
    await act({ type: 'card.insert', card: 'rich-account' })
    const energy = await bought()
    expect(await leaveWith('rich-account')).toBe(energy)
    await addsUp()
  })

  it('takes a proof that was read before the card went', { timeout: 60_000 }, async () => {
    await choose('rich-account')
    // The last of them is the proof (power-card.md 8.2).
    await act({ type: 'card.pull-after', commands: 5 })
    await write()
    expect(await shows('thank you')).toMatchObject({ after: { kind: 'bought' } })
    await press('thank you', { type: 'done' })
    await addsUp()
  })

  it('has its reader unplugged and plugged in again', { timeout: 60_000 }, async () => {
    await shows('attract')
    await act({ type: 'reader.unplug', on: true })
    expect(bench.panel().slot.readerPresent).toBe(false)
    expect(await shows('out of service')).toMatchObject({ why: 'card reader' })
    await act({ type: 'reader.unplug', on: false })
    await shows('attract')
    expect(bench.panel().slot.readerPresent).toBe(true)
  })
})
