// Journals every fault of a device when it is raised and when it is cleared: what explains a count that is off.
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { DeviceStates } from '../state-machines/device-states.ts'

/** `door`, `serviceSwitch`: of the kiosk itself, and told like a device. */
type Fault = { device: keyof DeviceStates | 'door' | 'serviceSwitch'; fault: string }

type Site = { devices: DeviceStates; doorOpen: boolean; switchHeard: boolean }

const faultsOf = ({ devices, doorOpen, switchHeard }: Site): Fault[] => [
  ...(switchHeard ? [] : [{ device: 'serviceSwitch' as const, fault: 'not answering' }]),
  ...(doorOpen ? [{ device: 'door' as const, fault: 'door open' }] : []),
  ...devices.cardReader.faults.map((fault) => ({ device: 'cardReader' as const, fault })),
  ...devices.noteAcceptor.faults.map((fault) => ({ device: 'noteAcceptor' as const, fault })),
  ...devices.receiptPrinter.faults.map((fault) => ({ device: 'receiptPrinter' as const, fault })),
  ...devices.bankTerminal.faults.map((fault) => ({ device: 'bankTerminal' as const, fault })),
]

const within = (faults: Fault[], wanted: Fault): boolean =>
  faults.some(({ device, fault }) => device === wanted.device && fault === wanted.fault)

/** The entries for what has changed since the last call. */
export const faultsJournalled = () => {
  let known: Fault[] = []
  return (site: Site): JournalEntry[] => {
    const now = faultsOf(site)
    const entries = [
      ...now
        .filter((fault) => !within(known, fault))
        .map((fault) => ({ type: 'fault.raised' as const, ...fault, detail: '' })),
      ...known
        .filter((fault) => !within(now, fault))
        .map((fault) => ({ type: 'fault.cleared' as const, ...fault })),
    ]
    known = now
    return entries
  }
}
