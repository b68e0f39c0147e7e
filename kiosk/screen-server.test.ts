import { request } from 'node:http'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { manualClock } from '../test/manual-clock.ts'
import type { Pressed, View } from '../ui/kiosk/screen.ts'
import type { PageFiles } from '../server/page-files.ts'
import { pingMs } from './painting.ts'
import { screenServer, type ScreenServer } from './screen-server.ts'

const pages: PageFiles = new Map([
  ['/', { bytes: Buffer.from('<!doctype html>'), type: 'text/html; charset=utf-8' }],
  ['/assets/page.js', { bytes: Buffer.from('1'), type: 'text/javascript; charset=utf-8' }],
])
const view = (number: number): View => ({
  number,
  language: 'en',
  theme: 'day',
  volume: 7,
  kiosk: { number: '000000000101', place: 'Main Street 1', phone: '0800' },
  currency: { code: 'CNY', symbol: '¥' },
  slots: { card: 'right-low', notes: 'right-mid', bankTerminal: 'right-high', receipt: 'bottom' },
  now: 0,
  timeZone: 'Asia/Shanghai',
  wire: { at: null, state: 'flowing' },
  warning: null,
  screen: { kind: 'out of service', why: 'starting', reference: null },
})

const running: ScreenServer[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()))
})

