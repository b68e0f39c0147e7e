// Every trouble a note acceptor can have, raised and cleared: what it means, who clears it, what it does to money.
import type { Worded } from '../../domain/faults/device-faults.ts'

export type NoteAcceptorFault = Worded<
  'noteAcceptor',
  /** No answer on the line, or the port is gone. Clears itself when the acceptor answers again. */
  | { kind: 'not answering'; moneyAtRisk: 'unknown' }
  /** Another unit than the enrolled one answers: perhaps swapped by a thief. A technician enrols it. */
  | { kind: 'wrong unit'; moneyAtRisk: 'no'; found: string; enrolled: string }
  /** The cash box is full. A collection clears it; no money is lost; other tenders stay open. */
  | { kind: 'cash box full'; moneyAtRisk: 'no' }
  /** The cash box is out. Putting it back clears it. */
  | { kind: 'cash box removed'; moneyAtRisk: 'no' }
  /** A note is stuck where the customer may still reach it. A technician clears it. */
  | { kind: 'jam'; where: 'safe' | 'unsafe'; moneyAtRisk: 'unknown' }
  /** The acceptor saw an attempt to cheat. Clears with the next good note or by a technician. */
  | { kind: 'fraud attempt'; moneyAtRisk: 'unknown' }
  /** The note path is open. Closing it clears it. */
  | { kind: 'path open'; moneyAtRisk: 'unknown' }
  /** Encryption with the unit could not be agreed. A technician checks the fixed key. */
  | { kind: 'not trusted'; moneyAtRisk: 'no' }
  /** The unit reports an internal failure. A technician changes it. */
  | { kind: 'broken'; code: string; moneyAtRisk: 'unknown' }
>
