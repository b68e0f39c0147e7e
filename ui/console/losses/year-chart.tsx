// What one meter bought through the year against its neighbours: a line in a band.
import type { LossChart } from '../../../domain/console/losses.ts'
import { Lines } from '../parts/charts/lines.tsx'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'

export const YearChart = ({ chart }: { chart: LossChart }) => {
  const { finding: said, groups } = words().losses
  const { months, neighbours, group } = chart
  const of = (name: string, part: 'own' | 'least' | 'middle' | 'most') => ({
    name,
    values: months.map((month) => month[part]),
  })
  return (
    <Lines
      title={said.chart({ neighbours: format().count(neighbours), group: groups[group] })}
      x={months.map(({ month }) => format().shortDay(month))}
      step={said.month}
      format={format().energy}
      axis={(hundredths) => format().shortCount(hundredths / 100)}
      heightPx={260}
      series={[
        of(said.own, 'own'),
        of(said.most, 'most'),
        of(said.middle, 'middle'),
        of(said.least, 'least'),
      ]}
    />
  )
}
