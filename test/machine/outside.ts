// The world outside the machine: a town with its centre over mutual TLS, the devices on the far ends of the USB lines, the
// cards, and what is physically so for the auditor. Built of the bench's own pieces; only the kiosk is elsewhere.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { makeAuthority } from '../../centre/enrolment/authority.ts'
import { freePort } from '../../drivers/free-ports.ts'
import { benchBankTerminal } from '../../kiosk/bench/bank-terminal.ts'
import { benchCards } from '../../kiosk/bench/cards.ts'
import { benchCommandKey } from '../../kiosk/bench/command-key.ts'
import { centreConfigOf, kioskConfigOf, writeConfig } from '../../kiosk/bench/configs.ts'
import { openFolder, type BenchPaths } from '../../kiosk/bench/folder.ts'
import { benchNoteAcceptor } from '../../kiosk/bench/note-acceptor.ts'
import { centreProgram, importTown } from '../../kiosk/bench/programs.ts'
import { benchReceiptPrinter } from '../../kiosk/bench/receipt-printer.ts'
import { makeTown, readTown } from '../../kiosk/bench/town-folder.ts'
import { townKiosks } from '../../kiosk/bench/town/town.ts'
import type { KioskConfig } from '../../kiosk/config.ts'
import type { z } from 'zod'
import { audit } from '../auditor.ts'
import { centreEvidence, uploadedLines } from '../evidence.ts'
import { qemuSlot } from './card-in-qemu.ts'
import type { UsbLine } from './machine.ts'

const project = join(import.meta.dirname, '../..')
/** The host as the guest of QEMU's user network sees it. */
export const hostSeenInside = '10.0.2.2'
const [{ kiosk, place }] = townKiosks

export type Outside = Awaited<ReturnType<typeof startOutside>>

/** What was begun is stopped by the stack. */
export const startOutside = async (folder: string, stack: AsyncDisposableStack) => {
  const { paths, release } = await openFolder(join(folder, 'town'))
  stack.defer(release)
  makeTown(paths, Date.now(), 'authority')
  const centre = await startCentre(paths, stack)
  const town = readTown(paths)
  const cards = benchCards(town.cards, paths.cardOf)
  const onChange = () => undefined
  const wire = (name: string) => ({ path: join(paths.wires, name), pseudoTerminals: false })
  const notes = await benchNoteAcceptor({ file: paths.noteAcceptor, wire: wire('notes'), onChange })
  stack.defer(notes.close)
  const terminal = await benchBankTerminal({
    file: paths.bankTerminal,
    wire: wire('bank'),
    onChange,
  })
  stack.defer(terminal.close)
  const printer = await benchReceiptPrinter({
    file: paths.receiptPrinter,
    wire: wire('receipt'),
    onChange,
  })
  stack.defer(printer.close)
  const cardSocket = join(folder, 'card.sock')
  const slot = await qemuSlot(cardSocket)
  stack.defer(slot.close)
  const lines: UsbLine[] = [
    { name: 'notes', tcpPort: portOf(notes.port), usbPort: 1, serial: 'WPNOTES1' },
    { name: 'bank', tcpPort: portOf(terminal.port), usbPort: 2, serial: 'WPBANK01' },
    { name: 'printer', tcpPort: portOf(printer.port), usbPort: 3, serial: 'WPPRINT1' },
  ]
  return {
    paths,
    notes,
    terminal,
    printer,
    slot,
    cardSocket,
    lines,
    kiosk,
    centreUrl: `https://${hostSeenInside}:${centre.port}`,
    centrePort: centre.port,
    fleetPort: centre.fleetPort,
    chip: (id: string) => {
      const chip = cards.chip(id)
      if (chip === undefined) throw new Error(`there is no card ${id}`)
      return chip
    },
    energyOn: (id: string): number => {
      const serial = cards.state(id)?.serial
      return cards.loaded().find((card) => card.serial === serial)?.energy ?? 0
    },
    enrolmentCode: () => enrolmentCode(paths),
    config: () => configInside(paths, centre),
    /** Everything that does not add up, a sentence each. `journal`: the lines from the disk of the machine. */
    audit: (journal: string[]): string[] =>
      audit({
        journal,
        uploaded: { lines: uploadedLines(paths.centreDatabase, kiosk), atRest: false },
        cashBox: notes.stackedNotes(),
        payments: terminal.truth().payments.map((payment) => ({
          ...payment,
          terminalId: terminal.truth().terminalId,
        })),
        centre: centreEvidence(paths.centreDatabase),
        cards: cards.loaded(),
      }),
  }
}

const portOf = (port: string): number => Number(port.split(':').at(-1))

const startCentre = async (paths: BenchPaths, stack: AsyncDisposableStack) => {
  benchCommandKey(paths)
  const port = await freePort()
  const fleetPort = await freePort()
  const config = centreConfigOf({
    port,
    fleetPort,
    dataFolder: paths.centreData,
    keyFile: paths.keys,
    commandKeyFile: paths.commandKey,
    tls: true,
  })
  // Its own programs reach it on this machine, the kiosk from inside the emulator.
  writeConfig(paths.centreConfig, { ...config, tls: { hosts: [hostSeenInside] } })
  await importTown(paths)
  makeAuthority(paths.centreData, Date.now())
  const centre = centreProgram({ paths, port, onChange: () => undefined })
  stack.defer(centre.stop)
  await centre.start()
  return { port, fleetPort }
}

/** As the office makes one. */
const enrolmentCode = (paths: BenchPaths): string => {
  const office = join(project, 'centre/authority-main.ts')
  const args = [office, '--config', paths.centreConfig, 'code', '--kiosk', kiosk]
  const made = spawnSync(process.execPath, args, { encoding: 'utf8' })
  const [code = ''] = made.stdout.split('\n')
  if (made.status !== 0 || code === '') throw new Error(`no code was made: ${made.stderr}`)
  return code
}

/** The configuration of the kiosk in the machine: devices by function, the centre over TLS. */
const configInside = (
  paths: BenchPaths,
  { port, fleetPort }: { port: number; fleetPort: number },
): z.input<typeof KioskConfig> => {
  const config = kioskConfigOf({
    kiosk: { number: kiosk, place },
    edition: 'authority',
    centrePort: port,
    enrolmentPort: port,
    fleetPort,
    commandKey: benchCommandKey(paths),
    screenPort: 8010,
    ports: {
      notes: '/dev/kiosk/notes',
      bank: '/dev/kiosk/bank',
      receipt: '/dev/kiosk/printer',
      key: null,
    },
    cardService: null,
    dataFolder: '/var/lib/kiosk',
    logFile: '',
    // Everything is slower in an emulated machine, people are not.
    patience: { customerMs: 300_000, warningMs: 60_000 },
  })
  return {
    ...config,
    centre: { url: `https://${hostSeenInside}:${port}` },
    fleet: config.fleet && {
      ...config.fleet,
      url: `mqtts://${hostSeenInside}:${fleetPort}`,
    },
    log: { level: 'info', file: null },
  }
}
