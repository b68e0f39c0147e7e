// Customers at the office: found by what a caller has at hand, changed with a reason, and what a kiosk makes of each change.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PlanAsked } from '../../../domain/console/customers.ts'
import { CardSerial, CustomerNumber, MeterNumber } from '../../../domain/identifiers.ts'
import { fromHex } from '../../../domain/power-card/bytes.ts'
import { readParameters } from '../../../domain/power-card/parameters.ts'
import { readPurchase } from '../../../domain/power-card/purchase.ts'
import { issuedCard } from '../../../drivers/card-reader/simulated-card/issuing.ts'
import { simulatedCard } from '../../../drivers/card-reader/simulated-card/simulated-card.ts'
import { simulatedMeter } from '../../../drivers/card-reader/simulated-meter/simulated-meter.ts'
import { readHomes } from '../../losses/reading-homes.ts'
import { newMeter } from '../../../drivers/card-reader/simulated-meter/state.ts'
import { townKeys } from '../../../kiosk/bench/town/keys.ts'
import { centreKit, type CentreKit } from '../../../test/centre-kit.ts'
import { officeOf, toldBy } from '../../../test/office-kit.ts'
import { accountBalance, arrearsBalance } from '../../books.ts'
import { customerDeeds, customerQuestions } from './customers-answers.ts'

let kit: CentreKit
let office: ReturnType<typeof officeOf>
beforeEach(async () => {
  kit = await centreKit()
  office = officeOf(kit)
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
})

const serialOf = (id: string) => CardSerial.parse(kit.cardOf(id).state().serial)
const bindingOf = (id: string) =>
  kit
    .store()
    .read.selectFrom('bindings')
    .innerJoin('cards', 'cards.binding', 'bindings.binding')
    .selectAll('bindings')
    .where('cards.serial', '=', serialOf(id))
    .executeTakeFirstOrThrow()
const customerOf = async (id: string) => (await bindingOf(id)).customer
const inOffice = async (id: string) =>
  toldBy(await office.ask(customerQuestions.customer, { customer: await customerOf(id) }))
const proposalOf = (
  changed: { kind: string } | { kind: 'proposed'; approval: { approval: string } },
) => {
  if (!('approval' in changed)) throw new Error(`it was ${changed.kind} without a second person`)
  return changed.approval.approval
}
const why = { reason: 'told on the telephone' }

describe('a customer is found', () => {
  const found = async (find: string) =>
    toldBy(await office.ask(customerQuestions.customers, { find })).rows.map((it) => it.customer)

  it('by the whole of any of their numbers, or by the digits that a screen shows', async () => {
    const { customer, meter } = await bindingOf('arrears')
    const serial = serialOf('arrears')
    for (const number of [customer, meter, serial, serial.toUpperCase(), meter.slice(-6)]) {
      expect(await found(number)).toEqual([customer])
    }
    expect(await found(`${customer.slice(0, 6)} ${customer.slice(6)}`)).toEqual([customer])
  })

  it('by parts of name and address in any order and case', async () => {
    expect(await found('smith MILL')).toEqual([await customerOf('arrears')])
    expect(await found('smith chapel')).toEqual([])
    expect(await found('%')).toEqual([])
  })

  it('page by page, each of them once', async () => {
    const all = await kit.store().read.selectFrom('customers').select('customer').execute()
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = toldBy(
        await office.ask(customerQuestions.customers, after === undefined ? {} : { after }),
      )
      seen.push(...page.rows.map((row) => row.customer))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen.toSorted()).toEqual(all.map((row) => row.customer).toSorted())
  })
})

