// A new version of a tariff in the making: checked as an import checks it, tried, proposed, and taken in by a second person.
import { z } from 'zod'
import type { Approval } from '../../../domain/console/approvals.ts'
import type {
  Difference,
  DraftInOffice,
  FieldProblem,
  NewVersion,
  TariffProposed,
} from '../../../domain/console/tariffs.ts'
import type { LinePart } from '../../../domain/console/proposal-lines.ts'
import { ulidOf } from '../../../domain/identifiers.ts'
import { parsedTariff } from '../../dues.ts'
import { remember } from '../../importing/import-memory.ts'
import type { Reading } from '../../store.ts'
import { Tariff } from '../../tariffs/tariff-rules.ts'
import { done, propose, proposable } from '../approvals.ts'
import { readingConsole } from '../console-tables.ts'
import { refusedAs, told, type Doing, type Looking, type Refused, type Told } from '../asking.ts'
import { line, lineOf, named, onDay, word } from '../lines.ts'
import { readingOffice, withOffice } from '../customers/customers-tables.ts'
import { fieldReason } from '../problems.ts'
import { differencesOf } from './differences.ts'
import { allTariffs, pricesOf, todayOf } from './tariffs-in-office.ts'

type Kept = { kind: 'kept'; draft: string } | { kind: 'problems'; problems: FieldProblem[] }

export const keepDraft = async (
  doing: Doing,
  { rules }: z.infer<typeof NewVersion>,
): Promise<Told<Kept>> => {
  const checked = Tariff.safeParse(rules)
  if (!checked.success) {
    const problems = checked.error.issues.map((issue): FieldProblem => ({
      where: issue.path.join('.'),
      why: fieldReason(issue, rules),
    }))
    return told({ kind: 'problems', problems })
  }
  const tariff = checked.data
  const barred = await barredDay(doing, tariff)
  if (barred !== null) return barred
  const draft = ulidOf(doing.now, doing.means.random(10))
  await withOffice(doing.work)
    .insertInto('tariff_drafts')
    .values({
      draft,
      code: tariff.code,
      valid_from: tariff.validFrom,
      rules: JSON.stringify(tariff),
      made_by: doing.member.name,
      made_at: doing.now,
      state: 'draft',
      approved_by: null,
      taken_at: null,
      why: null,
    })
    .execute()
  return told({ kind: 'kept', draft })
}

/** What was sold stays as it was sold: a version begins tomorrow or later, and none begins twice. */
const barredDay = async (
  doing: Pick<Doing, 'work' | 'now' | 'config'>,
  { code, validFrom }: Tariff,
): Promise<Refused | null> => {
  const today = todayOf(doing)
  if (validFrom <= today) {
    return refusedAs(409, 'version begins too early', {
      day: onDay(validFrom),
      today: onDay(today),
    })
  }
  const versions = (await allTariffs(doing.work)).get(code) ?? []
  return versions.some((version) => version.validFrom === validFrom)
    ? refusedAs(409, 'version exists', { day: onDay(validFrom) })
    : null
}

export const draftRow = (books: Reading, draft: string) =>
  readingOffice(books)
    .selectFrom('tariff_drafts')
    .selectAll()
    .where('draft', '=', draft)
    .executeTakeFirst()

export const draftInOffice = async (
  { read }: Looking,
  draft: string,
): Promise<Told<DraftInOffice>> => {
  const row = await draftRow(read, draft)
  if (row === undefined) return noDraft
  const rules = parsedTariff(row.rules)
  const before = await versionBefore(read, rules)
  const waiting = await readingConsole(read)
    .selectFrom('approvals')
    .select('approval')
    .where('state', '=', 'open')
    .where('kind', '=', 'take tariff')
    .where('subject', '=', subjectOf(rules))
    .executeTakeFirst()
  return told({
    draft,
    rules,
    before,
    differences: differencesOf(before, rules),
    prices: pricesOf(rules),
    by: row.made_by,
    at: row.made_at,
    state: row.state === 'draft' && waiting !== undefined ? 'proposed' : row.state,
  })
}

const noDraft = refusedAs(404, 'no such draft')
const subjectOf = ({ code, validFrom }: Tariff): string => `tariff ${code} from ${validFrom}`

/** The version that it would follow: the last that begins before it. */
export const versionBefore = async (books: Reading, rules: Tariff): Promise<Tariff | null> =>
  (await allTariffs(books))
    .get(rules.code)
    ?.findLast((version) => version.validFrom < rules.validFrom) ?? null

export const proposeVersion = async (
  doing: Doing,
  { draft, reason }: z.infer<typeof TariffProposed>,
): Promise<Told<{ kind: 'proposed'; approval: Approval }>> => {
  const row = await draftRow(doing.work, draft)
  if (row === undefined) return noDraft
  const rules = parsedTariff(row.rules)
  const barred = await barredDay(doing, rules)
  if (barred !== null) return barred
  const before = await versionBefore(doing.work, rules)
  const made = await propose(doing, {
    kind: 'take tariff',
    subject: subjectOf(rules),
    lines: [
      line('in force from', onDay(rules.validFrom)),
      line('follows', before === null ? word('nothing') : onDay(before.validFrom)),
      ...differencesOf(before, rules).map((it) =>
        lineOf('differs', it.where, valueOf(it.before), named('→'), valueOf(it.after)),
      ),
    ],
    amount: null,
    reason,
    content: { draft, reason },
  })
  return made.kind === 'refused' ? made : told({ kind: 'proposed', approval: made.told.approval })
}

const valueOf = (value: Difference['before']): LinePart =>
  value === null ? word('nothing') : named(String(value))

export const takeTariff = proposable({
  may: 'change tariffs',
  mayApprove: 'approve money moves',
  content: z.object({ draft: z.string(), reason: z.string() }),
  carryOut: async (doing, { draft, reason }) => {
    const { work, now, member } = doing
    const row = await draftRow(work, draft)
    if (row === undefined) return noDraft
    const rules = parsedTariff(row.rules)
    const barred = await barredDay(doing, rules)
    if (barred !== null) return barred
    const { code, validFrom } = rules
    // Remembered as an import does: a file that brings the same version later changes nothing.
    const name = `${code} from ${validFrom}`
    const seen = await remember({ work }, { kind: 'tariff', name, content: rules })
    if (typeof seen === 'object')
      return refusedAs(409, 'version contradicts', { why: named(seen.contradicts) })
    await work
      .insertInto('tariffs')
      .values({ code, valid_from: validFrom, rules: row.rules })
      .execute()
    await withOffice(work)
      .updateTable('tariff_drafts')
      .set({ state: 'taken', approved_by: member.name, taken_at: now, why: reason })
      .where('draft', '=', draft)
      .execute()
    return done
  },
})
