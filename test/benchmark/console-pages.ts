// How long a person waits for a page of the console, in Chromium: from the address to the last word, nothing kept from before.
import type { Store } from '../../centre/store.ts'
import { people, setConsoleStage } from '../console/console-stage.ts'
import { settled } from '../console/looking.ts'
import { addressOf, inTheBooks, pagesOfATown } from '../console/town-pages.ts'

/** Ms of each page, the fastest first. `now`: when the books stand. Ends with the store closed. */
export const pageTimes = async (
  store: Store,
  { now, rounds }: { now: number; rounds: number },
): Promise<Record<string, number[]>> => {
  const known = await inTheBooks(store)
  const stage = await setConsoleStage({ store, now })
  try {
    const page = await stage.open('/', people.accounts)
    const times: Record<string, number[]> = {}
    for (const path of pagesOfATown) {
      const all: number[] = []
      for (let round = 0; round < rounds; round++) {
        // Nothing of the page before goes on while this one is timed.
        await page.goto('about:blank')
        const began = performance.now()
        await page.goto(`${stage.url}/${addressOf(path, known)}`)
        await settled(page)
        all.push(performance.now() - began)
      }
      times[path] = all.toSorted((one, other) => one - other)
    }
    return times
  } finally {
    await stage.close()
  }
}
