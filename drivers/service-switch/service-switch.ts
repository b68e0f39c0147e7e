// What the maintenance key switch and the doors of a kiosk tell, whatever they are wired to. Nothing can be said to them.
import type { ServiceSwitchFault } from './faults.ts'

/** The cabinet, and the compartment of the cash box inside it. */
export type Door = 'cabinet' | 'cash'

/**
 * How key and doors stand when the switch is opened is not known: each is told with the first word about it, and after that
 * only when it has changed. An encoder that repeats what is on says so soon; what is off and stays off is never told.
 */
export type ServiceSwitchEvent =
  /** It can be heard. Comes at start and again after each re-open; what was told before may have changed meanwhile. */
  | { type: 'service-switch.ready' }
  | { type: 'service-key.turned'; on: boolean }
  | { type: 'door.changed'; which: Door; open: boolean }
  | { type: 'service-switch.failed'; fault: ServiceSwitchFault }
  | { type: 'service-switch.cleared'; fault: ServiceSwitchFault['kind'] }
