// A kiosk and what its fleet sees of it: pages and devices that hang though every line stands, a clock that is wrong, a full outbox.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { heartbeatSeconds } from '../../domain/fleet/host-messages.ts'
import type { HeartbeatMessage } from '../../domain/fleet/kiosk-messages.ts'
import { KioskNumber } from '../../domain/identifiers.ts'
import exampleConfig from '../../provisioning/config.example.json' with { type: 'json' }
import { inService, leave, payWithOneNote } from '../customer.ts'
import { brokerKinds, tenant } from '../fleet/brokers.ts'
import { plainCentre } from '../fleet/plain-centre.ts'
import { kioskInABox } from '../kiosk-in-a-box.ts'

const atEnd: (() => unknown)[] = []
afterEach(async () => {
  for (const end of atEnd.splice(0).toReversed()) await end()
})

const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 15_000, interval: 5 })
/** As often as a kiosk tells how it is. */
const intervalMs = heartbeatSeconds.least * 1_000
/** Two heartbeats in a row with an age above this are the alarm `wedged` (fleet.md 7). */
const wedgedSeconds = 90

const reporting = async ({ clockIsOff = (): number => 0 } = {}) => {
  const broker = await brokerKinds[0]?.run()
  if (broker === undefined) throw new Error('there is no broker')
  atEnd.push(broker.stop)
  const centre = await plainCentre(broker.port, KioskNumber.parse(exampleConfig.kiosk.number))
  atEnd.push(centre.close)
  centre.settings.interval = intervalMs / 1_000
  const url = `mqtt://127.0.0.1:${broker.port}`
  const box = await kioskInABox({
    settings: { fleet: { url, tenant, passwordFile: null, tls: null } },
    clockIsOff,
  })
  atEnd.push(box.close)
  const { heard } = centre
  centre.settings.now = box.clock.now
  const beatAfter = async (count: number): Promise<HeartbeatMessage> => {
    while (heard.hb.length <= count) await box.pass(intervalMs)
    const beat = heard.hb[count]
    if (beat === undefined) throw new Error('there is no heartbeat')
    return beat
  }
  const nextBeat = () => beatAfter(heard.hb.length)
  await inService(box)
  await nextBeat()
  return { box, heard, nextBeat }
}

/** A page in a browser: its stream of screens, and whether its frames are drawn. */
const openPage = async (url: string) => {
  const page = { isFrozen: false }
  const closing = new AbortController()
  atEnd.push(() => closing.abort())
  const { body } = await fetch(`${url}screen`, { signal: closing.signal })
  if (body === null) throw new Error('no stream')
  let view = 0
  const hear = (text: string) => {
    view = Number(/"number":(\d+)/.exec(text)?.[1] ?? view)
    const ping = /event: ping\ndata: (\d+)/.exec(text)?.[1]
    if (ping === undefined || page.isFrozen) return
    const answer = JSON.stringify({ ping: Number(ping), view })
    fetch(`${url}painted`, { method: 'POST', body: answer }).catch(() => undefined)
  }
  const read = async () => {
    for await (const chunk of body) hear(Buffer.from(chunk).toString())
  }
  read().catch(() => undefined)
  return page
}

describe('a kiosk that reports', () => {
  it('F6: shows a page and devices that hang by the age of their last answer, though every line stands', async () => {
    const { box, nextBeat } = await reporting()
    const page = await openPage(box.url())
    const roles = ['noteAcceptor', 'cardReader', 'receiptPrinter']
    const agesOf = ({ ui, dev }: HeartbeatMessage) => [
      ui.age,
      ...roles.map((role) => dev[role]?.age),
    ]
    const isYoung = (age: number | null | undefined) => typeof age === 'number' && age < 60
    const allYoung = async () => {
      while (!agesOf(await nextBeat()).every(isYoung));
    }
    await allYoung()
    page.isFrozen = true
    box.notes.goSilent()
    box.reader.freeze(true)
    await box.pass(wedgedSeconds * 1_000)
    for (const beat of [await nextBeat(), await nextBeat()]) {
      const [screen = null, notes, reader, printer] = agesOf(beat)
      for (const age of [screen, notes, reader]) expect(age).toBeGreaterThan(wedgedSeconds)
      expect(printer).toBeLessThan(60)
      // A reader says nothing when nobody comes, and raises no fault when it hangs.
      expect(beat.dev['cardReader']).toMatchObject({ st: 'online', faults: [] })
    }
    page.isFrozen = false
    box.notes.speakAgain()
    box.reader.freeze(false)
    await allYoung()
  })

  it('F8: with a clock that was set back a year tells how far it is off, keeps the order, and sells on', async () => {
    const yearMs = 365 * 86_400_000
    let offMs = 0
    const { box, heard, nextBeat } = await reporting({ clockIsOff: () => offMs })
    box.printer.paperRunsLow()
    await box.pass(5_000)
    await until(() => heard.ev.length > 0)
    const before = heard.ev.length
    offMs = -yearMs
    await payWithOneNote(box, 'plain-sale', 50)
    box.press({ type: 'confirm' })
    await box.screen('take card')
    await leave(box)
    box.printer.insertPaper()
    await box.pass(5_000)
    await until(() => heard.ev.length > before)
    expect(heard.ev.map(({ seq }) => seq)).toEqual(heard.ev.map((_, at) => at + 1))
    expect(heard.ev.at(-1)?.ts).toBeLessThan(heard.ev[0]?.ts ?? 0)
    expect((await nextBeat()).clk.off).toBeGreaterThan(yearMs - 60_000)
    expect(box.audit()).toEqual([])
  })

  it('stops selling before its outbox has no room for what must be told', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'reporting-'))
    atEnd.push(() => rmSync(dataFolder, { recursive: true }))
    mkdirSync(join(dataFolder, 'fleet'))
    writeFileSync(join(dataFolder, 'fleet', 'outbox.ndjson'), fullOutbox())
    // Nobody answers there.
    const fleet = { url: 'mqtt://127.0.0.1:1', tenant, passwordFile: null, tls: null }
    const box = await kioskInABox({ dataFolder, settings: { fleet } })
    atEnd.push(box.close)
    await inService(box)
    await box.screen('out of service')
  })
})

describe('a kiosk that cannot report', () => {
  it('says why in its log, and sells', async () => {
    const said: string[] = []
    const log = pino({ level: 'error' }, { write: (line: string) => void said.push(line) })
    const url = 'mqtt://127.0.0.1:1'
    const fleet = { url, tenant, passwordFile: '/nowhere/password', tls: null }
    const box = await kioskInABox({ log, settings: { fleet } })
    atEnd.push(box.close)
    await inService(box)
    await box.until('the log says so', () => said.length > 0)
    expect(said.join('')).toContain('the kiosk runs without it')
    expect(said.join('')).toContain('/nowhere/password')
    await payWithOneNote(box, 'plain-sale', 50)
    box.press({ type: 'confirm' })
    await box.screen('take card')
    await leave(box)
  })
})

/** Two megabytes of acts of persons. */
const fullOutbox = (): string => {
  const event = { kind: 'note', about: 'maintenance', sev: 1, dev: 'kiosk', code: 'opened' }
  const lines = Array.from({ length: 10_000 }, (_, at) => ({
    do: 'put',
    record: {
      topic: 'ev',
      id: `01${String(at).padStart(24, '0')}`,
      seq: null,
      ts: 1_700_000_000_000,
      up: at,
      off: true,
      n: 1,
      event,
    },
  }))
  const begin = { do: 'begin', next: { ev: 1, res: 1 } }
  return [begin, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
}
