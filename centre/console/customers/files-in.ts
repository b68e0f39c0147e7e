// A file of customers, meters and cards (docs/import.md): looked at first, down to line and field, and taken in by two persons.
import { z } from 'zod'
import type {
  ImportAsked,
  ImportChecked,
  ImportProblem,
  ImportProposed,
} from '../../../domain/console/customers.ts'
import type { Approval } from '../../../domain/console/approvals.ts'
import { minor } from '../../../domain/money.ts'
import { Contradicted, takeInto, type Imported } from '../../importing/importing.ts'
import { lineOfPath, linesOfJson } from '../../importing/lines-of-json.ts'
import { attempt } from '../attempt.ts'
import { done, propose, proposable } from '../approvals.ts'
import { refusedAs, told, type Doing, type Told } from '../asking.ts'
import { line, lineOf, many, money, named, word } from '../lines.ts'

/** As many as somebody mends before looking again. */
const problemsShown = 200

/** Takes it in and takes that back: what is told is what would have happened. */
export const checkFile = async (
  doing: Doing,
  { text }: Pick<z.infer<typeof ImportAsked>, 'text'>,
): Promise<ImportChecked> => {
  const read = parsed(text)
  if (read.kind === 'problem') return { kind: 'problems', problems: [read.problem], more: 0 }
  const unknown = [...(await unknownKeys(doing, read.value)), ...openOrders(read.value)]
  if (unknown.length > 0) return withLines(text, unknown)
  let result: ImportChecked | null = null
  await attempt(doing.work, async (): Promise<Told<null>> => {
    const before = await lastPosting(doing)
    const imported = await taken(doing, read.value)
    result =
      imported.kind === 'problems'
        ? withLines(text, imported.problems)
        : { kind: 'fits', counts: imported.counts, ...(await bookedSince(doing, before)) }
    return refusedAs(409, 'only looked at')
  })
  return result ?? { kind: 'problems', problems: [], more: 0 }
}

export const proposeFile = async (
  doing: Doing,
  { text, name, reason }: z.infer<typeof ImportProposed>,
): Promise<Told<ImportChecked | { kind: 'proposed'; approval: Approval }>> => {
  const checked = await checkFile(doing, { text })
  if (checked.kind === 'problems') return told(checked)
  const made = await propose(doing, {
    kind: 'take file',
    subject: name,
    lines: [
      ...Object.entries(checked.counts).map(([list, count]) =>
        lineOf('rows', list, many(count), word('new or changed')),
      ),
      line('into accounts', money(checked.balances)),
      line('old debt', money(checked.arrears)),
    ],
    amount: minor(checked.balances),
    reason,
    content: { text, name },
  })
  return made.kind === 'refused' ? made : told({ kind: 'proposed', approval: made.told.approval })
}

export const takeFile = proposable({
  may: 'change customers',
  mayApprove: 'approve key actions',
  content: z.object({ text: z.string(), name: z.string() }),
  carryOut: async (doing, { text }) => {
    const read = parsed(text)
    if (read.kind === 'problem') return refusedAs(409, 'file is no JSON')
    const imported = await taken(doing, read.value)
    return imported.kind === 'imported'
      ? done
      : refusedAs(409, 'file does not fit', {
          problems: named(imported.problems.slice(0, 3).join('; ')),
        })
  },
})

const taken = async (doing: Doing, input: unknown): Promise<Imported> => {
  const { work, now, means, config } = doing
  try {
    const turn = {
      ...means,
      work,
      now,
      policy: config.policy,
      security: {
        acceptsVersion: () => true,
        acceptsMeterVersion: () => true,
        sealPurchase: () => Promise.reject(new Error('there are no keys at a console')),
      },
    }
    return await takeInto(turn, input)
  } catch (error) {
    if (error instanceof Contradicted) return { kind: 'problems', problems: error.problems }
    throw error
  }
}

const parsed = (
  text: string,
): { kind: 'value'; value: unknown } | { kind: 'problem'; problem: ImportProblem } => {
  try {
    return { kind: 'value', value: JSON.parse(text) }
  } catch (error) {
    const [, line] = /line (\d+)/.exec(String(error)) ?? []
    const problem = {
      line: line === undefined ? null : Number(line),
      where: '',
      problem: 'must be JSON',
    }
    return { kind: 'problem', problem }
  }
}

const Keys = z.object({
  meters: z.array(z.object({ keyVersion: z.int() })).default([]),
  cards: z.array(z.object({ keyVersion: z.int() })).default([]),
  openOrders: z.array(z.unknown()).default([]),
})

/** The keys are not here; but what the books have cards and meters of, the keys are known for. */
const unknownKeys = async ({ work }: Doing, input: unknown): Promise<string[]> => {
  const file = Keys.safeParse(input)
  if (!file.success) return []
  const cards = await work.selectFrom('cards').select('key_version').distinct().execute()
  const meters = await work.selectFrom('bindings').select('meter_key_version').distinct().execute()
  const known = {
    cards: new Set(cards.map(({ key_version }) => key_version)),
    meters: new Set(meters.map(({ meter_key_version }) => meter_key_version)),
  }
  return (['meters', 'cards'] as const).flatMap((list) =>
    file.data[list].flatMap(({ keyVersion }, place) =>
      known[list].has(keyVersion)
        ? []
        : [
            `${list}.${place}.keyVersion: found ${keyVersion}; the first ${list} of a key version are taken in at the centre itself, where the keys are`,
          ],
    ),
  )
}

/** A purchase whose end is unknown is sealed anew, which needs the keys. */
const openOrders = (input: unknown): string[] => {
  const file = Keys.safeParse(input)
  return file.success && file.data.openOrders.length > 0
    ? ['openOrders: must be empty here; take them in at the centre itself, where the keys are']
    : []
}

/** `meters.3.customer: …` with the line on which that stands. */
const withLines = (text: string, sentences: readonly string[]): ImportChecked => {
  const lines = linesOfJson(text)
  const problems = sentences.map((sentence): ImportProblem => {
    const [, where = '', problem = sentence] = /^([\w.]+): (.*)$/s.exec(sentence) ?? []
    return { line: lineOfPath(lines, where), where, problem }
  })
  const inOrder = problems.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0))
  return {
    kind: 'problems',
    problems: inOrder.slice(0, problemsShown),
    more: Math.max(0, problems.length - problemsShown),
  }
}

const lastPosting = async ({ work }: Doing): Promise<number> => {
  const { last } = await work
    .selectFrom('postings')
    .select(({ fn }) => fn.max<number | null>('posting').as('last'))
    .executeTakeFirstOrThrow()
  return last ?? 0
}

const bookedSince = async (
  { work }: Doing,
  posting: number,
): Promise<{ balances: number; arrears: number }> => {
  const rows = await work
    .selectFrom('entries')
    .innerJoin('accounts', 'accounts.account', 'entries.account')
    .select(({ fn }) => ['accounts.kind', fn.sum<number>('entries.amount').as('sum')])
    .where('entries.posting', '>', posting)
    .groupBy('accounts.kind')
    .execute()
  const sumOf = (kind: string): number => rows.find((row) => row.kind === kind)?.sum ?? 0
  return { balances: 0 - sumOf('customer account'), arrears: sumOf('arrears') }
}
