// A note acceptor on a bench: production driver and simulated unit on a cable in memory, under a clock moved by hand.
import type { Duplex } from 'node:stream'
import { minor } from '../../../../domain/money.ts'
import { manualClock, type ManualClock } from '../../../../test/manual-clock.ts'
import { memoryCable, type MemoryCable } from '../../../cables.ts'
import type { NoteAcceptorCommand, NoteAcceptorEvent } from '../../note-acceptor.ts'
import type { SspNoteAcceptorOptions } from '../conversation.ts'
import { factoryFixedKey, type Chance } from '../encryption.ts'
import type { LineReport } from '../link.ts'
import { sspSimulator, usualSerialNumber, type SimulatorOptions } from '../simulator/simulator.ts'
import { worth } from '../simulator/truth.ts'
import { hostOf } from './host.ts'
import { inWords } from './in-words.ts'

export type BenchOptions = {
  unit?: SimulatorOptions
  driver?: Partial<SspNoteAcceptorOptions>
  /** What is between the driver's line and the unit's: a plain cable unless told. */
  cable?: (clock: ManualClock) => MemoryCable
  /** Begin with the cable pulled. */
  unplugged?: boolean
}

/** Small primes of the manual and no chance at all: keys cost nothing, and every run is the same. */
const fixedChance = (exponent: bigint): Chance => ({
  keyNumbers: () => ({ generator: 982451653n, modulus: 1287821n, exponent }),
  packing: (length) => new Uint8Array(length),
})

export type Bench = Awaited<ReturnType<typeof bench>>

/** How long a test waits for something, in the time of the clock that is moved by hand. */
const patienceMs = 120_000

const counting = new Set<NoteAcceptorEvent['type']>([
  'note-acceptor.counted',
  'note-acceptor.tallied',
])

export const bench = (options: BenchOptions = {}) => {
  const clock = manualClock()
  const unit = sspSimulator({ clock, chance: fixedChance(11n), ...options.unit })
  const events: NoteAcceptorEvent[] = []
  const reports: LineReport[] = []
  const listeners: ((event: NoteAcceptorEvent) => void)[] = []
  let cable: MemoryCable | null = null
  let plugged = options.unplugged !== true
  let opens = 0

  const open = async (): Promise<Duplex> => {
    opens += 1
    if (!plugged) throw new Error('no such device')
    cable = (options.cable ?? memoryCable)(clock)
    unit.attach(cable.device)
    return cable.host
  }
  const hear = (event: NoteAcceptorEvent) => {
    events.push(event)
    for (const listener of listeners) listener(event)
  }
  const startDriver = (changes: Partial<SspNoteAcceptorOptions> = {}) =>
    hostOf(
      {
        open,
        enrolledSerial: usualSerialNumber,
        fixedKey: factoryFixedKey,
        minorPerUnit: 100,
        encryption: 'required',
        clock,
        chance: fixedChance(7n),
        report: (report) => reports.push(report),
        ...options.driver,
        ...changes,
      },
      hear,
    )
  let driver = startDriver()

  const self = {
    clock,
    unit,
    events,
    reports,
    /** How often the driver has opened the line, or tried to. */
    opens: () => opens,
    listen: (listener: (event: NoteAcceptorEvent) => void) => listeners.push(listener),
    command: (command: NoteAcceptorCommand) => driver.send({ type: 'command', command }),
    openFor: (...values: number[]) =>
      self.command({ type: 'note-acceptor.open', values: values.map((value) => minor(value)) }),
    close: () => self.command({ type: 'note-acceptor.close' }),
    /** What was told since the start, or since the last `forget`, in words; counters left out. */
    told: () => events.filter(({ type }) => !counting.has(type)).map(inWords),
    /** Whether the counters at rest were told since then, and how many notes they said. */
    tallied: () =>
      events.flatMap((event) =>
        event.type === 'note-acceptor.tallied' ? [event.counters.stacked] : [],
      ),
    forget: () => void events.splice(0),
    /** Moves the clock until this was told, and says what was told until then. */
    until: async (words: string): Promise<string[]> => {
      await untilSo(() => self.told().includes(words), `"${words}"`)
      return self.told()
    },
    untilSo: (so: () => boolean, what = 'what was awaited') => untilSo(so, what),
    /** Pulls the cable out; `plugIn` puts it back. */
    unplug: async () => {
      plugged = false
      cable?.unplug()
      await clock.advance(0)
    },
    plugIn: () => {
      plugged = true
    },
    /** The kiosk's process ends at this moment, without a word, and a new one starts. */
    restartDriver: async (changes: Partial<SspNoteAcceptorOptions> = {}) => {
      driver.stop()
      await clock.advance(0)
      driver = startDriver(changes)
      await clock.advance(0)
    },
    stopDriver: () => driver.stop(),
    /** What the notes in the box are worth. */
    inBox: () => worth(unit.truth().cashBox.notes),
    stop: () => {
      driver.stop()
      unit.dispose()
    },
  }

  const untilSo = async (so: () => boolean, what: string) => {
    const limit = clock.monotonic() + patienceMs
    await clock.advance(0)
    while (!so()) {
      if (clock.monotonic() > limit) {
        throw new Error(`waited in vain for ${what}; told: ${self.told().join(', ')}`)
      }
      await clock.advanceToNext()
    }
  }
  return self
}

/** An acceptor that is ready and open for notes of 5 to 50. */
export const openBench = async (options: BenchOptions = {}): Promise<Bench> => {
  const self = bench(options)
  await self.until('ready')
  self.openFor(500, 1000, 2000, 5000)
  await self.until('opened')
  self.forget()
  return self
}
