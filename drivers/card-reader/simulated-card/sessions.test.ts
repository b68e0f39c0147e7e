// K5 and K6: what ends a session, who may write what, and how a card becomes issued (power-card.md 3, 6.9, 7.1).
import { describe, expect, it, test } from 'vitest'
import { concat, fromHex, toHex, u16 } from '../../../domain/power-card/bytes.ts'
import { cardKey, cardKeysOf } from '../../../domain/power-card/keys.ts'
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
  type Role,
  type Session,
  type Write,
} from '../../../domain/power-card/sessions.ts'
import {
  publishedFiles,
  publishedMasters,
  publishedMeterWrites,
  publishedOpening,
  publishedSerial,
  run,
} from '../../../domain/power-card/vectors.ts'
import { simulatedCard, type SimulatedCard } from './simulated-card.ts'
import { publishedCard, publishedNewCard } from './published.ts'
import type { CardState } from './state.ts'

const serial = fromHex(publishedSerial)
const keys = cardKeysOf(publishedMasters, { serial, keyVersion: 1 })
const exchange = { challenge: run(0xb0), random: run(0xc0), serial }
const select = '00a4040c0af050504d532e454c4331'

const sessionAs = (role: Role): Session => {
  if (role === 'office') return officeSession(keys, exchange)
  return role === 'meter' ? meterSession(keys, exchange) : adminSession(keys, exchange)
}

const say = (card: SimulatedCard, command: string | Uint8Array): string =>
  toHex(card.transmit(typeof command === 'string' ? fromHex(command) : command))

const opened = (role: Role, state: CardState = publishedCard()) => {
  const card = simulatedCard({ state, random: () => run(0xb0) })
  card.powerUp()
  say(card, select)
  say(card, '0084000008')
  const session = sessionAs(role)
  expect(say(card, session.authenticate)).toBe('9000')
  return {
    card,
    /** Sends a write with the number it is told; the next one unless told. */
    write: (write: Write, sequence = 1): string =>
      say(card, secure(write, { key: session.key, sequence })),
  }
}

const wrapping = adminSession(keys, exchange).wrapping
const newKeys = writeKeys(keys, { keyVersion: 2, wrapping })
const anyRecord = appendRecord(fromHex(publishedFiles.record))
const newImage = update(2, fromHex(publishedFiles.ef02Sale))

describe('K5: a session', () => {
  it.each([
    ['a SELECT', select],
    ['a SELECT of what is not there', '00a40000021234'],
    ['a malformed SELECT', '00a404'],
    ['GET CHALLENGE', '0084000008'],
    ['EXTERNAL AUTHENTICATE', '0082000210c0c1c2c3c4c5c6c798f9e168c0f80192'],
    ['a malformed EXTERNAL AUTHENTICATE', '008200'],
    ['a write with a wrong MAC', '04d68500100000000000000000d7750c8220140ae3'],
    ['a write without a MAC', '00d682000101'],
    ['a malformed write', '04d682'],
    ['a write of an unknown class', '80d682000101'],
    ['an APPEND of the wrong length', '04e200300100'],
  ])('is ended by %s', (_, command) => {
    const { card, write } = opened('office')
    say(card, command)
    expect(write(clearWriteBack)).toBe('6982')
  })

  it.each([
    ['a plain read', '00b0820028'],
    ['a read that fails', '00b0822801'],
    ['a read of a record', '00b2013420'],
    ['a MAC’d READ', '04b0820008d0d1d2d3d4d5d6d7'],
    ['INTERNAL AUTHENTICATE', '0088000108a0a1a2a3a4a5a6a7'],
    ['GET RESPONSE with nothing held', '00c0000010'],
    ['a GET CHALLENGE that fails', '0084000004'],
    ['an unknown instruction', '00aa000000'],
    ['a SELECT of an unknown class', '80a404000af050504d532e454c4331'],
    ['nothing at all', ''],
  ])('goes on after %s', (_, command) => {
    const { card, write } = opened('office')
    say(card, command)
    expect(write(clearWriteBack)).toBe('9000')
  })

  test('is ended by a reset, warm or cold', () => {
    const warm = opened('office')
    warm.card.reset()
    say(warm.card, select)
    expect(warm.write(clearWriteBack)).toBe('6982')
    const cold = opened('office')
    cold.card.powerDown()
    cold.card.powerUp()
    say(cold.card, select)
    expect(cold.write(clearWriteBack)).toBe('6982')
  })

  test('takes its writes in their order, without gaps, once each', () => {
    const { write } = opened('office')
    expect(write(clearWriteBack, 1)).toBe('9000')
    expect(write(anyRecord, 2)).toBe('9000')
    expect(write(anyRecord, 2)).toBe('6988')
    const gap = opened('office')
    expect(gap.write(clearWriteBack, 2)).toBe('6988')
  })

  it.each([
    ['office', 'RO', '91fadfef78e31ec4'],
    ['meter', 'RM', null],
    ['admin', 'RO', '91fadfef78e31ec4'],
  ] as const)('of %s shows in the label of a MAC’d READ: %s', (role, _, mac) => {
    const state = publishedCard('T=1')
    const { card } = opened(role, {
      ...state,
      files: { ...state.files, 2: publishedFiles.ef02Sale },
    })
    const asOffice = `${publishedFiles.ef02Sale}${mac}9000`
    const read = say(card, '04b0820008d0d1d2d3d4d5d6d700')
    if (mac === null) expect(read).not.toBe(`${publishedFiles.ef02Sale}91fadfef78e31ec49000`)
    else expect(read).toBe(asOffice)
  })

  test('the MAC’d READ reaches from its offset to the end of the file', () => {
    const { card } = opened('office', publishedCard('T=1'))
    expect(say(card, '04b0822008d0d1d2d3d4d5d6d700')).toMatch(/^7cd447dffa74cc04[0-9a-f]{16}9000$/)
  })
})

