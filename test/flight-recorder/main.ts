// Makes the recordings that the tests replay: `node test/flight-recorder/main.ts`. One from the field is copied beside them.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { scenes } from './scenes.ts'

const folder = resolve(import.meta.dirname, '../../kiosk/flight-recorder/recordings')

for (const [name, play] of Object.entries(scenes)) {
  const it = await play()
  const [first] = it.files
  await it.stop()
  if (first === undefined) throw new Error(`nothing was kept of ${name}`)
  writeFileSync(resolve(folder, `${name}.ndjson`), first.text)
}
