// The customer's page in Chromium: every view of the gallery, in every language, standing and lying: nothing is clipped,
// covered or too small, everything can be reached, and axe finds nothing (accessibility.md 3: A1 to A5, A10, A12, A15).
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { languages, type Language } from '../domain/language.ts'
import {
  hasChromium,
  orientations,
  setStage,
  type Orientation,
  type Stage,
} from './screenshots/stage.ts'
import { weightsOf } from './screenshots/weight.ts'
import type { Press, View } from '../ui/kiosk/screen.ts'
import { gallery, type Picture } from './screen-gallery.ts'
import { servicePages, serviceWords } from './service-gallery.ts'
import { setupPages, type SetupPicture } from './setup-gallery.ts'

/** 0.25 mm a pixel on both reference screens: 15 mm to press, 20 mm for the ways, 3 mm between. */
const limits = {
  portrait: { smallestTextPx: 28, smallestTargetPx: 60, smallestWayPx: 80, smallestGapPx: 12 },
  landscape: { smallestTextPx: 26, smallestTargetPx: 60, smallestWayPx: 80, smallestGapPx: 12 },
}

/**
 * What axe could not decide, and a person has: the sheet of a warning is opaque, but the screen under it differs from
 * line to line.
 */
const reviewed =
  /^warning.*: color-contrast\S* .* Element's background color could not be determined/

