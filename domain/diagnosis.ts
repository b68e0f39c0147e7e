// What a look at a card found, in kinds that a screen can put into plain words (power-card.md 13.1, 9.2, 10.6).
import { z } from 'zod'
import { OrderNumber } from './identifiers.ts'
import { EnergyAmount, Moment, Money } from './schema.ts'

/** Why nothing can be sold to this card now. Found before any money is taken. */
export const Refusal = z.discriminatedUnion('kind', [
  /** Not one of our cards: SELECT by AID failed. Only the kiosk finds this one. */
  z.object({ kind: z.literal('foreign card') }),
  /** No answer to reset, or the card stopped answering while it was read. Only the kiosk finds this one. */
  z.object({ kind: z.literal('card not readable') }),
  /** The card could not prove that it is genuine (13.1 checks 1 and 2). */
  z.object({ kind: z.literal('not genuine') }),
  /** Un-issued, or its authentication key is blocked, or its key version is not accepted (13.1 check 3). */
  z.object({
    kind: z.literal('visit the office'),
    why: z.enum([
      'not issued',
      'key blocked',
      'key version',
      'data differ',
      'customer blocked',
      'card blocked',
      'profile',
    ]),
  }),
  z.object({ kind: z.literal('service card') }),
  z.object({ kind: z.literal('preset card') }),
  /** On the block list: a newer card was issued for the same meter. */
  z.object({ kind: z.literal('card replaced') }),
  /** Issued by another authority or for an area this centre does not serve. */
  z.object({ kind: z.literal('other area') }),
  /** The previous purchase has not been seen by the meter (9.2). */
  z.object({
    kind: z.literal('unread purchase'),
    energy: EnergyAmount,
    orderNumber: OrderNumber,
    loadedAt: Moment.nullable(),
  }),
  /** An opening or replacement card that was never put into its meter. */
  z.object({ kind: z.literal('not yet in meter') }),
  /** The meter refused the purchase on the card; `code` is that of power-card.md 10.6. */
  z.object({
    kind: z.literal('refused by meter'),
    code: z.int(),
    otherMeter: z.string().nullable(),
  }),
  /** The meter holds as much as it may. */
  z.object({ kind: z.literal('meter full'), remaining: EnergyAmount, limit: EnergyAmount }),
  /** The books and the card contradict each other: decided in the office by two persons. */
  z.object({ kind: z.literal('under inquiry') }),
  /** An order of this card is not loaded, and its kiosk has not told yet whether its payment stands: minutes, mostly. */
  z.object({ kind: z.literal('payment being checked') }),
])
export type Refusal = z.infer<typeof Refusal>

/** Something worth saying that does not stop the sale. */
export const Notice = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('arrears'),
    balance: Money,
    /** 1/10000 of each payment */ share: z.int(),
  }),
  z.object({ kind: z.literal('low energy'), remaining: EnergyAmount }),
  z.object({ kind: z.literal('headroom'), mostEnergy: EnergyAmount }),
  z.object({ kind: z.literal('used in other meter'), meter: z.string() }),
])
export type Notice = z.infer<typeof Notice>
