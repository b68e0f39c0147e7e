// What takes a bank terminal minutes by its own clock: each at a bench of its own, so that they pass side by side.
import { expect, it } from 'vitest'
import { longPatienceMs, until, wholeTestMs } from './at-the-bench.ts'
import { openSales } from './evidence-of-bench.ts'
import { atOwnBench, withRealWires } from './on-real-wires.ts'
import { payByBankCard, promised, takeCardAndLeave } from './visits.ts'

/** The bench starts and ends within the test. */
const withItsBenchMs = 2 * wholeTestMs
/** A terminal that cannot say is asked again after a minute, perhaps more than once. */
const askedAgainMeanwhile = { limitMs: 4 * longPatienceMs, lookMs: 250 }

withRealWires('on real wires, in a browser, a customer whose payment is not clear', () => {
  it.concurrent(
    'finds the kiosk stopped after the bank has agreed: the bank is asked, and in the end nothing is charged',
    () =>
      atOwnBench(async (person) => {
        const { bench, present, takeCard, press, heading, sees, bankBooks } = person
        await payByBankCard(person, 'free-units', '¥50')
        await present('good')
        await heading('Is this right?')
        await bench.programs.kiosk.kill()
        await takeCard()
        await heading('The kiosk stopped during your purchase', longPatienceMs)
        await sees(/Your bank is being asked whether ¥50\.00 was charged/)
        await press('I have it')
        // The terminal waits a minute for the goods, and then reverses by itself.
        const rarely = askedAgainMeanwhile
        await until('the payment is reversed', () => bankBooks().at(-1) === 'reversed', rarely)
        await until('the kiosk knows it', () => openSales(bench).length === 0, rarely)
      }),
    withItsBenchMs,
  )

  it.concurrent(
    'has the energy, and is charged once at most, when the terminal loses its power before it is told',
    () =>
      atOwnBench(async (person) => {
        const { act, bench, present, press, heading, sees, carryHome, bankBooks } = person
        await payByBankCard(person, 'low-energy', '¥50')
        await present('good')
        await heading('Is this right?')
        const energy = await promised(person)
        await act({ type: 'terminal.power-cycle' })
        await press(/^Write/)
        await heading('Finishing your payment')
        // The driver gives a terminal that has fallen silent its time.
        await heading(/^(Take your card|Your card is still here!)$/, 2 * longPatienceMs)
        await sees('on your card')
        expect(bench.papers().at(-1)?.text).toContain('charged once at most')
        await takeCardAndLeave(person)
        expect(await carryHome('low-energy')).toBe(energy)
        await until(
          'the kiosk knows how it ended',
          () => openSales(bench).length === 0,
          askedAgainMeanwhile,
        )
        expect(bankBooks().at(-1)).toMatch(/^revers/)
      }),
    withItsBenchMs,
  )
})
