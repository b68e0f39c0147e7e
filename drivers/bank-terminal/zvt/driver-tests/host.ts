// The least machine that can hold a driver: hears its events and passes it commands.
import { createActor, sendTo, setup } from 'xstate'
import type { BankTerminalCommand, BankTerminalEvent } from '../../bank-terminal.ts'
import { zvtBankTerminal, type ZvtBankTerminalOptions } from '../driver.ts'

/** The machine above the driver: it hears everything and passes commands on, as the kiosk machine does. */
export const hostOf = (
  options: ZvtBankTerminalOptions,
  hear: (event: BankTerminalEvent) => void,
) => {
  type Command = { type: 'command'; command: BankTerminalCommand }
  // Only its type is looked at.
  const anyEvent = (): Command | BankTerminalEvent => ({
    type: 'bank-terminal.cleared',
    fault: 'broken',
  })
  const machine = setup({
    types: { events: anyEvent() },
    actors: { bankTerminal: zvtBankTerminal(options) },
  }).createMachine({
    invoke: { src: 'bankTerminal', id: 'bankTerminal' },
    on: {
      command: { actions: sendTo('bankTerminal', ({ event }) => event.command) },
      'payment.*': { actions: ({ event }) => hear(event) },
      'pin.*': { actions: ({ event }) => hear(event) },
      'day.*': { actions: ({ event }) => hear(event) },
      'bank-terminal.*': { actions: ({ event }) => hear(event) },
    },
  })
  return createActor(machine).start()
}