describe('K6: rights', () => {
  const zeros = (count: number): Uint8Array => new Uint8Array(count)
  const ef05 = fromHex(publishedMeterWrites.ef05After)
  const all = (sfi: number): Uint8Array =>
    zeros([0, 60, 40, 201, 201, 128, 0, 120][sfi] ?? 0).fill(1, 1)

  const cases: [Role, string, Write, string][] = [
    ['office', 'writes EF05 other than clear', update(5, ef05), '6b00'],
    ['office', 'clears more than eight bytes of EF05', update(5, zeros(9)), '6b00'],
    ['office', 'clears fewer', update(5, zeros(7)), '6b00'],
    ['office', 'clears elsewhere', update(5, zeros(8), 8), '6b00'],
    ['office', 'clears with other bytes than zero', update(5, zeros(8).fill(1, 7)), '6b00'],
    ['office', 'clears EF05', clearWriteBack, '9000'],
    ['office', 'writes EF01', update(1, all(1)), '9000'],
    ['office', 'writes EF02', newImage, '9000'],
    ['office', 'writes EF03', update(3, all(3)), '9000'],
    ['office', 'writes EF04', update(4, all(4)), '9000'],
    ['office', 'writes a slot of EF07', update(7, zeros(40), 80), '9000'],
    ['office', 'writes EF07 between the slots', update(7, zeros(40), 20), '6b00'],
    ['office', 'writes the whole of EF07', update(7, all(7)), '6b00'],
    ['office', 'writes half of EF02', update(2, zeros(20)), '6b00'],
    ['office', 'writes EF02 from byte 1', update(2, zeros(39), 1), '6b00'],
    ['office', 'writes too much into EF02', update(2, zeros(41)), '6b00'],
    ['office', 'writes EF06', update(6, zeros(32)), '6981'],
    ['office', 'appends a record', anyRecord, '9000'],
    ['office', 'writes keys', newKeys, '6986'],
    ['office', 'resets a retry counter', resetRetry('office'), '6986'],
    ['meter', 'writes EF05', update(5, ef05), '9000'],
    ['meter', 'clears EF05', clearWriteBack, '6b00'],
    ['meter', 'writes EF01', update(1, all(1)), '6986'],
    ['meter', 'writes EF02', newImage, '6986'],
    ['meter', 'writes EF03', update(3, all(3)), '6986'],
    ['meter', 'writes EF04', update(4, all(4)), '6986'],
    ['meter', 'writes EF07', update(7, zeros(40)), '6986'],
    ['meter', 'writes half of EF02', update(2, zeros(20)), '6986'],
    ['meter', 'appends a record', anyRecord, '9000'],
    ['meter', 'writes keys', newKeys, '6986'],
    ['meter', 'resets a retry counter', resetRetry('meter'), '6986'],
    ['admin', 'writes EF01', update(1, all(1)), '9000'],
    ['admin', 'writes EF02', newImage, '9000'],
    ['admin', 'empties EF05', update(5, zeros(128)), '9000'],
    ['admin', 'clears eight bytes of EF05', clearWriteBack, '6b00'],
    ['admin', 'writes a slot of EF07', update(7, zeros(40)), '9000'],
    ['admin', 'appends a record', anyRecord, '9000'],
    ['admin', 'writes keys', newKeys, '9000'],
    ['admin', 'resets a retry counter', resetRetry('meter'), '9000'],
  ]
  it.each(cases)('%s %s', (role, _, write, word) => {
    const session = opened(role)
    const before = session.card.state()
    expect(session.write(write)).toBe(word)
    if (word !== '9000') {
      expect(session.card.state()).toEqual(before)
      expect(session.write(anyRecord)).toBe('6982')
    }
  })

  test('WRITE KEYS changes keys, version and tries at once, and the session goes on', () => {
    const state = publishedCard()
    const { card, write } = opened('admin', {
      ...state,
      tries: { K_EA: 0, K_EM: 3, K_AD: 5 },
    })
    const others = cardKeysOf(publishedMasters, { serial, keyVersion: 2 })
    expect(write(writeKeys(others, { keyVersion: 2, wrapping }), 1)).toBe('9000')
    expect(write(anyRecord, 2)).toBe('9000')
    expect(card.state()).toMatchObject({
      keyVersion: 2,
      tries: { K_EA: 10, K_EM: 10, K_AD: 5 },
      keys: { K_IA: toHex(others.K_IA), K_MM: toHex(others.K_MM) },
    })
    say(card, '0084000008')
    expect(say(card, officeSession(others, exchange).authenticate)).toBe('9000')
  })

  test('RESET RETRY opens a blocked key again, and only that', () => {
    const { card, write } = opened('admin', {
      ...publishedCard(),
      tries: { K_EA: 0, K_EM: 0, K_AD: 5 },
    })
    expect(write(resetRetry('office'))).toBe('9000')
    expect(card.state().tries).toEqual({ K_EA: 10, K_EM: 0, K_AD: 5 })
  })

  test('a blocked K_AD stays blocked, and the card goes on working', () => {
    const card = simulatedCard({
      state: { ...publishedCard(), tries: { K_EA: 10, K_EM: 10, K_AD: 0 } },
      random: () => run(0xb0),
    })
    card.powerUp()
    say(card, select)
    say(card, '0084000008')
    expect(say(card, adminSession(keys, exchange).authenticate)).toBe('6983')
    say(card, '0084000008')
    expect(say(card, officeSession(keys, exchange).authenticate)).toBe('9000')
  })
})

