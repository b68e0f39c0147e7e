// Power-card.md 15.1 to 15.5 and 15.7 to 15.9: MACs, keys, sessions, proofs and seals against the published vectors.
import { describe, expect, it, test } from 'vitest'
import { CustomerNumber, MeterNumber } from '../identifiers.ts'
import { ascii, concat, fromHex, toHex } from './bytes.ts'
import { cmac, sameMac, unwrap, wrap } from './cmac.ts'
import { cardKeysOf, derivationInput, meterKeyOf, cardKey, type CardKeyName } from './keys.ts'
import {
  genuineCryptogram,
  isGenuine,
  provenToCentre,
  provenToMeter,
  readMac,
  type ReadLabel,
} from './proofs.ts'
import {
  isPurchaseSealed,
  isRecordSealed,
  isWriteBackSealed,
  purchaseSealInput,
  sealPurchase,
  sealRecord,
  sealWriteBack,
} from './seals.ts'
import {
  adminSession,
  appendRecord,
  clearWriteBack,
  meterSession,
  officeSession,
  resetRetry,
  secure,
  secureAll,
  update,
  writeKeys,
} from './sessions.ts'
import {
  publishedCustomer,
  publishedFiles,
  publishedIssuing,
  publishedMasters,
  publishedMeter,
  publishedMeterWrites,
  publishedOpening,
  publishedOthers,
  publishedScript,
  publishedSerial,
  publishedStandby,
  publishedUndo,
  run,
  secondSerial,
} from './vectors.ts'

const serial = fromHex(publishedSerial)
const keys = cardKeysOf(publishedMasters, { serial, keyVersion: 1 })
const meterKey = meterKeyOf(publishedMasters.MK_MT, { meter: publishedMeter, keyVersion: 1 })
const purchaseOf = { meter: publishedMeter, customer: publishedCustomer, serial }

describe('K1: 15.1 AES-CMAC', () => {
  const key = fromHex('2b7e151628aed2a6abf7158809cf4f3c')
  const sixteen = '6bc1bee22e409f96e93d7e117393172a'
  const forty = `${sixteen}ae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411`
  const sixtyFour = `${forty}e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710`
  it.each([
    ['', 'bb1d6929e95937287fa37d129b756746'],
    [sixteen, '070a16b46b4d4144f79bdd9dd04a287c'],
    [forty, 'dfa66747de9ae63030ca32611497c827'],
    [sixtyFour, '51f0bebf7e3b9d92fc49741779363cfe'],
  ])('of %s is %s', (message, mac) => {
    expect(toHex(cmac(key, fromHex(message)))).toBe(mac)
  })

  test('MACs of other lengths are never the same', () => {
    expect(sameMac(run(1), run(1))).toBe(true)
    expect(sameMac(run(1), run(2))).toBe(false)
    expect(sameMac(run(1), run(1).subarray(0, 7))).toBe(false)
  })
})

describe('K1: 15.2 keys', () => {
  test('what is fed to the derivation', () => {
    expect(toHex(derivationInput('PPMS-IA', 1, serial))).toBe(
      '0150504d532d4941000001001122334455667700000080',
    )
    expect(toHex(derivationInput('PPMS-MT', 1, fromHex(publishedMeter)))).toBe(
      '0150504d532d4d5400000100001234567800000080',
    )
  })

  const cards: [string, CardKeyName, string][] = [
    [publishedSerial, 'K_IA', '6b1ba34ae61535849163fed77da0b376'],
    [publishedSerial, 'K_EA', '7b5dd5a30c53c9a2f3807f4838119510'],
    [publishedSerial, 'K_EM', '495f7a295683d0d0656edf0867210b3e'],
    [publishedSerial, 'K_AD', '6ae1832fe54606f42a9510768e36eb27'],
    [publishedSerial, 'K_MP', '8f35e87b8d9c335e72cbcc49a649fd0d'],
    [publishedSerial, 'K_MM', '9f269c870d3abbc723f326553dc56189'],
    [secondSerial, 'K_IA', '437f980f963e127ce435a41e2ae8789f'],
    [secondSerial, 'K_EA', '9b0847e7732379edb43c136f79c46bbe'],
    [secondSerial, 'K_EM', '55ec9ce1a367484af02904b4bf5af9d0'],
    [secondSerial, 'K_AD', '0afbbabed17a2ec35af8b0adfa4ea7bb'],
    [secondSerial, 'K_MP', '2f003e24b34ffd852d707e4947ce008f'],
    [secondSerial, 'K_MM', '2738e5fdd1f07d87204e1d02335ec060'],
  ]
  it.each(cards)('of card %s: %s', (card, name, key) => {
    const of = { serial: fromHex(card), keyVersion: 1 }
    expect(toHex(cardKeysOf(publishedMasters, of)[name])).toBe(key)
  })

  test('the transport key', () => {
    const of = { serial, keyVersion: 0 }
    expect(toHex(cardKey('K_AD', publishedMasters.MK_AD, of))).toBe(
      '85b163f7e70fa650bddd7d747a92fea7',
    )
  })

  it.each([
    ['000012345678', 'ec1844295e2dcfcede89d3bacb37a5ef'],
    ['000012345679', '3c0f3566a73a346721246248ec6d0e4b'],
    ['000000000000', '3b631fd5bf336cb3c319ee2c91cd1a1c'],
  ])('of meter %s', (number, key) => {
    const of = { meter: MeterNumber.parse(number), keyVersion: 1 }
    expect(toHex(meterKeyOf(publishedMasters.MK_MT, of))).toBe(key)
  })
})

