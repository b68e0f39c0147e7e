// The kiosk of the bench as a program: its configuration names the wires of the bench, and nothing else differs from the field.
import type { Holder } from '../../domain/enrolment/holder.ts'
import { KioskNumber } from '../../domain/identifiers.ts'
import { freePort } from '../../drivers/free-ports.ts'
import type { Program } from './children.ts'
import { benchCommandKey } from './command-key.ts'
import { kioskConfigOf, writeConfig } from './configs.ts'
import { enrolKiosk } from './enrolling.ts'
import type { BenchPaths } from './folder.ts'
import { kioskProgram } from './programs.ts'
import { beginUnconfigured } from './unconfigured.ts'
import { townKiosks, type Edition } from './town/town.ts'
import type { World } from './world.ts'

/** Stopped by the stack. */
export const startKiosk = async (of: {
  paths: BenchPaths
  stack: AsyncDisposableStack
  edition: Edition
  /** Of the centre, or of the front machine before it. */
  centrePort: number
  /** Of the centre itself. */
  enrolmentPort: number
  fleetPort: number
  world: World
  patience: { customerMs: number; warningMs: number }
  /** It begins without a configuration, and is set up on its own screen. */
  setup: boolean
  say: (line: string) => void
  onChange: () => void
}): Promise<{ kiosk: Program; kioskUrl: string }> => {
  const { paths, world, onChange } = of
  const { environment, service } = world.slot
  const screenPort = await freePort()
  const [{ kiosk: number, place }] = townKiosks
  const config = kioskConfigOf({
    kiosk: { number, place },
    edition: of.edition,
    centrePort: of.centrePort,
    enrolmentPort: of.enrolmentPort,
    fleetPort: of.fleetPort,
    commandKey: benchCommandKey(paths),
    screenPort,
    ports: {
      notes: world.notes.port,
      bank: world.terminal.port,
      receipt: world.printer.port,
      key: world.serviceSwitch.port,
    },
    cardService: service,
    dataFolder: paths.kioskData,
    logFile: paths.kioskLog,
    patience: of.patience,
  })
  const numbered = KioskNumber.parse(number)
  const holder: Holder = { role: 'kiosk', kiosk: numbered }
  const enrolling = {
    paths,
    centrePort: of.enrolmentPort,
    kiosk: numbered,
    folder: paths.kioskData,
  }
  if (of.setup) await beginUnconfigured({ paths, config, holder, say: of.say })
  else {
    writeConfig(paths.kioskConfig, config)
    await enrolKiosk(enrolling)
  }
  const plan = of.setup ? paths.kioskPlan : null
  const kiosk = kioskProgram({ paths, screenPort, environment, plan, onChange })
  of.stack.defer(kiosk.stop)
  await kiosk.start()
  return { kiosk, kioskUrl: `http://127.0.0.1:${screenPort}/` }
}
