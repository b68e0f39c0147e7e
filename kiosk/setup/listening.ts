// One driver that runs alone, outside the kiosk machine: all it tells is heard, until it is let go.
import { createActor, setup, type AnyActorRef, type AnyEventObject, type EventObject } from 'xstate'
import type { KioskParts } from '../kiosk.ts'

export type Drivers = KioskParts['drivers']
type DriverName = 'cardReader' | 'noteAcceptor' | 'receiptPrinter' | 'bankTerminal'

export type Heard = {
  tell: (command: EventObject) => void
  stop: () => void
}

/** It is invoked under its name in the system, as the tests of devices expect it. */
export const listenTo = (
  drivers: Drivers,
  name: DriverName,
  hear: (event: AnyEventObject) => void,
): Heard => {
  const actor = createActor(aloneWith(drivers, name, hear))
  actor.start()
  return {
    tell: (command) => {
      const driver: AnyActorRef | undefined = actor.system.get(name)
      driver?.send(command)
    },
    stop: () => actor.stop(),
  }
}

const aloneWith = (drivers: Drivers, name: DriverName, hear: (event: AnyEventObject) => void) => {
  const { cardReader, noteAcceptor, receiptPrinter, bankTerminal } = drivers
  const invoked = { cardReader, noteAcceptor, receiptPrinter, bankTerminal }[name]
  if (invoked === undefined) throw new Error(`there is no driver for ${name}`)
  return setup({
    types: { events: {} as AnyEventObject },
    actors: { driver: invoked },
  }).createMachine({
    id: 'alone',
    invoke: { src: 'driver', systemId: name },
    on: { '*': { actions: ({ event }) => hear(event) } },
  })
}
