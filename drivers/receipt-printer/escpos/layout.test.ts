// Rows that fit: words whole where they can be, amounts at the end of their label's last row.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowsOf, type Paper } from './layout.ts'

const paper = (width: number): Paper => ({
  width,
  gap: 1,
  measure: (text, { size }) =>
    Array.from(text).reduce((sum, character) => sum + (character > '\u2e80' ? 2 : 1), 0) *
    (size === 'large' ? 2 : 1),
})
const text = (line: string, width: number) =>
  rowsOf({ kind: 'text', text: line }, paper(width)).map((row) =>
    row.kind === 'text' ? row.text : `${row.label}|${row.value}`,
  )
const pair = (label: string, value: string, width: number) =>
  rowsOf({ kind: 'pair', label, value }, paper(width)).map((row) =>
    row.kind === 'text' ? `${row.align ?? 'start'}: ${row.text}` : `${row.label}|${row.value}`,
  )

describe('a text', () => {
  it('that fits is one row', () => expect(text('as it is', 8)).toEqual(['as it is']))
  it('breaks at spaces', () => expect(text('one two three', 8)).toEqual(['one two', 'three']))
  it('breaks a word only when it must', () =>
    expect(text('a wonderfully', 6)).toEqual(['a', 'wonder', 'fully']))
  it('in Chinese breaks anywhere, but not before the mark that ends a phrase', () =>
    expect(text('您的款项安全。请保留', 12)).toEqual(['您的款项安', '全。请保留']))
  it('of nothing is an empty row', () => expect(text('', 8)).toEqual(['']))
  it('twice as large has half the room', () =>
    expect(
      rowsOf({ kind: 'text', text: 'ab cd', size: 'large' }, paper(8)).map((row) =>
        row.kind === 'text' ? row.text : '',
      ),
    ).toEqual(['ab', 'cd']))

  it('of any kind fits, and loses nothing but spaces', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '购', '电', '。', ',') }),
        fc.integer({ min: 2, max: 20 }),
        (any, width) => {
          const rows = text(any, width)
          for (const row of rows) {
            expect(
              paper(width).measure(row, { size: 'normal', weight: 'normal' }),
            ).toBeLessThanOrEqual(width)
          }
          expect(rows.join('').replaceAll(' ', '')).toBe(any.replaceAll(' ', ''))
        },
      ),
    )
  })
})

describe('a pair', () => {
  it('that fits is one row', () => expect(pair('VAT', '17.35', 12)).toEqual(['VAT|17.35']))
  it('with a long label has its value on the last row of it', () =>
    expect(pair('Fixed charge of May', '10.00', 14)).toEqual([
      'start: Fixed',
      'start: charge',
      'of May|10.00',
    ]))
  it('with a long value has it below, at the reading end', () =>
    expect(pair('In words', 'ladder dragon album', 14)).toEqual([
      'start: In words',
      'end: ladder dragon',
      'end: album',
    ]))
  it('without a label wastes no row on it', () =>
    expect(pair('', 'ladder dragon', 8)).toEqual(['end: ladder', 'end: dragon']))
})
