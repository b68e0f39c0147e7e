// The bank's host: the other end of the line, with accounts in it, and what operators do to it.
import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { pendingAction, type IsoMessage } from '../iso8583/message.ts'
import type { Behaviour } from './behaviours.ts'
import type { Decision } from './request.ts'
import { hostConnection, type Host, type HostConnection } from './host-connection.ts'
import type { ReadPin } from './pin.ts'
import { settlementFile, type SettlementFile } from './settlement.ts'
import { mostPinTries, newAccount, newBank, type BankAccount, type BankTruth } from './truth.ts'

export type SimulatedBankOptions = {
  /** What an earlier bank had in its books; a new bank if there was none. */
  truth?: BankTruth
  /** Of a new bank, `YYYY-MM-DD`; the day of the clock unless told. */
  businessDate?: string
  /** 16 bytes, the same as on the line's other end. */
  exchangeKey: Uint8Array
  clock: { now: () => number; after: (ms: number, call: () => void) => () => void }
  /** Unless told, no PIN can be read and only accounts without one are debited. */
  readPin?: ReadPin
  /** Makes working keys; the operating system's chance unless told. */
  newKey?: () => Uint8Array
  /** Called for every request that was read, in order. */
  heard?: (request: IsoMessage) => void
  /** Called with a copy whenever the books may have changed: for keeping them over a restart. */
  onChange?: (truth: BankTruth) => void
}

export type SimulatedBank = ReturnType<typeof simulatedBank>

/** Waits for lines; `attach` gives it one, as often as somebody connects. */
export const simulatedBank = (options: SimulatedBankOptions) => {
  const { clock, exchangeKey, readPin = () => null, onChange } = options
  const truth = structuredClone(options.truth ?? firstDay(options))
  const connections = new Set<HostConnection>()
  let behaviours: readonly Behaviour[] = []
  let asks: number = pendingAction.none
  let up = true
  const changed = () => onChange?.(structuredClone(truth))
  const host: Host = {
    exchangeKey,
    newKey: options.newKey ?? (() => new Uint8Array(randomBytes(16))),
    clock,
    counter: (forced: Decision | null) => ({ truth, nowMs: clock.now(), readPin, forced }),
    changed,
    behaviours: () => behaviours,
    heard: options.heard ?? (() => {}),
    asks: () => asks,
  }
  /** Each connection is cut at once; working keys are gone with it, the books stay. */
  const restart = () => {
    for (const connection of connections) connection.cut()
  }

  return {
    /** Somebody has connected; false, and the line is closed, while the bank is down. */
    attach: (port: Duplex): boolean => {
      if (!up) {
        port.destroy()
        return false
      }
      const connection = hostConnection(port, host, () => connections.delete(connection))
      connections.add(connection)
      return true
    },
    /** Puts a behaviour in front of the others; the answer takes it away again. */
    behave: (behaviour: Behaviour): (() => void) => {
      behaviours = [behaviour, ...behaviours]
      return () => {
        behaviours = behaviours.filter((other) => other !== behaviour)
      }
    },
    restart,
    goDown: () => {
      up = false
      restart()
    },
    comeUp: () => {
      up = true
    },
    /** The pending action of every answer from now on (domain.md 13.1). */
    askFor: (action: number) => {
      asks = action
    },
    /** A copy of what is so in the books. */
    truth: (): BankTruth => structuredClone(truth),
    connections: () => connections.size,
    settlement: (businessDate: string, number = 1): SettlementFile =>
      settlementFile(truth, { businessDate, number, nowMs: clock.now() }),
    ...branchOf(truth, changed),
  }
}

/** What is done at the counter of a branch. */
const branchOf = (truth: BankTruth, changed: () => void) => {
  const change = (token: string, changes: Partial<BankAccount>) => {
    truth.accounts[token] = newAccount({ ...truth.accounts[token], ...changes })
    changed()
  }
  return {
    /** A new account, or changes to one that is there. */
    account: change,
    block: (token: string) => change(token, { blocked: true }),
    unblock: (token: string) => change(token, { blocked: false }),
    unblockPin: (token: string) => change(token, { pinTriesLeft: mostPinTries }),
  }
}

const firstDay = ({ businessDate, clock }: SimulatedBankOptions): BankTruth => {
  const nowMs = clock.now()
  return newBank({
    businessDate: businessDate ?? new Date(nowMs).toISOString().slice(0, 10),
    nowMs,
  })
}
