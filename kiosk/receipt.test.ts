// Slips: every end of a sale in every language, sums that anyone can add up, and nothing on them a finder could use.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { standard } from '../centre/tariffs/tariff-fixtures.ts'
import { priceTender, type Dues } from '../centre/tariffs/tariffs.ts'
import { energy, noEnergy } from '../domain/energy.ts'
import { KioskNumber, OrderNumber, QuoteId, CardSerial } from '../domain/identifiers.ts'
import { languages, type Language } from '../domain/language.ts'
import { minor, nothing, plus, type Minor } from '../domain/money.ts'
import { referenceOf } from '../domain/reference.ts'
import { firstContext, type SaleContext } from '../state-machines/sale-context.ts'
import { newPayment, type Payment } from '../state-machines/payment.ts'
import { testIds } from '../test/test-ids.ts'
import type { Mishap, MoneyPlace, Outcome } from '../ui/kiosk/screen.ts'
import { bankTexts } from './bank-slip.ts'
import { moneyLines, paidOf } from './receipt-sums.ts'
import { receiptTexts } from './receipt-texts.ts'
import { receiptOf } from './receipt.ts'
import type { ReceiptFacts } from './slip-parts.ts'

const meter = '000012345678'
const card = '6211223344556677'
const customer = '000000330099'
const orderNumber = OrderNumber.parse('2611230000000042')

const ids = testIds()
/** The dues of domain.md 10.2, tariff A. */
const dues: Dues = {
  tariff: standard,
  monthToDate: energy(4000),
  fixedDue: { amount: minor(1000), period: '2026-11' },
  arrearsBalance: minor(50_000),
  freeUnitsDue: noEnergy,
}

/** The purchase of TV1, with two notes of 100, at its good end. */
const bought = (
  language: Language,
  asked: Partial<Dues> = {},
  tender = minor(20_000),
): SaleContext => {
  const sale = firstContext({
    saleId: ids.sale(),
    ids,
    language,
    card: { line: {} as never, fci: new Uint8Array() },
    tenders: [],
    cashValues: [],
    mostCash: minor(100_000),
  })
  const priced = priceTender({ ...dues, ...asked, tender })
  const quote = {
    ...priced,
    quoteId: QuoteId.parse(ids.request()),
    saleId: sale.saleId,
    expiresAt: '2026-11-23T08:47:00Z',
  }
  return {
    ...sale,
    serial: CardSerial.parse(card),
    tender: 'cash',
    notes: [minor(10_000), minor(10_000)].map((value) => ({ noteId: ids.note(), value })),
    quote,
    order: {
      orderNumber,
      saleId: sale.saleId,
      state: 'LOADED',
      count: 7,
      tender: quote.tender,
      charged: quote.charged,
      energy: energy(quote.energy + quote.freeEnergy),
    },
    written: true,
    balance: nothing,
    receiptProof: 'WP1.2611230000000042.signature',
    // As if the centre had forgotten to mask them.
    account: {
      shortName: 'L. Chen',
      address: '•• Main St.',
      meter,
      card,
      customer,
      tariff: { code: 'A', name: 'Household' },
      balance: nothing,
      spendable: nothing,
      arrears: minor(50_000),
      meterReading: {
        remaining: energy(1240),
        at: '2026-11-21T10:00:00Z',
        usedThisMonth: noEnergy,
        usedLastMonth: noEnergy,
      },
      runsOutAt: null,
      lastPurchases: [],
    },
    outcome: {
      kind: 'bought',
      energy: quote.energy,
      paid: quote.tender,
      rest: nothing,
      restGoesTo: 'account',
      order: orderNumber,
    },
  }
}

