// The authority at the office's own desk: codes are made, what was given out is listed, and called back.
import { uriOf, wordsFor, type Holder } from '../../domain/enrolment/holder.ts'
import type { KioskNumber } from '../../domain/identifiers.ts'
import { writeAudit } from '../console/audit-trail.ts'
import type { Work } from '../store.ts'
import type { Authority } from './authority.ts'
import { revokeAll } from './certificates.ts'
import { newCode } from './codes.ts'
import { withEnrolment, type Certificates } from './enrolment-tables.ts'

export type Desk = { work: Work; now: number }

/** `done` is what to print; `problem` names what is wrong and what to do. */
export type Said = { kind: 'done'; lines: string[] } | { kind: 'problem'; problem: string }

type CodeMade = { kind: 'done'; code: string; lines: string[] } | Extract<Said, { kind: 'problem' }>

const desk = 'the centre’s own machine'

/** A code for a machine that is known here. `chance`: 10 bytes. */
export const makeEnrolmentCode = async (
  { work, now }: Desk,
  of: {
    authority: Authority
    holder: Holder
    hosts: readonly string[]
    lifeMs: number
    chance: Uint8Array
  },
): Promise<CodeMade> => {
  const { holder, lifeMs } = of
  if (holder.role === 'kiosk' && !(await isKnown(work, holder.kiosk))) {
    const problem = `--kiosk: found ${holder.kiosk}, which is not known here; must be a kiosk of the centre`
    return { kind: 'problem', problem }
  }
  const code = await newCode(withEnrolment(work), { ...of, now })
  await audit({ work, now }, { what: 'enrolment/code', about: wordsFor(holder) })
  const until = printedMoment(now + lifeMs)
  return { kind: 'done', code, lines: [code, `for ${wordsFor(holder)}, once, until ${until}`] }
}

/** Every certificate that is not over, the newest first, a line each. */
export const listCertificates = async ({ work, now }: Desk): Promise<Said> => {
  const rows = await withEnrolment(work)
    .selectFrom('certificates')
    .selectAll()
    .where('ends_at', '>=', now)
    .orderBy('issued_at', 'desc')
    .execute()
  return { kind: 'done', lines: rows.length === 0 ? ['No certificate is out.'] : rows.map(lineOf) }
}

const lineOf = ({ holder, serial, issued_at, ends_at, revoked_at, revoked_why }: Certificates) =>
  [
    holder.replace('urn:wattpoint:', '').replace(':', ' ').padEnd(20),
    serial,
    `from ${printedMoment(issued_at)} to ${printedMoment(ends_at)}`,
    ...(revoked_at === null ? [] : [`revoked ${printedMoment(revoked_at)}: ${revoked_why}`]),
  ].join('  ')

/** Calls back what this machine has: from now on nothing it says is listened to, until it enrols anew. */
export const revokeMachine = async (
  { work, now }: Desk,
  { holder, why }: { holder: Holder; why: string },
): Promise<Said> => {
  const count = await revokeAll(withEnrolment(work), { holder, why, now })
  if (count === 0) {
    const problem = `${wordsFor(holder)} has no certificate that is good; look at the list`
    return { kind: 'problem', problem }
  }
  // A code that is still good would undo it.
  await withEnrolment(work)
    .deleteFrom('enrolment_codes')
    .where('holder', '=', uriOf(holder))
    .execute()
  await audit({ work, now }, { what: 'enrolment/revoke', about: `${wordsFor(holder)}: ${why}` })
  return { kind: 'done', lines: [`${wordsFor(holder)}: ${count} revoked`] }
}

const audit = ({ work, now }: Desk, { what, about }: { what: string; about: string }) =>
  writeAudit(work, { at: now, who: desk, what, about, outcome: 'done', came_from: desk })

const isKnown = async (work: Work, kiosk: KioskNumber): Promise<boolean> =>
  (await work
    .selectFrom('kiosks')
    .select('kiosk')
    .where('kiosk', '=', kiosk)
    .executeTakeFirst()) !== undefined

/** To the minute, in UTC. */
const printedMoment = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16)}Z`