const served = async ({ belongs = true }: { belongs?: boolean } = {}) => {
  const heard: Pressed[] = []
  const clock = manualClock()
  const shown = { number: 7 }
  const server = await screenServer({
    host: '127.0.0.1',
    port: 0,
    pages,
    view: () => view(shown.number),
    onPress: (pressed) => {
      if (belongs) heard.push(pressed)
      return belongs
    },
    health: () => ({ well: true }),
    after: clock.after,
    monotonic: clock.monotonic,
  })
  running.push(server)
  const press = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}press`, { method: 'POST', body, headers })
  const painted = async (ping: number, viewOnPage: number) => {
    const body = JSON.stringify({ ping, view: viewOnPage })
    return (await fetch(`${server.url}painted`, { method: 'POST', body })).status
  }
  return { server, heard, press, painted, clock, shown }
}

/** Reads a stream of server-sent events until it has this many views. */
const viewsOf = async (url: string, count: number, meanwhile: () => void): Promise<number[]> => {
  const response = await fetch(`${url}screen`)
  const reader = response.body?.getReader()
  if (reader === undefined) throw new Error('no stream')
  let text = ''
  const numbers = () => [...text.matchAll(/"number":(\d+)/g)].map((match) => Number(match[1]))
  for (let told = false; numbers().length < count;) {
    const { value, done } = await reader.read()
    if (done) break
    text += Buffer.from(value).toString()
    if (!told) meanwhile()
    told = true
  }
  await reader.cancel()
  return numbers()
}

describe('the page', () => {
  it('gets the whole view when it connects, and every view after it', async () => {
    const { server } = await served()
    expect(await viewsOf(server.url, 2, () => server.show(view(8)))).toEqual([7, 8])
  })

  it('is served, with its files, and nothing that is not in them', async () => {
    const { server } = await served()
    expect(await (await fetch(server.url)).text()).toBe('<!doctype html>')
    expect((await fetch(`${server.url}assets/page.js`)).headers.get('content-type')).toMatch(
      /javascript/,
    )
    for (const path of ['assets/../../package.json', '%2e%2e/package.json', 'assets', 'x.js']) {
      expect((await fetch(`${server.url}${path}`)).status, path).toBe(404)
    }
  })

  it('asked for by what is no path is refused, and the server goes on', async () => {
    const { server } = await served()
    const { hostname, port } = new URL(server.url)
    const status = await new Promise((resolve, reject) => {
      const asking = request({ hostname, port, path: '//' }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      asking.on('error', reject).end()
    })
    expect(status).toBe(400)
    expect((await fetch(server.url)).status).toBe(200)
  })

  it('may load nothing from elsewhere', async () => {
    const { server } = await served()
    const policy = (await fetch(server.url)).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toContain('unsafe')
  })
})

describe('whether the page still paints', () => {
  it('is asked of it with the stream of screens', async () => {
    const { server, clock } = await served()
    const response = await fetch(`${server.url}screen`)
    if (response.body === null) throw new Error('no stream')
    let text = ''
    for await (const chunk of response.body) {
      text += Buffer.from(chunk).toString()
      if (text.includes('event: ping')) break
      await clock.advance(pingMs)
    }
    expect(text).toMatch(/event: ping\ndata: \d+\n\n/)
  })

  it('is known by its answer, and a page that stays connected without one grows old', async () => {
    const { server, painted, clock } = await served()
    await clock.advance(pingMs - 1)
    expect(await painted(1, 7)).toBe(204)
    expect(server.paintedAgeMs()).toBe(0)
    await clock.advance(90_000)
    expect(server.paintedAgeMs()).toBe(90_000)
    // One that woke up has all the pings in its stream: the last of them counts.
    expect(await painted(3, 7)).toBe(409)
    expect(server.paintedAgeMs()).toBe(90_000)
    expect(await painted(19, 7)).toBe(204)
    expect(server.paintedAgeMs()).toBe(0)
  })

  it('is not believed of one that stands on an older view, or on one of an earlier start', async () => {
    const { server, painted, clock, shown } = await served()
    shown.number = 9
    await clock.advance(pingMs)
    // It was sent just before the ping: there may have been no frame for it yet.
    expect(await painted(2, 8)).toBe(204)
    await clock.advance(pingMs)
    expect(await painted(3, 8)).toBe(409)
    expect(await painted(3, 57)).toBe(409)
    expect(server.paintedAgeMs()).toBe(pingMs)
  })

  it('is not told by rubbish', async () => {
    const { server, clock } = await served()
    await clock.advance(1_000)
    for (const body of ['', '{}', 'null', '{"ping":1}', '{"ping":"1","view":7}']) {
      expect((await fetch(`${server.url}painted`, { method: 'POST', body })).status).toBe(400)
    }
    expect(server.paintedAgeMs()).toBe(1_000)
  })
})

describe('a press', () => {
  it('arrives as it was made', async () => {
    const { heard, press } = await served()
    const made = { view: 7, press: { type: 'digit', digit: 5 } }
    expect((await press(JSON.stringify(made))).status).toBe(204)
    expect(heard).toEqual([made])
  })

  it('on a screen that has gone is told so', async () => {
    const { press } = await served({ belongs: false })
    const answer = await press(JSON.stringify({ view: 1, press: { type: 'confirm' } }))
    expect(answer.status).toBe(409)
  })

  it('from a page of another origin, or to this machine by another name, is refused', async () => {
    const { server, heard, press } = await served()
    const body = JSON.stringify({ view: 7, press: { type: 'confirm' } })
    expect((await press(body, { origin: 'http://elsewhere.example' })).status).toBe(403)
    const { port } = new URL(server.url)
    const status = await new Promise((resolve) => {
      const asked = request({
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/press',
        headers: { host: `kiosk.example:${port}` },
      })
      asked.on('response', (response) => resolve(response.statusCode)).end(body)
    })
    expect(status).toBe(403)
    expect(heard).toEqual([])
  })

  it('of rubbish is refused, whatever it is, and the server goes on', async () => {
    const { heard, press } = await served()
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ maxLength: 3000 }),
          fc.json(),
          fc
            .record({
              view: fc.oneof(fc.integer(), fc.string()),
              press: fc.record({ type: fc.string(), digit: fc.double(), language: fc.string() }),
            })
            .map((made) => JSON.stringify(made)),
        ),
        async (body) => {
          expect([400, 413]).toContain((await press(body)).status)
        },
      ),
      { numRuns: 60 },
    )
    expect(heard).toEqual([])
    expect((await press('{"view":7,"press":{"type":"done"}}')).status).toBe(204)
  })
})

describe('supervision', () => {
  it('is told how the kiosk is', async () => {
    const { server } = await served()
    expect(await (await fetch(`${server.url}health`)).json()).toEqual({ well: true })
  })

  it('finds no port taken after the server is closed', async () => {
    const { server } = await served()
    await server.close()
    await expect(fetch(server.url)).rejects.toThrow()
    running.splice(running.indexOf(server), 1)
  })
})
