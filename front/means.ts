// What the parts of the front machine have in their hands: the store, the bank's line, the clock, and the rules of this bank.
import type { KioskNumber } from '../domain/identifiers.ts'
import type { LineClock } from './bank-line/connection.ts'
import type { BankLine } from './bank-line/bank-line.ts'
import type { Sender } from './bank-messages.ts'
import type { FrontConfig, Terminal } from './config.ts'
import type { Store } from './store.ts'

export type Policy = Pick<FrontConfig['bank'], 'merchant' | 'currency' | 'refusesLateOriginals'> &
  FrontConfig['businessDay'] & {
    /** The front machine itself, field 41. */
    terminal: string
    terminals: ReadonlyMap<KioskNumber, Terminal>
  }

export type Means = {
  store: Store
  line: BankLine
  clock: LineClock
  policy: Policy
  /** Tells a person: the diagnostic log at the level of a warning. Names payments and orders, never people or accounts. */
  alarm: (what: string, about: Readonly<Record<string, unknown>>) => void
}

export const policyOf = ({
  bank,
  businessDay,
  terminals,
}: Pick<FrontConfig, 'bank' | 'businessDay' | 'terminals'>): Policy => ({
  merchant: bank.merchant,
  currency: bank.currency,
  refusesLateOriginals: bank.refusesLateOriginals,
  terminal: bank.terminal,
  ...businessDay,
  terminals: new Map(terminals.map((each) => [each.kiosk, each])),
})

/** Who speaks, for the messages of one terminal. */
export const senderOf = ({ merchant, currency, timeZone }: Policy, terminal: string): Sender => ({
  terminal,
  merchant,
  currency,
  timeZone,
})

/** The deadlines are nested, so that the inner one always ends first: a terminal gives 60 s (domain.md 13.3). */
export const deadlines = { bankMs: 30_000, centreMs: 20_000 }
