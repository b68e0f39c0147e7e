// The power of the bank terminal fails at each arrow of a payment (devices.md 10.4): whoever has the energy is charged once
// or not at all, and whoever has not is never charged.
import { describe, expect, it } from 'vitest'
import { arrows, powerCycleAt } from '../../drivers/bank-terminal/zvt/simulator/behaviours.ts'
import { atTerminal, bankCardsTaken, entriesOf } from '../bank-customer.ts'
import { cardCustomer } from '../card-customer.ts'
import { inService } from '../customer.ts'
import { kioskInABox } from '../kiosk-in-a-box.ts'

/** Of a terminal that loses its power there: the energy is on the card, and the payer. */
const ends: Record<(typeof arrows)[number], { energy: boolean; charged: boolean }> = {
  'authorise received': { energy: false, charged: false },
  'authorise answered': { energy: false, charged: false },
  'step told': { energy: false, charged: false },
  'step answered': { energy: false, charged: false },
  'bank asked': { energy: false, charged: false },
  'bank approved': { energy: false, charged: false },
  // The approval was heard: the customer has confirmed before anybody noticed.
  'approval told': { energy: true, charged: false },
  'wait answered': { energy: true, charged: true },
  'goods refused': { energy: true, charged: true },
  'goods confirmed': { energy: true, charged: false },
  'line told': { energy: true, charged: false },
  'line answered': { energy: true, charged: false },
  stored: { energy: true, charged: true },
  'completion told': { energy: true, charged: true },
  'completion answered': { energy: true, charged: true },
}

describe.each(arrows)('a bank terminal that loses its power when: %s', (arrow) => {
  it('P2 P3 P4: the books of terminal, kiosk and centre agree in the end', async () => {
    const box = await kioskInABox({ bankTerminal: true })
    try {
      const loaded = () => box.card('plain-sale').state().files[2]
      const before = loaded()
      await inService(box)
      await bankCardsTaken(box)
      box.terminal.behave(powerCycleAt(arrow))
      const { react, over } = cardCustomer(box, 'energy')
      // A terminal that falls silent in the middle is waited for as long as it may think (180 s).
      for (let passed = 0; !over() && passed < 300_000;) {
        const step = passed < 20_000 ? 100 : 4_000
        react()
        await box.pass(step)
        passed += step
      }
      await inService(box)
      await box.until('nothing is open', () => box.unresolved().length === 0)
      expect(box.audit()).toEqual([])
      const energy = loaded() !== before
      const charged = atTerminal(box).includes('stored')
      expect({ energy, charged }).toEqual(ends[arrow])
      // Its end was found out, and the next customer may pay by bank card again.
      await bankCardsTaken(box)
      const told = entriesOf(box).flatMap((entry) =>
        entry.type === 'sale.closing' ? (entry.payments ?? []).map(({ end }) => end) : [],
      )
      expect(told).toEqual([charged ? 'kept' : 'reversed'])
    } finally {
      await box.close()
    }
  })
})
