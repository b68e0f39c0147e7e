// Pure: the test of a device without a hand on site: what it says of itself, and nothing moves.
import type { DeviceStates } from '../../state-machines/device-states.ts'
import { resultOf, wordRow, type TestResult } from '../../state-machines/test-result.ts'
import type { ServiceDevice, ServiceRow } from '../../ui/kiosk/service/service-page.ts'
import { fault, number } from './rows.ts'

/** Under these a device does what it is there for. */
const harmless: Record<ServiceDevice, readonly string[]> = {
  cardReader: [],
  noteAcceptor: [],
  receiptPrinter: ['paper low'],
  // Whether the bank is reached shows with the next payment alone.
  bankTerminal: ['no connection'],
}

/**
 * For a command of the office, at any moment, also while somebody is being served. The bank terminal can be asked for more
 * where nobody is: the machine `testingBankTerminal` needs no hand either.
 */
export const selfTest = (device: ServiceDevice, states: DeviceStates): TestResult => {
  const { ready, faults } = states[device]
  const grave = faults.filter((one) => !harmless[device].includes(one))
  const why = grave.includes('not answering')
    ? 'no answer'
    : grave.length > 0
      ? 'device fault'
      : ready
        ? 'passed'
        : 'no answer'
  const rows: ServiceRow[] = [
    ready ? wordRow('state', 'ready') : wordRow('state', 'starting', 'attention'),
    ...faults.map((one) =>
      fault('fault', { device, fault: one }, 'name', grave.includes(one) ? 'wrong' : 'attention'),
    ),
    ...detailsOf(device, states),
  ]
  return resultOf(device, why, rows)
}

const detailsOf = (device: ServiceDevice, states: DeviceStates): ServiceRow[] => {
  const { counters } = states.noteAcceptor
  if (device === 'noteAcceptor' && counters !== null) {
    return [number('stacked ever', counters.stacked), number('rejected ever', counters.rejected)]
  }
  if (device === 'bankTerminal') {
    const { vending } = states.bankTerminal
    return [wordRow('vending', vending ? 'yes' : 'no', vending ? 'well' : 'wrong')]
  }
  return []
}
