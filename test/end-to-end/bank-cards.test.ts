import { expect, it } from 'vitest'
import { onRealWires } from './on-real-wires.ts'
import { choose, payByBankCard, takeCardAndLeave, write } from './visits.ts'

onRealWires('on real wires, in a browser, a customer with a bank card', {}, (person) => {
  it('holds it to the terminal, carries the energy home, and has the slip of the bank on the receipt', async () => {
    const { bench, present, heading, carryHome, bankBooks } = person()
    const papers = bench.papers().length
    const booked = bankBooks().length
    await payByBankCard(person(), 'plain-sale', '¥50')
    await present('good')
    await heading('Is this right?')
    expect(bankBooks().at(-1)).toBe('authorised')
    const energy = await write(person())
    await takeCardAndLeave(person())
    expect(await carryHome('plain-sale')).toBe(energy)
    expect(bankBooks().slice(booked)).toEqual(['stored'])
    expect(bench.papers()).toHaveLength(papers + 1)
    expect(bench.papers().at(-1)?.text).toContain('BANK CARD PAYMENT')
  })

  it('puts it in, types a wrong PIN first, and takes the bank card before anything is written', async () => {
    const { present, takeBankCard, heading, sees, carryHome, bankBooks } = person()
    await payByBankCard(person(), 'rich-account', '¥100')
    await present('wrong PIN once', 'insert')
    await heading('Take your bank card')
    await sees('Your electricity card stays in.')
    await takeBankCard()
    await heading('Is this right?')
    const energy = await write(person())
    await takeCardAndLeave(person())
    expect(await carryHome('rich-account')).toBe(energy)
    expect(bankBooks().at(-1)).toBe('stored')
  })

  it('is declined, is told that nothing was charged, and pays with notes instead', async () => {
    const { present, press, heading, sees, feed, slotIsOpen, carryHome, notesIn, bankBooks } =
      person()
    const [notes, booked] = [notesIn(), bankBooks().length]
    await payByBankCard(person(), 'low-energy', '¥50')
    await present('declined')
    await heading('How will you pay?')
    await sees(/Your bank declined the payment\. Nothing was charged\./)
    await press(/Banknotes/)
    await heading('Insert notes, one by one')
    await slotIsOpen()
    await feed(5000)
    await heading('Is this right?')
    const energy = await write(person())
    await takeCardAndLeave(person())
    expect(await carryHome('low-energy')).toBe(energy)
    expect(notesIn()).toBe(notes + 1)
    expect(bankBooks()).toHaveLength(booked)
  })

  it('presses the stop key of the terminal, and then pays by card all the same', async () => {
    const { act, present, press, heading, sees, carryHome, bankBooks } = person()
    const booked = bankBooks().length
    await payByBankCard(person(), 'replacement-used', '¥50')
    await act({ type: 'terminal.stop' })
    await heading('How will you pay?')
    await sees(/The payment was cancelled\. Nothing was charged\./)
    await press(/^Bank card/)
    await heading('Hold or insert your bank card')
    await present('good')
    await heading('Is this right?')
    const energy = await write(person())
    await takeCardAndLeave(person())
    expect(await carryHome('replacement-used')).toBe(energy)
    expect(bankBooks().slice(booked)).toEqual(['stored'])
  })

  it('cancels on the screen before a card was shown, and leaves', async () => {
    const { press, heading, sees, bankBooks } = person()
    const booked = bankBooks().length
    await payByBankCard(person(), 'wrong-meter-notice', '¥50')
    await press('Cancel')
    await heading('Take your card')
    await sees('Nothing was bought')
    expect(bankBooks()).toHaveLength(booked)
  })

  it('changes their mind after the bank has agreed: the payment is undone, and nothing is charged', async () => {
    const { present, press, heading, sees, bankBooks } = person()
    await payByBankCard(person(), 'arrears', '¥100')
    await present('good')
    await heading('Is this right?')
    await press('Cancel')
    await heading('Cancel the purchase?')
    await sees(/Your bank agreed to ¥100\.00/)
    await press('Yes, undo it')
    await heading('Take your card')
    await sees('not charged')
    expect(bankBooks().at(-1)).toBe('reversed')
  })

  it('is told that the bank cannot be reached, and may still pay otherwise', async () => {
    const { act, present, press, heading, sees } = person()
    await act({ type: 'terminal.fault', fault: 'bank away', on: true })
    await payByBankCard(person(), 'plain-sale', '¥50')
    await present('good')
    await heading('How will you pay?')
    await sees(/The bank could not be reached\. Nothing was charged\./)
    await press('Cancel')
    await heading('Take your card')
  })

  it('sees that the terminal does not work while it is unplugged', async () => {
    const { act, page, sees, press, heading } = person()
    await act({ type: 'terminal.fault', fault: 'unplugged', on: true })
    await page.locator('.tenders .not', { hasText: 'Bank card' }).waitFor()
    await choose(person(), 'plain-sale', '¥50')
    await sees('Not working just now')
    await press('Cancel')
    await heading('Take your card')
  })
})