describe('15.3 and 15.9: purchases made for one meter, customer and card', () => {
  test('what the E2E MAC is made over', () => {
    expect(toHex(purchaseSealInput(fromHex(publishedFiles.ef02Sale), purchaseOf))).toBe(
      publishedFiles.e2eInput,
    )
  })

  const images: [string, string, string][] = [
    ['before', publishedFiles.ef02Before, publishedSerial],
    ['of the sale', publishedFiles.ef02Sale, publishedSerial],
    ['in money mode', publishedFiles.ef02Money, publishedSerial],
    ['for remote delivery', publishedFiles.ef02Remote, publishedSerial],
    ['of a new card', publishedOpening.ef02, publishedSerial],
    ['of the replacement card', publishedOthers.replacementEF02, secondSerial],
  ]
  it.each(images)('the image %s', (_, image, card) => {
    const of = { ...purchaseOf, serial: fromHex(card) }
    const ef02 = fromHex(image)
    expect(toHex(sealPurchase(meterKey, ef02.subarray(0, 32), of))).toBe(image)
    expect(isPurchaseSealed(meterKey, ef02, of)).toBe(true)
  })

  test('good for no other meter, customer or card, and not when altered', () => {
    const ef02 = fromHex(publishedFiles.ef02Sale)
    const others = [
      { ...purchaseOf, meter: MeterNumber.parse('000012345679') },
      { ...purchaseOf, customer: CustomerNumber.parse('000000700124') },
      { ...purchaseOf, serial: fromHex(secondSerial) },
    ]
    for (const other of others) expect(isPurchaseSealed(meterKey, ef02, other)).toBe(false)
    for (let at = 0; at < ef02.length; at++) {
      const altered = ef02.with(at, (ef02[at] ?? 0) ^ 1)
      expect(isPurchaseSealed(meterKey, altered, purchaseOf)).toBe(false)
    }
    expect(isPurchaseSealed(meterKey, ef02.subarray(0, 39), purchaseOf)).toBe(false)
  })
})

describe('15.3 and 15.7: what a meter wrote', () => {
  const backs: [string, string][] = [
    ['before the sale', publishedFiles.ef05Before],
    ['after it is credited', publishedMeterWrites.ef05After],
    ['when it is refused', publishedMeterWrites.ef05Refused],
  ]
  it.each(backs)('the write-back %s', (_, hex) => {
    const ef05 = fromHex(hex)
    expect(toHex(sealWriteBack(meterKey, ef05.subarray(0, 100), serial))).toBe(hex)
    expect(isWriteBackSealed(meterKey, ef05, serial)).toBe(true)
    expect(isWriteBackSealed(meterKey, ef05, fromHex(secondSerial))).toBe(false)
    expect(isWriteBackSealed(meterKey, ef05.with(23, 9), serial)).toBe(false)
    expect(isWriteBackSealed(meterKey, ef05.subarray(0, 108), serial)).toBe(false)
  })

  const records: [string, string, string][] = [
    ['credited', publishedFiles.record, publishedMeter],
    ['credited after the sale', publishedMeterWrites.record, publishedMeter],
    ['refused for the hoarding limit', publishedMeterWrites.recordRefused, publishedMeter],
    ['refused by another meter', publishedMeterWrites.recordOtherMeter, '000012345679'],
    ['issued', publishedOpening.record, publishedMeter],
    ['loaded', publishedScript.append.slice(10, 74), publishedMeter],
    ['undone', publishedUndo.append.slice(10, 74), publishedMeter],
  ]
  it.each(records)('the record: %s', (_, hex, meter) => {
    const of = { meter: MeterNumber.parse(meter), keyVersion: 1 }
    const key = meterKeyOf(publishedMasters.MK_MT, of)
    const record = fromHex(hex)
    expect(toHex(sealRecord(key, record.subarray(0, 28), serial))).toBe(hex)
    expect(isRecordSealed(key, record, serial)).toBe(true)
    expect(isRecordSealed(key, record.with(5, 9), serial)).toBe(false)
    expect(isRecordSealed(key, record.subarray(0, 31), serial)).toBe(false)
  })
})

