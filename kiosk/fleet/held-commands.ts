// Commands wait until the centre has answered our birth: the broker gives those of an earlier connection first, and before the
// answer nobody here knows how far the clock is off, so good ones would be refused for ever.
import type { CommandMessage } from '../../domain/fleet/host-messages.ts'
import type { FewWarnings } from './few-warnings.ts'

/** More than wait at a centre; what is dropped beyond it the centre sends again. */
export const mostHeld = 100

export const heldCommands = (give: (command: CommandMessage) => void, warn: FewWarnings) => {
  let held: CommandMessage[] | null = []
  return {
    hear: (command: CommandMessage): void => {
      if (held === null) return give(command)
      if (held.length >= mostHeld)
        return warn('too many commands came before the birth is answered')
      held.push(command)
      return undefined
    },
    /** From now on nothing is held. */
    release: (): void => {
      const all = held ?? []
      held = null
      for (const command of all) give(command)
    },
  }
}
