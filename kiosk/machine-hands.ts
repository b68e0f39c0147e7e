// What can be done to the machine from its menu and from the office: page, program and machine started anew or switched off.
import { never } from '../domain/never.ts'
import type { MachineAct } from '../state-machines/servicing-context.ts'
import type { KioskConfig } from './config.ts'
import { tellMachine } from './fleet/commands/machine.ts'

export type MachineHands = {
  /** The page loads itself anew. */
  restartScreen: () => void
  /** The program ends in order, so that its supervision starts it again. */
  restartProgram: () => void
  /** Resolves when the machine was told to; null where the configuration says nothing of it. */
  reboot: (() => Promise<void>) | null
  shutDown: (() => Promise<void>) | null
}

export const machineHands = (of: {
  machine: KioskConfig['machine']
  reload: () => void
  restart: () => void
}): MachineHands => {
  const { machine, reload, restart } = of
  const by = (words: readonly string[] | null) => (words === null ? null : () => tellMachine(words))
  return {
    restartScreen: reload,
    restartProgram: restart,
    reboot: by(machine.reboot),
    shutDown: by(machine.shutdown),
  }
}

/** Those that the configuration says how to do. */
export const machineActsOf = ({ reboot, shutDown }: MachineHands): MachineAct[] => [
  'restart screen',
  'restart program',
  ...(reboot === null ? [] : ['reboot' as const]),
  ...(shutDown === null ? [] : ['shut down' as const]),
]

/** Rejects where it is not possible here. */
export const machineAct = async (hands: MachineHands, act: MachineAct): Promise<void> => {
  switch (act) {
    case 'restart screen':
      return hands.restartScreen()
    case 'restart program':
      return hands.restartProgram()
    case 'reboot':
      return told(hands.reboot)
    case 'shut down':
      return told(hands.shutDown)
    default:
      return never(act)
  }
}

const told = (hand: (() => Promise<void>) | null): Promise<void> =>
  hand === null ? Promise.reject(new Error('the configuration does not say how')) : hand()
