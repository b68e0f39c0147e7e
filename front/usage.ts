// What stands on the command line of the front machine.
import { parseArgs } from 'node:util'
import { whyOf } from '../server/config-file.ts'

export const usage = `usage: npm run front -- --config FILE [--day-file YYYY-MM-DD]
       npm run front -- --config FILE --enrol CODE
       npm run front -- --config FILE --payer-has PAYMENT --by NAME --and NAME`

/** What the program is started for: to serve, or for one thing beside a front machine that may be running. */
export type Wanted =
  | { kind: 'serve' }
  /** It gets its certificate. */
  | { kind: 'enrol'; code: string }
  /** The file of a closed business day, once more. */
  | { kind: 'day file'; day: string }
  /** A reversal is over by the word of the bank to two persons. */
  | { kind: 'payer has it'; payment: string; persons: [string, string] }

export type Arguments =
  | { kind: 'arguments'; config: string; wanted: Wanted }
  | { kind: 'problems'; problems: string[] }

const text = { type: 'string' } as const

export const argumentsOf = (args: string[]): Arguments => {
  try {
    const { values } = parseArgs({
      args,
      options: {
        config: text,
        enrol: text,
        'day-file': text,
        'payer-has': text,
        by: text,
        and: text,
      },
      strict: true,
    })
    const { config, enrol: code, 'day-file': day, 'payer-has': payment, by, and } = values
    const problem = (what: string): Arguments => ({ kind: 'problems', problems: [what, usage] })
    if (config === undefined) return problem('--config: found nothing; must name a file')
    if ([code, day, payment].filter((it) => it !== undefined).length > 1) {
      return problem('--enrol, --day-file and --payer-has: one of them at a time')
    }
    if (payment === undefined && (by !== undefined || and !== undefined)) {
      return problem('--by and --and: belong to --payer-has')
    }
    if (code !== undefined) return { kind: 'arguments', config, wanted: { kind: 'enrol', code } }
    if (day !== undefined) {
      return { kind: 'arguments', config, wanted: { kind: 'day file', day } }
    }
    if (payment === undefined) return { kind: 'arguments', config, wanted: { kind: 'serve' } }
    const persons: [string, string] = [by ?? '', and ?? '']
    return { kind: 'arguments', config, wanted: { kind: 'payer has it', payment, persons } }
  } catch (error) {
    return { kind: 'problems', problems: [whyOf(error), usage] }
  }
}
