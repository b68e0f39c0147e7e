// Presses on their way to the kiosk.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connection.ts'

/** A line on which every press waits for its answer until the test gives it. */
const slowLine = () => {
  const arrived: unknown[] = []
  const answers: (() => void)[] = []
  vi.stubGlobal(
    'EventSource',
    class {
      addEventListener() {}
      close() {}
    },
  )
  vi.stubGlobal('fetch', (_path: string, { body }: { body: string }) => {
    arrived.push(JSON.parse(body))
    return new Promise<void>((resolve) => answers.push(resolve))
  })
  return { arrived, answers }
}

describe('digits that are typed in a hurry', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('reach the kiosk one after the other: nobody buys for 21 who has typed 12', async () => {
    const { arrived, answers } = slowLine()
    const line = connect({ view: () => undefined, silent: () => undefined })
    const one = { view: 1, press: { type: 'digit', digit: 1 } } as const
    const two = { view: 1, press: { type: 'digit', digit: 2 } } as const
    line.send(one)
    line.send(two)
    await vi.waitFor(() => expect(arrived).toEqual([one]))
    answers[0]?.()
    await vi.waitFor(() => expect(arrived).toEqual([one, two]))
    line.close()
  })
})
