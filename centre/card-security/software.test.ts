// K1 for the centre: what the key file makes and checks is byte for byte what power-card.md 15 publishes.
import { describe, expect, it } from 'vitest'
import {
  CardSerial,
  CustomerNumber,
  KioskNumber,
  MeterNumber,
  Nonce,
  OrderNumber,
} from '../../domain/identifiers.ts'
import { fromHex, toHex } from '../../domain/power-card/bytes.ts'
import { readParameters, writeParameters } from '../../domain/power-card/parameters.ts'
import { publishedUndo } from '../../domain/power-card/vectors.ts'
import { townKeyFile } from '../../kiosk/bench/town/keys.ts'
import { parametersFor, standbyPrices } from '../sending.ts'
import { standard } from '../tariffs/tariff-fixtures.ts'
import { passingReceiptKey } from './receipt-key.ts'
import { softwareCardSecurity } from './software.ts'

const security = softwareCardSecurity({ keys: townKeyFile, receiptKey: passingReceiptKey() })
const serial = CardSerial.parse('0011223344556677')
const card = { serial, keyVersion: 1 }
const meter = { meter: MeterNumber.parse('000012345678'), keyVersion: 1 }
const customer = CustomerNumber.parse('000000700123')
const nonce = (first: string): Nonce =>
  Nonce.parse(Array.from({ length: 8 }, (_, at) => `${first}${at}`).join(''))

const ef01 =
  '6803003601000201015600000000000000001388000003e800000100000100001234567800000070012302000186a0000005dc00000002f30001c416'
const before = '000027100000000600001b8226102800000000176ae1bc6001010600000000007cd447dffa74cc04'
const sale = '000033f400000007000022ce26112300000000426b03fd0c010101020000164498039567c02b4fa7'
const back =
  '6811002b00000001000001000012345678000000700123000007620000000600000000000000000000002610281930fc16000000000000000000000000000000010100090000b09a0000a938000079ea00002f4e0000000000000000000000006ae1dcb88f872ae867d794b70000000000000000000000000000000000000000'
const record = '6ae1dcb80002000012345678261028000000001700002710000000066cd2c277'

const content = {
  amount: 13_300,
  count: 7,
  energy: 8_910,
  orderNumber: OrderNumber.parse('2611230000000042'),
  time: Date.parse('2026-11-23T08:45:00Z') / 1000,
  channel: 1,
  arrears: 5_700,
  hasFreeUnits: false,
  hasEarlierValue: false,
}

/** 15.4, with what may travel beside it (15.6). */
const script = (files: { ef01: string | null; ef04: string | null }): Promise<string[]> =>
  security.buildScript({
    ...card,
    meter,
    challenge: nonce('b'),
    random: nonce('c'),
    ...files,
    record: {
      time: content.time,
      channel: 1,
      terminal: KioskNumber.parse('000000000101'),
      orderNumber: content.orderNumber,
      amount: content.amount,
      count: 7,
    },
    ef02: sale,
  })

