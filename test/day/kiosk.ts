// A kiosk of the town that can be visited: production code in one life after another, on devices and a disk that outlive it.
import { pino } from 'pino'
import { pcscCardReader } from '../../drivers/card-reader/pcsc/driver.ts'
import type { CardService } from '../../drivers/card-reader/pcsc/service.ts'
import type { Pull } from '../../drivers/card-reader/pcsc/slot.ts'
import { simulatedPcsc } from '../../drivers/card-reader/pcsc/simulator.ts'
import { parseConfig, type KioskConfig } from '../../kiosk/config.ts'
import { startKiosk, type StartedKiosk } from '../../kiosk/start.ts'
import exampleConfig from '../../provisioning/config.example.json' with { type: 'json' }
import type { Press, View } from '../../ui/kiosk/screen.ts'
import { noteAcceptor } from './acceptor.ts'
import { bankTerminal } from './bank-terminal.ts'
import type { Chance } from './chance.ts'
import { foreseeableKey } from '../claim-kit.ts'
import { forgetfulDisk } from './forgetful-disk.ts'
import { newLife, type CrashPoint, type Life } from './life.ts'
import { receiptPrinter } from './printer.ts'
import type { Timeline } from './timeline.ts'

export type Edition = KioskConfig['edition']

export const journalPath = '/kiosk/journal.ndjson'

export type DayKiosk = ReturnType<typeof dayKiosk>

/** A start reads and writes some files; each takes a turn or two. */
const startTurns = 500

const silent = pino({ level: 'silent' })

export const dayKiosk = (of: {
  number: string
  timeline: Timeline
  chance: Chance
  edition: Edition
  /** Whoever is at the other end of its line: the centre, or the front machine of a bank. */
  fetchFor: (life: Life) => typeof fetch
  /** A fault of ours ended the machine, or the kiosk did not start. */
  flaw: (what: string) => void
}) => {
  const { number, timeline, fetchFor, flaw } = of
  const chance = of.chance.fork()
  let onPulled = () => {}
  const reader = simulatedPcsc({
    onChange: (present) => {
      if (!present) onPulled()
      onPulled = () => {}
    },
  })
  const acceptor = noteAcceptor(timeline)
  const printer = receiptPrinter(timeline)
  const terminal = bankTerminal(timeline, number)
  const disk = forgetfulDisk()
  const config = configOf(number, of.edition)
  let clockIsOff = 0
  let life: Life | null = null
  let kiosk: StartedKiosk | null = null
  let view: View | null = null
  let failed = false

  const start = async (): Promise<void> => {
    const own = newLife({ timeline, chance, clockIsOff: () => clockIsOff })
    life = own
    view = null
    failed = false
    const starting = { over: false }
    const hear = (came: Awaited<ReturnType<typeof startKiosk>>): void => {
      starting.over = true
      if (!own.alive()) return
      if (came.kind === 'problem') flaw(`kiosk ${number} does not start: ${came.problem}`)
      else ({ kiosk } = came)
    }
    void startKiosk({
      config,
      clock: own.clock,
      log: silent,
      version: 'day',
      drivers: {
        cardReader: pcscCardReader({ service: serviceOf(reader.service, own), clock: own.clock }),
        noteAcceptor: acceptor.driver(own),
        receiptPrinter: printer.driver(own),
        bankTerminal: terminal.driver(own),
      },
      pages: new Map(),
      onFailure: () => {
        failed = true
        flaw(`the machine of kiosk ${number} stopped`)
      },
      fetch: fetchFor(own),
      disk: disk.for(own),
      newKey: () => foreseeableKey(number),
      serve: (options) => {
        view = options.view()
        return Promise.resolve({
          url: '',
          show: (shown) => {
            if (own.alive()) view = shown
          },
          paintedAgeMs: () => 0,
          reload: () => undefined,
          close: () => Promise.resolve(),
        })
      },
    }).then(hear)
    // A crash while it starts leaves a promise that never settles.
    for (let turns = 0; turns < startTurns && !starting.over && own.alive(); turns++) {
      await timeline.settle()
    }
  }

  const end = (): void => {
    life?.end()
    terminal.kioskGone()
    life = null
    kiosk = null
    view = null
    for (const close of contexts.splice(0)) close()
  }
  const cutPower = (): void => {
    end()
    disk.cutPower(chance)
    acceptor.cutPower(chance.pick(['box', 'front']))
    terminal.cutPower()
  }
  const contexts: (() => void)[] = []
  const serviceOf = (service: CardService, own: Life): CardService => ({
    open: (hear) => {
      const context = service.open((event) => own.hear(() => hear(event)))
      if (context !== null) contexts.push(() => context.close())
      return context
    },
  })

  return {
    number,
    reader,
    acceptor,
    printer,
    terminal,
    disk,
    start,
    running: (): boolean => life !== null && life.alive(),
    /** The machine is well and the journal can be written. */
    well: (): boolean => kiosk !== null && !failed && kiosk.records.trouble() === null,
    view: (): View | null => view,
    press: (press: Press): boolean =>
      kiosk !== null && view !== null && kiosk.press({ view: view.number, press }),
    /** The program ends at once, without a word. */
    crash: end,
    /** The program ends after so many acts, alone or with the power; `met` hears of it. */
    crashAfter: (point: CrashPoint, power: boolean, met: () => void): void =>
      life?.endAfter(point, () => {
        met()
        if (power) cutPower()
        else end()
      }),
    /** The card is pulled in the middle; `met` hears of it. */
    pullCard: (pull: Pull, met: () => void): void => {
      if (!reader.present()) return
      onPulled = met
      reader.pullAfter(pull.commands, pull.last)
    },
    /** The customer takes the card out. */
    takeCard: (): void => {
      onPulled = () => {}
      reader.remove()
    },
    jumpClock: (ms: number): void => {
      clockIsOff += ms
    },
    setClock: (): void => {
      clockIsOff = 0
    },
  }
}

const configOf = (number: string, edition: Edition): KioskConfig => {
  const parsed = parseConfig(
    JSON.stringify({
      ...exampleConfig,
      kiosk: { ...exampleConfig.kiosk, number },
      centre: { url: 'http://127.0.0.1:1' },
      fleet: null,
      dataFolder: '/kiosk',
      edition,
      tenders: ['cash', 'bank card', edition === 'bank' ? 'bank account' : 'account'],
      devices: {
        ...exampleConfig.devices,
        bankTerminal: {
          driver: 'zvt',
          port: '/dev/kiosk/bank',
          terminalId: 'any',
          password: '000000',
          endOfDayHour: 3,
        },
      },
    }),
  )
  if (parsed.kind === 'problems') throw new Error(parsed.problems.join('\n'))
  return parsed.config
}
