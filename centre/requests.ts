// Every request is done once and answered for ever: the reply is stored in the transaction that has its effect.
//
// Ids unique for ever, the same id gets the same answer, duplicates are recognised before any lock is taken
// (domain.md 9.1, 12).
import { createHash } from 'node:crypto'
import type { KioskNumber, RequestId } from '../domain/identifiers.ts'
import { refused, type Outcome } from './outcome.ts'
import type { Store, Work } from './store.ts'

/** A request as far as it is the same for every message. `content`: all of it, parsed. */
export type Request = {
  name: string
  requestId: RequestId
  kiosk: KioskNumber
  content: unknown
}

/** `text` is the reply as JSON, the same bytes each time. */
export type Answer =
  | { kind: 'answered'; text: string }
  | { kind: 'refused'; status: number; problem: string }

type Doing = (work: Work) => Promise<Outcome<unknown>>
export type OnceOnly = (request: Request & { at: number }, doing: Doing) => Promise<Answer>

/** Remembers what is in work, so that a repeat waits for the first instead of doing it beside it. */
export const onceOnly = (store: Store): OnceOnly => {
  const inWork = new Map<RequestId, { hash: string; answer: Promise<Answer> }>()
  return async (request, doing) => {
    const { requestId } = request
    const hash = hashOf(request)
    const running = inWork.get(requestId)
    if (running !== undefined) return running.hash === hash ? running.answer : usedOtherwise
    const answer = doOnce({ store, request, hash, doing })
    inWork.set(requestId, { hash, answer })
    try {
      return await answer
    } finally {
      inWork.delete(requestId)
    }
  }
}

const doOnce = async (of: {
  store: Store
  request: Request & { at: number }
  hash: string
  doing: Doing
}): Promise<Answer> => {
  const { store, request, hash, doing } = of
  const kept = await store.read
    .selectFrom('requests')
    .select(['hash', 'reply'])
    .where('request', '=', request.requestId)
    .executeTakeFirst()
  if (kept !== undefined) {
    return kept.hash === hash ? { kind: 'answered', text: kept.reply } : usedOtherwise
  }
  try {
    const text = await store.transact(async (work) => {
      const outcome = await doing(work)
      if (outcome.kind === 'refused') throw new Undone(outcome.status, outcome.problem)
      const reply = JSON.stringify(outcome.reply)
      await work
        .insertInto('requests')
        .values({
          request: request.requestId,
          kiosk: request.kiosk,
          name: request.name,
          hash,
          reply,
          at: request.at,
        })
        .execute()
      return reply
    })
    return { kind: 'answered', text }
  } catch (error) {
    if (error instanceof Undone) return refused(error.status, error.message)
    throw error
  }
}

/** Carries a refusal out of its transaction, which is rolled back by it. */
class Undone extends Error {
  readonly status: Extract<Outcome<unknown>, { kind: 'refused' }>['status']

  constructor(status: Undone['status'], problem: string) {
    super(problem)
    this.status = status
  }
}

const usedOtherwise: Answer = {
  kind: 'refused',
  status: 409,
  problem: 'requestId: was used for another request',
}

/** The same content gives the same hash, in whatever order its members came. */
const hashOf = ({ name, content }: Request): string =>
  createHash('sha256')
    .update(`${name}\n${JSON.stringify(content, sorted)}`)
    .digest('hex')

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value
