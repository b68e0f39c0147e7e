// The keys of the kiosks: told by the import, bound when a kiosk enrols, or, where no kiosk has to enrol, by the first message
// that carries one. No other message changes one.
import type { KioskPublicKey } from '../domain/claim.ts'
import type { KioskNumber } from '../domain/identifiers.ts'
import { raise } from './alarms.ts'
import { withEnrolment, type EnrolmentWork } from './enrolment/enrolment-tables.ts'
import type { Work } from './store.ts'

/** The key a kiosk is known by, or null. */
export const kioskKey = async (work: Work, kiosk: KioskNumber): Promise<KioskPublicKey | null> =>
  (
    await work
      .selectFrom('kiosk_keys')
      .select('public_key')
      .where('kiosk', '=', kiosk)
      .executeTakeFirst()
  )?.public_key ?? null

/** The key that a kiosk has enrolled with, in place of any before it; slips signed with that one stay genuine. */
export const enrolKey = async (
  { work, now }: { work: EnrolmentWork; now: number },
  { kiosk, publicKey }: { kiosk: KioskNumber; publicKey: KioskPublicKey },
): Promise<void> => {
  const before = await work
    .selectFrom('kiosk_keys')
    .select('public_key')
    .where('kiosk', '=', kiosk)
    .executeTakeFirst()
  const row = { kiosk, public_key: publicKey, learnt: 'enrolled' as const, since: now }
  await work.deleteFrom('kiosk_keys').where('kiosk', '=', kiosk).execute()
  await work.insertInto('kiosk_keys').values(row).execute()
  if (before === undefined || before.public_key === publicKey) return
  await work
    .insertInto('former_kiosk_keys')
    .values({ kiosk, public_key: before.public_key, until: now })
    .onConflict((it) => it.columns(['kiosk', 'public_key']).doUpdateSet({ until: now }))
    .execute()
}

/** The keys a kiosk had before it enrolled with another, the latest first. */
export const formerKeys = async (work: Work, kiosk: KioskNumber): Promise<KioskPublicKey[]> => {
  const rows = await withEnrolment(work)
    .selectFrom('former_kiosk_keys')
    .select('public_key')
    .where('kiosk', '=', kiosk)
    .orderBy('until', 'desc')
    .execute()
  return rows.map((row) => row.public_key)
}

/**
 * Another key than the known one is not kept, and an alarm is raised for it once. The first one is kept where kiosks do not
 * enrol (`firstUse`): in a centre that speaks without TLS, on one machine. False when it was not kept.
 */
export const learnKey = async (
  { work, now, firstUse }: { work: Work; now: number; firstUse: boolean },
  of: { kiosk: KioskNumber; publicKey: KioskPublicKey },
): Promise<boolean> => {
  const { kiosk, publicKey } = of
  const known = await kioskKey(work, kiosk)
  if (known === publicKey) return true
  if (known === null) {
    if (!firstUse) return false
    await work
      .insertInto('kiosk_keys')
      .values({ kiosk, public_key: publicKey, learnt: 'first seen', since: now })
      .execute()
    return true
  }
  const evidence = { shown: publicKey, known }
  const told = await work
    .selectFrom('alarms')
    .select('alarm')
    .where('kiosk', '=', kiosk)
    .where('kind', '=', 'kiosk key changed')
    .where('evidence', '=', JSON.stringify(evidence))
    .executeTakeFirst()
  if (told === undefined) await raise(work, { kind: 'kiosk key changed', at: now, kiosk, evidence })
  return false
}
