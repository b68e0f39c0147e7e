// What a customer with a bank card does at a kiosk in a box: each step goes on when what it leads to is there.
import { JournalLine, type JournalEntry } from '../domain/journal-entry.ts'
import type { KioskInABox } from './kiosk-in-a-box.ts'

/** The kiosk is in service, and bank cards are taken. */
export const bankCardsTaken = (box: KioskInABox) =>
  box.screen('attract', ({ tenders }) =>
    tenders.some(({ tender, works }) => tender === 'bank card' && works),
  )

/** A price for so many whole units, to be paid at the terminal, which waits for the bank card. */
export const payByCard = async (box: KioskInABox, card: string, units: number) => {
  await bankCardsTaken(box)
  box.insert(card)
  await box.screen('account')
  box.press({ type: 'buy' })
  await box.screen('choose amount')
  for (const digit of String(units)) box.press({ type: 'digit', digit: Number(digit) })
  box.press({ type: 'continue' })
  await box.screen('choose tender')
  box.press({ type: 'tender', tender: 'bank card' })
  const shown = await box.screen('paying by card')
  await box.until('the terminal waits for a card', () => box.terminal.waitsForPerson())
  return shown
}

/** The bank has agreed, and the customer is asked whether to write the power card. */
export const authorised = async (box: KioskInABox, card: string, units: number) => {
  await payByCard(box, card, units)
  box.terminal.presentCard()
  return box.screen('confirm purchase')
}

/** The entries of the journal, in order. */
export const entriesOf = (box: KioskInABox): JournalEntry[] =>
  box.journal().map((line) => JournalLine.parse(JSON.parse(line)).entry)

/** How each payment stands in the books of the terminal. */
export const atTerminal = (box: KioskInABox): string[] =>
  box.terminal.truth().payments.map(({ state }) => state)
