// The short form of `npm run kills`: the real kiosk killed at some calls to its disk, some bytes, and some commands to a card.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pseudoTerminalsWork } from '../../drivers/cables.ts'
import { killingBench, type KillingBench } from './killing-bench.ts'
import { nameOf, rememberTown, round, type Kill } from './round.ts'

/** In the middle of things: a note on its way, the order asked for, the card being written, the slip being printed. */
const kills: Kill[] = [
  { at: 'disk', n: 5, when: 'before' },
  { at: 'disk', n: 6, when: 'after' },
  { at: 'disk', n: 13, when: 'after' },
  { at: 'card', n: 15, way: 'to' },
  { at: 'notes', n: 400, way: 'to' },
  { at: 'notes', n: 700, way: 'from' },
  { at: 'receipt', n: 900, way: 'to' },
]

const wires = pseudoTerminalsWork()
describe.skipIf(!wires)(
  wires
    ? 'P1 P2 P3 P4 P5: the real kiosk, killed in a cash sale'
    : 'the real kiosk, killed in a cash sale (skipped: there is no socat here)',
  { timeout: 300_000 },
  () => {
    let at: KillingBench
    beforeAll(async () => {
      at = await killingBench({ withoutPcscd: true })
      rememberTown(at)
    }, 60_000)
    afterAll(() => at.close(), 60_000)

    it.each(kills.map((kill, place) => [nameOf(kill), kill, place % 2 === 0] as const))(
      'at %s loses nothing, doubles nothing, says what is open, and serves again',
      async (_, kill, stays) => {
        const { killed, flaws } = await round(at, kill, stays)
        expect(flaws).toEqual([])
        expect(killed).not.toBeNull()
      },
    )
  },
)
