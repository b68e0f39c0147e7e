// What stands on the command line of the cash boxes, and how it says that something is wrong with it.
import { parseArgs } from 'node:util'
import { minor } from '../domain/money.ts'
import { withCount } from '../domain/service/notes-counted.ts'
import { ExchangeId, type NotesCounted } from '../domain/service/service-entries.ts'
import { whyOf } from '../server/config-file.ts'
import type { Counting } from './box-office.ts'

export const usage = `usage: npm run boxes -- --config FILE
       npm run boxes -- --config FILE --exchange ID --counted 50:12,100:3 --by NAME [--and NAME]`

export type BoxesArguments =
  | { kind: 'arguments'; config: string; counting: Counting | null }
  | { kind: 'problems'; problems: string[] }

export const boxesArguments = (args: string[]): BoxesArguments => {
  try {
    const { values } = parseArgs({
      args,
      strict: true,
      options: {
        config: { type: 'string' },
        exchange: { type: 'string' },
        counted: { type: 'string' },
        by: { type: 'string' },
        and: { type: 'string' },
      },
    })
    const { config } = values
    if (config === undefined) return wrong('--config: found nothing; must name a file')
    const named = [values.exchange, values.counted, values.by, values.and]
    if (named.every((value) => value === undefined)) {
      return { kind: 'arguments', config, counting: null }
    }
    const counting = countingIn(values)
    return typeof counting === 'string' ? wrong(counting) : { kind: 'arguments', config, counting }
  } catch (error) {
    return wrong(whyOf(error))
  }
}

const wrong = (problem: string): BoxesArguments => ({
  kind: 'problems',
  problems: [problem, usage],
})

const countingIn = (
  values: Partial<Record<'exchange' | 'counted' | 'by' | 'and', string>>,
): Counting | string => {
  const exchange = ExchangeId.safeParse(values.exchange)
  if (!exchange.success) {
    return `--exchange: found ${values.exchange ?? 'nothing'}; must be the id of an exchange, 26 letters and digits`
  }
  const counted = countIn(values.counted ?? '')
  if (counted === null) {
    return `--counted: found ${values.counted ?? 'nothing'}; must be values and how many of each, such as 50:12,100:3`
  }
  const persons = [values.by, values.and].flatMap((name) => name?.trim() || [])
  if (values.by?.trim() === undefined || values.by.trim() === '') {
    return '--by: found nothing; must name who has counted'
  }
  if (new Set(persons.map((name) => name.toLowerCase())).size < persons.length) {
    return '--by and --and: must name two persons'
  }
  return { exchange: exchange.data, counted, persons }
}

/** `50:12,0.50:3`: values in currency units, each once. Null when it is not that. `0:0` for an empty box. */
const countIn = (text: string): NotesCounted | null => {
  let notes: NotesCounted = []
  for (const part of text.split(',')) {
    const read = /^\s*(\d{1,7})(?:\.(\d{1,2}))?:(\d{1,6})\s*$/.exec(part)
    if (read === null) return null
    const [, units = '', hundredths = '', count = ''] = read
    const value = minor(Number(units) * 100 + Number(hundredths.padEnd(2, '0')))
    if (notes.some((each) => each.value === value)) return null
    notes = withCount(notes, value, Number(count))
  }
  return notes
}
