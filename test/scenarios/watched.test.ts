// The watchdog over a whole kiosk: what it does while a page falls silent, a loop hangs or the disk fails, with and without a
// customer.
import { describe, expect, it, onTestFinished } from 'vitest'
import { pino } from 'pino'
import { pingMs } from '../../kiosk/painting.ts'
import type { HealthFacts } from '../../kiosk/watchdog/facts.ts'
import { watchdog } from '../../kiosk/watchdog/watchdog.ts'
import { inService, insertCard, payCash } from '../customer.ts'
import { failingDisk } from '../failing-disk.ts'
import { kioskInABox, type BoxOptions } from '../kiosk-in-a-box.ts'

/** A kiosk in a box under a watchdog that looks every 5 s. */
const watchedBox = async (options: BoxOptions = {}) => {
  const box = await kioskInABox(options)
  const told: string[] = []
  const acts: string[] = []
  const turnedMs: HealthFacts['turnedMs'] = {}
  const { stop } = watchdog({
    clock: box.clock,
    log: pino({ level: 'silent' }),
    notify: async (words) => told.push(words.join(' ')) > 0,
    everyMs: 5_000,
    facts: () => ({ ...box.vitals().facts(), turnedMs, syncedMs: 0 }),
    isUp: () => box.vitals().isUp(),
    status: () => box.vitals().status(),
    page: {
      reload: () => void acts.push('reload'),
      'end browser': () => void acts.push('end browser'),
    },
    keepWithheld: async () => undefined,
  })
  onTestFinished(async () => {
    stop()
    await box.close()
  })
  /** A page that answers the ping that is open. */
  const paint = async () => {
    const ping = 1 + Math.floor(box.clock.monotonic() / pingMs)
    const body = JSON.stringify({ ping, view: box.view().number })
    const { status } = await fetch(`${box.url()}painted`, { method: 'POST', body })
    expect(status).toBe(204)
  }
  const last = () => told.at(-1) ?? ''
  return { box, told, acts, turnedMs, paint, last }
}

describe('the watchdog of a kiosk', () => {
  it('is told that the kiosk is ready once it has come up, and is fed on through a sale', async () => {
    const { box, told, last } = await watchedBox()
    expect(told).toEqual([
      expect.stringMatching(/^WATCHDOG=1 EXTEND_TIMEOUT_USEC=30000000 STATUS=/),
    ])
    await inService(box)
    await box.pass(5_000)
    expect(told.filter((each) => each.startsWith('READY=1'))).toHaveLength(1)
    await payCash(box, 'plain-sale', 50)
    expect(box.vitals().facts().isBusy).toBe(true)
    await box.pass(30_000)
    expect(told.some((each) => each.startsWith('STATUS=withheld'))).toBe(false)
    expect(last()).toBe('WATCHDOG=1 STATUS=inService')
  })

  it('puts a silent page right, and bears with one that does not come back until the customer has gone', async () => {
    const { box, acts, paint, last } = await watchedBox()
    await inService(box)
    await paint()
    await box.pass(25_000)
    expect(acts).toEqual(['reload'])
    await box.pass(190_000)
    expect(acts).toEqual(['reload', 'end browser', 'end browser', 'end browser'])
    await insertCard(box, 'plain-sale')
    await box.pass(10_000)
    expect(last()).toBe('WATCHDOG=1 STATUS=inService')
    box.reader.remove()
    await box.screen('attract')
    await box.pass(5_000)
    expect(last()).toBe('STATUS=withheld: page silent')
    await paint()
    await box.pass(5_000)
    expect(last()).toBe('WATCHDOG=1 STATUS=inService')
  })

  it('does not end the kiosk of a machine whose screen never came up', async () => {
    const { box, told, acts } = await watchedBox()
    await box.pass(400_000)
    expect(acts).toContain('end browser')
    expect(told.some((each) => each.startsWith('STATUS=withheld'))).toBe(false)
  })

  it('bears with a loop that hangs until the customer has gone', async () => {
    const { box, turnedMs, last } = await watchedBox()
    await insertCard(box, 'plain-sale')
    turnedMs.noteAcceptor = 31_000
    await box.pass(10_000)
    expect(last()).toBe('WATCHDOG=1 STATUS=inService')
    box.reader.remove()
    await box.screen('attract')
    await box.pass(5_000)
    expect(last()).toBe('STATUS=withheld: noteAcceptor loop hangs')
  })

  it('withholds when the disk fails, a minute later where a customer reads what became of the money', async () => {
    const disk = failingDisk()
    const { box, last } = await watchedBox({ journal: { openFile: disk.openFile } })
    await payCash(box, 'plain-sale', 50)
    disk.failAt('no sync', 1)
    await box.feed(2_000)
    await box.until('the journal has failed', () => box.vitals().facts().journal === 'failed')
    await box.pass(10_000)
    expect(box.vitals().facts().isBusy).toBe(true)
    expect(last()).toMatch(/^WATCHDOG=1/)
    await box.pass(65_000)
    expect(last()).toBe('STATUS=withheld: journal not written')
  })
})
