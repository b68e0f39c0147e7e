// Pure: what people do at the kiosk, as its fleet is told of it. The journal has the whole of it; these are the words of an alarm.
import type { FleetEvent } from '../../domain/fleet/kiosk-messages.ts'
import type { JournalEntry } from '../../domain/journal-entry.ts'

/** Null for what the fleet need not hear of at once. */
export const actEvent = (entry: JournalEntry): FleetEvent | null => {
  switch (entry.type) {
    case 'service.begun':
      return ofPerson('visit begun', 1)
    case 'service.ended':
      return ofPerson('visit ended', 1)
    case 'service.refused':
      // Whoever guesses is worth a look; a slip of the finger is not.
      return entry.lockedMs > 0 ? ofPerson('locked out', 2) : null
    case 'kiosk.closed':
      return ofPerson('closed', 1)
    case 'kiosk.opened':
      return ofPerson('opened', 1)
    case 'box.exchanging':
      return ofBox('exchange begun')
    case 'box.exchanged':
      return ofBox('exchanged')
    case 'box.not-exchanged':
      return ofBox('not exchanged')
    default:
      return null
  }
}

const ofPerson = (code: string, sev: FleetEvent['sev']): FleetEvent => ({
  kind: 'note',
  about: 'maintenance',
  sev,
  dev: 'kiosk',
  code,
})

const ofBox = (code: string): FleetEvent => ({
  kind: 'note',
  about: 'money',
  sev: 1,
  dev: 'cashBox',
  code,
})
