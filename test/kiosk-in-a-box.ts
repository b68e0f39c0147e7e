// A whole kiosk and its centre in one process: production code on simulators, cables in memory, and a clock moved by hand.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, type Duplex } from 'node:stream'
import { setTimeout as realPause } from 'node:timers/promises'
import { pino } from 'pino'
import type { z } from 'zod'
import { memoryCable, type MemoryCable } from '../drivers/cables.ts'
import { zvtBankTerminal } from '../drivers/bank-terminal/zvt/driver.ts'
import { zvtSimulator } from '../drivers/bank-terminal/zvt/simulator/simulator.ts'
import { usedTerminal } from '../drivers/bank-terminal/zvt/simulator/truth.ts'
import { pcscCardReader } from '../drivers/card-reader/pcsc/driver.ts'
import type { CardService } from '../drivers/card-reader/pcsc/service.ts'
import { simulatedPcsc } from '../drivers/card-reader/pcsc/simulator.ts'
import { foreignCard } from '../drivers/card-reader/simulated-card/foreign.ts'
import {
  simulatedCard,
  type CardInSlot,
  type SimulatedCard,
} from '../drivers/card-reader/simulated-card/simulated-card.ts'
import { sspNoteAcceptor } from '../drivers/note-acceptor/ssp/driver.ts'
import { factoryFixedKey } from '../drivers/note-acceptor/ssp/encryption.ts'
import {
  sspSimulator,
  usualSerialNumber,
} from '../drivers/note-acceptor/ssp/simulator/simulator.ts'
import { escposReceiptPrinter } from '../drivers/receipt-printer/escpos/driver.ts'
import { escposSimulator } from '../drivers/receipt-printer/escpos/simulator/simulator.ts'
import type { Edition, TownCard } from '../kiosk/bench/town/town.ts'
import { evdevServiceSwitch } from '../drivers/service-switch/evdev/driver.ts'
import { evdevSimulator } from '../drivers/service-switch/evdev/simulator/simulator.ts'
import { parseConfig, type KioskConfig } from '../kiosk/config.ts'
import { bankTermsOf } from '../kiosk/devices.ts'
import { realDisk, type Disk } from '../kiosk/disk.ts'
import type { FleetConfig } from '../kiosk/fleet/fleet-config.ts'
import { loopAges, type LoopAges } from '../kiosk/fleet/loop-ages.ts'
import type { JournalFile } from '../kiosk/journal.ts'
import { unresolved } from '../kiosk/unresolved.ts'
import { startKiosk, type StartedKiosk, type StartOptions } from '../kiosk/start.ts'
import exampleConfig from '../provisioning/config.example.json' with { type: 'json' }
import type { Press, Screen, View } from '../ui/kiosk/screen.ts'
import { auditTown, type Evidence } from './auditor.ts'
import { boxService } from './box-persons.ts'
import { bankInABox, type BankInABox } from './bank-in-a-box.ts'
import { centreInABox } from './centre-in-a-box.ts'
import {
  alarmsAt,
  cardEvidence,
  cashEvidence,
  centreEvidence,
  journalLines,
  terminalEvidence,
  uploadedLines,
} from './evidence.ts'
import { manualClock, type ManualClock } from './manual-clock.ts'
import { townOf } from './towns.ts'

export type KioskInABox = Awaited<ReturnType<typeof kioskInABox>>

/** Virtual time goes on in such steps while real disks do their work; in longer ones once it is clear that we wait. */
const stepMs = 50
const longStepMs = 250
const patientAfterMs = 3_000
const stepAfter = (passed: number): number => (passed < patientAfterMs ? stepMs : longStepMs)

