// SSP frames: the published ones, every way of cutting them up, and everything that is not a frame.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOfHex, hexOf } from './bytes.ts'
import { decode, encode, type Decoded, type Frame } from './codec.ts'

const published = [
  { hex: '7F 80 01 11 65 82', data: '11', of: 'sync' },
  { hex: '7F 80 01 F0 23 80', data: 'F0', of: 'ok' },
  { hex: '7F 80 01 01 06 02', data: '01', of: 'reset' },
  { hex: '7F 80 02 06 08 03 94', data: '06 08', of: 'protocol 8' },
  { hex: '7F 80 02 06 09 06 14', data: '06 09', of: 'protocol 9' },
  { hex: '7F 80 01 F8 10 00', data: 'F8', of: 'refused' },
  { hex: '7F 80 01 07 12 02', data: '07', of: 'poll' },
  { hex: '7F 80 03 F0 F1 E8 BF 8C', data: 'F0 F1 E8', of: 'reset, disabled' },
  { hex: '7F 80 04 F0 EE 01 EB B9 48', data: 'F0 EE 01 EB', of: 'credit 1, stacked' },
  { hex: '7F 80 03 F0 EF 00 CF CA', data: 'F0 EF 00', of: 'reading' },
  { hex: '7F 80 03 F0 EF 03 C5 CA', data: 'F0 EF 03', of: 'escrow channel 3' },
  { hex: '7F 80 03 F0 EE 04 D7 CC', data: 'F0 EE 04', of: 'credit channel 4' },
  { hex: '7F 80 02 F0 CC 97 A2', data: 'F0 CC', of: 'stacking' },
  { hex: '7F 80 02 F0 EB 45 A2', data: 'F0 EB', of: 'stacked' },
  { hex: '7F 80 02 F0 ED 51 A2', data: 'F0 ED', of: 'rejecting' },
  { hex: '7F 80 02 F0 EC 54 22', data: 'F0 EC', of: 'rejected' },
  { hex: '7F 80 02 F0 E9 4A 22', data: 'F0 E9', of: 'unsafe jam' },
  { hex: '7F 80 02 F0 E8 4F A2', data: 'F0 E8', of: 'disabled' },
  { hex: '7F 80 02 F0 E7 6D A2', data: 'F0 E7', of: 'stacker full' },
  { hex: '7F 80 03 F0 E6 02 C0 7C', data: 'F0 E6 02', of: 'fraud, channel 2' },
  { hex: '7F 80 02 F0 E3 76 22', data: 'F0 E3', of: 'cashbox out' },
  { hex: '7F 80 02 F0 E4 67 A2', data: 'F0 E4', of: 'cashbox in' },
  { hex: '7F 80 03 F0 E1 00 CC 6E', data: 'F0 E1 00', of: 'cleared from front' },
  { hex: '7F 80 03 F0 E2 02 C3 E4', data: 'F0 E2 02', of: 'cleared to cashbox, channel 2' },
  { hex: '7F 80 02 F0 E0 7C 22', data: 'F0 E0', of: 'path open' },
  { hex: '7F 80 02 F0 B5 82 23', data: 'F0 B5', of: 'all inhibited' },
  { hex: '7F 80 02 F0 B6 88 23', data: 'F0 B6', of: 'initialising' },
  { hex: '7F 80 01 F5 3D 80', data: 'F5', of: 'cannot process' },
  { hex: '7F 80 01 0C 2B 82', data: '0C', of: 'serial number?' },
  { hex: '7F 80 05 F0 00 1C 96 2C D4 97', data: 'F0 00 1C 96 2C', of: 'serial 1873452' },
  { hex: '7F 80 01 09 35 82', data: '09', of: 'disable' },
  { hex: '7F 80 01 0A 3F 82', data: '0A', of: 'enable' },
  { hex: '7F 80 03 02 07 00 2B B6', data: '02 07 00', of: 'inhibits, channels 1 to 3' },
  { hex: '7F 80 03 02 FF FF 25 A4', data: '02 FF FF', of: 'inhibits, all' },
  { hex: '7F 80 01 08 30 02', data: '08', of: 'reject escrow' },
  { hex: '7F 80 01 18 53 82', data: '18', of: 'hold' },
  { hex: '7F 80 01 17 71 82', data: '17', of: 'last reject?' },
  { hex: '7F 80 02 F0 08 0C 20', data: 'F0 08', of: 'rejected by host' },
  { hex: '7F 80 01 56 F7 83', data: '56', of: 'poll with ack' },
  { hex: '7F 80 01 57 F2 03', data: '57', of: 'event ack' },
  { hex: '7F 80 04 F0 CC EE 01 62 AA', data: 'F0 CC EE 01', of: 'stacking, credit 1' },
  { hex: '7F 80 01 58 D0 03', data: '58', of: 'counters?' },
  {
    hex: '7F 80 16 F0 05 11 00 00 00 28 00 00 00 23 00 00 00 0A 00 00 00 10 00 00 00 72 B7',
    data: 'F0 05 11 00 00 00 28 00 00 00 23 00 00 00 0A 00 00 00 10 00 00 00',
    of: 'counters 17, 40, 35, 10, 16',
  },
  { hex: '7F 80 01 05 1D 82', data: '05', of: 'setup?' },
  {
    hex: '7F 80 17 F0 00 30 31 30 30 47 42 50 00 00 01 03 05 0A 14 02 02 02 40 00 00 05 61 81',
    data: 'F0 00 30 31 30 30 47 42 50 00 00 01 03 05 0A 14 02 02 02 40 00 00 05',
    of: 'setup: GBP 5, 10, 20',
  },
  {
    hex: '7F 80 09 4A C5 05 8F 3A 00 00 00 00 B2 73',
    data: '4A C5 05 8F 3A 00 00 00 00',
    of: 'generator',
  },
  {
    hex: '7F 80 09 4B 8D A6 13 00 00 00 00 00 6C F6',
    data: '4B 8D A6 13 00 00 00 00 00',
    of: 'modulus',
  },
  {
    hex: '7F 80 09 4C 79 C8 9C E2 DE 06 00 00 9D 52',
    data: '4C 79 C8 9C E2 DE 06 00 00',
    of: 'key exchange',
  },
  {
    hex: '7F 80 09 F0 23 68 1B FA E5 3C 27 DB 80 8A',
    data: 'F0 23 68 1B FA E5 3C 27 DB',
    of: 'key exchange, answer',
  },
  {
    hex: '7F 80 09 60 67 45 23 01 67 45 23 01 BF 6F',
    data: '60 67 45 23 01 67 45 23 01',
    of: 'set fixed key',
  },
  { hex: '7F 00 01 07 11 88', data: '07', of: 'poll, bit 0' },
  { hex: '7F 00 01 0A 3C 08', data: '0A', of: 'enable, bit 0' },
  { hex: '7F 00 01 09 36 08', data: '09', of: 'disable, bit 0' },
  { hex: '7F 00 01 01 05 88', data: '01', of: 'reset, bit 0' },
  { hex: '7F 80 03 02 7C 00 2E 2C', data: '02 7C 00', of: 'inhibits 7C 00' },
  { hex: '7F 00 03 02 7F 7F 00 2D 9A', data: '02 7F 00', of: 'inhibits 7F 00, stuffed' },
  { hex: '7F 00 04 F0 F1 E2 02 C4 81', data: 'F0 F1 E2 02', of: 'reset, cleared to cashbox 2' },
  { hex: '7F 00 04 F0 CC EE 02 E3 2A', data: 'F0 CC EE 02', of: 'stacking, credit 2' },
  {
    hex: '7F 80 09 4C D1 45 11 00 00 00 00 00 A9 B9',
    data: '4C D1 45 11 00 00 00 00 00',
    of: 'key exchange of the worked example',
  },
  {
    hex: '7F 00 11 7E 8F 65 4B 95 57 52 A4 19 B4 3F A3 59 58 51 1D B1 88 2C',
    data: '7E 8F 65 4B 95 57 52 A4 19 B4 3F A3 59 58 51 1D B1',
    of: 'encrypted poll of the worked example',
  },
]

