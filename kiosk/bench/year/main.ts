// Makes a town with a year behind it in a folder: `npm run town -- --data FOLDER [--kiosks N] [--customers N] [--days N] [--seed N]`.
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { benchCommandKey } from '../command-key.ts'
import { centreConfigOf, writeConfig } from '../configs.ts'
import { kept } from '../kept.ts'
import { KeyFile } from '../../../centre/card-security/key-file.ts'
import { townKeyFile } from '../town/keys.ts'
import { townPolicy } from '../town/town.ts'
import { makeYear } from './making.ts'
import { areasOf } from './places.ts'
import { fullTown, type YearOf } from './year.ts'

const usage =
  'usage: npm run town -- --data FOLDER [--kiosks N] [--customers N] [--days N] [--seed N]'

type Asked = { folder: string; of: YearOf } | { problem: string }

const asked = (args: string[]): Asked => {
  const number = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    options: { data: number, kiosks: number, customers: number, days: number, seed: number },
  })
  if (values.data === undefined) return { problem: '--data: found nothing; must name a folder' }
  const of: YearOf = { ...fullTown, now: Date.now() }
  for (const name of ['kiosks', 'customers', 'days', 'seed'] as const) {
    const [least, most] = bounds[name]
    const found = values[name]
    if (found === undefined) continue
    const value = Number(found)
    if (!Number.isInteger(value) || value < least || value > most) {
      return { problem: `--${name}: found ${found}; must be a number from ${least} to ${most}` }
    }
    of[name] = value
  }
  return { folder: resolve(values.data), of }
}

const bounds = {
  kiosks: [4, 1_000],
  customers: [50, 99_000],
  days: [30, 730],
  seed: [0, 1_000_000],
} as const

const main = async (): Promise<void> => {
  const what = asked(process.argv.slice(2))
  if ('problem' in what) return giveUp(`${what.problem}\n${usage}`)
  const { folder, of } = what
  const database = join(folder, 'data', 'centre.sqlite')
  if (existsSync(database)) return giveUp(`--data: there is a town in ${folder} already`)
  mkdirSync(folder, { recursive: true })
  const keyFile = join(folder, 'keys.json')
  kept(keyFile, KeyFile).write(townKeyFile)
  const commandKey = join(folder, 'command-key.pem')
  benchCommandKey({ commandKey })
  const config = centreConfigOf({
    port: 8_010,
    fleetPort: 8_011,
    dataFolder: 'data',
    keyFile: 'keys.json',
    commandKeyFile: 'command-key.pem',
    tls: false,
  })
  const areas = areasOf(of.kiosks).map(({ area }) => area)
  writeConfig(join(folder, 'config.json'), { ...config, policy: { ...townPolicy, areas } })
  let told = -1
  const { rows } = await makeYear(database, of, (day) => {
    const percent = Math.floor((100 * day) / of.days)
    if (percent !== told) process.stderr.write(`\r${percent} % of the year`)
    told = percent
  })
  process.stderr.write(`\r${rows} rows of ${of.days} days are in ${folder}\n`)
  process.stdout.write(`npm run centre -- --config ${join(folder, 'config.json')}\n`)
}

const giveUp = (problem: string): void => {
  process.stderr.write(`${problem}\n`)
  process.exitCode = 1
}

await main()
