// What a start proves about the commands of the run before (C5).
import { never } from '../../../domain/never.ts'
import type { KeptCommand } from './command-store.ts'
import type { Ended } from './doing.ts'

export type Proofs = {
  /** Names this start of the machine. */
  machineStart: () => Promise<string>
  /** SHA-256 of the file that this run was configured by. */
  configuration: () => Promise<string>
}

/** What was running when the program ended is done, or it is known that it is not. */
export const provenBy = async (
  { target }: Pick<KeptCommand, 'target'>,
  proofs: Proofs,
): Promise<Ended> => {
  switch (target?.kind) {
    case undefined:
      return failed('interrupted')
    case 'start':
      return done
    case 'machine start':
      return (await proofs.machineStart()) === target.before ? failed('notRebooted') : done
    case 'configuration':
      return (await proofs.configuration()) === target.hash ? done : failed('notApplied')
    default:
      return never(target)
  }
}

const done: Ended = { st: 'done' }
const failed = (code: string): Ended => ({ st: 'failed', code })
