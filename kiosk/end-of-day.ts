// When the terminal is to end its business day: once a day, in the hour the configuration names.
import type { Clock } from './clock.ts'

export type EndOfDay = {
  /** Local hour, 0 to 23. */
  hour: number
  timeZone: string
}

const lookEveryMs = 60_000

/** Calls `due` once on each local date, in that hour, until the signal aborts. */
export const watchDay = async (
  { hour, timeZone }: EndOfDay,
  clock: Pick<Clock, 'now' | 'wait'>,
  due: () => void,
  signal: AbortSignal,
): Promise<void> => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    numberingSystem: 'latn',
  })
  let told = ''
  while ((await clock.wait(lookEveryMs, signal)) === 'over') {
    // `2026-11-24 02:00`
    const local = format.format(clock.now())
    const date = local.slice(0, 10)
    if (Number(local.slice(11, 13)) !== hour || told === date) continue
    told = date
    due()
  }
}
