// Counts the connections of this kiosk to the fleet: on disk before each is made, so that an old will is known as old (B1, B4).
import { z } from 'zod'
import { mostConnections } from '../../domain/fleet/kiosk-messages.ts'
import { durableJson, type DurableJsonOptions } from '../durable-json.ts'

const Count = z.object({ connections: z.int().nonnegative() })
type Count = z.infer<typeof Count>

export type ConnectionCount = {
  /** The number of the next connection; on disk when it resolves. */
  next: () => Promise<number>
  /** The centre knows this one: our count was lost, and the next is above it. */
  atLeast: (known: number) => Promise<void>
}

export const connectionCount = (
  options: Omit<DurableJsonOptions<Count>, 'schema'>,
): ConnectionCount => {
  const file = durableJson({ ...options, schema: Count })
  const changeTo = async (wanted: (count: number) => number): Promise<number> => {
    const count = (await file.read())?.connections ?? 0
    const connections = wanted(count)
    if (connections !== count) await file.write({ connections })
    return connections
  }
  return {
    next: () => changeTo((count) => (count >= mostConnections ? 1 : count + 1)),
    atLeast: async (known) => {
      await changeTo((count) => Math.max(count, known))
    },
  }
}

/** The count, and the numbers of the connections that this run of the program has had; null before the first. */
export const countedRun = (options: Parameters<typeof connectionCount>[0]) => {
  const counted = connectionCount(options)
  let run: { first: number; latest: number } | null = null
  const count: ConnectionCount = {
    ...counted,
    next: async () => {
      const latest = await counted.next()
      run = { first: run?.first ?? latest, latest }
      return latest
    },
  }
  return { count, run: () => run }
}
