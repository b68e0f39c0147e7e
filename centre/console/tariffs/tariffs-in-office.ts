// The tariffs as the office reads them: every code with its versions and their days, and one version in all its parts.
import type { z } from 'zod'
import type {
  TariffAsked,
  TariffInOffice,
  TariffRow,
  TariffVersion,
} from '../../../domain/console/tariffs.ts'
import { dayOf, parsedTariff } from '../../dues.ts'
import type { Reading } from '../../store.ts'
import { priceWithEverything } from '../../tariffs/tariff-ladder.ts'
import type { Tariff } from '../../tariffs/tariff-rules.ts'
import { refusedAs, told, type Looking, type Told } from '../asking.ts'
import { readingOffice } from '../customers/customers-tables.ts'
import { differencesOf } from './differences.ts'

export const tariffsInOffice = async (looking: Looking): Promise<TariffRow[]> => {
  const { read } = looking
  const today = todayOf(looking)
  const all = await allTariffs(read)
  const bindings = await bindingsByTariff(read, today)
  return [...all].map(([code, versions]) => {
    const shown = inForceOrFirst(versions, today)
    return {
      code,
      names: shown.names,
      versions: versionsOf(versions, today),
      bindings: bindings.get(code) ?? 0,
      prices: pricesOf(shown),
    }
  })
}

export const tariffInOffice = async (
  looking: Looking,
  { code, validFrom }: z.infer<typeof TariffAsked>,
): Promise<Told<TariffInOffice>> => {
  const { read } = looking
  const today = todayOf(looking)
  const versions = (await allTariffs(read)).get(code)
  if (versions === undefined) return refusedAs(404, 'no such tariff')
  const rules =
    validFrom === undefined
      ? inForceOrFirst(versions, today)
      : versions.find((version) => version.validFrom === validFrom)
  if (rules === undefined) return refusedAs(404, 'no such version')
  const before = versions.findLast((version) => version.validFrom < rules.validFrom) ?? null
  const listed = versionsOf(versions, today)
  return told({
    rules,
    state: listed.find((version) => version.validFrom === rules.validFrom)?.state ?? 'past',
    versions: listed,
    before,
    differences: differencesOf(before, rules),
    taken: await takenOf(read, rules),
    bindings: (await bindingsByTariff(read, today)).get(code) ?? 0,
    prices: pricesOf(rules),
    drafts: await draftsOf(read, code),
  })
}

export const todayOf = ({ now, config }: Pick<Looking, 'now' | 'config'>): string =>
  dayOf({ now, policy: config.policy })

export const pricesOf = (tariff: Tariff): number[] =>
  tariff.ladder.blocks.map((block) => priceWithEverything(tariff, block))

/** Each with its versions, the earliest first. */
export const allTariffs = async (books: Reading): Promise<Map<string, Tariff[]>> => {
  const rows = await books
    .selectFrom('tariffs')
    .select(['code', 'rules'])
    .orderBy('code')
    .orderBy('valid_from')
    .execute()
  const all = new Map<string, Tariff[]>()
  for (const { code, rules } of rows) {
    all.set(code, [...(all.get(code) ?? []), parsedTariff(rules)])
  }
  return all
}

const inForceOrFirst = (versions: readonly Tariff[], today: string): Tariff => {
  const found = versions.findLast(({ validFrom }) => validFrom <= today) ?? versions[0]
  if (found === undefined) throw new Error('a tariff has no version')
  return found
}

const versionsOf = (versions: readonly Tariff[], today: string): TariffVersion[] =>
  versions.map(({ validFrom }, place) => {
    const next = versions[place + 1]?.validFrom
    const isOver = next !== undefined && next <= today
    return {
      validFrom,
      state: validFrom > today ? 'to come' : isOver ? 'past' : 'in force',
      through: next === undefined ? null : dayBefore(next),
    }
  })

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

/** Of the bindings that have not ended, with what was assigned to single ones. */
const bindingsByTariff = async (read: Reading, today: string): Promise<Map<string, number>> => {
  const office = readingOffice(read)
  const rows = await read
    .selectFrom('bindings')
    .select(({ fn }) => ['tariff', fn.countAll<number>().as('count')])
    .groupBy('tariff')
    .execute()
  const counts = new Map(rows.map(({ tariff, count }) => [tariff, count]))
  const add = (code: string, by: number): void => {
    counts.set(code, (counts.get(code) ?? 0) + by)
  }
  const assigned = await read
    .selectFrom('tariff_assignments')
    .innerJoin('bindings', 'bindings.binding', 'tariff_assignments.binding')
    .select(['bindings.binding', 'bindings.tariff as own', 'tariff_assignments.tariff'])
    .where('tariff_assignments.from_day', '<=', today)
    .orderBy('tariff_assignments.from_day')
    .execute()
  const latest = new Map(assigned.map((row) => [row.binding, row]))
  for (const { own, tariff } of latest.values()) {
    add(own, -1)
    add(tariff, 1)
  }
  const ended = await office
    .selectFrom('meter_changes')
    .innerJoin('bindings', 'bindings.binding', 'meter_changes.ended')
    .select(['bindings.binding', 'bindings.tariff'])
    .execute()
  for (const { binding, tariff } of ended) add(latest.get(binding)?.tariff ?? tariff, -1)
  return counts
}

const takenOf = async (
  read: Reading,
  { code, validFrom }: Tariff,
): Promise<TariffInOffice['taken']> => {
  const row = await readingOffice(read)
    .selectFrom('tariff_drafts')
    .select(['made_by', 'approved_by', 'taken_at', 'why'])
    .where('code', '=', code)
    .where('valid_from', '=', validFrom)
    .where('state', '=', 'taken')
    .executeTakeFirst()
  return row === undefined || row.approved_by === null || row.taken_at === null
    ? null
    : { by: row.made_by, approvedBy: row.approved_by, at: row.taken_at, why: row.why ?? '' }
}

const draftsOf = async (read: Reading, code: string): Promise<TariffInOffice['drafts']> =>
  (
    await readingOffice(read)
      .selectFrom('tariff_drafts')
      .select(['draft', 'valid_from', 'made_by', 'made_at'])
      .where('code', '=', code)
      .where('state', '=', 'draft')
      .orderBy('made_at', 'desc')
      .limit(10)
      .execute()
  ).map((row) => ({
    draft: row.draft,
    validFrom: row.valid_from,
    by: row.made_by,
    at: row.made_at,
  }))
