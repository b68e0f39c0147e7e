// What a kiosk does with the notes of an acceptor: journals, stacks, credits once, acknowledges; and begins again after a crash.
import type { Minor } from '../../../../domain/money.ts'
import type { NoteAcceptorEvent, NoteCounters } from '../../note-acceptor.ts'
import type { Bench } from './bench.ts'

/** What is on disk: it outlives the kiosk's process. */
export type Books = {
  credited: Minor[]
  /** Notes about which nothing could be learnt within the patience: a person decides. */
  unknown: Minor[]
  /** Stacking was begun and has no outcome yet. */
  open: { note: Minor; counters: NoteCounters | null } | null
  /** Money whose unit did not say how much. */
  nameless: number
}

export type Clerk = ReturnType<typeof clerkAt>

/** How long a write to the journal takes here, and how long a verdict is waited for (state-machines/taking-cash.ts). */
export const clerkDelays = { journalMs: 30, patienceMs: 45_000 }

/** Takes every note it is offered, and keeps its books as money-safety.md 2 and devices.md 2.3 ask. */
export const clerkAt = (it: Bench) => {
  const books: Books = { credited: [], unknown: [], open: null, nameless: 0 }
  let counters: NoteCounters | null = null
  let decides: 'stack' | 'return' | 'nothing' = 'stack'
  /** Between a crash of the kiosk and the next `ready`: what the unit still owes from before. */
  let beginning = false
  /** A crash ends everything that was going to happen. */
  let life = 0
  /** The note on offer; an outcome that comes before the intent is on disk takes it away. */
  let offer = 0

  const later = (delayMs: number, act: () => void) => {
    const mine = life
    it.clock.after(delayMs, () => {
      if (mine === life) act()
    })
  }
  const acknowledge = () =>
    later(clerkDelays.journalMs, () => it.command({ type: 'note.acknowledge' }))
  const awaitVerdict = () => {
    const awaited = books.open
    later(clerkDelays.patienceMs, () => {
      if (awaited === null || books.open !== awaited) return
      books.unknown.push(awaited.note)
      books.open = null
    })
  }
  const credit = (value: Minor | null) => {
    const last = books.credited.at(-1)
    // A credit is acknowledged after it is on disk, so at a start the unit may say again what is there already; it could
    // not take another note before, and no stacking was begun since (devices.md 2.3 rule 2).
    const again = beginning && books.open === null && (value === null || value === last)
    const counted = value ?? books.open?.note ?? null
    goneBack()
    if (!again) {
      if (counted === null) books.nameless += 1
      else books.credited.push(counted)
    }
    acknowledge()
  }
  const goneBack = () => {
    offer += 1
    books.open = null
  }
  const hear = (event: NoteAcceptorEvent) => {
    switch (event.type) {
      case 'note-acceptor.ready':
        beginning = false
        return
      case 'note-acceptor.counted':
        settleByCounters(event.counters)
        counters = event.counters
        return
      case 'note.escrowed': {
        if (decides === 'return') it.command({ type: 'note.return' })
        if (decides !== 'stack') return
        const mine = (offer += 1)
        later(clerkDelays.journalMs, () => {
          if (mine !== offer) return
          books.open = { note: event.value, counters }
          it.command({ type: 'note.stack' })
          awaitVerdict()
        })
        return
      }
      case 'note.stacked':
        return credit(event.value)
      case 'note.found':
        if (event.where === 'stacked') return credit(event.value)
        return goneBack()
      case 'note.returned':
      case 'note.rejected':
        return goneBack()
      default:
        return
    }
  }
  /** Only after a start: a unit that is at rest and has said nothing else says by its counters what became of the note. */
  const settleByCounters = (now: NoteCounters) => {
    const { open } = books
    if (!crashed || open === null || open.counters === null) return
    crashed = false
    const stacked = now.stacked - open.counters.stacked
    if (stacked > 1) return
    if (stacked === 1) books.credited.push(open.note)
    books.open = null
  }
  let crashed = false
  it.listen(hear)

  return {
    books,
    decide: (what: typeof decides) => {
      decides = what
    },
    credited: () => books.credited.reduce<number>((sum, value) => sum + value, 0),
    /** The kiosk's process dies and comes back; what is on disk is all it knows. */
    crash: async ({ downMs = 0 }: { downMs?: number } = {}) => {
      life += 1
      it.stopDriver()
      await it.clock.advance(downMs)
      counters = null
      beginning = true
      crashed = books.open !== null
      await it.restartDriver()
      awaitVerdict()
    },
  }
}
