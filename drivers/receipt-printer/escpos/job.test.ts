// A receipt as bytes: what a foreign decoder reads in them, what is drawn, and what never stands in a picture.
import { createHash } from 'node:crypto'
import iconv from 'iconv-lite'
import { parser as Parser, rules } from 'npos'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReceiptDocument } from '../receipt-printer.ts'
import {
  bandsOf,
  blankBitmap,
  cropped,
  longestImageBytes,
  rowsMostInImage,
  setDot,
  withoutRealTimeCommands,
} from './bitmap.ts'
import { charactersFor, columnsOf } from './characters.ts'
import { findRealTimeCommand, join, rasterImage, type Bitmap } from './codec.ts'
import { directionOf, drawingFor } from './drawing.ts'
import { composeJob } from './job.ts'
import { printerModels, type PrinterModel } from './models.ts'
import { prepareQr } from './qr.ts'

const slip: ReceiptDocument = {
  language: 'en',
  lines: [
    { kind: 'text', text: 'Energy of Town', weight: 'bold', align: 'centre' },
    { kind: 'rule' },
    { kind: 'text', text: '89.10 kWh', size: 'large', weight: 'bold', align: 'centre' },
    { kind: 'space' },
    { kind: 'pair', label: 'Paid in cash', value: '200.00' },
    { kind: 'pair', label: 'Café Ñandú, £', value: '1.00' },
    { kind: 'qr', data: 'WP1.2611230000000042' },
  ],
}
const chineseSlip: ReceiptDocument = {
  language: 'zh',
  lines: [
    { kind: 'text', text: '已写入电卡', align: 'centre' },
    { kind: 'text', text: '89.10 kWh', size: 'large', weight: 'bold', align: 'centre' },
    { kind: 'pair', label: '现金支付', value: '200.00' },
  ],
}
const arabicSlip: ReceiptDocument = {
  language: 'ar',
  lines: [{ kind: 'pair', label: 'المدفوع نقداً', value: '200.00' }],
}

// npos is old: it knows neither the QR command, which has the shape of all that begin `1D 28`, nor the old cut.
const foreign = new Parser({
  ...rules,
  27: { ...rules[27], i: [0] },
  29: { ...rules[29], '(k': [0, 'd16'] },
})

/** The runs of text in a job, as a decoder that is not ours finds them. */
const textsIn = async (document: ReceiptDocument, model: PrinterModel, encoding: string) => {
  const bytes = Buffer.from(join(...(await composeJob(document, model)), model.cut))
  const { error, tree } = foreign.analyze(bytes)
  expect(error).toBeUndefined()
  return (tree ?? [])
    .filter(({ ascii }) => ascii === 'STX')
    .map(({ offset, length }) => iconv.decode(bytes.subarray(offset, offset + length), encoding))
    .join('')
    .split('\n')
    .filter((line) => line.trim() !== '')
}

const imagesIn = async (document: ReceiptDocument, model: PrinterModel): Promise<number> =>
  (await composeJob(document, model)).filter((part) =>
    Buffer.from(part).includes('1d7630', 0, 'hex'),
  ).length

