// One whole bench: the town, devices with a physical truth, kiosk and centre as programs, and a page to play with it all.
import type { Minor } from '../../domain/money.ts'
import type { TerminalTruth } from '../../drivers/bank-terminal/zvt/simulator/truth.ts'
import { freePort } from '../../drivers/free-ports.ts'
import type { BankTruth } from '../../front/simulated-bank/truth.ts'
import type { PrintedPaper } from '../../drivers/receipt-printer/escpos/simulator/truth.ts'
import type { Act, Panel } from '../../ui/bench/panel.ts'
import { pageFiles } from '../../server/page-files.ts'
import type { ActDone } from './act.ts'
import type { Loaded } from './cards.ts'
import type { BenchCardSlot } from './card-slot.ts'
import { centreLines } from './centre-line.ts'
import type { Program } from './children.ts'
import { benchTenant, centreConfigOf, writeConfig } from './configs.ts'
import { CannotStart } from './cannot-start.ts'
import { startConsole } from './console-here.ts'
import { openFolder, type BenchFolder, type BenchPaths } from './folder.ts'
import { startFrontMachine } from './front-machine.ts'
import { frontPanel } from './front-panel.ts'
import type { BenchHomes } from './homes.ts'
import { startKiosk } from './kiosk-here.ts'
import { builtPages, buildPages } from './pages.ts'
import { centreProgram, importTown } from './programs.ts'
import { benchServer, type BenchServer, type BenchServerOptions } from './server.ts'
import { makeTown, makeYearOf } from './town-folder.ts'
import { keepHeard } from './year/heard.ts'
import type { YearSize } from './year/year.ts'
import type { Edition } from './town/town.ts'
import { setUpWorld, type Pace, type Taps } from './world.ts'

export type BenchOptions = {
  dataFolder: string
  /** Throws away what is in the folder and makes a new town. */
  fresh?: boolean
  /** The authority's unless told. */
  edition?: Edition
  /** The year of a town that stands beside the bench's own in the centre's books; none unless told. */
  year?: YearSize
  /** Of the bench's page; 0 takes a free one. Left out, it is the usual one, or a free one when that is taken. */
  port?: number
  /** How long the kiosk waits for people. */
  patience?: { customerMs: number; warningMs: number }
  /** How fast paper and notes move; as in life unless told. */
  pace?: Pace
  /** Cards go to a reader in memory, as on a machine that cannot have a card daemon. */
  withoutPcscd?: boolean
  /** For whoever wants to see what goes over the lines of the devices. */
  taps?: Taps
  /** The office's console runs beside the centre. */
  withConsole?: boolean
  /** The kiosk begins without a configuration, and is set up on its own screen. */
  setup?: boolean
  /** The moment the town is made for, ms since 1970; now unless told. */
  now?: number
  /** A line for whoever started it. */
  say?: (line: string) => void
}

export type Bench = {
  url: string
  kioskUrl: string
  /** Null where it was not wanted. */
  consoleUrl: string | null
  panel(): Panel
  act(act: Act): Promise<ActDone>
  /** What is physically so, whatever any program believes: for an auditor. Money in minor units, energy in 0.01 kWh. */
  truth(): {
    cashBox: { value: Minor; count: number }[]
    terminal: TerminalTruth
    /** Null in the authority's edition. */
    bank: BankTruth | null
    cards: Loaded[]
  }
  /** The papers that came out of the printer, the newest last. */
  papers(): PrintedPaper[]
  paths: BenchPaths
  programs: { kiosk: Program; centre: Program }
  slot: BenchCardSlot
  homes: BenchHomes
  /** Stops every program and frees every port; resolves when that is done. */
  close(): Promise<void>
}

export const usualPort = 8_008
const usualPatience = { customerMs: 40_000, warningMs: 20_000 }

