// What every screen is given beside its own props.
import type { Minor } from '../../domain/money.ts'
import { never } from '../../domain/never.ts'
import type { Format } from '../parts/format.ts'
import type { Texts } from '../texts/texts.ts'
import type { Press, Screen, View } from './screen.ts'
import type { ServicePart } from './service/part.ts'

export type Stage = {
  view: View
  texts: Texts
  format: Format
  press: (press: Press) => void
  /** Somebody uses the keypad: choices show their number. */
  keypad: boolean
  /** What the maintenance mode is drawn with, once it was shown. */
  service: ServicePart | null
}

export type ScreenProps<Kind extends Screen['kind']> = {
  screen: Extract<Screen, { kind: Kind }>
  at: Stage
}

type MoneyIn = { amount: Minor; goesTo: Extract<Screen, { kind: 'confirm cancel' }>['goesTo'] }

/** The customer's money that this screen is about and that has not become anything else yet, for the warning. */
export const moneyIn = (screen: Screen): MoneyIn | null => {
  switch (screen.kind) {
    case 'insert notes':
      return screen.inserted > 0 ? { amount: screen.inserted, goesTo: screen.changeGoesTo } : null
    case 'more than chosen':
      return { amount: screen.inserted, goesTo: 'account' }
    case 'confirm purchase':
      return paidIn(screen)
    case 'confirm deposit':
      return { amount: screen.amount, goesTo: 'account' }
    case 'confirm cancel':
      return { amount: screen.inserted, goesTo: screen.goesTo }
    default:
      return null
  }
}

const paidIn = (screen: Extract<Screen, { kind: 'confirm purchase' }>): MoneyIn | null => {
  const { tender, paid, account } = screen
  switch (tender) {
    case 'cash':
      return { amount: paid, goesTo: account.balance === null ? 'claim' : 'account' }
    case 'bank card':
    case 'bank account':
      return { amount: paid, goesTo: 'payer' }
    case 'account':
      return null
    default:
      return never(tender)
  }
}
