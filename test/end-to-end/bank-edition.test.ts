import { expect, it } from 'vitest'
import { onRealWires } from './on-real-wires.ts'
import {
  choose,
  payByBankCard,
  payCash,
  payFromBankAccount,
  takeCardAndLeave,
  write,
} from './visits.ts'

const pin = '1234'

onRealWires('in the edition of a bank, a customer', { edition: 'bank' }, (person) => {
  it('pays from the bank account behind the card, with its PIN at the terminal', async () => {
    const { bench, typePin, heading, sees, carryHome, bankBalance } = person()
    await payFromBankAccount(person(), 'plain-sale', '¥50')
    await sees('You pay from your bank account')
    await typePin(pin)
    await heading('Is this right?')
    const energy = await write(person())
    await takeCardAndLeave(person())
    expect(await carryHome('plain-sale')).toBe(energy)
    expect(bankBalance('plain-sale')).toBe(8_640 - 5_000)
    expect(bench.papers().at(-1)?.text).toContain('Paid from bank account')
  })

  it('types a wrong PIN, is told that nothing was charged, and types the right one', async () => {
    const { typePin, press, heading, sees, carryHome, bankBalance } = person()
    await payFromBankAccount(person(), 'rich-account', '¥100')
    await typePin('9999')
    await heading('How will you pay?')
    await sees(/The PIN was not right\. Nothing was charged\./)
    await press(/^My bank account/)
    await heading('Enter your PIN at the terminal')
    await typePin(pin)
    await heading('Is this right?')
    const energy = await write(person())
    await takeCardAndLeave(person())
    expect(await carryHome('rich-account')).toBe(energy)
    expect(bankBalance('rich-account')).toBe(245_000 - 10_000)
  })

  it('changes their mind after the bank has agreed, and has the money on the account again', async () => {
    const { typePin, press, heading, sees, bankBalance } = person()
    await payFromBankAccount(person(), 'low-energy', '¥50')
    await typePin(pin)
    await heading('Is this right?')
    expect(bankBalance('low-energy')).toBe(45_000)
    await press('Cancel')
    await heading('Cancel the purchase?')
    await press('Yes, undo it')
    await heading('Take your card')
    await sees('not charged')
    expect(bankBalance('low-energy')).toBe(50_000)
  })

  it.each([
    ['an empty account', 'no-account-money', /There is not enough money in that account\./],
    ['a blocked account', 'account-frozen', /Your bank declined the payment\./],
    ['no account behind the card', 'high-tariff', /This card is linked to no bank account\./],
  ])('with %s is told so, and may pay with notes', async (_, card, words) => {
    const { typePin, press, heading, sees } = person()
    await payFromBankAccount(person(), card, '¥50')
    await typePin(pin)
    await heading('How will you pay?')
    await sees(words)
    await press('Cancel')
    await heading('Take your card')
  })

  it('is told that the bank is away, and pays with notes', async () => {
    const { act, typePin, press, heading, sees, feed, slotIsOpen, carryHome, bankBalance } =
      person()
    await act({ type: 'bank.down', on: true })
    await payFromBankAccount(person(), 'free-units', '¥50')
    await typePin(pin)
    await heading('How will you pay?')
    await sees(/The bank could not be reached\. Nothing was charged\./)
    await press(/Banknotes/)
    await heading('Insert notes, one by one')
    await slotIsOpen()
    await feed(5_000)
    await heading('Is this right?')
    const energy = await write(person())
    await takeCardAndLeave(person())
    expect(await carryHome('free-units')).toBe(energy)
    expect(bankBalance('free-units')).toBe(50_000)
  })

  it('stops at the PIN pad, and leaves with nothing charged', async () => {
    const { act, press, heading, sees, bankBalance } = person()
    await payFromBankAccount(person(), 'arrears', '¥100')
    await act({ type: 'terminal.stop' })
    await heading('How will you pay?')
    await sees(/The payment was cancelled\. Nothing was charged\./)
    await press('Cancel')
    await heading('Take your card')
    expect(bankBalance('arrears')).toBe(50_000)
  })

  it('pays by any bank card at the terminal', async () => {
    const { present, heading, carryHome, bankBooks } = person()
    await payByBankCard(person(), 'replacement-used', '¥50')
    await present('good')
    await heading('Is this right?')
    const energy = await write(person())
    await takeCardAndLeave(person())
    expect(await carryHome('replacement-used')).toBe(energy)
    expect(bankBooks().at(-1)).toBe('stored')
  })

  it('pays with notes, while there is no account of the authority to be seen', async () => {
    const { page, feed, heading, press, takeCard, carryHome } = person()
    await choose(person(), 'wrong-meter-notice', '¥50')
    expect(await page.getByText('My account', { exact: true }).count()).toBe(0)
    await press('Cancel')
    await heading('Take your card')
    await takeCard()
    await heading(/Insert your electricity card/)
    await payCash(person(), 'wrong-meter-notice', '¥50')
    await feed(5_000)
    await heading('Is this right?')
    const energy = await write(person())
    await takeCardAndLeave(person())
    expect(await carryHome('wrong-meter-notice')).toBe(energy)
  })
})
