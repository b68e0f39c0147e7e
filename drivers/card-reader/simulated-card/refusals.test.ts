// K3: everything a card refuses (power-card.md 15.10), and which refusal comes first when there are several (6.2).
import { describe, expect, it, test } from 'vitest'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { publishedScript, run } from '../../../domain/power-card/vectors.ts'
import { simulatedCard, type SimulatedCard } from './simulated-card.ts'
import { publishedCard, publishedNewCard } from './published.ts'

const select = '00a404000af050504d532e454c4331'
const selectInSilence = '00a4040c0af050504d532e454c4331'
const { authenticate, clear, append, commit } = publishedScript

type Protocol = 'T=0' | 'T=1'

const selected = (state = publishedCard(), random = () => run(0xb0)): SimulatedCard => {
  const card = simulatedCard({ state, random })
  card.powerUp()
  card.transmit(fromHex(selectInSilence))
  return card
}

const answerOf = (card: SimulatedCard, command: string): string =>
  toHex(card.transmit(fromHex(command)))

describe.each<Protocol>(['T=0', 'T=1'])('K3 in %s', (protocol) => {
  it.each([
    ['offset at the end', '00b0822801', '6b00'],
    ['Le too long', '00b0820029', '6c28'],
    ['part of a file', '00b0820408', '0000000600001b829000'],
    ['no such SFI', '00b0890001', '6a82'],
    ['SFI 0', '00b0800001', '6a82'],
    ['binary read of EF06', '00b0860001', '6981'],
    ['no such record', '00b2093420', '6a83'],
    ['record of another file', '00b2011420', '6a86'],
    ['record 0', '00b2003420', '6a86'],
    ['part of a record', '00b2013410', '6c20'],
    ['write without MAC', '00d682000101', '6982'],
    ['write without a session', clear, '6982'],
    ['GET CHALLENGE with P2', '0084000108', '6a86'],
    ['GET CHALLENGE of 4 bytes', '0084000004', '6c08'],
    ['no such key', '0088000508a0a1a2a3a4a5a6a7', '6a88'],
    ['no such file', '00a40000021234', '6a82'],
    ['unknown instruction', '00aa000000', '6d00'],
    ['unknown class', '80b0820001', '6e00'],
    ['extended length', '00b08200000028', '6700'],
    ['nothing held', '00c0000010', '6985'],
    ['AID too short', '00a4040009f050504d532e454c43', '6a82'],
    ['AID too long', '00a404000bf050504d532e454c433100', '6a82'],
    ['FID too short', '00a4000001ef', '6700'],
    ['SELECT without data', '00a4040000', '6700'],
    ['SELECT with another P1', '00a4020002ef02', '6a86'],
    ['SELECT with another P2', '00a4000402ef02', '6a86'],
    ['MAC’d READ of a shorter nonce', '04b0820007a0a1a2a3a4a5a6', '6700'],
    ['MAC’d READ at the end', '04b0822808a0a1a2a3a4a5a6a7', '6b00'],
    ['MAC’d READ of EF06', '04b0860008a0a1a2a3a4a5a6a7', '6981'],
    ['MAC’d READ of the current file', '04b0000008a0a1a2a3a4a5a6a7', '6a86'],
    ['key reference of no role', `00820001${authenticate.slice(8)}`, '6a88'],
    ['two bytes only', '00b0', '6700'],
    ['nothing at all', '', '6700'],
    ['Lc beyond the end', '0088000108a0a1', '6700'],
    ['bytes beyond Le', '0088000108a0a1a2a3a4a5a6a70000', '6700'],
  ])('%s: %s is answered %s', (_, command, expected) => {
    expect(answerOf(selected(publishedCard(protocol)), command)).toBe(expected)
  })

  it.each(['00b0820028', '0084000008', clear, '0088000108a0a1a2a3a4a5a6a7'])(
    'nothing but SELECT before the application is selected: %s',
    (command) => {
      const card = simulatedCard({ state: publishedCard(protocol) })
      card.powerUp()
      expect(answerOf(card, command)).toBe('6985')
    },
  )

  test('EXTERNAL AUTHENTICATE without GET CHALLENGE, or with any command between: no try lost', () => {
    const between = ['00b0820028', '00aa000000', '80', '00b0820029', '00c0000010', '0084000004']
    for (const command of between) {
      const card = selected(publishedCard(protocol))
      expect(answerOf(card, authenticate)).toBe('6985')
      answerOf(card, '0084000008')
      answerOf(card, command)
      expect(answerOf(card, authenticate)).toBe('6985')
      expect(card.state().tries.K_EA).toBe(10)
    }
  })

  test('a replayed script', () => {
    const card = selected(publishedCard(protocol), () => run(0xb1))
    answerOf(card, '0084000008')
    const answers = [authenticate, clear, append, commit].map((command) => answerOf(card, command))
    expect(answers).toEqual(['63c9', '6982', '6982', '6982'])
  })

  test('a wrong cryptogram, until the key is blocked for good', () => {
    const card = selected(publishedCard(protocol))
    const attempt = (command: string): string => {
      answerOf(card, '0084000008')
      return answerOf(card, command)
    }
    const wrong = `${authenticate.slice(0, -2)}93`
    const answers = Array.from({ length: 11 }, () => attempt(wrong))
    const tries = ['63c9', '63c8', '63c7', '63c6', '63c5', '63c4', '63c3', '63c2', '63c1', '63c0']
    expect(answers).toEqual([...tries, '6983'])
    expect(attempt(authenticate)).toBe('6983')
    card.reset()
    answerOf(card, select)
    expect(attempt(authenticate)).toBe('6983')
  })

  test('a right cryptogram gives all tries back', () => {
    const card = selected({
      ...publishedCard(protocol),
      tries: { K_EA: 1, K_EM: 10, K_AD: 5 },
    })
    answerOf(card, '0084000008')
    expect(answerOf(card, authenticate)).toBe('9000')
    expect(card.state().tries.K_EA).toBe(10)
  })

  test('an altered write, then the right one', () => {
    const card = selected(publishedCard(protocol))
    answerOf(card, '0084000008')
    const altered = `${clear.slice(0, -2)}e3`
    expect([authenticate, altered, clear].map((command) => answerOf(card, command))).toEqual([
      '9000',
      '6988',
      '6982',
    ])
  })

  test('a script with the journal left out', () => {
    const card = selected(publishedCard(protocol))
    answerOf(card, '0084000008')
    expect([authenticate, clear, commit].map((command) => answerOf(card, command))).toEqual([
      '9000',
      '9000',
      '6988',
    ])
    expect(card.state().files[2]).toBe(publishedCard().files[2])
  })

  test('a memory that fails changes nothing and says so', () => {
    const card = selected(publishedCard(protocol))
    answerOf(card, '0084000008')
    answerOf(card, authenticate)
    card.failMemory(1)
    const before = card.state()
    expect([answerOf(card, clear), answerOf(card, append)]).toEqual(['6581', '6982'])
    expect(card.state()).toEqual(before)
  })
})

