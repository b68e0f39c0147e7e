// The machine under the kiosk: how it is started anew or switched off, and how a program knows that this has happened.
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { z } from 'zod'
import { closedObject } from '../../../domain/config-problems.ts'

/** Program and arguments, no shell; null: nobody may ask for it from afar. */
const command = z.array(z.string().min(1)).min(1).max(10).nullable()

/** Where the check unit of a kiosk writes. */
const usualDriftFile = '/run/kiosk-check/drift.json'

export const MachineConfig = closedObject({
  /** Such as `["systemctl", "reboot"]`. */
  reboot: command,
  shutdown: command,
  /** Where the check of the machine leaves what it found; a file that is not there says nothing. */
  drift: z.string().startsWith('/', 'must be an absolute path').default(usualDriftFile),
})
export type MachineConfig = z.infer<typeof MachineConfig>

const run = promisify(execFile)
/** A machine that has not taken the command by then does not take it. */
export const obeysWithinMs = 20_000

/** Resolves when the command was taken; rejects when it was not. */
export const tellMachine = async (words: readonly string[]): Promise<void> => {
  const [program = '', ...args] = words
  await run(program, args, { timeout: obeysWithinMs })
}

/**
 * Names this start of the machine: another one has another name (Linux). Where the unit hides the kernel's own file
 * (`ProcSubset=pid`), it hands the name over: `Environment=KIOSK_BOOT_ID=%b`.
 */
export const machineStart = async (): Promise<string> => {
  const { KIOSK_BOOT_ID: told } = process.env
  return told !== undefined && told !== ''
    ? told
    : (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
}
