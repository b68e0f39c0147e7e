// What the pages of the maintenance mode say of a kiosk that is well: for tests that look at pages alone.
import type { ServiceFacts } from '../kiosk/service/service-facts.ts'
import { emptyCashBox } from '../kiosk/cash-box.ts'

export const wellServiced: ServiceFacts = {
  now: 0,
  kiosk: { number: '000000000017', place: 'Mill Hill' },
  version: '0.1.0',
  startedAt: 0,
  device: () => ({ model: 'model', port: '/dev/kiosk/some', serial: '1', heardMs: 200 }),
  faults: [],
  visitSince: null,
  cashBox: emptyCashBox,
  journal: { lines: 1, waiting: 0 },
  salesOpen: 0,
  notesOpen: 0,
  paymentsOpen: 0,
  fleet: null,
  clockOffMs: null,
  receipts: 0,
  commands: [],
  paintedMs: 200,
}
