import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../domain/power-card/bytes.ts'
import { addReader, answer, cardIn, cardOut, decode, hello } from './vscard-codec.ts'

/** As QEMU 7.2 greets: version 0.0.2, no capabilities. */
const greeting = '00000001ffffffff0000000c565343440000000200000000'
const command = '00000007000000000000000500a4040000'

describe('the virtual smart card protocol', () => {
  it('greets as the reader does', () => {
    expect(toHex(hello())).toBe(greeting)
  })

  it('plugs a reader in, puts a card in and takes it out', () => {
    expect(toHex(addReader('slot'))).toBe('00000003ffffffff00000004736c6f74')
    expect(toHex(cardIn(fromHex('3b00')))).toBe('0000000500000000000000023b00')
    expect(toHex(cardOut())).toBe('000000060000000000000000')
  })

  it('answers a command', () => {
    expect(toHex(answer(fromHex('9000')))).toBe('0000000700000000000000029000')
  })

  it('hears two messages in one piece, and keeps the beginning of a third', () => {
    const { out, rest } = decode(fromHex(`${greeting}${command}0000`))
    expect(out).toEqual([{ kind: 'init' }, { kind: 'command', bytes: fromHex('00a4040000') }])
    expect(toHex(rest)).toBe('0000')
  })

  it('waits for the whole of a message', () => {
    const bytes = fromHex(command)
    for (let length = 0; length < bytes.length; length += 1) {
      expect(decode(bytes.slice(0, length)).out).toEqual([])
    }
  })

  it('hears how it went, and passes over what it has no use for', () => {
    expect(decode(fromHex('00000002000000000000000400000000')).out).toEqual([
      { kind: 'result', code: 0 },
    ])
    expect(decode(fromHex('00000002000000000000000100')).out).toEqual([
      { kind: 'discarded', type: 2 },
    ])
    expect(decode(fromHex('000000080000000000000000')).out).toEqual([
      { kind: 'discarded', type: 8 },
    ])
  })
})
