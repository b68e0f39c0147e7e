// The rows that an import makes. What an entry says of money and counts is taken over once and never changes by a file;
// names, places, limits and blocks do.
import { accountBalance, post } from '../books.ts'
import type { ImportFile, ImportedCard, ImportedCustomer, ImportedKiosk } from './import-file.ts'
import { fateOf, remember, type Fate, type Taking } from './import-memory.ts'
import { takeCard, takeMeter } from './import-meters.ts'
import { takeOrder } from './import-orders.ts'
import { kioskKey } from '../kiosk-keys.ts'
import { balancesTakenOver } from '../ledger.ts'
import type { Tariff } from '../tariffs/tariff-rules.ts'

type Taken = {
  /** How many entries were new or have changed. */
  counts: Record<string, number>
  /** Entries that say other than the books, a sentence each. */
  problems: string[]
}

export const takeOver = async (turn: Taking, file: ImportFile): Promise<Taken> => {
  const taken: Taken = { counts: {}, problems: [] }
  const each = async <Entry>(
    list: string,
    entries: readonly Entry[],
    take: (turn: Taking, entry: Entry) => Promise<Fate>,
  ): Promise<void> => {
    let count = 0
    for (const [place, entry] of entries.entries()) {
      const fate = await take(turn, entry)
      if (typeof fate === 'object') taken.problems.push(`${list}.${place}: ${fate.contradicts}`)
      else if (fate !== 'as before') count++
    }
    taken.counts[list] = count
  }
  await each('kiosks', file.kiosks, takeKiosk)
  await each('tariffs', file.tariffs, takeTariff)
  await each('customers', file.customers, takeCustomer)
  await each('meters', file.meters, takeMeter)
  // A replacement comes after the card it replaces, in whatever order they stand in the file.
  await each('cards', file.cards.toSorted(byIssue), takeCard)
  await each('openOrders', file.openOrders, takeOrder)
  return taken
}

const byIssue = (one: ImportedCard, other: ImportedCard): number =>
  one.issueNumber - other.issueNumber

const takeKiosk = async (turn: Taking, entry: ImportedKiosk): Promise<Fate> => {
  const placed = await takePlace(turn, entry)
  return (await takeKey(turn, entry)) && placed === 'as before' ? 'changed' : placed
}

/** True when it is another than before: the file of the office stands above what a kiosk has shown of itself. */
const takeKey = async ({ work, now }: Taking, entry: ImportedKiosk): Promise<boolean> => {
  const { kiosk, publicKey } = entry
  if (publicKey === undefined || (await kioskKey(work, kiosk)) === publicKey) return false
  const key = { public_key: publicKey, learnt: 'imported' as const, since: now }
  await work
    .insertInto('kiosk_keys')
    .values({ kiosk, ...key })
    .onConflict((it) => it.column('kiosk').doUpdateSet(key))
    .execute()
  return true
}

const takePlace = async ({ work }: Taking, { kiosk, place }: ImportedKiosk): Promise<Fate> => {
  const before = await work
    .selectFrom('kiosks')
    .select('place')
    .where('kiosk', '=', kiosk)
    .executeTakeFirst()
  if (before?.place === place) return 'as before'
  await work
    .insertInto('kiosks')
    .values({ kiosk, place })
    .onConflict((it) => it.column('kiosk').doUpdateSet({ place }))
    .execute()
  return before === undefined ? 'new' : 'changed'
}

/** A version of a tariff never changes: quotes were made by it. Another price is another version, with a later day. */
const takeTariff = async (turn: Taking, tariff: Tariff): Promise<Fate> => {
  const { code, validFrom } = tariff
  const seen = await remember(turn, {
    kind: 'tariff',
    name: `${code} from ${validFrom}`,
    content: tariff,
  })
  if (seen !== 'new') return seen
  await turn.work
    .insertInto('tariffs')
    .values({ code, valid_from: validFrom, rules: JSON.stringify(tariff) })
    .execute()
  return 'new'
}

const takeCustomer = async (turn: Taking, entry: ImportedCustomer): Promise<Fate> => {
  const { customer, balance, arrears } = entry
  const contradicts = await accountProblem(turn, entry)
  if (contradicts !== null) return { contradicts }
  const seen = await remember(turn, {
    kind: 'customer',
    name: customer,
    content: { balance, arrears },
  })
  if (typeof seen === 'object') return seen
  const row = {
    short_name: entry.shortName,
    address: entry.address,
    overdraft: entry.overdraft,
    frozen: Number(entry.frozen),
    blocked: Number(entry.blocked),
    has_account: Number(entry.capitalAccount),
  }
  if (seen === 'as before') {
    const before = await turn.work
      .selectFrom('customers')
      .selectAll()
      .where('customer', '=', customer)
      .executeTakeFirstOrThrow()
    await turn.work.updateTable('customers').set(row).where('customer', '=', customer).execute()
    return fateOf(before, row)
  }
  await turn.work
    .insertInto('customers')
    .values({ customer, ...row })
    .execute()
  if (balance > 0 || arrears > 0) {
    const booking = balancesTakenOver({ customer, account: balance, arrears })
    await post(turn.work, { ...booking, at: turn.now })
  }
  return 'new'
}

/** Without an account there is none to have a balance or an overdraft, and one with money in it is not closed by a file. */
const accountProblem = async (
  { work }: Taking,
  { customer, capitalAccount, balance, overdraft }: ImportedCustomer,
): Promise<string | null> => {
  if (capitalAccount) return null
  if (balance > 0 || overdraft > 0) {
    return 'capitalAccount: false, yet a balance or an overdraft; must be 0 then'
  }
  const there = await accountBalance(work, customer)
  return there === 0
    ? null
    : `capitalAccount: false, yet ${there} is in the account; pay it out first`
}
