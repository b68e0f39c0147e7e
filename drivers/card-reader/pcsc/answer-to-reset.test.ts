import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { historicalBytes, serialOfAtr } from './answer-to-reset.ts'

const historical = '500011223344556677454c4331'

describe('the answer to reset', () => {
  it.each([
    // power-card.md 15.3
    ['T=0', '3b6d0000500011223344556677454c4331'],
    ['T=1', '3bed00008131fe45500011223344556677454c4331cd'],
  ])('%s carries the serial in its historical bytes 2 to 9', (_protocol, atr) => {
    expect(toHex(historicalBytes(fromHex(atr)) ?? fromHex(''))).toBe(historical)
    expect(toHex(serialOfAtr(fromHex(atr)) ?? fromHex(''))).toBe('0011223344556677')
  })

  it.each([
    ['another first byte', `3b6d000051${historical.slice(2)}`],
    ['another name', '3b6d0000500011223344556677454c4332'],
    ['another length', '3b6c00005000112233445566774c4331'],
    ['what a contactless reader makes', '3b8f8001804f0ca0000003060300030000000068'],
    ['no historical bytes', '3b00'],
  ])('has no serial for us with %s', (_what, atr) => {
    expect(serialOfAtr(fromHex(atr))).toBeNull()
  })

  it('is read to its end from any bytes, at every length', () => {
    const whole = fromHex('3bed00008131fe45500011223344556677454c4331cd')
    for (let length = 0; length < whole.length - 1; length++) {
      expect(serialOfAtr(whole.subarray(0, length))).toBeNull()
    }
  })
})
