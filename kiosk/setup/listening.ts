// One driver that runs alone, outside the kiosk machine: all it tells is heard, until it is let go.
import { createActor, setup, type AnyActorRef, type AnyEventObject } from 'xstate'
import type { BankTerminalCommand } from '../../drivers/bank-terminal/bank-terminal.ts'
import type { ReceiptPrinterCommand } from '../../drivers/receipt-printer/receipt-printer.ts'
import type { DeviceEvent } from '../../state-machines/device-states.ts'
import type { KioskParts } from '../kiosk.ts'

export type Drivers = KioskParts['drivers']
type DriverName = 'cardReader' | 'noteAcceptor' | 'receiptPrinter' | 'bankTerminal'

export type Heard = {
  tell: (command: BankTerminalCommand | ReceiptPrinterCommand) => void
  stop: () => void
}

/** It is invoked under its name in the system, as the tests of devices expect it. */
export const listenTo = (
  drivers: Drivers,
  name: DriverName,
  hear: (event: DeviceEvent) => void,
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

const aloneWith = (drivers: Drivers, name: DriverName, hear: (event: DeviceEvent) => void) => {
  const { cardReader, noteAcceptor, receiptPrinter, bankTerminal } = drivers
  const invoked = { cardReader, noteAcceptor, receiptPrinter, bankTerminal }[name]
  if (invoked === undefined) throw new Error(`there is no driver for ${name}`)
  return setup({ actors: { driver: invoked } }).createMachine({
    id: 'alone',
    invoke: { src: 'driver', systemId: name },
    on: {
      '*': {
        actions: ({ event }) => {
          if (isOfDevice(event)) hear(event)
        },
      },
    },
  })
}

/** What a driver tells, and not what the machine around it tells itself. */
const isOfDevice = (event: AnyEventObject): event is DeviceEvent =>
  !event.type.startsWith('xstate.')
