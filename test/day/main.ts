// `npm run day -- --seed N --sales M`: a town in virtual time, with faults of everything and an auditor after every sale.
//
// Kiosks, centre, card reader driver, cards and meters are production code and the simulators of the other tests; note
// acceptor, printer, disk and line stand at the words of their contracts. Their bytes are proven elsewhere: the drivers'
// own tests, test/scenarios/ and test/end-to-end/ (docs/decisions/).
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { runDay, type Failure } from './day.ts'
import { tableOf } from './totals.ts'
import { runWorld } from './world.ts'

const usage = `npm run day -- [--seed N] [--sales M] [--workers W] [--faults P] [--trace]
  --seed     which day (default 1); the same seed makes the same day
  --sales    how many sales (default 1,000)
  --workers  how many worlds at a time (default: one for each core)
  --faults   of a hundred visits, so many meet a fault (default 40)
  --trace    one world, a line for everything that happens`

const failureText = ({ seed, sale, sales, flaw }: Failure, faults: number): string =>
  `seed ${seed}, sale ${sale}: ${flaw}\n  replay: npm run day -- --seed ${seed} --sales ${sales} --faults ${faults} --trace`

const number = (text: string | undefined, otherwise: number, least: number): number => {
  const value = text === undefined ? otherwise : Number(text)
  if (Number.isSafeInteger(value) && value >= least) return value
  console.error(usage)
  return process.exit(2)
}

const main = async (): Promise<number> => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: { seed: text, sales: text, workers: text, faults: text, trace: { type: 'boolean' } },
  })
  const seed = number(values.seed, 1, 0)
  const sales = number(values.sales, 1_000, 1)
  const workers = number(values.workers, availableParallelism(), 1)
  const faults = number(values.faults, 40, 0)
  if (values.trace === true) {
    const world = await runWorld({ seed, sales, faults, trace: (line) => console.log(line) })
    return world.flaws.length === 0 ? 0 : 1
  }
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  let told = 0
  const { totals, failures } = await runDay({
    seed,
    sales,
    workers,
    faults,
    onProgress: (now) => {
      if (seconds() - told < 5) return
      told = seconds()
      const rate = (now.sales / told).toFixed(1)
      console.error(`${now.sales} of ${sales} sales, ${rate} a second, ${now.flaws} discrepancies`)
    },
  })
  console.log(`day ${seed}`)
  console.log(tableOf(totals, { seconds: seconds(), workers }))
  for (const failure of failures) console.log(failureText(failure, faults))
  return failures.length === 0 ? 0 : 1
}

process.exitCode = await main()
