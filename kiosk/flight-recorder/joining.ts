// The flight recorder of a kiosk, by its configuration: `main.ts` makes it, `devices.ts` puts it to every line.
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { KioskConfig } from '../config.ts'
import { realDisk, whyOf } from '../disk.ts'
import type { Log } from '../log.ts'
import { recordingFolder } from './folder.ts'
import type { RecordedLine } from './lines.ts'
import { flightRecorder, type FlightRecorder } from './recorder.ts'

/** Currencies with other than a hundred minor units are not sold in (power-card.md 1.3). */
const minorPerUnit = 100

/** Some weeks of usual trouble. */
const folderLimits = { bytes: 20_000_000, files: 200 }

export const recorderOf = ({
  config: { kiosk, devices, dataFolder },
  clock,
  log,
  version,
}: {
  config: Pick<KioskConfig, 'kiosk' | 'dataFolder'> & {
    devices: Pick<KioskConfig['devices'], 'noteAcceptor' | 'receiptPrinter'>
  }
  clock: Clock
  log: Log
  version: string
}): FlightRecorder =>
  flightRecorder({
    clock,
    kiosk: kiosk.number,
    version,
    lines: linesOf(devices),
    folder: recordingFolder(join(dataFolder, 'flight-recorder'), folderLimits, realDisk),
    report: ({ path, why }) => {
      if (path !== null) log.info({ path }, 'what happened around a fault is kept')
      else log.warn({ why: why === undefined ? 'no room' : whyOf(why) }, 'a fault is not kept')
    },
  })

const linesOf = ({
  noteAcceptor,
  receiptPrinter,
}: Pick<KioskConfig['devices'], 'noteAcceptor' | 'receiptPrinter'>): Record<
  string,
  RecordedLine
> => ({
  ...(noteAcceptor && {
    notes: {
      protocol: 'ssp',
      device: 'noteAcceptor',
      enrolledSerial: noteAcceptor.serial,
      minorPerUnit,
    },
  }),
  ...(receiptPrinter && {
    printer: { protocol: 'escpos', device: 'receiptPrinter', model: receiptPrinter.model },
  }),
  bankTerminal: { protocol: 'unknown', device: 'bankTerminal' },
})
