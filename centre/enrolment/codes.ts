// One-time codes at the centre: made for one holder, good for a day and for one key.
import { timingSafeEqual } from 'node:crypto'
import { makeCode, printedCode, readCode } from '../../domain/enrolment/enrolment-code.ts'
import { uriOf, type Holder } from '../../domain/enrolment/holder.ts'
import type { Authority } from './authority.ts'
import type { EnrolmentWork } from './enrolment-tables.ts'

export const codeLifeMs = 24 * 60 * 60_000
/** With more wrong ones the code is good for nothing: nobody finds 50 bits in so many tries. */
export const mostWrongTries = 10

/** As it is printed. The one before it is good for nothing any more. `chance`: 10 bytes. */
export const newCode = async (
  work: EnrolmentWork,
  of: {
    authority: Authority
    holder: Holder
    hosts: readonly string[]
    chance: Uint8Array
    now: number
    lifeMs?: number
  },
): Promise<string> => {
  const { authority, now, lifeMs = codeLifeMs } = of
  const code = makeCode(of.chance, authority.der)
  const holder = uriOf(of.holder)
  await work.deleteFrom('enrolment_codes').where('holder', '=', holder).execute()
  await work
    .insertInto('enrolment_codes')
    .values({
      holder,
      hash: authority.hashOf(code.text),
      hosts: JSON.stringify(of.hosts),
      made_at: now,
      ends_at: now + lifeMs,
      wrong_tries: 0,
      used_by: null,
      used_at: null,
    })
    .execute()
  return printedCode(code)
}

export type TakenCode =
  /** `again`: this very key has enrolled with it before. */
  { kind: 'good'; hosts: string; again: boolean } | { kind: 'refused'; problem: string }

const refused = (problem: string): TakenCode => ({ kind: 'refused', problem })

/** Uses a code up for one key (`keyHash`). What it writes stays also where it refuses: a wrong try counts. */
export const takeCode = async (
  work: EnrolmentWork,
  of: { authority: Authority; holder: Holder; typed: string; keyHash: string; now: number },
): Promise<TakenCode> => {
  const { authority, keyHash, now } = of
  const holder = uriOf(of.holder)
  const row = await work
    .selectFrom('enrolment_codes')
    .selectAll()
    .where('holder', '=', holder)
    .executeTakeFirst()
  const read = readCode(of.typed)
  if (read.kind === 'wrong') return refused(`code: ${read.problem}`)
  if (row === undefined)
    return refused('code: there is none for this machine; ask the office for one')
  if (row.wrong_tries >= mostWrongTries) {
    return refused('code: was tried too often; ask the office for another')
  }
  if (!isSame(authority.hashOf(read.code.text), row.hash)) {
    await work
      .updateTable('enrolment_codes')
      .set({ wrong_tries: row.wrong_tries + 1 })
      .where('holder', '=', holder)
      .execute()
    return refused('code: is not the newest one of this machine; look at number and code')
  }
  const again = row.used_by === keyHash
  if (row.used_by !== null && !again) {
    return refused('code: was used already; ask the office for another')
  }
  if (now > row.ends_at) return refused('code: its time is over; ask the office for another')
  if (!again) {
    await work
      .updateTable('enrolment_codes')
      .set({ used_by: keyHash, used_at: now })
      .where('holder', '=', holder)
      .execute()
  }
  return { kind: 'good', hosts: row.hosts, again }
}

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
