// The keys of the kiosks: told by the import, or else by the first message that carries one; never changed by a message.
import type { KioskPublicKey } from '../domain/claim.ts'
import type { KioskNumber } from '../domain/identifiers.ts'
import { raise } from './alarms.ts'
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

/**
 * Trust on first use: the first key is kept, another one later is not, and an alarm is raised for it once. False when it
 * was not kept.
 */
export const learnKey = async (
  { work, now }: { work: Work; now: number },
  of: { kiosk: KioskNumber; publicKey: KioskPublicKey },
): Promise<boolean> => {
  const { kiosk, publicKey } = of
  const known = await kioskKey(work, kiosk)
  if (known === publicKey) return true
  if (known === null) {
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
