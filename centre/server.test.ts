// The centre over HTTP: every message may be repeated, and nothing that arrives can crash it or move money.
import * as fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { centreMessages, type MessageName } from '../domain/centre-messages.ts'
import { centreKit, type CentreKit } from '../test/centre-kit.ts'
import { centreServer } from './server.ts'

let kit: CentreKit
let server: FastifyInstance
beforeAll(async () => {
  kit = await centreKit()
  server = centreServer(kit.centre(), pino({ level: 'silent' }))
})
afterAll(async () => {
  await server.close()
  await kit.close()
})

const names = Object.keys(centreMessages) as MessageName[]
const post = async (path: string, payload: string | object) => {
  const type = { 'content-type': 'application/json' }
  const { statusCode, body } = await server.inject({
    method: 'POST',
    url: path,
    headers: type,
    payload,
  })
  return { status: statusCode, text: body, problem: problemIn(body) }
}
const problemIn = (body: string): string | undefined => {
  const parsed: { problem?: string } = JSON.parse(body) as { problem?: string }
  return parsed.problem
}

/** Everything about money and orders that is in the database. */
const money = async () => {
  const { read } = kit.store()
  return {
    entries: await read.selectFrom('entries').selectAll().execute(),
    notes: await read.selectFrom('notes').selectAll().execute(),
    orders: await read.selectFrom('orders').selectAll().execute(),
    closed: await read.selectFrom('closed_sales').selectAll().execute(),
  }
}
const kiosk = '000000000101'

describe('the server', () => {
  it('says that it is healthy, and why it is not', async () => {
    const { statusCode, body } = await server.inject('/v1/health')
    expect({ statusCode, body }).toEqual({
      statusCode: 200,
      body: '{"healthy":true,"problem":null}',
    })
    const broken = centreServer(
      { ...kit.centre(), problem: () => 'a commit failed' },
      pino({ level: 'silent' }),
    )
    const sick = await broken.inject('/v1/health')
    expect(sick.statusCode).toBe(503)
    expect(sick.json()).toEqual({ healthy: false, problem: 'a commit failed' })
    await broken.close()
  })

  it('gives out the key that receipts are checked with', async () => {
    const { body } = await server.inject('/v1/receipt-key')
    expect(body).toMatch(/^-----BEGIN PUBLIC KEY-----/)
  })

  it('names the field that is wrong', async () => {
    const asked = { requestId: kit.ids.request(), kiosk, count: 99 }
    const { status, problem } = await post('/v1/look-nonces', asked)
    expect(status).toBe(400)
    expect(problem).toMatch(/^count: found 99; /)
  })

  it('does not know a kiosk that it was not told of', async () => {
    const asked = { requestId: kit.ids.request(), kiosk: '000000000777', count: 1 }
    const { status, problem } = await post('/v1/look-nonces', asked)
    expect({ status, problem }).toEqual({ status: 403, problem: 'kiosk: is not known here' })
  })

  it('refuses what is no JSON, too long, or asked in another way', async () => {
    expect((await post('/v1/quotes', '{"requestId":')).status).toBe(400)
    const long = JSON.stringify({ requestId: 'x'.repeat(300_000) })
    expect((await post('/v1/quotes', long)).status).toBe(413)
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) {
      const reply = await server.inject({ method, url: '/v1/orders' })
      expect({ status: reply.statusCode, allow: reply.headers['allow'] }).toEqual({
        status: 405,
        allow: 'POST',
      })
    }
    expect((await server.inject('/v2/orders')).statusCode).toBe(404)
    const text = await server.inject({
      method: 'POST',
      url: '/v1/orders',
      headers: { 'content-type': 'text/xml' },
      payload: '<vend/>',
    })
    expect(text.statusCode).toBe(415)
  })
})

