// What else the kiosk journalled while somebody was served: faults of devices, a start, people on site. Of nobody's money.
import type { Fact } from '../../../domain/console/explained-facts.ts'
import type { LineRead } from './journal-of-sale.ts'

/** Null for what says nothing about a sale. A line that this centre has no word for is shown as it is. */
export const aroundFact = ({ entry, type, text }: LineRead): Fact | null => {
  if (entry === null) return { kind: 'unknown.entry', type, text }
  switch (entry.type) {
    case 'fault.raised': {
      const { device, fault, detail } = entry
      return { kind: 'fault.raised', device, fault, detail }
    }
    case 'fault.cleared':
      return { kind: 'fault.cleared', device: entry.device, fault: entry.fault }
    case 'kiosk.started':
      return { kind: 'kiosk.started', boot: entry.boot }
    case 'kiosk.closed':
      return { kind: 'kiosk.closed', reason: entry.reason }
    case 'kiosk.opened':
      return { kind: 'kiosk.opened' }
    case 'service.begun':
      return { kind: 'people.on-site', what: 'came' }
    case 'service.ended':
      return { kind: 'people.on-site', what: 'left' }
    case 'box.removed':
      return { kind: 'people.on-site', what: 'took the cash box' }
    case 'cash.compared': {
      const { verdict, difference } = entry
      return { kind: 'cash.compared', verdict, difference }
    }
    case 'journal.torn':
      return { kind: 'journal.torn', bytes: entry.bytes }
    case 'note.unexpected':
      return { kind: 'note.unexpected', value: entry.value }
    default:
      return null
  }
}
