// Claims at the office, on the centre's own machine and while it runs: `npm run claims -- --config FILE list | show | …`.
import { giveUp } from '../server/give-up.ts'
import { besideCentre } from './beside-centre.ts'
import { commandOf, type Command } from './claims-usage.ts'
import { listClaims, payClaim, showClaim, verifyClaim, type Said } from './claim-office.ts'
import type { Desk } from './claim-book.ts'
import { never } from '../domain/never.ts'

const main = async (): Promise<void> => {
  const args = commandOf(process.argv.slice(2))
  if (args.kind === 'problems') return giveUp(args.problems)
  return besideCentre(
    args.config,
    async (store) => {
      // One transaction, as every message of a kiosk is: what the centre does meanwhile waits, or has been.
      const said = await store.transact((work) => doing(args.command, { work, now: Date.now() }))
      if (said.kind === 'problem') giveUp([said.problem])
      else process.stdout.write(`${said.lines.join('\n')}\n`)
    },
    (why) => `nothing was changed; ${why}. Try again; if it stays so, stop the centre first`,
  )
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

await main()
