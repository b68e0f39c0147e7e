import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import {
  decodeFromReader,
  decodeToReader,
  encodeFromReader,
  encodeToReader,
  type FromReader,
  type ToReader,
} from './remote-codec.ts'
import type { Protocol } from './service.ts'

const protocol = fc.constantFrom<Protocol>(1, 2)
const bytes = fc.uint8Array({ maxLength: 300 })

const toReader = fc.oneof(
  fc.constantFrom<ToReader>({ kind: 'connect' }, { kind: 'disconnect' }),
  fc.record({ kind: fc.constant('transmit' as const), protocol, bytes }),
)
const fromReader: fc.Arbitrary<FromReader> = fc.oneof(
  fc.constantFrom<FromReader>({ kind: 'reader lost' }, { kind: 'disconnected' }, { kind: 'there' }),
  fc.record({ kind: fc.constant('reader appeared' as const), name: fc.string({ unit: 'binary' }) }),
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.record({
      present: fc.boolean(),
      changes: fc.nat(0xffffffff),
      atr: fc.uint8Array({ maxLength: 33 }),
    }),
  }),
  fc.record({ kind: fc.constant('connected' as const), protocol }),
  fc.record({ kind: fc.constant('replied' as const), bytes }),
  fc.record({
    kind: fc.constant('error' as const),
    code: fc.option(fc.nat(0xffffffff)),
  }),
)

/** Hears bytes cut at these places, and stops where the line breaks, as either end does. */
const heardInPieces = (
  decode: typeof decodeFromReader | typeof decodeToReader,
  whole: Uint8Array,
  cuts: number[],
) => {
  const places = [...cuts.map((cut) => cut % (whole.length + 1)), whole.length]
  const out: (FromReader | ToReader)[] = []
  let rest: Uint8Array = new Uint8Array()
  let from = 0
  for (const to of places.sort((a, b) => a - b)) {
    const next = decode(concat(rest, whole.subarray(from, to)))
    out.push(...next.out)
    rest = next.rest
    from = to
    if (next.broken) return { out, rest, broken: true }
  }
  return { out, rest, broken: false }
}

describe('the line of a card reader server', () => {
  it.each<[string, ToReader]>([
    ['000101', { kind: 'connect' }],
    ['000102', { kind: 'disconnect' }],
    ['000703010084000008', { kind: 'transmit', protocol: 1, bytes: fromHex('0084000008') }],
    ['000104', { kind: 'ask' }],
  ])('asks: %s', (hex, message) => {
    expect(toHex(encodeToReader(message))).toBe(hex)
    expect(decodeToReader(fromHex(hex))).toMatchObject({ out: [message], broken: false })
  })

  it.each<[string, FromReader]>([
    ['000381c3bc', { kind: 'reader appeared', name: 'ü' }],
    ['000182', { kind: 'reader lost' }],
    [
      '00088301000001023b00',
      { kind: 'status', status: { present: true, changes: 258, atr: fromHex('3b00') } },
    ],
    [
      '00068300fffffffe',
      { kind: 'status', status: { present: false, changes: 0xfffffffe, atr: fromHex('') } },
    ],
    ['00028402', { kind: 'connected', protocol: 2 }],
    ['0003859000', { kind: 'replied', bytes: fromHex('9000') }],
    ['000185', { kind: 'replied', bytes: fromHex('') }],
    ['00058680100069', { kind: 'error', code: 0x80100069 }],
    ['000186', { kind: 'error', code: null }],
    ['000187', { kind: 'disconnected' }],
    ['000188', { kind: 'there' }],
  ])('tells and answers: %s', (hex, message) => {
    expect(toHex(encodeFromReader(message))).toBe(hex)
    expect(decodeFromReader(fromHex(hex))).toMatchObject({ out: [message], broken: false })
  })

  it.each(['0000', '0201', 'ffff', '000100', '000181', '00020100', '000103', '00020303'])(
    'breaks at a request that is none: %s',
    (hex) => {
      const whole = fromHex(`000101${hex}000102`)
      expect(decodeToReader(whole)).toMatchObject({ out: [{ kind: 'connect' }], broken: true })
    },
  )

  it.each([
    '0000',
    '0201',
    '000101',
    '000189',
    '00028800',
    '00028200',
    '00058300000000',
    '0006830200000000',
    '000184',
    '00028403',
    '0003840101',
    '000286ff',
    '00028700',
  ])('breaks at an answer that is none: %s', (hex) => {
    const whole = fromHex(`000182${hex}000182`)
    expect(decodeFromReader(whole)).toMatchObject({ out: [{ kind: 'reader lost' }], broken: true })
  })

  it('says the same however the bytes are cut, and after any garbage', () => {
    const cuts = fc.array(fc.nat(), { maxLength: 12 })
    const garbage = fc.uint8Array({ maxLength: 8 })
    fc.assert(
      fc.property(fc.array(toReader, { maxLength: 5 }), garbage, cuts, (messages, junk, cuts) => {
        const whole = concat(...messages.map(encodeToReader), junk)
        const heard = heardInPieces(decodeToReader, whole, cuts)
        expect(heard).toEqual(decodeToReader(whole))
        expect(heard.out.slice(0, messages.length)).toEqual(messages)
      }),
    )
    fc.assert(
      fc.property(fc.array(fromReader, { maxLength: 5 }), garbage, cuts, (messages, junk, cuts) => {
        const whole = concat(...messages.map(encodeFromReader), junk)
        const heard = heardInPieces(decodeFromReader, whole, cuts)
        expect(heard).toEqual(decodeFromReader(whole))
        expect(heard.out.slice(0, messages.length)).toEqual(messages)
      }),
    )
  })
})