describe('15.4: what the card proves', () => {
  test('that it is genuine', () => {
    const of = { K_IA: keys.K_IA, nonce: run(0xa0), serial }
    const answer = fromHex('040d8c1bbb69867ea6e6e3a5583f0e56')
    expect(genuineCryptogram(keys.K_IA, of)).toEqual(answer)
    expect(isGenuine(answer, of)).toBe(true)
    expect(isGenuine(answer, { ...of, nonce: run(0xa1) })).toBe(false)
  })

  const { ef01, ef02Before, ef02Sale, ef02Money, ef05Before } = publishedFiles
  const ef05Cleared = `${'00'.repeat(8)}${ef05Before.slice(16)}`
  const reads: [string, ReadLabel, number, number, string, string][] = [
    ['15.4 look, EF02', 'RB', 2, 0xa0, ef02Before, 'a8eb86d0d924cb55'],
    ['15.4 look, EF05', 'RB', 5, 0xa0, ef05Before, '2c0709d5d9ada404'],
    ['15.4 proof of load', 'RO', 2, 0xd0, ef02Sale, '91fadfef78e31ec4'],
    ['15.4 the same later', 'RB', 2, 0xd0, ef02Sale, '1654f36cf62af054'],
    ['15.3 money mode', 'RB', 2, 0xd0, ef02Money, '1f9f324cf50c1ee4'],
    ['15.5 undone', 'RB', 2, 0xd8, ef02Before, '29cfb9bee6f5ad68'],
    ['15.7 EF01', 'RM', 1, 0x30, ef01, 'a1c038f5129aee4d'],
    ['15.7 EF02', 'RM', 2, 0x40, ef02Sale, '9d633220b107b9ef'],
    ['15.7 EF05', 'RM', 5, 0x50, ef05Cleared, '66a94eb080f0b1cb'],
    ['15.8 proof of issue', 'RO', 1, 0x20, publishedOpening.ef01, '79f0075eaa76f9f2'],
  ]
  it.each(reads)('%s', (_, label, sfi, nonceFrom, file, mac) => {
    const nonce = run(nonceFrom)
    const key = label === 'RM' ? keys.K_MM : keys.K_MP
    const data = fromHex(file)
    expect(toHex(readMac(label, key, { nonce, serial, sfi, data }))).toBe(mac)
    const answer = fromHex(`${file}${mac}`)
    const asked = { sfi, nonce, serial }
    const proof =
      label === 'RM'
        ? provenToMeter(answer, { ...asked, K_MM: keys.K_MM })
        : provenToCentre(answer, { ...asked, K_MP: keys.K_MP })
    expect(proof).toEqual({ kind: 'proven', label, data })
  })

  test('the MAC of a read from the middle of a file covers its offset', () => {
    const of = { nonce: run(0), serial, sfi: 2, data: fromHex(ef02Sale).subarray(32) }
    const read = readMac('RB', keys.K_MP, { ...of, offset: 32 })
    const input = concat(ascii('RB'), of.nonce, serial, fromHex('04b0822008'), of.data)
    expect(read).toEqual(cmac(keys.K_MP, input).subarray(0, 8))
  })

  test('nothing, when nonce, card, file, length or a single bit differ', () => {
    const answer = fromHex(`${ef02Sale}91fadfef78e31ec4`)
    const asked = { sfi: 2, nonce: run(0xd0), serial, K_MP: keys.K_MP }
    const nothing = { kind: 'not proven' }
    expect(provenToCentre(answer, { ...asked, nonce: run(0xd1) })).toEqual(nothing)
    expect(provenToCentre(answer, { ...asked, serial: fromHex(secondSerial) })).toEqual(nothing)
    expect(provenToCentre(answer, { ...asked, sfi: 5 })).toEqual(nothing)
    expect(provenToCentre(answer, { ...asked, sfi: 6 })).toEqual(nothing)
    expect(provenToCentre(answer.subarray(0, 47), asked)).toEqual(nothing)
    expect(provenToCentre(new Uint8Array(), asked)).toEqual(nothing)
    expect(provenToMeter(answer, { ...asked, K_MM: keys.K_MM })).toEqual(nothing)
    for (let at = 0; at < answer.length; at++) {
      const altered = answer.with(at, (answer[at] ?? 0) ^ 0x80)
      expect(provenToCentre(altered, asked)).toEqual(nothing)
    }
  })
})