describe('the statement', () => {
  it('goes from the opening to the closing balance, line by line, and is the account', async () => {
    const kiosk = kit.kiosk()
    const { order } = (
      await kiosk.sell(kit.cardOf('plain-sale'), { tender: 15_000, notes: [10_000, 10_000] })
    ).proven
    const customer = await customerOf('plain-sale')
    const statement = toldBy(
      await office.ask(customerQuestions['customer/statement'], { customer }),
    )
    const sum = statement.lines.reduce((all, line) => all + line.amount, 0)
    expect(statement.opening + sum).toBe(statement.closing)
    expect(statement.closing).toBe(await accountBalance(kit.store().read, customer))
    expect(statement.lines.at(-1)).toMatchObject({
      balance: statement.closing,
      orderNumber: order.orderNumber,
    })
    const { text } = toldBy(
      await office.ask(customerQuestions['customer/statement-file'], { customer }),
    )
    expect(text.split('\r\n')).toHaveLength(statement.lines.length + 4)
  })

  it('of old debt falls with every purchase that repays some of it', async () => {
    const { quote } = await kit
      .kiosk()
      .sell(kit.cardOf('arrears'), { tender: 20_000, notes: [20_000] })
    const customer = await customerOf('arrears')
    const statement = toldBy(
      await office.ask(customerQuestions['customer/statement'], { customer, of: 'arrears' }),
    )
    expect(statement.lines.map(({ amount }) => amount)).toEqual([50_000, 0 - quote.arrears.paid])
    expect(statement.closing).toBe(quote.arrears.after)
  })
})

describe('a plan for old debt', () => {
  const plan = { share: 1_000, cap: 900, leastEnergyShare: 5_000 }

  it('is what the next quote at a kiosk repays by, and back again', async () => {
    const kiosk = kit.kiosk()
    const customer = await customerOf('arrears')
    const repaid = async () => {
      const inserted = await kiosk.insert(kit.cardOf('arrears'))
      const quoted = await kiosk.ask('quote', {
        saleId: kit.ids.sale(),
        insertionId: inserted.insertionId,
        wish: { kind: 'money', tender: 20_000 },
      })
      if (quoted.kind === 'refused') throw new Error(quoted.why)
      return quoted.quote.arrears.paid
    }
    const before = await repaid()
    expect(before).toBeGreaterThan(900)
    const deed = customerDeeds['customer/plan']
    toldBy(await office.perform(deed, { customer, plan, ...why }))
    expect(await repaid()).toBe(900)
    expect((await inOffice('arrears')).arrears).toMatchObject({ own: plan, owed: 50_000 })
    toldBy(await office.perform(deed, { customer, plan: null, ...why }))
    expect(await repaid()).toBe(before)
    const history = toldBy(await office.ask(customerQuestions['customer/history'], { customer }))
    expect(history.rows).toMatchObject([
      { what: 'plan', before: plan, who: 'anna', second: null, why: why.reason },
      { what: 'plan', after: plan },
    ])
  })

  it('has bounds: not nothing, not all, and something always stays for energy', () => {
    const fits = (of: object) => PlanAsked.safeParse({ ...plan, ...of }).success
    expect(fits({})).toBe(true)
    expect([{ share: 499 }, { share: 9_001 }, { leastEnergyShare: 0 }, { cap: 1 }].some(fits)).toBe(
      false,
    )
  })

  it('that gives debt up waits for a second person, and never for the one who proposed it', async () => {
    const customer = await customerOf('arrears')
    const proposed = toldBy(
      await office.perform(customerDeeds['customer/plan'], {
        customer,
        plan,
        writeOff: 20_000,
        ...why,
      }),
    )
    expect(await arrearsBalance(kit.store().read, customer)).toBe(50_000)
    const own = await office.approve(proposalOf(proposed), office.anna)
    expect(own.kind).toBe('refused')
    const approved = toldBy(await office.approve(proposalOf(proposed)))
    expect(approved.approval.state).toBe('done')
    expect(await arrearsBalance(kit.store().read, customer)).toBe(30_000)
    expect((await inOffice('arrears')).arrears.own).toMatchObject(plan)
  })

  it('cannot give up more than is owed by then: the proposal fails, and nothing is booked', async () => {
    const customer = await customerOf('arrears')
    const proposed = toldBy(
      await office.perform(customerDeeds['customer/plan'], {
        customer,
        plan: null,
        writeOff: 50_000,
        ...why,
      }),
    )
    await kit.kiosk().sell(kit.cardOf('arrears'), { tender: 20_000, notes: [20_000] })
    const owed = await arrearsBalance(kit.store().read, customer)
    const decided = toldBy(await office.approve(proposalOf(proposed)))
    expect(decided.approval.state).toBe('failed')
    expect(await arrearsBalance(kit.store().read, customer)).toBe(owed)
  })
})

