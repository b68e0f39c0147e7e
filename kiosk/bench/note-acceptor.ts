// The note acceptor on the bench: a simulated unit on its line, a second unit on the shelf, and the notes people carry away.
import { z } from 'zod'
import { minor, type Minor } from '../../domain/money.ts'
import { never } from '../../domain/never.ts'
import { sspSimulator } from '../../drivers/note-acceptor/ssp/simulator/simulator.ts'
import {
  newUnit,
  type NoteCount,
  type PhysicalTruth,
} from '../../drivers/note-acceptor/ssp/simulator/truth.ts'
import type { Dataset, SimulatorDelays } from '../../drivers/note-acceptor/ssp/simulator/unit.ts'
import type { NoteFault, NotesPanel } from '../../ui/bench/panel.ts'
import { done, refused, type ActDone } from './act.ts'
import { kept } from './kept.ts'
import { serialWire, type WireOptions } from './wire.ts'

/** The unit the kiosk is enrolled with, and the one a thief would screw in instead. */
export const enrolledSerial = '1873452'
const otherSerial = '6660001'

const dataset: Dataset = {
  firmware: '0333',
  currency: 'CNY',
  values: [5, 10, 20, 50, 100],
  multiplier: 1,
}
/** What the acceptor knows, in minor units. */
export const noteValues: Minor[] = dataset.values.map((value) => minor(value * 100))

const Count = z.record(z.string(), z.int().nonnegative())
const Truth: z.ZodType<PhysicalTruth> = z.object({
  serialNumber: z.string(),
  fixedKey: z.string(),
  powered: z.boolean(),
  cashBox: z.object({ in: z.boolean(), full: z.boolean(), notes: Count }),
  note: z
    .object({
      value: z.int().transform((value) => minor(value)),
      where: z.enum(['reading', 'escrow', 'returning', 'stacking', 'credited']),
      acknowledged: z.boolean(),
    })
    .nullable(),
  jam: z.enum(['safe', 'unsafe']).nullable(),
  pathOpen: z.boolean(),
  givenBack: Count,
  takenByHand: Count,
  counters: z.object({
    stacked: z.int(),
    stored: z.int(),
    dispensed: z.int(),
    transferred: z.int(),
    rejected: z.int(),
  }),
})
const Notes = z.object({
  fitted: Truth,
  onShelf: Truth,
  /** Notes that were in a box when it was emptied. */
  collected: Count,
})
type Notes = z.infer<typeof Notes>

export type BenchNoteAcceptor = Awaited<ReturnType<typeof benchNoteAcceptor>>

