// The front machine of the bank's edition on the bench: between the kiosk and the centre, with a line to the bank.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { freePort } from '../../drivers/free-ports.ts'
import type { Program } from './children.ts'
import { FrontName } from '../../domain/enrolment/holder.ts'
import { benchFront, exchangeKey, frontConfigOf, writeConfig } from './configs.ts'
import { enrolBenchFront } from './enrolling.ts'
import type { BenchPaths } from './folder.ts'
import { frontProgram } from './programs.ts'

export type FrontMachine = { program: Program; port: number }

/** Stopped by the stack. */
export const startFrontMachine = async (of: {
  paths: BenchPaths
  stack: AsyncDisposableStack
  centrePort: number
  bankPort: number
  onChange: () => void
}): Promise<FrontMachine> => {
  const { paths } = of
  const port = await freePort()
  mkdirSync(dirname(paths.exchangeKey), { recursive: true })
  writeFileSync(paths.exchangeKey, `${exchangeKey}\n`, { mode: 0o600 })
  writeConfig(
    paths.frontConfig,
    frontConfigOf({ port, centrePort: of.centrePort, bankPort: of.bankPort, paths }),
  )
  await enrolBenchFront({
    paths,
    centrePort: of.centrePort,
    name: FrontName.parse(benchFront),
    folder: paths.frontData,
  })
  const program = frontProgram({ paths, port, onChange: of.onChange })
  of.stack.defer(program.stop)
  await program.start()
  return { program, port }
}
