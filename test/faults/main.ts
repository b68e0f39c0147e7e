// `npm run faults -- [--boundary X] [--kind Y] [--from N] [--to M] [--pairs N --seed S]`: one sale per run, with the n-th
// operation of a boundary failing, for every n until a sale is over without the fault being reached.
import { parseArgs } from 'node:util'
import { pairs } from './pairs.ts'
import { run, type Run } from './run.ts'
import { boundaries, kindsOf, nameOf, type Boundary, type Fault, type Kind } from './traps.ts'
import type { Wish } from './visit.ts'

/** So many sales at once: most of a run waits for disks. */
const atOnce = 3

const { values } = parseArgs({
  options: {
    boundary: { type: 'string' },
    kind: { type: 'string' },
    wish: { type: 'string' },
    from: { type: 'string', default: '1' },
    to: { type: 'string', default: '100000' },
    every: { type: 'string', default: '1' },
    pairs: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})
const wanted = (name: string, given: string | undefined) => given === undefined || given === name
const from = Number(values.from)
const to = Number(values.to)
const every = Number(values.every)

let runs = 0
let flawed = 0

const tell = (title: string, { flaws, met }: Run): void => {
  runs++
  if (flaws.length === 0) return
  flawed++
  console.log(`  ${title} (${met.join(' and ')}):`)
  for (const flaw of flaws) console.log(`    ${flaw}`)
}

/** Every n of one boundary, kind and wish; how many were reached. */
const everyOf = async (boundary: Boundary, kind: Kind, wish: Wish): Promise<number> => {
  let next = from
  let reached = 0
  let over = false
  const work = async () => {
    while (!over && next <= to) {
      const fault: Fault = { boundary, kind, n: next }
      next += every
      const done = await run([fault], wish)
      if (done.met[0] === '') over = true
      else reached++
      tell(`${wish}: ${nameOf(fault)}`, done)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return reached
}

/** Seeded pairs, each tried by one customer; the seed finds them again. */
const somePairs = async (seed: number, count: number): Promise<void> => {
  const waiting = pairs(seed, count).map((pair, at) => ({ pair, at }))
  let both = 0
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const wish: Wish = next.at % 3 === 0 ? 'account' : 'cash'
      const done = await run(next.pair, wish)
      if (done.met.every((where) => where !== '')) both++
      tell(`pair ${next.at}, ${wish}: ${next.pair.map(nameOf).join(' and ')}`, done)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  console.log(`seed ${seed}: ${count} pairs, both met in ${both}`)
}

const everyBoundary = async (): Promise<void> => {
  for (const boundary of boundaries.filter((name) => wanted(name, values.boundary))) {
    for (const kind of kindsOf[boundary].filter((name) => wanted(name, values.kind))) {
      for (const wish of (['cash', 'account'] as const).filter((name) =>
        wanted(name, values.wish),
      )) {
        const before = { flawed, at: performance.now() }
        const reached = await everyOf(boundary, kind, wish)
        const seconds = Math.round((performance.now() - before.at) / 1000)
        console.log(
          `${boundary}, ${kind}, ${wish}: ${reached} places, ${flawed - before.flawed} flawed, ${seconds} s`,
        )
      }
    }
  }
}

if (values.pairs === undefined) await everyBoundary()
else await somePairs(Number(values.seed), Number(values.pairs))
console.log(`${runs} sales, ${flawed} that do not add up`)
process.exitCode = flawed === 0 ? 0 : 1