describe('a debt that an open purchase repays in part', () => {
  it('is not given up besides: nobody would owe less than nothing', async () => {
    const kiosk = kit.kiosk()
    const inserted = await kiosk.insert(kit.cardOf('arrears'))
    const { quote } = await kiosk.order(inserted, { tender: 20_000, notes: [20_000] })
    const customer = await customerOf('arrears')
    const giveUp = (writeOff: number) =>
      office.perform(customerDeeds['customer/plan'], { customer, plan: null, writeOff, ...why })
    expect(await giveUp(50_000)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'an open purchase repays' },
    })
    const proposed = toldBy(await giveUp(50_000 - quote.arrears.paid))
    expect(toldBy(await office.approve(proposalOf(proposed))).approval.state).toBe('done')
    expect(await arrearsBalance(kit.store().read, customer)).toBe(quote.arrears.paid)
  })
})

describe('credit, frozen, blocked', () => {
  it('more credit is proposed; less is done, but not below what is used', async () => {
    const customer = await customerOf('no-account-money')
    const deed = customerDeeds['customer/overdraft']
    const proposed = toldBy(await office.perform(deed, { customer, overdraft: 10_000, ...why }))
    toldBy(await office.approve(proposalOf(proposed)))
    const kiosk = kit.kiosk()
    await kiosk.sell(kit.cardOf('no-account-money'), { tender: 6_000 })
    const used = 0 - (await accountBalance(kit.store().read, customer))
    expect(used).toBeGreaterThan(5_000)
    const less = await office.perform(deed, { customer, overdraft: used - 1, ...why })
    expect(less.kind).toBe('refused')
    toldBy(await office.perform(deed, { customer, overdraft: used, ...why }))
    expect((await inOffice('no-account-money')).overdraft).toBe(used)
  })

  it('nothing is paid from a frozen account, nothing is sold to a blocked customer', async () => {
    const customer = await customerOf('plain-sale')
    const kiosk = kit.kiosk()
    const frozen = customerDeeds['customer/freeze']
    toldBy(await office.perform(frozen, { customer, frozen: true, ...why }))
    expect((await kiosk.insert(kit.cardOf('plain-sale'))).account?.spendable).toBe(0)
    expect((await office.perform(frozen, { customer, frozen: true, ...why })).kind).toBe('refused')
    const blocked = customerDeeds['customer/block']
    toldBy(await office.perform(blocked, { customer, blocked: true, ...why }))
    expect((await kiosk.insert(kit.cardOf('plain-sale'))).verdict).toMatchObject({
      refusal: { why: 'customer blocked' },
    })
  })

  it('money by hand has a document, two persons, and its other side in the books', async () => {
    const customer = await customerOf('plain-sale')
    const before = await accountBalance(kit.store().read, customer)
    const proposed = toldBy(
      await office.perform(customerDeeds['customer/adjust'], {
        customer,
        amount: -640,
        document: 'Receipt 17',
        ...why,
      }),
    )
    toldBy(await office.approve(proposalOf(proposed)))
    expect(await accountBalance(kit.store().read, customer)).toBe(before - 640)
  })
})

