// `npm run kills -- [--journal] [--bytes] [--every K] [--to N] [--seed S]`: the real kiosk, killed in a cash sale just before and
// just after every call to its disk, and at every K-th byte on every line of a device; each time started again and audited.
import { parseArgs } from 'node:util'
import { seeded } from '../centre-kit.ts'
import { killingBench, type KillingBench } from './killing-bench.ts'
import { nameOf, rememberTown, round, type Kill, type Round } from './round.ts'

const { values } = parseArgs({
  options: {
    journal: { type: 'boolean', default: false },
    bytes: { type: 'boolean', default: false },
    every: { type: 'string', default: '1' },
    to: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
  },
})
const both = values.journal === values.bytes
const every = Number(values.every)
const to = Number(values.to)
const below = seeded(Number(values.seed))

const freshBench = async (): Promise<KillingBench> => {
  const bench = await killingBench()
  rememberTown(bench)
  return bench
}

const recoveries: number[] = []
let flawed = 0

let at = await freshBench()

/** One that does not come to its end is a flaw like any other; the next begins on a bench of its own. */
const oneRound = async (kill: Kill): Promise<Round> => {
  try {
    return await round(at, kill, below(2) === 0)
  } catch (error) {
    await at.close()
    at = await freshBench()
    return { killed: 'not known', recoveryMs: null, flaws: [String(error)] }
  }
}

/** Rounds with n from `first` on, until a sale is over without a kill; how many there were. */
const rounds = async (
  title: string,
  of: { first: number; step: number; killAt: (n: number) => Kill },
): Promise<void> => {
  let done = 0
  const from = performance.now()
  for (let n = of.first; n <= to; n += of.step) {
    const kill = of.killAt(n)
    const { killed, recoveryMs, flaws } = await oneRound(kill)
    if (killed === null) break
    done++
    if (recoveryMs !== null) recoveries.push(recoveryMs)
    if (flaws.length === 0) continue
    flawed++
    console.log(`  ${nameOf(kill)} (${killed}):`)
    for (const flaw of flaws) console.log(`    ${flaw}`)
  }
  const seconds = Math.round((performance.now() - from) / 1000)
  console.log(`${title}: ${done} kills, ${seconds} s`)
}

try {
  if (both || values.journal) {
    for (const when of ['before', 'after'] as const) {
      await rounds(`${when} each call to the disk`, {
        first: 1,
        step: 1,
        killAt: (n) => ({ at: 'disk', n, when }),
      })
    }
  }
  if (both || values.bytes) {
    for (const way of ['to', 'from'] as const) {
      for (const line of ['card', 'notes', 'receipt'] as const) {
        if (line === 'card' && way === 'from') continue
        // A card answers whole commands: each is tried.
        const step = line === 'card' ? 1 : every
        await rounds(`bytes ${way} ${line}, every ${step}`, {
          first: 1 + below(step),
          step,
          killAt: (n) => ({ at: line, n, way }),
        })
      }
    }
  }
} finally {
  await at.close()
}
recoveries.sort((a, b) => a - b)
const median = Math.round(recoveries[Math.floor(recoveries.length / 2)] ?? 0)
const worst = Math.round(recoveries.at(-1) ?? 0)
console.log(
  `${recoveries.length} kills, ${flawed} after which something does not add up; in service again after ${median} ms (median), ${worst} ms (worst)`,
)
process.exitCode = flawed === 0 ? 0 : 1
