// The files that bank and front machine write are the files that the centre reads, and a payment undone on a later date is found.
import { afterEach, expect, it } from 'vitest'
import { takeFile, matchOf } from '../centre/reconciliation/reconciling.ts'
import type { Party } from '../centre/reconciliation/settlement-file.ts'
import { PaymentId, ulidOf } from '../domain/identifiers.ts'
import { minor } from '../domain/money.ts'
import { dayFile, type DayRow } from '../front/day-file.ts'
import { settlementFile } from '../front/simulated-bank/settlement.ts'
import { newBank, type BankTruth } from '../front/simulated-bank/truth.ts'
import { centreKit, townNow, type CentreKit } from './centre-kit.ts'

const [first, second] = ['2026-11-23', '2026-11-24'] as const
let kit: CentreKit | null = null
afterEach(() => kit?.close())

/** A bank that has booked one sale of 40.00, and undone it on the next date, after the file of the first was made. */
const bank = (): { truth: BankTruth; undo: () => void } => {
  const truth = newBank({ businessDate: first, nowMs: townNow })
  truth.opened[second] = townNow + 3_600_000
  const common = { orderNumber: '', terminal: 'KIOSK-1', merchant: 'M' }
  truth.transactions['sale'] = {
    ...common,
    kind: 'sale',
    state: 'booked',
    account: 'T1',
    amount: minor(4_000),
    stan: '000001',
    businessDate: first,
    time: '1123084500',
    reference: '000000000001',
    atMs: townNow,
    content: '',
    decided: { code: '00', fields: {} },
  }
  const undo = () => {
    Object.assign(truth.transactions['sale'] ?? {}, { state: 'reversed' })
    truth.reversals['sale'] = {
      ...common,
      original: 'sale',
      code: '00',
      amount: minor(4_000),
      stan: '000007',
      businessDate: second,
      reference: '000000000002',
      atMs: townNow + 3_600_001,
    }
  }
  return { truth, undo }
}

const frontRow = (of: Pick<DayRow, 'stan' | 'kind' | 'state' | 'at'>): DayRow => ({
  orderNumber: '',
  reference: '000000000001',
  terminal: 'KIOSK-1',
  amount: minor(4_000),
  delivery: '',
  counts: true,
  ...of,
})

it('a payment that was undone after the cut-over is closed on both dates, once all files are here', async () => {
  kit = await centreKit()
  const { store, ids, town } = kit
  const kiosk = kit.kiosk()
  const evidence = {
    kind: 'bank' as const,
    terminalId: 'KIOSK-1',
    stan: 1,
    reference: '000000000001',
    businessDate: first,
  }
  const payment = {
    paymentId: PaymentId.parse(ulidOf(townNow, new Uint8Array(10))),
    way: 'bank account' as const,
    amount: 4_000,
    evidence,
    end: 'reversed' as const,
  }
  const saleId = ids.sale()
  await kiosk.ask('closing', { saleId, insertionId: null, notes: [], payments: [payment] })

  const { truth, undo } = bank()
  const files: [Party, string, { name: string; text: string }][] = []
  const ofBank = (businessDate: string) =>
    settlementFile(truth, { businessDate, number: 1, nowMs: townNow + 7_200_000 })
  const ofFront = (businessDate: string, ...rows: DayRow[]) => {
    const { name, content } = dayFile(rows, { businessDate, from: townNow, to: townNow })
    return { name, text: content }
  }
  files.push(['bank', first, ofBank(first)])
  undo()
  files.push(
    ['bank', second, ofBank(second)],
    [
      'front',
      first,
      ofFront(first, frontRow({ stan: 1, kind: 'sale', state: 'reversed', at: townNow })),
    ],
    [
      'front',
      second,
      ofFront(second, frontRow({ stan: 7, kind: 'reversal', state: 'done', at: townNow })),
    ],
  )
  const resultsOn = async (businessDate: string) => {
    const { timeZone } = town.policy
    const { lines } = await matchOf(store().read, { businessDate, timeZone })
    return lines.map(({ result, why }) => [result, why])
  }
  const took = async ([party, businessDate, { name, text }]: (typeof files)[number]) =>
    store().transact((work) =>
      takeFile({ work, now: townNow }, { name, text, party, businessDate }),
    )

  expect(await took(files[0] as (typeof files)[number])).toEqual({ kind: 'kept' })
  expect(await resultsOn(first)).toMatchObject([
    ['long', expect.stringContaining('told as reversed by its kiosk, and the bank has charged it')],
  ])
  for (const file of files.slice(1).toReversed()) expect(await took(file)).toEqual({ kind: 'kept' })
  expect(await resultsOn(first)).toMatchObject([
    ['matched', expect.stringContaining(`reversed by the bank on ${second}`)],
  ])
  expect(await resultsOn(second)).toMatchObject([['matched', expect.stringContaining('closed')]])
})
