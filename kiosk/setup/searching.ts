// Looks for the devices of a kiosk: every line is asked, each kind of device with the first question of its own driver.
//
// The printer's question comes first: it is three bytes that print nothing anywhere, and a printer that has answered is asked
// nothing else, as the questions of the others would stand on its paper.
import type { DeviceEvent } from '../../state-machines/device-states.ts'
import type { SetupAnswers } from '../../state-machines/setup-answers.ts'
import type { FoundDevice, SearchEvent } from '../../state-machines/setup-words.ts'
import type { ServiceDevice } from '../../ui/kiosk/service/service-page.ts'
import type { Clock } from '../clock.ts'
import { framingOn, type DriversOf } from './device-drivers.ts'
import type { FoundLine } from './lines.ts'
import { listenTo, type Drivers } from './listening.ts'
import { usualModel } from './printer-models.ts'

/** How long each is waited for: its first answers come sooner, and a unit that is starting needs some of it. */
export const answerLimitsMs: Record<ServiceDevice, number> = {
  receiptPrinter: 3_000,
  noteAcceptor: 6_000,
  bankTerminal: 8_000,
  cardReader: 4_000,
}

const onLines = ['receiptPrinter', 'noteAcceptor', 'bankTerminal'] as const

export type SearchOptions = {
  answers: SetupAnswers
  /** Null: all of them. */
  device: ServiceDevice | null
  /** Null: all lines. */
  line: string | null
  linesThere: () => Promise<FoundLine[]>
  drivers: DriversOf
  clock: Pick<Clock, 'after'>
  tell: (event: SearchEvent) => void
}

/** Never rejects; the answer stops it. */
export const search = (options: SearchOptions): (() => void) => {
  const stop = new AbortController()
  const { signal } = stop
  void lookAround(options, signal).then(() => {
    if (!signal.aborted) options.tell({ type: 'search.ended' })
    return undefined
  })
  return () => stop.abort()
}

const lookAround = async (options: SearchOptions, signal: AbortSignal): Promise<void> => {
  const { device, line, tell } = options
  const there = await options.linesThere().catch(() => [])
  if (signal.aborted) return
  tell({ type: 'search.lines', lines: there.map((each) => each.line) })
  const lines =
    line === null ? there : [there.find((each) => each.line === line) ?? { line, usb: null }]
  await Promise.all([
    ...(device === null || device === 'cardReader' ? [lookForReader(options, signal)] : []),
    ...(device === 'cardReader' ? [] : lines.map((each) => askOn(each, options, signal))),
  ])
}

const lookForReader = async (options: SearchOptions, signal: AbortSignal): Promise<void> => {
  const drivers = driversOr(() => options.drivers.chosen(options.answers))
  if (drivers === null) return
  const found = await firstAnswer({ ...options, drivers, device: 'cardReader', signal }, (event) =>
    event.type === 'card-reader.ready' ? { name: event.name } : null,
  )
  if (found !== null)
    options.tell({ type: 'search.found', device: { device: 'cardReader', found } })
}

/** One kind after the other: a line has one device at its end. */
const askOn = async (
  line: FoundLine,
  options: SearchOptions,
  signal: AbortSignal,
): Promise<void> => {
  const drivers = driversOr(() => options.drivers.onLine(options.answers, line.line))
  if (drivers === null) return
  for (const device of onLines) {
    if (signal.aborted) return
    if (options.device !== null && options.device !== device) continue
    const found = await firstAnswer({ ...options, drivers, device, signal }, (event) =>
      answerOn(line, event),
    )
    if (found === null) continue
    options.tell({ type: 'search.found', device: found })
    return
  }
}

const driversOr = (make: () => Drivers): Drivers | null => {
  try {
    return make()
  } catch {
    return null
  }
}

/** What the first answer of a device says of it; null for what says nothing. */
const answerOn = (line: FoundLine, event: DeviceEvent): FoundDevice | null => {
  switch (event.type) {
    case 'receipt-printer.ready':
      return { device: 'receiptPrinter', found: { ...line, model: usualModel } }
    case 'note-acceptor.ready': {
      const { serialNumber: serial, currency, values } = event.unit
      return { device: 'noteAcceptor', found: { ...line, serial, currency, values: [...values] } }
    }
    case 'bank-terminal.ready': {
      const { terminalId } = event.unit
      return {
        device: 'bankTerminal',
        found: { ...line, framing: framingOn(line.line), terminalId },
      }
    }
    default:
      return null
  }
}

/** Null when nothing came in time. The driver has let its line go when this resolves. */
const firstAnswer = <Answer>(
  of: {
    drivers: Drivers
    device: ServiceDevice
    clock: Pick<Clock, 'after'>
    signal: AbortSignal
  },
  answerIn: (event: DeviceEvent) => Answer | null,
): Promise<Answer | null> =>
  new Promise((resolve) => {
    const end = (answer: Answer | null) => {
      cancel()
      of.signal.removeEventListener('abort', onAbort)
      // Not in the middle of what the driver is telling.
      setImmediate(() => {
        listening.stop()
        resolve(answer)
      })
    }
    const onAbort = () => end(null)
    const cancel = of.clock.after(answerLimitsMs[of.device], () => end(null))
    of.signal.addEventListener('abort', onAbort, { once: true })
    const listening = listenTo(of.drivers, of.device, (event) => {
      const answer = answerIn(event)
      if (answer !== null) end(answer)
    })
  })
