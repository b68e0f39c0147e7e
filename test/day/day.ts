// A day of many worlds on all cores: each has a seed of its own, so that history stays short and a failure names where it is.
import { fork, type ChildProcess } from 'node:child_process'
import { seedOfWorld } from './chance.ts'
import { add, nothingYet, type Totals } from './totals.ts'
import type { Task, Told } from './worker.ts'

export type DayOptions = {
  seed: number
  sales: number
  workers: number
  /** Share of visits with a fault, in hundredths. */
  faults?: number
  onProgress?: (totals: Totals) => void
}

/** So many sales are a world. */
export const salesOfWorld = 100

export type Failure = { seed: number; sale: number; sales: number; flaw: string }

/** Runs until all is sold, or until something does not add up: then no further world is begun. */
export const runDay = async (
  options: DayOptions,
): Promise<{ totals: Totals; failures: Failure[] }> => {
  const { seed, sales, workers, faults, onProgress = () => undefined } = options
  const tasks = tasksOf({ seed, sales, ...(faults !== undefined && { faults }) })
  const totals = nothingYet()
  const failures: Failure[] = []

  const hear = (told: Told): void => {
    const { task } = told
    if (told.kind === 'threw') {
      failures.push({ seed: task.seed, sale: task.sales, sales: task.sales, flaw: told.error })
      return
    }
    add(totals, told.world)
    for (const { sale, flaw } of told.world.flaws) {
      failures.push({ seed: task.seed, sale, sales: Math.min(sale, task.sales), flaw })
    }
    onProgress(totals)
  }
  await Promise.all(
    Array.from({ length: Math.min(workers, tasks.length) }, async () => {
      const worker = fork(new URL('worker.ts', import.meta.url))
      try {
        for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
          hear(await askedOf(worker, task))
          if (failures.length > 0) break
        }
      } finally {
        worker.kill()
      }
    }),
  )
  return { totals, failures }
}

const tasksOf = ({ seed, sales, ...rest }: Task): Task[] =>
  Array.from({ length: Math.ceil(sales / salesOfWorld) }, (_, world) => ({
    ...rest,
    seed: seedOfWorld(seed, world),
    sales: Math.min(salesOfWorld, sales - world * salesOfWorld),
  }))

const askedOf = (worker: ChildProcess, task: Task): Promise<Told> =>
  new Promise((resolve) => {
    const onExit = (code: number | null) =>
      resolve({ kind: 'threw', task, error: `the worker ended with ${code}` })
    worker.once('exit', onExit)
    worker.once('message', (told: Told) => {
      worker.off('exit', onExit)
      resolve(told)
    })
    worker.send(task)
  })
