// Evidence that something is not as it should be, kept for the people who look into it (power-card.md 13.2).
import type { CardSerial, KioskNumber, OrderNumber } from '../domain/identifiers.ts'
import { raiseAlert } from './alerts/alerts.ts'
import { standsAs } from './alerts/own-alerts.ts'
import { next } from './counters.ts'
import { withFleet } from './fleet/fleet-tables.ts'
import type { Work } from './store.ts'

export type AlarmKind =
  /** The card could not prove itself, or its MACs do not verify (13.1 checks 1 and 2). */
  | 'not genuine'
  /** A card on the block list was inserted. */
  | 'replaced card used'
  /** The same serial at two kiosks in overlapping insertions. */
  | 'card in two places'
  /** The count or the order on a card does not fit the books (9.1). */
  | 'card against books'
  /** The E2E MAC of EF02 does not verify. */
  | 'purchase image altered'
  /** EF01 in plain does not say what the books say. */
  | 'card data differ'
  /** The write-back is not this meter's (13.1 check 8). */
  | 'meter MAC'
  /** A meter count above any count ever given out: somebody made credit. */
  | 'meter count too high'
  /** Total credited is not what was sold, or the registers contradict each other. */
  | 'meter registers'
  /** A meter count or meter time goes back. */
  | 'meter went back'
  /** A journal record with a valid MAC names an unknown order. */
  | 'unknown order in journal'
  /** The illegal-insertion counter or a tamper counter has grown. */
  | 'meter touched'
  /** A proof that does not verify, over a used, foreign or unknown nonce, or of another card. */
  | 'worthless proof'
  /** A kiosk has shown another key than the one it is known by. */
  | 'kiosk key changed'
  /** Five references nobody knows were typed with one card in a day, or at one kiosk in an hour. */
  | 'claims guessed'
  /** A claim whose signature is not that of its kiosk was shown at the office. */
  | 'claim not genuine'
  /** A claim was paid ahead of its kiosk, by decision of two persons. */
  | 'claim paid ahead'
  /** Lines of a journal are missing (money-safety.md P6), or were changed: these alarms are about a kiosk and its disk. */
  | 'journal gap'
  | 'journal altered'
  /** A kiosk has another line where the centre has one: two disks go by one number, or one was rewritten. */
  | 'journal fork'
  /** A kiosk has less than it had: its disk was put back, emptied, or its journal cut at the end. */
  | 'journal rolled back'
  /** The acceptor counts other notes than the journal has. */
  | 'cash differs'
  /** The box that was taken out of a kiosk is not the one that was put in, by their numbers. */
  | 'cash box swapped'
  /** The lifelong counters of an acceptor went back: it was reset, or is another behind the same number. */
  | 'cash counters went back'
  /** A note of the journal is not booked, or a booked one is not in the journal; or not as the other says (P2). */
  | 'note against books'
  /** Energy is with a customer, and its payment was reversed: a claim against the bank; the customer owes nothing. */
  | 'vended unpaid'
  /** Nobody on site can say whether a payer was charged: the bank's file decides. */
  | 'payment unknown'
  /** Energy is with a customer, and the file of the bank does not have its payment: a claim against the bank. */
  | 'bank did not pay'
  /** A payment that was told as kept is told as reversed, or the other way round. */
  | 'payment contradicted'

export type Alarm = {
  kind: AlarmKind
  at: number
  kiosk?: KioskNumber
  serial?: CardSerial
  binding?: string
  orderNumber?: OrderNumber
  evidence: Record<string, unknown>
}

/** Keeps the evidence, and lets it stand among the alerts until it has been looked into. */
export const raise = async (work: Work, alarm: Alarm): Promise<void> => {
  await work
    .insertInto('alarms')
    .values({
      alarm: await next(work, 'alarm'),
      at: alarm.at,
      kind: alarm.kind,
      kiosk: alarm.kiosk ?? null,
      serial: alarm.serial ?? null,
      binding: alarm.binding ?? null,
      order_number: alarm.orderNumber ?? null,
      evidence: JSON.stringify(alarm.evidence),
    })
    .execute()
  const { kiosk = null, at: now } = alarm
  const isNews = standsAs[alarm.kind].clears === 'person'
  await raiseAlert({ work: withFleet(work), now, kiosk }, { ...standsAs[alarm.kind], isNews })
}
