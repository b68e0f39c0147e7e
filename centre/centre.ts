// The centre as a whole: a message in, an answer out, each done once and in one transaction.
import type { z } from 'zod'
import {
  centreMessages,
  type Answered,
  type CentreMessages,
  type MessageName,
} from '../domain/centre-messages.ts'
import type { RequestId } from '../domain/identifiers.ts'
import { problemsOf } from '../domain/schema.ts'
import type { Answer } from '../server/once-only.ts'
import { raise, type Alarm } from './alarms.ts'
import { redeemClaim } from './claims.ts'
import { closing } from './closings.ts'
import { insertion } from './insertions.ts'
import { journalNotesInBooks } from './journal-notes.ts'
import { journal } from './journals.ts'
import { lookNonces } from './nonces.ts'
import { orderState } from './order-asked-about.ts'
import { order } from './orders.ts'
import type { Outcome } from './outcome.ts'
import { giveUpOverdue } from './overdue.ts'
import { proof, settleNonce } from './proofs.ts'
import { quote } from './quotes.ts'
import { onceOnly } from './requests.ts'
import { returnOrder } from './returns.ts'
import { script } from './scripts.ts'
import type { Store } from './store.ts'
import type { Means, Turn } from './turn.ts'
import { undo } from './undos.ts'

export type Centre = {
  /** Answers the body of a message: HTTP status and JSON. Rejects only on a bug or a store that is broken. */
  handle: (name: MessageName, body: unknown) => Promise<{ status: number; text: string }>
  /** Gives up the orders whose report is overdue, and compares notes of journals with the books; every few seconds. */
  sweep: () => Promise<void>
  /** Why the centre cannot work, or null. */
  problem: () => string | null
  /** What checks the signature on a receipt: Ed25519, PEM. */
  receiptKey: string
  /** Lets what is in work end, and closes the store. */
  close: () => Promise<void>
}

/** `now` in ms since 1970. */
export const openCentre = ({
  store,
  now,
  ...means
}: Means & { store: Store; now: () => number }): Centre => {
  const once = onceOnly(store)
  const inWork = new Set<Promise<unknown>>()
  const tracked = async <Result>(work: Promise<Result>): Promise<Result> => {
    inWork.add(work)
    try {
      return await work
    } finally {
      inWork.delete(work)
    }
  }

  const answer = async (name: MessageName, body: unknown): Promise<Answer> => {
    const parsed = messages[name](body)
    if (parsed.kind === 'wrong') return { kind: 'refused', status: 400, problem: parsed.problem }
    const { requestId, kiosk } = parsed.content
    if (!(await isKnown(store, kiosk))) {
      return { kind: 'refused', status: 403, problem: 'kiosk: is not known here' }
    }
    const at = now()
    // What a refusal raises must outlive its transaction, which is rolled back.
    let alarm: Alarm | undefined
    const given = await once(
      { name, requestId, kiosk, content: parsed.content, at },
      async (work) => {
        const outcome = await parsed.handle({ ...means, work, now: at, kiosk })
        alarm = outcome.kind === 'refused' ? outcome.alarm : undefined
        return outcome
      },
    )
    const raised: Alarm | undefined = alarm
    if (raised !== undefined) await store.transact((work) => raise(work, raised))
    return given
  }

  return {
    handle: async (name, body) => {
      const given = await tracked(answer(name, body))
      return given.kind === 'answered'
        ? { status: 200, text: given.text }
        : { status: given.status, text: JSON.stringify({ problem: given.problem }) }
    },
    sweep: () =>
      tracked(
        store.transact(async (work) => {
          const turn = { work, now: now() }
          await giveUpOverdue(turn)
          await journalNotesInBooks(turn)
        }),
      ),
    problem: () => store.broken(),
    receiptKey: means.security.receiptKey,
    close: async () => {
      await Promise.allSettled(inWork)
      await store.close()
    },
  }
}

/** A message that is wrong all over is not answered at length. */
const mostProblems = 10

type AskedOf<Name extends MessageName> = z.infer<CentreMessages[Name]['request']>

const requests: { [Name in MessageName]: { request: z.ZodType<AskedOf<Name>> } } = centreMessages

type Parsed =
  | {
      kind: 'parsed'
      content: { requestId: RequestId; kiosk: Turn['kiosk'] }
      handle: (turn: Turn) => Promise<Outcome<unknown>>
    }
  | { kind: 'wrong'; problem: string }

/** Reads the body of a message and hands it to what answers it. */
const read =
  <Name extends MessageName>(
    name: Name,
    answer: (turn: Turn, asked: AskedOf<Name>) => Promise<Outcome<Answered<Name>>>,
  ) =>
  (body: unknown): Parsed => {
    const parsed = requests[name].request.safeParse(body)
    if (!parsed.success) {
      const problem = problemsOf(parsed.error, body).slice(0, mostProblems).join('; ')
      return { kind: 'wrong', problem }
    }
    const content = parsed.data
    return { kind: 'parsed', content, handle: (turn) => answer(turn, content) }
  }

const messages: Record<MessageName, (body: unknown) => Parsed> = {
  lookNonces: read('lookNonces', lookNonces),
  insertion: read('insertion', insertion),
  quote: read('quote', quote),
  order: read('order', order),
  script: read('script', script),
  settleNonce: read('settleNonce', settleNonce),
  proof: read('proof', proof),
  undo: read('undo', undo),
  return: read('return', returnOrder),
  orderState: read('orderState', orderState),
  claim: read('claim', redeemClaim),
  closing: read('closing', closing),
  journal: read('journal', journal),
}

const isKnown = async ({ read }: Store, kiosk: Turn['kiosk']): Promise<boolean> =>
  (await read
    .selectFrom('kiosks')
    .select('kiosk')
    .where('kiosk', '=', kiosk)
    .executeTakeFirst()) !== undefined
