// The tests of the maintenance mode, each on one device that runs alone: nothing is paid, nothing is stacked.
import { createActor, fromPromise } from 'xstate'
import {
  afterDeviceEvent,
  noDevices,
  type DeviceEvent,
} from '../../state-machines/device-states.ts'
import type { SetupAnswers } from '../../state-machines/setup-answers.ts'
import type { SetupPressEvent, TestEvent } from '../../state-machines/setup-words.ts'
import type { TestResult } from '../../state-machines/test-result.ts'
import { testingBankTerminal } from '../../state-machines/testing-bank-terminal.ts'
import {
  testingReceiptPrinter,
  type TestPaper,
} from '../../state-machines/testing-receipt-printer.ts'
import type { ServiceDevice } from '../../ui/kiosk/service/service-page.ts'
import type { Clock } from '../clock.ts'
import { selfTest } from '../service/self-test.ts'
import { listenTo, type Drivers, type Heard } from './listening.ts'

/** A device that has not said in this time that it is ready is not. */
export const readyLimitMs = 15_000
/** Acceptor and reader say the rest of what they know within this after `ready`. */
const restMs = 400

export type DeviceTest = { press: (event: SetupPressEvent) => void; stop: () => void }

export type TestOptions = {
  device: ServiceDevice
  answers: SetupAnswers
  drivers: Drivers
  papers: () => TestPaper[]
  clock: Pick<Clock, 'after'>
  tell: (event: TestEvent) => void
}

/** Ends with `test.ended`, unless it is stopped before. */
export const testDevice = (options: TestOptions): DeviceTest => {
  const { device, drivers, clock } = options
  let states = noDevices
  let inner: InnerTest | null = null
  let over = false
  const stop = () => {
    over = true
    cancel()
    inner?.stop()
    // Not in the middle of what the driver is telling.
    setImmediate(() => listening.stop())
  }
  const end = ({ passed, rows }: TestResult) => {
    if (over) return
    stop()
    options.tell({ type: 'test.ended', device, passed, rows })
  }
  const endAsTold = () => end(selfTest(device, states))
  let cancel = clock.after(readyLimitMs, endAsTold)
  const begin = () => {
    cancel()
    if (device === 'cardReader' || device === 'noteAcceptor') {
      cancel = clock.after(restMs, endAsTold)
      return
    }
    inner = innerTest(options, { faults: states[device].faults, told: listening.tell, end })
  }
  const listening = listenTo(drivers, device, (event) => {
    if (over) return
    const before = states[device].ready
    states = afterDeviceEvent(states, event)
    if (!before && states[device].ready) begin()
    else inner?.hear(event)
  })
  return { press: (event) => inner?.hear(event), stop }
}

type InnerTest = { hear: (event: DeviceEvent | SetupPressEvent) => void; stop: () => void }

/** The machine of the maintenance mode that tests this device, beside it. */
const innerTest = (
  { device, papers, tell, clock }: TestOptions,
  of: {
    faults: readonly string[]
    told: Heard['tell']
    end: (result: TestResult) => void
  },
): InnerTest => {
  const timers = {
    setTimeout: (call: () => void, ms: number) => clock.after(ms, call),
    clearTimeout: (cancel: () => void) => cancel(),
  }
  if (device === 'bankTerminal') {
    const machine = testingBankTerminal.provide({
      actions: { tellTerminal: (_, command) => of.told(command) },
    })
    const actor = createActor(machine, { clock: timers })
    actor.subscribe({ complete: () => ended(actor.getSnapshot().output, of.end) })
    actor.start()
    return {
      hear: (event) => {
        if (event.type === 'bank-terminal.diagnosed') actor.send(event)
      },
      stop: () => actor.stop(),
    }
  }
  const machine = testingReceiptPrinter.provide({
    actors: { testPapers: fromPromise(() => Promise.resolve(papers())) },
    actions: {
      print: ({ context: { papers: left } }) => {
        const [next] = left
        if (next !== undefined) of.told({ type: 'receipt.print', ...next })
      },
    },
  })
  const actor = createActor(machine, {
    clock: timers,
    input: { what: 'test page', faults: of.faults },
  })
  let looking = false
  actor.subscribe({
    next: ({ value }) => {
      if (value !== 'looking' || looking) return
      looking = true
      tell({ type: 'test.looking' })
    },
    complete: () => ended(actor.getSnapshot().output, of.end),
  })
  actor.start()
  return {
    hear: (event) => {
      switch (event.type) {
        case 'receipt-printer.failed':
        case 'receipt-printer.cleared':
        case 'receipt.printed':
        case 'receipt.not-printed':
          return actor.send(event)
        case 'press.choose': {
          const { choice } = event
          if (choice === 'seen' || choice === 'not seen') actor.send({ type: event.type, choice })
          return undefined
        }
        default:
          return undefined
      }
    },
    stop: () => actor.stop(),
  }
}

const ended = (result: TestResult | undefined, end: (result: TestResult) => void): void => {
  if (result !== undefined) end(result)
}
