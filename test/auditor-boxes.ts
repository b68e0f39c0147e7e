// The auditor on cash boxes: what left in each is what was stacked in its time, and every exchange is one whole act.
import type { JournalEntry } from '../domain/journal-entry.ts'

type Exchange = {
  id: string
  state: 'begun' | 'counted' | 'removed'
}

type EntryOfBox = Extract<JournalEntry, { exchangeId: unknown }>

/** One after the other, step by step, and each box with what the notes since the one before add up to. */
export const exchangesAgainstNotes = (entries: readonly JournalEntry[]): string[] => {
  const found: string[] = []
  const elsewhere = new Set<string>()
  let inBox = new Map<number, number>()
  let open: Exchange | null = null
  let period = 1
  for (const entry of entries) {
    if (entry.type === 'note.stacked' || entry.type === 'note.unexpected') {
      const { value, noteId } = entry
      if (value !== null && !elsewhere.has(noteId)) inBox.set(value, (inBox.get(value) ?? 0) + 1)
    }
    if (!('exchangeId' in entry) || entry.type === 'box.slip') continue
    const problem = stepProblem(open, entry)
    if (problem !== null) found.push(problem)
    if (entry.type === 'box.exchanging') {
      found.push(...expectedProblems(entry, { inBox, period }))
    }
    if (entry.type === 'box.removed') {
      inBox = new Map()
      for (const note of entry.open) elsewhere.add(note)
      period++
    }
    open = afterStep(entry)
  }
  return found
}

const expectedProblems = (
  { exchangeId, expected, period: told }: Extract<JournalEntry, { type: 'box.exchanging' }>,
  { inBox, period }: { inBox: ReadonlyMap<number, number>; period: number },
): string[] => {
  const values = new Set([...inBox.keys(), ...expected.map(({ value }): number => value)])
  const wrong = [...values].flatMap((value) => {
    const said = expected.find((each) => each.value === value)?.count ?? 0
    const real = inBox.get(value) ?? 0
    return said === real
      ? []
      : [`exchange ${exchangeId} expects ${said} notes of ${value}, ${real} were stacked`]
  })
  return told === period
    ? wrong
    : [...wrong, `exchange ${exchangeId} ends count ${told}, and it is count ${period}`]
}

const before: Record<
  Exclude<EntryOfBox['type'], 'box.slip'>,
  readonly (Exchange['state'] | null)[]
> = {
  'box.exchanging': [null],
  'box.counted': ['begun'],
  'box.removed': ['counted'],
  'box.exchanged': ['removed'],
  'box.not-exchanged': ['begun', 'counted'],
}

const stepProblem = (
  open: Exchange | null,
  entry: Exclude<EntryOfBox, { type: 'box.slip' }>,
): string | null => {
  const same = entry.type === 'box.exchanging' || open?.id === entry.exchangeId
  return same && before[entry.type].includes(open?.state ?? null)
    ? null
    : `exchange ${entry.exchangeId}: ${entry.type} after ${open === null ? 'none' : `${open.state} of ${open.id}`}`
}

const afterStep = (entry: Exclude<EntryOfBox, { type: 'box.slip' }>): Exchange | null => {
  const id = entry.exchangeId
  switch (entry.type) {
    case 'box.exchanging':
      return { id, state: 'begun' }
    case 'box.counted':
      return { id, state: 'counted' }
    case 'box.removed':
      return { id, state: 'removed' }
    default:
      return null
  }
}

type Notes = readonly { value: number; count: number }[]

/** Notes in the box and those in the boxes that have gone. */
export const withBoxesGone = (
  cashBox: Notes,
  gone: readonly Notes[],
): { value: number; count: number }[] => {
  const counts = new Map<number, number>()
  for (const { value, count } of [...cashBox, ...gone.flat()]) {
    counts.set(value, (counts.get(value) ?? 0) + count)
  }
  return [...counts].map(([value, count]) => ({ value, count }))
}
