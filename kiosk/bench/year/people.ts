// Who works at the kiosks of the town and in its office.
import { PersonNumber } from '../../../domain/service/person.ts'
import type { Chance } from './chance.ts'

export type Collector = {
  person: PersonNumber
  /** How often a box of theirs is short, of 1: with one of them far more often than chance has it. */
  takes: number
}

export type People = {
  collectors: readonly Collector[]
  witnesses: readonly PersonNumber[]
  office: readonly string[]
}

/** One collector for about fifteen kiosks, at least three. The last but one helps himself. */
export const peopleFor = (kiosks: number): People => {
  const count = Math.max(3, Math.round(kiosks / 15))
  return {
    collectors: Array.from({ length: count }, (_, place) => ({
      person: PersonNumber.parse(String(2_101 + place)),
      takes: place === count - 2 ? 0.42 : 0,
    })),
    witnesses: [PersonNumber.parse('3101'), PersonNumber.parse('3102')],
    office: ['W. Gao', 'M. Aziz', 'E. Novak', 'R. Silva'],
  }
}

export const twoOf = <Each>(from: readonly Each[], chance: Chance): [Each, Each] => {
  const first = chance.pick(from)
  return [first, chance.pick(from.filter((each) => each !== first))]
}