describe('a card', () => {
  it('that was lost is refused at once, and sells again when it was found', async () => {
    const kiosk = kit.kiosk()
    const serial = serialOf('plain-sale')
    const deed = customerDeeds['customer/card-block']
    toldBy(await office.perform(deed, { serial, blocked: true, ...why }))
    expect((await kiosk.insert(kit.cardOf('plain-sale'))).verdict).toMatchObject({
      refusal: { kind: 'visit the office', why: 'card blocked' },
    })
    expect((await inOffice('plain-sale')).bindings[0]?.cards[0]?.verdict).toBe('blocked')
    toldBy(await office.perform(deed, { serial, blocked: false, ...why }))
    expect((await kiosk.insert(kit.cardOf('plain-sale'))).verdict.kind).toBe('can sell')
  })

  it('is replaced: the old one is refused, the new one carries the same purchase and meets its meter first', async () => {
    const kiosk = kit.kiosk()
    await kiosk.sell(kit.cardOf('plain-sale'), { tender: 10_000, notes: [10_000] })
    const old = readPurchase(fromHex(kit.cardOf('plain-sale').state().files[2]))
    const newSerial = CardSerial.parse('00112233445566ff')
    const proposed = toldBy(
      await office.perform(customerDeeds['customer/card-replace'], {
        serial: serialOf('plain-sale'),
        newSerial: '0011 2233 4455 66FF',
        ...why,
      }),
    )
    expect((await kiosk.insert(kit.cardOf('plain-sale'))).verdict).toMatchObject({
      refusal: { kind: 'unread purchase' },
    })
    const decided = await office.approve(proposalOf(proposed), office.boris)
    expect(decided.kind).toBe('refused')
    toldBy(await office.approve(proposalOf(proposed), office.clara))
    expect((await kiosk.insert(kit.cardOf('plain-sale'))).verdict).toMatchObject({
      refusal: { kind: 'card replaced' },
    })
    const [card] = (await inOffice('plain-sale')).bindings[0]?.cards ?? []
    expect(card).toMatchObject({
      serial: newSerial,
      verdict: 'not yet written',
      count: old.count,
      orderNumber: old.orderNumber,
    })
    const chip = written(card?.toWrite?.ef01 ?? '', newSerial, old)
    expect((await kiosk.insert(chip)).verdict).toMatchObject({
      refusal: { kind: 'not yet in meter' },
    })
    expect(kit.meterOf('plain-sale').insert(chip)).toMatchObject({ code: 0, credited: old.energy })
    expect((await kiosk.insert(chip)).verdict.kind).toBe('can sell')
    expect((await inOffice('plain-sale')).bindings[0]?.cards.map(({ verdict }) => verdict)).toEqual(
      ['sells', 'replaced'],
    )
  })
})

/** What the desk does with an order to write a card: keys, EF02 sealed for this chip, EF01 as ordered. */
const written = (ef01: string, serial: CardSerial, purchase?: ReturnType<typeof readPurchase>) => {
  const read = readParameters(fromHex(ef01))
  if (read.kind === 'malformed') throw new Error(read.problem)
  const state = issuedCard({
    masterKeys: townKeys,
    serial,
    parameters: read.parameters,
    ...(purchase === undefined ? {} : { purchase }),
  })
  expect(state.files[1]).toBe(ef01)
  return simulatedCard({ state, random: kit.random })
}

describe('another meter', () => {
  const newMeterNumber = MeterNumber.parse('000099999999')

  it('begins with what was left in the old one and on the card, and gives it once', async () => {
    const kiosk = kit.kiosk()
    const { quote } = await kiosk.sell(kit.cardOf('plain-sale'), {
      tender: 10_000,
      notes: [10_000],
    })
    const { binding } = await bindingOf('plain-sale')
    const customer = await customerOf('plain-sale')
    const preview = toldBy(
      await office.ask(
        customerQuestions['customer/meter-preview'],
        { binding, remaining: 1_234 },
        office.clara,
      ),
    )
    expect(preview.countNeeded).toBe(true)
    const newSerial = CardSerial.parse('00112233445566ee')
    const proposed = toldBy(
      await office.perform(customerDeeds['customer/meter-change'], {
        binding,
        newMeter: newMeterNumber,
        remaining: 1_234,
        count: 6,
        newSerial,
        ...why,
      }),
    )
    toldBy(await office.approve(proposalOf(proposed), office.clara))
    const { bindings } = toldBy(await office.ask(customerQuestions.customer, { customer }))
    const now = bindings.find(({ meter }) => meter === newMeterNumber)
    const ended = bindings.find((it) => it.binding === binding)
    const due = 1_234 + quote.energy
    expect(now).toMatchObject({
      meter: newMeterNumber,
      makeUpDue: due,
      soldThisPeriod: expect.any(Number),
    })
    expect(now?.soldThisPeriod).toBe(ended?.soldThisPeriod)
    expect(ended?.ended?.by).toBe(now?.binding)
    const span = { from: 0, until: kit.clock.now + 1, firstDay: '2026-01-01' }
    const { homes } = await readHomes(kit.store().read, { ...span, after: '', most: 1_000 })
    expect(homes.filter((home) => home.ended).map((home) => home.binding.binding)).toEqual([
      binding,
    ])

    const chip = written(now?.cards[0]?.toWrite?.ef01 ?? '', newSerial)
    const { area } = await kit
      .store()
      .read.selectFrom('bindings')
      .select('area')
      .where('binding', '=', binding)
      .executeTakeFirstOrThrow()
    const meter = simulatedMeter({
      state: newMeter({ number: newMeterNumber, area }),
      now: () => kit.clock.now,
      random: kit.random,
      masterKeys: {
        cards: new Map([[1, { MK_EM: townKeys.MK_EM, MK_MM: townKeys.MK_MM }]]),
        meters: new Map([[1, townKeys.MK_MT]]),
      },
    })
    expect(meter.insert(chip)).toMatchObject({ code: 0 })
    const sold = await kiosk.sell(chip, { tender: 5_000, notes: [5_000] })
    expect(sold.quote.freeEnergy).toBe(due)
    expect(readPurchase(fromHex(chip.state().files[2]))).toMatchObject({
      energy: sold.quote.energy + due,
      flags: 4,
      count: 1,
    })
    expect(meter.insert(chip)).toMatchObject({ code: 0, credited: sold.quote.energy + due })
    const inserted = await kiosk.insert(chip)
    const again = await kiosk.ask('quote', {
      saleId: kit.ids.sale(),
      insertionId: inserted.insertionId,
      wish: { kind: 'money', tender: 5_000 },
    })
    expect(again).toMatchObject({ kind: 'quoted', quote: { freeEnergy: 0 } })
  })

  it('is not begun while nobody knows what became of an order, nor with a number that is in use', async () => {
    const { binding } = await bindingOf('order-open')
    const asked = {
      binding,
      newMeter: newMeterNumber,
      remaining: 0,
      count: 0,
      newSerial: null,
      ...why,
    }
    const deed = customerDeeds['customer/meter-change']
    expect(await office.perform(deed, asked)).toMatchObject({ kind: 'refused' })
    const plain = await bindingOf('plain-sale')
    const taken = { ...asked, binding: plain.binding, newMeter: (await bindingOf('arrears')).meter }
    expect(await office.perform(deed, taken)).toMatchObject({ kind: 'refused' })
  })
})

