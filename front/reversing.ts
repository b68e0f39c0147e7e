// Sends what must reach the bank until it is answered: reversals and advices, in order of each terminal (domain.md 13.3).
//
// A message is in the queue, on disk, before this sends it. First as 0420 (0220), then as 0421 (0221): after 10, 20, 40, 80,
// 160 s and then every 300 s without end. After six times a person hears of it. Only the bank's answer ends it.
import type { PaymentId } from '../domain/identifiers.ts'
import { never } from '../domain/never.ts'
import { meaningOf } from './iso8583/responses.ts'
import { asRepeat } from './bank-messages.ts'
import { deadlines, type Means } from './means.ts'
import { listForPeople } from './payment-book.ts'
import { endByAnswer, keepLateAnswer, keepPendingAction, messageOf } from './queue-answers.ts'
import { openInQueue, queued, type QueueRow, type Turn } from './queue.ts'

export const sendingDelays = {
  /** After the first time, the second, and so on; then always the last. */
  repeatMs: [10_000, 20_000, 40_000, 80_000, 160_000, 300_000],
  /** A terminal that wants to pay waits no longer than this for a reversal before it. */
  beforePaymentMs: 10_000,
}

/** After so many times without an answer a person is told. */
const triesAlone = 6

/** Payments whose answer somebody in this program is still waiting for. */
export type UnderWay = Set<PaymentId>

export type Sending = {
  /** Takes up what is open from before. */
  begin: () => Promise<void>
  /** A message that has just been put into the queue. Resolves when it was tried once. */
  take: (row: Pick<QueueRow, 'number' | 'terminal'>) => Promise<void>
  /** Sends the reversals of a terminal that are open; whether all of them were answered. Within `inTurn` only. */
  clear: (terminal: string) => Promise<boolean>
  /** One thing at a time for a terminal, in the order asked. */
  inTurn: <Result>(terminal: string, doing: () => Promise<Result>) => Promise<Result>
  /** Sends nothing more, and waits for what is under way. */
  stop: () => Promise<void>
}

export const sending = (means: Means): Sending => {
  const { store, line, clock } = means
  const inTurn = turns()
  const wakes = new Map<number, () => void>()
  const running = new Set<Promise<void>>()
  const ended = new AbortController()
  const turn = { ...means, ended: ended.signal }

  const pause = (number: number, ms: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const takeBack = clock.after(ms, resolve)
    wakes.set(number, () => {
      takeBack()
      resolve()
    })
    return promise
  }

  const pursue = async (
    { number, terminal }: Pick<QueueRow, 'number' | 'terminal'>,
    tried: () => void,
  ): Promise<void> => {
    for (let over = false; !over;) {
      let nextTime: Promise<void> | null = null
      const began = (ms: number): void => {
        nextTime = pause(number, ms)
      }
      over = await inTurn(terminal, () => attempt(turn, number, began)).catch((error: unknown) => {
        means.alarm('a message of the queue could not be sent', { number, err: error })
        // Only another start helps a store that is broken; anything else may be over the next time.
        return store.broken() !== null
      })
      tried()
      if (!over) await (nextTime ?? pause(number, sendingDelays.beforePaymentMs))
    }
    // Takes the timer of a next time back that there is not going to be.
    wakes.get(number)?.()
    wakes.delete(number)
  }

  const take: Sending['take'] = (row) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const pursued = pursue(row, resolve)
    running.add(pursued)
    void pursued.finally(() => running.delete(pursued))
    return promise
  }

  const wakeAll = () => wakes.forEach((wake) => wake())
  line.onState((state) => {
    if (state === 'signed on') wakeAll()
  })
  line.onLate((late) => {
    store
      .transact((work) => keepLateAnswer({ ...turnOf(means), work }, late))
      .then((number) => number !== null && wakes.get(number)?.())
      .catch((error: unknown) => means.alarm('a late answer could not be kept', { err: error }))
  })

  return {
    begin: async () => {
      for (const row of await openInQueue(store.read)) void take(row)
    },
    take,
    clear: async (terminal) => {
      for (const { number } of await openInQueue(store.read, { terminal, kind: 'reversal' })) {
        if (!(await attempt(turn, number, () => {}, sendingDelays.beforePaymentMs))) return false
      }
      return true
    },
    inTurn,
    stop: async () => {
      ended.abort()
      wakeAll()
      await Promise.all(running)
    },
  }
}

/** One try. `began` hears how long it is to the next one, counted from when this one goes out. True when it was the last. */
const attempt = async (
  means: Means & { ended: AbortSignal },
  number: number,
  began: (ms: number) => void,
  mostMs = deadlines.bankMs,
): Promise<boolean> => {
  const { store, line, ended } = means
  if (ended.aborted) return true
  const [first = 0] = sendingDelays.repeatMs
  if (line.state() !== 'signed on') {
    // The line says when it is there again; this is only in case it does not.
    began(first)
    return (await store.transact((work) => queued(work, number)))?.state !== 'open'
  }
  const row = await store.transact(async (work) => {
    const found = await queued(work, number)
    if (found?.state !== 'open') return null
    await setAttempts(work, number, found.attempts + 1)
    return found
  })
  if (row === null) return true
  const gapMs = gapAfter(row.attempts)
  began(gapMs)
  const message = row.attempts === 0 ? messageOf(row) : asRepeat(messageOf(row))
  const answer = await line.ask(message, Math.min(gapMs, mostMs))
  return store.transact(async (work) => {
    const turn = { ...turnOf(means), work }
    switch (answer.kind) {
      case 'away':
        // It was not sent, so it does not count.
        await setAttempts(work, number, row.attempts)
        return false
      case 'answered': {
        await keepPendingAction(turn, row.terminal, answer.message)
        const { 39: code } = answer.message.fields
        if (await endByAnswer(turn, row, code)) return true
        means.alarm('the bank refuses an advice', { payment: row.payment, says: meaningOf(code) })
        return toldAfter(means, turn, row)
      }
      case 'unknown':
        return toldAfter(means, turn, row)
      default:
        return never(answer)
    }
  })
}

/** Not over. The sixth time somebody hears of it. */
const toldAfter = async (means: Means, turn: Turn, row: QueueRow): Promise<false> => {
  const tries = row.attempts + 1
  if (tries === triesAlone) {
    const why = `${row.kind} without an answer, sent ${tries} times and sent on`
    await listForPeople(turn.work, { subject: row.payment, why, at: turn.now })
    means.alarm('the bank does not answer', { payment: row.payment, kind: row.kind, tries })
  }
  return false
}

const gapAfter = (attempts: number): number => {
  const { repeatMs } = sendingDelays
  return repeatMs[Math.min(attempts, repeatMs.length - 1)] ?? deadlines.bankMs
}

const setAttempts = async (work: Turn['work'], number: number, attempts: number): Promise<void> => {
  await work.updateTable('queue').set({ attempts }).where('number', '=', number).execute()
}

const turnOf = ({ clock, policy }: Means): Omit<Turn, 'work'> => ({ now: clock.now(), policy })

/** What is to be done one after the other, by name. */
const turns = (): Sending['inTurn'] => {
  const last = new Map<string, Promise<unknown>>()
  return async (name, doing) => {
    const before = last.get(name) ?? Promise.resolve()
    const mine = before.then(doing, doing)
    last.set(name, mine)
    try {
      return await mine
    } finally {
      if (last.get(name) === mine) last.delete(name)
    }
  }
}
