// Payments that come to an end nobody at the kiosk has seen, or that the terminal ends by itself; and the end of its day.
import { afterEach, describe, expect, it } from 'vitest'
import { at } from '../../drivers/bank-terminal/zvt/simulator/behaviours.ts'
import { atTerminal, authorised, bankCardsTaken, entriesOf } from '../bank-customer.ts'
import { inService } from '../customer.ts'
import { kioskInABox, type BoxOptions, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
afterEach(() => box.close())

const start = async (settings: BoxOptions['settings'] = {}) => {
  box = await kioskInABox({ bankTerminal: true, settings })
  await inService(box)
  await bankCardsTaken(box)
}

const offer = (tender: string) => {
  const { screen } = box.view()
  return screen.kind === 'attract' ? screen.tenders.find((each) => each.tender === tender) : null
}

describe('a payment whose end the kiosk did not hear of', () => {
  it('P1 P4: is named and asked about; until its end is known no other is asked for', async () => {
    await start()
    await authorised(box, 'plain-sale', 50)
    // The goods are confirmed and stored, and the line is gone before the terminal can say so.
    box.terminal.behave(at('stored', () => box.unplug('terminal')))
    box.press({ type: 'confirm' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'bought', paid: 5000 })
    box.reader.remove()
    await inService(box)
    expect(box.unresolved().map(({ what }) => what)).toContain('payment unknown')
    expect(entriesOf(box).some(({ type }) => type === 'sale.closing')).toBe(false)
    expect(offer('bank card')).toMatchObject({ works: false })
    expect(box.audit()).toEqual([])
    box.plugIn()
    await box.until('nothing is open', () => box.unresolved().length === 0)
    expect(entriesOf(box).map(({ type }) => type)).toContain('payment.kept')
    expect(atTerminal(box)).toEqual(['stored'])
    await bankCardsTaken(box)
    expect(box.audit()).toEqual([])
  })

  it('P7: and nothing sold for it: the customer is told that the bank is still being asked', async () => {
    await start()
    box.terminal.behave(at('bank approved', () => box.unplug('terminal')))
    box.insert('plain-sale')
    await box.screen('account')
    box.press({ type: 'buy' })
    await box.screen('choose amount')
    box.press({ type: 'suggestion', value: 50 })
    await box.screen('choose tender')
    box.press({ type: 'tender', tender: 'bank card' })
    await box.until('the terminal waits', () => box.terminal.waitsForPerson())
    box.terminal.presentCard()
    const { mishap, money, reference } = await box.screen('mishap')
    expect(mishap).toBe('payment unknown')
    expect(money).toEqual({ kind: 'asking the bank', amount: 5000 })
    expect(reference.words).toHaveLength(4)
    expect(box.printer.receipts()).toHaveLength(1)
    box.press({ type: 'done' })
    box.reader.remove()
    await inService(box)
    box.plugIn()
    await box.until('nothing is open', () => box.unresolved().length === 0)
    expect(atTerminal(box)).not.toContain('stored')
    expect(box.audit()).toEqual([])
  })
})

describe('a terminal that does not want to wait any longer', () => {
  it('undoes the payment by itself: the customer is told, and may pay otherwise', async () => {
    await start({ customerMs: 600_000 })
    await authorised(box, 'plain-sale', 50)
    // Eleven questions, 45 s apart, while the customer does nothing.
    for (let minutes = 0; minutes < 10 && box.view().screen.kind !== 'choose tender'; minutes++) {
      await box.pass(60_000)
    }
    const { problem, tenders } = await box.screen('choose tender')
    expect(problem).toEqual({ way: 'bank card', why: 'not possible' })
    expect(tenders.find(({ tender }) => tender === 'cash')?.works).toBe(true)
    expect(atTerminal(box)).toEqual(['reversed'])
    box.press({ type: 'cancel' })
    await box.screen('take card')
    box.reader.remove()
    await inService(box)
    await box.until('nothing is open', () => box.unresolved().length === 0)
    expect(box.audit()).toEqual([])
  })
})

describe('the end of the day of a terminal', () => {
  it('comes in its hour, when nobody is being served', async () => {
    // The box begins at 00:45 in its time zone.
    await start({ endOfDayHour: 0 })
    await authorised(box, 'plain-sale', 50)
    box.press({ type: 'confirm' })
    await box.screen('take card')
    await box.pass(62_000)
    expect(box.terminal.truth().payments.map(({ settled }) => settled)).toEqual([false])
    box.reader.remove()
    await inService(box)
    await box.until('the day is ended', () =>
      box.terminal.truth().payments.every(({ settled }) => settled),
    )
    await bankCardsTaken(box)
    expect(box.audit()).toEqual([])
  })

  it('that cannot be ended is a fault in the journal', async () => {
    await start({ endOfDayHour: 0 })
    box.terminal.reachBank(false)
    await box.until('the fault is journalled', () =>
      entriesOf(box).some(
        (entry) => entry.type === 'fault.raised' && entry.fault === 'end of day failed',
      ),
    )
  })
})
