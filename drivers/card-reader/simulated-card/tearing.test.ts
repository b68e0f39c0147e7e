// K4: a card torn at every byte and around every commit keeps the old or the new, whole (power-card.md 5.4, 7.4).
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import {
  publishedFiles,
  publishedIssuing,
  publishedOpening,
  publishedScript,
  publishedUndo,
  run,
} from '../../../domain/power-card/vectors.ts'
import { simulatedCard, type SimulatedCard } from './simulated-card.ts'
import { publishedCard, publishedNewCard } from './published.ts'
import { fullTries, type CardState } from './state.ts'
import { tearsOf, type Tear } from './tearing.ts'

const select = '00a4040c0af050504d532e454c4331'
const { authenticate, clear, append, commit } = publishedScript
const sale = [authenticate, clear, append, commit]
const issuing = [
  publishedIssuing.authenticate,
  publishedIssuing.keys,
  publishedIssuing.append,
  publishedIssuing.ef02,
  publishedIssuing.ef01,
]

const challenged = (state: CardState, random: Uint8Array) => {
  const kept: CardState[] = []
  const card = simulatedCard({ state, random: () => random, onChange: (now) => kept.push(now) })
  card.powerUp()
  card.transmit(fromHex(select))
  card.transmit(fromHex('0084000008'))
  return { card, kept: () => kept.at(-1) ?? state }
}

/** Runs the script with a tear armed before one of its commands; the number of commands that were answered 9000. */
const tornRun = (card: SimulatedCard, script: string[], at: number, tear: Tear): number => {
  for (const [step, command] of script.entries()) {
    if (step === at) card.tear(tear)
    const answer = toHex(card.transmit(fromHex(command)))
    if (answer === '') return step
    expect(answer).toBe('9000')
  }
  return script.length
}

const everyTear = (script: string[]): [number, Tear][] =>
  script.flatMap((command, at) =>
    tearsOf(fromHex(command)).map((tear): [number, Tear] => [at, tear]),
  )

const nameOf = (tear: Tear): string =>
  tear.at === 'byte' ? `byte ${tear.byte}` : `${tear.at} ${tear.skip ?? 0}`

/** What the card holds once so many of the commands have taken effect. */
const afterEach = (script: string[], state: CardState, random: Uint8Array): CardState[] => {
  const { card } = challenged(state, random)
  return [
    state,
    ...script.map((command) => {
      expect(toHex(card.transmit(fromHex(command)))).toBe('9000')
      return card.state()
    }),
  ]
}

const committed = (tear: Tear): boolean => tear.at === 'after commit' || tear.at === 'before answer'

describe('K4: the sale script', () => {
  const before = publishedCard()
  const states = afterEach(sale, before, run(0xb0))

  it('has the tears of every byte and around every commit', () => {
    expect(everyTear(sale)).toHaveLength(21 + 21 + 45 + 53 + 4 * 5)
  })

  test.each(everyTear(sale).map(([at, tear]) => [at, nameOf(tear), tear] as const))(
    'command %i torn at %s leaves the old or the new, whole',
    (at, _, tear) => {
      const { card, kept } = challenged(before, run(0xb0))
      const step = tornRun(card, sale, at, tear)
      if (step === sale.length) {
        // The last write commits only once: there is no second commit to be torn at.
        expect([at, tear.skip]).toEqual([3, 1])
        return
      }
      expect(card.powered()).toBe(false)
      card.powerUp()
      const { tries, ...content } = card.state()
      const { tries: _old, ...old } = states[step] ?? before
      const { tries: _new, ...next } = states[step + 1] ?? before
      expect(content).toEqual(committed(tear) ? next : old)
      expect([publishedFiles.ef02Before, publishedFiles.ef02Sale]).toContain(content.files[2])
      expect(content.files[2] === publishedFiles.ef02Sale).toBe(step === 3 && committed(tear))
      expect(tries.K_EA).toBeLessThanOrEqual(fullTries.K_EA)
      expect(tries).toMatchObject({ K_EM: fullTries.K_EM, K_AD: fullTries.K_AD })
      // What was told at the commit is what is there after the next power-up.
      expect(kept()).toEqual(card.state())
      // Nothing volatile outlives the tear.
      expect(toHex(card.transmit(fromHex(clear)))).toBe('6985')
    },
  )

  it.each([
    ['before commit', 0, 10],
    ['after commit', 0, 9],
    ['before commit', 1, 9],
    ['after commit', 1, 10],
    ['before answer', 0, 10],
  ] as const)('an authentication torn %s %i leaves %i tries', (at, skip, left) => {
    const { card } = challenged(before, run(0xb0))
    expect(tornRun(card, sale, 0, { at, skip })).toBe(0)
    card.powerUp()
    expect(card.state().tries.K_EA).toBe(left)
  })

  it('loses a try with every wrong attempt that is torn, and gives none back', () => {
    const { card } = challenged(before, run(0xb1))
    for (let attempt = 0; attempt < 12; attempt++) {
      card.tear({ at: 'after commit' })
      card.transmit(fromHex(authenticate))
      card.tear(null)
      card.powerUp()
      card.transmit(fromHex(select))
      card.transmit(fromHex('0084000008'))
    }
    expect(card.state().tries.K_EA).toBe(0)
    expect(toHex(card.transmit(fromHex(authenticate)))).toBe('6983')
  })
})

