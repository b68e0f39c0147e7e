// `npm test`: everything CI runs — types, lint, format, the pages built, every test — and one line that counts them.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { z } from 'zod'

const results = 'var/test-results.json'
const Results = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  success: z.boolean(),
})

const say = (title: string): void => console.log(`\n== ${title}`)

const step = (command: string, ...args: string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit' })
    child.once('error', (error) => {
      console.log(String(error))
      resolve(false)
    })
    child.once('close', (code) => resolve(code === 0))
  })

/**
 * What takes only processor goes on beside the tests on wires, which mostly wait, and gives way to them. Tells what it
 * printed, all of it at once, and whether all was well.
 */
const beside = (command: string, ...args: string[]): Promise<{ said: string; well: boolean }> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
    let said = ''
    const hear = (data: Buffer): void => void (said += data.toString('utf8'))
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', (error) => resolve({ said: String(error), well: false }))
    child.once('close', (code) => resolve({ said, well: code === 0 }))
  })

const counted = (): z.infer<typeof Results> | null => {
  try {
    return Results.parse(JSON.parse(readFileSync(results, 'utf8')))
  } catch {
    return null
  }
}

mkdirSync('var', { recursive: true })
rmSync(results, { force: true })

say('the pages')
const built = await step('vite', 'build', '--logLevel', 'warn')
say('tests')
const checking = beside(process.execPath, 'test/check.ts')
const tested = await step(
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
)

say('types, lint and format')
const checked = await checking
console.log(checked.said)

const counts = counted()
if (counts === null) console.log('\nthe tests ended without a result')
else {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = counts
  console.log(
    `\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`,
  )
}
process.exitCode = checked.well && built && tested && counts?.success ? 0 : 1
