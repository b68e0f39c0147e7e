// A new configuration is on trial until a kiosk has started with it; one that does not start gives way to the one before.
//
//   kiosk.json   kiosk.json.previous   kiosk.json.trial
//
// The trial is written before the new configuration and counts the starts. A start that ends in a problem ends the program,
// and supervision starts it again.
import { z } from 'zod'
import { durableJson } from '../../durable-json.ts'
import { realDisk, type Disk } from '../../disk.ts'

const Trial = z.object({ starts: z.int().nonnegative() })

/** So often a configuration may fail to start. */
export const mostStarts = 2

const trialOf = (path: string, disk: Disk) =>
  durableJson({ path: `${path}.trial`, schema: Trial, onUnreadable: () => undefined, disk })

/** Keeps what is in place beside it. */
export const beginTrial = async (path: string, disk: Disk): Promise<void> => {
  const inPlace = await disk.readText(path)
  if (inPlace !== null) await disk.replaceFile(`${path}.previous`, inPlace)
  await trialOf(path, disk).write({ starts: 0 })
}

/** To be called before the configuration is read. Answers whether the one before was put back. */
export const beforeStart = async (path: string, disk: Disk = realDisk): Promise<boolean> => {
  const trial = await trialOf(path, disk).read()
  if (trial === null) return false
  if (trial.starts < mostStarts) {
    await trialOf(path, disk).write({ starts: trial.starts + 1 })
    return false
  }
  const previous = await disk.readText(`${path}.previous`)
  if (previous !== null) await disk.replaceFile(path, previous)
  await endTrial(path, disk)
  return previous !== null
}

/** The kiosk runs with what is in place. */
export const afterStart = (path: string, disk: Disk = realDisk): Promise<void> =>
  endTrial(path, disk)

const endTrial = (path: string, disk: Disk): Promise<void> => disk.remove(`${path}.trial`)
