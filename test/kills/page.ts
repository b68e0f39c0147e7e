// The customer's page without a browser: the screens of a kiosk as they are sent, and presses on them.
import type { Press, Screen, View } from '../../ui/kiosk/screen.ts'

export type Page = {
  /** As last sent; null while there is no kiosk to send it. */
  view: () => View | null
  press: (press: Press) => void
  close: () => void
}

const reopenMs = 25

/** Keeps asking for screens, also when the kiosk has gone and is back. */
export const page = (url: string, onView: (view: View) => void = () => undefined): Page => {
  const stop = new AbortController()
  let view: View | null = null
  const listen = async (): Promise<void> => {
    const { body } = await fetch(`${url}screen`, { signal: stop.signal })
    if (body === null) return
    let rest = ''
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const events = (rest + text).split('\n\n')
      rest = events.pop() ?? ''
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1]
        // What has a name is no view: whether the page paints, or is to load itself anew.
        if (data === undefined || /^event: /m.test(event)) continue
        view = JSON.parse(data) as View
        onView(view)
      }
    }
  }
  const keepListening = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await listen().catch(() => undefined)
      view = null
      await new Promise((resolve) => void setTimeout(resolve, reopenMs))
    }
  }
  void keepListening()
  return {
    view: () => view,
    press: (press) => {
      if (view === null) return
      void fetch(`${url}press`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ view: view.number, press }),
      }).then(
        (answer) => answer.arrayBuffer(),
        () => undefined,
      )
    },
    close: () => stop.abort(),
  }
}

/** While there is no kiosk, nothing is shown. */
export const nothingShown: Screen = { kind: 'please wait', for: 'closing' }
