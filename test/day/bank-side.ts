// What stands behind the kiosks in the edition of a bank: its front machine, its host, and the auditor over both.
import type { PaymentLife } from '../auditor-payments.ts'
import { currency } from '../../kiosk/bench/configs.ts'
import type { Town } from '../../kiosk/bench/town/town.ts'
import { bankFlaws } from './bank-books.ts'
import { dayBank } from './bank.ts'
import type { DayCentre } from './centre.ts'
import type { Chance } from './chance.ts'
import { dayFront } from './front.ts'
import type { Timeline } from './timeline.ts'

export type BankSide = Awaited<ReturnType<typeof bankSide>>

export const bankSide = async (of: {
  timeline: Timeline
  chance: Chance
  town: Town
  centre: DayCentre
  kiosks: readonly string[]
}) => {
  // A business day longer than any world: what its end does is tested where files are.
  const day = { timeZone: of.town.policy.timeZone, cutOver: '03:00' }
  const bank = dayBank({
    timeline: of.timeline,
    accounts: of.town.bankAccounts,
    currency: currency.code,
    day,
  })
  const front = await dayFront({ ...of, bank, day, currency: currency.code })
  return {
    bank,
    front,
    /** `atRest`: nothing happens any more, so all that was to be reversed is. */
    flaws: (lives: readonly PaymentLife[], atRest: boolean): string[] =>
      bankFlaws({ bank, front: front.database, lives, atRest: atRest && front.atRest() }),
    mend: (): void => {
      bank.mend()
      front.mend()
    },
  }
}
