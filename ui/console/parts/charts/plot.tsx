// The ground of a chart over steps: round ticks, labels of the steps, and the step that is pointed at.
import { scaleLinear } from 'd3-scale'
import type { ComponentChildren } from 'preact'
import { mirrored } from '../../texts/language.ts'

export type PlotSize = { width: number; height: number; start: number; end: number }

const top = 10
const bottom = 24

/** Of values from `least` (0 or below) to `most`: rounded, with a few ticks. */
export const heightScale = (least: number, most: number, height: number) =>
  scaleLinear()
    .domain([Math.min(0, least), most > least ? most : least + 1])
    .nice(4)
    .range([height - bottom, top])

/** Mirrors what lies along the reading direction: where a line begins at the right, so does time. */
export const along = (x: number, width: number): number => (mirrored() ? width - x : x)

/** Without those that would be written alike: of small numbers, and of nothing at all. */
const said = (ticks: readonly number[], axis: (value: number) => string): number[] =>
  ticks.filter((tick, index) => index === 0 || axis(tick) !== axis(ticks[index - 1] ?? 0))

export const Plot = ({
  title,
  size,
  y,
  axis,
  labels,
  step,
  onStep,
  children,
}: {
  title: string
  size: PlotSize
  y: ReturnType<typeof heightScale>
  axis: (value: number) => string
  /** Below the ground; `x` before mirroring. */
  labels: readonly { x: number; text: string }[]
  /** Where each step lies, before mirroring, and which is pointed at. */
  step: { at: readonly number[]; pointed: number | null }
  onStep: (index: number | null) => void
  children: ComponentChildren
}) => {
  const { width, height, start, end } = size
  const pointedAt = step.pointed === null ? undefined : step.at[step.pointed]
  const nearest = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const inside = along(event.clientX - event.currentTarget.getBoundingClientRect().left, width)
    let best = 0
    step.at.forEach((x, index) => {
      if (Math.abs(x - inside) < Math.abs((step.at[best] ?? 0) - inside)) best = index
    })
    onStep(step.at.length === 0 ? null : best)
  }
  return (
    <svg
      class="plot"
      width={width}
      height={height}
      role="img"
      aria-label={title}
      onPointerMove={nearest}
      onPointerDown={nearest}
      onPointerLeave={() => onStep(null)}
    >
      {said(y.ticks(4), axis).map((tick) => (
        <g key={tick} class={tick === 0 ? 'tick zero' : 'tick'}>
          <line x1={along(start, width)} x2={along(width - end, width)} y1={y(tick)} y2={y(tick)} />
          <text x={along(start - 8, width)} y={y(tick)} dy="0.32em" text-anchor="end">
            {axis(tick)}
          </text>
        </g>
      ))}
      {labels.map(({ x, text }) => (
        <text key={x} class="step" x={along(x, width)} y={height - 6} text-anchor="middle">
          {text}
        </text>
      ))}
      {pointedAt !== undefined && (
        <line
          class="pointed"
          x1={along(pointedAt, width)}
          x2={along(pointedAt, width)}
          y1={top}
          y2={height - bottom}
        />
      )}
      {children}
    </svg>
  )
}
