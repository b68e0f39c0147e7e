// `npm run check`: types, lint and format of the whole tree, side by side.
import { spawn } from 'node:child_process'

const steps: [name: string, command: string, ...args: string[]][] = [
  ['types', 'tsc', '-p', '.'],
  ['types of the pages', 'tsc', '-p', 'ui'],
  ['lint', 'oxlint', '--type-aware', '--deny-warnings', '.'],
  ['format', 'oxfmt', '--check', '.'],
]

const run = ([name, command, ...args]: (typeof steps)[number]): Promise<boolean> =>
  new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const keep = (chunk: Buffer) => (output += chunk.toString())
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => {
      console.log(`check: ${name} could not run: ${error.message}`)
      resolve(false)
    })
    child.on('close', (code) => {
      console.log(`check: ${name} ${code === 0 ? 'clean' : 'NOT CLEAN'}`)
      if (code !== 0) console.log(output)
      resolve(code === 0)
    })
  })

const clean = await Promise.all(steps.map(run))
process.exitCode = clean.every(Boolean) ? 0 : 1
