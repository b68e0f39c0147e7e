// Alarms at the office, on the centre's own machine and while it runs: `npm run alarms -- --config FILE [--all | …]`.
import { giveUp } from '../server/give-up.ts'
import {
  acknowledge,
  clearByPerson,
  listAlarms,
  type Office,
  type Said,
} from './alerts/alarm-office.ts'
import { alarmsCommandOf, type AlarmsCommand } from './alarms-usage.ts'
import { besideCentre } from './beside-centre.ts'
import { never } from '../domain/never.ts'
import { withFleet } from './fleet/fleet-tables.ts'

const main = async (): Promise<void> => {
  const args = alarmsCommandOf(process.argv.slice(2))
  if (args.kind === 'problems') return giveUp(args.problems)
  return besideCentre(
    args.config,
    async (store) => {
      const said = await store.transact((work) =>
        doing(args.command, { work: withFleet(work), now: Date.now() }),
      )
      if (said.kind === 'problem') giveUp([`--${args.command.kind}: ${said.problem}`])
      else process.stdout.write(`${said.lines.join('\n')}\n`)
    },
    (why) => `nothing was changed; ${why}. Try again; if it stays so, stop the centre first`,
  )
}

const doing = (command: AlarmsCommand, office: Office): Promise<Said> => {
  switch (command.kind) {
    case 'list':
      return listAlarms(office, command)
    case 'acknowledge':
      return acknowledge(office, command)
    case 'clear':
      return clearByPerson(office, command)
    default:
      return never(command)
  }
}

await main()
