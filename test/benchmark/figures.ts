// One figure of the benchmark: what was measured, against which floor in the same run, and whether that meets the goal.
//
// Machines differ, so what counts is a ratio: our time over the time of the bare work, measured in turn with it.

/** What a part of the benchmark measures, in one run of it. */
export type Run = {
  ours: number
  /** The same of the bare work; null where the goal is a number of its own. */
  floor: number | null
}

export type Figure = {
  name: string
  /** `ms`, `kB`, `a second`: of `ours` and `floor`. */
  unit: string
  /** design.md 10. At most, or at least, this ratio (with a floor) or this many of the unit (without). */
  goal: { kind: 'at most' | 'at least'; value: number }
  runs: Run[]
  /** What the floor is, and what else one has to know. */
  note: string
}

export type Summary = { least: number; median: number; most: number }

export const summaryOf = (values: readonly number[]): Summary => {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  const above = sorted[middle] ?? NaN
  const median = sorted.length % 2 === 1 ? above : ((sorted[middle - 1] ?? NaN) + above) / 2
  return { least: sorted[0] ?? NaN, median, most: sorted.at(-1) ?? NaN }
}

/** What the goal is held against: the ratio of each run, or the number itself. */
export const heldOf = ({ runs }: Pick<Figure, 'runs'>): Summary =>
  summaryOf(runs.map(({ ours, floor }) => (floor === null ? ours : ours / floor)))

export const isMet = (figure: Figure): boolean => {
  const { median } = heldOf(figure)
  const { kind, value } = figure.goal
  return kind === 'at most' ? median <= value : median >= value
}

const shown = (value: number): string => {
  if (!Number.isFinite(value)) return '–'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toFixed(digits)
}

const spread = ({ least, median, most }: Summary): string =>
  least === most ? shown(median) : `${shown(median)} (${shown(least)} to ${shown(most)})`

/** The table of docs/performance.md; each cell is the median, with the least and the most in brackets. */
export const tableOf = (figures: readonly Figure[]): string => {
  const rows = figures.map((figure) => {
    const { name, unit, goal, runs, note } = figure
    const floors = runs.flatMap(({ floor }) => (floor === null ? [] : [floor]))
    const goalText =
      floors.length > 0 ? `${goal.kind} ${goal.value} of it` : `${goal.kind} ${goal.value} ${unit}`
    return [
      name,
      `${spread(summaryOf(runs.map(({ ours }) => ours)))} ${unit}`,
      floors.length > 0 ? `${spread(summaryOf(floors))} ${unit}` : '–',
      floors.length > 0 ? spread(heldOf(figure)) : '–',
      goalText,
      isMet(figure) ? 'met' : '**not met**',
      note,
    ]
  })
  const head = ['what', 'ours', 'floor', 'ratio', 'goal', '', 'the floor is']
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}
