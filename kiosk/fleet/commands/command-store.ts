// Commands that were taken, on disk before their work starts: a second arrival finds the answer of the first (C4, C5).
import { z } from 'zod'
import { CommandMessage } from '../../../domain/fleet/host-messages.ts'
import { CommandAnswer, RecordId } from '../../../domain/fleet/kiosk-messages.ts'
import { durableJson, type DurableJsonOptions } from '../../durable-json.ts'

const ms = z.int().nonnegative()

/** What proves that a command which ends the program is done: the start after it, of the program or of the machine. */
const Target = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start') }),
  /** `before`: the name of the start of the machine that is to end. */
  z.object({ kind: z.literal('machine start'), before: z.string() }),
  /** SHA-256 of the file that the program is to run with. */
  z.object({ kind: z.literal('configuration'), hash: z.string() }),
])
export type Target = z.infer<typeof Target>

const KeptCommand = z.object({
  id: RecordId,
  op: z.string(),
  /** The name of the key it was signed with. */
  kid: z.string(),
  exp: ms,
  /** When it came, and when it last changed, by the kiosk's clock. */
  at: ms,
  changed: ms,
  st: CommandAnswer.shape.st,
  code: CommandAnswer.shape.code,
  target: Target.optional(),
  /** Of one that has ended: what the outbox may not have yet, and whether a text was to go with it. */
  owed: z.enum(['end', 'end and text']).optional(),
  /** While it waits, so that the next start can go on waiting. */
  message: CommandMessage.optional(),
})
export type KeptCommand = z.infer<typeof KeptCommand>

const Kept = z.object({
  /** The latest end of a command that is no longer kept: whatever ends before it is late, whatever the clock says. */
  horizon: ms,
  commands: z.array(KeptCommand),
})
type Kept = z.infer<typeof Kept>

export type CommandStore = {
  find: (id: string) => KeptCommand | undefined
  /** The latest last. */
  all: () => readonly KeptCommand[]
  horizon: () => number
  /** In memory at once, on disk when it resolves; rejects when that is not known. */
  put: (command: KeptCommand) => Promise<void>
  /** In memory: it never reached the disk. */
  forget: (id: string) => void
}

/** Some weeks of commands; those that are still open or not told yet are kept besides. */
const mostKept = 200

export const openCommandStore = async (
  options: Omit<DurableJsonOptions<Kept>, 'schema'>,
): Promise<CommandStore> => {
  const file = durableJson({ ...options, schema: Kept })
  let kept: Kept = (await file.read()) ?? { horizon: 0, commands: [] }
  return {
    find: (id) => kept.commands.find((each) => each.id === id),
    all: () => kept.commands,
    horizon: () => kept.horizon,
    put: (command) => {
      const others = kept.commands.filter(({ id }) => id !== command.id)
      kept = withoutOldest({ ...kept, commands: [...others, command] })
      return file.write(kept)
    },
    forget: (id) => {
      kept = { ...kept, commands: kept.commands.filter((each) => each.id !== id) }
    },
  }
}

export const isEnded = ({ st }: Pick<KeptCommand, 'st'>): boolean =>
  st !== 'accepted' && st !== 'waiting' && st !== 'running'

/** Ended, and told. */
const isOver = (kept: KeptCommand): boolean => isEnded(kept) && kept.owed === undefined

const withoutOldest = ({ horizon, commands }: Kept): Kept => {
  const ended = commands.filter(isOver).toSorted((one, other) => one.exp - other.exp)
  const gone = new Set(ended.slice(0, Math.max(0, commands.length - mostKept)))
  return {
    horizon: Math.max(horizon, ...[...gone].map(({ exp }) => exp)),
    commands: commands.filter((each) => !gone.has(each)),
  }
}
