// Boxes and notes: again and again is told from once.
import { expect, it } from 'vitest'
import { notesRefused } from './notes-refused.ts'
import { shortBoxes, type CountedBox } from './short-boxes.ts'

/** 6 persons, 12 kiosks, 96 boxes; `isShort` says which. */
const boxes = (
  isShort: (box: { person: number; kiosk: number; number: number }) => boolean,
): CountedBox[] =>
  Array.from({ length: 96 }, (_, number) => {
    const [person, kiosk] = [number % 6, Math.floor(number / 8)]
    return {
      exchange: `exchange ${String(number).padStart(3, '0')}`,
      kiosk: `kiosk ${kiosk}`,
      person: `person ${person}`,
      day: `2026-${String(1 + (number % 11)).padStart(2, '0')}-05`,
      expected: 100_000,
      counted: isShort({ person, kiosk, number }) ? 97_500 : 100_000,
    }
  })

it('one box that is short accuses nobody', () => {
  expect(shortBoxes(boxes(({ number }) => number === 7))).toEqual([])
})

it('a few short boxes spread over all accuse nobody', () => {
  expect(shortBoxes(boxes(({ number }) => number % 17 === 0))).toEqual([])
})

it('a person whose boxes are short at every kiosk is found, and no kiosk is accused for it', () => {
  const found = shortBoxes(boxes(({ person }) => person === 3))
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ person: 'person 3', kiosk: null, loss: 16 * 2_500 })
  expect(found[0]?.evidence.exchanges).toHaveLength(16)
})

it('a kiosk that is short whoever empties it is found', () => {
  const found = shortBoxes(boxes(({ kiosk }) => kiosk === 5))
  expect(found.map(({ kiosk, person }) => ({ kiosk, person }))).toEqual([
    { kiosk: 'kiosk 5', person: null },
  ])
})

it('a kiosk that gives back one kind of note far more often than the others is found, and only that kind', () => {
  const shown = Array.from({ length: 10 }, (_, kiosk) =>
    [1_000, 5_000].map((value) => ({
      kiosk: `kiosk ${kiosk}`,
      value,
      refused: kiosk === 4 && value === 5_000 ? 120 : 12 + (kiosk % 3),
      taken: 400,
    })),
  ).flat()
  const found = notesRefused(shown, { since: '2026-08-27', day: '2026-11-25' })
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ kiosk: 'kiosk 4', why: { value: 5_000, refused: 120 } })
})
