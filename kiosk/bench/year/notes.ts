// Notes as people have them in the wallet.
import { minor, type Minor } from '../../../domain/money.ts'
import type { Chance } from './chance.ts'

/** As the acceptors of the town take them, in 1/100, the largest first. */
const values = [10_000, 5_000, 2_000, 1_000, 500] as const

/** Notes that are at least this much: mostly exactly, now and then with a larger one on top of what is missing. */
export const notesFor = (amount: Minor, chance: Chance): Minor[] => {
  const notes: Minor[] = []
  let left: number = amount
  for (const value of values) {
    let count = Math.floor(left / value)
    // Not everybody has as many large ones as that.
    if (count > 0 && value > 1_000 && chance.happens(0.15)) count--
    for (let each = 0; each < count; each++) notes.push(minor(value))
    left -= count * value
    if (left > 0 && left < value && chance.happens(0.06)) return [...notes, minor(value)]
  }
  return left > 0 ? [...notes, minor(500)] : notes
}