const factsOf = (sale: SaleContext, more: Partial<ReceiptFacts> = {}): ReceiptFacts => ({
  kiosk: {
    number: KioskNumber.parse('000000000101'),
    place: 'Main Street 1',
    phone: '0800 123 456',
  },
  utility: { name: 'Energy of Town', taxNumber: '0000000' },
  currency: { code: 'CNY', symbol: '¥' },
  timeZone: 'Asia/Shanghai',
  number: 42,
  at: Date.UTC(2026, 10, 23, 8, 45),
  reference: referenceOf(sale.saleId),
  ...more,
})
const print = (sale: SaleContext, more: Partial<ReceiptFacts> = {}) =>
  receiptOf(sale, factsOf(sale, more))
type Paper = ReturnType<typeof print>['paper']

/** Everything that can be read on the paper, a row a line; a pair as `label|value`. */
const read = ({ lines }: Paper): string[] =>
  lines.flatMap((line) =>
    line.kind === 'text'
      ? [line.text]
      : line.kind === 'pair'
        ? [`${line.label}|${line.value}`]
        : [],
  )
const plain = (text: string) => text.replaceAll(/[\u2066\u2069]/g, '')

const amount = minor(20_000)
const places: MoneyPlace[] = [
  { kind: 'in the order', amount, order: orderNumber },
  { kind: 'in the account', amount, balance: amount },
  { kind: 'on its way to the account', amount },
  { kind: 'held', amount },
  { kind: 'card decides', amount, order: orderNumber },
  { kind: 'not charged', amount },
  { kind: 'asking the bank', amount },
  { kind: 'not taken' },
]
const outcomes: Outcome[] = [
  {
    kind: 'bought',
    energy: energy(8910),
    paid: amount,
    rest: nothing,
    restGoesTo: 'account',
    order: orderNumber,
  },
  { kind: 'deposited', amount, balance: amount, pending: null },
  { kind: 'kept', amount, reference: referenceOf(ids.sale()) },
  { kind: 'redeemed', amount, balance: amount },
  { kind: 'claim asked' },
  { kind: 'returned to account', amount, balance: amount },
  { kind: 'settled', energy: energy(8910), order: orderNumber },
  { kind: 'undone', amount, balance: amount },
  { kind: 'held in order', amount, order: orderNumber },
  { kind: 'not charged', way: 'bank card', amount, energy: null },
  { kind: 'not charged', way: 'bank card', amount, energy: energy(8910) },
  { kind: 'payment unknown', way: 'bank card', amount, reference: referenceOf(ids.sale()) },
  { kind: 'nothing bought' },
  { kind: 'refused' },
]
const mishaps: Mishap[] = [
  'card pulled while writing',
  'card not written',
  'outcome unknown',
  'centre did not answer',
  'order refused',
  'note acceptor failed',
  'note unaccounted for',
  'undo unknown',
  'payment unknown',
  'payment kept',
]
const everyEnd = languages.flatMap((language) =>
  outcomes.flatMap((outcome) =>
    [null, ...mishaps].flatMap((mishap) =>
      places.map((money): SaleContext => ({ ...bought(language), outcome, mishap, money })),
    ),
  ),
)

const everySlip = everyEnd.map((sale) => ({ sale, slip: print(sale) }))

/** Paid by bank card, with a terminal that fails to mask the number of the card on one of its lines. */
const byCard = (language: Language, now: Partial<Payment> = {}): SaleContext => ({
  ...bought(language),
  tender: 'bank card',
  notes: [],
  payments: [
    {
      ...newPayment(ids.payment(), 'bank card', amount),
      phase: 'kept',
      evidence: {
        kind: 'terminal',
        terminalId: '29001006',
        receiptNumber: 175,
        trace: 613995,
        at: '1123164500',
      },
      slip: ['KUNDENBELEG', 'PAN 6222 0212 3456 7890'],
      ...now,
    },
  ],
})

