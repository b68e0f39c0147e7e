// Commands of a running kiosk: its hands, its files and its line to the fleet, put together.
import { join } from 'node:path'
import type { CommandAnswer } from '../../../domain/fleet/kiosk-messages.ts'
import { sha256 } from '../../../domain/journal-chain.ts'
import type { JournalEntry } from '../../../domain/journal-entry.ts'
import type { Clock } from '../../clock.ts'
import type { KioskConfig } from '../../config.ts'
import type { Disk } from '../../disk.ts'
import type { Log } from '../../log.ts'
import type { FleetConfig } from '../fleet-config.ts'
import type { Outbox } from '../outbox.ts'
import { checkedConfig, putInPlace } from './applying-config.ts'
import { openCommandStore } from './command-store.ts'
import type { Hands } from './doing.ts'
import type { KioskHands, LineHands } from './hands.ts'
import { logWindow } from './log-window.ts'
import { machineStart } from './machine.ts'
import { recordingBefore } from './recordings.ts'
import { takingCommands, type CommandParts, type Commands } from './taking.ts'

/** What a running kiosk brings along for its commands. */
export type CommandedKiosk = {
  hands: KioskHands
  /** The file that this run was configured by. */
  configFile: string
  /** Resolves when the entries are in the journal on disk. */
  append: (entries: JournalEntry[]) => Promise<void>
  /** Names this start of the machine: the kernel's own name unless told. */
  machineStart?: () => Promise<string>
}

/** Answers that nobody has a right to take no room from records that must not be lost. */
const mostWaiting = 100

/** Rejects when the disk cannot be read. */
export const commandsOf = async (of: {
  config: KioskConfig
  fleet: FleetConfig
  clock: Clock
  log: Log
  disk: Disk
  outbox: Pick<Outbox, 'waiting' | 'isNearlyFull'>
  run: CommandParts['run']
  answer: (answer: CommandAnswer) => Promise<void>
  line: LineHands
  kiosk: CommandedKiosk
}): Promise<Commands> => {
  const { config, fleet, clock, log, disk, outbox, kiosk } = of
  const names = kiosk.machineStart ?? machineStart
  return takingCommands({
    kiosk: config.kiosk.number,
    keys: fleet.commandKeys,
    store: await openCommandStore({
      path: join(config.dataFolder, 'fleet', 'commands.json'),
      onUnreadable: (found) => log.error(found, 'the commands were unreadable'),
      disk,
    }),
    clock,
    log,
    append: kiosk.append,
    answer: of.answer,
    hasRoom: () => outbox.waiting().n < mostWaiting && !outbox.isNearlyFull(),
    run: of.run,
    hands: handsOf({ config, fleet, disk, line: of.line, kiosk, machineStart: names }),
    proofs: {
      machineStart: names,
      configuration: async () => sha256((await disk.readText(kiosk.configFile)) ?? ''),
    },
  })
}

const handsOf = (of: {
  config: KioskConfig
  fleet: FleetConfig
  disk: Disk
  line: LineHands
  kiosk: CommandedKiosk
  machineStart: () => Promise<string>
}): Hands => {
  const { config, fleet, disk, line, kiosk } = of
  const { configFile, hands } = kiosk
  const { file } = config.log
  const recordings = join(config.dataFolder, 'flight-recorder')
  return {
    kiosk: hands,
    line,
    log: file === null ? null : (window) => logWindow(file, window),
    recording: (at) => recordingBefore(recordings, at, disk),
    config: {
      check: async (sent, kid) =>
        checkedConfig(sent, {
          inPlace: (await disk.readText(configFile)) ?? '',
          signedWith: fleet.commandKeys.find((each) => each.kid === kid),
        }),
      putInPlace: (text) => putInPlace(configFile, text, disk),
    },
    machineStart: of.machineStart,
  }
}
