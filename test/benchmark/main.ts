// `npm run benchmark [-- --only NAME] [--short]`: what customers wait for, each against the bare work in the same run, as a
// table and as JSON in var/benchmark.json (design.md 10).
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { tableOf, isMet, type Figure } from './figures.ts'
import { parts } from './parts.ts'

const usage = `npm run benchmark -- [--only NAME] [--short]
  --only   one part: ${parts.map(({ name }) => name).join(', ')}
  --short  once and with little: whether it runs, not how fast`

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, short: { type: 'boolean', default: false } },
  })
  const chosen = parts.filter(({ name }) => values.only === undefined || values.only === name)
  if (chosen.length === 0) {
    console.error(usage)
    return 2
  }
  const figures: Figure[] = []
  const notRun: { name: string; why: string }[] = []
  for (const { name, measure } of chosen) {
    console.error(`measuring: ${name}`)
    const measured = await measure(values.short ? 'short' : 'full')
    if ('notRun' in measured) notRun.push({ name, why: measured.notRun })
    else figures.push(...measured)
  }
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}`
  mkdirSync('var', { recursive: true })
  const at = new Date().toISOString()
  writeFileSync(
    'var/benchmark.json',
    `${JSON.stringify({ at, machine, figures, notRun }, null, 2)}\n`,
  )
  console.log(`${machine}\n`)
  console.log(tableOf(figures))
  for (const { name, why } of notRun) console.log(`\n${name}: not run, ${why}`)
  const missed = figures.filter((figure) => !isMet(figure))
  console.log(`\n${figures.length - missed.length} of ${figures.length} goals met`)
  return 0
}

process.exitCode = await main()
