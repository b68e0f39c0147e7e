// The first thing a kiosk does: where it has no configuration and a plan for one, it is set up on its own screen.
import { KioskNumber } from '../../domain/identifiers.ts'
import { pageFiles } from '../../server/page-files.ts'
import { systemClock } from '../clock.ts'
import { realDisk, whyOf } from '../disk.ts'
import { openLog } from '../log.ts'
import { keepFed } from './feeding.ts'
import { readPlan } from './setup-plan.ts'
import { setUp } from './set-up.ts'
import { placeOf } from './written-files.ts'

/** Stands in the log while nobody has given it one. */
const noNumber = KioskNumber.parse('000000000000')

/** Resolves when there is a configuration, with none; or with why there cannot be one, a sentence each. Never rejects. */
export const setUpIfNew = async (of: {
  config: string
  setup: string | null
  /** The folder of the built pages. */
  pages: string
}): Promise<string[]> => {
  const { config: configFile, setup, pages } = of
  if (setup === null) return []
  try {
    if ((await realDisk.readText(await placeOf(configFile))) !== null) return []
    const read = await readPlan(setup)
    if (read.kind === 'problems') return read.problems
    const { plan } = read
    const log = openLog({ log: plan.log, kiosk: { number: noNumber, place: '', phone: '' } })
    const clock = systemClock()
    const running = await setUp({
      plan,
      configFile,
      clock,
      log,
      pages: pageFiles(pages, 'setup/index.html'),
    })
    log.info({ url: running.url }, 'this machine is not a kiosk yet: its set-up is served')
    const stopFeeding = keepFed({ environment: process.env, clock, log })
    const end = () => void running.stop().then(() => process.exit(0))
    process.once('SIGTERM', end).once('SIGINT', end)
    await running.done
    process.off('SIGTERM', end).off('SIGINT', end)
    stopFeeding()
    log.info('this machine is a kiosk now')
    return []
  } catch (error) {
    return [`${setup}: this machine cannot be set up; ${whyOf(error)}`]
  }
}
