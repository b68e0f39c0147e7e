// The centre of a day and the line to it: production code on SQLite in memory, and everything that happens to a message.
import type { DatabaseSync } from 'node:sqlite'
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { ReceiptKey } from '../../centre/card-security/receipt-key.ts'
import { softwareCardSecurity } from '../../centre/card-security/software.ts'
import { openCentre, type Centre } from '../../centre/centre.ts'
import { importTown } from '../../centre/importing/importing.ts'
import { openStore, type Store } from '../../centre/store.ts'
import { centreMessages, type MessageName } from '../../domain/centre-messages.ts'
import { never } from '../../domain/never.ts'
import type { Town } from '../../kiosk/bench/town/town.ts'
import type { Chance } from './chance.ts'
import type { Life } from './life.ts'
import type { Timeline } from './timeline.ts'

/** What a message meets on its way; each is used up by one. */
export type LineFault =
  | 'request lost'
  | 'answer lost'
  /** The answer comes when the kiosk has given up waiting for it. */
  | 'answer late'
  /** It arrives twice, at the same moment. */
  | 'doubled'
  /** It arrives again much later, when everything is over. */
  | 'again later'
  /** The centre's program ends in the middle: nothing is done, or all is done and not said. */
  | 'centre ends before'
  | 'centre ends after'

/** One try is given up after 5 s; this is more. */
const lateMs = 6_500
const centreDownMs = 4_000
const muchLaterMs = 30_000

const paths = new Map<string, MessageName>(
  (Object.keys(centreMessages) as MessageName[]).map((name) => [centreMessages[name].path, name]),
)

export type DayCentre = Awaited<ReturnType<typeof dayCentre>>

export const dayCentre = async (of: {
  timeline: Timeline
  chance: Chance
  town: Town
  /** In memory; the auditor looks into it. */
  database: DatabaseSync
}) => {
  const { timeline, chance, town, database } = of
  const means = {
    policy: town.policy,
    security: softwareCardSecurity({ keys: town.keyFile, receiptKey: receiptKeyOf(chance) }),
    random: chance.bytes,
  }
  const store: Store = await openStore({ kind: 'memory', database })
  const imported = await importTown({ store, input: town.import, now: timeline.now(), ...means })
  if (imported.kind === 'problems') throw new Error(imported.problems.join('\n'))
  /** A transaction in which the program ends is rolled back, as SQLite does at the next start. */
  let endsInWork = false
  const fragile: Store = {
    ...store,
    transact: (work) =>
      store.transact(async (inWork) => {
        const result = await work(inWork)
        if (endsInWork) throw new ProgramEnded()
        return result
      }),
  }
  const open = (): Centre => openCentre({ store: fragile, now: timeline.now, ...means })
  let centre = open()
  let downUntil = 0
  let away = false
  const faults: { fault: LineFault; in: number; met: () => void }[] = []

  const faultNow = (): LineFault | null => {
    for (const each of faults) each.in--
    const at = faults.findIndex((each) => each.in <= 0)
    if (at === -1) return null
    const [found] = faults.splice(at, 1)
    found?.met()
    return found?.fault ?? null
  }
  const isDown = (): boolean => away || timeline.monotonic() < downUntil
  const restart = (): void => {
    downUntil = timeline.monotonic() + centreDownMs
    centre = open()
  }
  const handle = async (name: MessageName, body: string): Promise<Response> => {
    const { status, text } = await centre.handle(name, JSON.parse(body))
    return answerOf(status, text)
  }
  const pause = (ms: number) => new Promise<void>((resolve) => void timeline.after(ms, resolve))

  const carry = async (name: MessageName, body: string): Promise<Response> => {
    if (isDown()) throw lineError('connect', 'ECONNREFUSED')
    const fault = faultNow()
    switch (fault) {
      case null:
        return handle(name, body)
      case 'request lost':
        throw lineError('read', 'ECONNRESET')
      case 'answer lost':
        await handle(name, body)
        throw lineError('read', 'ECONNRESET')
      case 'answer late': {
        const answer = await handle(name, body)
        await pause(lateMs)
        return answer
      }
      case 'doubled':
        return (await Promise.all([handle(name, body), handle(name, body)]))[0]
      case 'again later':
        timeline.after(muchLaterMs, () => {
          if (!isDown()) handle(name, body).catch(() => undefined)
        })
        return handle(name, body)
      case 'centre ends before':
        endsInWork = true
        await handle(name, body).catch(() => undefined)
        endsInWork = false
        restart()
        throw lineError('read', 'ECONNRESET')
      case 'centre ends after':
        await handle(name, body)
        restart()
        throw lineError('read', 'ECONNRESET')
      default:
        return never(fault)
    }
  }

  return {
    store,
    /** `fetch` as one life of a kiosk has it. */
    fetchFor:
      (life: Life): typeof fetch =>
      (input, init) => {
        const name = paths.get(new URL(input instanceof Request ? input.url : input).pathname)
        const body = init?.body
        if (name === undefined || typeof body !== 'string') throw new Error('no such message')
        return life.act(() => abortable(init?.signal ?? null, () => carry(name, body)))
      },
    /** The so-many-th message from now meets this. */
    meet: (fault: LineFault, inMessages: number, met: () => void): void => {
      faults.push({ fault, in: inMessages, met })
    },
    goAway: (): void => {
      away = true
    },
    /** Back, and nothing waits on the line. */
    mend: (): void => {
      away = false
      downUntil = 0
      faults.length = 0
    },
    sweep: () => centre.sweep(),
    close: () => centre.close(),
  }
}

class ProgramEnded extends Error {}

const abortable = async (
  signal: AbortSignal | null,
  carry: () => Promise<Response>,
): Promise<Response> => {
  if (signal === null) return carry()
  if (signal.aborted) throw new Error('aborted')
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(new Error('aborted'))
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([carry(), aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** What the centre client reads of an answer, without the streams of a real one. */
const answerOf = (status: number, text: string): Response => {
  const body = {
    *[Symbol.iterator]() {
      yield Buffer.from(text)
    },
  }
  return { status, ok: status >= 200 && status < 300, body } as unknown as Response
}

const lineError = (syscall: string, code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { syscall, code }) })

/** An Ed25519 key made of chance (RFC 8410: a PKCS #8 prefix and 32 bytes). */
const receiptKeyOf = (chance: Chance): ReceiptKey => {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
  const key = createPrivateKey({
    key: Buffer.concat([prefix, chance.bytes(32)]),
    format: 'der',
    type: 'pkcs8',
  })
  return {
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64url'),
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
  }
}
