// Pure: notes of each value, the smallest first, as a box has them or a person has counted them.
import { minor, plus, type Minor } from '../money.ts'
import type { NotesCounted } from './service-entries.ts'

/** One note more. */
export const withNote = (notes: NotesCounted, value: Minor): NotesCounted =>
  withCount(notes, value, countOf(notes, value) + 1)

export const withCount = (notes: NotesCounted, value: Minor, count: number): NotesCounted =>
  [...notes.filter((each) => each.value !== value), { value, count }].sort(
    (a, b) => a.value - b.value,
  )

export const countOf = (notes: NotesCounted, value: Minor): number =>
  notes.find((each) => each.value === value)?.count ?? 0

export const valueOfNotes = (notes: NotesCounted): Minor =>
  plus(...notes.map(({ value, count }) => minor(value * count)))

/** A value of which one side has more than the other. `difference` in notes: above zero where more was counted. */
export type NotesDiffering = { value: Minor; expected: number; counted: number; difference: number }

/** Every value that is on either side, the smallest first. */
export const notesCompared = (expected: NotesCounted, counted: NotesCounted): NotesDiffering[] =>
  [...new Set([...expected, ...counted].map(({ value }) => value))]
    .sort((a, b) => a - b)
    .map((value) => {
      const [was, is] = [countOf(expected, value), countOf(counted, value)]
      return { value, expected: was, counted: is, difference: is - was }
    })

export const notesAgree = (expected: NotesCounted, counted: NotesCounted): boolean =>
  notesCompared(expected, counted).every(({ difference }) => difference === 0)
