// When something is full or empty, and how sure that is.
import type { Forecast } from '../../../domain/console/fleet.ts'
import { Day } from '../parts/values.tsx'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'

export const ForecastTold = ({ of }: { of: Forecast }) => {
  const { forecast } = words().fleet
  const { day, number } = format()
  if (of.kind === 'unknown') return <span class="quiet">{forecast.why[of.why]}</span>
  const { early, late, pace, overDays } = of
  return (
    <span class="forecast">
      <b>
        <Day of={of.day} />
      </b>
      <small>
        {late === null ? forecast.from(day(early)) : forecast.between(day(early), day(late))};{' '}
        {forecast.pace(number(pace, 1), overDays)}
      </small>
    </span>
  )
}