describe('a job', () => {
  it('says what the document says, read by a decoder that is not ours', async () => {
    expect(await textsIn(slip, printerModels['generic-80'], 'cp858')).toEqual([
      'Energy of Town',
      '89.10 kWh',
      `Paid in cash${' '.repeat(30)}200.00`,
      `Café Ñandú, £${' '.repeat(31)}1.00`,
    ])
  })

  it('says it in Chinese too, where the printer has GB18030', async () => {
    expect(await textsIn(chineseSlip, printerModels['generic-80-cn'], 'gb18030')).toEqual([
      '已写入电卡',
      '89.10 kWh',
      `现金支付${' '.repeat(34)}200.00`,
    ])
    expect(await imagesIn(chineseSlip, printerModels['generic-80-cn'])).toBe(0)
  })

  it('draws every line of a Chinese receipt where the printer has no Chinese', async () => {
    expect(await textsIn(chineseSlip, printerModels['generic-80'], 'cp858')).toEqual([])
    expect(await imagesIn(chineseSlip, printerModels['generic-80'])).toBe(3)
  })

  it.each(Object.values(printerModels))('draws Arabic on every printer ($name)', async (model) => {
    expect(await textsIn(arabicSlip, model, 'cp858')).toEqual([])
    expect(await imagesIn(arabicSlip, model)).toBe(1)
  })

  it('draws only the line whose characters are missing', async () => {
    const lines: ReceiptDocument['lines'] = [
      { kind: 'pair', label: 'Customer', value: '陈丽' },
      { kind: 'pair', label: 'Paid', value: '1.00' },
    ]
    const document = { language: 'en' as const, lines }
    expect(await textsIn(document, printerModels['generic-58'], 'cp437')).toEqual([
      `Paid${' '.repeat(24)}1.00`,
    ])
    expect(await imagesIn(document, printerModels['generic-58'])).toBe(1)
  })

  it.each(Object.values(printerModels))(
    'has no real-time command in it, in any language ($name)',
    async (model) => {
      for (const document of [slip, chineseSlip, arabicSlip]) {
        const parts = await composeJob(document, model)
        expect(findRealTimeCommand(join(...parts))).toBe(-1)
        expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(
          longestImageBytes + 3,
        )
      }
    },
  )

  it('is the same bytes every time', async () => {
    const digest = async () =>
      createHash('sha256')
        .update(join(...(await composeJob(arabicSlip, printerModels['generic-80']))))
        .digest('hex')
    expect(await digest()).toBe(await digest())
  })
})

describe('characters', () => {
  it('are typed in the code page if it has them all, else in GB18030, else not at all', () => {
    expect(charactersFor('Paid 1.00 €', printerModels['generic-80'])).toBe('code page')
    expect(charactersFor('Paid 1.00 €', printerModels['generic-58'])).toBeNull()
    expect(charactersFor('购电', printerModels['generic-80-cn'])).toBe('gb18030')
    expect(charactersFor('المدفوع', printerModels['generic-80-cn'])).toBeNull()
    expect(charactersFor('a\u0010b', printerModels['generic-80-cn'])).toBeNull()
  })
  it('of Chinese are two columns wide', () => {
    expect(columnsOf('购电 5', 'gb18030', 2)).toBe(6)
    expect(columnsOf('购电 5', 'cp858', 1)).toBeNull()
  })
})

/** First and last inked column of a picture. */
const inkOf = ({ rows }: Bitmap, from = 0, to = Infinity) => {
  const columns = rows.flatMap((row) =>
    Array.from({ length: row.length * 8 }, (_, x) => x).filter(
      (x) => x >= from && x < to && ((row[x >> 3] ?? 0) & (0x80 >> (x & 7))) !== 0,
    ),
  )
  return columns.length === 0 ? null : [Math.min(...columns), Math.max(...columns)]
}

