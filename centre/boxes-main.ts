// Cash boxes at the office, on the centre's own machine and while it runs: `npm run boxes -- --config FILE …`.
import { giveUp } from '../server/give-up.ts'
import { besideCentre } from './beside-centre.ts'
import { countBox, listBoxes } from './box-office.ts'
import { boxesArguments } from './boxes-usage.ts'

const main = async (): Promise<void> => {
  const args = boxesArguments(process.argv.slice(2))
  if (args.kind === 'problems') return giveUp(args.problems)
  const { counting } = args
  return besideCentre(
    args.config,
    async (store) => {
      const said = await store.transact((work) => {
        const desk = { work, now: Date.now() }
        return counting === null ? listBoxes(desk) : countBox(desk, counting)
      })
      if (said.kind === 'problem') giveUp([said.problem])
      else process.stdout.write(`${said.lines.join('\n')}\n`)
    },
    (why) => `nothing was changed; ${why}. Try again; if it stays so, stop the centre first`,
  )
}

await main()
