// Why this run began, and what it leaves for the next one: a small file of the data folder, changed at start, at stop, and when
// beats are withheld.
import { readFile, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { StartWord } from '../../domain/fleet/words.ts'
import { realDisk, whyOf, type Disk } from '../disk.ts'
import { durableJson } from '../durable-json.ts'
import { machineStart } from '../fleet/commands/machine.ts'
import type { Log } from '../log.ts'
import { startReason } from './start-reason.ts'

const Run = z.object({
  machine: z.string().nullable(),
  version: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  wasAsked: z.boolean(),
  withheld: z.array(z.string()),
})
type Run = z.infer<typeof Run>

/** Where the kernel says what it was before: pstore itself, and where systemd-pstore moves it. */
const pstoreFolders = ['/sys/fs/pstore', '/var/lib/systemd/pstore']
const hardwareWatchdog = '/sys/class/watchdog/watchdog0/bootstatus'
/** WDIOF_CARDRESET of the kernel's watchdog interface: "the card previously reset the CPU". */
const cardReset = 0x20

export type RunRecord = {
  why: StartWord
  /** Why the run before withheld its last beats; empty where it did not. */
  withheldBefore: readonly string[]
  /** Keeps why beats are withheld; empty: they are not any more. Never rejects. */
  keepWithheld: (reasons: readonly string[]) => Promise<void>
  /** The program was asked to stop. Never rejects. */
  keepAsked: () => Promise<void>
}

/** Never rejects: a disk that gives nothing makes a first start of it, and says so in the log. */
export const openRunRecord = async (of: {
  dataFolder: string
  version: string
  now: () => number
  log: Log
  disk?: Disk
}): Promise<RunRecord> => {
  const { dataFolder, version, now, log, disk = realDisk } = of
  const folder = join(dataFolder, 'watchdog')
  const file = durableJson<Run>({
    path: join(folder, 'run.json'),
    schema: Run,
    onUnreadable: (found) => log.warn(found, 'the record of the last run was unreadable'),
    disk,
  })
  const notKept = (error: unknown) =>
    log.warn({ why: whyOf(error) }, 'the record of this run is not on the disk')
  const before = await file.read().catch((error: unknown) => {
    notKept(error)
    return null
  })
  const machine = await machineStart().catch(() => null)
  const why = startReason({
    before,
    machine,
    version,
    serviceResult: await takeServiceResult(join(folder, 'last-stop')),
    panicked: before !== null && (await hasPanicked(before.startedAt)),
    wasReset: await wasReset(),
  })
  let run: Run = { machine, version, startedAt: now(), wasAsked: false, withheld: [] }
  const keep = async (changed: Partial<Run>) => {
    run = { ...run, ...changed }
    await file.write(run).catch(notKept)
  }
  await keep({})
  return {
    why,
    withheldBefore: before?.withheld ?? [],
    keepWithheld: (reasons) => keep({ withheld: [...reasons] }),
    keepAsked: () => keep({ wasAsked: true }),
  }
}

/** `ExecStopPost=` of the unit leaves `SERVICE_RESULT` there. It is of one stop only. */
const takeServiceResult = async (path: string): Promise<string | null> => {
  const text = await readFile(path, 'utf8').catch(() => null)
  await rm(path, { force: true }).catch(() => undefined)
  const [result = ''] = text?.trim().split(/\s+/) ?? []
  return result === '' ? null : result
}

const hasPanicked = async (sinceMs: number): Promise<boolean> => {
  for (const folder of pstoreFolders) {
    for (const name of await readdir(folder).catch(() => [])) {
      const found = await stat(join(folder, name)).catch(() => null)
      if (found !== null && found.mtimeMs >= sinceMs) return true
    }
  }
  return false
}

const wasReset = async (): Promise<boolean> => {
  const text = await readFile(hardwareWatchdog, 'utf8').catch(() => '0')
  return (Number(text) & cardReset) !== 0
}