describe('the published sale (15.3, 15.4)', () => {
  it('is sealed for its meter, customer and card', async () => {
    expect(await security.sealPurchase({ ...meter, customer, serial, purchase: content })).toBe(
      sale,
    )
    expect(await security.verifyPurchase({ ...meter, customer, serial, ef02: sale })).toBe(true)
    const others = [
      { meter: MeterNumber.parse('000012345679') },
      { customer: CustomerNumber.parse('000000700124') },
      { serial: CardSerial.parse('8899aabbccddeeff') },
      { ef02: sale.replace('00000007', '00000008') },
    ]
    for (const other of others) {
      const asked = { ...meter, customer, serial, ef02: sale, ...other }
      expect(await security.verifyPurchase(asked)).toBe(false)
    }
  })

  it('has the published script, EF02 last', async () => {
    expect(await script({ ef01: null, ef04: null })).toEqual([
      '0082000210c0c1c2c3c4c5c6c798f9e168c0f80192',
      '04d68500100000000000000000d7750c8220140ae2',
      '04e20030286b03fd0c01010000000001012611230000000042000033f40000000701e552e1414467defcbd9ae0',
      `04d6820030${sale}13930f766bb45a82`,
    ])
  })

  it('is taken back in its own session, with the next numbers (15.5)', async () => {
    const undone = await security.buildUndo({
      ...card,
      meter,
      challenge: nonce('b'),
      random: nonce('c'),
      writes: 3,
      record: {
        time: Date.parse('2026-11-23T08:45:40Z') / 1000,
        channel: 1,
        terminal: KioskNumber.parse('000000000101'),
        orderNumber: content.orderNumber,
        amount: content.amount,
        count: 6,
      },
      ef02: before,
    })
    expect(undone).toEqual([publishedUndo.append, publishedUndo.commit])
  })

  it('is looked at, and proven loaded, over the nonces of the centre', async () => {
    const look = {
      ...card,
      nonce: nonce('a'),
      genuine: '040d8c1bbb69867ea6e6e3a5583f0e56',
      ef02: `${before}a8eb86d0d924cb55`,
      ef05: `${back}2c0709d5d9ada404`,
    }
    expect(await security.verifyLook(look)).toEqual({ genuine: true, files: true })
    expect(await security.verifyLook({ ...look, nonce: nonce('d') })).toEqual({
      genuine: false,
      files: false,
    })
    const proof = { ...card, nonce: nonce('d') }
    expect(await security.verifyProof({ ...proof, proof: `${sale}91fadfef78e31ec4` })).toBe('RO')
    expect(await security.verifyProof({ ...proof, proof: `${sale}1654f36cf62af054` })).toBe('RB')
    expect(await security.verifyProof({ ...proof, proof: `${before}91fadfef78e31ec4` })).toBeNull()
  })

  it('comes after a write-back and a record that are its meter’s', async () => {
    expect(await security.verifyWriteBack({ ...meter, serial, ef05: back })).toBe(true)
    const altered = back.replace('00000762', '00000763')
    expect(await security.verifyWriteBack({ ...meter, serial, ef05: altered })).toBe(false)
    expect(await security.verifyRecord({ meter: meter.meter, serial, record })).toBe(true)
    const other = MeterNumber.parse('000012345679')
    expect(await security.verifyRecord({ meter: other, serial, record })).toBe(false)
  })
})

describe('a sale with prices to come (15.6)', () => {
  const tariff = { ...standard, validFrom: '2027-01-01' }
  const read = readParameters(fromHex(ef01))
  const onCard = read.kind === 'parameters' ? read.parameters : null
  const binding = {
    alarm_1: 5_000,
    alarm_2: 1_000,
    ct_ratio: 1,
    pt_ratio: 1,
    hoarding_limit: 100_000,
    overdraft_limit: 1_500,
    unit_flags: 1,
    currency: 156,
    meter: meter.meter,
    customer,
    area: 755,
  }

  it('has the published files and MACs', async () => {
    if (onCard === null) throw new Error('EF01 is not read')
    const parameters = parametersFor({
      binding: binding as unknown as Parameters<typeof parametersFor>[0]['binding'],
      onCard,
      toCome: tariff,
      sendPrices: true,
    })
    const files = {
      ef01: toHex(writeParameters(parameters)),
      ef04: toHex(standbyPrices(tariff)),
    }
    expect(files.ef01).toBe(
      ef01.replace('68030036010002', '68030036010802').replace('c416', 'cc16'),
    )
    const commands = await script(files)
    expect(commands.map((it) => [it.slice(0, 10), it.length / 2, it.slice(-16)]).slice(1)).toEqual([
      ['04d6810044', 73, 'c54d51fcc539cb57'],
      ['04d68400d1', 214, '5275e355ebe5fe01'],
      ['04d6850010', 21, '7b9b323f8a73bf21'],
      ['04e2003028', 45, 'a69beff73cfbdb33'],
      ['04d6820030', 53, '27e97680ced88167'],
    ])
  })
})

describe('key versions', () => {
  it('are those of the file, and asking for another is a bug', async () => {
    expect([0, 1, 2].map(security.acceptsVersion)).toEqual([false, true, false])
    expect([1, 2].map(security.acceptsMeterVersion)).toEqual([true, false])
    const ask = security.verifyProof({ serial, keyVersion: 2, nonce: nonce('d'), proof: sale })
    await expect(ask).rejects.toThrow('there is no key of version 2')
  })
})