export type BoxOptions = {
  /** The disk under the journal: the real one unless told. */
  journal?: StartOptions['journal']
  /** Where the diagnostic log goes: nowhere unless told. */
  log?: StartOptions['log']
  /** What is put into the line to the centre. */
  line?: (centre: typeof fetch) => typeof fetch
  /** Puts something between the kiosk of one start and all that it reaches. Called at every start. */
  between?: (reach: Reach) => Reach
  /** Where the kiosk keeps its records: a folder of the box unless told. */
  dataFolder?: string
  /** There is a bank terminal, and bank cards are taken. */
  bankTerminal?: boolean
  /** What of its configuration is other than usual. */
  settings?: { endOfDayHour?: number; customerMs?: number; fleet?: z.input<typeof FleetConfig> }
  /** A bank sells for the authority: the kiosk reaches the front machine, and customers have accounts at the bank. */
  edition?: Edition
  /** By so many ms the wall clock of this kiosk is wrong, and of nobody else: by none unless told. */
  clockIsOff?: () => number
  /** Another box, whose clock, centre, town and cards this kiosk shares; and the number of this one. */
  beside?: { box: { shared: Shared }; number: string }
}

/** All that the program of a kiosk reaches beyond itself. */
export type Reach = {
  disk: Disk
  fetch: typeof fetch
  cardService: CardService
  /** A new cable to a device that is plugged in. */
  cable: (line: Line) => MemoryCable
}

