// Amounts, times, business dates and originals in their fields.
import { describe, expect, test } from 'vitest'
import { minor } from '../../domain/money.ts'
import { meaningOf } from './responses.ts'
import {
  amountField,
  amountIn,
  businessDateField,
  businessDateOf,
  originalField,
  originalIn,
  transmissionTime,
} from './values.ts'

const noon = (day: string) => Date.parse(`${day}T12:00:00Z`)

test('an amount is 12 digits of minor units', () => {
  expect(amountField(minor(20_000))).toBe('000000020000')
  expect(amountIn('000000020000')).toBe(20_000)
  expect(amountIn(undefined)).toBeNull()
  expect(() => amountField(minor(-1))).toThrow(RangeError)
  expect(() => amountField(minor(1e12))).toThrow(RangeError)
})

test('the transmission time is in UTC', () => {
  expect(transmissionTime(Date.UTC(2026, 10, 3, 4, 5, 6, 789))).toBe('1103040506')
})

describe('a business date has no year on the line', () => {
  test.each([
    ['1123', '2026-11-23', '2026-11-23'],
    ['1231', '2027-01-01', '2026-12-31'],
    ['0101', '2026-12-31', '2027-01-01'],
    ['0229', '2028-03-01', '2028-02-29'],
  ])('%s on %s is %s', (field, today, businessDate) => {
    expect(businessDateOf(field, noon(today))).toBe(businessDate)
    expect(businessDateField(businessDate)).toBe(field)
  })

  test.each(['0229', '1301', '0000', '0431'])('%s is no day around 2026', (field) => {
    expect(businessDateOf(field, noon('2026-06-01'))).toBeNull()
  })
})

test('a reversal names its original by type, STAN and time', () => {
  const field = originalField({ mti: '0200', fields: { 7: '1123164500', 11: '000042' } })
  expect(field).toBe(`02000000421123164500${'0'.repeat(22)}`)
  expect(originalIn({ 90: field })).toEqual({ mti: '0200', stan: '000042', time: '1123164500' })
  expect(() => originalField({ mti: '0200', fields: { 11: '000042' } })).toThrow('field 90')
})

test('answers in words', () => {
  expect(meaningOf('51')).toBe('not enough funds')
  expect(meaningOf('Z9')).toBe('answer Z9')
  expect(meaningOf(undefined)).toBe('answer without a code')
})