describe('a purchase by bank card, in every language', () => {
  it.each(languages)('is paid by it, with the numbers of the terminal, in %s', (language) => {
    const rows = read(print(byCard(language)).paper).map(plain)
    const texts = bankTexts[language]
    expect(rows).toEqual(
      expect.arrayContaining([
        `${receiptTexts[language].paidBy['bank card']}|CNY 200.00`,
        `${texts.terminal}|29001006`,
        `${texts.terminalReceipt}|175`,
        `${texts.trace}|613995`,
        'KUNDENBELEG',
      ]),
    )
    expect(rows.join('\n')).not.toContain('7890')
  })

  it.each(languages)('that the terminal undid is owed nothing for, in %s', (language) => {
    const sale = byCard(language, { phase: 'not charged' })
    const given: Outcome = { kind: 'not charged', way: 'bank card', amount, energy: energy(8910) }
    const rows = read(print({ ...sale, outcome: given }).paper).map(plain)
    const texts = bankTexts[language]
    expect(rows).toContain(`${texts.notCharged}|CNY 200.00`)
    expect(rows).toContain(texts.nothingOwed)
    expect(rows.join('\n')).not.toContain(receiptTexts[language].paidBy['bank card'])
  })
})

describe('every end of a sale, in every language', () => {
  it('has a slip with kiosk, time, number and telephone', () => {
    for (const { sale, slip } of everySlip) {
      const rows = read(slip.paper).map(plain)
      const texts = receiptTexts[sale.language]
      expect(rows).toEqual(
        expect.arrayContaining([
          'Energy of Town',
          `${texts.date}|2026-11-23 16:45`,
          `${texts.receipt}|42`,
          `${texts.kiosk}|000000000101`,
          'Main Street 1',
          `${texts.help}|0800 123 456`,
        ]),
      )
    }
  })

  it('shows no number in full that identifies a customer, even where the centre sent it whole', () => {
    for (const { slip } of everySlip) {
      const all = [...read(slip.paper), ...slip.texts.map(({ value }) => value)].join('\n')
      for (const secret of [meter, card, customer]) expect(all).not.toContain(secret)
    }
    expect(read(print(bought('en')).paper)).toEqual(
      expect.arrayContaining(['Meter|****5678', 'Card|****6677', 'Customer|L. Chen ****0099']),
    )
  })

  it('is written in Latin digits', () => {
    for (const { slip } of everySlip) expect(read(slip.paper).join('')).not.toMatch(/[٠-٩۰-۹]/)
  })

  it('says the same on the screen as on paper', () => {
    for (const { slip } of everySlip) {
      const { paper, texts } = slip
      const onScreen = texts.flatMap(({ label, value }) => [label, value]).filter((it) => it !== '')
      const onPaper = read(paper)
        .flatMap((row) => row.split('|'))
        .filter((it) => it !== '')
      expect(onScreen).toEqual(onPaper)
    }
  })

  it('with a mishap says what happened, where the money is, what to do, whom to call, and the reference', () => {
    for (const { sale, slip } of everySlip) {
      if (sale.mishap === null) continue
      const { number, words } = referenceOf(sale.saleId)
      const texts = receiptTexts[sale.language]
      expect(read(slip.paper)).toEqual(
        expect.arrayContaining([
          texts.happened[sale.mishap],
          texts.place[sale.money.kind],
          texts.toDo[sale.money.kind],
          `${texts.reference}|${number}`,
          `${texts.words}|${words.join(' ')}`,
          `${texts.help}|0800 123 456`,
        ]),
      )
    }
  })

  it('has one number that is larger than all the others', () => {
    for (const { sale, slip } of everySlip) {
      const large = slip.paper.lines.filter((line) => line.kind === 'text' && line.size === 'large')
      const bothToldAndLost =
        sale.mishap !== null &&
        (['bought', 'settled', 'undone'].includes(sale.outcome.kind) ||
          (sale.outcome.kind === 'not charged' && sale.outcome.energy !== null))
      expect(large.length).toBeLessThanOrEqual(bothToldAndLost ? 2 : 1)
    }
  })
})

/** The amounts between "What it paid for" and the total, and the total. */
const sumOnPaper = (sale: SaleContext): { lines: number[]; total: number } => {
  const texts = receiptTexts[sale.language]
  const rows = read(print(sale).paper)
  const from = rows.indexOf(texts.whatItPaid)
  const to = rows.findIndex((row) => row.startsWith(`${texts.total}|`))
  const hundredths = (row = '') => Math.round(Number(row.split('|')[1]?.replace('CNY ', '')) * 100)
  return { lines: rows.slice(from + 1, to).map(hundredths), total: hundredths(rows[to]) }
}

