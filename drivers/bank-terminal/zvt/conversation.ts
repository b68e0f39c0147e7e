// What the driver knows of the terminal it talks with: who it is, what is wrong with it, what it is asked for next.
import type { PaymentId } from '../../../domain/identifiers.ts'
import { type Clock, wakeablePause } from '../../clock.ts'
import type {
  BankTerminalCommand,
  BankTerminalEvent,
  BankTerminalUnit,
  PaymentReceipt,
} from '../bank-terminal.ts'
import type { BankTerminalFault } from '../faults.ts'
import type { Apdu } from './apdu.ts'
import type { LineReport, Link } from './link.ts'
import type { Payment, PaymentStep } from './payment.ts'
import type { Remedy } from './result-codes.ts'

export type Terms = {
  /** 6 digits, as the acquirer has set it. */
  password: string
  /** ISO 4217 as a number: 156 is the yuan, 978 the euro. */
  currency: number
  /** 8 digits: another terminal is not used. `any` on the bench only. */
  terminalId: string
  /** Where the terminal stands, for the clock it writes receipts by. */
  timeZone: string
  /** Whether a terminal that does not wait for the goods is refused. Only a test says no. */
  vending: 'required' | 'not required'
  /** Whose text the customer's slip has. */
  slip: 'own layout' | 'text of the bank'
  /** Numbers in every message, where the terminal takes part. */
  sequence: boolean
}

/** What has its turn when the line is free. */
export type Job = {
  command: Extract<
    BankTerminalCommand,
    {
      type:
        | 'bank-terminal.authorise'
        | 'bank-terminal.find'
        | 'bank-terminal.reverse'
        | 'bank-terminal.end-day'
        | 'bank-terminal.diagnose'
        | 'bank-terminal.ask-pin'
    }
  >
  /** Past this it is answered without the terminal. */
  untilMs: number
}

export type Conversation = {
  terms: Terms
  clock: Pick<Clock, 'monotonic' | 'after'>
  /** Milliseconds since 1970: to set a terminal's clock by. */
  now: () => number
  tell: (event: BankTerminalEvent) => void
  report: (report: LineReport) => void
  /** A whole message came. */
  heard: () => void
  stopped: boolean
  link: Link | null
  /** Heard and not yet looked at. */
  inbox: Apdu[]
  unit: BankTerminalUnit | null
  /** Ready was told since it was registered; since the line was opened. */
  inTouch: boolean
  wasOfUse: boolean
  /** Of the last status enquiry; null before the first. */
  state: number | null
  statusDueMs: number
  /** It may have lost its power and with it its registration: it is registered again before anything else. */
  doubtful: boolean
  remedied: { remedy: Remedy; atMs: number } | null
  /** Since when it has said that it is not ready; when it was last reset. */
  notReadySinceMs: number | null
  resetMs: number | null
  /** The last id we gave; null where the terminal does not take part. */
  sequence: number | null
  /** The id of what the terminal leads with: our answer repeats it. */
  theirSequence: number | null
  faults: readonly BankTerminalFault[]
  jobs: Job[]
  payment: Payment | null
  /** Steps a command has made while the payment was being talked over. */
  decisions: ('confirm' | 'refuse' | 'abort')[]
  /** The PIN pad is asked for a PIN; whether it was told to stop. */
  pinAsked: { id: PaymentId; stop: boolean } | null
  /** How payments of this process ended: said again when it is asked again. */
  verdicts: ReadonlyMap<PaymentId, BankTerminalEvent>
  /** Confirmed by this process: an approval that is told again of this one is confirmed again. */
  confirmed: PaymentReceipt | null
  /** Ends the present pause. */
  wake: () => void
}

/** More than can still be asked for. */
const verdictsKept = 50

export const keepVerdict = (c: Conversation, id: PaymentId, verdict: BankTerminalEvent): void => {
  c.verdicts = new Map([...c.verdicts, [id, verdict] as const].slice(-verdictsKept))
}

export const takeStep = (c: Conversation, { payment, tell }: PaymentStep): void => {
  c.payment = payment.phase === 'ended' ? null : payment
  if (payment.phase === 'committed') c.confirmed = payment.receipt
  const verdict = tell.at(-1)
  if (payment.phase === 'ended' && verdict !== undefined) keepVerdict(c, payment.id, verdict)
  for (const event of tell) c.tell(event)
}

/** Raises a fault; one that stands already is told again only when it says something else. */
export const raise = (c: Conversation, fault: BankTerminalFault): void => {
  const standing = c.faults.find(({ kind }) => kind === fault.kind)
  if (JSON.stringify(standing) === JSON.stringify(fault)) return
  c.faults = [...c.faults.filter(({ kind }) => kind !== fault.kind), fault]
  c.tell({ type: 'bank-terminal.failed', fault })
}

/** Clears those of these faults that stand. */
export const clear = (c: Conversation, ...kinds: BankTerminalFault['kind'][]): void => {
  const ended = c.faults.filter(({ kind }) => kinds.includes(kind))
  c.faults = c.faults.filter((fault) => !ended.includes(fault))
  for (const { kind } of ended) c.tell({ type: 'bank-terminal.cleared', fault: kind })
}

/** Ends after so long, or earlier when something has happened. */
export const pause = (c: Conversation, delayMs: number): Promise<void> => {
  const { over, wake } = wakeablePause(c.clock, delayMs)
  c.wake = wake
  return over
}
