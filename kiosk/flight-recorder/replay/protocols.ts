// The drivers that ship, each at the end of a recorded line, under a parent that passes on and hears as the kiosk machine does.
import { createActor, setup, type AnyEventObject, type CallbackActorLogic } from 'xstate'
import type { z } from 'zod'
import { sspNoteAcceptor } from '../../../drivers/note-acceptor/ssp/driver.ts'
import { factoryFixedKey } from '../../../drivers/note-acceptor/ssp/encryption.ts'
import { escposReceiptPrinter } from '../../../drivers/receipt-printer/escpos/driver.ts'
import type { RecordedLine } from '../lines.ts'
import type { RecordedEvent } from '../trace.ts'
import { NoteCommand, PrinterCommand } from './commands.ts'
import { recordedPrinter } from './escpos-words.ts'
import type { Player, RecordedDevice } from './player.ts'
import { recordedAcceptor, replayChance } from './ssp-words.ts'
import type { SteppingClock } from './stepping-clock.ts'

/** A driver as the machine above it sees it. */
export type Driver = {
  command: (command: RecordedEvent) => void
  start: () => void
  stop: () => void
}

export type MakeDriver = (
  open: Player['open'],
  clock: SteppingClock,
  hear: (event: AnyEventObject) => void,
) => Driver

/** What it takes to hold a line with its driver; null where no driver of ours speaks on it. */
export const protocolOf = async (
  spec: RecordedLine,
): Promise<{ device: RecordedDevice; driver: MakeDriver } | null> => {
  switch (spec.protocol) {
    case 'ssp': {
      const { enrolledSerial, minorPerUnit } = spec
      const identity = { enrolledSerial, minorPerUnit, fixedKey: factoryFixedKey }
      const session = { ...identity, encryption: 'required' as const, chance: replayChance }
      return {
        device: recordedAcceptor(),
        driver: (open, clock, hear) =>
          driverOf(sspNoteAcceptor({ ...session, open, clock }), NoteCommand, hear),
      }
    }
    case 'escpos': {
      const { model } = spec
      // What a job loads when it first needs it takes real time, which must not pass in the middle of a replay.
      await import('../../../drivers/receipt-printer/escpos/job.ts')
      await import('../../../drivers/receipt-printer/escpos/drawing.ts')
      return {
        device: recordedPrinter(),
        driver: (open, clock, hear) =>
          driverOf(escposReceiptPrinter({ open, model, clock }), PrinterCommand, hear),
      }
    }
    default:
      return null
  }
}

const driverOf = <Command extends { type: string }>(
  logic: CallbackActorLogic<Command>,
  parse: z.ZodType<Command>,
  hear: (event: AnyEventObject) => void,
): Driver => {
  // Only its type is looked at.
  const anyEvent = (): AnyEventObject => ({ type: 'any' })
  const machine = setup({ types: { events: anyEvent() }, actors: { device: logic } }).createMachine(
    {
      invoke: { src: 'device', id: 'device', systemId: 'device' },
      on: { '*': { actions: ({ event }) => hear(event) } },
    },
  )
  const actor = createActor(machine)
  return {
    command: (command) => actor.system.get('device').send(parse.parse(command)),
    start: () => actor.start(),
    stop: () => actor.stop(),
  }
}
