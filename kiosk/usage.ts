// What stands on the command line of the kiosk, and how it says that something is wrong with it.
import { parseArgs } from 'node:util'
import { whyOf } from './disk.ts'

export const usage = 'usage: npm run kiosk -- --config FILE [--setup PLAN]'

export type Arguments =
  /** `setup`: the plan by which the kiosk is set up while the configuration is not there; null: it has to be there. */
  | { kind: 'arguments'; config: string; setup: string | null }
  | { kind: 'problems'; problems: string[] }

/** `--config FILE`, `--setup PLAN`, and nothing else. */
export const argumentsOf = (args: string[]): Arguments => {
  try {
    const { values } = parseArgs({
      args,
      options: { config: { type: 'string' }, setup: { type: 'string' } },
      strict: true,
    })
    return values.config === undefined
      ? { kind: 'problems', problems: ['--config: found nothing; must name a file', usage] }
      : { kind: 'arguments', config: values.config, setup: values.setup ?? null }
  } catch (error) {
    return { kind: 'problems', problems: [whyOf(error), usage] }
  }
}

/** Says each problem on a line of its own and ends the program with 1, as a program that was started wrongly does. */
export const giveUp = (problems: readonly string[]): never => {
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.exit(1)
}
