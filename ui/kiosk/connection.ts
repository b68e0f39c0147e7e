// Screens in, presses out: server-sent events at `/screen`, POSTs to `/press`. A silent kiosk is said, and asked again.
import { languages } from '../../domain/language.ts'
import { tellPainted } from './painted.ts'
import type { Pressed, View } from './screen.ts'

export type Connection = { send: (pressed: Pressed) => void; close: () => void }

export type Listener = {
  /** The whole view, on every connect and after every change. */
  view: (view: View) => void
  /** The kiosk has not been heard for a moment, or is back. */
  silent: (silent: boolean) => void
}

/** A dropped line heals within this without anybody noticing. */
const graceMs = 1_500
const reopenMs = 1_000

export const connect = ({ view, silent }: Listener): Connection => {
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
      const value = viewOf(String(data))
      if (value === null) return
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

/** The view of one message, or null: a page newer or older than its kiosk shows nothing rather than nonsense. */
const viewOf = (data: string): View | null => {
  try {
    const value: unknown = JSON.parse(data)
    return isView(value) ? value : null
  } catch {
    return null
  }
}

const isView = (value: unknown): value is View =>
  hasFields(value, ['number', 'kiosk', 'currency', 'slots', 'now', 'wire', 'screen']) &&
  languages.some((language) => language === value['language']) &&
  hasFields(value['screen'], ['kind'])

const hasFields = (value: unknown, names: string[]): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && names.every((name) => name in value)
