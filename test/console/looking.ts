// How a page of the console is looked at in Chromium: whether axe finds something, whether something runs out of the side.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { languages } from '../../domain/language.ts'
import { sizes } from './console-stage.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const axeFinds = async (page: Page): Promise<string[]> => {
  await page.evaluate(`window.axe ?? (() => { ${axe} })()`)
  return page.evaluate(`axe.run({
    resultTypes: ['violations']
  }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html.slice(0, 200))))`)
}

/** What lies outside the side of the screen, where nobody can come to it. */
const runningOut = (page: Page): Promise<string[]> =>
  page.evaluate(`document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll('main *')]
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect()
        return right > innerWidth + 1 || left < -1
      })
      .slice(0, 3)
      .map((element) => 'runs out: ' + element.outerHTML.slice(0, 120))`)

export const settled = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('.waiting').waitFor({ state: 'detached' })
}

/** As a person would, by the choices that stand on every page. */
export const choose = async (
  page: Page,
  what: 'language' | 'appearance',
  value: string,
): Promise<void> => {
  await page
    .locator('.settings select')
    .nth(what === 'language' ? 0 : 1)
    .selectOption(value)
  const shown = what === 'language' ? `[lang="${value}"]` : `[data-theme="${value}"]`
  await page.locator(`html${shown}`).waitFor()
}

/** `npm run console-pages`: every page in every way; `npm test` looks at each in one way of its own. */
const inEveryWay = process.env['WATTPOINT_EVERY_WAY'] !== undefined

/** What is wrong with a page. `at`: its place among the pages that are looked at, so that all ways are met. */
export const flawsOf = async (page: Page, at: number): Promise<string[]> => {
  const turned = [...languages, ...languages].slice(at % languages.length)
  const ways = turned
    .slice(0, inEveryWay ? languages.length : 1)
    .flatMap((language, turn) =>
      appearances
        .filter((_, which) => inEveryWay || which === (at + turn) % appearances.length)
        .map((appearance) => ({ language, appearance })),
    )
  const flaws: string[] = []
  for (const { language, appearance } of ways) {
    await choose(page, 'language', language)
    await choose(page, 'appearance', appearance)
    const found = await axeFinds(page)
    await page.setViewportSize(sizes.phone)
    found.push(...(await runningOut(page)))
    if (inEveryWay) found.push(...(await axeFinds(page)))
    await page.setViewportSize(sizes.wide)
    flaws.push(...found.map((flaw) => `${language}, ${appearance}: ${flaw}`))
  }
  return flaws
}

const appearances = ['day', 'night'] as const