describe('sessions and scripts', () => {
  const office = officeSession(keys, { challenge: run(0xb0), random: run(0xc0), serial })
  const hex = (commands: Uint8Array[]) => commands.map(toHex)

  test('15.4: the sale', () => {
    expect(toHex(office.authenticate)).toBe(publishedScript.authenticate)
    expect(toHex(office.key)).toBe('12371a3909c806b96e8606fb6b27ce76')
    const writes = [
      clearWriteBack,
      appendRecord(fromHex(publishedScript.append.slice(10, 74))),
      update(2, fromHex(publishedFiles.ef02Sale)),
    ]
    const { clear, append, commit } = publishedScript
    expect(hex(secureAll(writes, office))).toEqual([clear, append, commit])
  })

  test('15.5: undo goes on with the next numbers of the same session', () => {
    const writes = [
      appendRecord(fromHex(publishedUndo.append.slice(10, 74))),
      update(2, fromHex(publishedFiles.ef02Before)),
    ]
    expect(hex(secureAll(writes, { key: office.key, from: 4 }))).toEqual([
      publishedUndo.append,
      publishedUndo.commit,
    ])
  })

  test('15.6: with standby prices', () => {
    const writes = [
      update(1, fromHex(publishedStandby.ef01)),
      update(4, fromHex(publishedStandby.ef04)),
      clearWriteBack,
      appendRecord(fromHex(publishedScript.append.slice(10, 74))),
      update(2, fromHex(publishedFiles.ef02Sale)),
    ]
    const expected: [string, number, string][] = [
      [`04d6810044${publishedStandby.ef01}`, 73, 'c54d51fcc539cb57'],
      [`04d68400d1${publishedStandby.ef04}`, 214, '5275e355ebe5fe01'],
      [`04d6850010${'00'.repeat(8)}`, 21, '7b9b323f8a73bf21'],
      [publishedScript.append.slice(0, 74), 45, 'a69beff73cfbdb33'],
      [`04d6820030${publishedFiles.ef02Sale}`, 53, '27e97680ced88167'],
    ]
    const script = secureAll(writes, office)
    expect(hex(script)).toEqual(expected.map(([command, , mac]) => `${command}${mac}`))
    expect(script.map((command) => command.length)).toEqual(expected.map(([, length]) => length))
    // 8.2: the longest usual script, and the one with EF03 too.
    const longest = script.reduce((sum, { length }) => sum + length, office.authenticate.length)
    expect(longest).toBe(427)
    expect(longest + 214).toBe(641)
  })

  test('15.7: the meter', () => {
    const meter = meterSession(keys, { challenge: run(0xe0), random: run(0xf0), serial })
    expect(toHex(meter.authenticate)).toBe('0082000310f0f1f2f3f4f5f6f726088d4a54c4e182')
    expect(toHex(meter.key)).toBe('6f160aba5bc4a2e5cdf0d853c533b416')
    const { ef05After, record } = publishedMeterWrites
    expect(
      hex(secureAll([update(5, fromHex(ef05After)), appendRecord(fromHex(record))], meter)),
    ).toEqual([`04d6850088${ef05After}26887bc723cc1eed`, `04e2003028${record}ce1446a5560a1c4a`])
  })

  test('15.8: issuing', () => {
    const transport = cardKey('K_AD', publishedMasters.MK_AD, { serial, keyVersion: 0 })
    const admin = adminSession(
      { K_AD: transport },
      { challenge: run(0x90), random: run(0x98), serial },
    )
    expect(toHex(admin.authenticate)).toBe(publishedIssuing.authenticate)
    expect(toHex(admin.key)).toBe('8a0ee6d49a3f9ef53fb82ed00e483290')
    expect(toHex(admin.wrapping)).toBe('87aa2fc074e3c3c423e30a72768a0cd6')
    const writes = [
      writeKeys(keys, { keyVersion: 1, wrapping: admin.wrapping }),
      appendRecord(fromHex(publishedOpening.record)),
      update(2, fromHex(publishedOpening.ef02)),
      update(1, fromHex(publishedOpening.ef01)),
    ]
    expect(hex(secureAll(writes, admin))).toEqual([
      publishedIssuing.keys,
      publishedIssuing.append,
      publishedIssuing.ef02,
      publishedIssuing.ef01,
    ])
  })

  test('15.8: an admin session on the issued card', () => {
    const admin = adminSession(keys, { challenge: run(0x90), random: run(0x98), serial })
    expect(toHex(admin.authenticate)).toBe('008200041098999a9b9c9d9e9fcca3c4496683688f')
    expect(toHex(admin.key)).toBe('276642109d6b9da24271958d75019f78')
    expect(toHex(secure(resetRetry('meter'), { key: admin.key, sequence: 1 }))).toBe(
      '042c000308315f38468e9eaad5',
    )
  })

  test('keys that were wrapped come out again', () => {
    const two = concat(keys.K_IA, keys.K_EA)
    expect(unwrap(keys.K_AD, wrap(keys.K_AD, two))).toEqual(two)
  })
})
