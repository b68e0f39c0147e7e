// What every screen is given beside its own props.
import type { Minor } from '../../domain/money.ts'
import type { Format } from '../parts/format.ts'
import type { Texts } from '../texts/texts.ts'
import type { Press, Screen, View } from './screen.ts'

export type Stage = {
  view: View
  texts: Texts
  format: Format
  press: (press: Press) => void
  /** Somebody uses the keypad: choices show their number. */
  keypad: boolean
}

export type ScreenProps<Kind extends Screen['kind']> = {
  screen: Extract<Screen, { kind: Kind }>
  at: Stage
}

/** The customer's money that this screen is about and that has not become anything else yet, for the warning. */
export const moneyIn = (screen: Screen): { amount: Minor; goesTo: 'account' | 'claim' } | null => {
  switch (screen.kind) {
    case 'insert notes':
      return screen.inserted > 0 ? { amount: screen.inserted, goesTo: screen.changeGoesTo } : null
    case 'more than chosen':
      return { amount: screen.inserted, goesTo: 'account' }
    case 'confirm purchase':
      return screen.tender === 'cash'
        ? { amount: screen.paid, goesTo: screen.account.balance === null ? 'claim' : 'account' }
        : null
    case 'confirm deposit':
      return { amount: screen.amount, goesTo: 'account' }
    case 'confirm cancel':
      return { amount: screen.inserted, goesTo: screen.goesTo }
    default:
      return null
  }
}
