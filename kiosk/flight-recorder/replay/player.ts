// The device end of a recorded line: opens as it opened then, answers as it answered then, and takes as long.
import { Duplex } from 'node:stream'
import { never } from '../../../domain/never.ts'
import type { RecordedEvent } from '../trace.ts'
import type { Held, Language } from './held.ts'
import type { Act, Consequence } from './script.ts'
import type { SteppingClock } from './stepping-clock.ts'

/** What a protocol does with bytes that differ in every conversation: keys, counts, marks. */
export type RecordedDevice = {
  language: Language
  /** What the driver has written, as the recording would have it. */
  said: (bytes: Uint8Array) => Act['did']
  /** An answer of the recording as bytes that fit this conversation; `to` is the recorded act that it answered. */
  answer: (what: Extract<Consequence, { kind: 'in' }>, to: Act['did']) => Uint8Array
}

export type Player = { open: () => Promise<Duplex> }

export const player = (
  held: Held,
  device: RecordedDevice,
  clock: SteppingClock,
  command: (command: RecordedEvent) => void,
): Player => {
  /** Everything that came of these acts, each in its time. Gives how long the line takes to take what was written. */
  const follow = (acts: readonly Act[], line: Duplex | null): number => {
    let takesMs = 0
    for (const act of acts) {
      for (const { afterMs, what } of act.after) {
        if (what.kind === 'taken') takesMs = afterMs
        else clock.after(afterMs, () => happen(what, act, line))
      }
    }
    return takesMs
  }
  const happen = (what: Exclude<Consequence, { kind: 'taken' }>, act: Act, line: Duplex | null) => {
    switch (what.kind) {
      case 'in':
        if (line?.destroyed === false) line.push(device.answer(what, act.did))
        break
      case 'closed':
        line?.destroy()
        break
      case 'command':
        command(what.command)
        break
      default:
        never(what)
    }
  }
  const hear = (did: Act['did']): Act[] => held.hear(did) ?? []

  return {
    open: () => {
      const acts = hear({ kind: 'open', worked: true })
      const did = acts.at(-1)?.did
      if (did?.kind !== 'open' || !did.worked) {
        follow(acts, null)
        return Promise.reject(new Error('the line did not open'))
      }
      const line = new Duplex({
        read: () => {},
        write: (chunk: Uint8Array, _encoding, done) => {
          const takesMs = follow(hear(device.said(chunk)), line)
          if (takesMs === 0) done()
          else clock.after(takesMs, () => done())
        },
      })
      follow(acts, line)
      return Promise.resolve(line)
    },
  }
}
