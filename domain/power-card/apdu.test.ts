// The commands of power-card.md 15.4 and the FCIs of 15.3 and 15.8, and FCIs as no card of ours would send them.
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  answerOf,
  fciOf,
  getChallenge,
  getResponse,
  internalAuthenticate,
  lengthIn,
  macedRead,
  readBinary,
  readRecord,
  selectApplication,
  selectFile,
} from './apdu.ts'
import { concat, fromHex, toHex } from './bytes.ts'
import { tagged, tagsIn } from './tlv.ts'
import { publishedFiles, publishedOpening, publishedSerial, run } from './vectors.ts'

describe('15.4: commands', () => {
  it.each([
    ['00a404000af050504d532e454c4331', selectApplication()],
    ['00a4000002ef02', selectFile(0xef02)],
    ['00c000002c', getResponse(0x2c)],
    ['00c0000000', getResponse(256)],
    ['00b081003c', readBinary(1, 0, 60)],
    ['00b0820028', readBinary(2, 0, 40)],
    ['00b0850080', readBinary(5, 0, 128)],
    ['00b0850000', readBinary(5, 0, 256)],
    ['00b2013420', readRecord(1)],
    ['0088000108a0a1a2a3a4a5a6a7', internalAuthenticate(run(0xa0))],
    ['04b0820008a0a1a2a3a4a5a6a7', macedRead(2, run(0xa0))],
    ['04b0850008a0a1a2a3a4a5a6a7', macedRead(5, run(0xa0))],
    ['0084000008', getChallenge()],
  ])('%s', (hex, command) => {
    expect(toHex(command)).toBe(hex)
  })

  test('an answer is data and a status word, or the outcome is unknown', () => {
    expect(answerOf(fromHex('b0b19000'))).toEqual({ data: fromHex('b0b1'), statusWord: 0x9000 })
    expect(answerOf(fromHex('6a82'))).toEqual({ data: new Uint8Array(), statusWord: 0x6a82 })
    expect(answerOf(fromHex('90'))).toBeNull()
    expect(answerOf(new Uint8Array())).toBeNull()
    expect([lengthIn(0x612c), lengthIn(0x6c00)]).toEqual([44, 256])
  })
})

describe('the answer to SELECT', () => {
  const said = {
    serial: fromHex(publishedSerial),
    applicationVersion: 1,
    profile: 2,
    tries: { K_EA: 10, K_EM: 10, K_AD: 5 },
  }

  test('15.3: issued', () => {
    const fci = fciOf(fromHex(publishedFiles.fci))
    expect(fci).toEqual({ ...said, keyVersion: 1, issued: true })
  })

  test('15.8: not issued', () => {
    const fci = fciOf(fromHex(publishedOpening.fciUnissued))
    expect(fci).toEqual({ ...said, keyVersion: 0, issued: false })
  })

  const name = tagged(0x84, fromHex('f050504d532e454c4331'))
  const own = [
    tagged(0xc5, 10, 10, 5),
    tagged(0xc4, 5),
    tagged(0xc3, 0, 1),
    tagged(0xc9, 1, 2, 3),
    tagged(0xc2, 2),
    tagged(0xc1, 1),
    tagged(0xc0, fromHex(publishedSerial)),
  ]

  test('tags are found in any order, among others, and with long lengths', () => {
    const expected = { ...said, keyVersion: 1, issued: true }
    const inner = concat(tagged(0xa5, ...own), 0x00, tagged(0x50, 0x41), name)
    expect(fciOf(tagged(0x6f, inner))).toEqual(expected)
    expect(fciOf(concat(0x6f, 0x81, inner.length, inner, 0x00, 0x00))).toEqual(expected)
  })

  test('is not ours when a tag is missing, has another length, or names another application', () => {
    for (let missing = 0; missing < own.length; missing++) {
      if (missing === 3) continue
      const rest = own.filter((_, at) => at !== missing)
      expect(fciOf(tagged(0x6f, name, tagged(0xa5, ...rest)))).toBeNull()
    }
    const short = [tagged(0xc0, fromHex('00112233445566')), ...own.slice(0, -1)]
    expect(fciOf(tagged(0x6f, name, tagged(0xa5, ...short)))).toBeNull()
    const other = tagged(0x84, fromHex('f050504d532e454c4332'))
    expect(fciOf(tagged(0x6f, other, tagged(0xa5, ...own)))).toBeNull()
    expect(fciOf(tagged(0x6f, tagged(0xa5, ...own)))).toBeNull()
  })

  test('cut anywhere, it describes nothing', () => {
    const whole = fromHex(publishedFiles.fci)
    for (let length = 0; length < whole.length; length++) {
      expect(fciOf(whole.subarray(0, length))).toBeNull()
    }
  })

  test('any bytes are read or refused, never thrown at', () => {
    const whole = fromHex(publishedFiles.fci)
    const flipped = fc
      .tuple(fc.nat(whole.length - 1), fc.nat(255))
      .map(([at, byte]) => whole.with(at, byte))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), flipped), (bytes) => {
        expect(fciOf(bytes)?.serial.length ?? 8).toBe(8)
      }),
    )
  })

  test('a tag that promises more than there is makes the whole unreadable', () => {
    expect(tagsIn(fromHex('c10201'))).toBeNull()
    expect(tagsIn(fromHex('c1'))).toBeNull()
    expect(tagsIn(fromHex('c181'))).toBeNull()
    expect(tagsIn(fromHex('c18201'))).toBeNull()
    expect(() => tagged(0xc1, new Uint8Array(128))).toThrow(RangeError)
  })
})
