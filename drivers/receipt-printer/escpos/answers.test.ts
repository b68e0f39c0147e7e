// The bytes a printer sends: every kind of answer, in any pieces, with any noise around them (devices.md 11.1, 11.2).
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeAnswers, type Answer, type Dialect } from './answers.ts'
import { faultsOfAutomaticStatus, faultsOfRound, obstacle, ticketAtExit } from './status.ts'

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

const decodeAll = (chunks: readonly Uint8Array[], dialect: Dialect): Answer[] => {
  const all: Answer[] = []
  let rest: Uint8Array = Uint8Array.of()
  for (const chunk of chunks) {
    const decoded = decodeAnswers(Uint8Array.of(...rest, ...chunk), dialect)
    all.push(...decoded.answers)
    rest = decoded.rest
  }
  return all
}

const round = (status: Partial<Parameters<typeof faultsOfRound>[0]>) =>
  faultsOfRound({ printer: 0x12, offline: 0x12, error: 0x12, paper: 0x12, full: null, ...status })

describe('an answer', () => {
  it.each<[string, string, Answer]>([
    ['real-time status', '12', { kind: 'real-time status', status: 0x12 }],
    ['paper out, to 10 04 1', '1A', { kind: 'real-time status', status: 0x1a }],
    ['paper out, to 10 04 2', '32', { kind: 'real-time status', status: 0x32 }],
    ['paper out, to 10 04 4', '7E', { kind: 'real-time status', status: 0x7e }],
    ['automatic status', '10 00 00 0F', { kind: 'automatic status', status: [16, 0, 0, 15] }],
    ['cover open', '38 00 00 0F', { kind: 'automatic status', status: [0x38, 0, 0, 15] }],
    ['paper in turn', '00', { kind: 'paper in turn', status: 0 }],
    ['paper in turn, near end', '03', { kind: 'paper in turn', status: 3 }],
    ['process id', '37 22 4A 30 30 31 00', { kind: 'process', id: 'J001' }],
    ['XOFF', '13', { kind: 'flow', may: 'stop' }],
    ['XON', '11', { kind: 'flow', may: 'go' }],
    ['nothing we know', '9A', { kind: 'discarded', why: 'unexpected byte', byte: 0x9a }],
  ])('%s', (_, hex, answer) => {
    expect(decodeAnswers(bytes(hex), 'epson')).toEqual({ answers: [answer], rest: bytes('') })
  })

  it('full status of Custom: 10 0F and four bytes, which others would begin an automatic status with', () => {
    expect(decodeAll([bytes('10 0F 20 02 01 40')], 'custom')).toEqual([
      { kind: 'full status', status: { paper: 0x20, user: 2, recoverable: 1, fatal: 0x40 } },
    ])
    expect(decodeAll([bytes('10 00 00 0F')], 'custom')).toEqual([
      { kind: 'automatic status', status: [16, 0, 0, 15] },
    ])
  })

  const stream = bytes('12 10 00 00 0F 13 1A 37 22 4A 30 30 31 00 11 38 08 0C 0F 00 7E')
  it('is the same however the bytes are cut', () => {
    const whole = decodeAll([stream], 'epson')
    expect(whole).toHaveLength(9)
    for (let first = 0; first <= stream.length; first += 1) {
      for (let second = first; second <= stream.length; second += 1) {
        const pieces = [
          stream.subarray(0, first),
          stream.subarray(first, second),
          stream.subarray(second),
        ]
        expect(decodeAll(pieces, 'epson')).toEqual(whole)
      }
    }
  })

  it('is the same however any bytes are cut, for both dialects', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.nat(40),
        fc.constantFrom<Dialect>('epson', 'custom'),
        (any, cut, dialect) => {
          const pieces = [any.subarray(0, cut), any.subarray(cut)]
          expect(decodeAll(pieces, dialect)).toEqual(decodeAll([any], dialect))
        },
      ),
    )
  })

  it('is found again after noise, whatever came before it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (noise) => {
        // Nothing waits for more than six bytes, so what follows is read at the latest from then on.
        const after = bytes('12 12 12 12 12 12 12 12 37 22 4A 30 30 31 00')
        const answers = decodeAll([noise, after], 'epson')
        expect(answers.at(-1)).toEqual({ kind: 'process', id: 'J001' })
      }),
    )
  })

  it('that is broken off gives up its first byte alone', () => {
    expect(decodeAll([bytes('10 00 12')], 'epson')).toEqual([
      { kind: 'discarded', why: 'broken block', byte: 0x10 },
      { kind: 'paper in turn', status: 0 },
      { kind: 'real-time status', status: 0x12 },
    ])
  })
})

describe('what the bits mean', () => {
  it.each([
    ['a healthy printer', round({}), []],
    [
      'paper out, as published',
      round({ printer: 0x1a, offline: 0x32, paper: 0x7e }),
      ['paper out'],
    ],
    ['paper low', round({ paper: 0x1e }), ['paper low']],
    ['cover open', round({ printer: 0x1a, offline: 0x16 }), ['cover open']],
    ['cutter', round({ printer: 0x1a, offline: 0x52, error: 0x1a }), ['cutter']],
    ['head hot', round({ printer: 0x1a, offline: 0x52, error: 0x52 }), ['too hot']],
    ['unrecoverable', round({ printer: 0x1a, offline: 0x52, error: 0x32 }), ['broken']],
    ['an error without a name', round({ printer: 0x1a, offline: 0x52 }), ['broken']],
    ['offline by its button', round({ printer: 0x1a }), ['offline']],
    [
      'cover open and no paper',
      round({ printer: 0x1a, offline: 0x36, paper: 0x7e }),
      ['cover open', 'paper out'],
    ],
    [
      'Custom: a jam',
      round({ full: { paper: 0, user: 0, recoverable: 0x40, fatal: 0 } }),
      ['broken'],
    ],
    [
      'Custom: near end and virtual end',
      round({ full: { paper: 0x44, user: 0, recoverable: 0, fatal: 0 } }),
      ['paper low'],
    ],
    ['ASB: healthy', faultsOfAutomaticStatus([0x10, 0, 0, 0x0f]), []],
    ['ASB: cover', faultsOfAutomaticStatus([0x38, 0, 0, 0x0f]), ['cover open']],
    ['ASB: paper end', faultsOfAutomaticStatus([0x18, 0, 0x0f, 0x0f]), ['paper out']],
    ['ASB: near end', faultsOfAutomaticStatus([0x10, 0, 0x03, 0x0f]), ['paper low']],
    ['ASB: cutter', faultsOfAutomaticStatus([0x18, 0x08, 0, 0x0f]), ['cutter']],
    ['ASB: offline', faultsOfAutomaticStatus([0x18, 0, 0, 0x0f]), ['offline']],
  ])('%s', (_, found, wanted) => {
    expect(found).toEqual(wanted)
  })

  it('low paper stops no receipt; everything else does', () => {
    expect(obstacle(['paper low'])).toBeNull()
    expect(obstacle(['cutter', 'paper low'])).toBe('cutter')
  })

  it('a ticket at the exit is known from Custom only', () => {
    const healthy = { printer: 0x12, offline: 0x12, error: 0x12, paper: 0x12 }
    expect(ticketAtExit({ ...healthy, full: null })).toBe(false)
    const full = { paper: 0x20, user: 0, recoverable: 0, fatal: 0 }
    expect(ticketAtExit({ ...healthy, full })).toBe(true)
  })
})
