import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KioskNumber } from '../domain/identifiers.ts'
import { manualClock, type ManualClock } from '../test/manual-clock.ts'
import { centreClient, type CentreClient } from './centre-client.ts'

const kiosk = KioskNumber.parse('000000000101')
const expiresAt = '2026-11-23T17:00:00.000Z'
const reply = { nonces: [{ nonce: '0011223344556677', expiresAt }] }

/** What a test's centre does with a request, in the order of the requests; the last one goes on for ever. */
type Behaviour = (response: ServerResponse, request: IncomingMessage) => void
const answers =
  (status: number, body: string): Behaviour =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
const answersWell = answers(200, JSON.stringify(reply))
const losesTheAnswer: Behaviour = (response) => void response.socket?.destroy()
const saysNothing: Behaviour = () => undefined
const breaksOff: Behaviour = (response) => {
  response.writeHead(200, { 'content-length': 1000 })
  response.write('{"nonces":[', () => response.socket?.destroy())
}

let server: Server
let clock: ManualClock
/** Pauses between tries that the client is waiting out. */
let pausing: number
let behaviours: Behaviour[]
/** Everything that reached the centre. */
let received: { path: string; body: Record<string, unknown> }[]
let heard: () => Promise<void>

beforeEach(async () => {
  const { wait, ...rest } = manualClock()
  pausing = 0
  clock = {
    ...rest,
    wait: async (ms, signal) => {
      pausing++
      return wait(ms, signal).finally(() => pausing--)
    },
  }
  received = []
  behaviours = [answersWell]
  let arrived = Promise.withResolvers<void>()
  heard = async () => {
    await arrived.promise
    arrived = Promise.withResolvers()
  }
  server = createServer((request, response) => {
    response.on('error', () => undefined)
    void text(request).then((body) => {
      received.push({ path: request.url ?? '', body: JSON.parse(body) })
      const [behaviour = answersWell] = behaviours
      if (behaviours.length > 1) behaviours.shift()
      behaviour(response, request)
      return arrived.resolve()
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterEach(async () => {
  server.closeAllConnections()
  if (server.listening) await new Promise((resolve) => void server.close(resolve))
})

const urlOf = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const client = (url = urlOf()): CentreClient => centreClient({ url, kiosk, clock })
const askFor = (asking: CentreClient, signal?: AbortSignal, deadlineMs = 10_000) =>
  asking.ask(
    'lookNonces',
    clock.ids.request(),
    { count: 1 },
    { deadlineMs, ...(signal && { signal }) },
  )
/** Lets the client wait out its pauses until it has an end; a try that is under way may take its time. */
const patiently = async <T>(asking: Promise<T>): Promise<T> => {
  const at = { end: false }
  void asking.finally(() => {
    at.end = true
  })
  while (!at.end) {
    await new Promise(setImmediate)
    if (pausing > 0) await clock.advanceToNext()
  }
  return asking
}

describe('the centre client', () => {
  it('asks under the id and the kiosk’s number and gives the parsed reply', async () => {
    const requestId = clock.ids.request()
    const asking = client().ask('lookNonces', requestId, { count: 3 }, { deadlineMs: 1000 })
    expect(await asking).toEqual({ kind: 'answered', reply })
    expect(received).toEqual([{ path: '/v1/look-nonces', body: { requestId, kiosk, count: 3 } }])
    expect(clock.waiting()).toEqual([])
  })

  it('takes an address with a path before its own', async () => {
    await askFor(client(`${urlOf()}/town/`))
    expect(received[0]?.path).toBe('/town/v1/look-nonces')
  })

  it.each<[string, Behaviour]>([
    ['is lost', losesTheAnswer],
    ['breaks off', breaksOff],
    ['is no JSON', answers(200, '<html>sorry</html>')],
    ['is another message', answers(200, '{"nonces":[{"nonce":"zz"}]}')],
    ['is empty', answers(200, '')],
    ['is an error of the centre', answers(500, 'out of order')],
    ['is a redirection', answers(302, '')],
    ['asks for patience', answers(429, '')],
    ['has no end', (response) => void response.end('x'.repeat(2_000_000))],
  ])('asks again under the same id when the answer %s', async (_, behaviour) => {
    behaviours = [behaviour, behaviour, answersWell]
    expect(await patiently(askFor(client()))).toEqual({ kind: 'answered', reply })
    expect(received).toHaveLength(3)
    expect(new Set(received.map(({ body }) => body['requestId'])).size).toBe(1)
    expect(received[2]).toEqual(received[0])
  })

  it('P3: says unknown when a request may have arrived and no answer came before the deadline', async () => {
    behaviours = [losesTheAnswer]
    expect(await patiently(askFor(client()))).toMatchObject({ kind: 'unknown' })
    expect(received.length).toBeGreaterThan(2)
    expect(clock.waiting()).toEqual([])
  })

  it.each([400, 403, 409, 422])('never asks again what was refused with %i', async (status) => {
    behaviours = [answers(status, 'kiosk: not known')]
    expect(await askFor(client())).toEqual({ kind: 'refused', status, problem: 'kiosk: not known' })
    expect(received).toHaveLength(1)
  })

  it('is refused at the second try as at the first', async () => {
    behaviours = [losesTheAnswer, answers(409, 'other content')]
    expect(await patiently(askFor(client()))).toMatchObject({ kind: 'refused', status: 409 })
  })

  it('says away when nobody listens, having tried until the deadline', async () => {
    const url = urlOf()
    await new Promise((resolve) => void server.close(resolve))
    expect(await patiently(askFor(client(url)))).toMatchObject({
      kind: 'away',
      why: expect.stringContaining('ECONNREFUSED'),
    })
  })

  it.each([
    ['the name of the centre is not known', { syscall: 'getaddrinfo', code: 'ENOTFOUND' }],
    ['its certificate is not the right one', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
    ['it cannot be reached in time', { code: 'UND_ERR_CONNECT_TIMEOUT' }],
  ])('says away when %s', async (_, details) => {
    const cause = Object.assign(new Error('no'), details)
    const failing: typeof fetch = () => Promise.reject(new TypeError('fetch failed', { cause }))
    const asking = centreClient({ url: urlOf(), kiosk, clock, fetch: failing })
    expect(await patiently(askFor(asking))).toEqual({ kind: 'away', why: 'no' })
  })

  it('says unknown as soon as one of its tries may have arrived', async () => {
    let tries = 0
    const lostThenRefused: typeof fetch = (...args) =>
      ++tries === 1 ? fetch(...args) : fetch('http://127.0.0.1:1/')
    behaviours = [losesTheAnswer]
    const asking = centreClient({ url: urlOf(), kiosk, clock, fetch: lostThenRefused })
    expect(await patiently(askFor(asking))).toMatchObject({ kind: 'unknown' })
    expect(tries).toBeGreaterThan(1)
    expect(received).toHaveLength(1)
  })

  it('gives a silent try up after its time and asks again', async () => {
    behaviours = [saysNothing, answersWell]
    const asking = askFor(client())
    await heard()
    expect(clock.waiting()).toEqual([5_000])
    await clock.advance(5_000)
    expect(await patiently(asking)).toEqual({ kind: 'answered', reply })
  })

  it('gives no try more time than the deadline leaves', async () => {
    behaviours = [saysNothing]
    const asking = askFor(client(), undefined, 700)
    await heard()
    await clock.advance(700)
    expect(await asking).toEqual({ kind: 'unknown', why: 'no answer in time' })
    expect(clock.monotonic()).toBe(700)
  })

  it('stops at once when it is told to, and says what is certain', async () => {
    behaviours = [saysNothing]
    const stop = new AbortController()
    const asking = askFor(client(), stop.signal)
    await heard()
    stop.abort()
    expect(await asking).toMatchObject({ kind: 'unknown' })
    expect(await askFor(client(), stop.signal)).toEqual({ kind: 'away', why: 'nothing was asked' })
    expect(received).toHaveLength(1)
    expect(clock.waiting()).toEqual([])
  })

  it('waits longer from try to try, never longer than the longest pause, never twice the same', async () => {
    const pauses: number[] = []
    const refusing: typeof fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: refused() }))
    const refused = () => Object.assign(new Error('connect'), { syscall: 'connect' })
    const asking = centreClient({
      url: 'http://centre.invalid',
      kiosk,
      clock: { ...clock, wait: (ms, signal) => (pauses.push(ms), clock.wait(ms, signal)) },
      fetch: refusing,
    })
    await patiently(askFor(asking, undefined, 60_000))
    expect(pauses.length).toBeGreaterThan(10)
    expect(pauses[0]).toBeLessThanOrEqual(200)
    expect(pauses[3]).toBeGreaterThanOrEqual(800)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(3_000)
    expect(new Set(pauses.slice(5)).size).toBeGreaterThan(1)
  })

  it('keeps its connections for the next requests', async () => {
    let connections = 0
    server.on('connection', () => connections++)
    const asking = client()
    for (let time = 0; time < 9; time++) await askFor(asking)
    expect(connections).toBeLessThan(3)
  })
})
