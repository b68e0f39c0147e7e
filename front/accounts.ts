// Which account is behind which power card: a list the bank hands over, taken over whole at every start.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { CardSerial } from '../domain/identifiers.ts'
import { problemsOf } from '../domain/schema.ts'
import { parsedFile, whyOf } from '../server/config-file.ts'
import type { Store } from './store.ts'

/** The check digit of every card number of a bank (ISO/IEC 7812-1, annex B). */
const passesLuhn = (digits: string): boolean => {
  const sum = Array.from(digits, Number)
    .toReversed()
    .reduce((total, digit, place) => {
      const doubled = place % 2 === 1 ? digit * 2 : digit
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
  return sum % 10 === 0
}

/** A token, by which nobody but the bank knows an account. Never a card number: what looks like one is not taken. */
const AccountToken = z
  .string()
  .regex(/^[A-Za-z0-9._-]{4,28}$/, 'must be a token of 4 to 28 letters, digits, dots, _ or -')
  .refine(
    (token) => !(/^\d{12,19}$/.test(token) && passesLuhn(token)),
    'must be a token of the bank, and this looks like the number of a card',
  )

const LinkedAccounts = z.array(z.object({ serial: CardSerial, account: AccountToken }))
type LinkedAccounts = z.infer<typeof LinkedAccounts>

export type ReadAccounts =
  | { kind: 'accounts'; accounts: LinkedAccounts }
  | { kind: 'problems'; problems: string[] }

/** `.json`: a list of objects. Anything else is CSV with the first row `serial,account`. */
export const readAccounts = (path: string): ReadAccounts => {
  const read = path.endsWith('.json') ? parsedFile(path) : parsedCsv(path)
  if (read.kind === 'problems') return read
  const parsed = LinkedAccounts.safeParse(read.value)
  if (!parsed.success) {
    // The places only: what stands there may be a card number.
    const problems = problemsOf(parsed.error, null).map((problem) =>
      problem.replace('found nothing; ', ''),
    )
    return { kind: 'problems', problems: problems.map((problem) => `${path}: ${problem}`) }
  }
  const seen = new Set<string>()
  const twice = parsed.data.find(({ serial }) => seen.size === seen.add(serial).size)
  return twice === undefined
    ? { kind: 'accounts', accounts: parsed.data }
    : { kind: 'problems', problems: [`${path}: power card ${twice.serial} stands there twice`] }
}

const parsedCsv = (
  path: string,
): { kind: 'value'; value: unknown } | { kind: 'problems'; problems: string[] } => {
  try {
    const [head, ...rows] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
    if (head?.trim() !== 'serial,account') {
      return { kind: 'problems', problems: [`${path}: the first row must be serial,account`] }
    }
    const value = rows.map((row) => {
      const [serial, account, ...more] = row.split(',').map((cell) => cell.trim())
      return more.length > 0 ? null : { serial, account }
    })
    return { kind: 'value', value }
  } catch (error) {
    return { kind: 'problems', problems: [`${path}: cannot be read; ${whyOf(error)}`] }
  }
}

/** Cards that are not in the list any more have no account from here on. */
export const linkAccounts = (store: Store, accounts: LinkedAccounts): Promise<void> =>
  store.transact(async (work) => {
    await work.deleteFrom('accounts').execute()
    for (const row of accounts) await work.insertInto('accounts').values(row).execute()
  })
