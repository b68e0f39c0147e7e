// The maintenance key and the doors on the bench: an encoder at a named pipe, and the hand at the key.
import { z } from 'zod'
import { switchFifo, type SwitchFifo } from '../../drivers/service-switch/evdev/simulator/fifo.ts'
import {
  evdevSimulator,
  type SwitchTruth,
} from '../../drivers/service-switch/evdev/simulator/simulator.ts'
import type { Door } from '../../drivers/service-switch/service-switch.ts'
import type { ServiceSwitchPanel } from '../../ui/bench/panel.ts'
import { done, refused, type ActDone } from './act.ts'
import { kept } from './kept.ts'

const Truth: z.ZodType<SwitchTruth> = z.object({
  keyOn: z.boolean(),
  open: z.object({ cabinet: z.boolean(), cash: z.boolean() }),
})

/** As they stand in the kiosk's configuration: three programmable keys of a keyboard, which no browser listens to. */
export const switchCodes = {
  key: { of: 'key', code: 148 },
  cabinet: { of: 'key', code: 149 },
  cash: { of: 'key', code: 202 },
} as const

export type BenchServiceSwitch = ReturnType<typeof benchServiceSwitch>

export const benchServiceSwitch = (options: {
  file: string
  /** Where the pipe appears, as if it were `/dev/kiosk/key`. */
  path: string
  onChange: () => void
}) => {
  const file = kept(options.file, Truth)
  const truth = file.read()
  const fifo = fifoAt(options.path)
  const { key, cabinet, cash } = switchCodes
  const simulator = evdevSimulator({
    key,
    doors: { cabinet, cash },
    ...(truth !== null && { truth }),
    say: (bytes) => fifo?.say(bytes),
    onChange: (changed) => {
      file.write(changed)
      options.onChange()
    },
  })
  return {
    /** Null where this machine cannot make one. */
    port: fifo === null ? null : options.path,
    turnKey: (on: boolean): ActDone => {
      if (fifo === null) return refused('There is no key: this machine has no mkfifo.')
      simulator.turnKey(on)
      return done
    },
    setOpen: (which: Door, open: boolean): ActDone => {
      if (which === 'cash' && open && !simulator.truth().open.cabinet) {
        return refused('The cash compartment is behind the cabinet door: open that first.')
      }
      simulator.setOpen(which, open)
      return done
    },
    setPlugged: (plugged: boolean): ActDone => {
      fifo?.setPlugged(plugged)
      options.onChange()
      return done
    },
    panel: (): ServiceSwitchPanel => ({
      ...simulator.truth(),
      plugged: fifo?.plugged() === true,
    }),
    close: () => {
      simulator.dispose()
      fifo?.close()
    },
  }
}

/** Null where the machine cannot make named pipes. */
const fifoAt = (path: string): SwitchFifo | null => {
  try {
    return switchFifo(path)
  } catch {
    return null
  }
}
