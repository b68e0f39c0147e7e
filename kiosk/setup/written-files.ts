// What a set-up leaves behind: the configuration of the kiosk, and what udev has to know of its devices.
import { readlink, realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import type { SetupAnswers, UsbPlace } from '../../state-machines/setup-answers.ts'
import { realDisk, type Disk } from '../disk.ts'

/** Beside the configuration; the tool that provisions the machine takes its names of devices from it (docs/first-setup.md). */
const machineFile = 'machine.json'

/**
 * Where a configuration that does not exist yet belongs: what a link points to, as `/etc/kiosk/config.json` does, else the path
 * itself.
 */
export const placeOf = async (path: string): Promise<string> => {
  try {
    return resolve(dirname(path), await readlink(path))
  } catch {
    return realpath(path).catch(() => path)
  }
}

/** Whatever else stands in the facts of the machine stays. */
const Facts = z.looseObject({ usb: z.record(z.string(), z.unknown()).default({}) })

/** The facts of the machine, with the places of these devices in them. Null when what is there is not to be touched. */
export const machineTextOf = (before: string | null, answers: SetupAnswers): string | null => {
  const read = Facts.safeParse(before === null ? {} : jsonOf(before))
  if (!read.success) return null
  return `${JSON.stringify({ ...read.data, usb: { ...read.data.usb, ...usbOf(answers) } }, null, 2)}\n`
}

/** A reader is found by the card daemon and needs no name of its own. */
const usbOf = ({ devices }: SetupAnswers): Record<string, UsbPlace | null> => ({
  notes: devices.noteAcceptor?.usb ?? null,
  bank: devices.bankTerminal?.usb ?? null,
  printer: devices.receiptPrinter?.usb ?? null,
})

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The configuration comes last: once it is there, the kiosk is set up. Rejects when the disk does not take them. */
export const writeFiles = async (
  of: { configFile: string; config: string; answers: SetupAnswers },
  disk: Disk = realDisk,
): Promise<void> => {
  const place = await placeOf(of.configFile)
  const facts = join(dirname(place), machineFile)
  const text = machineTextOf(await disk.readText(facts), of.answers)
  if (text !== null) await disk.replaceFile(facts, text)
  await disk.replaceFile(place, of.config)
}
