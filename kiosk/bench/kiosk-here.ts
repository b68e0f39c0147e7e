// The kiosk of the bench as a program: its configuration names the wires of the bench, and nothing else differs from the field.
import { KioskNumber } from '../../domain/identifiers.ts'
import { freePort } from '../../drivers/free-ports.ts'
import type { Program } from './children.ts'
import { benchCommandKey } from './command-key.ts'
import { kioskConfigOf, writeConfig } from './configs.ts'
import { enrolOnBench } from './enrolling.ts'
import type { BenchPaths } from './folder.ts'
import { kioskProgram } from './programs.ts'
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
  writeConfig(paths.kioskConfig, config)
  await enrolOnBench({
    paths,
    centrePort: of.enrolmentPort,
    holder: { role: 'kiosk', kiosk: KioskNumber.parse(number) },
    folder: paths.kioskData,
  })
  const kiosk = kioskProgram({ paths, screenPort, environment, onChange })
  of.stack.defer(kiosk.stop)
  await kiosk.start()
  return { kiosk, kioskUrl: `http://127.0.0.1:${screenPort}/` }
}
