// Every message of the centre goes there unchanged and its answer comes back unchanged; what passes is looked at on the way.
import type { z } from 'zod'
import { centreMessages, type Answered, type MessageName } from '../domain/centre-messages.ts'
import { neverSent, wordsOf } from '../domain/failed-fetch.ts'
import type { Answered as Sent } from '../server/message-server.ts'
import { deadlines, type Means } from './means.ts'
import { watches, type AskedOf, type Queued, type Watch } from './passing.ts'
import type { Turn } from './queue.ts'
import type { Sending } from './reversing.ts'

export type Centre = { url: string; fetch: typeof fetch }

type Forwarding = Means & { sending: Sending; centre: Centre }

/**
 * Status and text as the centre gave them. 502: it has certainly not been asked. 504: perhaps, and there is no answer;
 * whoever asked repeats it under the same id.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- words and watch are of this very message
export const forward = <Name extends MessageName>(
  means: Forwarding,
  name: Name,
  body: unknown,
): Promise<Sent> => {
  const { request, reply }: Words<Name> = words[name]
  const parsed = request.safeParse(body)
  // The centre says best what is wrong with it.
  if (!parsed.success) return ask(means, name, body).then(({ sent }) => sent)
  return watched(means, { name, body, asked: parsed.data, reply })
}

type Words<Name extends MessageName> = {
  request: z.ZodType<AskedOf<Name>>
  reply: z.ZodType<Answered<Name>>
}
const words: { [Name in MessageName]: Words<Name> } = centreMessages
const watchOf = <Name extends MessageName>(name: Name): Watch<Name> => watches[name] ?? {}

const watched = async <Name extends MessageName>(
  means: Forwarding,
  of: { name: Name; body: unknown; asked: AskedOf<Name>; reply: Words<Name>['reply'] },
): Promise<Sent> => {
  const { name, body, asked } = of
  const { before, notSent, after } = watchOf(name)
  if (before !== undefined) {
    const held = await inBooks(means, (turn, queued) => before(turn, asked, queued))
    if (held !== null) return { status: 200, text: JSON.stringify(held) }
  }
  const { sent, away } = await ask(means, name, body)
  if (away && notSent !== undefined) await inBooks(means, (turn) => notSent(turn, asked))
  if (sent.status !== 200 || after === undefined) return sent
  const reply = of.reply.safeParse(jsonOf(sent.text))
  if (reply.success) await inBooks(means, (turn, queued) => after(turn, asked, reply.data, queued))
  else means.alarm('an answer of the centre cannot be read', { message: name })
  return sent
}

/** A transaction, and what it put into the queue sent after it. */
const inBooks = async <Result>(
  means: Forwarding,
  doing: (turn: Turn & { alarm: Means['alarm'] }, queued: Queued[]) => Promise<Result>,
): Promise<Result> => {
  const { store, clock, policy, alarm, sending } = means
  const queued: Queued[] = []
  const result = await store.transact((work) =>
    doing({ work, now: clock.now(), policy, alarm }, queued),
  )
  for (const row of queued) void sending.take(row)
  return result
}

const ask = async (
  { centre, clock, alarm }: Forwarding,
  name: MessageName,
  body: unknown,
): Promise<{ sent: Sent; away: boolean }> => {
  const limit = new AbortController()
  const inTime = clock.after(deadlines.centreMs, () => limit.abort(new Error('no answer in time')))
  try {
    const response = await centre.fetch(
      `${centre.url.replace(/\/+$/, '')}${centreMessages[name].path}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal: limit.signal,
      },
    )
    const text = await response.text()
    // Our own certificate is not taken: what was asked was not looked at (server/gate.ts).
    if (response.status === 401) {
      alarm('the centre does not take our certificate', { message: name, why: text })
      return { sent: problem(502, 'the centre does not know the front machine'), away: true }
    }
    return { sent: { status: response.status, text }, away: false }
  } catch (error) {
    const away = neverSent(error)
    alarm('the centre does not answer', { message: name, away, why: wordsOf(error) })
    return away
      ? { sent: problem(502, 'the centre is away; it was not asked'), away }
      : { sent: problem(504, 'the centre has not answered; ask again'), away }
  } finally {
    inTime()
  }
}

const problem = (status: number, sentence: string): Sent => ({
  status,
  text: JSON.stringify({ problem: sentence }),
})

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
