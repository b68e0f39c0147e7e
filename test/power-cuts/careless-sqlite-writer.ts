// Inserts in the mode that most programs take for safe, and acknowledges each commit.
import { DatabaseSync } from 'node:sqlite'
import { carelessDatabase } from './careless.ts'
import { writerOf } from './writer.ts'

const { folder, acknowledged } = writerOf<never, number>()
const database = new DatabaseSync(carelessDatabase(folder))
database.exec('pragma journal_mode = wal')
database.exec('pragma synchronous = normal')
database.exec('create table rows (number integer primary key)')
const insert = database.prepare('insert into rows values (?)')
for (let row = 1; row <= 150; row++) {
  insert.run(row)
  acknowledged(row)
}
database.close()
