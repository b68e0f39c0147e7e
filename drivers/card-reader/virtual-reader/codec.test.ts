import { assert, property, array, uint8Array, nat } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { decode, encode, type FromReader } from './codec.ts'

const decoded = (hex: string) => {
  const { out, rest } = decode(fromHex(hex))
  return { out, rest: toHex(rest) }
}

describe('the line of vpcd', () => {
  it.each<[string, FromReader]>([
    ['000100', { kind: 'power off' }],
    ['000101', { kind: 'power on' }],
    ['000102', { kind: 'reset' }],
    ['000104', { kind: 'get answer to reset' }],
    ['00050084000008', { kind: 'command', bytes: fromHex('0084000008') }],
    ['000103', { kind: 'discarded', bytes: fromHex('03') }],
    ['0000', { kind: 'discarded', bytes: fromHex('') }],
  ])('%s', (hex, message) => {
    expect(decoded(hex)).toEqual({ out: [message], rest: '' })
  })

  it('waits for the rest of a message', () => {
    expect(decoded('00010100')).toEqual({ out: [{ kind: 'power on' }], rest: '00' })
    expect(decoded('0005008400')).toEqual({ out: [], rest: '0005008400' })
  })

  it('gives the same messages however the bytes are cut', () => {
    const messages = array(uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 5 })
    assert(
      property(messages, array(nat(), { maxLength: 8 }), (bodies, cuts) => {
        const whole = concat(...bodies.map(encode))
        const places = [...cuts.map((cut) => cut % (whole.length + 1)), whole.length]
        let from = 0
        let rest: Uint8Array = new Uint8Array()
        const out: FromReader[] = []
        for (const to of places.sort((a, b) => a - b)) {
          const next = decode(concat(rest, whole.subarray(from, to)))
          out.push(...next.out)
          rest = next.rest
          from = to
        }
        expect({ out, rest }).toEqual(decode(whole))
      }),
    )
  })

  it('answers with length and bytes', () => {
    expect(toHex(encode(fromHex('6d00')))).toBe('00026d00')
  })
})
