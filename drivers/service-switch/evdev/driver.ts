// The key switch as an input device of Linux: opens it, hears it for as long as the kiosk lives, and tells what changes.
import type { Readable } from 'node:stream'
import { fromCallback } from 'xstate'
import { realClock, wakeablePause, type Clock } from '../../clock.ts'
import type { Door, ServiceSwitchEvent } from '../service-switch.ts'
import { decode, type InputCode, type InputEvent } from './codec.ts'

export const driverDelays = {
  /** Before the device is opened again; doubled with each failure up to the second. */
  reopenMs: 500,
  reopenMostMs: 10_000,
}

export type EvdevServiceSwitchOptions = {
  /** Opens the device: `openInputDevice(path)`. Called again after every loss. */
  open: () => Promise<Readable>
  key: InputCode
  /** On while the door is open. Null where no contact is wired to it. */
  doors: Record<Door, InputCode | null>
  clock?: Pick<Clock, 'after'>
  /** What is of no use, garbage included: for the diagnostic log. */
  report?: (event: Exclude<InputEvent, { kind: 'changed' | 'report' }>) => void
}

/** The actor the kiosk machine invokes as `serviceSwitch`. It never fails: all trouble is told as `service-switch.failed`. */
export const evdevServiceSwitch = (options: EvdevServiceSwitchOptions) =>
  fromCallback<{ type: 'none' }>(({ sendBack }) => {
    const heard: Heard = { stopped: false, faulty: false, device: null, wake: () => {} }
    const tell = (event: ServiceSwitchEvent) => {
      if (!heard.stopped) sendBack(event)
    }
    void keepHearing(options, heard, tell)
    return () => {
      heard.stopped = true
      heard.device?.destroy()
      heard.wake()
    }
  })

type Heard = {
  stopped: boolean
  faulty: boolean
  device: Readable | null
  /** Ends the present pause. */
  wake: () => void
}

type Tell = (event: ServiceSwitchEvent) => void

/** Opens the device and hears it, for ever; after each end waits and begins again. */
const keepHearing = async (
  options: EvdevServiceSwitchOptions,
  heard: Heard,
  tell: Tell,
): Promise<void> => {
  const { clock = realClock } = options
  let reopenMs = driverDelays.reopenMs
  while (!heard.stopped) {
    const device = await options.open().catch(() => null)
    heard.device = device
    if (device !== null && heard.stopped) device.destroy()
    if (device !== null && !heard.stopped) {
      reopenMs = driverDelays.reopenMs
      if (heard.faulty) tell({ type: 'service-switch.cleared', fault: 'not answering' })
      heard.faulty = false
      tell({ type: 'service-switch.ready' })
      await hearUntilGone(device, options, tell)
    }
    if (heard.stopped) return
    if (!heard.faulty) {
      tell({ type: 'service-switch.failed', fault: { kind: 'not answering', moneyAtRisk: 'no' } })
    }
    heard.faulty = true
    const { over, wake } = wakeablePause(clock, reopenMs)
    heard.wake = wake
    await over
    reopenMs = Math.min(2 * reopenMs, driverDelays.reopenMostMs)
  }
}

/** Resolves when the device is gone. What stood before it was opened counts for nothing: it may have changed since. */
const hearUntilGone = (
  device: Readable,
  options: EvdevServiceSwitchOptions,
  tell: Tell,
): Promise<void> =>
  new Promise((resolve) => {
    let rest: Uint8Array = new Uint8Array()
    const told = changesTold(options, tell)
    device.on('data', (bytes: Uint8Array) => {
      const decoded = decode(Buffer.concat([rest, bytes]))
      rest = decoded.rest
      for (const event of decoded.out) told(event)
    })
    device.once('error', () => device.destroy())
    device.once('close', () => resolve())
  })

/** Changes are held back until their report: after a `dropped` they are not to be believed. */
const changesTold = (
  { key, doors, report = () => {} }: EvdevServiceSwitchOptions,
  tell: Tell,
): ((event: InputEvent) => void) => {
  const meanings: [InputCode | null, (on: boolean) => ServiceSwitchEvent][] = [
    [key, (on) => ({ type: 'service-key.turned', on })],
    [doors.cabinet, (open) => ({ type: 'door.changed', which: 'cabinet', open })],
    [doors.cash, (open) => ({ type: 'door.changed', which: 'cash', open })],
  ]
  const known = new Map<string, boolean>()
  let waiting: Extract<InputEvent, { kind: 'changed' }>[] = []
  let dropped = false
  return (event) => {
    switch (event.kind) {
      case 'changed':
        waiting.push(event)
        return
      case 'dropped':
        dropped = true
        known.clear()
        return report(event)
      case 'report':
        if (!dropped) for (const change of waiting) tellChange(change, meanings, known, tell)
        waiting = []
        dropped = false
        return
      default:
        return report(event)
    }
  }
}

const tellChange = (
  { input, on }: Extract<InputEvent, { kind: 'changed' }>,
  meanings: readonly [InputCode | null, (on: boolean) => ServiceSwitchEvent][],
  known: Map<string, boolean>,
  tell: Tell,
): void => {
  const name = `${input.of}:${input.code}`
  // A key that is held says so many times a second.
  if (known.get(name) === on) return
  known.set(name, on)
  for (const [code, eventOf] of meanings) {
    if (code?.of === input.of && code.code === input.code) tell(eventOf(on))
  }
}
