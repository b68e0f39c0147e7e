// A kiosk of the bench as it comes from the factory: without a configuration, and with the plan of its authority.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Holder } from '../../domain/enrolment/holder.ts'
import type { KioskConfig } from '../config.ts'
import type { SetupPlan } from '../setup/setup-plan.ts'
import { codeFileName } from '../setup/stick.ts'
import { writeConfig } from './configs.ts'
import { codeFor } from './enrolling.ts'
import type { BenchPaths } from './folder.ts'

/**
 * What an earlier set-up has left is thrown away; the journal stays, as it does in a kiosk whose computer is changed. The code
 * for its enrolment is said, and lies on a stick too.
 */
export const beginUnconfigured = async (of: {
  paths: BenchPaths
  config: z.input<typeof KioskConfig>
  holder: Extract<Holder, { role: 'kiosk' }>
  say: (line: string) => void
}): Promise<void> => {
  const { paths, config, holder, say } = of
  rmSync(paths.kioskConfig, { force: true })
  for (const left of ['setup', 'identity']) {
    rmSync(join(paths.kioskData, left), { recursive: true, force: true })
  }
  const code = await codeFor(paths, holder)
  mkdirSync(paths.stick, { recursive: true })
  writeFileSync(join(paths.stick, codeFileName), `${code}\n`)
  writeConfig(paths.kioskPlan, planOf(config, paths.stick))
  say(`The kiosk is new: its number is ${holder.kiosk}, its code ${code}`)
}

/** What every kiosk of this town has in common. Its lines are those of the bench: no port of this machine is asked. */
const planOf = (config: z.input<typeof KioskConfig>, stick: string): z.input<typeof SetupPlan> => {
  const { noteAcceptor, bankTerminal, receiptPrinter, cardReader, serviceSwitch } = config.devices
  const lines = [noteAcceptor, bankTerminal, receiptPrinter].flatMap((device) =>
    device === null || device === undefined ? [] : [device.port],
  )
  return {
    lines,
    dataFolder: config.dataFolder,
    screen: config.screen,
    centre: config.centre,
    utility: config.utility,
    phone: config.kiosk.phone,
    edition: config.edition,
    currency: config.currency,
    timeZone: config.timeZone,
    languages: config.languages,
    fleet: config.fleet,
    ...(cardReader.service !== undefined && { cardService: cardReader.service }),
    serviceSwitch,
    bankTerminal: {
      password: bankTerminal?.password ?? '000000',
      slip: bankTerminal?.slip,
      endOfDayHour: bankTerminal?.endOfDayHour ?? 3,
    },
    cash: config.cash,
    suggestions: config.suggestions,
    patience: config.patience,
    stickFolders: [stick],
    log: config.log,
  }
}
