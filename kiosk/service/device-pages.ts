// Pure: one device, or all of them, as a technician sees them: how it is, what ails it, and what helps.
import { degradation, type Closes } from '../../state-machines/degradation.ts'
import type { KioskContext } from '../../state-machines/kiosk-context.ts'
import type { ServiceDevice, ServiceMark, ServiceRow } from '../../ui/kiosk/service/service-page.ts'
import { ago, fault, number, text, word } from './rows.ts'
import type { ServiceFacts } from './service-facts.ts'

/** A device that is well answers every few seconds. */
const heardMostMs = 30_000
/** Faults that stand make a page long enough; of those that passed, so many. */
const faultsShown = 3

export const devicesRows = (kiosk: KioskContext, facts: ServiceFacts): ServiceRow[] => [
  ...kiosk.devicesFitted.map((device) => stateRow(device, device, kiosk)),
  ago('screen', facts.paintedMs, heardMostMs),
]

export const deviceRows = (
  device: ServiceDevice,
  kiosk: KioskContext,
  facts: ServiceFacts,
): ServiceRow[] => {
  const { model, port, serial, heardMs } = facts.device(device)
  return [
    stateRow('state', device, kiosk),
    ...kiosk.devices[device].faults.map((named) =>
      fault('what to do', { device, fault: named }, 'what to do', 'attention'),
    ),
    ago('last heard', heardMs, heardMostMs),
    ...countersOf(device, kiosk, facts),
    ...text('model', model),
    ...text('serial', serial),
    ...text('port', port),
    ...facts.faults
      .filter((told) => told.device === device && told.clearedAt !== null)
      .slice(-faultsShown)
      .map((told) => ({ ...fault('fault', told, 'name', 'quiet'), at: told.raisedAt })),
  ]
}

/** Whatever was wrong with any device lately, the newest first. */
export const faultsRows = ({ faults }: ServiceFacts): ServiceRow[] =>
  faults
    .toSorted((one, other) => other.raisedAt - one.raisedAt)
    .slice(0, 8)
    .map((told) => ({
      ...fault('fault', told, 'name', told.clearedAt === null ? 'wrong' : 'quiet'),
      at: told.raisedAt,
    }))

const stateRow = (
  label: ServiceRow['label'],
  device: ServiceDevice,
  { devices }: KioskContext,
): ServiceRow => {
  const { ready, faults } = devices[device]
  const [gravest] = faults
  if (gravest !== undefined) {
    return fault(label, { device, fault: gravest }, 'name', markOf(device, gravest))
  }
  return ready ? word(label, 'ready', 'well') : word(label, 'starting', 'attention')
}

/** What closes nothing is no more than a reason to come. */
const markOf = (device: ServiceDevice, named: string): ServiceMark => {
  const rows: Record<string, Closes> = degradation[device]
  return rows[named]?.what === 'nothing' ? 'attention' : 'wrong'
}

const countersOf = (
  device: ServiceDevice,
  { devices, paymentsOpen }: KioskContext,
  { receipts }: ServiceFacts,
): ServiceRow[] => {
  switch (device) {
    case 'noteAcceptor': {
      const { counters } = devices.noteAcceptor
      return counters === null
        ? []
        : [number('stacked ever', counters.stacked), number('rejected ever', counters.rejected)]
    }
    case 'receiptPrinter': {
      const { faults } = devices.receiptPrinter
      const paper = faults.includes('paper out')
        ? word('paper', 'out', 'wrong')
        : faults.includes('paper low')
          ? word('paper', 'low', 'attention')
          : word('paper', 'ok', 'well')
      return [paper, number('receipts printed', receipts)]
    }
    case 'bankTerminal':
      return [
        devices.bankTerminal.vending
          ? word('vending', 'yes', 'well')
          : word('vending', 'no', 'wrong'),
        paymentsOpen ? word('payments open', 'yes', 'attention') : word('payments open', 'no'),
      ]
    case 'cardReader':
      return []
    default:
      return device satisfies never
  }
}
