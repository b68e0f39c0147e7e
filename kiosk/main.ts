// Starts a real kiosk: `node kiosk/main.ts --config FILE [--setup PLAN]`. On the bench only the configuration differs.
import packageJson from '../package.json' with { type: 'json' }
import { resolve } from 'node:path'
import { systemClock } from './clock.ts'
import { readConfig } from './config.ts'
import { driversOf } from './devices.ts'
import { joinIdentity } from './enrolment/joining.ts'
import { afterStart, beforeStart } from './fleet/commands/config-trial.ts'
import { exitToRestart } from './fleet/commands/hands.ts'
import { lineCounts } from './fleet/line-counts.ts'
import { loopAges } from './fleet/loop-ages.ts'
import { machineFacts } from './fleet/machine-facts.ts'
import { recorderOf } from './flight-recorder/joining.ts'
import { openLog } from './log.ts'
import { pageFiles } from '../server/page-files.ts'
import { setUpIfNew } from './setup/at-start.ts'
import { startKiosk } from './start.ts'
import { joinUpdates } from './update/joining.ts'
import { argumentsOf, giveUp } from './usage.ts'
import { watchedKiosk } from './watchdog/joining.ts'
import { openRunRecord } from './watchdog/run-record.ts'

const pages = resolve(import.meta.dirname, '../dist')

const main = async (): Promise<void> => {
  const read = argumentsOf(process.argv.slice(2))
  if (read.kind === 'problems') return giveUp(read.problems)
  // A new machine is set up by whoever stands at it, and is a kiosk from then on.
  const problems = await setUpIfNew({ ...read, pages })
  if (problems.length > 0) return giveUp(problems)
  const isPutBack = await beforeStart(read.config)
  const configured = await readConfig(read.config)
  if (configured.kind === 'problems') return giveUp(configured.problems)
  const { config } = configured
  const log = openLog(config)
  if (isPutBack) log.error('no kiosk started with its new configuration: the one before is back')
  const clock = systemClock()
  const { version } = packageJson
  const { dataFolder } = config
  const run = await openRunRecord({ dataFolder, version, now: clock.now, log })
  log.info({ why: run.why, withheldBefore: run.withheldBefore }, 'the program starts')
  const recorder = recorderOf({ config, clock, log, version })
  const identity = await joinIdentity({ config, clock, log })
  const loops = loopAges(clock)
  const lines = lineCounts()
  const started = await startKiosk({
    config,
    clock,
    log,
    version,
    drivers: driversOf({ config, log, recorder, loops, lines }),
    loopAgesMs: loops.agesMs,
    lineCounts: lines.told,
    machineFacts: machineFacts({
      config,
      clock,
      ...(identity && { certificate: identity.current }),
    }),
    startedBy: run.why,
    inspect: recorder.inspect,
    ...(identity && { fetch: identity.fetch, identity: identity.current }),
    pages: pageFiles(pages, 'kiosk/index.html'),
    configFile: read.config,
    onRestart: () => stop(exitToRestart),
    // Supervision starts it again, and the new start settles what this one left.
    onFailure: () => {
      recorder.fault('kiosk', 'machine stopped')
      // What led to it is kept, if the disk takes it.
      setTimeout(() => process.exit(1), 2_000)
      void recorder.stop().then(() => process.exit(1))
    },
  })
  if (started.kind === 'problem') return giveUp([`${read.config}: ${started.problem}`])
  const { kiosk } = started
  await afterStart(read.config)
  log.info({ url: kiosk.url }, 'the screen is served')
  const environment = process.env
  const watched = watchedKiosk({ environment, config, clock, log, kiosk, loops, run })
  const { vitals } = kiosk
  const updates = joinUpdates({ clock, log, vitals, restart: () => stop(exitToRestart) })
  const stop = (code: number) => {
    log.info('stopping')
    updates.stop()
    watched.stop()
    // Supervision waits no longer than this; the journal is safe at every moment.
    setTimeout(() => process.exit(1), 5_000).unref()
    void run
      .keepAsked()
      .then(kiosk.stop)
      .then(identity?.stop)
      .then(recorder.stop)
      .then(() => process.exit(code))
  }
  process.once('SIGTERM', () => stop(0)).once('SIGINT', () => stop(0))
}

main().catch((error: unknown) => giveUp([error instanceof Error ? error.message : String(error)]))
