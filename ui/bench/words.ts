// Money and energy as the bench writes them. The bench speaks English only: customers never see it.
import { formatEnergy, type Energy } from '../../domain/energy.ts'
import { formatMoney, type Minor } from '../../domain/money.ts'

/** A banknote's face: `100`, without the hundredths it does not have. */
export const noteFace = (value: Minor): string => formatMoney(value).replace(/\.00$/, '')

/** `5840` as `['58', '40']`, for a display that writes them in two sizes. */
export const kWhParts = (amount: Energy): [whole: string, hundredths: string] => {
  const [whole = '0', hundredths = '00'] = formatEnergy(amount).split('.')
  return [whole, hundredths]
}

export const groupWords = {
  customer: 'Customers',
  opening: 'Opening',
  service: 'Service',
  foreign: 'Not ours',
  blank: 'Blank',
} as const

export const kWh = (amount: Energy): string => `${formatEnergy(amount)} kWh`

/** Result codes of power-card.md 10.6 as the little display of a meter shows them. */
export const resultWords: Record<number, string> = {
  0: 'Good',
  4: 'No answer from card',
  5: 'Card not authentic',
  7: 'Card not issued',
  8: 'Wrong kind of card',
  9: 'Unknown keys',
  10: 'Purchase not for this meter',
  11: 'Card of another meter',
  12: 'Other customer',
  13: 'Not the newest card',
  14: 'Format',
  15: 'Opening card first',
  16: 'Replacement in new meter',
  17: 'Count does not fit',
  18: 'Visit a kiosk first',
  19: 'Card trouble',
  20: 'Pulled early, credited',
  21: 'Meter full for now',
  22: 'Other area',
  23: 'Service card not valid',
}
