import { describe, expect, it } from 'vitest'
import { decode, encode, inputCodeOf, type InputCode, type InputEvent } from './codec.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const key: InputCode = { of: 'key', code: 148 }
const door: InputCode = { of: 'switch', code: 0 }
const at = 1_795_000_000_250_000n

/** 2026-11-18 11:06:40.25: key 148 pressed, and its report. */
const pressed = [
  'C0 86 FD 6A 00 00 00 00  90 D0 03 00 00 00 00 00  01 00  94 00  01 00 00 00',
  'C0 86 FD 6A 00 00 00 00  90 D0 03 00 00 00 00 00  00 00  00 00  00 00 00 00',
]
  .join('')
  .replaceAll(' ', '')

const changes = (events: readonly InputEvent[]) => events.filter(({ kind }) => kind !== 'discarded')

describe('input events', () => {
  it('a key that is pressed is 24 bytes, and its report as many', () => {
    expect(
      Buffer.from(encode(key, 'on', at))
        .toString('hex')
        .toUpperCase(),
    ).toBe(pressed)
    expect(decode(hex(pressed))).toEqual({
      out: [{ kind: 'changed', input: key, on: true }, { kind: 'report' }],
      rest: new Uint8Array(),
    })
  })

  it.each([
    [key, 'on', true],
    [key, 'held', true],
    [key, 'off', false],
    [door, 'on', true],
    [door, 'off', false],
  ] as const)('%o %s is read as it was written', (input, how, on) => {
    expect(decode(encode(input, how, at)).out).toEqual([
      { kind: 'changed', input, on },
      { kind: 'report' },
    ])
  })

  it('the same come out however the bytes are torn', () => {
    const bytes = Uint8Array.of(...encode(key, 'on', at), ...encode(door, 'off', at))
    const whole = decode(bytes).out
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const first = decode(bytes.subarray(0, cut))
      const second = decode(Uint8Array.of(...first.rest, ...bytes.subarray(cut)))
      expect([...first.out, ...second.out], `torn at ${cut}`).toEqual(whole)
      expect(second.rest).toHaveLength(0)
    }
  })

  it('what is no event is passed over, and told', () => {
    for (let length = 1; length < 60; length += 1) {
      const garbage = new Uint8Array(length).fill(0xff)
      const { out, rest } = decode(Uint8Array.of(...garbage, ...encode(key, 'on', at)))
      expect(out[0], `${length} bytes`).toEqual({ kind: 'discarded', bytes: garbage })
      expect(changes(out)).toEqual([{ kind: 'changed', input: key, on: true }, { kind: 'report' }])
      expect(rest).toHaveLength(0)
    }
  })

  it.each([
    ['a value that no key has', '01 00 94 00 03 00 00 00'],
    ['a switch that is held', '05 00 00 00 02 00 00 00'],
    ['a type above the most', '20 00 00 00 00 00 00 00'],
  ])('%s is no event', (_, tail) => {
    const { out } = decode(hex(`C0 86 FD 6A 00 00 00 00 90 D0 03 00 00 00 00 00 ${tail}`))
    expect(changes(out)).toEqual([])
    expect(out).not.toEqual([])
  })

  it('scan codes and lost events are told as what they are', () => {
    const head = 'C0 86 FD 6A 00 00 00 00 90 D0 03 00 00 00 00 00'
    expect(decode(hex(`${head} 04 00 04 00 3A 00 07 00`)).out).toEqual([{ kind: 'other', type: 4 }])
    expect(decode(hex(`${head} 00 00 03 00 00 00 00 00`)).out).toEqual([{ kind: 'dropped' }])
  })
})

describe('the code of an input in a configuration', () => {
  it.each([
    ['key:148', key],
    ['switch:0', door],
    ['key:767', { of: 'key', code: 767 }],
  ])('%s is one', (text, code) => expect(inputCodeOf(text)).toEqual(code))

  it.each(['', '148', 'key:', 'key:768', 'switch:17', 'lamp:1', 'key:1 '])('"%s" is none', (text) =>
    expect(inputCodeOf(text)).toBeNull(),
  )
})
