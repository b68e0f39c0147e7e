// A week by its hours: the darker, the more; the busiest hour is named.
import { scaleSqrt } from 'd3-scale'
import { useState } from 'preact/hooks'
import { format as formats } from '../../texts/format.ts'
import { words } from '../../texts/words.ts'
import { ChartFrame } from './chart.tsx'

const hours = Array.from({ length: 24 }, (_, hour) => hour)
const shades = 9

export const Heat = ({
  title,
  values,
  format,
}: {
  title: string
  /** Seven rows from Monday on, of 24 hours each. */
  values: readonly (readonly number[])[]
  format: (value: number) => string
}) => {
  const [pointed, setPointed] = useState<{ day: number; hour: number } | null>(null)
  const { weekdayName } = formats()
  const most = Math.max(...values.flat(), 1)
  const shade = scaleSqrt().domain([0, most]).rangeRound([0, shades])
  const of = (day: number, hour: number) => values[day]?.[hour] ?? 0
  const shown = pointed ?? busiest(values)
  return (
    <ChartFrame
      title={title}
      readout={
        <>
          <span class="readout-step">
            {weekdayName(shown.day)} {clock(shown.hour)}–{clock(shown.hour + 1)}
          </span>
          <bdi class="value">{format(of(shown.day, shown.hour))}</bdi>
        </>
      }
      table={{
        heads: [words().parts.hour, ...values.map((_, day) => weekdayName(day))],
        rows: hours.map((hour) => [clock(hour), ...values.map((_, day) => format(of(day, hour)))]),
      }}
    >
      <div class="heat" role="img" aria-label={title} onPointerLeave={() => setPointed(null)}>
        {values.map((row, day) => (
          <div key={weekdayName(day)} class="heat-row">
            <span class="heat-day">{weekdayName(day)}</span>
            {hours.map((hour) => (
              <i
                key={hour}
                data-shade={shade(row[hour] ?? 0)}
                data-pointed={shown.day === day && shown.hour === hour}
                onPointerEnter={() => setPointed({ day, hour })}
                onPointerDown={() => setPointed({ day, hour })}
              />
            ))}
          </div>
        ))}
        <div class="heat-row heat-hours">
          <span class="heat-day" />
          {hours.map((hour) => (
            <span key={hour}>{hour % 3 === 0 ? hour : ''}</span>
          ))}
        </div>
      </div>
    </ChartFrame>
  )
}

const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`

const busiest = (values: readonly (readonly number[])[]): { day: number; hour: number } => {
  let best = { day: 0, hour: 0, value: Number.NEGATIVE_INFINITY }
  values.forEach((row, day) =>
    row.forEach((value, hour) => {
      if (value > best.value) best = { day, hour, value }
    }),
  )
  return best
}
