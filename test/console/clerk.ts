// A clerk of the call centre at work: finds the sale that a caller complains of from the page alone, reads out what stands
// there, and counts what that takes. The keystroke-level model (Card, Moran, Newell 1980) makes seconds of it.
import type { Page } from 'playwright-core'

/** Seconds of each operator: an average typist; deciding or finding something on the screen is one `M`. */
export const operators = { K: 0.28, P: 1.1, H: 0.4, M: 1.35 } as const
type Operator = keyof typeof operators
/** Words in a minute that are read aloud over a telephone so that somebody can write them down, and that a caller dictates. */
export const spokenPerMinute = { readOut: 140, dictated: 60 } as const

export type Call = {
  dispute: string
  /** What the caller reads out to the clerk. */
  names: string
  /** The caller knows the place and about when: which of several sales it is. */
  at: number
}

export type Handled = {
  dispute: string
  names: string
  fields: number
  presses: number
  pages: number
  /** As `M H 30K M`. */
  model: string
  modelSeconds: number
  /** Dictated by the caller, and read out to them. */
  spokenSeconds: number
  read: string
}

/** From a page of the console that stands open, signed in as somebody of the call centre. */
export const answerCall = async (page: Page, call: Call): Promise<Handled> => {
  const done: Operator[] = []
  const counted = { fields: 0, presses: 0, pages: 0 }

  // The field has the focus when the page opens; the hands are at the keys.
  await page.getByRole('link', { name: 'Explain a sale' }).first().click()
  done.push('M', 'P', 'K')
  counted.presses += 1
  counted.pages += 1
  const field = page.getByLabel('What the caller can name')
  await field.waitFor()
  done.push('H', 'M', ...Array.from(call.names, (): Operator => 'K'), 'K')
  await page.keyboard.type(call.names)
  counted.fields += 1
  await page.keyboard.press('Enter')
  counted.presses += 1
  counted.pages += 1

  const words = page.locator('.explain-read-out')
  const several = page.getByRole('table', { name: 'Ask the caller for the time' })
  await words.or(several).first().waitFor()
  if (await several.isVisible()) {
    // The caller says when it was: the row of that minute.
    const row = several
      .getByRole('row')
      .filter({ hasText: minuteOf(call.at) })
      .first()
    await row.getByRole('link').first().click()
    done.push('M', 'H', 'P', 'K')
    counted.presses += 1
    counted.pages += 1
    await words.waitFor()
  }
  // What happened, where the money is, what may be done: three looks before the first word.
  done.push('M', 'M', 'M')
  const read = await words.innerText()
  return {
    dispute: call.dispute,
    names: call.names,
    ...counted,
    model: written(done),
    modelSeconds: done.reduce((sum, operator) => sum + operators[operator], 0),
    spokenSeconds:
      (wordsIn(read) / spokenPerMinute.readOut + groupsIn(call.names) / spokenPerMinute.dictated) *
      60,
    read,
  }
}

const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length
/** A word, or a digit of a number: each is said by itself. */
const groupsIn = (names: string): number => names.match(/[a-z]+|\d/gi)?.length ?? 0

const minuteOf = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Shanghai',
  }).format(at)

/** Runs of one operator are written once: `M P K H M 23K`. */
const written = (done: readonly Operator[]): string => {
  const runs: { operator: Operator; times: number }[] = []
  for (const operator of done) {
    const last = runs.at(-1)
    if (last?.operator === operator) last.times += 1
    else runs.push({ operator, times: 1 })
  }
  return runs
    .map(({ operator, times }) => (times === 1 ? operator : `${times}${operator}`))
    .join(' ')
}