describe.skipIf(!hasChromium)('the page in Chromium (not run without /usr/bin/chromium)', () => {
  let stage: Stage
  /** What looks at a page, in each that is opened: by the debugger's door, as the page's own policy lets no foreign script in. */
  const hands = async (): Promise<void> => {
    const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
    for (const script of ['test/screenshots/layout-flaws.js', axe]) {
      await stage.page.evaluate(readFileSync(script, 'utf8'))
    }
  }
  beforeAll(async () => {
    stage = await setStage()
    await hands()
  }, 60_000)
  afterAll(() => stage.close())

  describe.each(Object.keys(orientations) as Orientation[])('%s', (orientation) => {
    it.each(languages)(
      '%s: every screen is whole, and axe finds nothing',
      async (language) => {
        await stage.turn(orientation)
        expect(await flawsIn(stage, gallery, language, orientation)).toEqual([])
      },
      120_000,
    )

    it.each(languages)(
      '%s: every page of the maintenance mode is whole, and axe finds nothing',
      async (language) => {
        await stage.turn(orientation)
        // Built alike in every language and either way up: axe looks once at each, and at the head of both. Upright there is
        // room for any word; lying, each has to be tried.
        const lying = orientation === 'landscape'
        const some = servicePages.filter(({ name }) => lying || name.startsWith('service: menu'))
        expect([
          ...(await flawsIn(stage, servicePages, language, orientation, false)),
          ...(await flawsIn(stage, lying ? serviceWords : [], language, orientation, false)),
          ...(language === 'en' ? await flawsIn(stage, some, language, orientation) : []),
        ]).toEqual([])
      },
      120_000,
    )
  })

  it.each(Object.keys(orientations) as Orientation[])(
    '%s: every page of the first setup is whole in every language, and axe finds nothing',
    async (orientation) => {
      await stage.open('setup')
      await hands()
      await stage.turn(orientation)
      const found: string[] = []
      for (const language of languages) {
        found.push(...(await flawsIn(stage, setupPages, language, orientation, language === 'en')))
      }
      await stage.open('kiosk')
      await hands()
      expect(found).toEqual([])
    },
    240_000,
  )

  it('is not blind: a screen that is spoilt is found out', async () => {
    await stage.turn('portrait')
    await stage.page.evaluate(`
      window.lookedAt?.clear()
      window.spoilt = new CSSStyleSheet()
      spoilt.replaceSync(\`
        h1 { width: 60rem; height: 4rem; overflow: hidden; white-space: nowrap }
        .way { height: 5rem; min-height: 0 !important }
        .base { font-size: 1rem !important; color: #555 }
        .answers { margin-top: -40rem !important }\`)
      document.adoptedStyleSheets.push(spoilt)`)
    const found = await stage.look<string[]>(picture('account, long'), flawsOf('portrait'))
    await stage.page.evaluate('document.adoptedStyleSheets.pop(); lookedAt.clear()')
    const all = found.join('\n')
    expect(all).toContain('is cut or scrolls')
    expect(all).toContain('px')
    expect(all).toContain('lies on')
    expect(all).toContain('color-contrast-enhanced')
    expect(await stage.look<string[]>(picture('account, long'), flawsOf('portrait'))).toEqual([])
  })

  describe('keys', () => {
    const keys = async (name: string, ...pressed: string[]): Promise<Press[]> => {
      await stage.show(picture(name))
      stage.presses()
      for (const key of pressed) await stage.page.keyboard.press(key)
      return (await stage.pressed(pressed.length)).map(({ press }) => press)
    }

    it('type an amount, erase, go on and cancel', async () => {
      expect(
        await keys('choose amount, typed', '7', '5', '0', 'Backspace', 'Enter', 'Escape'),
      ).toEqual([
        { type: 'digit', digit: 7 },
        { type: 'digit', digit: 5 },
        { type: 'digit', digit: 0 },
        { type: 'erase' },
        { type: 'continue' },
        { type: 'cancel' },
      ])
    })

    it('choose by number, and show the numbers then', async () => {
      expect(await keys('choose tender', '3')).toEqual([{ type: 'tender', tender: 'account' }])
      expect(await stage.page.locator('.choice kbd').allTextContents()).toEqual(['1', '2', '3'])
    })

    it('keep the money in when Enter is pressed at a cancelled purchase', async () => {
      expect(await keys('confirm cancel, to account', 'Enter')).toEqual([{ type: 'keep going' }])
      expect(await keys('confirm cancel, to account', 'c')).toEqual([{ type: 'cancel' }])
    })

    it('reach everything with the arrows, with a ring that is seen', async () => {
      await stage.show(picture('account'))
      for (const key of Array<string>(4).fill('ArrowUp')) await stage.page.keyboard.press(key)
      const ring = await stage.page.evaluate<string>(
        'getComputedStyle(document.activeElement).outlineStyle',
      )
      expect(ring).toBe('solid')
      await stage.page.keyboard.press('Enter')
      expect((await stage.pressed(1)).map(({ press }) => press)).toEqual([{ type: 'enquire' }])
    })

    it('ask for more time under a warning', async () => {
      expect(await keys('warning, money in', 'Enter')).toEqual([{ type: 'more time' }])
    })

    it('do all of the maintenance mode: choose by digit, type, confirm and go back', async () => {
      expect(await keys('service: menu', '2', 'Escape')).toEqual([
        { type: 'choose', choice: 'cash box' },
        { type: 'cancel' },
      ])
      expect(await keys('service: your pin', '4', 'Backspace', 'Enter', 'Escape')).toEqual([
        { type: 'digit', digit: 4 },
        { type: 'erase' },
        { type: 'confirm' },
        { type: 'cancel' },
      ])
    })

    it('go on through the colours, and only then say whether all were seen', async () => {
      await stage.show(picture('service: colours'))
      stage.presses()
      for (const key of ['1', '2', 'Enter', '5', '0', 'ArrowDown']) {
        await stage.page.keyboard.press(key)
      }
      await stage.page.getByText('Did you see five pure colours').waitFor()
      await stage.page.keyboard.press('2')
      expect((await stage.pressed(1)).map(({ press }) => press)).toEqual([
        { type: 'choose', choice: 'not seen' },
      ])
    })

    it('do nothing while the card is written', async () => {
      await stage.show(picture('writing'))
      stage.presses()
      for (const key of ['Enter', 'Escape', '1', 'c']) await stage.page.keyboard.press(key)
      expect(await keys('account', 'Enter')).toEqual([{ type: 'buy' }])
    })
  })

  describe('fingers', () => {
    it('act on release inside, and a trembling one acts once', async () => {
      await stage.show(picture('account'))
      stage.presses()
      const button = stage.page.getByRole('button', { name: 'Buy electricity' })
      const box = await button.boundingBox()
      expect(box).not.toBeNull()
      const { x, y } = box ?? { x: 0, y: 0 }
      await stage.page.mouse.move(x + 40, y + 40)
      await stage.page.mouse.down()
      await stage.page.mouse.move(x + 40, y - 400)
      await stage.page.mouse.up()
      await stage.page.mouse.click(x + 40, y + 40, { clickCount: 2 })
      await stage.page.getByRole('button', { name: 'Cancel' }).click()
      const sent = await stage.pressed(2)
      expect(sent.map(({ press }) => press)).toEqual([{ type: 'buy' }, { type: 'cancel' }])
      expect(new Set(sent.map(({ view }) => view)).size).toBe(1)
    })

    it('that were in every field have passed the touch test, and no key has', async () => {
      await stage.turn('portrait')
      await stage.show(picture('service: touch grid'))
      stage.presses()
      await stage.page.keyboard.press('Enter')
      const fields = await stage.page.evaluate<[number, number][]>(`
        [...document.querySelectorAll('.touch-grid > i')].map((field) => {
          const { x, y } = field.getBoundingClientRect()
          return [x + 20, y + 20]
        })`)
      expect(fields.length).toBeGreaterThan(40)
      for (const [at, [x, y]] of fields.entries()) {
        await stage.page.mouse.move(x, y)
        if (at === 0) await stage.page.mouse.down()
      }
      await stage.page.mouse.up()
      const sent = await stage.pressed(1)
      expect(sent.map(({ press }) => press)).toEqual([{ type: 'choose', choice: 'seen' }])
    })

    it('find nothing to press while the card is written', async () => {
      await stage.show(picture('writing'))
      expect(await stage.page.getByRole('button').count()).toBe(0)
    })

    it('find only two answers under a warning', async () => {
      await stage.show(picture('warning'))
      const alive = stage.page.locator('button:not([inert] button)')
      expect(await alive.allTextContents()).toEqual(['Cancel', 'Give me more time'])
    })
  })

  it('counts the seconds of a warning down', async () => {
    await stage.show(picture('warning'))
    const countdown = stage.page.locator('.countdown bdi')
    expect(await countdown.textContent()).toBe('20')
    await countdown.filter({ hasText: /^19$/ }).waitFor()
  })

  it('says one moment in every language while the kiosk is silent, and goes on by itself', async () => {
    await stage.show(picture('account'))
    stage.fallSilent(true)
    await stage.page.getByText('One moment').waitFor()
    expect(await stage.page.getByText('请稍候').isVisible()).toBe(true)
    expect(await stage.page.getByText('لحظة من فضلك').isVisible()).toBe(true)
    stage.fallSilent(false)
    await stage.page.getByText('One moment').waitFor({ state: 'detached' })
    expect(await stage.page.getByText('Good afternoon, L. Chen.').isVisible()).toBe(true)
  })

  it('keeps nothing of the last customer', async () => {
    await stage.show(picture('confirm purchase'))
    await stage.show(picture('attract'))
    const kept = await stage.page.evaluate<string>(
      'document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage })',
    )
    expect(kept).not.toContain('Chen')
    expect(kept).not.toContain('4679')
  })

  it('holds still for those who ask for it', async () => {
    await stage.show(picture('please wait: reading card'))
    const moving = 'document.getAnimations().length'
    expect(await stage.page.evaluate<number>(moving)).toBe(0)
    await stage.page.emulateMedia({ reducedMotion: 'no-preference' })
    expect(await stage.page.evaluate<number>(moving)).toBeGreaterThan(0)
    await stage.page.emulateMedia({ reducedMotion: 'reduce' })
  })

  it('has nothing to complain of, under the policy of the kiosk', () => {
    // While the kiosk was silent its stream was refused; that is the browser's own line.
    expect(stage.complaints.filter((line) => !line.includes('503'))).toEqual([])
  })

  it('weighs at most 40 kB in one language, compressed (design.md 10)', () => {
    const { named, ofLanguage } = weightsOf(stage.builtIn)
    expect(named).toBeGreaterThan(1)
    for (const language of languages) {
      expect(ofLanguage[language].files).toBe(1)
      expect(ofLanguage[language].kB).toBeLessThan(40)
    }
  })
})

