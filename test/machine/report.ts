// What the test has found: a line each, at once and on disk. What could not be looked at is said, and is never a pass.
import { appendFileSync } from 'node:fs'

export type Outcome = 'passed' | 'failed' | 'not run'

export type Report = {
  /** `look` resolves with what to say of it, and rejects with what is wrong. Never rejects itself; false when it failed. */
  check: (name: string, look: () => Promise<string>) => Promise<boolean>
  notRun: (name: string, why: string) => void
  say: (line: string) => void
  count: (outcome: Outcome) => number
}

/** `file`: the lines are kept there. */
export const openReport = (file: string): Report => {
  const counts: Record<Outcome, number> = { passed: 0, failed: 0, 'not run': 0 }
  const began = performance.now()
  const write = (line: string) => {
    const seconds = ((performance.now() - began) / 1_000).toFixed(0).padStart(4)
    process.stdout.write(`${seconds} s  ${line}\n`)
    appendFileSync(file, `${seconds} s  ${line}\n`)
  }
  const tell = (outcome: Outcome, name: string, said: string) => {
    counts[outcome] += 1
    write(`${outcome.padEnd(7)}  ${name}${said === '' ? '' : `: ${said}`}`)
  }
  return {
    check: async (name, look) => {
      try {
        tell('passed', name, await look())
        return true
      } catch (error) {
        tell('failed', name, error instanceof Error ? error.message : String(error))
        return false
      }
    },
    notRun: (name, why) => tell('not run', name, why),
    say: write,
    count: (outcome) => counts[outcome],
  }
}

/** Throws `wrong` unless it is so. */
export const must = (isSo: boolean, wrong: string): void => {
  if (!isSo) throw new Error(wrong)
}
