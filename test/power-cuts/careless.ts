// Stores that are known to lose rows at a power cut: where the rig finds no loss in them, the rig is broken.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ProvenStore } from './proving.ts'

export const carelessFile = (folder: string): string => join(folder, 'appended.ndjson')
export const carelessDatabase = (folder: string): string => join(folder, 'rows.sqlite')

/** A file that is appended to without a sync. */
export const appendWithoutSync: ProvenStore = {
  name: 'control: append without sync',
  writer: join(import.meta.dirname, 'careless-append-writer.ts'),
  verify: async (folder, { acknowledged }) => {
    const path = carelessFile(folder)
    const rows = existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0
    return { lost: Math.max(0, acknowledged.length - rows), flaws: [] }
  },
}

/** SQLite as many programs run it: a write-ahead file that is synced at checkpoints only. */
export const walNormal: ProvenStore = {
  name: 'control: SQLite WAL + NORMAL',
  writer: join(import.meta.dirname, 'careless-sqlite-writer.ts'),
  verify: async (folder, { acknowledged }) => {
    const database = new DatabaseSync(carelessDatabase(folder))
    try {
      database.exec('create table if not exists rows (number integer primary key)')
      const rows = database.prepare('select count(*) as count from rows').get()?.['count']
      return { lost: Math.max(0, acknowledged.length - Number(rows)), flaws: [] }
    } finally {
      database.close()
    }
  },
}
