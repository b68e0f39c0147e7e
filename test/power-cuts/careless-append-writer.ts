// Appends without a sync, and acknowledges all the same.
import { appendFileSync } from 'node:fs'
import { carelessFile } from './careless.ts'
import { writerOf } from './writer.ts'

const { folder, acknowledged } = writerOf<never, number>()
for (let row = 1; row <= 150; row++) {
  appendFileSync(carelessFile(folder), `${row}\n`)
  acknowledged(row)
}
