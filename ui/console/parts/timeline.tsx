// What happened, in order, on one wire: each event a node with its time, its words and who says so.
import type { ComponentChildren } from 'preact'
import { format } from '../texts/format.ts'
import { MarkShape, type Mark } from './status.tsx'

export type TimelineEvent = {
  key: string
  /** ms since 1970; null: nobody knows when. */
  at: number | null
  mark?: Mark
  title: ComponentChildren
  /** Sentences below the title. */
  told?: ComponentChildren
  /** Who says so: kiosk, centre, bank, card. */
  source?: string
}

/** Events of one day stand below that day; the last may be where things are now. */
export const Timeline = ({ of, label }: { of: readonly TimelineEvent[]; label: string }) => {
  const { dayOf, timeToSecond } = format()
  return (
    <ol class="timeline" aria-label={label}>
      {of.map(({ key, at, mark = 'quiet', title, told, source }, index) => {
        const day = at === null ? null : dayOf(at)
        const before = of.slice(0, index).findLast((event) => event.at !== null)?.at ?? null
        const newDay = day !== null && (before === null || dayOf(before) !== day)
        return (
          <li key={key} data-mark={mark}>
            {newDay && <p class="timeline-day">{day}</p>}
            <div class="timeline-event">
              {at === null ? (
                <span class="timeline-time" />
              ) : (
                <time class="timeline-time value" dateTime={new Date(at).toISOString()}>
                  {timeToSecond(at)}
                </time>
              )}
              <MarkShape mark={mark} />
              <div class="timeline-told">
                <p class="timeline-title">
                  {title}
                  {source !== undefined && <span class="tag">{source}</span>}
                </p>
                {told !== undefined && <div class="timeline-more">{told}</div>}
              </div>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
