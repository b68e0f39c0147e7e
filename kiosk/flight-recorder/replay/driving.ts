// One recorded line and the driver that ships: what it says and what it tells must be what it said and told then.
import { root } from '../inspector.ts'
import type { Recording } from '../recording.ts'
import { redactedEvent } from '../redacting.ts'
import type { RecordedEvent } from '../trace.ts'
import { held, type Difference } from './held.ts'
import { player } from './player.ts'
import { protocolOf } from './protocols.ts'
import { scriptOf, type Told } from './script.ts'
import { steppingClock, type SteppingClock } from './stepping-clock.ts'

export type Driven =
  | { kind: 'not driven'; line: string; why: string }
  /** Everything as it was. `acts`: what the driver said, `told`: what it told the machines. */
  | { kind: 'same'; line: string; acts: number; told: RecordedEvent[] }
  | ({ kind: 'said otherwise'; line: string } & Difference)
  /** `nth` counts from 1; null: nothing more was told. */
  | {
      kind: 'told otherwise'
      line: string
      nth: number
      recorded: RecordedEvent | null
      told: RecordedEvent | null
    }

/** Holds the conversation of a line with its production driver, under a clock of its own. */
export const driven = async ({ heading, traces }: Recording, line: string): Promise<Driven> => {
  const recorded = heading.lines[line]
  if (recorded === undefined) return { kind: 'not driven', line, why: 'no such line' }
  const { spec, heldFrom } = recorded
  if (heldFrom === null) {
    return { kind: 'not driven', line, why: 'its conversation began before what is recorded' }
  }
  const protocol = await protocolOf(spec)
  if (protocol === null) return { kind: 'not driven', line, why: 'no driver of ours speaks on it' }

  const script = scriptOf(traces, { line, device: spec.device, heldFrom, from: heading.from })
  const holding = held(script, protocol.device.language)
  const clock = steppingClock()
  const told: Told[] = []
  const { open } = player(holding, protocol.device, clock, (command) => driver.command(command))
  const driver = protocol.driver(open, clock, (event) =>
    told.push({ act: holding.position(), event: redactedEvent(event, root) }),
  )
  driver.start()
  await talk(holding, clock, heading.until)
  driver.stop()

  const difference = holding.difference()
  if (difference !== null) return { kind: 'said otherwise', line, ...difference }
  const missing = holding.expected()
  if (missing !== null) {
    return { kind: 'said otherwise', line, at: missing.at, recorded: missing.word, said: null }
  }
  const inWindow = (all: readonly Told[]) =>
    all.filter(({ act }) => act >= script.windowFrom).map(({ event }) => event)
  return (
    firstOtherwise(line, inWindow(script.told), inWindow(told)) ?? {
      kind: 'same',
      line,
      acts: script.acts.length,
      told: inWindow(told),
    }
  )
}

/** Nothing that a driver does by itself takes longer than this. */
const patienceMs = 120_000

/** Until the recording is at its end, or the driver says something else, or nothing at all. */
const talk = async (
  holding: ReturnType<typeof held>,
  clock: SteppingClock,
  until: number,
): Promise<void> => {
  let position = holding.position()
  let lastAt = until
  let sinceMs = 0
  while (holding.difference() === null) {
    const due = holding.expected()
    if (due !== null) lastAt = due.at
    if (holding.position() !== position) {
      position = holding.position()
      sinceMs = clock.monotonic()
    }
    const passedMs = clock.monotonic() - sinceMs
    // What came after the last thing that was said comes too.
    if (passedMs >= (due === null ? until - lastAt : patienceMs)) return
    if (!(await clock.goOn())) return
  }
}

const firstOtherwise = (
  line: string,
  recorded: readonly RecordedEvent[],
  told: readonly RecordedEvent[],
): Driven | null => {
  for (let at = 0; at < Math.max(recorded.length, told.length); at += 1) {
    const was = recorded[at] ?? null
    const is = told[at] ?? null
    if (JSON.stringify(was) !== JSON.stringify(is)) {
      return { kind: 'told otherwise', line, nth: at + 1, recorded: was, told: is }
    }
  }
  return null
}
