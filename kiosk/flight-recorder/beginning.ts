// Remembers how the conversation on a line began, so that a window cut out of its middle can still be held with a driver.
//
//   opened ... ready ... counters | (hours of polls, left out) | counters, the last at rest | ... the window
//   \______ opening _____________/                              \_______ rest ____________/
import { restOf, type RecordedLine } from './lines.ts'
import type { Trace } from './trace.ts'

export type Beginning = {
  /** From the opening of the line to the first rest; null when it was too long or was never heard. */
  opening: readonly Trace[] | null
  /** The last exchange before the latest rest, and what was told by it. Empty until then. */
  rest: readonly Trace[]
  /** Since when something goes on that is not in these two; null at rest. */
  newsSince: number | null
}

export type Beginnings = { hear: (trace: Trace) => void; now: () => Beginning }

/** A start with everything in it is about three kilobytes; so many entries hold a unit that takes its time. */
const longestOpening = 2_000

export const beginningOf = (line: string, spec: RecordedLine): Beginnings => {
  const { entered, calm } = restOf(spec)
  let opening: Trace[] | null = null
  let resting = false
  let rest: readonly Trace[] = []
  let exchange: Trace[] = []
  let newsSince: number | null = null
  /** Raised and not cleared; and whether nothing but this is what goes on. */
  const standing = new Set<unknown>()
  let onlyFaults = true
  const isOurs = (trace: Trace) =>
    ('line' in trace && trace.line === line) ||
    (trace.kind === 'event' && (trace.from === spec.device || trace.to === spec.device))

  const begin = (trace: Trace) => {
    opening = [trace]
    resting = false
    rest = []
    exchange = []
    beCalm()
  }
  const beCalm = () => {
    newsSince = null
    onlyFaults = true
  }
  const goOn = (trace: Trace, told: string | null) => {
    const fault = trace.kind === 'event' ? trace.event['fault'] : undefined
    if (told?.endsWith('.failed')) standing.add(kindOf(fault))
    else if (told?.endsWith('.cleared')) standing.delete(fault)
    else onlyFaults = false
    newsSince ??= trace.at
    // Trouble that has passed without anything else leaves a driver as it was.
    if (onlyFaults && standing.size === 0) beCalm()
  }
  const comeToRest = () => {
    if (!resting && opening !== null) {
      const last = new Set(exchange)
      opening = opening.filter((trace) => !last.has(trace))
    }
    resting = true
    rest = exchange
  }

  return {
    hear: (trace) => {
      if (!isOurs(trace)) return
      if (trace.kind === 'line' && trace.now === 'opened') return begin(trace)
      if (beginsExchange(trace, exchange)) exchange = []
      exchange.push(trace)
      if (!resting && opening !== null) opening.push(trace)
      if (opening !== null && opening.length > longestOpening) opening = null
      const told = trace.kind === 'event' && trace.from === spec.device ? trace.event.type : null
      if (told !== null && entered.includes(told)) comeToRest()
      if (told !== null && calm.includes(told)) beCalm()
      else if (trace.kind === 'event' || isOpenedOrClosed(trace)) goOn(trace, told)
    },
    now: () => ({ opening: opening && [...opening], rest: [...rest], newsSince }),
  }
}

const isOpenedOrClosed = (trace: Trace): boolean => trace.kind === 'line' && trace.now !== 'taken'

const kindOf = (fault: unknown): unknown =>
  typeof fault === 'object' && fault !== null && 'kind' in fault ? fault.kind : fault

/** What the driver says, unless it says the same again because nothing came. Clear bytes go before their sealed frame. */
const beginsExchange = (trace: Trace, exchange: readonly Trace[]): boolean => {
  if ((trace.kind !== 'bytes' && trace.kind !== 'clear') || trace.way !== 'out') return false
  if (trace.kind === 'clear') return true
  const last = exchange.at(-1)
  if (last?.kind === 'clear' && last.way === 'out') return false
  const before = exchange.findLast((each) => each.kind === 'bytes' && each.way === 'out')
  return before?.kind !== 'bytes' || Buffer.compare(before.bytes, trace.bytes) !== 0
}