const frameOf = ({ hex, data }: { hex: string; data: string }): Frame => ({
  kind: 'frame',
  sequence: hex.startsWith('7F 80') ? 1 : 0,
  address: 0,
  data: bytesOfHex(data),
})

describe('the frames of devices.md 3.5', () => {
  test.each(published)('$of is read', (row) => {
    expect(decode(bytesOfHex(row.hex))).toEqual({ out: [frameOf(row)], rest: new Uint8Array() })
  })

  test.each(published)('$of is written', (row) => {
    expect(hexOf(encode(frameOf(row)))).toBe(row.hex)
  })

  test('a misprint of the manual is a frame like any other: its checksum was printed to fit', () => {
    const { out } = decode(bytesOfHex('7F 80 03 F0 F1 F8 DC 0C'))
    expect(out).toEqual([{ kind: 'frame', sequence: 1, address: 0, data: bytesOfHex('F0 F1 F8') }])
  })
})

/** Feeds chunk after chunk as a line would. */
const decodeChunks = (chunks: readonly Uint8Array[]): Decoded =>
  chunks.reduce<Decoded>(
    ({ out, rest }, chunk) => {
      const next = decode(Uint8Array.of(...rest, ...chunk))
      return { out: [...out, ...next.out], rest: next.rest }
    },
    { out: [], rest: new Uint8Array() },
  )

const framesOf = ({ out }: Decoded): Frame[] => out.filter((one) => one.kind === 'frame')

