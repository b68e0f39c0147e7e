// What stands on the command line of the power cuts, and how it says that something is wrong with it.
import { parseArgs } from 'node:util'
import { z } from 'zod'

export const usage =
  'usage: npm run power-cuts -- [--seed N] [--cuts M] [--store journal|counters|centre] [--brief]'

const Values = z.object({
  /** Another every night: a failure prints it, and it repeats the failure. */
  seed: z.coerce.number().int().nonnegative().optional(),
  /** Of each store. */
  cuts: z.coerce.number().int().positive().default(200),
  store: z.enum(['journal', 'counters', 'centre']).optional(),
  /** Leaves out the kiosk on failing disks, which takes longest, and cuts the controls less often. */
  brief: z.boolean().default(false),
})

export type Arguments =
  | {
      kind: 'arguments'
      seed: number
      cuts: number
      /** Null: all of them, and the disks that are full, read-only or gone. */
      store: 'journal' | 'counters' | 'centre' | null
      brief: boolean
      /** Of the stores that are known to lose rows. */
      controlCuts: number
    }
  | { kind: 'problems'; problems: string[] }

export const argumentsOf = (args: string[], now = Date.now()): Arguments => {
  const problems = (why: string): Arguments => ({ kind: 'problems', problems: [why, usage] })
  try {
    const text = { type: 'string' } as const
    const { values } = parseArgs({
      args,
      options: { seed: text, cuts: text, store: text, brief: { type: 'boolean' } },
    })
    const read = Values.safeParse(values)
    if (!read.success) return problems(z.prettifyError(read.error))
    const { seed = now % 1_000_000, cuts, store = null, brief } = read.data
    return { kind: 'arguments', seed, cuts, store, brief, controlCuts: brief ? 12 : 40 }
  } catch (error) {
    return problems(error instanceof Error ? error.message : String(error))
  }
}
