// What a heartbeat says of the machine under the kiosk: drift, clock, disk and certificate. What nobody can find out is left out.
import { execFile } from 'node:child_process'
import { access, constants, readFile, statfs } from 'node:fs/promises'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { KioskConfig } from '../config.ts'

/** Moments in ms since 1970. */
export type MachineTold = {
  drift: { n: number; checkedAt: number; firewall: boolean } | null
  /** Since the clock was last seen held by a time server; 0 while it is. */
  clockFreeMs: number | null
  disk: { size: number; ro: boolean } | null
  certificate: { from: number; to: number } | null
}

export const nothingOfMachine: MachineTold = {
  drift: null,
  clockFreeMs: null,
  disk: null,
  certificate: null,
}

export type MachineFactsOptions = {
  config: Pick<KioskConfig, 'machine' | 'dataFolder'>
  clock: Pick<Clock, 'monotonic'>
  /** Of the kiosk's own certificate; null while it has none. */
  certificate?: () => { from: number; to: number } | null
  /** Whether a time server holds the clock: asked of systemd unless told. Rejects where nobody knows. */
  isSynchronised?: () => Promise<boolean>
}

/** Of this machine. What it answers never rejects. */
export const machineFacts = ({
  config: { machine, dataFolder },
  clock,
  certificate = () => null,
  isSynchronised = askSystemd,
}: MachineFactsOptions): (() => Promise<MachineTold>) => {
  const clockFreeMs = clockWatched(clock, isSynchronised)
  return async () => {
    const life = certificate()
    return {
      drift: await driftIn(machine.drift),
      clockFreeMs: clockFreeMs(),
      disk: await diskOf(dataFolder),
      // Whoever hands it over may have the key beside it.
      certificate: life && { from: life.from, to: life.to },
    }
  }
}

/** What `provisioning/kiosk --check` leaves; it says more than is told here. */
const Drift = z.object({
  checkedAt: z.number().nonnegative(),
  differences: z.array(z.object({ class: z.string() })),
})

/** Null where no check was made, or what it left is none. */
const driftIn = async (path: string): Promise<MachineTold['drift']> => {
  try {
    const { checkedAt, differences } = Drift.parse(JSON.parse(await readFile(path, 'utf8')))
    const firewall = differences.some((difference) => difference.class === 'firewall')
    return { n: differences.length, checkedAt, firewall }
  } catch {
    return null
  }
}

const diskOf = async (folder: string): Promise<MachineTold['disk']> => {
  try {
    const { blocks, bsize } = await statfs(folder)
    return { size: blocks * bsize, ro: await isReadOnly(folder) }
  } catch {
    return null
  }
}

/** A disk that the kernel has stopped writing to says so to whoever asks; no file is touched for it. */
const isReadOnly = async (folder: string): Promise<boolean> => {
  try {
    await access(folder, constants.W_OK)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EROFS'
  }
}

/** It is asked for at most so often; a heartbeat never waits for the answer, it tells the one before. */
const askAgainMs = 5 * 60_000

/** Since the clock was last seen held; null while nobody knows. Counted from the start where it never was in this run. */
const clockWatched = (
  { monotonic }: Pick<Clock, 'monotonic'>,
  isSynchronised: () => Promise<boolean>,
): (() => number | null) => {
  const began = monotonic()
  let asked: number | null = null
  let heldAt: number | null = null
  let last: 'held' | 'free' | 'not known' = 'not known'
  const ask = async () => {
    try {
      last = (await isSynchronised()) ? 'held' : 'free'
      if (last === 'held') heldAt = monotonic()
    } catch {
      last = 'not known'
    }
  }
  return () => {
    const now = monotonic()
    if (asked === null || now - asked >= askAgainMs) {
      asked = now
      void ask()
    }
    if (last === 'not known') return null
    return last === 'held' ? 0 : now - (heldAt ?? began)
  }
}

const run = promisify(execFile)

/** systemd says what the kernel says, whichever program keeps the time (chrony, timesyncd). */
const askSystemd = async (): Promise<boolean> => {
  const words = ['show', '--property=NTPSynchronized', '--value']
  const { stdout } = await run('timedatectl', words, { timeout: 5_000 })
  const told = stdout.trim()
  if (told !== 'yes' && told !== 'no') throw new Error('nobody keeps the time')
  return told === 'yes'
}
