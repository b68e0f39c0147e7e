// Settlement files are taken whole or not at all: what is cut, misnamed or does not add up is refused with its place.
import { describe, expect, it } from 'vitest'
import { readSettlementFile } from './settlement-file.ts'

const name = 'bank_money_2026-11-23_1.csv'
const fileOf = (head: string, ...rows: string[]) => [head, ...rows, ''].join('\r\n')
const head = (records: number, total: number, day = '2026-11-23') =>
  `bank,${day},${day}T00:00:00.000Z,${day}T16:00:00.000Z,${records},${total}`
const sale =
  '2611230000000042,000000000001,KIOSK-1,000001,sale,20000,0,booked,,2026-11-23T16:45:00.000Z'
const reversed =
  '2611230000000043,000000000002,KIOSK-1,000002,sale,5000,0,reversed,,2026-11-23T16:46:00.000Z'
const reversal =
  '2611230000000043,000000000003,KIOSK-1,000003,reversal,5000,0,booked,,2026-11-23T16:47:00.000Z'

describe('a settlement file', () => {
  it('of a bank is read row by row; a cancelled sale is a row and its reversal another', () => {
    const text = fileOf(head(3, 20_000), sale, reversed, reversal)
    expect(readSettlementFile(name, text)).toMatchObject({
      kind: 'file',
      file: {
        party: 'bank',
        leg: 'money',
        businessDate: '2026-11-23',
        number: 1,
        total: 20_000,
        rows: [
          { orderNumber: '2611230000000042', terminal: 'KIOSK-1', stan: 1, amount: 20_000 },
          { state: 'reversed' },
          { kind: 'reversal', stan: 3 },
        ],
      },
    })
  })

  it('of a front machine may have rows that moved nothing', () => {
    const text = fileOf(
      'front,2026-11-23,2026-11-22T16:00:00.000Z,2026-11-23T16:00:00.000Z,2,4000',
      ',,KIOSK-1,000001,sale,9000,0,declined,,2026-11-23T16:45:00.000Z',
      '2611230000000044,REF2,KIOSK-1,000002,sale,4000,0,approved,LOADED,2026-11-23T16:46:00.000Z',
    )
    expect(readSettlementFile('front_money_2026-11-23_1.csv', text)).toMatchObject({
      kind: 'file',
      file: { party: 'front', rows: [{ orderNumber: '', reference: '' }, { delivery: 'LOADED' }] },
    })
  })

  it('may have a name with a comma or a quote in a cell', () => {
    const text = fileOf(
      head(1, 100),
      ',R,"HALL ""A"", 2",000001,top-up,100,0,booked,,2026-11-23T16:45:00Z',
    )
    expect(readSettlementFile(name, text)).toMatchObject({
      file: { rows: [{ terminal: 'HALL "A", 2', orderNumber: '' }] },
    })
  })

  it('whose reversals are of an earlier date cannot be added up, and is taken', () => {
    expect(readSettlementFile(name, fileOf(head(1, 5_000), reversal)).kind).toBe('file')
  })

  it.each<[what: string, file: string, text: string, problem: string]>([
    ['has another kind of name', 'money.csv', fileOf(head(0, 0)), 'must be named'],
    ['is cut in its last row', name, fileOf(head(1, 20_000), sale).slice(0, -9), 'may be cut'],
    ['lacks a row', name, fileOf(head(2, 20_000), sale), 'has 1 rows, its first row says 2'],
    ['is of another date', name, fileOf(head(0, 0, '2026-11-24')), 'is of bank and 2026-11-24'],
    ['does not add up', name, fileOf(head(1, 20_001), sale), 'add up to 20000'],
    ['has no first row', name, fileOf(sale), 'the first row must be party'],
    [
      'has an amount with a point',
      name,
      fileOf(head(1, 20_000), sale.replace('20000', '200.00')),
      'row 2, cell 6: must be a whole number',
    ],
    [
      'has an unknown kind',
      name,
      fileOf(head(1, 20_000), sale.replace('sale', 'gift')),
      'row 2, cell 5',
    ],
    ['is empty', name, '', 'the first row must be'],
  ])('that %s is refused', (_, file, text, problem) => {
    const read = readSettlementFile(file, text)
    expect(read.kind === 'problems' ? read.problems.join() : '').toContain(problem)
  })
})
