// Moments as the terminal writes them: digits of its own local time.

/** Milliseconds since 1970 as `YYYYMMDDhhmmss` in this time zone. */
export const localDigits = (ms: number, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(ms)
  const { year, month, day, hour, minute, second } = Object.fromEntries(
    parts.map(({ type, value }) => [type, value]),
  )
  return [year, month, day, hour, minute, second].join('')
}
