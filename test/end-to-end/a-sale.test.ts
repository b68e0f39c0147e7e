import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { atTheBench, lacking, wholeTestMs, type AtTheBench } from './at-the-bench.ts'

let person: AtTheBench

describe.skipIf(lacking() !== null)(
  'on real wires, in a browser,',
  { timeout: wholeTestMs },
  () => {
    beforeAll(async () => {
      person = await atTheBench()
    }, wholeTestMs)
    afterAll(() => person.close(), wholeTestMs)
    afterEach(async () => {
      await person.takeCard()
      await person.settled()
      expect(person.audit()).toEqual([])
    }, wholeTestMs)

    it('a customer pays with notes, and carries the energy home to the meter', async () => {
      const { bench, act, feed, press, heading, sees } = person
      await act({ type: 'card.insert', card: 'plain-sale' })
      await heading('Good')
      await press('Buy electricity')
      await press('¥50')
      await press(/Banknotes/)
      await heading('Insert notes, one by one')
      await feed(2000)
      await sees('¥30.00 still to pay')
      await feed(2000)
      await feed(1000)
      await heading('Is this right?')
      await press(/^Write/)
      await heading('Take your card')
      await sees('on your card')
      const meter = bench.panel().cards.find(({ id }) => id === 'plain-sale')?.meter ?? ''
      const before = bench.panel().meters.find(({ number }) => number === meter)?.remaining ?? 0
      await act({ type: 'card.take' })
      await heading('Thank you')
      await act({ type: 'meter.insert', card: 'plain-sale', meter })
      const after = bench.panel().meters.find(({ number }) => number === meter)
      expect(after?.lastResult).toBe(0)
      expect(after?.remaining).toBeGreaterThan(before + 3000)
      await act({ type: 'meter.take', meter })
      expect(bench.papers()).toHaveLength(1)
      expect(bench.truth().cashBox).toEqual([
        { value: 1000, count: 1 },
        { value: 2000, count: 2 },
      ])
    })
  },
)
