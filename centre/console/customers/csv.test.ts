// A line of CSV: read back as it was, and nothing that a spreadsheet would run.
import { describe, expect, it } from 'vitest'
import { csvLine, moneyField } from './csv.ts'

describe('a line of CSV', () => {
  it.each([
    [['a', 'b c'], 'a,b c\r\n'],
    [['a "b"', 'c,d', 'e\nf'], '"a ""b""","c,d","e\nf"\r\n'],
    [['-12.50', '-7'], '-12.50,-7\r\n'],
    [['=1+1', '+1', '@x', '-cmd'], "'=1+1,'+1,'@x,'-cmd\r\n"],
    [['=A1,B1'], '"\'=A1,B1"\r\n'],
  ])('%j', (fields, line) => {
    expect(csvLine(fields)).toBe(line)
  })

  it.each([
    [0, '0.00'],
    [-5, '-0.05'],
    [123_456, '1234.56'],
  ])('%i minor units are %s', (amount, text) => {
    expect(moneyField(amount)).toBe(text)
  })
})
