// The bench answers the browser of this machine, tells it every change once, and nobody else anything.
import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Act, Panel } from '../../ui/bench/panel.ts'
import { done, refused } from './act.ts'
import { benchServer, type BenchServer } from './server.ts'

const panelWith = (centreAway: boolean) => ({ centreAway }) as unknown as Panel

describe('the server of the bench', () => {
  let server: BenchServer
  let acts: Act[] = []
  let away = false
  let outcome: Awaited<ReturnType<Parameters<typeof benchServer>[0]['act']>> = done
  beforeEach(async () => {
    acts = []
    away = false
    outcome = done
    server = await benchServer({
      port: 0,
      pages: new Map([['/', { bytes: Buffer.from('the page'), type: 'text/html' }]]),
      panel: () => panelWith(away),
      act: (act) => {
        acts.push(act)
        return Promise.resolve(outcome)
      },
      receipt: (id) => (id === '7' ? Buffer.from('a picture') : null),
    })
  })
  afterEach(() => server.close())

  const get = (path: string) => fetch(new URL(path, server.url))
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(new URL('/act', server.url), {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    })
  /** Not `fetch`, which does not let a caller say who it is. */
  const asked = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      request(server.url, { headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })

  it('serves the page, and pictures of the receipts there are', async () => {
    expect(await (await get('/')).text()).toBe('the page')
    const picture = await get('/receipts/7.png')
    expect(picture.headers.get('content-type')).toBe('image/png')
    expect(await picture.text()).toBe('a picture')
    expect((await get('/receipts/8.png')).status).toBe(404)
    expect((await get('/receipts/..%2f7.png')).status).toBe(404)
    expect((await get('/../bench.json')).status).toBe(404)
  })

  it('carries out an act', async () => {
    expect((await post('{"type":"card.insert","card":"plain-sale"}')).status).toBe(204)
    expect(acts).toEqual([{ type: 'card.insert', card: 'plain-sale' }])
  })

  it('says in a sentence why an act cannot be done now', async () => {
    outcome = refused('There is a card in the slot already.')
    const answer = await post('{"type":"card.take"}')
    expect(answer.status).toBe(409)
    expect(await answer.text()).toBe('There is a card in the slot already.')
  })

  it.each([
    ['no JSON', '{"type":', 400],
    ['no act', '{"type":"kiosk.press"}', 400],
    ['nothing', '', 400],
    ['too much', JSON.stringify({ type: 'card.insert', card: 'x'.repeat(5_000) }), 413],
  ])('refuses %s', async (_, body, status) => {
    expect((await post(body)).status).toBe(status)
    expect(acts).toEqual([])
  })

  it('refuses what a page of another site could send', async () => {
    const json = '{"type":"card.take"}'
    expect((await post(json, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await post(json, { origin: 'http://elsewhere.example' })).status).toBe(403)
    expect(await asked({ host: 'elsewhere.example' })).toBe(403)
    expect(await asked({ host: `elsewhere.example:${new URL(server.url).port}` })).toBe(403)
    expect((await get('/act')).status).toBe(405)
    expect(acts).toEqual([])
  })

  it('tells the panel on connect, and again only when it has changed', async () => {
    const answer = await get('/panel')
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const told: string[] = []
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    const next = async () => told.push((await reader?.read())?.value ?? '')
    await next()
    server.changed()
    away = true
    server.changed()
    server.changed()
    await next()
    away = false
    server.changed()
    await next()
    await reader?.cancel()
    expect(told).toEqual([
      'data: {"centreAway":false}\n\n',
      'data: {"centreAway":true}\n\n',
      'data: {"centreAway":false}\n\n',
    ])
  })
})
