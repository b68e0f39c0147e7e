import { expect, it } from 'vitest'
import { longPatienceMs } from './at-the-bench.ts'
import { onRealWires } from './on-real-wires.ts'
import { comeIn, oneNoteIn, payCash } from './visits.ts'

const patience = { customerMs: 5_000, warningMs: 20_000 }

onRealWires('on real wires, a customer who walks away', { patience }, (person) => {
  const warning = () => person().page.getByRole('heading', { name: 'Are you still there?' })
  const moreTime = () => person().page.getByRole('button', { name: 'Give me more time' })

  /** On a machine so slow that the warning comes before the next press, more time is asked for. */
  const inTime = async (steps: () => Promise<void>) => {
    const { page } = person()
    await page.addLocatorHandler(warning(), () => moreTime().click())
    await steps()
    await page.removeLocatorHandler(warning())
  }
  const isWarned = async (otherwise: string) => {
    const { sees } = person()
    await warning().waitFor()
    await sees(otherwise)
    await moreTime().click()
    await warning().waitFor({ state: 'hidden' })
    await warning().waitFor()
  }
  const visitIsOver = (title: RegExp | string) => person().heading(title, longPatienceMs)

  // From every other screen it is the same: test/scenarios/nobody-there.test.ts.
  it('from the account is warned, and gets the card back', async () => {
    await inTime(() => comeIn(person(), 'arrears'))
    await isWarned('Otherwise this visit ends and you get your card back.')
    await visitIsOver(/^(Take your card|Your card is still here!)$/)
    await person().sees('No money was taken.')
  })

  it('with a note in is warned, and finds the money on the account', async () => {
    const { takeCard, sees } = person()
    await inTime(() => oneNoteIn(person(), 'no-account-money'))
    await isWarned('Otherwise this visit ends and ¥20.00 goes to your account.')
    await visitIsOver(/^(Take your card|Your card is still here!)$/)
    await sees('in your account')
    await takeCard()
    await inTime(async () => {
      await person().press('Done')
      await comeIn(person(), 'no-account-money')
    })
    await sees('¥20.00')
  })

  it('from the last question is warned, and finds the money on the account', async () => {
    const { takeCard, sees, feed, heading, notesIn } = person()
    const notes = notesIn()
    await inTime(async () => {
      await payCash(person(), 'overdraft', '¥50')
      await feed(5000)
      await heading('Is this right?')
    })
    await isWarned('Otherwise this visit ends and ¥50.00 goes to your account.')
    await visitIsOver(/^(Take your card|Your card is still here!)$/)
    await sees('in your account')
    expect(notesIn()).toBe(notes + 1)
    await takeCard()
    await inTime(async () => {
      await person().press('Done')
      await comeIn(person(), 'overdraft')
    })
    await sees('¥50.00')
  })
})
