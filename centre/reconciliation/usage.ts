// What stands on the command line of the match of a business date, and how it says that something is wrong with it.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { whyOf } from '../../server/config-file.ts'

export const usage =
  'usage: npm run reconcile -- --config FILE --day YYYY-MM-DD [--bank FILE] [--front FILE]'

export type ReconcileArguments =
  | { kind: 'arguments'; config: string; day: string; bank: string | null; front: string | null }
  | { kind: 'problems'; problems: string[] }

export const argumentsOf = (args: string[]): ReconcileArguments => {
  try {
    const { values } = parseArgs({
      args,
      strict: true,
      options: {
        config: { type: 'string' },
        day: { type: 'string' },
        bank: { type: 'string' },
        front: { type: 'string' },
      },
    })
    const { config, day = '', bank = null, front = null } = values
    if (config === undefined) return wrong('--config: found nothing; must name a file')
    return z.iso.date().safeParse(day).success
      ? { kind: 'arguments', config, day, bank, front }
      : wrong(`--day: found ${day || 'nothing'}; must be a date such as 2026-11-23`)
  } catch (error) {
    return wrong(whyOf(error))
  }
}

const wrong = (problem: string): ReconcileArguments => ({
  kind: 'problems',
  problems: [problem, usage],
})
