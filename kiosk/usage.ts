// What stands on the command line of the kiosk, and how it says that something is wrong with it.
import { parseArgs } from 'node:util'
import { whyOf } from './disk.ts'

export const usage = 'usage: npm run kiosk -- --config FILE'

export type Arguments =
  | { kind: 'arguments'; config: string }
  | { kind: 'problems'; problems: string[] }

/** `--config FILE`, and nothing else. */
export const argumentsOf = (args: string[]): Arguments => {
  try {
    const { values } = parseArgs({ args, options: { config: { type: 'string' } }, strict: true })
    return values.config === undefined
      ? { kind: 'problems', problems: ['--config: found nothing; must name a file', usage] }
      : { kind: 'arguments', config: values.config }
  } catch (error) {
    return { kind: 'problems', problems: [whyOf(error), usage] }
  }
}

/** Says each problem on a line of its own and ends the program with 1, as a program that was started wrongly does. */
export const giveUp = (problems: readonly string[]): never => {
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.exit(1)
}