describe('a drawing', () => {
  it('begins an English row at the left and an Arabic one at the right, with the value at the other end', () => {
    const pair = { kind: 'pair' as const, value: '200.00' }
    const english = drawingFor(576, 'en').draw({ ...pair, label: 'Paid' })
    const arabic = drawingFor(576, 'ar').draw({ ...pair, label: 'المدفوع' })
    expect(inkOf(english)?.[0]).toBeLessThan(5)
    expect(inkOf(english, 100, 450)).toBeNull()
    // The picture of the amount is the same, at the right for English and at the left for Arabic.
    const amountRight = inkOf(english, 450)
    const amountLeft = inkOf(arabic, 0, 150)
    expect(amountRight?.[1]).toBeGreaterThan(570)
    expect(amountLeft?.[0]).toBeLessThan(5)
    expect((amountRight?.[1] ?? 0) - (amountRight?.[0] ?? 0)).toBe(
      (amountLeft?.[1] ?? 0) - (amountLeft?.[0] ?? 1),
    )
    expect(inkOf(arabic)?.[1]).toBeGreaterThan(570)
  })

  it('joins Arabic letters: the word is narrower than its letters one by one', () => {
    const { measure } = drawingFor(576, 'ar')
    const style = { size: 'normal', weight: 'normal' } as const
    const alone = Array.from('المدفوع').reduce((sum, letter) => sum + measure(letter, style), 0)
    expect(measure('المدفوع', style)).toBeLessThan(alone * 0.8)
  })

  it('runs an amount from the left on an Arabic receipt, and a name by its first letter elsewhere', () => {
    expect(directionOf('60.00 kWh x 1.2000', 'ar')).toBe('ltr')
    expect(directionOf('2026 رسم', 'ar')).toBe('rtl')
    expect(directionOf('L. Chen محمد', 'en')).toBe('ltr')
    expect(directionOf('1. محمد', 'en')).toBe('rtl')
  })

  it('fits the paper it was measured for', () => {
    const { width, draw, measure } = drawingFor(384, 'zh')
    const text = '请将此卡插入我们的任何'
    expect(measure(text, { size: 'normal', weight: 'bold' })).toBeLessThanOrEqual(width)
    expect(draw({ kind: 'text', text, weight: 'bold' }).widthBytes).toBe(width / 8)
  })
})

describe('a picture', () => {
  it('is cut to its ink', () => {
    const bitmap = blankBitmap(64, 10)
    setDot(bitmap, 9, 3)
    setDot(bitmap, 2, 5)
    expect(cropped(bitmap)).toEqual({
      above: 3,
      below: 4,
      bitmap: {
        widthBytes: 2,
        rows: [Uint8Array.of(0, 0x40), Uint8Array.of(0, 0), Uint8Array.of(0x20, 0)],
      },
    })
    expect(cropped(blankBitmap(8, 4))).toEqual({ above: 4, below: 0, bitmap: null })
  })

  it('is sent in bands that join without a seam', () => {
    const tall = blankBitmap(576, 3 * rowsMostInImage + 1)
    tall.rows.forEach((_, y) => setDot(tall, y, y))
    const bands = bandsOf(tall)
    expect(bands.map(({ rows }) => rows.length)).toEqual([
      rowsMostInImage,
      rowsMostInImage,
      rowsMostInImage,
      1,
    ])
    expect(bands.flatMap(({ rows }) => rows)).toEqual(tall.rows)
    expect(rasterImage(bands[0] ?? tall)).toHaveLength(longestImageBytes)
  })

  it('never holds a real-time command, and loses no dot for it', () => {
    const row = fc.array(fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0, 0xff), {
      minLength: 6,
      maxLength: 6,
    })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const bitmap = { widthBytes: 6, rows: rows.map((bytes) => Uint8Array.from(bytes)) }
        const safe = withoutRealTimeCommands(bitmap)
        expect(findRealTimeCommand(rasterImage(safe))).toBe(-1)
        const before = join(...bitmap.rows)
        const after = join(...safe.rows)
        expect(before.every((byte, at) => (byte & (after[at] ?? 0)) === byte)).toBe(true)
      }),
    )
  })
})

describe('a QR code', () => {
  it('is a command where the printer has it, and a picture where it has not', () => {
    expect(prepareQr('WP1', printerModels['generic-80']).kind).toBe('command')
    expect(prepareQr('WP1', printerModels['generic-58']).kind).toBe('picture')
  })
  it('is as large as can be read, and left out where it cannot', () => {
    const small = prepareQr('x'.repeat(300), printerModels['generic-58'])
    expect(small.kind === 'picture' && small.bitmap.widthBytes * 8).toBeLessThanOrEqual(384)
    expect(prepareQr('x'.repeat(1500), printerModels['generic-58']).kind).toBe('does not fit')
    expect(prepareQr('', printerModels['generic-80']).kind).toBe('does not fit')
  })
})
