// ZVT frames: those of devices.md 10.11 in both directions, every way of cutting them up, and everything that is not a frame.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeApdus, encodeApdu, type Apdu } from './apdu.ts'
import { bytesOfHex, hexOf } from './bytes.ts'
import { decodeFrames, encodeFrame } from './frames.ts'
import { vectors } from './vectors.ts'

const apduOf = (hex: string): Apdu => {
  const bytes = bytesOfHex(hex)
  return { control: (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0), data: bytes.slice(3) }
}

describe('the frames of devices.md 10.11', () => {
  test.each(vectors)('$of is read', ({ frame, apdu }) => {
    expect(decodeFrames(bytesOfHex(frame))).toEqual({
      out: [{ kind: 'frame', apdu: apduOf(apdu) }],
      rest: new Uint8Array(),
    })
  })

  test.each(vectors)('$of is written', ({ frame, apdu }) => {
    expect(hexOf(encodeFrame(apduOf(apdu)))).toBe(frame)
  })

  test.each(vectors)('$of is the same over TCP, without a frame', ({ apdu }) => {
    expect(hexOf(encodeApdu(apduOf(apdu)))).toBe(apdu)
    expect(decodeApdus(bytesOfHex(apdu))).toEqual({ out: [apduOf(apdu)], rest: new Uint8Array() })
  })
})

const anyApdu: fc.Arbitrary<Apdu> = fc.record({
  control: fc.integer({ min: 0, max: 0xffff }),
  data: fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    // Full of what has to be doubled, and of what looks like the end.
    fc
      .array(fc.constantFrom(0x10, 0x03, 0x02, 0x06, 0x15), { maxLength: 30 })
      .map((bytes) => Uint8Array.from(bytes)),
  ),
})

const cut = (bytes: Uint8Array, places: readonly number[]): Uint8Array[] => {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  )
  return at.slice(1).map((end, index) => bytes.slice(at[index], end))
}

const decodeInPieces = (pieces: readonly Uint8Array[]) => {
  const out: ReturnType<typeof decodeFrames>['out'] = []
  let rest: Uint8Array = Uint8Array.of()
  for (const piece of pieces) {
    const decoded = decodeFrames(Uint8Array.of(...rest, ...piece))
    out.push(...decoded.out)
    rest = decoded.rest
  }
  return { out, rest }
}

describe('whatever the line does', () => {
  test('every APDU comes back from its frame', () => {
    fc.assert(
      fc.property(anyApdu, (apdu) => {
        expect(decodeFrames(encodeFrame(apdu)).out).toEqual([{ kind: 'frame', apdu }])
      }),
    )
  })

  test('an APDU longer than 254 bytes has its length low byte first', () => {
    const long = { control: 0x06d3, data: new Uint8Array(300).fill(0x10) }
    expect(hexOf(encodeApdu(long)).slice(0, 14)).toBe('06 D3 FF 2C 01')
    expect(decodeFrames(encodeFrame(long)).out).toEqual([{ kind: 'frame', apdu: long }])
    expect(decodeApdus(encodeApdu(long)).out).toEqual([long])
  })

  test('chunks make no difference, on the serial line and over TCP', () => {
    fc.assert(
      fc.property(
        fc.array(anyApdu, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (apdus, places) => {
          const serial = Uint8Array.from(apdus.flatMap((one) => [0x06, ...encodeFrame(one)]))
          expect(decodeInPieces(cut(serial, places))).toEqual({
            out: apdus.flatMap((apdu) => [{ kind: 'ack' }, { kind: 'frame', apdu }]),
            rest: new Uint8Array(),
          })
          let rest: Uint8Array = Uint8Array.of()
          const heard: Apdu[] = []
          for (const piece of cut(
            Uint8Array.from(apdus.flatMap((one) => [...encodeApdu(one)])),
            places,
          )) {
            const decoded = decodeApdus(Uint8Array.of(...rest, ...piece))
            heard.push(...decoded.out)
            rest = decoded.rest
          }
          expect(heard).toEqual(apdus)
        },
      ),
    )
  })

  test('garbage never ends the reading, and the next good frame is read once it is over', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), anyApdu, (garbage, apdu) => {
        // Garbage may be the beginning of a frame: what ends it is the frame's own beginning, or one frame that is lost with it.
        const { out } = decodeFrames(
          Uint8Array.of(...garbage, ...encodeFrame(apdu), ...encodeFrame(apdu)),
        )
        expect(out.at(-1)).toEqual({ kind: 'frame', apdu })
      }),
      { numRuns: 2_000 },
    )
  })

  test('a changed byte is never read as another APDU', () => {
    fc.assert(
      fc.property(anyApdu, fc.nat(), fc.integer({ min: 1, max: 255 }), (apdu, place, change) => {
        const bytes = encodeFrame(apdu)
        const at = place % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ change
        for (const one of decodeFrames(bytes).out) expect(one.kind).not.toBe('frame')
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['a wrong checksum', '10 02 80 00 00 10 03 F5 1E', 'bad checksum'],
    ['a length that does not fit', '10 02 06 0F 02 10 03 76 00', 'bad length'],
    ['a frame that begins in another one', '10 02 06 01 10 02 80 00 00 10 03 F5 1F', 'cut short'],
    ['noise', '00 55 FF 80', 'noise'],
  ])('%s is a value, not an exception', (_, hex, why) => {
    const [first] = decodeFrames(bytesOfHex(hex)).out
    expect(first).toMatchObject({ kind: 'discarded', why })
  })

  test('a frame without its checksum does not swallow the beginning of the next one', () => {
    const { out } = decodeFrames(bytesOfHex('10 02 80 00 00 10 03 10 02 84 9C 00 10 03 C3 41'))
    expect(out).toMatchObject([
      { why: 'bad checksum' },
      { kind: 'frame', apdu: { control: 0x849c } },
    ])
  })

  test('an acknowledgement in the checksum of a damaged frame is none', () => {
    const { out } = decodeFrames(bytesOfHex('10 02 80 00 00 10 03 06 15'))
    expect(out).toMatchObject([{ kind: 'discarded', why: 'bad checksum' }])
  })
})