describe('a purchase', () => {
  it('is the example of domain.md 11.1, line by line', () => {
    expect(read(print(bought('en')).paper)).toEqual([
      'Energy of Town',
      'Tax no. 0000000',
      'Date|2026-11-23 16:45',
      'Receipt no.|42',
      'Order no.|2611230000000042',
      'Kiosk|000000000101',
      'Main Street 1',
      'ON YOUR CARD',
      '89.10 kWh',
      'Leave the card in your meter for 15 seconds.',
      'Paid in cash|CNY 200.00',
      '|2 x 100.00',
      'What it paid for',
      'Fixed charge 2026-11|10.00',
      'Arrears repaid|57.00',
      '60.00 kWh x 1.2000|72.00',
      '29.10 kWh x 1.5000|43.65',
      'VAT 15%|17.35',
      'Total|CNY 200.00',
      'VAT in the fixed charge|1.30',
      'Arrears before|500.00',
      'Arrears left|443.00',
      'Account balance|CNY 0.00',
      'Left in the meter 2026-11-21|12.40 kWh',
      'Customer|L. Chen ****0099',
      'Meter|****5678',
      'Card|****6677',
      'Tariff|A Tariff',
      'Purchase count|7',
      'Scan to check this receipt',
      'Help|0800 123 456',
    ])
  })

  it.each(languages)('shows the energy largest (%s)', (language) => {
    const large = print(bought(language)).paper.lines.filter(
      (line) => line.kind === 'text' && line.size === 'large',
    )
    expect(large).toMatchObject([{ text: '89.10 kWh', weight: 'bold' }])
  })

  it('adds up to what was paid, on paper, for any tariff and any notes', () => {
    const price = fc.integer({ min: 1000, max: 60_000 })
    fc.assert(
      fc.property(
        fc.record({
          vat: fc.record({ rate: fc.integer({ min: 0, max: 2500 }), included: fc.boolean() }),
          price,
          levy: price,
          fee: fc.integer({ min: 0, max: 500 }),
          fixed: fc.integer({ min: 0, max: 3000 }),
          arrears: fc.integer({ min: 0, max: 90_000 }),
          tender: fc.integer({ min: 500, max: 100_000 }),
          more: fc.integer({ min: 0, max: 10_000 }),
          language: fc.constantFrom(...languages),
        }),
        ({ vat, price, levy, fee, fixed, arrears, tender, more, language }) => {
          const tariff = {
            ...standard,
            vat,
            ladder: { ...standard.ladder, blocks: [{ upTo: null, price }] },
            levies: [
              {
                kind: 'per kWh without VAT' as const,
                names: { en: 'L', zh: 'L', ar: 'L' },
                price: levy,
              },
            ],
            channelFee: { flat: minor(fee), share: 0, cap: null },
          }
          const sale: SaleContext = {
            ...bought(
              language,
              {
                tariff,
                fixedDue: { amount: minor(fixed), period: '2026-11' },
                arrearsBalance: minor(arrears),
              },
              minor(tender),
            ),
            notes: [{ noteId: ids.note(), value: minor(tender + more) }],
          }
          const sums = moneyLines(sale).map((line) => line.amount)
          expect(plus(...sums)).toBe(tender + more)
          const { lines, total } = sumOnPaper(sale)
          expect(lines.reduce((sum, line) => sum + line, 0)).toBe(total)
          expect(total).toBe(tender + more)
        },
      ),
    )
  })

  it('paid from the account names no notes and adds up too', () => {
    const sale: SaleContext = { ...bought('en'), tender: 'account', notes: [] }
    const rows = read(print(sale).paper)
    expect(rows).toContain('Paid from account|CNY 200.00')
    expect(rows.some((row) => row.includes(' x 100.00'))).toBe(false)
    expect(sumOnPaper(sale).total).toBe(20_000)
  })

  it('names what was put in beyond the price, and the balance after it', () => {
    const sale: SaleContext = {
      ...bought('en'),
      notes: [...bought('en').notes, { noteId: ids.note(), value: minor(5000) }],
      balance: minor(5000),
    }
    const rows = read(print(sale).paper)
    expect(rows).toEqual(
      expect.arrayContaining([
        'Paid in cash|CNY 250.00',
        '|2 x 100.00',
        '|1 x 50.00',
        'Rest to your account|50.00',
        'Account balance|CNY 50.00',
      ]),
    )
  })

  it('names free energy, and counts it into what is on the card', () => {
    const rows = read(print(bought('en', { freeUnitsDue: energy(5000) })).paper)
    expect(rows).toEqual(expect.arrayContaining(['139.10 kWh', 'Of which free|50.00 kWh']))
  })

  it('whose price is not known any more still adds up', () => {
    const sale: SaleContext = { ...bought('en'), quote: null }
    expect(moneyLines(sale)).toEqual([
      { what: 'energy', amount: 13_300 },
      { what: 'other', amount: 6700 },
    ])
    expect(paidOf(sale)).toBe(20_000)
    expect(read(print(sale).paper)).toContain('89.10 kWh')
  })

  it('carries the proof of the centre as a QR code, where there is one', () => {
    const proven = print(bought('en'))
    expect(proven.qr).toBe('WP1.2611230000000042.signature')
    expect(proven.paper.lines).toContainEqual({ kind: 'qr', data: proven.qr })
    const unproven = print({ ...bought('en'), receiptProof: null })
    expect(unproven.qr).toBeNull()
    expect(unproven.paper.lines.some(({ kind }) => kind === 'qr')).toBe(false)
  })

  it('without a number of its own is a slip all the same', () => {
    const rows = read(print(bought('en'), { number: null }).paper)
    expect(rows.some((row) => row.startsWith('Receipt no.'))).toBe(false)
    expect(rows).toContain('Order no.|2611230000000042')
  })

  it('printed again says so, and how often', () => {
    expect(read(print(bought('en'), { copy: 2 }).paper)).toContain('DUPLICATE 2')
    expect(read(print(bought('en')).paper).join()).not.toContain('DUPLICATE')
  })
})

