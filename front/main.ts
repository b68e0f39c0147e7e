// Starts the bank front machine: `node front/main.ts --config FILE`; what else it can be started for stands in usage.ts.
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino, type Logger } from 'pino'
import { never } from '../domain/never.ts'
import { whyOf } from '../server/config-file.ts'
import { giveUp } from '../server/give-up.ts'
import { linkAccounts, readAccounts } from './accounts.ts'
import { openLine } from './bank-line/open-line.ts'
import { bankLine } from './bank-line/session.ts'
import { writeDayFile } from './closing-day.ts'
import { readBankSecrets, readConfig, type BankSecrets, type FrontConfig } from './config.ts'
import { endByHand } from './ending-by-hand.ts'
import { openFront, type Front } from './front.ts'
import { openDoor, type FrontDoor } from './front-door.ts'
import { enrolFront } from './front-identity.ts'
import { policyOf } from './means.ts'
import { frontServer } from './server.ts'
import { openStore, type Store } from './store.ts'
import { argumentsOf, type Wanted } from './usage.ts'

/** How often it is looked whether a business day is over. */
const sweepEveryMs = 60_000

const main = async (): Promise<void> => {
  const args = argumentsOf(process.argv.slice(2))
  if (args.kind === 'problems') return giveUp(args.problems)
  const read = readConfig(args.config)
  if (read.kind === 'problems') return giveUp(read.problems)
  const { config } = read
  const opened = await open(config)
  if (opened.kind === 'problem') return giveUp([`${args.config}: ${opened.problem}`])
  const { store } = opened
  const { wanted } = args
  switch (wanted.kind) {
    case 'serve':
      return start(args.config, config, store)
    case 'enrol':
      return enrolWith(config, store, wanted.code)
    case 'day file':
      return dayFile(config, store, wanted.day)
    case 'payer has it':
      return payerHasIt(store, wanted)
    default:
      return never(wanted)
  }
}

const enrolWith = async (
  { tls, centre, dataFolder: folder }: FrontConfig,
  store: Store,
  code: string,
): Promise<void> => {
  await store.close()
  if (tls === null) return giveUp(['tls: found nothing; must name the front machine'])
  const enrolled = await enrolFront({ name: tls.name, centre: centre.url, code, folder })
  if (enrolled.kind === 'problem') return giveUp([`${enrolled.problem}: ${enrolled.why}`])
  process.stdout.write(`enrolled until ${new Date(enrolled.endsAt).toISOString()}\n`)
}

const dayFile = async ({ filesFolder }: FrontConfig, store: Store, day: string): Promise<void> => {
  const path = await writeDayFile({ store, filesFolder }, day)
  await store.close()
  if (path === null) return giveUp([`--day-file: ${day} has not been closed`])
  process.stdout.write(`${path}\n`)
}

const payerHasIt = async (
  store: Store,
  { payment, persons }: Extract<Wanted, { kind: 'payer has it' }>,
): Promise<void> => {
  const now = clock.now()
  const problem = await store.transact((work) => endByHand(work, { payment, persons, now }))
  await store.close()
  if (problem !== null) return giveUp([problem])
  process.stdout.write(`payment ${payment} is reversed\n`)
}

const open = async ({
  dataFolder,
}: FrontConfig): Promise<{ kind: 'open'; store: Store } | { kind: 'problem'; problem: string }> => {
  try {
    return {
      kind: 'open',
      store: await openStore({ kind: 'file', path: join(dataFolder, 'front.sqlite') }),
    }
  } catch (error) {
    return { kind: 'problem', problem: `dataFolder: ${dataFolder} cannot be used; ${whyOf(error)}` }
  }
}

const start = async (path: string, config: FrontConfig, store: Store): Promise<void> => {
  const accounts = readAccounts(config.accounts)
  const secrets = readBankSecrets(config.bank)
  if (accounts.kind === 'problems' || secrets.kind === 'problem') {
    await store.close()
    return giveUp(accounts.kind === 'problems' ? accounts.problems : secretsProblem(path, secrets))
  }
  const log = pino({ level: config.log })
  const opened = await openDoor(config, { log, clock })
  if (opened.kind === 'problem') {
    await store.close()
    return giveUp([`${path}: ${opened.problem}`])
  }
  await linkAccounts(store, accounts.accounts)
  await serve({ config, store, secrets: secrets.secrets, log, door: opened.door })
}

const secretsProblem = (path: string, read: ReturnType<typeof readBankSecrets>): string[] =>
  read.kind === 'problem' ? [`${path}: ${read.problem}`] : []

const clock = {
  now: () => Date.now(),
  chance: () => Math.random(),
  wait: (ms: number, signal?: AbortSignal): Promise<unknown> =>
    pause(ms, undefined, { signal, ref: false }).catch(() => undefined),
  after: (ms: number, call: () => void) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
}

const serve = async (of: {
  config: FrontConfig
  store: Store
  secrets: BankSecrets
  log: Logger
  door: FrontDoor | null
}): Promise<void> => {
  const { config, store, secrets, log, door } = of
  const { host, port, terminal, merchant } = config.bank
  if (secrets.tls === null) log.warn('the line to the bank has no TLS')
  const address = { host, port, ...(secrets.tls !== null && { tls: secrets.tls }) }
  const line = bankLine({
    open: openLine(address, clock),
    exchangeKey: secrets.exchangeKey,
    terminal,
    merchant,
    clock,
    report: (report) => log.warn({ report }, 'on the line to the bank'),
  })
  line.onState((state) => log.info({ state }, 'the line to the bank'))
  const front = await openFront({
    store,
    line,
    clock,
    policy: policyOf(config),
    alarm: (what, about) => log.warn(about, what),
    centre: { url: config.centre.url, fetch: door?.fetch ?? fetch },
    filesFolder: config.filesFolder,
  })
  // A day that was over while nobody was here is ended before anything is paid on it.
  await front.sweep()
  const server = frontServer(front, log, door?.gate)
  const end = async () => {
    await door?.close()
    await line.close()
    await front.close()
  }
  let listening: string
  try {
    listening = await server.listen(config.listen)
  } catch (error) {
    await end()
    return giveUp([`listen: ${config.listen.host}:${config.listen.port}; ${whyOf(error)}`])
  }
  if (door !== null) listening = listening.replace(/^http:/, 'https:')
  process.stdout.write(`The front machine answers at ${listening}\n`)
  const stopSweeping = sweeping(front, log)
  const stop = () => {
    stopSweeping()
    server.close().then(end).catch(told(log))
  }
  process.once('SIGTERM', stop).once('SIGINT', stop)
}

const sweeping = (front: Front, log: Logger): (() => void) => {
  const sweep = setInterval(() => void front.sweep().catch(told(log)), sweepEveryMs)
  return () => clearInterval(sweep)
}

const told =
  (log: Logger) =>
  (error: unknown): void =>
    log.error({ err: error }, 'something failed')

await main()
