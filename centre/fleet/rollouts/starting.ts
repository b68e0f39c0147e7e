// A rollout is started: the configuration as each kiosk has to have it, signed for each, and laid by for its stage.
//
// Whoever starts it signs, at once and for all: what brings the stages out later is the centre, which reads no key (C3). So a
// rollout has as long as a command lives, a day, and what was not begun by then is not.
import { createHash } from 'node:crypto'
import { commandLifeMs, signedCommand, slowClockMs } from '../../../domain/fleet/commands.ts'
import { CommandMessage } from '../../../domain/fleet/host-messages.ts'
import { packed } from '../../../domain/fleet/packed.ts'
import type { KioskNumber } from '../../../domain/identifiers.ts'
import { whyOf } from '../../../server/config-file.ts'
import type { SigningKey } from '../commands/command-key.ts'
import { withoutSecrets } from '../commands/without-secrets.ts'
import { withRollouts, type RolloutWork } from './rollout-tables.ts'

export const stagesOf = 3

/** One, then ten per cent of all, then the rest. The kiosks that are there go first: whoever is away shows nothing. */
export const stagePlan = <Kiosk extends { isThere: boolean }>(
  kiosks: readonly Kiosk[],
): (Kiosk & { stage: 1 | 2 | 3 })[] => {
  const tenth = Math.ceil(kiosks.length / 10)
  return kiosks
    .toSorted((one, other) => Number(other.isThere) - Number(one.isThere))
    .map((kiosk, at) => ({ ...kiosk, stage: at === 0 ? 1 : at <= tenth ? 2 : 3 }))
}

export type Starting = {
  rollout: string
  what: string
  by: string
  /** A kiosk's configuration as JSON; number and place are put in. */
  config: string
  kiosks: readonly KioskNumber[]
  watchMs: number
}

/** Stored when it resolves; the first stage goes out at the centre's next look. */
export const startRollout = async (
  { work, now, newId }: { work: RolloutWork; now: number; newId: () => string },
  starting: Starting,
  key: Pick<SigningKey, 'kid' | 'sign'>,
): Promise<{ kind: 'started' } | { kind: 'problem'; problem: string }> => {
  const { rollout, what, by, config, kiosks, watchMs } = starting
  const read = configFor(config)
  if (typeof read === 'string') return { kind: 'problem', problem: read }
  const wanted = [...new Set(kiosks)]
  const known = await knownAmong(work, wanted)
  const strangers = wanted.filter((kiosk) => !known.has(kiosk))
  if (strangers.length > 0) {
    return {
      kind: 'problem',
      problem: `the centre knows no kiosk ${strangers.slice(0, 5).join(', ')}`,
    }
  }
  const exp = now + commandLifeMs.longest
  const rows = stagePlan(wanted.flatMap((kiosk) => known.get(kiosk) ?? [])).map(
    ({ kiosk, place, stage }) => {
      const command = newId()
      const args = { config: packed(read({ number: kiosk, place })) }
      const times = { nbf: now - slowClockMs, exp, when: 'onIdle' as const }
      const message = signedCommand({ id: command, kiosk, op: 'applyConfig', args, ...times }, key)
      return { rollout, kiosk, stage, command, exp, message, released_at: null }
    },
  )
  const long = rows.find(({ message }) => !CommandMessage.safeParse(message).success)
  if (long !== undefined) {
    return {
      kind: 'problem',
      problem: `the configuration is too long to be sent: ${long.message.body.length} letters with its envelope`,
    }
  }
  const tables = withRollouts(work)
  await tables
    .insertInto('fleet_rollouts')
    .values({
      rollout,
      what,
      started_by: by,
      started_at: now,
      watch_ms: watchMs,
      config_hash: createHash('sha256').update(withoutSecrets(config)).digest('hex'),
      state: 'running',
      stage: 1,
      stage_since: now,
      ended_at: null,
      ended_by: null,
      why: null,
    })
    .execute()
  for (const row of rows) {
    await tables
      .insertInto('fleet_rollout_kiosks')
      .values({ ...row, message: JSON.stringify(row.message) })
      .execute()
  }
  return { kind: 'started' }
}

type Place = { number: KioskNumber; place: string }

/** The text of the configuration for one kiosk; or what is wrong with it. */
const configFor = (text: string): ((place: Place) => string) | string => {
  try {
    const config: unknown = JSON.parse(withoutSecrets(text))
    const kiosk = memberOf(config, 'kiosk')
    if (!isObject(config) || !isObject(kiosk)) return 'the configuration must have a member "kiosk"'
    return (place) => JSON.stringify({ ...config, kiosk: { ...kiosk, ...place } })
  } catch (error) {
    return whyOf(error)
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) ? value[name] : undefined

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** SQLite takes no more parameters in one statement. */
const atOnce = 500

const knownAmong = async (work: RolloutWork, kiosks: readonly KioskNumber[]) => {
  const known = new Map<KioskNumber, { kiosk: KioskNumber; place: string; isThere: boolean }>()
  for (let from = 0; from < kiosks.length; from += atOnce) {
    const rows = await work
      .selectFrom('kiosks')
      .leftJoin('fleet_kiosks', 'fleet_kiosks.kiosk', 'kiosks.kiosk')
      .select(['kiosks.kiosk', 'kiosks.place', 'fleet_kiosks.st'])
      .where('kiosks.kiosk', 'in', kiosks.slice(from, from + atOnce))
      .execute()
    for (const { kiosk, place, st } of rows)
      known.set(kiosk, { kiosk, place, isThere: st === 'online' })
  }
  return known
}
