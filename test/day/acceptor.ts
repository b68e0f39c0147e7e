// A note acceptor at the words of its driver's contract, with a physical truth of its own and every fault the words can tell.
//
// What is inside outlives the kiosk's program: a note moves on, a credit is owed until it is acknowledged, and is told again
// to the next program before `ready` (drivers/note-acceptor/note-acceptor.ts). The bytes of SSP are proven elsewhere.
import { fromCallback } from 'xstate'
import { never } from '../../domain/never.ts'
import { minor, type Minor } from '../../domain/money.ts'
import type { NoteAcceptorFault } from '../../drivers/note-acceptor/faults.ts'
import type {
  NoteAcceptorCommand,
  NoteAcceptorEvent,
  RejectReason,
} from '../../drivers/note-acceptor/note-acceptor.ts'
import type { Life } from './life.ts'
import type { Timeline } from './timeline.ts'

const noteValues = [500, 1_000, 2_000, 5_000, 10_000].map((value) => minor(value))

const ms = {
  start: 600,
  read: 700,
  stack: 900,
  giveBack: 600,
  patience: 8_000,
  quiet: 1_500,
  rest: 5_000,
  silence: 3_000,
  late: 47_000,
}

const hidingNotes: readonly NoteAcceptorFault['kind'][] = [
  'jam',
  'path open',
  'cash box removed',
  'broken',
]

/** Where a note is that is neither the customer's nor in the box. */
type InPath = {
  value: Minor
  at: 'reading' | 'escrow' | 'stacking' | 'returning' | 'stuck'
  /** The program of now was told of it as escrowed. */
  told: boolean
}

/** Money in the box that the kiosk has not acknowledged yet. */
type Owed = { value: Minor | null; how: 'credited' | 'found'; told: boolean }

/** What the next note of its kind meets. */
export type NoteFault =
  /** Refused before escrow. */
  | { kind: 'refused'; why: RejectReason }
  /** The note is stuck on its way in; `credited`: beyond the customer's reach already. */
  | { kind: 'jam'; credited: boolean }
  /** It is stacked, and the word comes so late that nobody waits any more. */
  | { kind: 'late' }
  /** It cannot be stacked and comes back. */
  | { kind: 'cannot stack' }
  /** The power of the unit fails with the note on its way in; 'in': it goes to the box when it is back. */
  | { kind: 'power'; note: 'in' | 'back'; value: 'told' | 'not told' }
  /** The command to stack it never arrives. */
  | { kind: 'command lost' }
  /** The unit takes it without waiting for anybody. */
  | { kind: 'taken unasked' }

type Connection = {
  life: Life
  tell: (event: NoteAcceptorEvent) => void
  ready: boolean
  wanted: readonly Minor[] | null
  closing: boolean
}

export type Acceptor = ReturnType<typeof noteAcceptor>

