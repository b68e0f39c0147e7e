// The bytes to a printer, held against devices.md 11.1 to 11.3.
import { describe, expect, it } from 'vitest'
import {
  askFullStatus,
  askPaperInTurn,
  askRealTime,
  automaticStatus,
  bold,
  characterSize,
  clearBuffers,
  cuts,
  doubleByte,
  feedLines,
  findRealTimeCommand,
  initialise,
  lineSpacing,
  presentTicket,
  qrCode,
  rasterImage,
  retractTicket,
  selectCodePage,
  tellProcess,
} from './codec.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('commands', () => {
  it.each([
    ['initialise', initialise, '1b40'],
    ['code page 858', selectCodePage(19), '1b7413'],
    ['double byte on', doubleByte(true), '1c26'],
    ['double byte off', doubleByte(false), '1c2e'],
    ['bold on', bold(true), '1b4501'],
    ['bold off', bold(false), '1b4500'],
    ['double size', characterSize(2), '1d2111'],
    ['normal size', characterSize(1), '1d2100'],
    ['line spacing', lineSpacing(32), '1b3320'],
    ['feed four lines', feedLines(4), '1b6404'],
    ['full cut', cuts.full, '1d5600'],
    ['partial cut', cuts.partial, '1d5601'],
    ['feed and cut', cuts.feedAndPartial, '1d564200'],
    ['the old cut', cuts.old, '1b69'],
    ['how is the printer?', askRealTime('printer'), '100401'],
    ['why offline?', askRealTime('offline'), '100402'],
    ['which error?', askRealTime('error'), '100403'],
    ['how is the paper?', askRealTime('paper'), '100404'],
    ['full status of Custom', askFullStatus, '100414'],
    ['clear the buffers', clearBuffers, '100502'],
    ['tell every change', automaticStatus(true), '1d61ff'],
    ['tell nothing', automaticStatus(false), '1d6100'],
    ['paper, in turn', askPaperInTurn, '1d7201'],
    ['process id', tellProcess('J001'), '1d2848060030304a303031'],
    ['retract', retractTicket, '1d6502'],
    ['present 12 steps', presentTicket(12), '1d65030c'],
  ])('%s', (_, bytes, wanted) => {
    expect(hex(bytes)).toBe(wanted)
  })

  it('a raster image has its width in bytes and its height in rows, low byte first', () => {
    const rows = [Uint8Array.of(0x80, 0x01), Uint8Array.of(0xff, 0x00), Uint8Array.of(0, 0)]
    expect(hex(rasterImage({ widthBytes: 2, rows }))).toBe('1d763000020003008001ff000000')
  })

  it('a QR code is model, size, correction, data and print', () => {
    const bytes = qrCode({ data: Buffer.from('WP1'), moduleDots: 5, correction: 'M' })
    expect(hex(bytes)).toBe(
      [
        '1d286b040031413200',
        '1d286b0300314305',
        '1d286b0300314531',
        '1d286b0600315030575031',
        '1d286b0300315130',
      ].join(''),
    )
  })

  it('the length of long QR data is in two bytes', () => {
    const bytes = qrCode({ data: new Uint8Array(300).fill(0x41), moduleDots: 3, correction: 'L' })
    expect(hex(bytes)).toContain('1d286b2f01315030')
  })

  it('a real-time command is found wherever it stands, and nothing else is taken for one', () => {
    expect(findRealTimeCommand(Uint8Array.of(1, 0x10, 0x10, 0x04, 1))).toBe(2)
    expect(findRealTimeCommand(Uint8Array.of(0x10, 0x05))).toBe(0)
    expect(findRealTimeCommand(Uint8Array.of(0x10, 0x14, 8))).toBe(0)
    expect(findRealTimeCommand(Uint8Array.of(0x10, 0x06, 0x04, 0x10))).toBe(-1)
  })
})
