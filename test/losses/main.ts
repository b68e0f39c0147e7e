// `npm run losses:judge`: how well the detectors do in towns whose thieves are known, seed by seed and pattern by pattern.
import { parseArgs } from 'node:util'
import { judgeTown, type Judged } from './judge.ts'
import { tableOf } from './table.ts'

const usage = `npm run losses:judge -- [--seeds N] [--customers M] [--kiosks K] [--missed]
  --seeds      how many towns (default 3), with the seeds 1, 2, 3, …
  --customers  of each town (default 5,000)
  --kiosks     of each town (default 30)
  --missed     names what was missed and what was raised for nothing`

/** The evening the towns end on, so that every run sees the same ones. */
const evening = Date.parse('2026-11-26T12:00:00Z')

const number = (text: string | undefined, otherwise: number): number => {
  const value = text === undefined ? otherwise : Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  console.error(usage)
  return process.exit(2)
}

const main = async (): Promise<void> => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: { seeds: text, customers: text, kiosks: text, missed: { type: 'boolean' } },
  })
  const seeds = number(values.seeds, 3)
  const customers = number(values.customers, 5_000)
  const kiosks = number(values.kiosks, 30)
  const all: Judged[] = []
  for (let seed = 1; seed <= seeds; seed++) {
    const of = { seed, customers, kiosks, days: 365, journalDays: 30, now: evening }
    const judged = await judgeTown(of, () => performance.now())
    all.push(judged)
    const { tookMs, longestSliceMs, longestWriteMs } = judged
    console.log(
      `seed ${seed}: ${customers} homes in ${(tookMs / 1000).toFixed(1)} s, longest slice ${longestSliceMs.toFixed(0)} ms, longest write ${longestWriteMs.toFixed(0)} ms`,
    )
    if (values.missed !== true) continue
    for (const { missed, falseOnes } of judged.judgements) {
      for (const it of missed)
        console.log(`  missed: ${it.pattern}, ${it.binding ?? ''}, ${it.since}`)
      for (const it of falseOnes)
        console.log(`  for nothing: ${it.pattern}, ${it.subject}, ${it.score}, ${it.why}`)
    }
  }
  console.log(tableOf(all))
}

await main()
