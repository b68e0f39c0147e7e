// Whole purchases at the centre, from the card's announcement to the closing, against the same statements of its database.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Centre } from '../../../centre/centre.ts'
import { centreKit } from '../../centre-kit.ts'
import type { Run } from '../figures.ts'
import { onDisk, runsOf, type Part, type Size } from './part.ts'
import { askedAgain, record, type Recording } from './statements.ts'

const purchasesOf = { short: 2, full: 60 } as const
const cardId = 'plain-sale'
/** Of each purchase, in minor units: what the meter takes before it is full. */
const tender = 1_000

const oneRun = async (size: Size): Promise<Run> => {
  mkdirSync(onDisk, { recursive: true })
  const folder = mkdtempSync(join(onDisk, 'orders-'))
  const recording = record()
  try {
    return await measuredIn(folder, { purchases: purchasesOf[size], recording })
  } finally {
    recording.end()
    rmSync(folder, { recursive: true })
  }
}

const measuredIn = async (
  folder: string,
  { purchases, recording }: { purchases: number; recording: Recording },
): Promise<Run> => {
  const path = join(folder, 'centre.sqlite')
  const floorPath = join(folder, 'floor.sqlite')
  let oursMs = 0
  /** The centre alone is timed and written down: not the card, nor the meter. */
  const timed =
    (handle: Centre['handle']): Centre['handle'] =>
    async (...asked) => {
      recording.isOn = true
      const began = performance.now()
      const answered = await handle(...asked)
      oursMs += performance.now() - began
      recording.isOn = false
      return answered
    }
  const kit = await centreKit({ place: { kind: 'file', path }, line: timed })
  const kiosk = kit.kiosk()
  const sellOne = async (): Promise<void> => {
    const card = kit.cardOf(cardId)
    const meter = kit.meterOf(cardId)
    const { proven, quote } = await kiosk.sell(card, { tender, notes: [tender] })
    if (proven.order.state !== 'LOADED') throw new Error(`the order is ${proven.order.state}`)
    meter.insert(card)
    meter.use(quote.energy)
  }
  // Once before: what is loaded and prepared at the first is not asked of every customer.
  await sellOne()
  await kit.reopen(() => copyFileSync(path, floorPath))
  oursMs = 0
  recording.asked.length = 0
  for (let at = 0; at < purchases; at++) await sellOne()
  await kit.close()
  const floor = askedAgain(floorPath, recording.asked)
  return { ours: (purchases * 1000) / oursMs, floor: purchases / floor }
}

export const orders: Part = {
  name: 'orders',
  measure: async (size) => {
    const runs: Run[] = []
    for (let at = 0; at < runsOf(size); at++) runs.push(await oneRun(size))
    return [
      {
        name: 'purchases at the centre, one after another, on SQLite',
        unit: 'a second',
        goal: { kind: 'at least', value: 0.6 },
        runs,
        note: 'the same statements with the same values and commits, each prepared once',
      },
    ]
  },
}
