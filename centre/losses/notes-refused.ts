// Notes of one value that one kiosk gives back far more often than others: a worn sensor, worn notes, or notes that are none. Pure.
import { scoreOf } from './found.ts'
import type { CashFinding } from './short-boxes.ts'
import { atLeast, middleOf, oneIn } from './statistics.ts'

/** Notes of one value that one kiosk was shown in the time looked at. */
export type NotesShown = { kiosk: string; value: number; refused: number; taken: number }

const fewestRefused = 12
const mostByChance = 0.001
/** Against what is usual. */
const timesUsual = 2
/** Kiosks differ more than chance makes them differ: so far above their middle, in their own scatter. */
const farAbove = 4
const leastScatter = 0.01

export const notesRefused = (
  shown: readonly NotesShown[],
  of: { since: string; day: string },
): CashFinding[] =>
  [...Map.groupBy(shown, ({ value }) => value)].flatMap(([value, rows]) => {
    if (rows.length < 3) return []
    const { middle, scatter } = middleOf(rows.map(shareOf))
    const usual = Math.max(0.005, middle)
    return rows.flatMap((row) => {
      const trials = row.refused + row.taken
      const share = shareOf(row)
      const likelihood = atLeast({ hits: row.refused, trials, chance: usual })
      const isMore =
        row.refused >= fewestRefused &&
        share > usual * timesUsual &&
        share > middle + farAbove * Math.max(scatter, leastScatter) &&
        likelihood * shown.length < mostByChance
      return isMore ? [findingOf(row, { value, share, usual, likelihood, ...of })] : []
    })
  })

const shareOf = ({ refused, taken }: NotesShown): number =>
  refused + taken === 0 ? 0 : refused / (refused + taken)

const findingOf = (
  { kiosk, refused, taken }: NotesShown,
  of: {
    value: number
    share: number
    usual: number
    likelihood: number
    since: string
    day: string
  },
): CashFinding => ({
  pattern: 'notes refused',
  kiosk,
  person: null,
  since: of.since,
  score: scoreOf(20 + 8 * Math.min(5, of.share / of.usual)),
  loss: 0,
  why: {
    kind: 'notes refused',
    value: of.value,
    refused,
    shown: refused + taken,
    ownPerMille: Math.round(of.share * 1000),
    usualPerMille: Math.round(of.usual * 1000),
    oneIn: oneIn(of.likelihood),
  },
  evidence: {},
  through: of.day,
})
