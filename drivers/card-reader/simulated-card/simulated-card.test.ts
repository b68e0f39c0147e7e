// A simulated card as its reader meets it: power, states kept as JSON, cards that are made, and any bytes at all.
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { energy } from '../../../domain/energy.ts'
import { fciOf, selectApplication } from '../../../domain/power-card/apdu.ts'
import { concat, fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { readCardRecord } from '../../../domain/power-card/card-record.ts'
import { readParameters } from '../../../domain/power-card/parameters.ts'
import { readPurchase } from '../../../domain/power-card/purchase.ts'
import { readWriteBack } from '../../../domain/power-card/write-back.ts'
import { cardKeysOf } from '../../../domain/power-card/keys.ts'
import { officeSession } from '../../../domain/power-card/sessions.ts'
import {
  publishedFiles,
  publishedMasters,
  publishedMeterWrites,
  publishedOthers,
  publishedScript,
  publishedSerial,
  publishedStandby,
  run,
  secondSerial,
} from '../../../domain/power-card/vectors.ts'
import { simulatedCard } from './simulated-card.ts'
import { foreignCard } from './foreign.ts'
import { issuedCard } from './issuing.ts'
import { publishedCard, publishedNewCard } from './published.ts'
import { CardState } from './state.ts'

const parametersIn = (hex: string) => {
  const read = readParameters(fromHex(hex))
  if (read.kind === 'malformed') throw new Error(read.problem)
  return read.parameters
}
const writeBackIn = (hex: string) => {
  const read = readWriteBack(fromHex(hex))
  if (read.kind !== 'record') throw new Error(read.kind)
  return read.record
}
const recordIn = (hex: string) => {
  const read = readCardRecord(fromHex(hex))
  if (read.kind !== 'record') throw new Error(read.problem)
  return read.record
}

describe('power', () => {
  it('is needed for an answer', () => {
    const card = simulatedCard({ state: publishedCard() })
    expect(card.transmit(selectApplication())).toHaveLength(0)
    card.powerUp()
    expect(toHex(card.transmit(selectApplication()))).toBe('612c')
    card.powerDown()
    expect(card.transmit(selectApplication())).toHaveLength(0)
    card.reset()
    expect(card.transmit(selectApplication())).toHaveLength(0)
    expect(toHex(card.atr())).toBe(publishedFiles.atrT0)
  })

  it('lost and back forgets what was selected, held and asked', () => {
    const card = simulatedCard({ state: publishedCard() })
    card.powerUp()
    card.transmit(selectApplication())
    card.reset()
    expect(toHex(card.transmit(fromHex('00c000002c')))).toBe('6985')
    expect(toHex(card.transmit(fromHex('00b0820028')))).toBe('6985')
  })

  it('makes challenges nobody can foresee, unless told', () => {
    const challenges = Array.from({ length: 20 }, () => {
      const card = simulatedCard({ state: publishedCard() })
      card.powerUp()
      card.transmit(selectApplication())
      return toHex(card.transmit(fromHex('0084000008')))
    })
    expect(new Set(challenges).size).toBe(challenges.length)
  })
})

describe('a state', () => {
  it('survives JSON, and the schema takes it back', () => {
    for (const state of [publishedCard('T=1'), publishedNewCard()]) {
      expect(CardState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state)
    }
  })

  it('is refused when a file has not its size', () => {
    const state = publishedCard()
    const wrong = { ...state, files: { ...state.files, 2: '00' } }
    expect(CardState.safeParse(wrong).success).toBe(false)
  })

  it('is told at every commit, and is nobody else’s to change', () => {
    const kept: CardState[] = []
    const state = publishedCard()
    const card = simulatedCard({
      state,
      random: () => run(0xb0),
      onChange: (now) => kept.push(now),
    })
    card.powerUp()
    const { authenticate, clear, append, commit } = publishedScript
    const script = ['00a4040c0af050504d532e454c4331', '0084000008', authenticate, clear, append]
    for (const command of [...script, commit]) card.transmit(fromHex(command))
    // Two commits of the retry counter, and one for each write.
    expect(kept).toHaveLength(5)
    expect(kept.at(-1)).toEqual(card.state())
    expect(state).toEqual(publishedCard())
    kept.at(-1)?.journal.pop()
    card.state().journal.pop()
    expect(card.state().journal).toHaveLength(2)
  })
})

describe('a card that is made', () => {
  const { keyVersion: _, ...parameters } = parametersIn(publishedFiles.ef01)
  const made = {
    masterKeys: publishedMasters,
    serial: publishedSerial,
    parameters,
    purchase: readPurchase(fromHex(publishedFiles.ef02Before)),
    writeBack: writeBackIn(publishedFiles.ef05Before),
    journal: [recordIn(publishedFiles.record)],
  }

  test('with the content of 15.3 is the card of 15.3', () => {
    expect(issuedCard(made)).toEqual(publishedCard())
    expect(issuedCard({ ...made, protocol: 'T=1' })).toEqual(publishedCard('T=1'))
  })

  test('carries records of the terminal and of any meter, each under its own key', () => {
    const ofMeter = publishedMeterWrites.recordOtherMeter
    const ofKiosk = publishedScript.append.slice(10, 74)
    const { journal } = issuedCard({ ...made, journal: [recordIn(ofMeter), recordIn(ofKiosk)] })
    expect(journal).toEqual([ofMeter, ofKiosk])
  })

  test('without a purchase carries count 0 and no order, sealed', () => {
    const { purchase: _, ...without } = made
    const state = issuedCard(without)
    expect(readPurchase(fromHex(state.files[2]))).toMatchObject({
      count: 0,
      orderNumber: '0000000000000000',
      unit: 1,
      problem: null,
    })
    expect(state.files[2].slice(64)).not.toBe('00'.repeat(8))
  })

  test('carries prices', () => {
    const standbyPrices = {
      which: 'standby' as const,
      rates: [],
      thresholds: [energy(10_000), energy(40_000)],
      ladderPrices: [13_800, 17_250, 24_150],
      resetDates: ['990100'],
      standbyLadderFrom: '2701010000',
    }
    const state = issuedCard({ ...made, standbyPrices })
    expect(state.files[4]).toBe(publishedStandby.ef04)
    expect(state.files[3]).toBe('00'.repeat(201))
  })

  test('15.9: a replacement card', () => {
    const { keyVersion: _, ...replacing } = parametersIn(publishedOthers.replacementEF01)
    const state = issuedCard({
      masterKeys: publishedMasters,
      serial: secondSerial,
      parameters: replacing,
      purchase: readPurchase(fromHex(publishedOthers.replacementEF02)),
    })
    expect(state.files[1]).toBe(publishedOthers.replacementEF01)
    expect(state.files[2]).toBe(publishedOthers.replacementEF02)
  })

  test('15.9: a service card', () => {
    const { keyVersion: _, ...readingAll } = parametersIn(publishedOthers.readAllEF01)
    const state = issuedCard({
      masterKeys: publishedMasters,
      serial: secondSerial,
      parameters: readingAll,
      purchase: readPurchase(fromHex(publishedOthers.serviceEF02)),
    })
    expect(state.files[1]).toBe(publishedOthers.readAllEF01)
    expect(state.files[2]).toBe(publishedOthers.serviceEF02)
  })

  test('of another key version says so in FCI and EF01, and has other keys', () => {
    const state = issuedCard({ ...made, keyVersion: 3 })
    const card = simulatedCard({ state: { ...state, protocol: 'T=1' } })
    card.powerUp()
    const fci = fciOf(card.transmit(concat(selectApplication(), 0x00)).subarray(0, -2))
    expect(fci).toMatchObject({ keyVersion: 3, issued: true })
    expect(parametersIn(state.files[1]).keyVersion).toBe(3)
    expect(state.keys.K_IA).not.toBe(publishedCard().keys.K_IA)
  })
})

describe('a card that is not ours', () => {
  it('knows no application of that name, and no command of ours', () => {
    const atr = fromHex('3b6800000073c84013009000')
    const card = foreignCard({ atr })
    expect(card.transmit(selectApplication())).toHaveLength(0)
    card.powerUp()
    expect(card.atr()).toEqual(atr)
    expect(toHex(card.transmit(selectApplication()))).toBe('6a82')
    expect(toHex(card.transmit(fromHex('00b0820028')))).toBe('6d00')
    card.reset()
    expect(toHex(card.transmit(selectApplication()))).toBe('6a82')
    card.powerDown()
    expect(card.transmit(selectApplication())).toHaveLength(0)
  })
})

/** The closed list of 6.2. */
const closedList = /^(9000|61..|63c[0-9]|6581|6700|698[123568]|6a8[2368]|6b00|6c..|6d00|6e00)$/

const byte = fc.nat(0xff)
const header = fc.tuple(
  fc.constantFrom(0x00, 0x04, 0x80),
  fc.constantFrom(0xa4, 0xb0, 0xb2, 0x84, 0x82, 0x88, 0xc0, 0xd6, 0xe2, 0xd4, 0x2c, 0xaa),
  fc.oneof(fc.constantFrom(0x00, 0x04, 0x81, 0x82, 0x85, 0x86), byte),
  fc.oneof(fc.constantFrom(0x00, 0x01, 0x02, 0x04, 0x08, 0x0c, 0x30, 0x34), byte),
)
const body = fc.oneof(
  fc
    .constantFrom(8, 9, 10, 16, 40, 48, 106)
    .chain((length) => fc.uint8Array({ minLength: length, maxLength: length })),
  fc.uint8Array({ minLength: 1, maxLength: 255 }),
)
const plausible = fc
  .tuple(header, fc.option(body), fc.option(byte))
  .map(([head, data, le]) =>
    concat(
      Uint8Array.from(head),
      ...(data === null ? [] : [data.length, data]),
      ...(le === null ? [] : [le]),
    ),
  )
const anyCommand = fc.oneof(
  { weight: 6, arbitrary: plausible },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  { weight: 1, arbitrary: fc.constant(selectApplication()) },
  { weight: 1, arbitrary: fc.constant(fromHex('0084000008')) },
)

describe('any bytes', () => {
  const serial = fromHex(publishedSerial)
  const keys = cardKeysOf(publishedMasters, { serial, keyVersion: 1 })
  const office = officeSession(keys, { challenge: run(0xb0), random: run(0xc0), serial })

  const cards: [string, CardState][] = [
    ['an issued card in T=0', publishedCard()],
    ['an issued card in T=1', publishedCard('T=1')],
    ['a new card', publishedNewCard()],
  ]
  describe.each(cards)('sent to %s', (_, state) => {
    test.each([false, true])(
      'are answered from the closed list and change nothing but tries (session open: %s)',
      (inSession) => {
        fc.assert(
          fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
            const card = simulatedCard({ state, random: () => run(0xb0) })
            card.powerUp()
            card.transmit(fromHex('00a4040c0af050504d532e454c4331'))
            if (inSession && state.issued) {
              card.transmit(fromHex('0084000008'))
              expect(toHex(card.transmit(office.authenticate))).toBe('9000')
            }
            for (const command of commands) {
              const answer = card.transmit(command)
              expect(toHex(answer.subarray(-2))).toMatch(closedList)
              expect(answer.length).toBeLessThanOrEqual(258)
              if (toHex(answer.subarray(-2)) !== '9000') expect(answer).toHaveLength(2)
            }
            const { tries, ...content } = card.state()
            const { tries: full, ...before } = state
            expect(content).toEqual(before)
            expect(tries.K_EA).toBeLessThanOrEqual(full.K_EA)
            expect(tries.K_EM).toBeLessThanOrEqual(full.K_EM)
            expect(tries.K_AD).toBeLessThanOrEqual(full.K_AD)
          }),
          { numRuns: 150 },
        )
      },
    )
  })

  test('a single altered bit anywhere in the last write of a sale leaves the old image', () => {
    const { authenticate, clear, append, commit } = publishedScript
    const length = commit.length / 2
    fc.assert(
      fc.property(fc.nat(length - 1), fc.nat(7), (at, bit) => {
        const card = simulatedCard({ state: publishedCard(), random: () => run(0xb0) })
        card.powerUp()
        const script = ['00a4040c0af050504d532e454c4331', '0084000008', authenticate, clear, append]
        for (const command of script) card.transmit(fromHex(command))
        const right = fromHex(commit)
        card.transmit(right.with(at, (right[at] ?? 0) ^ (1 << bit)))
        expect(card.state().files[2]).toBe(publishedFiles.ef02Before)
      }),
      { numRuns: 200 },
    )
  })
})
