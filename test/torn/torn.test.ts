// The short form of `npm run torn`: every byte of a sale's script and of its undo, some of a long script, some at a whole kiosk.
import { describe, expect, it } from 'vitest'
import { flawsAtKiosk, tornAtKiosk } from './at-the-kiosk.ts'
import { tornEverywhere, withPrices } from './every-byte.ts'

// Hundreds of sales in one test, and several kiosks at once in the others.
const options = { timeout: 180_000 }

describe(
  'P2 P3 P5: a card torn in the middle of its script, and taken to another kiosk,',
  options,
  () => {
    it('has its purchase or its money, at every byte and around every commit', async () => {
      const found = await tornEverywhere({ id: 'plain-sale', protocol: 'T=0', script: 'sale' })
      expect(found).toEqual({ bytes: 140, cases: 320, torn: 308, flaws: [] })
    })

    it('also when the purchase was just being taken back', async () => {
      const found = await tornEverywhere({
        id: 'plain-sale',
        protocol: 'T=1',
        script: 'undo',
        every: 3,
      })
      expect(found).toMatchObject({ bytes: 98, flaws: [] })
      expect(found.torn).toBeGreaterThan(70)
    })

    it('also when prices travel with it', async () => {
      const found = await tornEverywhere({
        id: withPrices,
        protocol: 'T=1',
        script: 'sale',
        every: 200,
      })
      expect(found).toMatchObject({ bytes: 427, flaws: [] })
      expect(found.torn).toBeGreaterThan(45)
    })
  },
)

describe('P2 P3 P5 P7: a card torn in the slot of a kiosk', options, async () => {
  const all = await tornAtKiosk()
  // The first byte of a command and the moment before its answer: nothing of it is done, or all of it.
  const some = all.filter(({ name }) => /byte 0$|before answer$/.test(name))
  it.concurrent.each(some)('at $name loses nothing and doubles nothing', async (each) => {
    expect(await flawsAtKiosk(each)).toEqual({ torn: true, flaws: [] })
  })
})
