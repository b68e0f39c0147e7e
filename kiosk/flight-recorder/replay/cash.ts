// The machine that takes notes, started again from a recording: what it was told then, it is told now, each thing in its time.
import { createActor, fromCallback, fromPromise, setup, type AnyEventObject } from 'xstate'
import { z } from 'zod'
import { NoteId, SaleId } from '../../../domain/identifiers.ts'
import type { JournalEntry } from '../../../domain/journal-entry.ts'
import { minor } from '../../../domain/money.ts'
import type { NoteAcceptorCommand } from '../../../drivers/note-acceptor/note-acceptor.ts'
import { takingCash } from '../../../state-machines/taking-cash.ts'
import { idsOf } from '../../clock.ts'
import { inspector } from '../inspector.ts'
import type { Recording } from '../recording.ts'
import type { Happening, Trace } from '../trace.ts'
import { steppingClock } from './stepping-clock.ts'

export type CashTaken =
  /** `steps`: the states it went through and what it told the acceptor. */
  | { kind: 'same'; at: number; steps: string[] }
  | { kind: 'otherwise'; at: number; nth: number; recorded: string | null; done: string | null }

const machineName = 'takingCash'
const Money = z.int().transform((value) => minor(value))
const Input = z.object({
  saleId: z.string(),
  target: Money.nullable(),
  most: Money,
  values: z.array(Money),
  notes: z.array(z.object({ value: Money })),
})

/** Every taking of cash that begins in the recording. */
export const cashTaken = async ({ heading, traces }: Recording): Promise<CashTaken[]> => {
  const begins = traces.flatMap((trace, at) => (isBegun(trace) ? [at] : []))
  const taken: CashTaken[] = []
  for (const [nth, at] of begins.entries()) {
    taken.push(await takenAgain(traces.slice(at, begins[nth + 1]), heading.until))
  }
  return taken
}

const isBegun = (trace: Trace): boolean =>
  trace.kind === 'event' && trace.to === machineName && trace.event.type === 'xstate.init'

/** What counts: its states, and its commands. Those come from no actor that a message could name. */
const stepOf = (happening: Happening): string[] => {
  if (happening.kind === 'moved' && happening.machine === machineName) return [happening.state]
  const isCommand =
    happening.kind === 'event' && happening.to === 'noteAcceptor' && happening.from === null
  return isCommand && happening.event.type !== 'xstate.init'
    ? [`> ${JSON.stringify(happening.event)}`]
    : []
}

const takenAgain = async (traces: readonly Trace[], until: number): Promise<CashTaken> => {
  const [first] = traces
  const at = first?.at ?? 0
  const input = first?.kind === 'event' ? first.event['input'] : null
  const steps = await stepsOf(input, traces, until - at)
  const recorded = traces.flatMap(stepOf)
  const end = steps.indexOf('closed')
  // Whatever tells the acceptor something after the end is another machine.
  const ended = recorded.indexOf('closed')
  const were = ended === -1 ? recorded : recorded.slice(0, ended + 1)
  const are = end === -1 ? steps : steps.slice(0, end + 1)
  for (let nth = 0; nth < Math.max(were.length, are.length); nth += 1) {
    const [was = null, done = null] = [were[nth], are[nth]]
    if (was !== done) return { kind: 'otherwise', at, nth: nth + 1, recorded: was, done }
  }
  return { kind: 'same', at, steps: are }
}

const stepsOf = async (
  input: unknown,
  traces: readonly Trace[],
  lastsMs: number,
): Promise<string[]> => {
  const clock = steppingClock()
  const steps: string[] = []
  const journal = journalAsRecorded()
  const inspect = inspector((happening) => steps.push(...stepOf(happening)))
  const { actor, tell } = machineFor(input, journal.write)
  actor({ clock: clock.forActors, inspect: (inspected) => inspect(inspected) }).start()
  const begunAt = traces[0]?.at ?? 0
  for (const trace of traces.slice(1)) {
    if (trace.kind !== 'event' || trace.to !== machineName) continue
    const { event } = trace
    clock.after(trace.at - begunAt, () => {
      if (event.type.startsWith('xstate.done.')) journal.onDisk()
      else if (event.type.startsWith('xstate.error.')) journal.failed()
      else if (!event.type.startsWith('xstate.')) tell(event)
    })
  }
  // A timer at the end, so that the last step is as late as it was.
  clock.after(lastsMs, () => {})
  while (clock.monotonic() < lastsMs) await clock.goOn()
  return steps
}

/** Each entry is on disk when it was then. */
const journalAsRecorded = () => {
  const waiting: PromiseWithResolvers<void>[] = []
  return {
    write: () => {
      const written = Promise.withResolvers<void>()
      waiting.push(written)
      return written.promise
    },
    onDisk: () => waiting.shift()?.resolve(),
    failed: () => waiting.shift()?.reject(new Error('the journal could not be written')),
  }
}

const machineFor = (input: unknown, write: () => Promise<void>) => {
  const { saleId, notes, ...read } = Input.parse(input)
  const ids = idsOf(
    () => 0,
    (bytes) => bytes.fill(0),
  )
  // Only its type is looked at.
  const anyEvent = (): AnyEventObject => ({ type: 'any' })
  const machine = setup({
    types: { events: anyEvent() },
    actors: {
      noteAcceptor: fromCallback<NoteAcceptorCommand>(() => {}),
      takingCash: takingCash.provide({
        actors: { journal: fromPromise<void, JournalEntry[]>(write) },
      }),
    },
  }).createMachine({
    invoke: [
      { src: 'noteAcceptor', id: 'noteAcceptor', systemId: 'noteAcceptor' },
      {
        src: 'takingCash',
        id: machineName,
        systemId: machineName,
        input: {
          ...read,
          saleId: SaleId.safeParse(saleId).data ?? ids.sale(),
          ids,
          notes: notes.map(({ value }) => ({ value, noteId: NoteId.parse(ids.note()) })),
        },
      },
    ],
  })
  const made: { actor: ReturnType<typeof create> | null } = { actor: null }
  const create = (options: Parameters<typeof createActor<typeof machine>>[1]) =>
    createActor(machine, options)
  return {
    actor: (options: Parameters<typeof create>[0]) => {
      made.actor = create(options)
      return made.actor
    },
    tell: (event: AnyEventObject) => {
      const { actor } = made
      if (actor?.getSnapshot().children[machineName]?.getSnapshot().status === 'active') {
        actor.system.get(machineName).send(event)
      }
    },
  }
}
