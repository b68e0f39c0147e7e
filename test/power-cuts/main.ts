// `npm run power-cuts -- [--seed N] [--cuts M] [--store journal|counters|centre]`: cuts the power, on a real file system.
import { argumentsOf } from './arguments.ts'
import { startRig, whyNotHere } from './rig.ts'

const args = process.argv.slice(2)
const read = argumentsOf(args)
const why = read.kind === 'problems' ? null : whyNotHere()
if (read.kind === 'problems') {
  for (const problem of read.problems) console.error(problem)
  process.exitCode = 1
} else if (why !== null) {
  // Not run is not passed.
  console.error(`the power cuts were not run: ${why}`)
  process.exitCode = 3
} else {
  const rig = startRig(args, 'inherit')
  // Ctrl-C reaches the rig too: it clears up, and its end is ours. A polite end is passed on as a certain one.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => rig.kill('SIGKILL'))
  rig.once('exit', (code) => {
    process.exitCode = code ?? 130
  })
}
