// Warnings about what anybody on the line can cause as often as he likes: the log says so once a minute, with a count.
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'

export const onceAMs = 60_000

/** Every `words` is a fixed sentence. `notSaid`: how many of them there were since it was last said. */
export const fewWarnings = ({ clock, log }: { clock: Pick<Clock, 'monotonic'>; log: Log }) => {
  const said = new Map<string, { at: number; notSaid: number }>()
  return (words: string, details: Record<string, unknown> = {}): void => {
    const now = clock.monotonic()
    const last = said.get(words)
    if (last !== undefined && now - last.at < onceAMs) {
      last.notSaid++
      return
    }
    said.set(words, { at: now, notSaid: 0 })
    log.warn({ ...details, ...(last !== undefined && { notSaid: last.notSaid }) }, words)
  }
}
export type FewWarnings = ReturnType<typeof fewWarnings>
