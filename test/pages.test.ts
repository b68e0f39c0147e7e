// The customer's page in Chromium: every view of the gallery, in every language, standing and lying: nothing is clipped,
// covered or too small, everything can be reached, and axe finds nothing (accessibility.md 3: A1 to A5, A10, A12, A15).
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { languages } from '../domain/language.ts'
import {
  hasChromium,
  orientations,
  setStage,
  type Orientation,
  type Stage,
} from './screenshots/stage.ts'
import { gallery } from './screen-gallery.ts'

/** 0.25 mm a pixel on both reference screens: 15 mm to press, 20 mm for the ways, 3 mm between. */
const limits = {
  portrait: { smallestTextPx: 28, smallestTargetPx: 60, smallestWayPx: 80, smallestGapPx: 12 },
  landscape: { smallestTextPx: 26, smallestTargetPx: 60, smallestWayPx: 80, smallestGapPx: 12 },
}

describe.skipIf(!hasChromium)('the page in Chromium (not run without /usr/bin/chromium)', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
    await stage.page.addScriptTag({ path: resolve('test/screenshots/layout-flaws.js') })
    await stage.page.addScriptTag({
      content: readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
    })
  }, 60_000)
  afterAll(() => stage.close())

  describe.each(Object.keys(orientations) as Orientation[])('%s', (orientation) => {
    it.each(languages)(
      '%s: every screen is whole',
      async (language) => {
        await stage.turn(orientation)
        const flaws: string[] = []
        for (const { name, view } of gallery) {
          const found = await stage.look<string[]>(
            { ...view, language },
            `layoutFlaws(${JSON.stringify(limits[orientation])})`,
          )
          flaws.push(...found.map((flaw) => `${name}: ${flaw}`))
        }
        expect(flaws).toEqual([])
      },
      120_000,
    )
  })
})
