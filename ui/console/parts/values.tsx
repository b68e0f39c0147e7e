// Values as people of each language write them: money, energy, moments, days, counts, and numbers that are names.
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { format } from '../texts/format.ts'

/** Minor units. `signed`: a plus is written too. */
export const Money = ({ of, signed = false }: { of: number; signed?: boolean }) => (
  <bdi class="value">
    {signed && of > 0 ? '+' : ''}
    {format().money(of)}
  </bdi>
)

/** 0.01 kWh. */
export const Energy = ({ of }: { of: number }) => <bdi class="value">{format().energy(of)}</bdi>

export const Count = ({ of }: { of: number }) => <bdi class="value">{format().count(of)}</bdi>

/** A fraction: 0.125 is 12.5%. */
export const Percent = ({ of }: { of: number }) => <bdi class="value">{format().percent(of)}</bdi>

/** A moment, ms since 1970. `as`: to the minute, to the second, its time alone, or how long ago it is. */
export const When = ({
  at,
  as = 'minute',
}: {
  at: number
  as?: 'minute' | 'second' | 'time' | 'ago'
}) => {
  const { when, exactly, time, ago } = format()
  const written = { minute: when, second: exactly, time }
  return (
    <time class="value" dateTime={new Date(at).toISOString()} title={exactly(at)}>
      {as === 'ago' ? ago(at, useNow()) : written[as](at)}
    </time>
  )
}

/** `YYYY-MM-DD` or `YYYY-MM`. */
export const Day = ({ of, short = false }: { of: string; short?: boolean }) => (
  <time class="value" dateTime={of}>
    {short ? format().shortDay(of) : format().day(of)}
  </time>
)

/** A number or word that is a name: an order, a card, a kiosk, a reference. Always left to right, never broken. */
export const Id = ({ of }: { of: string }) => (
  <bdi class="id" dir="ltr">
    {of}
  </bdi>
)

/** The time of this device, once every quarter of a minute: for "three minutes ago". */
const clock = signal(Date.now())
let watchers = 0
let ticking: ReturnType<typeof setInterval> | undefined
const tickMs = 15_000

const useNow = (): number => {
  useEffect(() => {
    watchers += 1
    ticking ??= setInterval(() => {
      clock.value = Date.now()
    }, tickMs)
    return () => {
      watchers -= 1
      if (watchers > 0) return
      clearInterval(ticking)
      ticking = undefined
    }
  }, [])
  return clock.value
}
