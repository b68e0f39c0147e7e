// Pure: the snapshot of the kiosk as the one view a page is sent.
import type { View } from '../ui/kiosk/screen.ts'
import type { Clock } from './clock.ts'
import type { KioskConfig } from './config.ts'
import type { ServiceFacts } from './service/service-facts.ts'
import { screenFor, type KioskSnapshot, type SaleSnapshot } from './screen-for.ts'

/** Everything but the view's number, which the feed gives. */
export const viewOf = (of: {
  config: KioskConfig
  clock: Pick<Clock, 'now'>
  snapshot: KioskSnapshot
  service: () => ServiceFacts
}): Omit<View, 'number'> => {
  const { config, clock, snapshot, service } = of
  const { kiosk, languages, currency, slots, timeZone, suggestions, patience } = config
  const now = clock.now()
  return {
    language: snapshot.context.language,
    theme: snapshot.context.theme,
    volume: snapshot.context.volume,
    kiosk,
    languages,
    currency,
    slots,
    now,
    timeZone,
    ...screenFor({
      kiosk: snapshot,
      sale: saleOf(snapshot),
      hour: hourIn(timeZone, now),
      suggestions,
      warningMs: patience.warningMs,
      service,
    }),
  }
}

const saleOf = (snapshot: KioskSnapshot): SaleSnapshot | null =>
  snapshot.children.sale?.getSnapshot() ?? null

const hourIn = (timeZone: string, now: number): number => Number(hourFormatOf(timeZone).format(now))

/** A format is dear to make, and a kiosk has one time zone. */
const hourFormatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = hourFormats.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' })
  hourFormats.set(timeZone, made)
  return made
}

const hourFormats = new Map<string, Intl.DateTimeFormat>()