describe('what was committed before a tear', () => {
  it('is still there when something else is written later', () => {
    const { card } = challenged(publishedCard(), run(0xb0))
    expect(tornRun(card, sale, 3, { at: 'after commit' })).toBe(3)
    card.powerUp()
    card.transmit(fromHex(select))
    card.transmit(fromHex('0084000008'))
    // Another authentication changes the retry counter, in a shadow copy of what is there now.
    expect(toHex(card.transmit(fromHex(authenticate)))).toBe('9000')
    expect(card.state().files[2]).toBe(publishedFiles.ef02Sale)
  })
})

describe('K4: undo', () => {
  const script = [...sale, publishedUndo.append, publishedUndo.commit]

  test('torn at any point of its last write leaves one of the two images, whole', () => {
    for (const tear of tearsOf(fromHex(publishedUndo.commit)).filter(({ skip }) => skip !== 1)) {
      const { card } = challenged(publishedCard(), run(0xb0))
      expect(tornRun(card, script, 5, tear)).toBe(5)
      card.powerUp()
      const { ef02Before, ef02Sale } = publishedFiles
      expect(card.state().files[2]).toBe(committed(tear) ? ef02Before : ef02Sale)
    }
  })
})

describe('K4: issuing', () => {
  const before = publishedNewCard()
  const states = afterEach(issuing, before, run(0x90))

  test('torn anywhere, a card has its transport key or all six keys, and is issued by its last write', () => {
    for (const [at, tear] of everyTear(issuing)) {
      const { card } = challenged(before, run(0x90))
      const step = tornRun(card, issuing, at, tear)
      if (step === issuing.length) continue
      card.powerUp()
      const { tries, ...content } = card.state()
      const { tries: _, ...expected } = states[committed(tear) ? step + 1 : step] ?? before
      expect(content).toEqual(expected)
      expect([1, 6]).toContain(Object.keys(content.keys).length)
      expect(content.keyVersion).toBe(Object.keys(content.keys).length === 6 ? 1 : 0)
      expect(content.issued).toBe(content.files[1] === publishedOpening.ef01)
      expect(tries.K_AD).toBeLessThanOrEqual(fullTries.K_AD)
    }
  })
})

describe('tears', () => {
  it('wait until a command of the kind is there, and let pass what they are told', () => {
    const { card } = challenged(publishedCard(), run(0xb0))
    card.tear({ at: 'before commit', when: (command) => command[1] === 0xd6, skip: 1 })
    const answers = sale.map((command) => toHex(card.transmit(fromHex(command))))
    expect(answers).toEqual(['9000', '9000', '9000', ''])
    card.powerUp()
    expect(card.state().files[2]).toBe(publishedFiles.ef02Before)
  })

  it('can be taken back', () => {
    const { card } = challenged(publishedCard(), run(0xb0))
    card.tear({ at: 'byte', byte: 0 })
    card.tear(null)
    expect(sale.map((command) => toHex(card.transmit(fromHex(command))))).not.toContain('')
  })

  it('of the sale script at random, one after another with new power, leave EF02 old or new', () => {
    const script = everyTear(sale)
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...script), { maxLength: 6 }), (tears) => {
        const { card } = challenged(publishedCard(), run(0xb0))
        for (const [at, tear] of tears) {
          tornRun(card, sale, at, tear)
          card.tear(null)
          card.powerDown()
          card.powerUp()
          card.transmit(fromHex(select))
          card.transmit(fromHex('0084000008'))
          const { files, tries, journal } = card.state()
          expect([publishedFiles.ef02Before, publishedFiles.ef02Sale]).toContain(files[2])
          expect([publishedFiles.ef05Before, clearedBack]).toContain(files[5])
          expect(tries.K_EA).toBeGreaterThan(0)
          expect(new Set(journal).size).toBeLessThanOrEqual(2)
          card.reset()
          card.transmit(fromHex(select))
          card.transmit(fromHex('0084000008'))
        }
      }),
      { numRuns: 60 },
    )
  })
})

const clearedBack = '00'.repeat(8) + publishedFiles.ef05Before.slice(16)
