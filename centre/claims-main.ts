// Claims at the office, on the centre's own machine and while it runs: `npm run claims -- --config FILE list | show | …`.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { whyOf } from '../server/config-file.ts'
import { commandOf, type Command } from './claims-usage.ts'
import { listClaims, payClaim, showClaim, verifyClaim, type Said } from './claim-office.ts'
import type { Desk } from './claim-book.ts'
import { readConfig } from './config.ts'
import { openStore, type Store } from './store.ts'
import { never } from '../domain/never.ts'

const main = async (): Promise<void> => {
  const args = commandOf(process.argv.slice(2))
  if (args.kind === 'problems') return giveUp(args.problems)
  const read = readConfig(args.config)
  if (read.kind === 'problems') return giveUp(read.problems)
  const { dataFolder } = read.config
  const path = join(dataFolder, 'centre.sqlite')
  // Opening would make an empty one, in which no claim is open.
  if (!existsSync(path)) {
    return giveUp([
      `dataFolder: found no centre.sqlite in ${dataFolder}; must be that of a centre that has run`,
    ])
  }
  let store: Store
  try {
    store = await openStore({ kind: 'file', path })
  } catch (error) {
    return giveUp([`dataFolder: the database in ${dataFolder} cannot be opened; ${whyOf(error)}`])
  }
  try {
    // One transaction, as every message of a kiosk is: what the centre does meanwhile waits, or has been.
    const said = await store.transact((work) => doing(args.command, { work, now: Date.now() }))
    if (said.kind === 'problem') giveUp([said.problem])
    else process.stdout.write(`${said.lines.join('\n')}\n`)
  } catch (error) {
    giveUp([
      `nothing was changed; ${whyOf(error)}. Try again; if it stays so, stop the centre first`,
    ])
  } finally {
    await store.close()
  }
}

const doing = (command: Command, desk: Desk): Promise<Said> => {
  switch (command.kind) {
    case 'list':
      return listClaims(desk)
    case 'show':
      return showClaim(desk, command.reference)
    case 'verify':
      return verifyClaim(desk, command.text)
    case 'pay':
      return payClaim(desk, command)
    default:
      return never(command)
  }
}

const giveUp = (problems: readonly string[]): void => {
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.exitCode = 1
}

await main()
