// A kiosk and a centre on a real disk that is full, turns read-only, or fails every call: told, and put right again.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { centreInTrouble } from './centre-in-trouble.ts'
import { kioskInTrouble } from './kiosk-in-trouble.ts'
import { troubledDisk, troubles, type TroubledDisk } from './troubled-disk.ts'

const programs = { kiosk: kioskInTrouble, centre: centreInTrouble }

/** What is not as it must be, a sentence each; says of each trouble how it went. */
export const diskTroubles = async (of: readonly (keyof typeof programs)[]): Promise<string[]> => {
  const flaws: string[] = []
  for (const name of of) {
    for (const trouble of troubles) {
      const found = await onDisk((disk) => programs[name](disk, trouble))
      const title = `${name}, disk ${trouble}`
      console.log(`${title.padEnd(30)} ${found.length === 0 ? 'holds' : 'DOES NOT HOLD'}`)
      flaws.push(...found.map((flaw) => `${title}: ${flaw}`))
    }
  }
  return flaws
}

const onDisk = async (work: (disk: TroubledDisk) => Promise<string[]>): Promise<string[]> => {
  const around = mkdtempSync(join(tmpdir(), 'wattpoint-troubles-'))
  try {
    await using disk = await troubledDisk(around)
    return await work(disk)
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  } finally {
    rmSync(around, { recursive: true, force: true })
  }
}
