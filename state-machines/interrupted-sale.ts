// A sale that a stop of the kiosk broke off, as its customer is told of it on screen and on paper (P4, P7).
import type { CardSerial, SaleId } from '../domain/identifiers.ts'
import type { EnergyAfterStop, MoneyPlace } from '../ui/kiosk/screen.ts'

export type InterruptedSale = {
  saleId: SaleId
  serial: CardSerial | null
  money: MoneyPlace[]
  energy: EnergyAfterStop
  /** Its customer may still be standing there, with nothing in the hand: nobody has been served since. */
  onScreen: boolean
  /** Nothing about it is on paper yet. */
  slipOwed: boolean
}
