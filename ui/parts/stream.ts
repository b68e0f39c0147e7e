// Views in, presses out: server-sent events at `/screen`, POSTs to `/press`. A silent kiosk is said, and asked again.
import { tellPainted } from '../kiosk/painted.ts'

export type Connection = { send: (pressed: unknown) => void; close: () => void }

export type Listener<View> = {
  /** The whole view, on every connect and after every change. */
  view: (view: View) => void
  /** The kiosk has not been heard for a moment, or is back. */
  silent: (silent: boolean) => void
  /** What came is no view of this page: another program serves here now. */
  stranger?: () => void
}

/** A dropped line heals within this without anybody noticing. */
const graceMs = 1_500
const reopenMs = 1_000

/** `parse` answers null for what is no view of this page. */
export const openStream = <View>(
  parse: (data: string) => View | null,
  { view, silent, stranger = () => undefined }: Listener<View>,
): Connection => {
  let source: EventSource
  let grace: ReturnType<typeof setTimeout> | undefined
  let reopening: ReturnType<typeof setTimeout> | undefined
  let sending: Promise<unknown> = Promise.resolve()

  const heard = () => {
    clearTimeout(grace)
    grace = undefined
    silent(false)
  }
  const open = () => {
    source = new EventSource('/screen')
    source.addEventListener('message', ({ data }) => {
      const value = parse(String(data))
      if (value === null) return stranger()
      heard()
      view(value)
    })
    source.addEventListener('reload', () => location.reload())
    source.addEventListener('ping', ({ data }) => tellPainted(Number(data)))
    source.addEventListener('error', () => {
      grace ??= setTimeout(() => silent(true), graceMs)
      // A refused or ended stream is not opened again by the browser itself.
      if (source.readyState !== EventSource.CLOSED) return
      clearTimeout(reopening)
      reopening = setTimeout(open, reopenMs)
    })
  }
  grace = setTimeout(() => silent(true), graceMs)
  open()

  return {
    send: (pressed) => {
      // One after the other: two digits that overtook each other would be another amount, and another PIN. A press that does
      // not arrive is pressed again by the customer; nothing is repeated here.
      sending = sending
        .then(() =>
          fetch('/press', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(pressed),
          }),
        )
        .catch(() => (grace ??= setTimeout(() => silent(true), graceMs)))
    },
    close: () => {
      clearTimeout(grace)
      clearTimeout(reopening)
      source.close()
    },
  }
}
