// The host's end of a line that carries anything at all.
import { duplexPair } from 'node:stream'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../../test/manual-clock.ts'
import { minor } from '../../domain/money.ts'
import { concat, fromHex } from '../../domain/power-card/bytes.ts'
import { account, bench, exchangeKey, type Bench } from '../bank-line/line-tests/bench.ts'
import { pack } from '../iso8583/message.ts'
import { simulatedBank } from './simulated-bank.ts'

let it: Bench
beforeEach(async () => {
  it = bench()
  await it.signedOn()
})
afterEach(() => it.close())

test('a request that cannot be read is answered 30, and says what is wrong with it', async () => {
  // A STAN of letters: everything before it can be said again.
  const bytes = pack(it.sale(1), null)
  const at = Buffer.from(bytes).indexOf(fromHex('000001'), 40)
  bytes.set(fromHex('00000a'), at)
  it.sendRaw(bytes)
  await it.clock.advance(0)
  expect(it.late).toMatchObject([
    { mac: 'right', message: { mti: '0210', fields: { 39: '30', 44: 'not digits in field 11' } } },
  ])
})

test('an answer sent to the host is not answered', async () => {
  it.sendRaw(pack({ ...it.sale(1), mti: '0210' }, null))
  await it.clock.advance(0)
  expect(it.late).toEqual([])
  expect(it.heardTypes()).toEqual(['0800 001'])
})

test('nothing moves before sign-on, and nothing that arrives throws', async () => {
  const clock = manualClock()
  const opening = minor(100_000)
  const sale = it.sale(1)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 255 })), { maxLength: 3 }),
      fc.uint8Array({ maxLength: 40 }),
      async (changes, noise) => {
        const bank = simulatedBank({ exchangeKey, clock })
        bank.account(account, { balance: opening })
        const [ours, theirs] = duplexPair()
        ours.on('error', () => {}).resume()
        bank.attach(theirs)
        const frame = pack(sale, fromHex('00'.repeat(16)))
        for (const [place, change] of changes) {
          const at = place % frame.length
          frame[at] = (frame[at] ?? 0) ^ change
        }
        ours.write(concat(frame, noise, frame))
        await clock.advance(0)
        expect(bank.truth().accounts[account]?.balance).toBe(opening)
        expect(bank.truth().transactions).toEqual({})
        ours.destroy()
      },
    ),
  )
})