describe('whatever arrives', () => {
  const paths = names.map((name) => centreMessages[name].path)

  it('is answered below 500, and moves no money', async () => {
    const before = await money()
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.oneof(fc.json(), fc.string(), fc.constant('null'), fc.constant('[]')),
        async (path, payload) => {
          const { status } = await post(path, payload)
          expect(status).toBeGreaterThanOrEqual(400)
          expect(status).toBeLessThan(500)
        },
      ),
      { numRuns: 150 },
    )
    expect(await money()).toEqual(before)
  })

  it('even if it is nearly right: ids of nobody, bytes of no card, any numbers', async () => {
    const before = await money()
    const ulid = fc.constantFrom(kit.ids.sale(), kit.ids.sale(), '01ARZ3NDEKTSV4RRFFQ69G5FAV')
    const bytes = fc.uint8Array({ maxLength: 140 }).map((it) => Buffer.from(it).toString('hex'))
    const nonce = fc
      .uint8Array({ minLength: 8, maxLength: 8 })
      .map((it) => Buffer.from(it).toString('hex'))
    const amount = fc.oneof(fc.integer(), fc.double(), fc.constant(Number.MAX_SAFE_INTEGER))
    const body = fc.record({
      kiosk: fc.constantFrom(kiosk, '000000000102'),
      requestId: fc.nat().map(() => kit.ids.request()),
      count: fc.nat(12),
      saleId: ulid,
      insertionId: fc.oneof(ulid, fc.constant(null)),
      quoteId: ulid,
      orderNumber: fc.constantFrom('2611230000000042', '0000000000000000'),
      challenge: nonce,
      nonce,
      proof: fc.oneof(bytes, fc.constant(null)),
      serial: fc.constantFrom('0011223344556677', 'ffffffffffffffff'),
      look: fc.record({
        nonce,
        fci: fc.oneof(bytes, fc.constant(fciOfChen)),
        files: fc.option(
          fc.record({
            ef01: fc.oneof(bytes, fc.constant(kit.cardOf('plain-sale').state().files[1])),
            ef02: bytes,
            ef05: bytes,
            genuine: bytes,
            journal: fc.array(bytes, { maxLength: 9 }),
          }),
        ),
      }),
      wish: fc.oneof(
        fc.record({ kind: fc.constant('money'), tender: amount }),
        fc.record({ kind: fc.constant('energy'), energy: amount }),
      ),
      funding: fc.record({
        kind: fc.constantFrom('cash', 'account'),
        notes: fc.array(fc.record({ noteId: ulid, value: amount }), { maxLength: 3 }),
      }),
    })
    await fc.assert(
      fc.asyncProperty(
        // A closing books notes even if nobody knows the sale: that is what it is for.
        fc.constantFrom(...paths.filter((path) => path !== '/v1/closings')),
        body,
        async (path, payload) => {
          expect((await post(path, payload)).status).toBeLessThan(500)
        },
      ),
      { numRuns: 300 },
    )
    expect(await money()).toEqual(before)
    expect(await kit.flaws()).toEqual([])
  })

  it('and a closing of any notes books each of them once', async () => {
    const value = fc.integer({ min: 0, max: 100_000 })
    const closings = fc.array(fc.array(fc.tuple(fc.nat(8), value), { maxLength: 4 }), {
      maxLength: 5,
    })
    await fc.assert(
      fc.asyncProperty(closings, async (all) => {
        const saleId = kit.ids.sale()
        const notes = Array.from({ length: 9 }, () => kit.ids.note())
        const accepted = new Map<string, number>()
        for (const some of all) {
          const asked = some.map(([at, amount]) => ({ noteId: notes[at] ?? '', value: amount }))
          const requestId = kit.ids.request()
          const message = { requestId, kiosk, saleId, insertionId: null, notes: asked }
          const { status } = await post('/v1/closings', message)
          expect([200, 400, 409]).toContain(status)
          if (status === 200) for (const it of asked) accepted.set(it.noteId, it.value)
        }
        const booked = (await money()).notes.filter(({ sale }) => sale === saleId)
        expect(new Map(booked.map((it) => [it.note, it.value]))).toEqual(accepted)
        expect(await kit.flaws()).toEqual([])
      }),
      { numRuns: 25 },
    )
  })
})

const fciOfChen =
  '6f2a840af050504d532e454c4331a51cc0080011223344556677c10101c20102c3020001c40105c5030a0a05'
