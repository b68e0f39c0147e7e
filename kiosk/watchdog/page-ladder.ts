// Pure: what is done with a page that does not answer. First it is asked to load anew, then the browser is ended.
export type PageAct = 'reload' | 'end browser'

/** By how long the page has been silent. A browser needs its time to come back. */
const rungs: readonly { atMs: number; act: PageAct }[] = [
  { atMs: 20_000, act: 'reload' },
  { atMs: 30_000, act: 'end browser' },
  { atMs: 90_000, act: 'end browser' },
  { atMs: 150_000, act: 'end browser' },
]

/** A page that is silent for so long was given three browsers: now the program that serves it is in doubt. */
export const pageGivenUpMs = 210_000
/** From then on a browser is tried so often, for ever. */
const againMs = 300_000
/** Before the first answer of all: the screen of a machine that starts comes up late. */
const firstPatienceMs = 100_000

/** The act that has become due between two looks; null when none has. */
export const pageActDue = (of: {
  hasAnswered: boolean
  silentMs: number
  /** At the look before; an answer in between makes it as good as 0. */
  beforeMs: number
}): PageAct | null => {
  const { hasAnswered, silentMs, beforeMs } = of
  const patience = hasAnswered ? 0 : firstPatienceMs
  const from = beforeMs <= silentMs ? beforeMs : 0
  const due = (atMs: number) => from < atMs + patience && silentMs >= atMs + patience
  const rung = rungs.findLast(({ atMs }) => due(atMs))
  if (rung !== undefined) return rung.act
  const again = Math.floor((silentMs - patience) / againMs) * againMs
  return again > 0 && due(again) ? 'end browser' : null
}
