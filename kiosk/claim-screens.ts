// Pure: the screens of a claim slip that is redeemed.
import type { SnapshotFrom } from 'xstate'
import { never } from '../domain/never.ts'
import { inGroups } from '../domain/reference.ts'
import { claimDigits, claimNumber, type SaleContext } from '../state-machines/sale-context.ts'
import type { sale } from '../state-machines/sale.ts'
import type { Screen } from '../ui/kiosk/screen.ts'

type Story = Exclude<SnapshotFrom<typeof sale>['value']['story'], string>
export type Redeeming = Extract<Story, { redeeming: unknown }>['redeeming']

export const claimScreen = (state: Redeeming, context: SaleContext): Screen => {
  const { typed, claimTold } = context
  switch (state) {
    case 'typing':
      return {
        kind: 'type claim',
        typed,
        wrong: typed.length === claimDigits && claimNumber(typed) === null,
      }
    case 'told':
      return claimTold === null
        ? { kind: 'please wait', for: 'claim' }
        : { kind: 'claim told', told: claimTold, number: inGroups(typed) }
    case 'journallingAsked':
    case 'asking':
    case 'journallingAnswer':
    case 'leaving':
      return { kind: 'please wait', for: 'claim' }
    default:
      return never(state)
  }
}
