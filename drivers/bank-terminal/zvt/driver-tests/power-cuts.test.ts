// Power fails at every arrow of devices.md 10.4, of the terminal, of the kiosk or of both: always a certain verdict, and the right one.
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { arrows, at, type Arrow } from '../simulator/behaviours.ts'
import { readyBench, type Bench } from './bench.ts'
import { clerkAt, type Clerk } from './clerk.ts'
import { backAtOnce, outcomes, tableInMarkdown, type Who } from './power-cut-table.ts'

let it: Bench
afterEach(() => it.stop())

/** Long enough for the other side to lose patience, or so short that it does not notice. */
const downMs: Record<Who, readonly number[]> = {
  'the terminal': [0, 20_000],
  'the kiosk': [0, 20_000, 90_000],
  both: [20_000],
}

const sale = async (arrow: Arrow, who: Who, offMs: number): Promise<Clerk> => {
  it = await readyBench()
  // An older payment of the same amount: what is found must not be this one.
  await it.authorised()
  it.confirm()
  await it.until('stored 1')
  await it.clock.advance(300_000)
  it.forget()
  const clerk = clerkAt(it, {
    refuses: arrow === 'goods refused',
    // "Please wait" is said only when the goods take long.
    ...(arrow === 'wait answered' && { deliverMs: 60_000 }),
  })
  let reached = 0
  it.terminal.behave(
    at(arrow, ({ powerOff, powerOn }) => {
      reached += 1
      if (who !== 'the kiosk') {
        powerOff()
        it.clock.after(offMs, powerOn)
      }
      if (who !== 'the terminal') clerk.crash({ downMs: offMs })
    }),
  )
  it.authorise()
  const customer = customerAt(it)
  await it.untilSo(() => customer() && reached > 0, `the terminal at "${arrow}"`)
  await it.untilSo(() => customer() && clerk.books.verdict !== 'open', 'a verdict')
  return clerk
}

/** Puts the card in once, and takes it out when nothing has happened for a while. */
const customerAt = (it: Bench) => {
  let inside = false
  return (): true => {
    if (!inside && it.terminal.waitsForPerson()) {
      inside = true
      it.terminal.presentCard({ how: 'insert' })
      it.clock.after(40_000, it.terminal.removeCard)
    }
    return true
  }
}

const rows = arrows.flatMap((arrow) =>
  (Object.keys(downMs) as Who[]).flatMap((who) =>
    downMs[who].map((offMs) => ({ arrow, who, offMs })),
  ),
)

describe.each(rows)('$who at "$arrow", off for $offMs ms', ({ arrow, who, offMs }) => {
  test('ends in a certain verdict that is true, and the next sale is as ever', async () => {
    const { books } = await sale(arrow, who, offMs)
    const { verdict } = books
    expect(verdict).toBe(it.states()[1] === 'stored' ? 'charged' : 'not charged')
    await it.clock.advance(120_000)
    // Nothing that comes later takes the verdict back.
    expect(books.verdict).toBe(verdict)
    expect(it.states()[1] === 'stored').toBe(verdict === 'charged')
    const soon = who === 'the kiosk' && offMs === 0 ? backAtOnce[arrow] : undefined
    const expected = soon ?? outcomes[arrow][who]
    expect({ verdict, goods: books.goods }).toEqual(expected)
    it.forget()
    await it.authorised()
    it.confirm()
    await it.until(/^stored/)
    // A reversal that was still owed went before it.
    expect(it.states()).not.toContain('reversal pending')
    const stored = it.states().filter((state) => state === 'stored')
    expect(stored).toHaveLength(verdict === 'charged' ? 3 : 2)
  })
})

test('the README has this table', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  expect(readme).toContain(tableInMarkdown())
})
