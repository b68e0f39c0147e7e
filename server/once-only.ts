// Every request is done once and answered for ever: the reply is stored in the transaction that has its effect.
//
// Ids unique for ever, the same id gets the same answer, duplicates are recognised before any lock is taken
// (domain.md 9.1, 12).
import { createHash } from 'node:crypto'
import type { KioskNumber, RequestId } from '../domain/identifiers.ts'

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

/** What handling a request ends in. Refused, nothing of it may stay; the same id may come right later. */
export type Outcome<Reply> =
  | { kind: 'answered'; reply: Reply }
  | { kind: 'refused'; status: number; problem: string }

type Doing<Work> = (work: Work) => Promise<Outcome<unknown>>
export type OnceOnly<Work> = (
  request: Request & { at: number },
  doing: Doing<Work>,
) => Promise<Answer>

/** A row of the table `requests`. */
export type RequestRow = {
  request: RequestId
  kiosk: KioskNumber
  name: string
  /** Of name and content. */
  hash: string
  /** As JSON. */
  reply: string
  at: number
}

/**
 * Where the replies are kept. What `transact` was handed is what the work is done with, and what `keep` writes with: the
 * work of a transaction where all of a request is done in one, so that its effect and its reply are there together.
 */
export type Replies<Work> = {
  /** Without waiting for any transaction; or with what one has in its hands. */
  find: (request: RequestId, work?: Work) => Promise<Pick<RequestRow, 'hash' | 'reply'> | undefined>
  transact: <Result>(work: (work: Work) => Promise<Result>) => Promise<Result>
  keep: (work: Work, row: RequestRow) => Promise<void>
}

/** Remembers what is in work, so that a repeat waits for the first instead of doing it beside it. */
export const onceOnly = <Work>(replies: Replies<Work>): OnceOnly<Work> => {
  const inWork = new Map<RequestId, { hash: string; answer: Promise<Answer> }>()
  return async (request, doing) => {
    const { requestId } = request
    const hash = hashOf(request)
    const running = inWork.get(requestId)
    if (running !== undefined) return running.hash === hash ? running.answer : usedOtherwise
    const answer = doOnce({ replies, request, hash, doing })
    inWork.set(requestId, { hash, answer })
    try {
      return await answer
    } finally {
      inWork.delete(requestId)
    }
  }
}

const doOnce = async <Work>(of: {
  replies: Replies<Work>
  request: Request & { at: number }
  hash: string
  doing: Doing<Work>
}): Promise<Answer> => {
  const { replies, request, hash, doing } = of
  const answeredBefore = async (work?: Work): Promise<Answer | undefined> => {
    const kept = await replies.find(request.requestId, work)
    if (kept === undefined) return undefined
    return kept.hash === hash ? { kind: 'answered', text: kept.reply } : usedOtherwise
  }
  const before = await answeredBefore()
  if (before !== undefined) return before
  try {
    return await replies.transact(async (work): Promise<Answer> => {
      // While this one waited for its turn another process may have done it, or one that is gone may have come to its end.
      const meanwhile = await answeredBefore(work)
      if (meanwhile !== undefined) return meanwhile
      const outcome = await doing(work)
      if (outcome.kind === 'refused') throw new Undone(outcome.status, outcome.problem)
      const reply = JSON.stringify(outcome.reply)
      const { requestId, kiosk, name, at } = request
      await replies.keep(work, { request: requestId, kiosk, name, hash, reply, at })
      return { kind: 'answered', text: reply }
    })
  } catch (error) {
    if (error instanceof Undone) {
      return { kind: 'refused', status: error.status, problem: error.message }
    }
    throw error
  }
}

/** Carries a refusal out of its transaction, which is rolled back by it. */
class Undone extends Error {
  readonly status: number

  constructor(status: number, problem: string) {
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