describe('other ends', () => {
  const end = (outcome: Outcome, money: MoneyPlace, balance: Minor | null = amount) =>
    read(print({ ...bought('en'), outcome, money, balance }).paper)

  it('a deposit says that it has arrived, and the balance', () => {
    const rows = end({ kind: 'deposited', amount, balance: amount, pending: null }, places[1]!)
    expect(rows).toEqual(
      expect.arrayContaining([
        'PAID INTO YOUR ACCOUNT',
        'CNY 200.00',
        '|2 x 100.00',
        'Account balance|CNY 200.00',
      ]),
    )
  })

  it.each([places[2]!, places[3]!])(
    'a deposit that is $kind never says that it has arrived, and has its reference',
    (money) => {
      const rows = end(
        { kind: 'deposited', amount, balance: null, pending: referenceOf(ids.sale()) },
        money,
        null,
      )
      expect(rows).not.toContain('PAID INTO YOUR ACCOUNT')
      expect(rows).toContain(receiptTexts.en.place[money.kind])
      expect(rows.some((row) => row.startsWith('Reference|'))).toBe(true)
    },
  )

  it('a return says that the purchase is cancelled', () => {
    const rows = end({ kind: 'returned to account', amount, balance: amount }, places[1]!)
    expect(rows).toEqual(
      expect.arrayContaining(['BACK IN YOUR ACCOUNT', 'CNY 200.00', 'Account balance|CNY 200.00']),
    )
    expect(rows).toContain('The purchase did not reach your card. It is cancelled.')
  })

  it('a load that was taken back says so once, under the reference of its purchase', () => {
    const rows = end({ kind: 'undone', amount, balance: amount }, places[1]!)
    expect(rows).toEqual(
      expect.arrayContaining([
        'Order no.|2611230000000042',
        'BACK IN YOUR ACCOUNT',
        'CNY 200.00',
        'The purchase was taken back, and its energy is off your card.',
        'Account balance|CNY 200.00',
      ]),
    )
    expect(rows.filter((row) => row.startsWith('Reference|'))).toHaveLength(1)
    expect(rows).not.toContain('ON YOUR CARD')
    expect(rows).not.toContain('Leave the card in your meter for 15 seconds.')
  })

  it('a load that was taken back after a note was lost has both: the money that is back, and the claim', () => {
    const sale: SaleContext = {
      ...bought('en'),
      mishap: 'note unaccounted for',
      outcome: { kind: 'undone', amount, balance: amount },
      money: { kind: 'held', amount: minor(5000) },
    }
    const rows = read(print(sale).paper)
    expect(rows).toEqual(
      expect.arrayContaining([
        'BACK IN YOUR ACCOUNT',
        'CNY 200.00',
        'CNY 50.00',
        'We keep it for you.',
      ]),
    )
    expect(rows.filter((row) => row.startsWith('Reference|'))).toHaveLength(1)
    expect(rows.filter((row) => row.startsWith('Meter|'))).toHaveLength(1)
  })

  it('an older purchase that its card has shown says what is on the card, what was paid, and that it was late', () => {
    const rows = end({ kind: 'settled', energy: energy(8910), order: orderNumber }, places[4]!)
    expect(rows).toEqual(
      expect.arrayContaining([
        'Order no.|2611230000000042',
        'ON YOUR CARD',
        '89.10 kWh',
        receiptTexts.en.settledEarlier,
        receiptTexts.en.loaded,
        'Total|CNY 200.00',
        'Card|****6677',
      ]),
    )
    expect(rows).not.toContain('BACK IN YOUR ACCOUNT')
  })

  it('a purchase with a lost note has both: the energy, and the claim', () => {
    const sale: SaleContext = {
      ...bought('en'),
      mishap: 'note unaccounted for',
      money: { kind: 'held', amount: minor(5000) },
    }
    const rows = read(print(sale).paper)
    expect(rows).toEqual(expect.arrayContaining(['89.10 kWh', 'CNY 50.00', 'We keep it for you.']))
    expect(rows.filter((row) => row.startsWith('Meter|'))).toHaveLength(1)
  })

  it('money that is held has one way to get it: by its claim where there is one, else by a call', () => {
    const sale: SaleContext = {
      ...bought('en'),
      mishap: 'note unaccounted for',
      money: { kind: 'held', amount: minor(5000) },
    }
    const toCall = 'Keep this slip and call us.'
    const told = (claim: string | null) => read(print(sale, { claim }).paper).join(' ')
    expect(told(null)).toContain(toCall)
    expect(told(null)).not.toContain('Redeem it')
    expect(told('WPC1 a claim')).toContain('Redeem it')
    expect(told('WPC1 a claim')).not.toContain(toCall)
  })

  it('a card that nobody knows is named by its last digits alone', () => {
    const rows = read(
      print({
        ...bought('en'),
        account: null,
        mishap: 'note unaccounted for',
        outcome: { kind: 'nothing bought' },
        money: { kind: 'held', amount },
      }).paper,
    )
    expect(rows).toContain('Card|****6677')
  })
})

describe('an Arabic slip', () => {
  it('keeps every number that stands beside Arabic words in its own order', () => {
    for (const { slip } of everySlip.filter(({ sale }) => sale.language === 'ar')) {
      for (const row of read(slip.paper).flatMap((row) => row.split('|'))) {
        if (!/\p{Script=Arabic}/u.test(row)) continue
        const outside = row.replaceAll(/\u2066[^\u2069]*\u2069/g, '')
        expect(outside).not.toMatch(/\d/)
      }
    }
  })
})
