// A refusal as a sentence in the language of whoever reads it.
import type {
  FieldRefused,
  Refusal,
  RefusalCode,
  RefusalValue,
} from '../../../domain/console/refusals.ts'
import { never } from '../../../domain/never.ts'
import { format, isolated } from '../texts/format.ts'
import { words } from '../texts/words.ts'

export const sentenceOf = (refusal: Refusal): string =>
  refusal.code === 'fields'
    ? refusal.fields.map(fieldSentence).join(' ')
    : sentenceOfCode(refusal.code, refusal.values)

const sentenceOfCode = (code: RefusalCode, values: Record<string, RefusalValue>): string => {
  // A code stands with its own values (domain/console/refusals.ts): what a sentence asks for is there.
  const say: (of: Record<string, string>) => string = words().refusals.sentences[code]
  return say(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, written(value)])),
  )
}

const written = (value: RefusalValue): string => {
  switch (value.kind) {
    case 'name':
      return isolated(value.name)
    case 'money':
      return format().money(value.amount)
    case 'energy':
      return format().energy(value.amount)
    case 'count':
      return format().count(value.count)
    case 'day':
      return format().day(value.day)
    case 'right':
      return words().refusals.rights[value.right]
    case 'state':
      return words().approvals.states[value.state]
    case 'no return':
      return words().explaining.noReturn[value.why]
    default:
      return never(value)
  }
}

/** Their bounds are minor units. */
const inMoney: ReadonlySet<string> = new Set(['amount', 'cap', 'overdraft', 'writeOff'])

const fieldSentence = ({ field, why }: FieldRefused): string => {
  const said = words().refusals
  return said.field({ field: said.fields[field], fault: faultOf(why, inMoney.has(field)) })
}

/** `isMoney`: whether the bound is minor units. */
export const faultOf = ({ kind, bound }: FieldRefused['why'], isMoney: boolean): string => {
  const written = bound === null ? '' : isMoney ? format().money(bound) : format().count(bound)
  return words().refusals.reasons[kind](written)
}
