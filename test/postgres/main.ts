// Runs the tests of the centre on PostgreSQL: `npm run test:postgres`, with files or names behind `--` as vitest takes them.
import { spawnSync } from 'node:child_process'
import { openStore } from '../../centre/store.ts'
import { templateVariable } from './placed.ts'
import { startPostgres } from './server.ts'

/** Everything that opens the books of a centre in its own process, and nothing that looks into a file of SQLite. */
const suite = ['centre/', 'test/postgres/']

const server = await startPostgres()
try {
  const url = await server.create('made')
  const store = await openStore({ kind: 'postgresql', url })
  // Whoever begins with a copy starts for the first time.
  await store.transact((work) => work.deleteFrom('starts').execute())
  await store.close()
  const asked = process.argv.slice(2)
  const { status } = spawnSync(
    'vitest',
    ['run', '--testTimeout=150000', '--hookTimeout=60000', ...(asked.length > 0 ? asked : suite)],
    {
      stdio: 'inherit',
      env: { ...process.env, [templateVariable]: url },
    },
  )
  process.exitCode = status ?? 1
} finally {
  await server.stop()
}
