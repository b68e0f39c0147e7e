// The frame of every test on real wires: a bench for the tests of a file, or for one, put right and audited after each.
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import type { BenchOptions } from '../../kiosk/bench/bench.ts'
import { atTheBench, lacking, wholeTestMs, type AtTheBench } from './at-the-bench.ts'
import { journalOf } from './evidence-of-bench.ts'
import { putRight } from './putting-right.ts'

/** Tests of one file at one bench; after each the bench is put right, whatever has failed, and everything must add up. */
export const onRealWires = (
  title: string,
  options: Partial<BenchOptions>,
  tests: (person: () => AtTheBench) => void,
): void =>
  withRealWires(title, () => {
    let person: AtTheBench | null = null
    const present = (): AtTheBench => {
      if (person === null) throw new Error('the bench did not start')
      return person
    }
    beforeAll(async () => {
      person = await atTheBench(options)
      await putRight(present())
    }, wholeTestMs)
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') console.error(await whatStandsThere(present()))
      await putRight(present())
      expect(present().audit()).toEqual([])
    }, wholeTestMs)
    afterAll(() => person?.close(), wholeTestMs)
    tests(present)
  })

/** One test at a bench of its own, for tests that wait side by side; put right and audited at its end like all others. */
export const atOwnBench = async (test: (person: AtTheBench) => Promise<void>): Promise<void> => {
  const person = await atTheBench()
  try {
    await putRight(person)
    await test(person).catch(async (error: unknown) => {
      console.error(await whatStandsThere(person))
      throw error
    })
    await putRight(person)
    expect(person.audit()).toEqual([])
  } finally {
    await person.close()
  }
}

/** Where what the wires need is missing, the tests are skipped, and the title says what it is. */
export const withRealWires = (title: string, tests: () => void): void => {
  const missing = lacking()
  describe.skipIf(missing !== null)(
    missing === null ? title : `${title} (skipped: there is no ${missing} here)`,
    { timeout: wholeTestMs },
    tests,
  )
}

/** For whoever has to find out why a test failed. */
const whatStandsThere = async ({ page, bench }: AtTheBench): Promise<string> => {
  const words = await page.locator('body').innerText()
  const entries = journalOf(bench).slice(-8)
  return [
    'On the screen when it failed:',
    words.replaceAll(/\s*\n\s*/g, ' | '),
    JSON.stringify({ slot: bench.panel().slot, notes: bench.panel().notes }),
    ...entries.map((entry) => JSON.stringify(entry)),
  ].join('\n')
}
