// Shows a recording of the flight recorder: `npm run replay -- FILE [--drive]`. With --drive the drivers and machines that ship
// live through it again; the program ends with 1 when they do something else.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { whyOf } from '../disk.ts'
import { giveUp } from '../usage.ts'
import { parseRecording, type Recording } from './recording.ts'
import { cashTaken } from './replay/cash.ts'
import { driven } from './replay/driving.ts'
import { timeline } from './replay/timeline.ts'
import { verdictOnCash, verdictOnLine } from './replay/verdicts.ts'

const usage = 'usage: npm run replay -- FILE [--drive]'
const say = (line: string) => void process.stdout.write(`${line}\n`)

const drive = async (recording: Recording): Promise<void> => {
  for (const line of Object.keys(recording.heading.lines)) {
    const result = await driven(recording, line)
    if (result.kind === 'said otherwise' || result.kind === 'told otherwise') process.exitCode = 1
    say(verdictOnLine(result))
  }
  for (const taken of await cashTaken(recording)) {
    if (taken.kind === 'otherwise') process.exitCode = 1
    say(verdictOnCash(taken))
  }
}

// Whoever reads it has seen enough.
process.stdout.once('error', () => process.exit(0))

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    options: { drive: { type: 'boolean' } },
    allowPositionals: true,
  })
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0) return giveUp([usage])
  const read = parseRecording(readFileSync(file, 'utf8'))
  if (read.kind === 'problem') return giveUp([`${file}: ${read.problem}`])
  for (const line of timeline(read.recording)) say(line)
  if (values.drive === true) {
    say('')
    await drive(read.recording)
  }
}

main().catch((error: unknown) => giveUp([whyOf(error), usage]))
