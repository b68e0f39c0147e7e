// `npm run paths`: how many states each machine has, and on how many short paths the tests hold what must hold.
import { spawnSync } from 'node:child_process'
import { leavesOf } from '../flaws.ts'
import { walked } from './machines.ts'

const columns = (...cells: (string | number)[]): string =>
  cells.map((cell, at) => (at === 0 ? String(cell).padEnd(16) : String(cell).padStart(10))).join('')

console.log(columns('machine', 'states', 'paths', 'steps', 'longest'))
const sums = { states: 0, paths: 0, steps: 0 }
for (const [name, { machine, paths }] of Object.entries(walked)) {
  const states = leavesOf(machine.root).length
  const lengths = paths.map(({ steps }) => steps.length)
  const steps = lengths.reduce((sum, length) => sum + length, 0)
  console.log(columns(name, states, paths.length, steps, Math.max(...lengths)))
  sums.states += states
  sums.paths += paths.length
  sums.steps += steps
}
console.log(columns('all', sums.states, sums.paths, sums.steps, ''))

/** The tests that walk them. */
const tests = ['state-machines', 'test/paths', 'kiosk/screen-for.test.ts']
process.exitCode = spawnSync('vitest', ['run', ...tests], { stdio: 'inherit' }).status ?? 1
