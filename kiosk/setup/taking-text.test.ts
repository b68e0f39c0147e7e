// What somebody types at a new kiosk: taken where it can mean one thing only, refused with the reason where not.
import { describe, expect, it } from 'vitest'
import { makeCode, printedCode } from '../../domain/enrolment/enrolment-code.ts'
import { takeText } from './taking-text.ts'

const code = printedCode(makeCode(new Uint8Array(10).fill(7), Uint8Array.of(1, 2, 3)))
const spoilt = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`

describe('what is typed', () => {
  it.each([
    ['centre', ' centre.example:8020 ', 'https://centre.example:8020'],
    ['centre', 'https://centre.example/', 'https://centre.example'],
    ['kiosk', '101', '000000000101'],
    ['kiosk', '٠٠٠٠ ٠٠٠٠ ٠١٠١', '000000000101'],
    ['code', code.toLowerCase().replaceAll('-', ' '), code.toLowerCase().replaceAll('-', ' ')],
    ['place', '  Main   Street 1 ', 'Main Street 1'],
    ['name', 'A'.repeat(60), 'A'.repeat(40)],
    ['currency', 'cny', 'CNY'],
    ['time zone', 'asia/shanghai', 'Asia/Shanghai'],
    ['time zone', 'shanghai', 'Asia/Shanghai'],
    ['person', '47-11', '4711'],
    ['pin', '2580', '2580'],
  ] as const)('%s: %s', (question, text, taken) => {
    expect(takeText({ question, text, secret: '' })).toEqual({ kind: 'text', text: taken })
  })

  it.each([
    ['place', '   ', 'nothing typed'],
    ['centre', 'http://centre.example', 'not an address'],
    ['centre', 'https://user@centre.example', 'not an address'],
    ['kiosk', '1234567890123', 'not a kiosk number'],
    ['kiosk', 'one', 'not a kiosk number'],
    ['code', code.slice(0, -2), 'not a whole code'],
    ['code', spoilt, 'not a whole code'],
    ['currency', 'XQX', 'not a currency'],
    ['time zone', 'Atlantis', 'not a time zone'],
    ['person', '0711', 'not a person number'],
    ['pin', '123', 'not a pin'],
    ['pin', '12ab', 'not a pin'],
  ] as const)('%s: %s is refused', (question, text, kind) => {
    expect(takeText({ question, text, secret: '' })).toEqual({ kind: 'wrong', problem: { kind } })
  })

  it('a PIN that differs the second time', () => {
    const again = (text: string) => takeText({ question: 'pin again', text, secret: '2580' })
    expect(again('2580').kind).toBe('text')
    expect(again('2581')).toEqual({ kind: 'wrong', problem: { kind: 'pins differ' } })
  })
})