const anyFrame: fc.Arbitrary<Frame> = fc.record({
  kind: fc.constant('frame'),
  sequence: fc.constantFrom(0, 1),
  address: fc.integer({ min: 0, max: 0x7d }),
  // Many 7F, so that stuffing has work to do.
  data: fc
    .array(fc.oneof(fc.constant(0x7f), fc.integer({ min: 0, max: 255 })), { maxLength: 255 })
    .map((bytes) => Uint8Array.from(bytes)),
})

describe('cut up, run together, disturbed', () => {
  test('all published frames in one chunk are all read', () => {
    const { out } = decode(Uint8Array.from(published.flatMap(({ hex }) => [...bytesOfHex(hex)])))
    expect(out).toEqual(published.map(frameOf))
  })

  test.each(published)('$of cut in two anywhere is the same frame', (row) => {
    const bytes = bytesOfHex(row.hex)
    for (let cut = 0; cut <= bytes.length; cut++) {
      const cutUp = decodeChunks([bytes.subarray(0, cut), bytes.subarray(cut)])
      expect(cutUp).toEqual({ out: [frameOf(row)], rest: new Uint8Array() })
    }
  })

  test('any bytes byte by byte give the same frames as all at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyFrame.map(encode), noise(20)), { maxLength: 5 }),
        (parts) => {
          const bytes = Uint8Array.from(parts.flatMap((part) => [...part]))
          const singly = decodeChunks(Array.from(bytes, (byte) => Uint8Array.of(byte)))
          const whole = decode(bytes)
          expect(framesOf(singly)).toEqual(framesOf(whole))
          expect(singly.rest).toEqual(whole.rest)
          expect(discardedBytes(singly)).toEqual(discardedBytes(whole))
        },
      ),
    )
  })

  test('a frame of any data comes back as it went', () => {
    fc.assert(
      fc.property(anyFrame, (frame) => {
        expect(decode(encode(frame)).out).toEqual([frame])
      }),
    )
  })

  test('nothing that can come down the line makes the reader throw or lose a byte', () => {
    fc.assert(
      fc.property(noise(600), (bytes) => {
        const read = decode(bytes)
        const frames = framesOf(read).reduce((sum, frame) => sum + encode(frame).length, 0)
        expect(discardedBytes(read).length + frames + read.rest.length).toBe(bytes.length)
      }),
    )
  })

  test('any noise is over when the frame after it has come', () => {
    fc.assert(
      fc.property(noise(40), anyFrame, anyFrame, (noisy, first, second) => {
        const bytes = Uint8Array.of(...noisy, ...encode(first), ...encode(second))
        // A 7F at the end of the noise may take the first frame with it; never the second.
        expect(framesOf(decode(bytes)).at(-1)).toEqual(second)
      }),
    )
  })

  test('a frame with a wrong checksum is reported and the next one is read', () => {
    const [bad, good] = [bytesOfHex('7F 80 01 F0 23 81'), bytesOfHex('7F 80 01 F0 23 80')]
    expect(decode(Uint8Array.of(...bad, ...good)).out).toEqual([
      { kind: 'discarded', why: 'bad checksum', bytes: bad },
      { kind: 'frame', sequence: 1, address: 0, data: Uint8Array.of(0xf0) },
    ])
  })

  test('a single 7F inside a frame begins a new one', () => {
    const { out } = decode(bytesOfHex('7F 80 03 F0 EE 7F 80 01 F0 23 80'))
    expect(out).toEqual([
      { kind: 'discarded', why: 'cut short', bytes: bytesOfHex('7F 80 03 F0 EE') },
      { kind: 'frame', sequence: 1, address: 0, data: Uint8Array.of(0xf0) },
    ])
  })

  test('noise before a frame is reported and the frame is read, also when the noise is 7F', () => {
    for (const noisy of ['00 FF 13', '7F', '7F 7F', '7F FE', '7F 7F 7F']) {
      const { out } = decode(bytesOfHex(`${noisy} 7F 80 01 F0 23 80`))
      expect(out.at(-1)).toMatchObject({ kind: 'frame', data: Uint8Array.of(0xf0) })
      expect(discardedBytes({ out })).toEqual(bytesOfHex(noisy))
    }
  })

  test('a frame that has only begun is kept for later', () => {
    expect(decode(bytesOfHex('7F 80 03 F0'))).toEqual({ out: [], rest: bytesOfHex('7F 80 03 F0') })
  })
})

const noise = (maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc
    .array(fc.oneof(fc.constantFrom(0x7f, 0x80, 0x00, 0x01), fc.integer({ min: 0, max: 255 })), {
      maxLength,
    })
    .map((bytes) => Uint8Array.from(bytes))

const discardedBytes = ({ out }: Pick<Decoded, 'out'>): Uint8Array =>
  Uint8Array.from(out.flatMap((one) => (one.kind === 'discarded' ? [...one.bytes] : [])))
