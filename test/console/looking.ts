// How a page of the console is looked at in Chromium: whether axe finds something, whether something runs out of the side.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** `rules` null: all of them. */
export const axeFinds = async (page: Page, rules: string[] | null = null): Promise<string[]> => {
  await page.evaluate(`window.axe ?? (() => { ${axe} })()`)
  return page.evaluate(`axe.run({
    resultTypes: ['violations'],
    ${rules === null ? '' : `runOnly: ${JSON.stringify(rules)}`}
  }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html.slice(0, 200))))`)
}

/** What lies outside the side of the screen, where nobody can come to it. */
export const runningOut = (page: Page): Promise<string[]> =>
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
