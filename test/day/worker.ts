// One core of a day, a process of its own: runs the worlds it is handed, one after another.
import { runWorld, type WorldDone, type WorldOptions } from './world.ts'

export type Task = Omit<WorldOptions, 'trace'>
export type Told =
  | { kind: 'done'; task: Task; world: WorldDone }
  | { kind: 'threw'; task: Task; error: string }

const told = async (task: Task): Promise<Told> => {
  try {
    return { kind: 'done', task, world: await runWorld(task) }
  } catch (error) {
    return {
      kind: 'threw',
      task,
      error: error instanceof Error ? (error.stack ?? '') : String(error),
    }
  }
}

process.on('message', (task: Task) => {
  void told(task).then((each) => process.send?.(each))
})
