// What a customer does at a kiosk in a box, step by step: each goes on when the screen it leads to is there.
import type { KioskInABox } from './kiosk-in-a-box.ts'

/** The kiosk is in service, and cash can be paid. */
export const inService = (box: KioskInABox) =>
  box.screen('attract', ({ tenders }) =>
    tenders.some((offer) => offer.tender === 'cash' && offer.works),
  )

export const insertCard = async (box: KioskInABox, card: string) => {
  await inService(box)
  box.insert(card)
  return box.screen('account')
}

/** A price for so many whole currency units. */
export const chooseAmount = async (box: KioskInABox, card: string, units: number) => {
  await insertCard(box, card)
  box.press({ type: 'buy' })
  await box.screen('choose amount')
  for (const digit of String(units)) box.press({ type: 'digit', digit: Number(digit) })
  box.press({ type: 'continue' })
  return box.screen('choose tender')
}

export const payCash = async (box: KioskInABox, card: string, units: number) => {
  await chooseAmount(box, card, units)
  box.press({ type: 'tender', tender: 'cash' })
  return box.screen('insert notes')
}

/** Pays the amount with one note of it, up to the question whether to write the card. */
export const payWithOneNote = async (box: KioskInABox, card: string, units: number) => {
  await payCash(box, card, units)
  await box.feed(units * 100)
  return box.screen('confirm purchase')
}

/** Takes the card; the kiosk is free for the next customer, and everything of the sale is settled. */
export const leave = async (box: KioskInABox) => {
  box.reader.remove()
  await inService(box)
  await box.until('every sale is settled', () => unsettled(box) === 0)
}

/** Closings that were begun and not answered yet. */
const unsettled = (box: KioskInABox): number => {
  const entries = box.journal().map((line) => JSON.parse(line) as { entry: { type: string } })
  const of = (type: string) => entries.filter(({ entry }) => entry.type === type).length
  return of('sale.closing') - of('sale.settled')
}
