// Runs a program of the system to its end.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Program and arguments, no shell. Gives what it wrote; rejects with its last words when it fails. */
export type Run = (
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
) => Promise<string>

const execute = promisify(execFile)

export const run: Run = async ([program = '', ...args], environment) => {
  const { stdout } = await execute(program, args, {
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  })
  return stdout
}
