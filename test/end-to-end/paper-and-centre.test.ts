import { expect, it } from 'vitest'
import type { PrinterFault } from '../../ui/bench/panel.ts'
import { longPatienceMs } from './at-the-bench.ts'
import { onRealWires } from './on-real-wires.ts'
import { comeIn, payCash, payFromAccount, takeCardAndLeave, write } from './visits.ts'

onRealWires('on real wires,', {}, (person) => {
  it.each<PrinterFault>(['paper out', 'cover open', 'offline', 'unplugged'])(
    'the printer has its %s: the receipt is on the screen',
    async (fault) => {
      const { act, takeCard, sees, heading, press, carryHome, bench } = person()
      const papers = bench.papers().length
      await act({ type: 'printer.fault', fault, on: true })
      await sees('Receipt on the screen only: no paper just now')
      await payFromAccount(person(), 'rich-account')
      const energy = await write(person())
      await takeCard()
      await heading('Your receipt')
      await sees('It could not be printed. Take a picture of it.')
      await press('Done')
      expect(await carryHome('rich-account')).toBe(energy)
      expect(bench.papers()).toHaveLength(papers)
    },
  )

  it('the paper runs low: the receipt is printed', async () => {
    const { act, bench } = person()
    const papers = bench.papers().length
    await act({ type: 'printer.fault', fault: 'paper low', on: true })
    await payFromAccount(person(), 'rich-account')
    await write(person())
    await takeCardAndLeave(person())
    expect(bench.papers()).toHaveLength(papers + 1)
  })

  it('the centre is out of reach: nothing is sold until it is back', async () => {
    const { act, heading } = person()
    await act({ type: 'centre.away', on: true })
    // While nobody is there, the centre is asked every twenty seconds.
    await heading('Closed for the moment', longPatienceMs)
    await act({ type: 'centre.away', on: false })
    await heading(/Insert your electricity card/)
  })

  it('the centre goes away before any money: the customer is told, and none is taken', async () => {
    const { act, press, heading, sees, bench } = person()
    await comeIn(person(), 'arrears')
    await act({ type: 'centre.away', on: true })
    await press('Buy electricity')
    await press('¥50')
    await heading('Your account cannot be reached just now')
    expect(bench.panel().notes.state).toBe('closed')
    await press('Take my card')
    await heading('Take your card')
    await sees('No money was taken.')
  })

  it('the centre goes away when the money is in: the customer is told, and it arrives', async () => {
    const { act, feed, press, heading, sees, takeCard } = person()
    await payCash(person(), 'no-account-money', '¥50')
    await feed(5000)
    await heading('Is this right?')
    await act({ type: 'centre.away', on: true })
    await press(/^Write/)
    await heading('The power sales centre did not answer', longPatienceMs)
    await sees(/¥50\.00 is on its way to your account/)
    await sees('Reference')
    await press('I have it')
    await takeCard()
    await heading('Closed for the moment')
    await act({ type: 'centre.away', on: false })
    await heading(/Insert your electricity card/)
    await comeIn(person(), 'no-account-money')
    await sees('¥50.00')
  })

  it('the centre goes away for a moment when the money is in: nobody notices', async () => {
    const { act, feed, press, heading, carryHome } = person()
    await payCash(person(), 'fixed-charges', '¥200')
    await feed(10_000)
    await feed(10_000)
    await heading('Is this right?')
    await act({ type: 'centre.away', on: true })
    await press(/^Write/)
    await heading('Placing your order')
    await act({ type: 'centre.away', on: false })
    await heading('Take your card')
    await takeCardAndLeave(person())
    expect(await carryHome('fixed-charges')).toBeGreaterThan(0)
  })
})
