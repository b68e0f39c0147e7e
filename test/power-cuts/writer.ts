// What every writer begins with: its place on the disk under test, its notebook outside it, and its chance.
import { seeded } from '../centre-kit.ts'
import { openNotebook, type Notebook } from './notebook.ts'

/** From `node WRITER FOLDER LOG NOTEBOOK SEED`. */
export const writerOf = <Sent, Answer>(): {
  folder: string
  chance: (below: number) => number
  seed: number
} & Notebook<Sent, Answer> => {
  const [folder, log, path, seed] = process.argv.slice(2)
  if (folder === undefined || log === undefined || path === undefined || seed === undefined) {
    throw new Error('usage: node WRITER FOLDER LOG NOTEBOOK SEED')
  }
  const notebook = openNotebook<Sent, Answer>({ path, log })
  return { folder, seed: Number(seed), chance: seeded(Number(seed)), ...notebook }
}
