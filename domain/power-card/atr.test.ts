// Power-card.md 15.3: the answer to reset in both protocols, and the serial in it.
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { answerToReset, serialInAtr } from './atr.ts'
import { fromHex, toHex } from './bytes.ts'
import { publishedFiles, publishedSerial } from './vectors.ts'

const serial = fromHex(publishedSerial)
const history = `50${publishedSerial}454c4331`

describe('the answer to reset', () => {
  it.each([
    ['T=0' as const, publishedFiles.atrT0],
    ['T=1' as const, publishedFiles.atrT1],
  ])('15.3: %s', (protocol, atr) => {
    expect(toHex(answerToReset(serial, protocol))).toBe(atr)
    expect(serialInAtr(fromHex(atr))).toEqual(serial)
  })

  it.each([
    ['a contactless reader that keeps our form', `3b8d8001${history}00`],
    ['interface bytes of more protocols', `3b8d91ff01${history}00`],
    ['no interface bytes at all', `3b0d${history}`],
  ])('is found behind %s', (_, atr) => {
    expect(serialInAtr(fromHex(atr))).toEqual(serial)
  })

  it.each([
    ['nothing', ''],
    ['one byte', '3b'],
    ['another card', '3b6800000073c84013009000'],
    ['13 other bytes', '3b6d0000510011223344556677454c4331'],
    ['another application', '3b6d0000500011223344556677454c4332'],
    ['cut short', '3b6d0000500011223344556677454c43'],
    ['interface bytes without end', '3b80808080'],
  ])('carries no serial: %s', (_, atr) => {
    expect(serialInAtr(fromHex(atr))).toBeNull()
  })

  test('any bytes are looked at, never thrown at', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(serialInAtr(bytes)?.length ?? 8).toBe(8)
      }),
    )
  })
})
