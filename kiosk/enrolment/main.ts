// Enrols a kiosk on its own machine, where no wizard does: `npm run enrol -- --config FILE --code CODE`. The kiosk is
// started anew afterwards.
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { whyOf } from '../disk.ts'
import { giveUp } from '../usage.ts'
import { enrol } from './enrolling.ts'
import { enrolmentUrlOf } from './joining.ts'

const usage = 'usage: npm run enrol -- --config FILE --code CODE'

type Asked = { config: string; code: string }

const askedBy = (args: string[]): Asked => {
  try {
    const { values } = parseArgs({
      args,
      options: { config: { type: 'string' }, code: { type: 'string' } },
      strict: true,
    })
    const { config, code } = values
    if (config === undefined) return giveUp(['--config: found nothing; must name a file', usage])
    return code === undefined
      ? giveUp(['--code: found nothing; must be the code from the office', usage])
      : { config, code }
  } catch (error) {
    return giveUp([whyOf(error), usage])
  }
}

const main = async (): Promise<void> => {
  const { config: path, code } = askedBy(process.argv.slice(2))
  const read = await readConfig(path)
  if (read.kind === 'problems') return giveUp(read.problems)
  const { config } = read
  const centre = enrolmentUrlOf(config)
  if (centre === null) return giveUp(['centre.url: found no https:// address; nobody enrols there'])
  const enrolled = await enrol({
    centre,
    code,
    kiosk: config.kiosk.number,
    folder: config.dataFolder,
  })
  if (enrolled.kind === 'problem') return giveUp([`${enrolled.problem}: ${enrolled.why}`])
  process.stdout.write(`enrolled until ${new Date(enrolled.endsAt).toISOString()}\n`)
}

await main()