export const noteAcceptor = (timeline: Timeline) => {
  let path: InPath | null = null
  let owed: Owed | null = null
  let connection: Connection | null = null
  let answering = true
  let counters = { stacked: 0, rejected: 0 }
  const box = new Map<number, number>()
  const faults = new Map<NoteAcceptorFault['kind'], NoteAcceptorFault>()
  let armed: { fault: NoteFault; met: () => void } | null = null
  /** What is in the path moves by one timer at a time; a power cut takes it back. */
  let stopMoving = () => {}

  const after = (delay: number, call: () => void): void => {
    stopMoving()
    stopMoving = timeline.after(delay, call)
  }
  const tell = (event: NoteAcceptorEvent): void => {
    if (connection !== null && answering) connection.tell(event)
  }
  /** The fault of this kind that the note meets here; it is used up by it. */
  const met = <Kind extends NoteFault['kind']>(
    kind: Kind,
  ): Extract<NoteFault, { kind: Kind }> | null => {
    if (armed?.fault.kind !== kind) return null
    const { fault } = armed
    armed.met()
    armed = null
    return fault as Extract<NoteFault, { kind: Kind }>
  }

  // --- what is physically so ---

  const credit = (value: Minor, how: Owed['how'], named: boolean): void => {
    path = null
    intoBox(value)
    owed = { value: named ? value : null, how, told: false }
    tellOwed()
    quiet()
  }
  const tellOwed = (): void => {
    if (owed === null || owed.told || connection === null || !answering) return
    owed.told = true
    if (owed.how === 'credited' && owed.value !== null) {
      tell({ type: 'note.stacked', value: owed.value })
    } else tell({ type: 'note.found', where: 'stacked', value: owed.value })
  }
  const intoBox = (value: Minor): void => {
    box.set(value, (box.get(value) ?? 0) + 1)
    counters = { ...counters, stacked: counters.stacked + 1 }
  }
  const back = (event: NoteAcceptorEvent | null): void => {
    path = null
    if (event !== null) tell(event)
    quiet()
  }
  /** Closed only when nothing moves and nothing is owed. */
  const quiet = (): void => {
    if (connection?.closing !== true || path !== null || owed !== null) return
    const asked = connection
    timeline.after(ms.quiet, () => {
      if (connection !== asked || !asked.closing || path !== null || owed !== null) return
      asked.closing = false
      tell({ type: 'note-acceptor.closed' })
    })
  }
  /** The counters at rest: closed, nothing in the path, nothing owed, no fault that may hide a note. */
  const tally = (): void => {
    const asked = connection
    timeline.after(ms.rest, () => {
      if (connection === null || connection !== asked || !connection.ready || !answering) return
      if (connection.wanted !== null || path !== null || owed !== null) return
      if (hidingNotes.some((kind) => faults.has(kind))) return
      tell({ type: 'note-acceptor.tallied', serialNumber: '1', counters })
    })
  }
  const stack = (note: InPath): void => {
    const { value } = note
    note.at = 'stacking'
    tell({ type: 'note.stacking' })
    const jams = met('jam')
    const power = met('power')
    if (jams !== null) after(300, () => jam(note, jams.credited))
    else if (power !== null) after(300, () => powerFails(note, power))
    else if (met('cannot stack') !== null) {
      note.at = 'returning'
      after(ms.giveBack, () => back({ type: 'note.rejected', why: 'cannot stack' }))
    } else {
      after(met('late') === null ? ms.stack : ms.late, () => credit(value, 'credited', true))
    }
  }
  const jam = (note: InPath, credited: boolean): void => {
    raise({ kind: 'jam', where: credited ? 'safe' : 'unsafe', moneyAtRisk: 'unknown' })
    // Where it is credited it is in the box as soon as a technician has looked; else he takes it in hand.
    note.at = 'stuck'
    if (credited) credit(note.value, 'credited', true)
  }
  const powerFails = (
    note: InPath,
    { note: goes, value }: Extract<NoteFault, { kind: 'power' }>,
  ) => {
    const wasTold = note.told
    goAway()
    path = null
    if (goes === 'in') {
      intoBox(note.value)
      // The driver that told it as escrowed knows which it is (note-taken.ts: tellTaken).
      owed = {
        value: value === 'told' ? note.value : null,
        how: 'found',
        told: false,
      }
      if (wasTold && value === 'told') owed.how = 'credited'
    } else {
      returnedAtPowerUp = { told: wasTold, life: connection?.life ?? null, value: note.value }
    }
    after(ms.silence + 2_000, comeBack)
  }
  let returnedAtPowerUp: { told: boolean; life: Life | null; value: Minor } | null = null

  // --- the line, and who talks over it ---

  const goAway = (): void => {
    if (!answering) return
    raise({ kind: 'not answering', moneyAtRisk: 'unknown' })
    answering = false
    if (connection !== null) connection.ready = false
  }
  const comeBack = (): void => {
    if (answering) return
    answering = true
    if (connection !== null) timeline.after(ms.start, greetingOf(connection))
  }
  const greetingOf = (to: Connection) => (): void => {
    if (connection !== to || !answering || to.ready) return
    // The first command that can touch a note is REJECT, before any poll.
    if (path?.at === 'escrow' || path?.at === 'reading') {
      const { told } = path
      path.at = 'returning'
      const event: NoteAcceptorEvent = told
        ? { type: 'note.returned' }
        : { type: 'note.found', where: 'returned', value: null }
      return after(ms.giveBack, () => {
        back(event)
        greetingOf(to)()
      })
    }
    if (path !== null && path.at !== 'stuck') {
      timeline.after(500, greetingOf(to))
      return
    }
    if (returnedAtPowerUp !== null) {
      const { told, life, value } = returnedAtPowerUp
      returnedAtPowerUp = null
      tell(
        told && life === to.life
          ? { type: 'note.returned' }
          : { type: 'note.found', where: 'returned', value },
      )
    }
    tellOwed()
    clear('not answering')
    to.ready = true
    tell({
      type: 'note-acceptor.ready',
      unit: { serialNumber: '1', firmware: 'day', currency: 'CNY', values: noteValues },
    })
    tell({ type: 'note-acceptor.counted', counters })
    for (const [, fault] of faults) tell({ type: 'note-acceptor.failed', fault })
    if (to.wanted !== null) tell({ type: 'note-acceptor.opened' })
    quiet()
    tally()
  }
  const raise = (fault: NoteAcceptorFault): void => {
    faults.set(fault.kind, fault)
    tell({ type: 'note-acceptor.failed', fault })
  }
  const clear = (kind: NoteAcceptorFault['kind']): void => {
    if (!faults.delete(kind)) return
    tell({ type: 'note-acceptor.cleared', fault: kind })
  }

  const obey = (from: Connection, command: NoteAcceptorCommand): void => {
    if (connection !== from) return
    switch (command.type) {
      case 'note-acceptor.open':
        from.wanted = command.values
        from.closing = false
        if (from.ready) tell({ type: 'note-acceptor.opened' })
        break
      case 'note-acceptor.close':
        from.wanted = null
        from.closing = true
        if (path?.at === 'escrow') giveBack(path)
        quiet()
        tally()
        break
      case 'note.stack':
        if (path?.at !== 'escrow' || !path.told || !answering) break
        if (met('command lost') === null) stack(path)
        break
      case 'note.return':
        if (path?.at === 'escrow' && path.told && answering) giveBack(path)
        break
      case 'note.acknowledge':
        if (owed === null || !owed.told) break
        owed = null
        tell({ type: 'note-acceptor.counted', counters })
        quiet()
        tally()
        break
      default:
        never(command)
    }
  }
  const giveBack = (note: InPath): void => {
    note.at = 'returning'
    after(ms.giveBack, () =>
      back(
        note.told ? { type: 'note.returned' } : { type: 'note.rejected', why: 'not accepted now' },
      ),
    )
  }

  const read = (note: InPath): void => {
    if (connection === null || !connection.ready || connection.wanted === null) {
      note.at = 'returning'
      return after(ms.giveBack, () => back({ type: 'note.rejected', why: 'not accepted now' }))
    }
    const refused = met('refused')
    if (refused !== null) {
      const { why } = refused
      counters = { ...counters, rejected: counters.rejected + 1 }
      note.at = 'returning'
      return after(ms.giveBack, () => back({ type: 'note.rejected', why }))
    }
    if (met('taken unasked') !== null) return credit(note.value, 'credited', true)
    note.at = 'escrow'
    note.told = answering
    tell({ type: 'note-acceptor.counted', counters })
    tell({ type: 'note.escrowed', value: note.value })
    if (note.at === 'escrow') {
      after(ms.patience, () => {
        note.at = 'returning'
        back({ type: 'note.rejected', why: 'held too long' })
      })
    }
    return undefined
  }

  return {
    /** The driver of one life of the program. */
    driver: (life: Life) =>
      fromCallback<NoteAcceptorCommand>(({ sendBack, receive }) => {
        const own: Connection = {
          life,
          tell: (event) => life.hear(() => sendBack(event)),
          ready: false,
          wanted: null,
          closing: false,
        }
        connection = own
        if (owed !== null) owed.told = false
        if (path !== null) path.told = false
        receive((command) => life.tell(() => obey(own, command)))
        if (answering) timeline.after(ms.start, greetingOf(own))
        else
          timeline.after(ms.silence, () =>
            own.tell({
              type: 'note-acceptor.failed',
              fault: { kind: 'not answering', moneyAtRisk: 'unknown' },
            }),
          )
        return () => {
          if (connection === own) connection = null
        }
      }),
    /** Whether it would draw a note in now. */
    takes: (): boolean =>
      answering &&
      path === null &&
      owed === null &&
      connection?.ready === true &&
      connection.wanted !== null &&
      connection.life.alive() &&
      ![...faults.keys()].some((kind) => kind !== 'fraud attempt'),
    /** A customer holds a note to the slot. */
    insert: (value: number): boolean => {
      if (!answering || path !== null || owed !== null || connection?.ready !== true) return false
      if (connection.wanted === null) return false
      path = { value: minor(value), at: 'reading', told: false }
      tell({ type: 'note.reading' })
      const note = path
      after(ms.read, () => read(note))
      return true
    },
    /** The customer pulls at a note that is in escrow. */
    pullBack: (): void => {
      if (path?.at !== 'escrow' && path?.at !== 'reading') return
      stopMoving()
      back({ type: 'note.rejected', why: 'pulled back' })
    },
    /** The next note meets this. */
    meet: (fault: NoteFault, onMet: () => void): void => {
      armed = { fault, met: onMet }
    },
    raise,
    clear,
    goAway,
    comeBack,
    /** A note that nobody knows of gets into the box; the unit says so, with or without its value. */
    takeUnseen: (value: number, named: boolean): boolean => {
      if (path !== null || owed !== null || !answering || connection?.ready !== true) return false
      credit(minor(value), 'found', named)
      return true
    },
    /** Its power goes with that of the kiosk. */
    cutPower: (into: 'box' | 'front'): void => {
      stopMoving()
      if (path === null) return
      const note = path
      path = null
      const stacks = note.at === 'stacking' && into === 'box'
      if (stacks) {
        intoBox(note.value)
        owed = { value: note.value, how: 'found', told: false }
      } else if (note.at !== 'stuck')
        returnedAtPowerUp = { told: false, life: null, value: note.value }
    },
    /** A technician has been there: whatever stuck is out, the box is in, everything is well. */
    mend: (): void => {
      armed = null
      if (path?.at === 'stuck') path = null
      for (const kind of faults.keys()) if (kind !== 'not answering') clear(kind)
      comeBack()
      quiet()
    },
    /** Nothing moves and nothing is owed. */
    atRest: (): boolean =>
      answering && path === null && owed === null && connection?.ready === true,
    /** Notes that are the kiosk's for good. */
    truth: (): { value: number; count: number }[] =>
      [...box].map(([value, count]) => ({ value, count })),
    /** A note in the box that the kiosk has not acknowledged. */
    owes: (): boolean => owed !== null,
  }
}
