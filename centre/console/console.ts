// The console as a whole: whoever is signed in asks a question or has a deed done; every right is looked at here, in one place.
import { z } from 'zod'
import { mayStaff, staffRights, type StaffRight } from '../../domain/console/staff.ts'
import type { SignedIn } from '../../domain/console/staff-room.ts'
import { never } from '../../domain/never.ts'
import type { CentreConfig } from '../config.ts'
import type { Store } from '../store.ts'
import { allDeeds, allQuestions } from './answers.ts'
import type { AnyDeed, AnyQuestion, ConsoleMeans, Doing, Looking } from './asking.ts'
import { listApprovals } from './approvals.ts'
import { writeAudit, type AuditLine } from './audit-trail.ts'
import { doOnce } from './doing-once.ts'
import { usualEffort, type Effort } from './passwords.ts'
import { many } from './lines.ts'
import { fieldsRefused } from './problems.ts'
import { proposals } from './proposals.ts'
import { refusing, said, type Said } from './said.ts'
import {
  beginSession,
  endSession,
  findSession,
  type Session,
  type SessionLimits,
} from './sessions.ts'
import { signingIn, type SignInOutcome } from './signing-in.ts'

/** Where it came from, and whether a person did it: a page that asks again by itself keeps no session alive. */
export type From = { address: string; attended: boolean }

export type Console = {
  /** Signed in, `secret` is what the browser keeps. */
  signIn: (body: unknown, address: string) => Promise<Said & { secret: string | null }>
  signOut: (session: Session) => Promise<void>
  session: (secret: string, from: From) => Promise<Session | null>
  me: (session: Session) => Promise<SignedIn>
  ask: (name: string, query: unknown, by: { session: Session; from: From }) => Promise<Said>
  perform: (name: string, body: unknown, by: { session: Session; from: From }) => Promise<Said>
  /** How long what the browser keeps may be kept there, seconds. */
  keptSeconds: number
}

export type ConsoleOptions = {
  store: Store
  config: CentreConfig
  means: ConsoleMeans
  now: () => number
  limits: SessionLimits
  town: SignedIn['town']
  /** How dear a password is to guess; less in tests. */
  effort?: Effort
}

const questions = new Map<string, AnyQuestion<{ asked: unknown; told: unknown }>>(
  Object.entries(allQuestions),
)
const deeds = new Map<string, AnyDeed<{ asked: unknown; told: unknown }>>(Object.entries(allDeeds))

/** Every route there is, for the server and for whoever tries all of them. */
export const questionNames = [...questions.keys()]
export const deedNames = [...deeds.keys()]

/** A page that asks the same again within this time is one line in the trail. */
const sameWithinMs = 600_000

