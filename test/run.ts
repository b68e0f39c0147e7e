// `npm test`: everything CI runs — types, lint, format, the pages built, every test — and one line that counts them.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { z } from 'zod'

const results = 'var/test-results.json'
const Results = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  success: z.boolean(),
})

const step = (title: string, command: string, ...args: string[]): boolean => {
  console.log(`\n== ${title}`)
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0
}

const counted = (): z.infer<typeof Results> | null => {
  try {
    return Results.parse(JSON.parse(readFileSync(results, 'utf8')))
  } catch {
    return null
  }
}

mkdirSync('var', { recursive: true })
rmSync(results, { force: true })

const checked = step('types, lint and format', process.execPath, 'test/check.ts')
const built = step('the pages', 'vite', 'build', '--logLevel', 'warn')
const tested = step(
  'tests',
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
)

const counts = counted()
if (counts === null) console.log('\nthe tests ended without a result')
else {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = counts
  console.log(
    `\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`,
  )
}
process.exitCode = checked && built && tested && counts?.success ? 0 : 1
