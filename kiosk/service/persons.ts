// Who is let into the maintenance mode: a number and a PIN, and ever longer waits for whoever guesses.
//
// A try is counted on the disk before the PIN is looked at: the plug pulled in between is no free try. What is counted stands
// over restarts, and a wait that a restart broke off begins anew, whatever the clock says.
import { Low } from 'lowdb'
import { z } from 'zod'
import type { Person, PersonNumber } from '../../domain/service/person.ts'
import type { Clock } from '../clock.ts'
import type { Disk } from '../disk.ts'
import { durableJson } from '../durable-json.ts'
import { isPinOf } from './pin-hash.ts'

export type PersonWithPin = Person & { pin: string }

export type Checked =
  | { kind: 'person'; person: Person }
  /** `person` null: nobody has this number. `failures` in a row; `lockedMs`: so long nobody is let in under it. */
  | { kind: 'wrong'; person: PersonNumber | null; failures: number; lockedMs: number }
  | { kind: 'locked'; lockedMs: number }

export type Persons = {
  check: (number: string, pin: string) => Promise<Checked>
}

export const lockout = {
  /** So many wrong ones in a row cost nothing but the try. */
  free: 2,
  /** The next one costs this, and each further one twice as much, */
  firstMs: 30_000,
  /** up to this. */
  mostMs: 3_600_000,
} as const

/** After so many in a row. */
export const lockedFor = (failures: number): number =>
  failures <= lockout.free
    ? 0
    : Math.min(lockout.mostMs, lockout.firstMs * 2 ** (failures - lockout.free - 1))

const Tries = z.object({ failures: z.record(z.string(), z.int().nonnegative()) })

/** Numbers nobody has are counted together: they are guesses of one who tries numbers. */
const nobody = 'nobody'

export type PersonsOptions = {
  persons: readonly PersonWithPin[]
  path: string
  clock: Pick<Clock, 'monotonic'>
  /** The counts were unreadable and were set aside: everybody begins at none. */
  onUnreadable: (found: { problem: string; keptAside: string }) => void
  disk?: Disk | undefined
}

/** Rejects when the disk cannot be read. */
export const openPersons = async (options: PersonsOptions): Promise<Persons> => {
  const { persons, path, clock, onUnreadable, disk } = options
  const file = durableJson({ path, schema: Tries, onUnreadable, ...(disk && { disk }) })
  const tries = new Low(file, { failures: {} })
  await tries.read()
  const startedAt = clock.monotonic()
  const lastTry = new Map<string, number>()
  const failuresOf = (name: string): number => tries.data.failures[name] ?? 0
  const lockLeft = (name: string): number => {
    const since = clock.monotonic() - (lastTry.get(name) ?? startedAt)
    return Math.max(0, lockedFor(failuresOf(name)) - since)
  }
  const put = async (name: string, failures: number) => {
    tries.data = { failures: { ...tries.data.failures, [name]: failures } }
    await tries.write()
  }
  const check = async (number: string, pin: string): Promise<Checked> => {
    const found = persons.find((each) => each.number === number) ?? null
    const name = found?.number ?? nobody
    const left = lockLeft(name)
    if (left > 0) return { kind: 'locked', lockedMs: left }
    const failures = failuresOf(name) + 1
    lastTry.set(name, clock.monotonic())
    await put(name, failures)
    if (found === null || !(await isPinOf(pin, found.pin))) {
      return {
        kind: 'wrong',
        person: found?.number ?? null,
        failures,
        lockedMs: lockedFor(failures),
      }
    }
    await put(name, 0)
    const { name: called, role } = found
    return { kind: 'person', person: { number: found.number, name: called, role } }
  }
  // One after the other: two tries at once would be one too many.
  let last: Promise<unknown> = Promise.resolve()
  return {
    check: (number, pin) => {
      const checked = last.then(() => check(number, pin))
      last = checked.catch(() => undefined)
      return checked
    },
  }
}
