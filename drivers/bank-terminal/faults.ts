// Every trouble a bank terminal can have, raised and cleared: what it means, who clears it, what it does to money.
import type { Worded } from '../../domain/faults/device-faults.ts'

export type BankTerminalFault = Worded<
  'bankTerminal',
  /** No answer on the line, or the port is gone. Clears itself when the terminal is registered and ready again. */
  | { kind: 'not answering'; moneyAtRisk: 'unknown' }
  /** Another terminal than the enrolled one answers: its money would go elsewhere. A technician enrols it. */
  | { kind: 'wrong terminal'; moneyAtRisk: 'no'; found: string; enrolled: string }
  /** It cannot do what a kiosk must rely on: wait for the goods, or our currency. No payment is asked for; a technician sets it up. */
  | { kind: 'not suitable'; moneyAtRisk: 'no'; lacks: 'vending mode' | 'currency' | 'registration' }
  /** It says itself that it cannot work now (devices.md 10.6), `code` in hex. The driver does what the specification says helps. */
  | { kind: 'not ready'; moneyAtRisk: 'no'; code: string }
  /** A card was left in the slot. Taking it out clears it. */
  | { kind: 'card left inside'; moneyAtRisk: 'no' }
  /** It does not reach its bank. Clears with the next payment the bank answers; cash and account stay open. */
  | { kind: 'no connection'; moneyAtRisk: 'no' }
  /** The business day must be ended before it sells again; the driver or the kiosk's night does it. */
  | { kind: 'day not ended'; moneyAtRisk: 'no' }
  /** It says what no terminal should. Clears with the next good conversation; a technician looks at it. */
  | { kind: 'broken'; moneyAtRisk: 'unknown'; code: string }
>