describe('a file', () => {
  const file = (customers: object[], meters: object[] = []) =>
    JSON.stringify({ customers, meters, cards: [] }, null, 1)
  const newcomer = {
    customer: '000000990001',
    shortName: 'N. Comer',
    address: '1 New Street',
    balance: 2_500,
    arrears: 700,
  }
  const check = async (text: string) =>
    toldBy(await office.perform(customerDeeds['customers/check-file'], { text }))

  it('is looked at down to line and field, and nothing of it stays', async () => {
    const wrong = file([newcomer, { ...newcomer, balance: 'much' }])
    expect(await check(wrong)).toMatchObject({
      kind: 'problems',
      problems: [{ line: 14, where: 'customers.1.balance' }],
    })
    expect(await check('{\n "customers": [')).toMatchObject({ kind: 'problems' })
    expect(await check(file([newcomer]))).toMatchObject({
      kind: 'fits',
      counts: { customers: 1 },
      balances: 2_500,
      arrears: 700,
    })
    const there = await office.ask(customerQuestions.customer, { customer: newcomer.customer })
    expect(there.kind).toBe('refused')
  })

  it('that contradicts the books says so with its line', async () => {
    const customer = await customerOf('plain-sale')
    const checked = await check(file([{ ...newcomer, customer }]))
    expect(checked).toMatchObject({ kind: 'problems', problems: [{ line: 3 }] })
  })

  it('is taken in when a second person says so', async () => {
    const proposed = toldBy(
      await office.perform(customerDeeds['customers/take-file'], {
        text: file([newcomer]),
        name: 'new.json',
        ...why,
      }),
    )
    if (proposed.kind !== 'proposed') throw new Error(proposed.kind)
    toldBy(await office.approve(proposed.approval.approval, office.clara))
    const customer = CustomerNumber.parse(newcomer.customer)
    expect(await accountBalance(kit.store().read, customer)).toBe(2_500)
    const out = toldBy(await office.ask(customerQuestions['customers/file'], { what: 'customers' }))
    expect(out.text).toContain('000000990001,N. Comer,1 New Street,25.00,7.00,0.00,,')
    const bindings = toldBy(
      await office.ask(customerQuestions['customers/file'], { what: 'bindings' }),
    )
    expect(bindings.rows).toBeGreaterThan(10)
  })
})
