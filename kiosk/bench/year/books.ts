// The rows of the year on their way into the centre's database, and the balances that follow from them.
import type { Selectable } from 'kysely'
import type { Counter } from '../../../centre/counters.ts'
import type { FleetTables } from '../../../centre/fleet/fleet-tables.ts'
import { accountId, type Account, type Posting } from '../../../centre/ledger.ts'
import { minor, type Minor } from '../../../domain/money.ts'

export type Row<Name extends keyof FleetTables> = Selectable<FleetTables[Name]>

/** Where rows go, in the order in which they would have been written. */
export type RowWriter = {
  insert: <Name extends keyof FleetTables>(into: Name, row: Row<Name>) => void
  /** Changes the row with this key. */
  change: <Name extends keyof FleetTables>(
    table: Name,
    key: Partial<Row<Name>>,
    to: Partial<Row<Name>>,
  ) => void
}

export type Books = RowWriter & {
  /** As `next` of the centre. */
  next: (counter: Counter) => number
  /** Writes a posting and its entries; gives its number. */
  post: (posting: Posting, at: number) => number
  /** Debits less credits. */
  balanceOf: (account: Account) => Minor
  /** How far a counter has come. */
  last: (counter: Counter) => number
  /** Writes how far the counters have come. */
  close: () => void
}

/** `from`: numbers that are already given out. */
export const booksOn = (writer: RowWriter, from: Partial<Record<Counter, number>> = {}): Books => {
  const counters = new Map<string, number>(Object.entries(from))
  const balances = new Map<string, number>()
  const next = (counter: Counter) => {
    const value = (counters.get(counter) ?? 0) + 1
    counters.set(counter, value)
    return value
  }
  return {
    ...writer,
    next,
    post: ({ kind, orderNumber, saleId, entries }, at) => {
      const posting = next('posting')
      writer.insert('postings', { posting, at, kind, order_number: orderNumber, sale: saleId })
      for (const [line, { account, amount }] of entries.entries()) {
        const id = accountId(account)
        const before = balances.get(id)
        if (before === undefined) {
          const owner = 'owner' in account ? account.owner : ''
          writer.insert('accounts', { account: id, kind: account.kind, owner })
        }
        balances.set(id, (before ?? 0) + amount)
        writer.insert('entries', { posting, line, account: id, amount })
      }
      return posting
    },
    last: (counter) => counters.get(counter) ?? 0,
    balanceOf: (account) => minor(balances.get(accountId(account)) ?? 0),
    close: () => {
      for (const [name, value] of counters) writer.insert('counters', { name, value })
    },
  }
}
