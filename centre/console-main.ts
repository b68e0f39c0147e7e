// Starts the console: `npm run console -- --config FILE`, with the centre's own configuration and on its database, beside it.
//
// A program of its own: the longest report holds up no sale, and it has no card keys.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { whyOf } from '../server/config-file.ts'
import { giveUp } from '../server/give-up.ts'
import { pageFiles, type PageFiles } from '../server/page-files.ts'
import { besideCentre } from './beside-centre.ts'
import type { CentreConfig } from './config.ts'
import type { ConsoleConfig } from './console/console-config.ts'
import { consoleServer } from './console/console-server.ts'
import { openConsole } from './console/console.ts'
import { upkeep } from './console/upkeep.ts'
import type { Store } from './store.ts'
import { sweepingAll } from './sweeping.ts'

const usage = 'usage: npm run console -- --config FILE'
const built = resolve(import.meta.dirname, '..', 'dist')
const upkeepEveryMs = 10_000
const minuteMs = 60_000

const main = async (): Promise<void> => {
  const path = configPath()
  if (path === null) return giveUp(['--config: found nothing; must name a file', usage])
  return besideCentre(
    path,
    (store, config) => serve(path, store, config),
    (why) => `the console cannot go on; ${why}`,
  )
}

const configPath = (): string | null => {
  try {
    const { values } = parseArgs({ options: { config: { type: 'string' } } })
    return values.config ?? null
  } catch {
    return null
  }
}

/** Resolves when it was told to stop, and everything has ended. */
const serve = async (path: string, store: Store, config: CentreConfig): Promise<void> => {
  const { console: of } = config
  if (of === null) {
    return giveUp([`${path}: console: found nothing; must say where it listens`])
  }
  const found = filesFor(of)
  if (found.kind === 'problem') return giveUp([`${path}: ${found.problem}`])
  const log = pino({ level: config.log })
  const now = Date.now
  const means = { policy: config.policy, random: randomBytes }
  const server = consoleServer({
    console: openConsole({
      store,
      config,
      means,
      now,
      limits: {
        unattendedMs: of.unattendedMinutes * minuteMs,
        longestMs: of.longestHours * 60 * minuteMs,
      },
      town: { name: of.name, currency: of.currency, timeZone: config.policy.timeZone },
    }),
    pages: found.pages,
    tls: found.tls,
    log,
  })
  let address: string
  try {
    address = await server.listen(of.listen)
  } catch (error) {
    return giveUp([`console.listen: ${of.listen.host}:${of.listen.port}; ${whyOf(error)}`])
  }
  process.stdout.write(`The console is at ${address}\n`)
  const works = upkeep({ store, now, timeZone: config.policy.timeZone, log })
  const failed = (error: unknown) => log.error({ err: error }, 'something failed')
  const sweep = setInterval(sweepingAll(works, failed), upkeepEveryMs)
  await new Promise<void>((stopped) => {
    process.once('SIGTERM', stopped).once('SIGINT', stopped)
  })
  clearInterval(sweep)
  await server.close()
}

type Files =
  | { kind: 'files'; pages: PageFiles; tls: { cert: string; key: string } | null }
  | { kind: 'problem'; problem: string }

const filesFor = ({ tls }: ConsoleConfig): Files => {
  try {
    const pages = pageFiles(built, 'console/index.html')
    if (tls === null) return { kind: 'files', pages, tls: null }
    const read = (file: string) => readFileSync(file, 'utf8')
    return { kind: 'files', pages, tls: { cert: read(tls.certificate), key: read(tls.key) } }
  } catch (error) {
    return { kind: 'problem', problem: whyOf(error) }
  }
}

await main()
