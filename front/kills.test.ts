// The front machine is killed at every write to its books, before it and after it, or the write fails: all three agree.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { faultyStore } from '../test/faults/faulty-store.ts'
import { traps, type Kind } from '../test/faults/traps.ts'
import { frontKit, opening, type FrontKit } from '../test/front-kit.ts'
import { visit } from '../test/front-visit.ts'
import { losesAnswers } from './simulated-bank/behaviours.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-front-kills-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** One visit with the front machine in trouble at the n-th write. False when there were fewer. */
const killedAt = async (of: {
  kind: Kind
  n: number
  trouble: (kit: FrontKit) => void
}): Promise<boolean> => {
  const { kind, n, trouble } = of
  const path = join(folder, `${kind}-${n}-${Math.abs(kills++)}.sqlite`)
  const kit = await frontKit({ place: { kind: 'file', path } })
  await kit.signedOn()
  trouble(kit)
  const trap = traps([{ boundary: 'centre store', kind, n }])
  let died = false
  const store = faultyStore({
    path,
    traps: trap,
    onEnd: () => {
      died = true
    },
  })
  trap.arm(true)
  const beginAgain = async () => {
    // A commit that failed is as final: nothing more is written before the next start.
    if (!died && kit.front().problem() === null) return
    died = false
    store.beginAnew()
    await kit.restart()
  }
  await visit(kit, beginAgain)
  // Killed when nobody was waiting for an answer.
  await beginAgain()
  trap.arm(false)
  await kit.ended(kit.front().sweep())
  await kit.settled()
  const where = `${kind} of write ${n}: ${trap.met().join()}`
  expect(await kit.disagreements(), where).toEqual([])
  expect(await kit.centre.flaws(), where).toEqual([])
  const asking = kit.store().read.selectFrom('payments').selectAll().where('state', '=', 'asking')
  expect(await asking.execute(), where).toEqual([])
  expect([opening, opening - 10_000], where).toContain(kit.wire().balance())
  store.close()
  await kit.close()
  return trap.met()[0] !== ''
}
let kills = 0

const lost = losesAnswers({ to: '0200' })
const loseOrders = (kit: FrontKit) => {
  for (let time = 0; time < 3; time++) kit.failAtCentre('order', 'request lost')
}

const sales: { sale: string; trouble: (kit: FrontKit) => void; kind: Kind }[] = [
  { sale: 'is paid and delivered', trouble: () => undefined, kind: 'crash before' },
  { sale: 'is paid and delivered', trouble: () => undefined, kind: 'crash after' },
  { sale: 'is paid and delivered', trouble: () => undefined, kind: 'error' },
  { sale: 'is paid and delivered', trouble: () => undefined, kind: 'answer lost' },
  {
    sale: 'is paid, and no answer comes',
    trouble: (kit) => void kit.bank().behave(lost),
    kind: 'crash before',
  },
  { sale: 'is paid, and no order is made', trouble: loseOrders, kind: 'crash after' },
]

it.each(sales)(
  'P1 P3: a sale that $sale, $kind at every write',
  async ({ trouble, kind }) => {
    let writes = 0
    while (await killedAt({ kind, n: writes + 1, trouble })) writes++
    expect(writes).toBeGreaterThan(20)
  },
  120_000,
)