/** Rejects with `CannotStart` when the person who started it can do something about it. */
export const startBench = async (options: BenchOptions): Promise<Bench> => {
  const { say = () => undefined, edition = 'authority' } = options
  await using stack = new AsyncDisposableStack()
  const folder = await openFolder(options.dataFolder, { fresh: options.fresh ?? false, edition })
  stack.defer(folder.release)
  const { paths } = folder
  // Filled when there is a page to be told; much changes before.
  let server: BenchServer | null = null
  const onChange = () => server?.changed()

  const now = options.now ?? Date.now()
  if (folder.isNew) makeTown(paths, now, edition)
  const ports = {
    centrePort: await freePort(),
    fleetPort: await freePort(),
    consolePort: options.withConsole === true ? await freePort() : null,
  }
  const line = await centreLines(ports)
  stack.defer(line.close)
  const centre = centreProgram({ paths, port: ports.centrePort, onChange })
  stack.defer(centre.stop)
  const [world] = await allOf(
    setUpWorld(paths, {
      stack,
      edition,
      pace: options.pace ?? 'as in life',
      withoutPcscd: options.withoutPcscd ?? false,
      taps: options.taps ?? {},
      onChange,
    }),
    startCentre({ folder, centre, year: options.year ?? 'none', now, say, ...ports }),
    buildPages({ say }),
  )
  const heard = keepHeard({
    paths,
    port: ports.fleetPort,
    centrePort: ports.centrePort,
    tenant: benchTenant,
    onTrouble: (why) => say(`The kiosks of the year are not heard: ${why}`),
  })
  stack.defer(heard.close)
  for (const sentence of world.missing) say(sentence)
  const office =
    ports.consolePort === null
      ? null
      : await startConsole({
          paths,
          port: ports.consolePort,
          now: options.now ?? Date.now(),
          onChange,
        })
  if (office !== null) stack.defer(office.program.stop)
  const consoleUrl = office?.url ?? null
  const front =
    world.bank === null
      ? null
      : await startFrontMachine({
          paths,
          stack,
          centrePort: line.centrePort,
          bankPort: world.bank.port,
          onChange,
        })
  const { kiosk, kioskUrl } = await startKiosk({
    paths,
    stack,
    edition,
    centrePort: front?.port ?? line.centrePort,
    enrolmentPort: line.centrePort,
    fleetPort: line.fleetPort,
    world,
    patience: options.patience ?? usualPatience,
    setup: options.setup ?? false,
    say,
    onChange,
  })
  const { panel, act } = frontPanel({
    world,
    line,
    kiosk,
    centre,
    front,
    kioskUrl,
    consoleUrl,
    onChange,
  })
  server = await serve(options.port, {
    pages: pageFiles(builtPages, 'bench/index.html'),
    panel,
    act,
    receipt: world.printer.picture,
  })
  stack.defer(server.close)
  const running = stack.move()
  return {
    url: server.url,
    kioskUrl,
    consoleUrl,
    panel,
    act,
    truth: () => ({
      cashBox: world.notes.stackedNotes(),
      terminal: world.terminal.truth(),
      bank: world.bank?.truth() ?? null,
      cards: world.cards.loaded(),
    }),
    papers: world.printer.papers,
    paths,
    programs: { kiosk, centre },
    slot: world.slot,
    homes: world.homes,
    close: () => running.disposeAsync(),
  }
}

/** With a new town in it, if the folder is new. */
const startCentre = async (of: {
  folder: BenchFolder
  centre: Program
  year: YearSize
  now: number
  say: (line: string) => void
  centrePort: number
  fleetPort: number
  consolePort: number | null
}): Promise<void> => {
  const { paths, isNew, made } = of.folder
  const { centrePort: port, fleetPort, consolePort } = of
  writeConfig(
    paths.centreConfig,
    centreConfigOf({
      port,
      fleetPort,
      consolePort,
      dataFolder: paths.centreData,
      keyFile: paths.keys,
      commandKeyFile: paths.commandKey,
      tls: true,
    }),
  )
  if (isNew) {
    await makeYearOf(paths, of)
    await importTown(paths)
    made()
  }
  await of.centre.start()
}

/** At the wanted port; without a wish at the usual one, or at any that is free. */
const serve = async (
  wanted: number | undefined,
  options: Omit<BenchServerOptions, 'port'>,
): Promise<BenchServer> => {
  try {
    return await benchServer({ ...options, port: wanted ?? usualPort })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    if (wanted === undefined) return benchServer({ ...options, port: 0 })
    throw new CannotStart(`Port ${wanted} is taken: name another --port.`)
  }
}

/** Waits for all of them, so that nothing is still being begun when what was begun is closed. */
const allOf = async <const Works extends readonly Promise<unknown>[]>(
  ...works: Works
): Promise<{ -readonly [Place in keyof Works]: Awaited<Works[Place]> }> => {
  await Promise.allSettled(works)
  return Promise.all(works)
}
