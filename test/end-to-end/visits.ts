// What customers do at every visit, in the words on the screen.
import type { AtTheBench } from './at-the-bench.ts'

/** Card in, up to the account. */
export const comeIn = async ({ insert, heading }: AtTheBench, card: string): Promise<void> => {
  await insert(card)
  await heading(/^Good/)
}

/** Up to the question how to pay. */
export const choose = async (person: AtTheBench, card: string, amount: string): Promise<void> => {
  const { press, heading } = person
  await comeIn(person, card)
  await press('Buy electricity')
  await heading('How much will you pay?')
  await press(amount)
  await heading('How will you pay?')
}

/** Up to the open note slot. */
export const payCash = async (person: AtTheBench, card: string, amount: string): Promise<void> => {
  await choose(person, card, amount)
  await person.press(/Banknotes/)
  await person.heading('Insert notes, one by one')
  await person.slotIsOpen()
}

/** Up to the bank terminal that asks for a card. */
export const payByBankCard = async (
  person: AtTheBench,
  card: string,
  amount: string,
): Promise<void> => {
  await choose(person, card, amount)
  await person.press(/^Bank card/)
  await person.heading('Hold or insert your bank card')
}

/** Up to the bank terminal that asks for the PIN of the account behind the power card. */
export const payFromBankAccount = async (
  person: AtTheBench,
  card: string,
  amount: string,
): Promise<void> => {
  await choose(person, card, amount)
  await person.press(/^My bank account/)
  await person.heading('Enter your PIN at the terminal')
}

/** A purchase of ¥50 with ¥20 in. */
export const oneNoteIn = async (person: AtTheBench, card: string): Promise<void> => {
  await payCash(person, card, '¥50')
  await person.feed(2000)
  await person.sees('¥30.00 still to pay')
}

/** Paid from the account, up to the last question. */
export const payFromAccount = async (person: AtTheBench, card: string): Promise<void> => {
  await choose(person, card, '¥50')
  await person.press(/My account/)
  await person.heading('Is this right?')
}

/** What the button to write says, in 0.01 kWh. */
export const promised = async ({ page }: AtTheBench): Promise<number> => {
  const said = await page.getByRole('button', { name: /^Write/ }).textContent()
  const [, whole = '', hundredths = ''] = /([\d,]+)\.(\d\d)/.exec(said ?? '') ?? []
  return Number(`${whole.replaceAll(',', '')}${hundredths}`)
}

/** The energy is on the card, and the customer is told so. */
export const isWritten = async ({ heading, sees }: AtTheBench): Promise<void> => {
  await heading(/^(Take your card|Your card is still here!)$/)
  await sees('on your card')
}

/** From the last question to the energy on the card; gives what was promised. */
export const write = async (person: AtTheBench): Promise<number> => {
  const energy = await promised(person)
  await person.press(/^Write/)
  await isWritten(person)
  return energy
}

export const takeCardAndLeave = async ({ takeCard, heading, press }: AtTheBench): Promise<void> => {
  await takeCard()
  await heading('Thank you')
  await press('Done')
}
