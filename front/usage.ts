// What stands on the command line of the front machine.
import { parseArgs } from 'node:util'
import { whyOf } from '../server/config-file.ts'

export const usage = 'usage: npm run front -- --config FILE [--day-file YYYY-MM-DD]'

export type Arguments =
  | { kind: 'arguments'; config: string; dayFile: string | null }
  | { kind: 'problems'; problems: string[] }

/** `--config FILE`, perhaps `--day-file DATE`, and nothing else. */
export const argumentsOf = (args: string[]): Arguments => {
  try {
    const { values } = parseArgs({
      args,
      options: { config: { type: 'string' }, 'day-file': { type: 'string' } },
      strict: true,
    })
    return values.config === undefined
      ? { kind: 'problems', problems: ['--config: found nothing; must name a file', usage] }
      : { kind: 'arguments', config: values.config, dayFile: values['day-file'] ?? null }
  } catch (error) {
    return { kind: 'problems', problems: [whyOf(error), usage] }
  }
}
