// What stands on the command line of the tool, and what its exit codes mean.
import { parseArgs } from 'node:util'

export const usage = `usage: main.ts --check [--root DIR] [--json FILE]    what is not as declared, a line each
       main.ts --apply [--root DIR]                  brings it there; a second run changes nothing
       main.ts --packages                            the Debian packages that a kiosk needs
       main.ts --devices [--keypad PORT]             the USB devices plugged in, as "usbGuard" of machine.json
exit codes: 0 all is as declared, 1 a step failed, 2 wrong usage or wrong facts, 3 something differs`

/** Exit codes. */
export const failed = 1
export const wrong = 2
export const differs = 3

export type Arguments =
  | { kind: 'check'; root: string; json: string | null }
  | { kind: 'apply'; root: string; json: string | null }
  | { kind: 'packages' }
  | { kind: 'devices'; keypads: string[] }
  | { kind: 'problem'; problem: string }

export const argumentsOf = (args: string[]): Arguments => {
  try {
    const { values } = parseArgs({
      args,
      strict: true,
      options: {
        check: { type: 'boolean' },
        apply: { type: 'boolean' },
        packages: { type: 'boolean' },
        devices: { type: 'boolean' },
        root: { type: 'string' },
        json: { type: 'string' },
        keypad: { type: 'string', multiple: true },
      },
    })
    const { check, apply, packages, devices, root = '/', json = null, keypad = [] } = values
    const acts = [check, apply, packages, devices].filter((act) => act === true)
    if (acts.length !== 1) {
      return {
        kind: 'problem',
        problem: 'one of --check, --apply, --packages, --devices is needed',
      }
    }
    if (packages === true) return { kind: 'packages' }
    if (devices === true) return { kind: 'devices', keypads: keypad }
    return { kind: check === true ? 'check' : 'apply', root, json }
  } catch (error) {
    return { kind: 'problem', problem: error instanceof Error ? error.message : String(error) }
  }
}
