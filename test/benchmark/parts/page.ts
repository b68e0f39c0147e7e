// The customer's page: what it weighs on the line, and how long a view takes from its arrival until it is painted, in a browser
// that computes at a sixth of this machine's speed.
import { gallery } from '../../screen-gallery.ts'
import { hasChromium, setStage, type Stage } from '../../screenshots/stage.ts'
import { weightsOf } from '../../screenshots/weight.ts'
import { summaryOf, type Figure, type Run } from '../figures.ts'
import { runsOf, type Part, type Size } from './part.ts'

const slowerBy = 6
const viewsOf = { short: 3, full: 60 } as const

/** Notes when a view has come, before the page's own code hears of it. */
const noteArrivals = `
  window.EventSource = class extends EventSource {
    constructor(...of) {
      super(...of)
      this.addEventListener('message', () => { window.viewArrivedAt = performance.now() })
    }
  }`

/** A frame was begun after the change and a task has run after it: what changed is on the glass. */
const sinceArrival = `await new Promise((painted) =>
  requestAnimationFrame(() => setTimeout(() => painted(performance.now() - window.viewArrivedAt))))`

/** Ms from a view's arrival in the page to its being painted, of so many different screens. */
const paintTimes = async (stage: Stage, count: number): Promise<number[]> => {
  const times: number[] = []
  const step = Math.max(1, Math.floor(gallery.length / count))
  for (const [at, { view }] of gallery.entries()) {
    if (at % step === 0) times.push(await stage.look<number>(view, sinceArrival))
  }
  return times
}

const measured = async (size: Size): Promise<Figure[]> => {
  const stage = await setStage()
  try {
    const devtools = await stage.page.context().newCDPSession(stage.page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowerBy })
    await stage.page.addInitScript(noteArrivals)
    await stage.page.reload()
    const runs: Run[] = []
    for (let run = 0; run < runsOf(size); run++) {
      const times = await paintTimes(stage, viewsOf[size])
      runs.push({ ours: summaryOf(times).median, floor: null })
    }
    return [
      {
        name: 'the customer’s page, heaviest language, compressed',
        unit: 'kB',
        goal: { kind: 'at most', value: 40 },
        runs: [
          {
            ours: Math.max(
              ...Object.values(weightsOf(stage.builtIn).ofLanguage).map(({ kB }) => kB),
            ),
            floor: null,
          },
        ],
        note: 'script, styles and words, gzip',
      },
      {
        name: `a view arrived → painted, at a ${slowerBy}th of the processor`,
        unit: 'ms',
        goal: { kind: 'at most', value: 50 },
        runs,
        note: `the median of ${viewsOf.full} different screens of the gallery`,
      },
    ]
  } finally {
    await stage.close()
  }
}

export const page: Part = {
  name: 'page',
  measure: async (size) =>
    hasChromium ? measured(size) : { notRun: 'there is no Chromium at /usr/bin/chromium' },
}
