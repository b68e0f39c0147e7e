// Power cards over PC/SC: keeps a context with the card daemon, watches one reader, and opens a line to each card in it.
//
//   pcscd ── service.ts ──► reader-state.ts (what it means) ──► kiosk: card-reader.*, card.*
//              ▲                                                          │ card.inserted
//              └────────────── line.ts ◄──── exchange(command) ◄──────────┘
import { fromCallback } from 'xstate'
import { never } from '../../../domain/never.ts'
import type { CardReaderEvent } from '../card-reader.ts'
import { realClock, within, type Clock } from '../../clock.ts'
import { insertionIn, type Insertion } from './insertion.ts'
import type { LineEnd } from './line.ts'
import {
  atStart,
  driverDelays,
  step,
  type Effect,
  type Happened,
  type ReaderState,
} from './reader-state.ts'
import type { CardContext, CardService, Reader, ServiceEvent } from './service.ts'

export type PcscCardReaderOptions = {
  /** `pcscliteService`; in tests a service in memory. */
  service: CardService
  /** The beginning of the reader's name, where there is more than one; else the first one announced is taken. */
  reader?: string | undefined
  /** Called whenever the daemon has shown that it is there with the reader: when last says whether it hangs. */
  heard?: () => void
  clock?: Clock
}

/** The actor the kiosk machine invokes as `cardReader`. It never fails: all trouble is told as `card-reader.failed`. */
export const pcscCardReader = (options: PcscCardReaderOptions) =>
  fromCallback<{ type: 'none' }>(({ sendBack }) => {
    const tell = (event: CardReaderEvent) => sendBack(event)
    return keepWatch(options, tell)
  })

type Watch = {
  options: PcscCardReaderOptions
  clock: Clock
  tell: (event: CardReaderEvent) => void
  state: ReaderState
  context: CardContext | null
  reader: Reader | null
  insertion: Insertion | null
  stopped: boolean
  /** Takes back the pause or patience that runs. */
  cancelTimer: () => void
}

const keepWatch = (
  options: PcscCardReaderOptions,
  tell: (event: CardReaderEvent) => void,
): (() => void) => {
  const watch: Watch = {
    options,
    clock: options.clock ?? realClock,
    tell,
    state: atStart,
    context: null,
    reader: null,
    insertion: null,
    stopped: false,
    cancelTimer: () => {},
  }
  openContext(watch)
  const stopAsking = options.heard === undefined ? () => {} : askAgain(watch, options.heard)
  return () => {
    watch.stopped = true
    stopAsking()
    watch.cancelTimer()
    endInsertion(watch, 'reader lost')
    watch.context?.close()
  }
}

const openContext = (watch: Watch): void => {
  watch.context?.close()
  watch.reader = null
  const context = watch.options.service.open((event) => {
    // A context that was replaced has nothing more to say.
    if (!watch.stopped && watch.context === context) hear(watch, event)
  })
  watch.context = context
  take(watch, { kind: context === null ? 'no service' : 'service opened' })
}

/** Asks for as long as the kiosk lives. */
const askAgain = (watch: Watch, heard: () => void): (() => void) => {
  let cancel = () => {}
  const ask = async (): Promise<void> => {
    const { context, reader, clock } = watch
    if (context !== null && reader !== null) {
      const answered = await within(clock, driverDelays.askMs, context.answers(reader.name))
      if (answered === true) heard()
    }
    if (!watch.stopped) cancel = clock.after(driverDelays.askMs, () => void ask())
  }
  void ask()
  return () => cancel()
}

const hear = (watch: Watch, event: ServiceEvent): void => {
  switch (event.kind) {
    case 'reader appeared':
      if (watch.reader !== null || !event.reader.name.startsWith(watch.options.reader ?? '')) return
      watch.reader = event.reader
      watch.cancelTimer()
      watch.options.heard?.()
      return take(watch, { kind: 'reader appeared', name: event.reader.name })
    case 'reader lost':
      if (watch.reader !== event.reader) return
      return take(watch, { kind: 'reader lost' })
    case 'status':
      if (watch.reader !== event.reader) return
      watch.insertion?.hearAtr(event.status.atr)
      return take(watch, { kind: 'status', status: event.status })
    case 'context failed':
      return take(watch, { kind: 'no service' })
    default:
      return never(event)
  }
}

const take = (watch: Watch, happened: Happened): void => {
  const { state, effects } = step(watch.state, happened)
  watch.state = state
  for (const effect of effects) act(watch, effect, happened)
}

const act = (watch: Watch, effect: Effect, happened: Happened): void => {
  switch (effect.kind) {
    case 'tell':
      return watch.tell(effect.event)
    case 'await reader':
      return after(watch, driverDelays.readerPatienceMs, () =>
        take(watch, { kind: 'reader missed' }),
      )
    case 'reopen':
      watch.reader = null
      return after(watch, effect.inMs, () => openContext(watch))
    case 'end insertion':
      return endInsertion(watch, effect.why)
    case 'examine card':
      if (watch.reader === null || happened.kind !== 'status') return
      return void examine(watch, beginInsertion(watch, watch.reader, happened.status.atr))
    default:
      return never(effect)
  }
}

const after = (watch: Watch, delayMs: number, call: () => void): void => {
  watch.cancelTimer()
  watch.cancelTimer = watch.clock.after(delayMs, call)
}

const endInsertion = (watch: Watch, why: LineEnd): void => {
  watch.insertion?.end(why)
  watch.insertion = null
}

const beginInsertion = (watch: Watch, reader: Reader, atr: Uint8Array): Insertion => {
  const insertion = insertionIn(reader, atr, {
    clock: watch.clock,
    giveUp: () => {
      if (!watch.stopped && watch.insertion === insertion) take(watch, { kind: 'reader lost' })
    },
  })
  watch.insertion = insertion
  return insertion
}

const examine = async (watch: Watch, insertion: Insertion): Promise<void> => {
  const event = await insertion.examine()
  if (event === null || watch.insertion !== insertion) return
  take(watch, { kind: 'card examined', event })
}
