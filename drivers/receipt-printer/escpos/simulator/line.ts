// A simulated printer on its line: real-time questions as they come in, everything else through the buffer, in time.
import type { Duplex } from 'node:stream'
import { takeCommand, type Features } from './commands.ts'
import { carryOut, freshMemory, type Printer } from './printer.ts'
import { automaticStatusOf, fullStatusOf, realTimeStatus } from './status.ts'
import { isOnline } from './truth.ts'

/** Bytes in its buffer at which it asks for a pause, and at which it asks for more. */
const bufferStop = 6_000
const bufferGo = 2_000
/** Paper is moved in steps of so many milliseconds. */
const stepMs = 20

export type LineOptions = {
  /** Whether it knows `1D 61`; cheap ones do not. */
  automaticStatus: boolean
  flow: 'xon/xoff' | 'none'
  /** Whether it obeys real-time commands in the middle of an image, or takes them for dots and answers nothing. */
  realTimeInImages: boolean
}

type Line = {
  printer: Printer
  options: LineOptions
  features: Features
  cable: Duplex | null
  silent: boolean
  /** XOFF was sent. */
  held: boolean
  /** The paper moves, or a command is being carried out: the next one waits. */
  moving: boolean
  /** Movement too short for a wait of its own. */
  owedMs: number
  stopMoving: () => void
  /** The last bytes that came in, for real-time commands. */
  tail: number[]
  /** The last automatic status. */
  told: string
  /** When it was told to recover. */
  recoveries: number[]
}

export const printerLine = (printer: Printer, options: LineOptions) => {
  const line: Line = {
    printer,
    options,
    features: featuresOf(printer),
    cable: null,
    silent: false,
    held: false,
    moving: false,
    owedMs: 0,
    stopMoving: () => {},
    tail: [],
    told: '',
    recoveries: [],
  }
  printer.send = (bytes) => say(line, bytes)
  return {
    /** Plugs the cable in; the one before is let go. */
    attach: (cable: Duplex): void => {
      line.cable = cable
      cable.on('error', () => {})
      cable.on('data', (chunk: Uint8Array) => {
        if (line.cable === cable) hear(line, chunk)
      })
    },
    /** The truth has changed: tell it, and go on printing if that is possible again. */
    stateChanged: (): void => {
      tellAutomatically(line)
      work(line)
    },
    /** Bytes on the line that answer nothing. */
    say: (bytes: readonly number[]): void => say(line, bytes),
    /** Noise on the line: it takes these bytes for the host's. */
    mishear: (bytes: readonly number[]): void => hear(line, Uint8Array.from(bytes)),
    /** Powered, but it neither hears nor answers. */
    goSilent: (): void => {
      line.silent = true
    },
    speakAgain: (): void => {
      line.silent = false
    },
    /** What it had in its buffer and its settings are gone. */
    forget: (): void => {
      line.stopMoving()
      line.moving = false
      line.owedMs = 0
      line.held = false
      line.tail = []
      printer.memory = freshMemory()
    },
    /** The times at which it was told to recover. */
    recoveries: (): number[] => [...line.recoveries],
    dispose: (): void => line.stopMoving(),
  }
}

const featuresOf = ({ model }: Printer): Features => ({
  qr: model.qr === 'native',
  chinese: model.chinese === 'gb18030',
  processId: model.endOfJob === 'process',
  ejector: model.presenter.kind === 'custom',
  newCut: model.cut.at(-2) === 0x42,
})

const say = ({ cable, silent, printer }: Line, bytes: readonly number[]): void => {
  if (cable?.writable === true && printer.truth.powered && !silent) cable.write(Buffer.from(bytes))
}

const hear = (line: Line, chunk: Uint8Array): void => {
  const { printer, options } = line
  if (!printer.truth.powered || line.silent) return
  for (const byte of chunk) {
    line.tail = [...line.tail.slice(-2), byte]
    const [first, second, third] = line.tail
    if (first !== 0x10 || third === undefined || isDots(line)) continue
    if (second === 0x04) answerAtOnce(line, third)
    if (second === 0x05) recover(line)
  }
  // Between commands they are passed over when the buffer gets there; inside an image they are dots.
  printer.memory.buffer = Buffer.concat([printer.memory.buffer, chunk])
  work(line)
  if (options.flow === 'xon/xoff' && !line.held && printer.memory.buffer.length > bufferStop) {
    line.held = true
    say(line, [0x13])
  }
}

/** The buffer ends in an image that is not complete. */
const isDots = ({ options, printer }: Line): boolean => {
  const [first, second] = printer.memory.buffer
  return !options.realTimeInImages && first === 0x1d && second === 0x76
}

// Answered whatever the state, even offline or with a full buffer.
const answerAtOnce = (line: Line, n: number): void => {
  const { truth, model } = line.printer
  if (n === 0x14 && model.presenter.kind === 'custom') return say(line, fullStatusOf(truth))
  const status = realTimeStatus(truth, n)
  if (status !== null) say(line, [status])
}

/** `10 05 02`: obeyed only while there is an error it can recover from. */
const recover = ({ printer, recoveries }: Line): void => {
  recoveries.push(printer.clock.monotonic())
  const { truth } = printer
  if (truth.cutter !== 'jammed' && truth.cutter !== 'freed') return
  printer.memory.buffer = Uint8Array.of()
  if (truth.cutter === 'jammed') return
  truth.cutter = 'works'
  printer.changed()
}

const tellAutomatically = (line: Line): void => {
  const { truth, memory } = line.printer
  const status = automaticStatusOf(truth)
  if (!memory.automaticStatus || String(status) === line.told) return
  line.told = String(status)
  say(line, status)
}

const work = (line: Line): void => {
  const { printer, features } = line
  if (line.moving) return
  line.moving = true
  let left = printer.memory.buffer
  while (line.owedMs < stepMs && left.length > 0 && isOnline(printer.truth)) {
    const taken = takeCommand(left, features, printer.memory.style.doubleByte)
    if (taken === 'incomplete') break
    left = left.subarray(taken.length)
    const before = printer.fed
    carryOut(printer, taken.command)
    line.owedMs += ((printer.fed - before) / printer.rowsPerSecond) * 1000
    if (taken.command.kind === 'automatic status') beginTelling(line)
  }
  printer.memory.buffer = left
  if (line.held && left.length < bufferGo) {
    line.held = false
    say(line, [0x11])
  }
  if (line.owedMs < stepMs) line.moving = false
  else goOnLater(line)
}

const goOnLater = (line: Line): void => {
  line.stopMoving = line.printer.clock.after(line.owedMs, () => {
    line.owedMs = 0
    line.moving = false
    work(line)
  })
}

const beginTelling = (line: Line): void => {
  if (!line.options.automaticStatus) line.printer.memory.automaticStatus = false
  line.told = ''
  tellAutomatically(line)
}
