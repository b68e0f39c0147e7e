// A maintenance key and two doors on an encoder: the other end of the device file, and what hands do to it.
import { realClock, type Clock } from '../../../clock.ts'
import type { Door } from '../../service-switch.ts'
import { encode, type InputCode } from '../codec.ts'

/** What is so, whoever listens. */
export type SwitchTruth = { keyOn: boolean; open: Record<Door, boolean> }

export const allShut: SwitchTruth = { keyOn: false, open: { cabinet: false, cash: false } }

/** The kernel repeats what is held some thirty times a second; this is enough to be heard after a restart. */
const repeatMs = 2_000

export type EvdevSimulatorOptions = {
  key: InputCode
  doors: Record<Door, InputCode | null>
  /** What an earlier simulator held. */
  truth?: SwitchTruth
  /** Takes what the encoder says; what nobody listens to is lost. */
  say: (bytes: Uint8Array) => void
  clock?: Pick<Clock, 'after'>
  /** Milliseconds since 1970. */
  now?: () => number
  onChange?: (truth: SwitchTruth) => void
}

export const evdevSimulator = (options: EvdevSimulatorOptions) => {
  const { key, doors, say, clock = realClock, now = () => Date.now() } = options
  const truth = structuredClone(options.truth ?? allShut)
  const tell = (input: InputCode | null, how: 'on' | 'off' | 'held') => {
    if (input !== null) say(encode(input, how, BigInt(now()) * 1_000n))
  }
  const changed = (input: InputCode | null, on: boolean) => {
    options.onChange?.(structuredClone(truth))
    tell(input, on ? 'on' : 'off')
  }
  let stopRepeating = () => {}
  const repeat = () => {
    const held = [
      [key, truth.keyOn],
      [doors.cabinet, truth.open.cabinet],
      [doors.cash, truth.open.cash],
    ] as const
    // A switch of the kernel is told when it changes and not again (EV_REP is of keys).
    for (const [input, on] of held) if (on && input?.of === 'key') tell(input, 'held')
    stopRepeating = clock.after(repeatMs, repeat)
  }
  stopRepeating = clock.after(repeatMs, repeat)
  return {
    turnKey: (on: boolean) => {
      if (truth.keyOn === on) return
      truth.keyOn = on
      changed(key, on)
    },
    setOpen: (which: Door, open: boolean) => {
      if (truth.open[which] === open) return
      truth.open[which] = open
      changed(doors[which], open)
    },
    /** A copy of what is so. */
    truth: (): SwitchTruth => structuredClone(truth),
    dispose: () => stopRepeating(),
  }
}