describe('the life of a card', () => {
  const transport = cardKey('K_AD', publishedMasters.MK_AD, { serial, keyVersion: 0 })
  const read = '00b081003c'

  const openedNew = () => {
    const card = simulatedCard({ state: publishedNewCard(), random: () => run(0xb0) })
    card.powerUp()
    say(card, select)
    say(card, '0084000008')
    const admin = adminSession({ K_AD: transport }, exchange)
    expect(say(card, admin.authenticate)).toBe('9000')
    return { card, admin }
  }

  test('is issued once the keys are there and EF01 begins with 68, in either order', () => {
    const parameters = update(1, fromHex(publishedOpening.ef01))
    const orders = (wrapping: Uint8Array): Write[][] => {
      const load = writeKeys(keys, { keyVersion: 1, wrapping })
      return [
        [load, parameters],
        [parameters, load],
      ]
    }
    for (const at of [0, 1]) {
      const { card, admin } = openedNew()
      const [first, second] = secureAll(orders(admin.wrapping)[at] ?? [], admin)
      expect(say(card, first ?? '')).toBe('9000')
      expect(say(card, read)).toBe('6b00')
      expect(say(card, second ?? '')).toBe('9000')
      expect(say(card, read)).toBe(`${publishedOpening.ef01}9000`)
      expect(card.state().issued).toBe(true)
    }
  })

  test('an EF01 that does not begin with 68 issues nothing', () => {
    const { card, admin } = openedNew()
    const writes = [
      writeKeys(keys, { keyVersion: 1, wrapping: admin.wrapping }),
      update(1, fromHex(publishedOpening.ef01).with(0, 0x67)),
    ]
    for (const command of secureAll(writes, admin)) expect(say(card, command)).toBe('9000')
    expect(say(card, read)).toBe('6b00')
  })

  test('its key version is told in the FCI as it was loaded', () => {
    const { card, admin } = openedNew()
    const write = writeKeys(keys, { keyVersion: 0x0203, wrapping: admin.wrapping })
    say(card, secure(write, { key: admin.key, sequence: 1 }))
    say(card, select.replace('0c', '00'))
    expect(say(card, '00c000002c')).toContain(toHex(concat(0xc3, 0x02, u16(0x0203))))
  })
})
