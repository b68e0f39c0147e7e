// A command is ordered: signed for one kiosk and put beside whatever else waits for it (C9).
import { commandLifeMs, signedCommand, slowClockMs } from '../../../domain/fleet/commands.ts'
import { CommandMessage, type CommandBody } from '../../../domain/fleet/host-messages.ts'
import { operations, type Operation } from '../../../domain/fleet/operations.ts'
import type { KioskNumber } from '../../../domain/identifiers.ts'
import type { SigningKey } from './command-key.ts'
import type { CommandWork } from './command-tables.ts'

export type Ordering = {
  /** A ULID, made by whoever orders. */
  id: string
  kiosk: KioskNumber
  operation: Operation
  /** Who orders it. */
  by: string
  /** How long it is good. */
  lifeMs: number
  when: CommandBody['when']
}

/** `about`: what of it cannot be, in the words of the command line. */
export type Ordered =
  | { kind: 'ordered' }
  | { kind: 'problem'; about: 'in' | 'kiosk' | 'op'; problem: string }

/** Signed and stored when it resolves; the centre sends it as soon as the kiosk is there. */
export const order = async (
  { work, now }: { work: CommandWork; now: number },
  ordering: Ordering,
  key: Pick<SigningKey, 'kid' | 'sign'>,
): Promise<Ordered> => {
  const { id, kiosk, operation, by, lifeMs, when } = ordering
  if (lifeMs <= 0 || lifeMs > commandLifeMs.longest) {
    return problem('in', 'must be above 0 and at most 24h')
  }
  const known = await work
    .selectFrom('kiosks')
    .leftJoin('fleet_kiosks', 'fleet_kiosks.kiosk', 'kiosks.kiosk')
    .select(['kiosks.kiosk', 'fleet_kiosks.bd'])
    .where('kiosks.kiosk', '=', kiosk)
    .executeTakeFirst()
  if (known === undefined) return problem('kiosk', `found ${kiosk}; the centre knows no such kiosk`)
  const { ofThisRun = false } = operations[operation.op]
  if (ofThisRun && !known.bd) {
    return problem('op', `${operation.op} is of a program that runs, and ${kiosk} was never heard`)
  }
  const exp = now + lifeMs
  const message = signedCommand(
    {
      id,
      kiosk,
      op: operation.op,
      args: operation.args,
      ...(ofThisRun && known.bd && { bd: known.bd }),
      nbf: now - slowClockMs,
      exp,
      when,
    },
    key,
  )
  if (!CommandMessage.safeParse(message).success) {
    return problem(
      'op',
      `${operation.op} would be ${message.body.length} letters long; no command is`,
    )
  }
  const ordered = { command: id, kiosk, op: operation.op, ordered_by: by, ordered_at: now, exp }
  const fresh = { st: 'ordered' as const, code: null, changed_at: now, ended_at: null }
  await work
    .insertInto('fleet_commands')
    .values({
      ...ordered,
      message: JSON.stringify(message),
      ...fresh,
      sent_at: null,
      sent_bd: null,
    })
    .execute()
  return { kind: 'ordered' }
}

const problem = (about: 'in' | 'kiosk' | 'op', text: string): Ordered => ({
  kind: 'problem',
  about,
  problem: text,
})
