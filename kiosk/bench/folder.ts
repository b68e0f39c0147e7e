// The bench's data folder: where everything lies in it, who may use it, and when it is thrown away.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { lockFile } from '../journal-lock.ts'
import { CannotStart } from './cannot-start.ts'
import { kept } from './kept.ts'
import type { Edition } from './town/town.ts'

/** `made` is false while the town is being made: a folder whose first start was interrupted is made anew. */
const Mark = z.object({
  bench: z.literal(1),
  made: z.boolean(),
  edition: z.enum(['authority', 'bank']).default('authority'),
})

export type BenchFolder = {
  paths: BenchPaths
  /** Whether there is no town in it yet. */
  isNew: boolean
  /** The town is in it: the next start goes on with it. */
  made: () => void
  release: () => Promise<void>
}

export type BenchPaths = ReturnType<typeof pathsIn>

const pathsIn = (folder: string) => ({
  mark: join(folder, 'bench.json'),
  town: join(folder, 'town.json'),
  imported: join(folder, 'centre', 'import.json'),
  keys: join(folder, 'centre', 'keys.json'),
  cardOf: (id: string) => join(folder, 'cards', `${id}.json`),
  meterOf: (number: string) => join(folder, 'meters', `${number}.json`),
  places: join(folder, 'places.json'),
  noteAcceptor: join(folder, 'note-acceptor.json'),
  bankTerminal: join(folder, 'bank-terminal.json'),
  bank: join(folder, 'bank', 'books.json'),
  frontConfig: join(folder, 'front', 'config.json'),
  frontData: join(folder, 'front', 'data'),
  frontFiles: join(folder, 'front', 'files'),
  linkedAccounts: join(folder, 'front', 'accounts.json'),
  exchangeKey: join(folder, 'front', 'exchange-key'),
  commandKey: join(folder, 'command-key.pem'),
  receiptPrinter: join(folder, 'receipt-printer.json'),
  serviceSwitch: join(folder, 'service-switch.json'),
  wires: join(folder, 'wires'),
  kioskConfig: join(folder, 'kiosk', 'config.json'),
  kioskPlan: join(folder, 'kiosk', 'setup-plan.json'),
  /** The USB stick of the technician. */
  stick: join(folder, 'stick'),
  kioskData: join(folder, 'kiosk', 'data'),
  journal: join(folder, 'kiosk', 'data', 'journal.ndjson'),
  centreConfig: join(folder, 'centre', 'config.json'),
  centreData: join(folder, 'centre', 'data'),
  centreDatabase: join(folder, 'centre', 'data', 'centre.sqlite'),
  /** What a program writes to its standard output and error. */
  outputOf: (program: string) => join(folder, `${program}-output.log`),
  kioskLog: join(folder, 'kiosk.log'),
  /** What a kiosk of the year has enrolled with. */
  heardKiosk: (number: string) => join(folder, 'heard', number),
})

/** Takes the folder for this bench alone. `fresh` throws away what is in it. Throws `CannotStart`. */
export const openFolder = async (
  folder: string,
  { fresh = false, edition = 'authority' }: { fresh?: boolean; edition?: Edition } = {},
): Promise<BenchFolder> => {
  mkdirSync(folder, { recursive: true })
  const lock = await lockFile(join(folder, 'bench'))
  if (lock.kind === 'in use') {
    throw new CannotStart(`Another bench is running in ${folder}: stop it, or name another --data.`)
  }
  if (lock.kind === 'failed') throw new CannotStart(`${folder} cannot be locked: ${lock.why}.`)
  try {
    const paths = pathsIn(folder)
    const mark = kept(paths.mark, Mark)
    const found = mark.read()
    const isNew = fresh || found?.made !== true
    if (!isNew && found.edition !== edition) {
      throw new CannotStart(
        `In ${folder} is the town of the edition "${found.edition}": name another --data, or start over with --fresh.`,
      )
    }
    if (isNew) {
      emptyOurs(folder, paths.mark)
      mark.write({ bench: 1, made: false, edition })
    }
    return {
      paths,
      isNew,
      made: () => mark.write({ bench: 1, made: true, edition }),
      release: lock.release,
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Removes all that is in a folder of a bench; refuses one that may be somebody's photographs. */
const emptyOurs = (folder: string, mark: string): void => {
  const found = readdirSync(folder)
  if (found.length > 0 && !existsSync(mark)) {
    throw new CannotStart(`${folder} is not a folder of the bench, and there are files in it.`)
  }
  for (const name of found) rmSync(join(folder, name), { recursive: true })
}