const flawsIn = async (
  stage: Stage,
  pictures: readonly (Picture | SetupPicture)[],
  language: Language,
  orientation: Orientation,
  withAxe = true,
): Promise<string[]> => {
  const flaws: string[] = []
  for (const { name, view } of pictures) {
    const found = await stage.look<string[]>({ ...view, language }, flawsOf(orientation, withAxe))
    flaws.push(...found.map((flaw) => `${name}: ${flaw}`).filter((flaw) => !reviewed.test(flaw)))
  }
  return flaws
}

const picture = (name: string): View => {
  const found = [...gallery, ...servicePages].find((each) => each.name === name)
  if (found === undefined) throw new Error(`no picture is called ${name}`)
  return found.view
}

/**
 * Words are looked at on every view. Axe looks at every page that differs in more than its words: 35 refusals are built
 * alike, and what it finds in one it finds in all.
 */
const flawsOf = (orientation: Orientation, withAxe = true): string => `(async () => {
  const found = layoutFlaws(${JSON.stringify(limits[orientation])})
  if (!${withAxe}) return found
  const built = document.documentElement.outerHTML
    .replaceAll(/>[^<]+</g, '><').replaceAll(/data-view="[0-9]+"/g, '') + innerWidth
  window.lookedAt ??= new Set()
  if (window.lookedAt.has(built)) return found
  found.push(...(await ${axe}))
  window.lookedAt.add(built)
  return found
})()`

/** Violations, and what axe could not decide: neither is passed over. */
const axe = `axe.run(document, {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] },
  rules: { 'color-contrast-enhanced': { enabled: true } },
  resultTypes: ['violations', 'incomplete'],
  preload: false,
  selectors: false,
}).then(({ violations, incomplete }) => [...violations, ...incomplete].flatMap(({ id, nodes }) =>
  nodes.map(({ html, any }) => id + ' ' + html.slice(0, 60) + ' ' + any.map(({ message }) => message).join('; '))))`