describe('K3: Le in T=1', () => {
  it.each([
    ['0088000108a0a1a2a3a4a5a6a710', '040d8c1bbb69867ea6e6e3a5583f0e569000'],
    ['0088000108a0a1a2a3a4a5a6a700', '040d8c1bbb69867ea6e6e3a5583f0e569000'],
    ['0088000108a0a1a2a3a4a5a6a7', '6110'],
    ['0088000108a0a1a2a3a4a5a6a708', '6c10'],
    ['0084000000', 'b0b1b2b3b4b5b6b79000'],
  ])('%s', (command, expected) => {
    expect(answerOf(selected(publishedCard('T=1')), command)).toBe(expected)
  })

  test('held data come with Le 00 too', () => {
    const card = selected(publishedCard('T=1'))
    answerOf(card, '0088000108a0a1a2a3a4a5a6a7')
    expect(answerOf(card, '00c0000000')).toBe('040d8c1bbb69867ea6e6e3a5583f0e569000')
  })
})

describe('K3: Le in T=0', () => {
  it.each([
    ['0088000108a0a1a2a3a4a5a6a708', '6110'],
    ['0084000000', '6c08'],
    ['00b0820000', '6c28'],
    ['00b2013400', '6c20'],
  ])('%s', (command, expected) => {
    expect(answerOf(selected(), command)).toBe(expected)
  })

  test('a refused GET CHALLENGE makes no challenge', () => {
    const card = selected()
    answerOf(card, '0084000000')
    expect(answerOf(card, authenticate)).toBe('6985')
  })

  test('held data survive a GET RESPONSE that fails, and nothing else', () => {
    const card = selected()
    answerOf(card, select)
    expect(answerOf(card, '00c0000000')).toBe('6c2c')
    expect(answerOf(card, '00c0000100')).toBe('6a86')
    expect(answerOf(card, '00c00000')).toBe('6700')
    expect(answerOf(card, '00c0000028')).toBe('6c2c')
    expect(answerOf(card, '00c000002c')).toMatch(/9000$/)
    expect(answerOf(card, '00c000002c')).toBe('6985')
    answerOf(card, select)
    expect(answerOf(card, '04c000002c')).toBe('6d00')
    expect(answerOf(card, '00c000002c')).toBe('6985')
  })
})

