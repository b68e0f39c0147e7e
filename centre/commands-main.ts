// Commands to kiosks, on the centre's own machine and while it runs: `npm run command -- --config FILE --kiosk N --op …`.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { packed } from '../domain/fleet/packed.ts'
import { ulidOf } from '../domain/identifiers.ts'
import { never } from '../domain/never.ts'
import { whyOf } from '../server/config-file.ts'
import { giveUp } from '../server/give-up.ts'
import { besideCentre } from './beside-centre.ts'
import { commandAskedBy, type CommandAsked } from './commands-usage.ts'
import { readConfig, type CentreConfig } from './config.ts'
import { makeCommandKey, openCommandKey } from './fleet/commands/command-key.ts'
import { findCommand, listCommands, standing, textOf } from './fleet/commands/command-office.ts'
import { isUnderWay, withCommands, type FleetCommands } from './fleet/commands/command-tables.ts'
import { order, type Ordering } from './fleet/commands/ordering.ts'
import { withoutSecrets } from './fleet/commands/without-secrets.ts'
import type { Store } from './store.ts'

/** Whoever orders stands there so long; the answer comes all the same. */
const patienceMs = 60_000
const lookEveryMs = 500

const main = async (): Promise<void> => {
  const read = (file: string) => packed(withoutSecrets(readFileSync(file, 'utf8')))
  const args = commandAskedBy(process.argv.slice(2), read)
  if (args.kind === 'problems') return giveUp(args.problems)
  const { asked } = args
  if (asked.kind === 'make key') return makeKey(args.config)
  return besideCentre(
    args.config,
    (store, config) => doing(asked, { store, config }),
    (why) => `nothing was ordered; ${why}`,
  )
}

const doing = async (
  asked: Exclude<CommandAsked, { kind: 'make key' }>,
  { store, config }: { store: Store; config: CentreConfig },
): Promise<void> => {
  switch (asked.kind) {
    case 'list':
      return say(await listCommands(store.read, asked.kiosk))
    case 'answer': {
      const row = await findCommand(store.read, asked.command)
      return row === undefined
        ? giveUp([`--answer: found ${asked.command}; no such command was ordered`])
        : tell(store, row)
    }
    case 'order':
      return give(asked, { store, config })
    default:
      return never(asked)
  }
}

const give = async (
  asked: Omit<Ordering, 'id'>,
  { store, config }: { store: Store; config: CentreConfig },
): Promise<void> => {
  const named = config.fleet?.commandKey ?? null
  if (named === null)
    return giveUp(['fleet.commandKey: found null; must name the key to sign with'])
  const key = openCommandKey(named)
  const now = Date.now()
  const id = ulidOf(now, randomBytes(10))
  const ordered = await store.transact((work) =>
    order({ work: withCommands(work), now }, { id, ...asked }, key),
  )
  if (ordered.kind === 'problem') return giveUp([`--${ordered.about}: ${ordered.problem}`])
  say([`${id} is ordered: ${asked.operation.op} at ${asked.kiosk}`])
  return untilAnswered(store, id)
}

/** By the clock of whoever waits. */
const untilAnswered = async (store: Store, id: string): Promise<void> => {
  let said: FleetCommands['st'] = 'ordered'
  for (let waited = 0; waited < patienceMs; waited += lookEveryMs) {
    const row = await findCommand(store.read, id)
    if (row !== undefined && !isUnderWay(row.st)) return tell(store, row)
    if (row !== undefined && row.st !== said) say([standing(row)])
    said = row?.st ?? said
    await pause(lookEveryMs)
  }
  say([
    `It waits; how it ends is told by --answer ${id}`,
    'The centre sends it as long as it is good, as soon as the kiosk is there.',
  ])
}

const tell = async (store: Store, row: FleetCommands): Promise<void> => {
  const text = await textOf(store.read, row)
  say([standing(row), ...(text === null ? [] : [text])])
  if (!isUnderWay(row.st) && row.st !== 'done') process.exitCode = 1
}

const makeKey = (configPath: string): void => {
  const read = readConfig(configPath)
  if (read.kind === 'problems') return giveUp(read.problems)
  const named = read.config.fleet?.commandKey ?? null
  if (named === null) return giveUp(['fleet.commandKey: found null; must name the key to make'])
  try {
    makeCommandKey(named.file)
  } catch (error) {
    return giveUp([`fleet.commandKey.file: ${whyOf(error)}`])
  }
  return say([
    'In the configuration of every kiosk, fleet.commandKeys has to name it:',
    JSON.stringify(openCommandKey(named).known),
  ])
}

const say = (lines: readonly string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`)
}

await main()
