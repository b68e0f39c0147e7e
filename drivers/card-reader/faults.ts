// Every trouble a card reader can have.
import type { Worded } from '../../domain/faults/device-faults.ts'

export type CardReaderFault = Worded<
  'cardReader',
  /** No reader is there (unplugged, or its daemon knows none). Clears itself when it is back. */
  | { kind: 'no reader'; moneyAtRisk: 'no' }
  /** The card daemon is not running or was restarted. Clears itself: the driver makes a new context. */
  | { kind: 'no card service'; moneyAtRisk: 'unknown' }
>