export const benchNoteAcceptor = async (options: {
  file: string
  wire: Omit<WireOptions, 'attach'>
  /** How long notes move, in milliseconds; as in life unless told. */
  delays?: Partial<SimulatorDelays>
  onChange: () => void
}) => {
  const file = kept(options.file, Notes)
  const notes: Notes = file.read() ?? {
    fitted: newUnit({ serialNumber: enrolledSerial }),
    onShelf: newUnit({ serialNumber: otherSerial }),
    collected: {},
  }
  /** Set while more than one thing changes: then all of it is written at once. */
  let together = false
  const keep = () => {
    if (!together) file.write(notes)
    options.onChange()
  }
  const simulator = sspSimulator({
    truth: notes.fitted,
    dataset,
    ...(options.delays !== undefined && { delays: options.delays }),
    onChange: (truth) => {
      notes.fitted = truth
      keep()
    },
  })
  // Lamp and readiness follow the host's commands, which change nothing physical.
  simulator.behave({
    onCommand: () => {
      setImmediate(options.onChange)
      return undefined
    },
  })
  const wire = await serialWire({ ...options.wire, attach: simulator.attach })
  let silent = false
  const allAtOnce = (change: () => void) => {
    together = true
    change()
    together = false
    keep()
  }
  const emptyBox = () =>
    allAtOnce(() => add(notes.collected, simulator.replaceCashBox({ emptied: true })))
  const setFault = async (fault: NoteFault, on: boolean): Promise<ActDone> => {
    if (faultsOf({ truth: simulator.truth(), silent, wire }).includes(fault) === on) return done
    switch (fault) {
      case 'jam':
        if (on) simulator.jam('unsafe')
        else simulator.clearJam()
        return done
      case 'cash box full':
        if (on) simulator.fillUp()
        else emptyBox()
        return done
      case 'cash box removed':
        if (on) simulator.removeCashBox()
        else simulator.replaceCashBox()
        return done
      case 'swapped unit':
        allAtOnce(() => (notes.onShelf = simulator.swapUnit(notes.onShelf)))
        return done
      case 'unplugged':
        await wire.setPlugged(!on)
        options.onChange()
        return done
      case 'silent':
        silent = on
        if (on) simulator.goSilent()
        else simulator.speakAgain()
        options.onChange()
        return done
      default:
        return never(fault)
    }
  }
  const peopleAt = {
    insert: (value: Minor): ActDone =>
      simulator.insert(value) === 'taken' ? done : refused(whyClosed(simulator.truth())),
    insertBad: (): ActDone =>
      simulator.insert(noteValues[0] ?? 0, { refusedFor: notRecognised }) === 'taken'
        ? done
        : refused(whyClosed(simulator.truth())),
    emptyBox: (): ActDone => {
      const { cashBox, note } = simulator.truth()
      if (!cashBox.in) return refused('The cash box is out already: put it back first.')
      if (note !== null) return refused('A note is on its way: wait until it has arrived.')
      simulator.removeCashBox()
      emptyBox()
      return done
    },
    powerCycle: (): ActDone => {
      simulator.powerCycle()
      return done
    },
    setFault,
  }
  return {
    ...peopleAt,
    port: wire.port,
    panel: (): NotesPanel => {
      const truth = simulator.truth()
      return {
        state: lampOf(truth, simulator.takesNotes()),
        denominations: noteValues,
        inPath: truth.note === null ? null : { value: truth.note.value, where: truth.note.where },
        cashBox: listOf(truth.cashBox.notes),
        faults: faultsOf({ truth, silent, wire }),
      }
    },
    /** Every note that lies in a box now or lay in one when it was emptied, whichever unit it went into. */
    stackedNotes: (): { value: Minor; count: number }[] => {
      const all: NoteCount = {}
      for (const count of [notes.fitted.cashBox.notes, notes.onShelf.cashBox.notes]) add(all, count)
      add(all, notes.collected)
      return listOf(all)
    },
    close: async () => {
      await wire.close()
      simulator.dispose()
    },
  }
}

/** Last reject 02: the sensors did not find a note they know (devices.md 3.2). */
const notRecognised = 0x02

const add = (to: NoteCount, more: NoteCount): void => {
  for (const [value, count] of Object.entries(more)) to[value] = (to[value] ?? 0) + count
}

const listOf = (notes: NoteCount): { value: Minor; count: number }[] =>
  Object.entries(notes)
    .map(([value, count]) => ({ value: minor(Number(value)), count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.value - b.value)

const lampOf = (truth: PhysicalTruth, takesNotes: boolean): NotesPanel['state'] => {
  if (!truth.powered) return 'off'
  if (truth.note !== null) return 'busy'
  return takesNotes ? 'open' : 'closed'
}

const whyClosed = ({ powered, note, jam, cashBox }: PhysicalTruth): string => {
  if (!powered) return 'The note acceptor has no power.'
  if (jam !== null) return 'A note is jammed in the slot.'
  if (note !== null) return 'The slot is busy with the note before: one moment.'
  if (!cashBox.in) return 'The slot is shut: its cash box is out.'
  return 'The slot is shut: the kiosk opens it when a customer chose to pay with notes.'
}

const faultsOf = (at: {
  truth: PhysicalTruth
  silent: boolean
  wire: { plugged(): boolean }
}): NoteFault[] => {
  const { truth, silent, wire } = at
  const all: [NoteFault, boolean][] = [
    ['jam', truth.jam !== null],
    ['cash box full', truth.cashBox.full],
    ['cash box removed', !truth.cashBox.in],
    ['unplugged', !wire.plugged()],
    ['swapped unit', truth.serialNumber !== enrolledSerial],
    ['silent', silent],
  ]
  return all.flatMap(([fault, on]) => (on ? [fault] : []))
}