export const openConsole = (options: ConsoleOptions): Console => {
  const { store, config, means, now, limits } = options
  const tryToSignIn = signingIn(store, options.effort ?? usualEffort)
  const toldOf = seenLately()

  const audit = (line: AuditLine) => store.transact((work) => writeAudit(work, line))

  return {
    signIn: (body, address) => signIn(body, address, { ...options, tryToSignIn }),
    signOut: async ({ id, member }) => {
      await store.transact(async (work) => {
        await endSession(work, id)
        await writeAudit(work, {
          at: now(),
          who: member.name,
          what: 'sign-out',
          about: '',
          outcome: 'done',
          came_from: '',
        })
      })
    },
    session: (secret, { attended }) => findSession(store, secret, { now: now(), limits, attended }),
    me: async (session) => ({
      member: session.member,
      rights: staffRights.filter((right) => mayStaff(session.member.role, right)),
      csrf: session.csrf,
      endsAt: session.endsAt,
      mustChangePassword: session.mustChangePassword,
      awaiting: (
        await listApprovals(store.read, {
          state: 'open',
          member: session.member,
          kinds: proposals,
        })
      ).filter(({ mayDecide }) => mayDecide).length,
      town: options.town,
    }),
    ask: async (name, query, { session, from }) => {
      const asked = questions.get(name)
      if (asked === undefined) return refusing(404, 'no such question')
      const line = lineOf(session, `ask ${name}`, from, now())
      const barred = await mayNot(session, asked.may, line, audit)
      if (barred !== null) return barred
      const read = asked.read(query)
      if (read.kind === 'wrong') return wrongFields(read.error, query)
      const { about, tell } = read.value
      // Before it is shown: who saw it is known even if the answer never arrives.
      if (about !== null && !toldOf(`${session.id} ${name} ${about}`, now())) {
        await audit({ ...line, about })
      }
      const looking: Looking = { ...bearings(session), read: store.read }
      return said(await tell(looking))
    },
    perform: async (name, body, { session, from }) => {
      const wanted = deeds.get(name)
      if (wanted === undefined) return refusing(404, 'no such question')
      const line = lineOf(session, name, from, now())
      const barred = await mayNot(session, wanted.may, line, audit)
      if (barred !== null) return barred
      const identified = Identified.safeParse(body)
      const read = wanted.read(body)
      if (read.kind === 'wrong') return wrongFields(read.error, body)
      if (!identified.success) return wrongFields(identified.error, body)
      const { about, carryOut } = read.value
      return doOnce({
        store,
        deedId: identified.data.deedId,
        body,
        who: session.member.name,
        line: { ...line, about },
        doing: (work) => carryOut({ ...bearings(session), work } satisfies Doing),
      })
    },
    keptSeconds: Math.floor(limits.longestMs / 1000),
  }

  function bearings({ member, id }: Session) {
    return { now: now(), member, session: id, config, means }
  }
}

const Identified = z.object({ deedId: z.uuid() })

const wrongFields = (error: z.ZodError, input: unknown): Said => ({
  status: 400,
  body: { refusal: fieldsRefused(error, input) },
})

const lineOf = (session: Session, what: string, { address }: From, at: number): AuditLine => ({
  at,
  who: session.member.name,
  what,
  about: '',
  outcome: 'done',
  came_from: address,
})

/** Whoever tries a door that is not theirs leaves a line. */
const mayNot = async (
  { member, mustChangePassword }: Session,
  right: StaffRight | null,
  line: AuditLine,
  audit: (line: AuditLine) => Promise<void>,
): Promise<Said | null> => {
  if (right === null) return null
  if (mustChangePassword) return refusing(403, 'own password first')
  if (mayStaff(member.role, right)) return null
  await audit({ ...line, outcome: 'refused', about: `without the right to ${right}` })
  return refusing(403, 'right missing', { right: { kind: 'right', right } })
}

const Credentials = z.object({ name: z.string().max(60), password: z.string().max(200) })

const signIn = async (
  body: unknown,
  address: string,
  of: ConsoleOptions & { tryToSignIn: ReturnType<typeof signingIn> },
): Promise<Said & { secret: string | null }> => {
  const parsed = Credentials.safeParse(body)
  if (!parsed.success) {
    return { ...wrongFields(parsed.error, body), secret: null }
  }
  const { store, now, means, limits, tryToSignIn } = of
  const outcome = await tryToSignIn(parsed.data, { now: now(), address })
  if (outcome.kind !== 'signed in') return { ...refusalOf(outcome, now()), secret: null }
  const secret = await store.transact((work) =>
    beginSession(work, { name: outcome.member.name, now: now(), random: means.random, limits }),
  )
  return { status: 200, body: {}, secret }
}

const refusalOf = (outcome: Exclude<SignInOutcome, { kind: 'signed in' }>, now: number): Said => {
  switch (outcome.kind) {
    case 'wrong':
      return refusing(401, 'wrong name or password')
    case 'locked':
      return refusing(429, 'too many tries', {
        minutes: many(Math.ceil((outcome.untilMs - now) / 60_000)),
      })
    case 'busy':
      return refusing(503, 'sign-in is busy')
    default:
      return never(outcome)
  }
}

/** Whether the same was told a short while ago; remembers that it is told now. */
const seenLately = () => {
  const at = new Map<string, number>()
  return (key: string, now: number): boolean => {
    for (const [old, when] of at) if (when + sameWithinMs <= now) at.delete(old)
    if (at.has(key)) return true
    at.set(key, now)
    return false
  }
}
