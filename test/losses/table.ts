// What was found, missed and raised for nothing in several towns, as a table of text.
import { lossPatterns } from '../../domain/console/losses.ts'
import type { Judged, Judgement } from './judge.ts'

export const tableOf = (towns: readonly Judged[]): string => {
  const homes = towns.reduce((sum, it) => sum + it.homes, 0)
  const sum = (of: (judgement: Judgement) => number, pattern: string) =>
    towns
      .flatMap(({ judgements }) => judgements.filter((it) => it.pattern === pattern))
      .reduce((total, it) => total + of(it), 0)
  const rows = lossPatterns.map((pattern) => {
    const falseAlarms = sum((it) => it.falseAlarms, pattern)
    return [
      pattern,
      `${sum((it) => it.found, pattern)} of ${sum((it) => it.planted, pattern)}`,
      `${sum((it) => it.innocentRaised, pattern)} of ${sum((it) => it.innocent, pattern)}`,
      String(falseAlarms),
      ((falseAlarms * 1000) / homes).toFixed(2),
    ]
  })
  const heads = [
    'pattern',
    'found',
    'look-alikes raised',
    'false alarms',
    'per 1,000 homes and year',
  ]
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