describe('selecting', () => {
  const fcis: [string, string][] = [
    ['3f00', '6f0483023f00'],
    ['ef01', '6f0e8302ef018201018002003c880108'],
    ['ef02', '6f0e8302ef0282010180020028880110'],
    ['ef05', '6f0e8302ef0582010180020080880128'],
    ['ef06', '6f128302ef068205062100200880020100880130'],
    ['ef07', '6f0e8302ef0782010180020078880138'],
  ]
  it.each(fcis)('%s says of itself %s', (identifier, fci) => {
    const card = selected(publishedCard('T=1'))
    expect(answerOf(card, `00a4000002${identifier}00`)).toBe(`${fci}9000`)
    // SELECT treats any Le as 00.
    const again = selected(publishedCard('T=1'))
    expect(answerOf(again, `00a4000002${identifier}05`)).toBe(`${fci}9000`)
  })

  test('an elementary file only while the application is current', () => {
    const card = simulatedCard({ state: publishedCard() })
    card.powerUp()
    expect(answerOf(card, '00a4000c02ef02')).toBe('6a82')
    expect(answerOf(card, '00a4000c02df01')).toBe('9000')
    expect(answerOf(card, '00a4000c02ef02')).toBe('9000')
    expect(answerOf(card, '00b0000404')).toBe('000000069000')
    expect(answerOf(card, '00a4000c023f00')).toBe('9000')
    expect(answerOf(card, '00b0000404')).toBe('6985')
  })

  test('a failed SELECT leaves what was current', () => {
    const card = selected()
    answerOf(card, '00a4000c02ef02')
    expect(answerOf(card, '00a4000c02ef09')).toBe('6a82')
    expect(answerOf(card, '00b0000404')).toBe('000000069000')
  })

  test('a read by SFI makes a file current, a MAC’d READ does not', () => {
    const card = selected()
    expect(answerOf(card, '00b0000404')).toBe('6986')
    answerOf(card, '04b0810008a0a1a2a3a4a5a6a7')
    expect(answerOf(card, '00b0000404')).toBe('6986')
    answerOf(card, '00b0820029')
    expect(answerOf(card, '00b0000404')).toBe('6986')
    answerOf(card, '00b0820001')
    expect(answerOf(card, '00b0000404')).toBe('000000069000')
    answerOf(card, '00b2013420')
    expect(answerOf(card, '00b0000404')).toBe('6981')
    answerOf(card, '00b0820001')
    answerOf(card, select)
    expect(answerOf(card, '00b0000404')).toBe('6986')
  })
})

describe('6.2: the first error in the order is the one that is told', () => {
  it.each([
    ['malformed before class', '80b082000028', '6700'],
    ['class before instruction', '80aa000000', '6e00'],
    ['an instruction of the other class', '0484000008', '6d00'],
    ['write without MAC before its parameters', '00d600000101', '6982'],
    ['P1 before SFI', '00b0e90001', '6a86'],
    ['SFI before length', '00b08900', '6a82'],
    ['no current file before length', '00b00000', '6986'],
    ['length before file type', '00b08600', '6700'],
    ['no session before file type', `04d6860009${'00'.repeat(9)}`, '6982'],
    ['length before no session', '04d6820008' + '00'.repeat(8), '6700'],
    ['SFI before no session', `04d6890009${'00'.repeat(9)}`, '6a82'],
    ['P2 before length', '04e200280100', '6a86'],
    ['key reference before length', '008200050100', '6a88'],
    ['length before no challenge', '008200020100', '6700'],
    ['a wrong key reference of RESET RETRY', '042c000408' + '00'.repeat(8), '6a88'],
    ['range before Le', '00b08228ff', '6b00'],
  ])('%s', (_, command, expected) => {
    expect(answerOf(selected(), command)).toBe(expected)
  })

  it.each([
    ['file type before the MAC', `04d6860009${'00'.repeat(9)}`, '6981'],
    ['the MAC before right and range', `04d6850009${'00'.repeat(9)}`, '6988'],
  ])('in a session: %s', (_, command, expected) => {
    const card = selected()
    answerOf(card, '0084000008')
    expect(answerOf(card, authenticate)).toBe('9000')
    expect(answerOf(card, command)).toBe(expected)
  })

  it.each([
    ['any read', '00b081003c', '6b00'],
    ['a read of EF06', '00b0860001', '6b00'],
    ['a record', '00b2013420', '6b00'],
    ['a MAC’d READ', '04b0820008a0a1a2a3a4a5a6a7', '6b00'],
    ['a read beyond the end', '00b082ff01', '6b00'],
    ['but length comes first', '00b08100', '6700'],
    ['a key that is not there', '0088000108a0a1a2a3a4a5a6a7', '6a88'],
    ['nor there', authenticate, '6a88'],
    ['nor can its tries be given back', '042c000208' + '00'.repeat(8), '6a88'],
  ])('on an un-issued card: %s', (_, command, expected) => {
    expect(answerOf(selected(publishedNewCard()), command)).toBe(expected)
  })
})
