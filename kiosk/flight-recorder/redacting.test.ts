// Nothing that says who somebody is, or what lets somebody pretend to be a device, gets into a recording.
import * as fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../drivers/note-acceptor/ssp/codec.ts'
import { code, plain, setKeyNumber } from '../../drivers/note-acceptor/ssp/commands.ts'
import { lowByteFirstBytes } from '../../drivers/note-acceptor/ssp/bytes.ts'
import { composeJob } from '../../drivers/receipt-printer/escpos/job.ts'
import { printerModels } from '../../drivers/receipt-printer/escpos/models.ts'
import { slip } from '../../test/flight-recorder/rig.ts'
import { redactedEvent, withoutNumbers } from './redacting.ts'
import { redactedPrint } from './redacting-escpos.ts'
import { redactingSsp } from './redacting-ssp.ts'

const names = ['name', 'card', 'serial', 'meter', 'fci', 'why', 'code', 'value', 'unit', 'found']
const digits = fc.stringMatching(/^[A-Za-z ]{0,4}\d{8,14}[a-z]{0,3}$/)
const anyMember = fc.oneof(
  digits,
  fc.nat(),
  fc.string(),
  fc.bigInt(),
  fc.constant(() => 'a line'),
)
const anyEvent = fc.record({
  type: fc.constantFrom(
    'note.escrowed',
    'card.inserted',
    'press.digit',
    'sale.ended',
    'journal.failed',
  ),
  members: fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof(anyMember, fc.dictionary(fc.constantFrom(...names), anyMember), fc.array(anyMember)),
  ),
})

describe('an event', () => {
  it('carries no number of eight and more digits, whatever is in it', () => {
    fc.assert(
      fc.property(anyEvent, ({ type, members }) => {
        const left = JSON.stringify(redactedEvent({ ...members, type }, 'kiosk'))
        expect(left).not.toMatch(/\d{8}/)
      }),
    )
  })

  it('keeps only what is named', () => {
    const event = {
      type: 'note-acceptor.failed',
      fault: { kind: 'jam', where: 'unsafe', moneyAtRisk: 'unknown', customer: 'Amina' },
      card: '123',
    }
    expect(redactedEvent(event, 'kiosk')).toEqual({
      type: 'note-acceptor.failed',
      fault: { kind: 'jam', where: 'unsafe', moneyAtRisk: 'unknown' },
    })
  })

  it('of the centre, of a card and of a sale is known by its name alone', () => {
    const told = { type: 'xstate.done.actor.diagnose', output: { kind: 'ok', value: 'Amina' } }
    expect(redactedEvent(told, 'sale')).toEqual({ type: 'xstate.done.actor.diagnose' })
    const card = { type: 'card.inserted', atr: Uint8Array.of(1), fci: Uint8Array.of(2), line: {} }
    expect(redactedEvent(card, 'kiosk')).toEqual({ type: 'card.inserted' })
  })

  it('of a typed digit does not say which', () => {
    expect(redactedEvent({ type: 'press.digit', digit: 7 }, 'kiosk')).toEqual({
      type: 'press.digit',
    })
  })

  it('keeps the last four digits of a long number, however it is written', () => {
    expect(withoutNumbers('meter 0412-345 67.89 is off, 42 of 1234567')).toBe(
      'meter #6789 is off, 42 of 1234567',
    )
  })

  it('that prints a receipt keeps its shape and none of its words', () => {
    const arabic = { kind: 'text', text: 'أمينة 12' }
    const paper = { language: 'ar', lines: [...slip.lines, arabic], customer: 'Amina' }
    const left = JSON.stringify(redactedEvent({ type: 'receipt.print', jobId: 'J1', paper }, 'p'))
    expect(left).not.toMatch(/Amina|Haddad|Energy|\d{8}|أمينة/)
    expect(left).toContain('"text":"سسسسس 00"')
    expect(left).toContain('"label":"xxxxx xxxxxx"')
  })
})

