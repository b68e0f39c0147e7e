// Bytes come back from a file as they went in, and pictures without dots take no room.
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { packedHex, unpackedHex } from './hex.ts'

const runs = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 40 })))
  .map((all) => Uint8Array.from(all.flatMap(([byte, times]) => Array(times).fill(byte))))

it('any bytes come back', () => {
  fc.assert(
    fc.property(fc.oneof(runs, fc.uint8Array({ maxLength: 80 })), (bytes) => {
      const back = unpackedHex(packedHex(bytes))
      expect(back && [...back]).toEqual([...bytes])
    }),
  )
})

it('a run is written by its length', () => {
  expect(packedHex(Buffer.concat([Buffer.of(0x1d, 0x0a), Buffer.alloc(4600)]))).toBe(
    '1d0a(00*4600)',
  )
})

it.each(['1', 'xy', '0g', '(00*', '00)', '(0*3)'])('%s is no hex', (text) => {
  expect(unpackedHex(text)).toBeNull()
})
