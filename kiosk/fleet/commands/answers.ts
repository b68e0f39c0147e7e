// Pure: the answers in which a command brings along what it was asked for.
import type { CommandAnswer } from '../../../domain/fleet/kiosk-messages.ts'
import { partsOf } from '../../../domain/fleet/packed.ts'

/** `all` in order, the end last. A text that is too long is not sent, and the command says so. */
export const answersOf = (
  end: CommandAnswer,
  text: string | undefined,
): { all: CommandAnswer[]; end: CommandAnswer } => {
  if (text === undefined || text === '') return { all: [end], end }
  const parts = partsOf(text)
  if (parts === null) {
    const tooLong = { command: end.command, st: 'failed' as const, code: 'tooLong' }
    return { all: [tooLong], end: tooLong }
  }
  const all = parts.map((data, at): CommandAnswer =>
    at === parts.length - 1 ? { ...end, data } : { command: end.command, st: 'running', data },
  )
  return { all, end }
}
