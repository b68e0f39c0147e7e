// Starts the power sales centre: `node centre/main.ts --config FILE`; with `--import FILE` it takes a town in and ends.
import { randomBytes } from 'node:crypto'
import { pino, type Logger } from 'pino'
import { whyOf } from '../server/config-file.ts'
import { ulidOf } from '../domain/identifiers.ts'
import { alarmsBesideSales } from './alerts/alarms-beside-sales.ts'
import { readKeyFile } from './card-security/key-file.ts'
import { openReceiptKey } from './card-security/receipt-key.ts'
import { softwareCardSecurity } from './card-security/software.ts'
import { openCentre } from './centre.ts'
import { readConfig, type CentreConfig } from './config.ts'
import { openDoor, type CentreDoor } from './enrolment/centre-door.ts'
import { addEnrolment } from './enrolment/enrolment-routes.ts'
import { fleetBesideSales } from './fleet/beside-sales.ts'
import { importFile } from './importing/importing.ts'
import { centreServer } from './server.ts'
import { giveUp } from '../server/give-up.ts'
import { openStore, storePlaceOf, type Store } from './store.ts'
import { sweepingAll } from './sweeping.ts'
import type { Means } from './turn.ts'
import { argumentsOf } from './usage.ts'

/** How often overdue orders are looked for. */
const sweepEveryMs = 10_000

const main = async (): Promise<void> => {
  const args = argumentsOf(process.argv.slice(2))
  if (args.kind === 'problems') return giveUp(args.problems)
  const read = readConfig(args.config)
  if (read.kind === 'problems') return giveUp(read.problems)
  const { config } = read
  const opened = await open(config)
  if (opened.kind === 'problem') return giveUp([`${args.config}: ${opened.problem}`])
  const { store, means } = opened
  if (args.importing === null) return begin(args.config, { config, store, means })
  const imported = await importFile({ store, path: args.importing, now: Date.now(), ...means })
  await store.close()
  if (imported.kind === 'problems') return giveUp(imported.problems)
  process.stdout.write(`${imported.summary}\n`)
}

/** Keys and store, or why there are none, in a sentence that begins with the key of the configuration. */
const open = async ({
  dataFolder,
  database,
  keys,
  policy,
}: CentreConfig): Promise<
  { kind: 'open'; store: Store; means: Means } | { kind: 'problem'; problem: string }
> => {
  const keyFile = readKeyFile(keys.file, { bench: keys.bench })
  if (keyFile.kind === 'wrong') return { kind: 'problem', problem: keyFile.problem }
  try {
    const store = await openStore(storePlaceOf({ dataFolder, database }))
    const security = softwareCardSecurity({
      keys: keyFile.keys,
      receiptKey: openReceiptKey(dataFolder),
    })
    return { kind: 'open', store, means: { policy, security, random: randomBytes } }
  } catch (error) {
    const where = database === null ? `dataFolder: ${dataFolder}` : 'database: PostgreSQL'
    return { kind: 'problem', problem: `${where} cannot be used; ${whyOf(error)}` }
  }
}

type Opened = { config: CentreConfig; store: Store; means: Means }

const begin = async (path: string, of: Opened): Promise<void> => {
  const { config, store } = of
  const { dataFolder, tls } = config
  const opened =
    tls === null
      ? { kind: 'door' as const, door: null }
      : openDoor({ dataFolder, tls, store, now: Date.now })
  if (opened.kind === 'door') return serve(of, opened.door)
  await store.close()
  return giveUp([`${path}: tls: ${opened.problem}`])
}

const serve = async (of: Opened, door: CentreDoor | null): Promise<void> => {
  const { config, store, means } = of
  const log = pino({ level: config.log })
  // domain.md 8: a key store that is a file says so on every start.
  log.warn({ bench: config.keys.bench }, 'the master keys are in a file, not in an HSM')
  const centre = openCentre({ store, now: Date.now, ...means, enrolledOnly: door !== null })
  const server = centreServer(centre, log, door?.gate)
  if (door !== null) addEnrolment(server, { store, now: Date.now, ...door })
  let address: string
  try {
    address = await server.listen(config.listen)
  } catch (error) {
    await centre.close()
    return giveUp([`listen: ${config.listen.host}:${config.listen.port}; ${whyOf(error)}`])
  }
  if (door !== null) address = address.replace(/^http:/, 'https:')
  process.stdout.write(`The power sales centre answers at ${address}\n`)
  const fleet = await fleetBesideSales({
    config: config.fleet,
    store,
    now: Date.now,
    timeZone: config.policy.timeZone,
    log,
    door,
  })
  const alarms = alarmsBesideSales({
    config: config.alarms,
    store,
    now: Date.now,
    log,
    newId: () => ulidOf(Date.now(), randomBytes(10)),
  })
  if (fleet.address !== null) process.stdout.write(`The fleet reports to ${fleet.address}\n`)
  const sweep = setInterval(
    sweepingAll([centre.sweep, fleet.sweep, alarms.sweep, async () => door?.sweep()], told(log)),
    sweepEveryMs,
  )
  const stop = () => {
    clearInterval(sweep)
    server.close().then(fleet.close).then(alarms.close).then(centre.close).catch(told(log))
  }
  process.once('SIGTERM', stop).once('SIGINT', stop)
}

const told =
  (log: Logger) =>
  (error: unknown): void =>
    log.error({ err: error }, 'something failed')

await main()
