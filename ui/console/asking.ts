// Everything the pages ask of the centre and have done there, typed by the contract (domain/console/contract.ts).
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { DeedName, Deeds, QuestionName, Questions } from '../../domain/console/contract.ts'
import { sentenceOf } from './refusals/wording.ts'
import { ended, me } from './signed-in.ts'
import { words } from './texts/words.ts'

export type Answer<Told> =
  | { kind: 'waiting' }
  /** Not `fresh`: told before, and being asked again; or the centre cannot be reached just now. */
  | { kind: 'told'; told: Told; fresh: boolean }
  | { kind: 'refused'; problem: string }

export type Performed<Told> = { kind: 'told'; told: Told } | { kind: 'refused'; problem: string }

type Reply<Told> =
  | { kind: 'told'; told: Told }
  | { kind: 'refused'; status: number; problem: string }
  /** Nobody knows whether it arrived. */
  | { kind: 'unreached' }

/** Questions that a person waits for: the wire shows them. What refreshes itself is not counted. */
export const waitingFor = signal(0)

/** Since when the centre cannot be reached, ms since 1970; null: it answers. */
export const silentSince = signal<number | null>(null)

/** Goes up with every deed: what is shown is asked again. */
const round = signal(0)
export const askAgain = (): void => {
  round.value = round.peek() + 1
}

/**
 * Asks, and asks again when `asked` changes, after every deed, and `everyMs` while the page is looked at. What was told stays
 * until something newer is told, so that nothing jumps.
 */
export const useAnswer = <Name extends QuestionName>(
  name: Name,
  asked: Questions[Name]['asked'],
  { everyMs }: { everyMs?: number | undefined } = {},
): Answer<Questions[Name]['told']> => {
  type Told = Questions[Name]['told']
  const [answer, setAnswer] = useState<Answer<Told>>({ kind: 'waiting' })
  const address = addressOf(name, asked)
  const again = round.value

  useEffect(() => {
    const leaving = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = () => {
      if (everyMs === undefined || leaving.signal.aborted) return
      timer = setTimeout(() => {
        if (document.hidden) later()
        else void ask(false)
      }, everyMs)
    }
    const ask = async (waitedFor: boolean): Promise<void> => {
      if (waitedFor) waitingFor.value += 1
      const reply = await reach<Told>(address, {
        signal: leaving.signal,
        ...(waitedFor ? {} : { headers: unattended }),
      })
      if (waitedFor) waitingFor.value -= 1
      if (leaving.signal.aborted) return
      setAnswer((before) => after(before, reply))
      later()
    }
    setAnswer((before) => (before.kind === 'told' ? { ...before, fresh: false } : before))
    void ask(true)
    return () => {
      leaving.abort()
      clearTimeout(timer)
    }
  }, [address, everyMs, again])

  return answer
}

const after = <Told>(before: Answer<Told>, reply: Reply<Told>): Answer<Told> => {
  if (reply.kind === 'told') return { ...reply, fresh: true }
  if (reply.kind === 'refused') {
    return { kind: 'refused', problem: reply.problem }
  }
  if (before.kind === 'told') return { ...before, fresh: false }
  return { kind: 'refused', problem: words().parts.unreached }
}

/** A deed of which nobody knows whether it arrived keeps its id, so that asking for the same once more does it once. */
const undecided = new Map<string, string>()

/** Has something done. Whoever asks for the same again after a broken line has it done once. */
export const perform = async <Name extends DeedName>(
  name: Name,
  asked: Omit<Deeds[Name]['asked'], 'deedId'>,
): Promise<Performed<Deeds[Name]['told']>> => {
  const what = `${name} ${JSON.stringify(asked)}`
  const deedId = undecided.get(what) ?? crypto.randomUUID()
  undecided.set(what, deedId)
  waitingFor.value += 1
  const reply = await reach<Deeds[Name]['told']>(`/api/${name}`, posted({ ...asked, deedId }))
  waitingFor.value -= 1
  if (reply.kind === 'unreached') return { kind: 'refused', problem: words().parts.unknownOutcome }
  // A centre that failed may have failed after it was done.
  if (reply.kind === 'refused' && reply.status >= 500) {
    return { kind: 'refused', problem: words().parts.unknownOutcome }
  }
  undecided.delete(what)
  if (reply.kind === 'refused') return { kind: 'refused', problem: reply.problem }
  askAgain()
  return reply
}

/** A request that changes something: it carries what only this page knows. */
export const posted = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-csrf': me.peek()?.csrf ?? '' },
  body: JSON.stringify(body),
})

/** Nobody pressed anything: whoever has left their desk is not kept signed in by a page that refreshes itself. */
export const unattended = { 'x-unattended': 'yes' } as const

/** One request. A session that has ended shows the sign-in over whatever page this is. */
export const reach = async <Told>(
  address: string,
  init: RequestInit = {},
): Promise<Reply<Told>> => {
  try {
    const response = await fetch(address, init)
    if (response.status === 401) ended()
    const reply = await response.json()
    silentSince.value = null
    if (response.ok) return { kind: 'told', told: reply }
    return { kind: 'refused', status: response.status, problem: sentenceOf(reply.refusal) }
  } catch (failure) {
    if (!(failure instanceof DOMException && failure.name === 'AbortError')) {
      silentSince.value ??= Date.now()
    }
    return { kind: 'unreached' }
  }
}

type Asked = Record<string, unknown>

/** `GET /api/NAME?…`: an array is its key several times; what is undefined or null is left out. */
const addressOf = (name: string, asked: Asked): string => {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(asked)) {
    for (const each of [value ?? []].flat()) {
      query.append(key, typeof each === 'string' ? each : JSON.stringify(each))
    }
  }
  const text = query.toString()
  return `/api/${name}${text === '' ? '' : `?${text}`}`
}

/** A file the centre makes for the same question, as a link to download. */
export const addressOfFile = (name: string, asked: Asked): string => addressOf(name, asked)
