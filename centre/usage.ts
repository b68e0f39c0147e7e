// What stands on the command line of the centre, and how it says that something is wrong with it.
import { parseArgs } from 'node:util'
import { whyOf } from '../server/config-file.ts'

export const usage = 'usage: npm run centre -- --config FILE [--import FILE]'

export type Arguments =
  | { kind: 'arguments'; config: string; importing: string | null }
  | { kind: 'problems'; problems: string[] }

/** `--config FILE`, perhaps `--import FILE`, and nothing else. */
export const argumentsOf = (args: string[]): Arguments => {
  try {
    const { values } = parseArgs({
      args,
      options: { config: { type: 'string' }, import: { type: 'string' } },
      strict: true,
    })
    return values.config === undefined
      ? { kind: 'problems', problems: ['--config: found nothing; must name a file', usage] }
      : { kind: 'arguments', config: values.config, importing: values.import ?? null }
  } catch (error) {
    return { kind: 'problems', problems: [whyOf(error), usage] }
  }
}