export const kioskInABox = async (options: BoxOptions = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'wattpoint-box-'))
  const { beside } = options
  const { edition = 'authority' } = options
  const shared = beside?.box.shared ?? (await townInABox(folder, edition))
  const { clock, town, centre, cards } = shared
  const world = simulators(clock)
  const { bankTerminal = edition === 'bank' } = options
  const dataFolder = options.dataFolder ?? join(folder, 'kiosk')
  const journalPath = join(dataFolder, 'journal.ndjson')
  const config = configIn(dataFolder, {
    number: beside?.number,
    bankTerminal,
    edition,
    ...options.settings,
  })
  const bank =
    edition === 'bank'
      ? await bankInABox({
          clock,
          town,
          fetch: centre.fetch,
          kiosk: config.kiosk.number,
          currency: config.currency.code,
        })
      : null
  // Whoever reports to nobody asks its devices no questions for a report.
  const loops = config.fleet === null ? null : loopAges(clock)
  const work = workUnderWay()
  const straight = bank?.fetch ?? centre.fetch
  const reach = options.line?.(straight) ?? straight
  const openFile = options.journal?.openFile ?? ((path: string) => open(path, 'a+', 0o600))
  const reachOfStart = (): Reach => {
    const direct: Reach = {
      disk: { ...realDisk, openFile: async (path) => work.watched(await openFile(path)) },
      // A bank takes time of the clock: nobody can wait for it with the clock standing still.
      fetch: (...request) => (bank === null ? work.during(reach(...request)) : reach(...request)),
      cardService: world.reader.service,
      cable: () => memoryCable(),
    }
    return options.between?.(direct) ?? direct
  }
  const start = async (): Promise<StartedKiosk> => {
    const { disk, fetch, ...wires } = reachOfStart()
    const { freeBytes } = options.journal ?? {}
    const started = await startKiosk({
      config,
      clock: { ...clock, now: () => clock.now() + (options.clockIsOff?.() ?? 0) },
      log: options.log ?? pino({ level: 'silent' }),
      version: 'box',
      drivers: world.drivers(wires, config, loops),
      ...(loops && { loopAgesMs: loops.agesMs }),
      pages: new Map(),
      onFailure: () => {
        failures.push('the kiosk machine stopped')
      },
      fetch,
      disk: { ...disk, ...(freeBytes && { freeBytes }) },
    })
    if (started.kind === 'problem') throw new Error(started.problem)
    return started.kiosk
  }
  const failures: string[] = []
  let kiosk = await start()

  /** Lets so much virtual time pass, with real disks and sockets keeping up. */
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms;) {
      const step = Math.min(stepAfter(passed), ms - passed)
      await work.done()
      await clock.advance(step)
      passed += step
    }
  }
  /** Goes on until it is so; at most two virtual minutes. */
  const until = async (what: string, isSo: () => boolean) => {
    for (let passed = 0; passed < 120_000;) {
      if (isSo()) return
      const step = stepAfter(passed)
      await work.done()
      await clock.advance(step)
      passed += step
    }
    throw new Error(`never came to: ${what}; the screen is ${JSON.stringify(kiosk.view().screen)}`)
  }
  /** Waits for a screen, and gives it. */
  const screen = async <Kind extends Screen['kind']>(
    kind: Kind,
    isSo: (screen: Extract<Screen, { kind: Kind }>) => boolean = () => true,
  ): Promise<Extract<Screen, { kind: Kind }>> => {
    const found = () => {
      const shown = kiosk.view().screen
      return shown.kind === kind ? (shown as Extract<Screen, { kind: Kind }>) : null
    }
    await until(`the screen "${kind}"`, () => {
      const shown = found()
      return shown !== null && isSo(shown)
    })
    return found() as Extract<Screen, { kind: Kind }>
  }

  /** What lay in each box that was taken out and away. */
  const boxesGone: ReturnType<typeof cashEvidence>[] = []
  const records = () => ({
    journal: journalLines(journalPath),
    cashBox: cashEvidence(world.notes.truth()),
    boxesGone,
    ...(bankTerminal && { payments: terminalEvidence(world.terminal.truth()) }),
  })

  return {
    clock,
    centre,
    town,
    /** Of the bank's edition. */
    bank: (): BankInABox => {
      if (bank === null) throw new Error('this box is of the authority')
      return bank
    },
    /** For another box beside this one. */
    shared: { ...shared, records: [...(beside?.box.shared.records ?? []), records] },
    ...world,
    pass,
    until,
    screen,
    view: (): View => kiosk.view(),
    /** What the kiosk itself says is unresolved (P4). */
    unresolved: () => unresolved(kiosk.records.standing()),
    press: (press: Press): boolean => kiosk.press({ view: kiosk.view().number, press }),
    /** A press on a view that may have gone. */
    pressOn: (view: number, press: Press): boolean => kiosk.press({ view, press }),
    /** Where the customer's page is served. */
    url: (): string => kiosk.url,
    /** What the watchdog looks at. */
    vitals: (): StartedKiosk['vitals'] => kiosk.vitals,
    card: (id: string): SimulatedCard => {
      const card = cards.get(id)?.power
      if (card === null || card === undefined) throw new Error(`there is no power card ${id}`)
      return card
    },
    insert: (id: string) => {
      const card = cards.get(id)
      if (card === undefined) throw new Error(`there is no card ${id}`)
      world.reader.insert(card.slot)
    },
    /** Puts a note in as soon as the acceptor takes one. */
    feed: async (value: number, how: { refusedFor?: number } = {}) => {
      await until(`the acceptor takes ${value}`, () => world.notes.takesNotes())
      if (world.notes.insert(value, how) !== 'taken') throw new Error(`${value} was not taken`)
    },
    /** The full box goes out, and away. */
    takeBoxAway: () => {
      boxesGone.push(cashEvidence(world.notes.truth()))
      world.notes.removeCashBox()
    },
    /** An empty one goes in. */
    putBoxIn: () => world.notes.replaceCashBox({ emptied: true }),
    /** As supervision does after a stop: the devices keep what they hold. `meanwhile` gets the path of the journal. */
    restart: async ({ meanwhile }: { meanwhile?: (journal: string) => void } = {}) => {
      await kiosk.stop()
      // A process that has ended writes nothing more: its counters may still be on their way here.
      do await realPause(20)
      while (existsSync(join(dataFolder, 'counters.json.new')))
      meanwhile?.(journalPath)
      kiosk = await start()
    },
    /**
     * As supervision does after a crash: what was under way is as it was left. Whatever is between the kiosk and its world
     * lets nothing of the program that has ended through any more.
     */
    restartAfterCrash: async () => {
      await kiosk.stop().catch(() => undefined)
      kiosk = await start()
    },
    journal: () => journalLines(journalPath),
    /** What the centre has of it. */
    uploaded: () => uploadedLines(centre.databasePath, config.kiosk.number),
    /** What the centre has raised about this kiosk. */
    alarms: () => alarmsAt(centre.databasePath, config.kiosk.number),
    /** Everything that does not add up, a sentence each. `atRest`: the journal has had the time to reach the centre. */
    audit: ({ atRest = false } = {}): string[] => [
      ...failures,
      ...auditTown({
        kiosks: [
          {
            ...records(),
            uploaded: { lines: uploadedLines(centre.databasePath, config.kiosk.number), atRest },
          },
          ...(beside?.box.shared.records ?? []).map((of) => of()),
        ],
        centre: centreEvidence(centre.databasePath),
        cards: [...cards.values()].flatMap(({ power }) =>
          power === null ? [] : [cardEvidence(power.state())],
        ),
      }),
    ],
    close: async () => {
      await kiosk.stop()
      await bank?.close()
      if (beside === undefined) await centre.close()
      world.key.dispose()
      world.notes.dispose()
      world.printer.dispose()
      world.terminal.dispose()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * What really takes time: the disk of the journal, and the centre. No virtual time passes meanwhile, or a busy machine
 * would look like a slow kiosk.
 */
const workUnderWay = () => {
  const underWay = new Set<Promise<unknown>>()
  const during = async <Result>(work: Promise<Result>): Promise<Result> => {
    underWay.add(work)
    try {
      return await work
    } finally {
      underWay.delete(work)
    }
  }
  return {
    during,
    watched: (file: JournalFile): JournalFile => {
      const write = file.write.bind(file)
      const datasync = file.datasync.bind(file)
      return Object.assign(file, {
        write: (...args: Parameters<JournalFile['write']>) => during(write(...args)),
        datasync: () => during(datasync()),
      })
    },
    done: async () => {
      await realPause(1)
      while (underWay.size > 0) await realPause(1)
    },
  }
}

export type Line = 'notes' | 'printer' | 'terminal'

const keyCodes = {
  key: { of: 'key', code: 148 },
  doors: { cabinet: { of: 'switch', code: 0 }, cash: { of: 'switch', code: 1 } },
} as const

/** The devices of the box: what is physically so, and the drivers on the other end of each cable. */
const simulators = (clock: ManualClock) => {
  const reader = simulatedPcsc()
  const notes = sspSimulator({ clock })
  const printer = escposSimulator({ model: 'generic-80', clock, rowsPerSecond: Infinity })
  const terminal = zvtSimulator({
    truth: usedTerminal(clock.now(), { currency: 156 }),
    timeZone: exampleConfig.timeZone,
    clock,
    now: clock.now,
  })
  const devices = { notes, printer, terminal }
  const keyLine = { device: new PassThrough() }
  const key = evdevSimulator({
    ...keyCodes,
    clock,
    now: clock.now,
    say: (bytes) => void keyLine.device.write(bytes),
  })
  const cables: Record<Line, MemoryCable | null> = { notes: null, printer: null, terminal: null }
  const plugged: Record<Line, boolean> = { notes: true, printer: true, terminal: true }
  const unplug = (line: Line) => {
    plugged[line] = false
    cables[line]?.unplug()
  }
  /** As a serial port: it can be opened again after it was closed, as long as the plug is in. */
  const open = (line: Line, newCable: Reach['cable']) => (): Promise<Duplex> => {
    if (!plugged[line]) return Promise.reject(new Error('ENOENT: no such line'))
    cables[line]?.unplug()
    const cable = newCable(line)
    cables[line] = cable
    devices[line].attach(cable.device)
    return Promise.resolve(cable.host)
  }
  return {
    reader,
    notes,
    printer,
    terminal,
    /** The maintenance key, and the doors. */
    key,
    /** What each driver holds at this moment: bytes written to an end arrive at the other. */
    cables,
    unplug,
    plugIn: () => {
      plugged.notes = true
      plugged.printer = true
      plugged.terminal = true
    },
    drivers: (
      { cardService, cable }: Pick<Reach, 'cardService' | 'cable'>,
      config: KioskConfig,
      loops: LoopAges | null = null,
    ) => ({
      cardReader: pcscCardReader({ service: cardService, clock, ...heardBy(loops, 'cardReader') }),
      noteAcceptor: sspNoteAcceptor({
        open: open('notes', cable),
        enrolledSerial: usualSerialNumber,
        fixedKey: factoryFixedKey,
        minorPerUnit: 100,
        encryption: 'required',
        clock,
        ...heardBy(loops, 'noteAcceptor'),
      }),
      serviceSwitch: evdevServiceSwitch({
        ...keyCodes,
        open: () => {
          keyLine.device = new PassThrough()
          return Promise.resolve(keyLine.device)
        },
        clock,
      }),
      receiptPrinter: escposReceiptPrinter({
        open: open('printer', cable),
        model: 'generic-80',
        clock,
        ...heardBy(loops, 'receiptPrinter'),
      }),
      ...(config.devices.bankTerminal !== null && {
        bankTerminal: zvtBankTerminal({
          ...bankTermsOf(config, config.devices.bankTerminal),
          open: open('terminal', cable),
          framing: 'serial',
          clock,
          now: clock.now,
          ...heardBy(loops, 'bankTerminal'),
        }),
      }),
    }),
  }
}

const heardBy = (loops: LoopAges | null, role: Parameters<LoopAges['heard']>[0]) =>
  loops === null ? {} : { heard: loops.heard(role) }

/** What kiosks of one town share. A card is in one place, whoever looks at it. */
const townInABox = async (folder: string, edition: Edition) => {
  const clock = manualClock()
  const town = townOf(clock.now(), edition)
  const centre = await centreInABox({ folder, clock, town })
  const cards = new Map(town.cards.map(({ id, state }) => [id, chipOf(state)]))
  /** Of the kiosks so far: what an auditor of the whole town needs of each. */
  const records: (() => Pick<Evidence, 'journal' | 'cashBox'>)[] = []
  return { clock, town, centre, cards, records }
}
type Shared = Awaited<ReturnType<typeof townInABox>>

/** Whatever is in the rack: a power card, or a card of somebody else. */
const chipOf = (state: TownCard['state']): { power: SimulatedCard | null; slot: CardInSlot } => {
  if ('atr' in state) {
    return { power: null, slot: foreignCard({ atr: Buffer.from(state.atr, 'hex') }) }
  }
  const card = simulatedCard({ state })
  return { power: card, slot: card }
}

const terminalInBox = {
  driver: 'zvt',
  port: '/dev/kiosk/bank-terminal',
  terminalId: '29001006',
  password: '000000',
  slip: 'text of the bank',
  endOfDayHour: 2,
}

const configIn = (
  dataFolder: string,
  of: {
    number?: string | undefined
    bankTerminal: boolean
    edition: Edition
    endOfDayHour?: number
    customerMs?: number
    fleet?: z.input<typeof FleetConfig>
  },
): KioskConfig => {
  const { number = exampleConfig.kiosk.number, bankTerminal, edition } = of
  const { endOfDayHour = terminalInBox.endOfDayHour, customerMs } = of
  const parsed = parseConfig(
    JSON.stringify({
      ...exampleConfig,
      kiosk: { ...exampleConfig.kiosk, number },
      centre: { url: 'http://127.0.0.1:1' },
      fleet: of.fleet ?? null,
      service: boxService,
      dataFolder,
      screen: { host: '127.0.0.1', port: 0 },
      ...(customerMs !== undefined && {
        patience: { ...exampleConfig.patience, customerMs },
      }),
      ...(bankTerminal && {
        edition,
        tenders: ['cash', 'bank card', edition === 'bank' ? 'bank account' : 'account'],
        devices: {
          ...exampleConfig.devices,
          bankTerminal: { ...terminalInBox, endOfDayHour },
        },
      }),
    }),
  )
  if (parsed.kind === 'problems') throw new Error(parsed.problems.join('\n'))
  return parsed.config
}