describe('bytes for a printer', () => {
  const word = fc.stringMatching(/^[A-WYZa-wyz]{4,9}$/)

  it('are as many as before, and none of the words', async () => {
    await fc.assert(
      fc.asyncProperty(word, word, async (label, value) => {
        const parts = await composeJob(
          {
            language: 'en',
            lines: [
              { kind: 'pair', label, value },
              { kind: 'qr', data: label },
            ],
          },
          printerModels['generic-80'],
        )
        const left = parts.map(redactedPrint)
        expect(left.map(({ length }) => length)).toEqual(parts.map(({ length }) => length))
        const read = Buffer.concat(left).toString('latin1')
        expect(Buffer.concat(parts).toString('latin1')).toContain(label)
        expect(read).not.toContain(label)
        expect(read).not.toContain(value)
      }),
      { numRuns: 30 },
    )
  })

  it('keep every command', async () => {
    const [first] = await composeJob({ language: 'en', lines: [] }, printerModels['generic-80'])
    expect(redactedPrint(first ?? Uint8Array.of())).toEqual(first)
    const mark = Buffer.from('1d2848060030304a303031', 'hex')
    expect(Buffer.from(redactedPrint(mark)).toString('hex')).toBe(mark.toString('hex'))
  })

  it('that are drawn are white', async () => {
    const arabic = { kind: 'text' as const, text: 'أمينة حداد' }
    const parts = await composeJob({ language: 'ar', lines: [arabic] }, printerModels['generic-80'])
    const pictures = parts.map(redactedPrint).filter((part) => part.includes(0x76))
    expect(pictures.length).toBeGreaterThan(0)
    const dots = pictures.flatMap((part) => [...part.subarray(part.indexOf(0x76) + 7)])
    expect(dots.every((byte) => byte === 0)).toBe(true)
  })
})

describe('an agreement on keys', () => {
  const numbers = fc.array(fc.bigInt({ min: 1n, max: (1n << 63n) - 1n }), {
    minLength: 4,
    maxLength: 4,
  })

  it('is in a recording without its numbers, however the bytes came', () => {
    fc.assert(
      fc.property(numbers, fc.nat({ max: 12 }), ([a = 1n, b = 1n, c = 1n, d = 1n], cut) => {
        const redact = redactingSsp()
        const said = [
          ['out', setKeyNumber('setGenerator', a)],
          ['in', Uint8Array.of(0xf0)],
          ['out', setKeyNumber('setModulus', b)],
          ['in', Uint8Array.of(0xf0)],
          ['out', setKeyNumber('exchangeKey', c)],
          ['in', Uint8Array.of(0xf0, ...lowByteFirstBytes(d))],
          ['out', plain('serialNumber')],
          ['in', Uint8Array.of(0xf0, 0, 0x1c, 0x96, 0x2c)],
        ] as const
        const left = said.flatMap(([way, data]) => {
          const bytes = encode({ sequence: 0, address: 0, data })
          const at = Math.min(cut, bytes.length)
          return [...redact(way, bytes.subarray(0, at)), ...redact(way, bytes.subarray(at))]
        })
        const frames = left.flatMap((bytes) => decode(bytes).out)
        expect(frames.map((frame) => frame.kind === 'frame' && [...frame.data])).toEqual([
          [code.setGenerator, 0, 0, 0, 0, 0, 0, 0, 0],
          [0xf0],
          [code.setModulus, 0, 0, 0, 0, 0, 0, 0, 0],
          [0xf0],
          [code.exchangeKey, 0, 0, 0, 0, 0, 0, 0, 0],
          [0xf0, 0, 0, 0, 0, 0, 0, 0, 0],
          [code.serialNumber],
          [0xf0, 0, 0x1c, 0x96, 0x2c],
        ])
      }),
    )
  })
})

describe('the recordings that are kept here', () => {
  const folder = join(import.meta.dirname, 'recordings')
  it.each(readdirSync(folder))('%s tells of nobody', (name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    const secrets = ['Amina', 'Haddad', '04123456789', '900112233445', '88001122334455']
    for (const secret of secrets) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(Buffer.from(secret).toString('hex'))
    }
  })
})
