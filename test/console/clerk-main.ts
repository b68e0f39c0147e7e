// `npm run clerk`: five disputes of a town, each answered by a clerk from the page alone, with what it takes beside two minutes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../centre/store.ts'
import { makeYear, plantedBeside } from '../../kiosk/bench/year/making.ts'
import { Planted, type Dispute } from '../../kiosk/bench/year/labels.ts'
import { townNow } from '../centre-kit.ts'
import { answerCall, operators, type Handled } from './clerk.ts'
import { people, setConsoleStage } from './console-stage.ts'

const mostSeconds = 120

/** What such a caller has at hand: the last screen, a slip, the card, the customer number on a bill. */
const namedBy: Record<Dispute['dispute'], (of: Dispute) => string> = {
  'paid, and the card was pulled': ({ words }) => words,
  'note not credited': ({ reference }) => reference,
  'receipt missing': ({ serial }) => serial ?? '',
  'paid twice': ({ customer }) => customer ?? '',
  'meter refuses': ({ customer }) => customer ?? '',
}

const row = (of: Handled): string => {
  const whole = of.modelSeconds + of.spokenSeconds
  const cells = [
    of.dispute,
    String(of.fields),
    String(of.presses),
    String(of.pages),
    of.model,
    of.modelSeconds.toFixed(1),
    of.spokenSeconds.toFixed(0),
    whole.toFixed(0),
  ]
  return `| ${cells.join(' | ')} |`
}

const folder = mkdtempSync(join(tmpdir(), 'wattpoint-clerk-'))
try {
  const path = join(folder, 'data', 'centre.sqlite')
  const year = { seed: 1, kiosks: 5, customers: 60, days: 120, journalDays: 7, now: townNow }
  await makeYear(path, year)
  const { disputes } = Planted.parse(JSON.parse(readFileSync(plantedBeside(path), 'utf8')))
  const stage = await setConsoleStage({
    store: await openStore({ kind: 'file', path }),
    now: townNow,
  })
  const handled: Handled[] = []
  try {
    const page = await stage.open('/', people['call centre'])
    for (const dispute of disputes) {
      const names = namedBy[dispute.dispute](dispute)
      const done = await answerCall(page, { dispute: dispute.dispute, names, at: dispute.at })
      if (!done.read.includes(dispute.words.split(' ').join(', '))) {
        throw new Error(`${dispute.dispute}: another sale was read out: ${done.read}`)
      }
      handled.push(done)
      console.log(
        `\n${dispute.dispute}: “${dispute.says}”\n${done.read}\n  (what is so: ${dispute.truth})`,
      )
    }
  } finally {
    await stage.close()
  }
  const { K, P, H, M } = operators
  console.log(`\nK ${K} s, P ${P} s, H ${H} s, M ${M} s\n`)
  console.log(
    '| dispute | fields | presses | pages | operators | KLM, s | spoken, s | together, s |',
  )
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |')
  for (const each of handled) console.log(row(each))
  const slow = handled.filter((it) => it.modelSeconds + it.spokenSeconds > mostSeconds)
  if (handled.length !== 5 || slow.length > 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
