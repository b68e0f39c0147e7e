// The front machine as a whole: a message of a terminal in, an answer out, and whatever the bank is still owed sent on.
import type { z } from 'zod'
import { centreMessages, type MessageName } from '../domain/centre-messages.ts'
import {
  frontMessages,
  pendingActionHeader,
  type FrontMessageName,
  type FrontMessages,
} from '../domain/front-messages.ts'
import { KioskNumber } from '../domain/identifiers.ts'
import { problemsOf } from '../domain/schema.ts'
import type { Answered } from '../server/message-server.ts'
import { onceOnly, type Outcome, type Replies } from '../server/once-only.ts'
import { closeDays, type DayMeans } from './closing-day.ts'
import { conditionOf, type Condition } from './condition.ts'
import type { Terminal } from './config.ts'
import { forward, type Centre } from './forwarding.ts'
import type { Means } from './means.ts'
import { paymentState, reversePayment } from './payment-ends.ts'
import { reverseUnanswered } from './payment-answers.ts'
import { pay } from './payments.ts'
import { sending, type Sending, type UnderWay } from './reversing.ts'
import type { Store } from './store.ts'

export type Front = {
  /** Answers the body of a message. Rejects only on a bug or a store that is broken. */
  handle: (name: MessageName | FrontMessageName, body: unknown) => Promise<Answered>
  /** Reverses payments that have lost their answer, and ends the business days that are over; every minute. */
  sweep: () => Promise<void>
  /** Why the front machine cannot work, or null. A bank or a centre that is away is no reason. */
  problem: () => string | null
  condition: () => Promise<Condition>
  /** Lets what is in work end, sends nothing more, and closes the store. Close the line to the bank first. */
  close: () => Promise<void>
}

/** `filesFolder`: where the files of the days are written. Reverses what a stop left open before anything else. */
export const openFront = async (
  given: Means & { centre: Centre; filesFolder: string },
): Promise<Front> => {
  const { store, policy, clock } = given
  const underWay: UnderWay = new Set()
  await reverseUnanswered(given, underWay)
  const means = { ...given, sending: sending(given), underWay }
  await means.sending.begin()
  const once = onceOnly<Store>(repliesIn(store))
  const inWork = new Set<Promise<unknown>>()
  const tracked = async <Result>(work: Promise<Result>): Promise<Result> => {
    inWork.add(work)
    try {
      return await work
    } finally {
      inWork.delete(work)
    }
  }

  const own = async <Name extends FrontMessageName>(
    name: Name,
    body: unknown,
    doing: (asked: AskedOf<Name>) => Promise<Outcome<unknown>>,
  ): Promise<Answered> => {
    const { request }: { request: z.ZodType<AskedOf<Name>> } = requests[name]
    const parsed = request.safeParse(body)
    if (!parsed.success) {
      const secret = name === 'payment' ? withoutPin(body) : body
      return refused(400, problemsOf(parsed.error, secret).slice(0, mostProblems).join('; '))
    }
    const { requestId, kiosk } = parsed.data
    // A repeat may be encrypted anew, and nothing of a PIN is kept.
    const content = withoutPin(parsed.data)
    const answer = await once({ name, requestId, kiosk, content, at: clock.now() }, () =>
      doing(parsed.data),
    )
    return answer.kind === 'answered'
      ? { status: 200, text: answer.text }
      : refused(answer.status, answer.problem)
  }

  const answer = (
    name: MessageName | FrontMessageName,
    body: unknown,
    terminal: Terminal,
  ): Promise<Answered> => {
    switch (name) {
      case 'payment':
        return own(name, body, (asked) => pay(means, terminal, asked))
      case 'paymentReversal':
        return own(name, body, (asked) => reversePayment(means, asked))
      case 'paymentState':
        return own(name, body, (asked) => paymentState(means, asked))
      default:
        return forward(means, name, body)
    }
  }

  return {
    handle: async (name, body) => {
      const terminal = policy.terminals.get(kioskIn(body) ?? nobody)
      if (terminal === undefined) return refused(403, 'kiosk: is not in the list of terminals')
      const given = await tracked(answer(name, body, terminal))
      return { ...given, headers: { [pendingActionHeader]: await pendingOf(store, terminal) } }
    },
    sweep: () => tracked(sweep(means)),
    problem: () => store.broken(),
    condition: () => conditionOf(means),
    close: async () => {
      await means.sending.stop()
      await Promise.allSettled(inWork)
      await store.close()
    },
  }
}

const sweep = async (means: DayMeans & { sending: Sending; underWay: UnderWay }): Promise<void> => {
  for (const row of await reverseUnanswered(means, means.underWay)) void means.sending.take(row)
  await closeDays(means)
}

/** All paths of the front machine: its own, and those of the centre behind it. */
export const allMessages = { ...centreMessages, ...frontMessages }

/** A message that is wrong all over is not answered at length. */
const mostProblems = 10

type AskedOf<Name extends FrontMessageName> = z.infer<FrontMessages[Name]['request']>
const requests: { [Name in FrontMessageName]: { request: z.ZodType<AskedOf<Name>> } } =
  frontMessages

const refused = (status: number, problem: string): Answered => ({
  status,
  text: JSON.stringify({ problem }),
})

/** Of no terminal. */
const nobody = KioskNumber.parse('000000000000')

const kioskIn = (body: unknown): KioskNumber | null => {
  const named = typeof body === 'object' && body !== null ? Reflect.get(body, 'kiosk') : null
  const parsed = KioskNumber.safeParse(named)
  return parsed.success ? parsed.data : null
}

const withoutPin = (content: unknown): unknown =>
  typeof content === 'object' && content !== null ? { ...content, pin: undefined } : content

/**
 * The reply of a payment is kept after the payment has ended in a transaction of its own: a stop between the two loses only a
 * reply that nobody has heard, and the payment, known by its id, gives it again.
 */
const repliesIn = (store: Store): Replies<Store> => ({
  find: (request) =>
    store.read
      .selectFrom('requests')
      .select(['hash', 'reply'])
      .where('request', '=', request)
      .executeTakeFirst(),
  transact: (work) => work(store),
  keep: ({ transact }, row) =>
    transact(async (work) => void (await work.insertInto('requests').values(row).execute())),
})

const pendingOf = async ({ read }: Store, { terminal }: Terminal): Promise<string> => {
  const row = await read
    .selectFrom('pending')
    .select('action')
    .where('terminal', '=', terminal)
    .executeTakeFirst()
  return String(row?.action ?? 0)
}
