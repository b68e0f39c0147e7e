// The authority at the office, on the centre's own machine and while it runs: `npm run authority -- --config FILE init | code | …`.
import { randomBytes } from 'node:crypto'
import { never } from '../domain/never.ts'
import { giveUp } from '../server/give-up.ts'
import { besideCentre } from './beside-centre.ts'
import { readConfig } from './config.ts'
import { makeAuthority, openAuthority } from './enrolment/authority.ts'
import {
  listCertificates,
  makeEnrolmentCode,
  revokeMachine,
  type Desk,
  type Said,
} from './enrolment/authority-office.ts'
import { authorityCommandOf, type AuthorityCommand } from './enrolment/authority-usage.ts'

const main = async (): Promise<void> => {
  const args = authorityCommandOf(process.argv.slice(2))
  if (args.kind === 'problems') return giveUp(args.problems)
  const { command, config } = args
  if (command.kind === 'init') return init(config)
  return besideCentre(
    config,
    async (store, { dataFolder }) => {
      // One transaction, as every message of a kiosk is: what the centre does meanwhile waits, or has been.
      const said = await store.transact((work) =>
        doing(command, { work, now: Date.now() }, dataFolder),
      )
      if (said.kind === 'problem') giveUp([said.problem])
      else process.stdout.write(`${said.lines.join('\n')}\n`)
    },
    (why) => `nothing was changed; ${why}. Try again; if it stays so, stop the centre first`,
  )
}

const init = (path: string): void => {
  const read = readConfig(path)
  if (read.kind === 'problems') return giveUp(read.problems)
  const { dataFolder } = read.config
  if (!makeAuthority(dataFolder, Date.now())) {
    return giveUp([`dataFolder: found an authority in ${dataFolder} already; it stays as it is`])
  }
  process.stdout.write(
    `The authority is made: authority.json in ${dataFolder}. Keep a copy of it where nobody else reads it.\n`,
  )
}

const doing = async (
  command: Exclude<AuthorityCommand, { kind: 'init' }>,
  desk: Desk,
  dataFolder: string,
): Promise<Said> => {
  switch (command.kind) {
    case 'code': {
      const opened = openAuthority(dataFolder)
      if (opened.kind === 'problem') return opened
      const { authority } = opened
      return makeEnrolmentCode(desk, { ...command, authority, chance: randomBytes(10) })
    }
    case 'list':
      return listCertificates(desk)
    case 'revoke':
      return revokeMachine(desk, command)
    default:
      return never(command)
  }
}

await main()
