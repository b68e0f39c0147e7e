// Numbers of the hardware as the devices tell them: what tells two machines of one number apart (B8).
//
// They are remembered, because a kiosk says who it is before its devices have spoken, and one that said less than the last time
// would look like another. What is told anew is said at the next start.
import { createHmac } from 'node:crypto'
import { dirname } from 'node:path'
import type { InspectionEvent } from 'xstate'
import { z } from 'zod'
import { never } from '../../domain/never.ts'
import type { DeviceStates } from '../../state-machines/device-states.ts'
import type { Clock } from '../clock.ts'
import type { Disk } from '../disk.ts'
import { durableJson } from '../durable-json.ts'
import type { Log } from '../log.ts'

type Role = keyof DeviceStates

/** At a first start the devices are waited for so long. */
const patienceMs = 10_000

const machineIdFile = '/etc/machine-id'

const Remembered = z.record(z.string(), z.string())

export type Serials = {
  /** For whatever is inspected of the machines: a device that is ready says who it is. */
  hear: (inspected: InspectionEvent) => void
  /** What the devices have told since the program started. */
  told: () => Partial<Record<Role, string>>
  /** As far as they are known, once every device has told, or told at an earlier start, or was waited for. */
  known: (signal: AbortSignal) => Promise<Record<string, string>>
}

export const hardwareSerials = (of: {
  /** Where they are remembered. */
  path: string
  roles: readonly Role[]
  clock: Clock
  log: Log
  disk: Disk
}): Serials => {
  const { path, roles, clock, log, disk } = of
  const file = durableJson({
    path,
    schema: Remembered,
    onUnreadable: (found) => log.warn(found, 'the serial numbers were unreadable'),
    disk,
  })
  const told = new Map<string, string>()
  let remembered: Record<string, string> | null = null
  const allTold = Promise.withResolvers<void>()
  const look = () => {
    if (remembered === null) return
    const now = { ...remembered, ...Object.fromEntries(told) }
    if (roles.every((role) => now[role] !== undefined)) allTold.resolve()
    if (Object.entries(now).every(([role, serial]) => remembered?.[role] === serial)) return
    remembered = now
    file
      .write(now)
      .catch((error: unknown) => log.error({ err: error }, 'a serial number is not remembered'))
  }
  return {
    hear: (inspected) => {
      const one = inspected.type === '@xstate.event' ? serialIn(inspected.event) : null
      if (one === null || told.get(one.role) === one.serial) return
      told.set(one.role, one.serial)
      look()
    },
    told: () => Object.fromEntries(told),
    known: async (signal) => {
      await disk.makeFolder(dirname(path))
      remembered = (await file.read()) ?? {}
      look()
      await Promise.race([allTold.promise, clock.wait(patienceMs, signal)])
      const now = Object.entries(remembered).filter(([role]) => roles.some((one) => one === role))
      const machine = machineOf(await disk.readText(machineIdFile))
      return { ...Object.fromEntries(now), ...(machine !== null && { machine }) }
    },
  }
}

const Ready = z.discriminatedUnion('type', [
  z.object({ type: z.literal('card-reader.ready'), name: z.string() }),
  z.object({ type: z.literal('receipt-printer.ready'), model: z.string() }),
  z.object({
    type: z.literal('note-acceptor.ready'),
    unit: z.object({ serialNumber: z.string() }),
  }),
  z.object({ type: z.literal('bank-terminal.ready'), unit: z.object({ terminalId: z.string() }) }),
])

const serialIn = (event: { type: string }): { role: Role; serial: string } | null => {
  if (!event.type.endsWith('.ready')) return null
  const ready = Ready.safeParse(event)
  if (!ready.success) return null
  const { data } = ready
  switch (data.type) {
    case 'card-reader.ready':
      return { role: 'cardReader', serial: data.name.slice(0, mostLetters) }
    case 'receipt-printer.ready':
      return { role: 'receiptPrinter', serial: data.model }
    case 'note-acceptor.ready':
      return { role: 'noteAcceptor', serial: data.unit.serialNumber }
    case 'bank-terminal.ready':
      return { role: 'bankTerminal', serial: data.unit.terminalId }
    default:
      return never(data)
  }
}

/** Of one serial on the wire (`BirthMessage`). */
const mostLetters = 60

/** The id itself stays on its machine: whoever knows it knows this machine elsewhere too (machine-id(5)). */
const machineOf = (machineId: string | null): string | null =>
  machineId === null || machineId.trim() === ''
    ? null
    : createHmac('sha256', machineId.trim()).update('kiosk of a fleet').digest('hex').slice(0, 32)
