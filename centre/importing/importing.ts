// Takes customers, meters, cards, tariffs and kiosks over from a file: all of it or nothing, and twice is the same as once.
import { checkConfig } from '../../domain/config-problems.ts'
import { parsedFile } from '../../server/config-file.ts'
import { contradictions, type Known } from './import-checks.ts'
import { ImportFile } from './import-file.ts'
import { takeOver } from './import-rows.ts'
import type { CardSecurity } from '../card-security/card-security.ts'
import type { Taking } from './import-memory.ts'
import type { Store } from '../store.ts'
import { localDayOf } from '../tariffs/tariff-calendar.ts'
import type { Means } from '../turn.ts'

export type Imported =
  | {
      kind: 'imported'
      summary: string
      /** New or changed entries, by list of the file. */
      counts: Record<string, number>
    }
  /** One sentence a problem, with the entry it is about. Nothing was changed. */
  | { kind: 'problems'; problems: string[] }

type Importing = Means & { store: Store; now: number }

export const importFile = async ({
  path,
  ...of
}: Importing & { path: string }): Promise<Imported> => {
  const read = parsedFile(path)
  if (read.kind === 'problems') return read
  const imported = await importTown({ ...of, input: read.value })
  return imported.kind === 'imported'
    ? imported
    : { kind: 'problems', problems: imported.problems.map((problem) => `${path}: ${problem}`) }
}

/** The same with the content of a file. */
export const importTown = async ({
  store,
  input,
  now,
  ...means
}: Importing & { input: unknown }): Promise<Imported> => {
  return store
    .transact((work) => takeInto({ ...means, work, now }, input))
    .catch((error: unknown) => {
      if (error instanceof Contradicted) return { kind: 'problems', problems: error.problems }
      throw error
    })
}

/** The key versions that cards and meters of a file may have. */
export type Accepted = Pick<CardSecurity, 'acceptsVersion' | 'acceptsMeterVersion'>

/**
 * The same inside a transaction of somebody else's. Throws `Contradicted` when rows were made and the file still says other
 * than the books: the transaction, or the part of it, has to be taken back then.
 */
export const takeInto = async (
  turn: Omit<Taking, 'security'> & { security: Taking['security'] & Accepted },
  input: unknown,
): Promise<Imported> => {
  const checked = checkConfig(ImportFile, input)
  if (checked.kind === 'problems') return checked
  const file = checked.config
  const problems = contradictions(file, await knownIn(turn, file))
  if (problems.length > 0) return { kind: 'problems', problems }
  const taken = await takeOver(turn, file)
  if (taken.problems.length > 0) throw new Contradicted(taken.problems)
  const counts = Object.entries(taken.counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')
  return { kind: 'imported', summary: `New or changed: ${counts}`, counts: taken.counts }
}

/** Carries what contradicts the books out of the transaction, which is rolled back by it. */
export class Contradicted extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super('the file contradicts the books')
    this.problems = problems
  }
}

const knownIn = async (
  { work, now, policy, security }: Omit<Taking, 'security'> & { security: Accepted },
  file: ImportFile,
): Promise<Known> => {
  const today = localDayOf(new Date(now), policy.timeZone)
  const kiosks = await work.selectFrom('kiosks').select('kiosk').execute()
  const customers = await work.selectFrom('customers').select('customer').execute()
  const tariffs = await work
    .selectFrom('tariffs')
    .select('code')
    .where('valid_from', '<=', today)
    .execute()
  const meters = await work.selectFrom('bindings').select(['meter', 'credited']).execute()
  const cards = await work
    .selectFrom('cards')
    .innerJoin('bindings', 'bindings.binding', 'cards.binding')
    .select(['cards.serial', 'bindings.meter', 'cards.count'])
    .execute()
  const inFile = file.tariffs.filter(({ validFrom }) => validFrom <= today)
  return {
    kiosks: new Set(kiosks.map(({ kiosk }) => kiosk)),
    customers: new Set(customers.map(({ customer }) => customer)),
    tariffs: new Set([...tariffs, ...inFile].map(({ code }) => code)),
    meters: new Map(meters.map((it) => [it.meter, it])),
    cards: new Map(cards.map((it) => [it.serial, it])),
    areas: policy.areas,
    acceptsVersion: security.acceptsVersion,
    acceptsMeterVersion: security.acceptsMeterVersion,
  }
}
