// What there is to say of one card of the sample town: whose it is, what its meter has seen, and what is odd about it.

/** Energy in 0.01 kWh, money in 1/100, days before the moment the town is made for. */
export type Story = {
  /** Names the card on the bench and in tests. */
  id: string
  name: string
  /** As in "L. Chen". */
  shortName: string
  /** Partly masked, as a kiosk shows it. */
  address: string
  /** One line for the rack: what happens with this card. */
  story: string
  look: 'customer' | 'opening'
  account?: {
    balance?: number
    arrears?: number
    overdraft?: number
    frozen?: true
    blocked?: true
  }
  /** Code of the tariff; R1 unless told. */
  tariff?: string
  meter: MeterStory
  card?: CardStory
  /** Of the customer of another story, who has a second meter. */
  customerOf?: string
}

export type MeterStory = {
  /** The oldest first; their counts are 1, 2, 3… */
  purchases: readonly { daysAgo: number; tender: number }[]
  /** How many of them the meter has credited; all unless told. */
  credited?: number
  /** So many of the credited ones the meter has forgotten: its memory was restored. */
  forgotten?: number
  /** What was left when the meter last wrote back. Below zero: overdraft in use. */
  remaining: number
  /** When it last wrote back. */
  daysAgo: number
  usePerDay: number
  hoardingLimit?: number
  overdraftLimit?: number
  alarm1?: number
  illegalInsertions?: number
  /** Months of fixed charges that were not taken; 0 unless told. */
  monthsUncharged?: number
}

export type CardStory = {
  /** Purchase unless told. */
  type?: 'opening' | 'replacement'
  issueNumber?: number
  /** What the meter wrote on it; `lost`: it was pulled out too early, or never put in. */
  writeBack?: 'there' | 'lost' | { result: number }
  /** Never in its meter since it was issued. */
  fresh?: true
  /** The newest record: a meter refused the card. `code` of power-card.md 10.6. */
  refused?: { code: number; otherMeter?: string }
  /** The last purchase is an order whose end the books do not know. */
  openOrder?: 'on the card' | 'not on the card'
  /** What is wrong with the chip itself. */
  flaw?:
    | 'K_EA blocked'
    | 'unknown key version'
    | 'other keys'
    | 'other customer'
    | 'other area'
    | 'write-back altered'
    | 'count ahead'
  /** An older card of the same meter lies in the rack as well. */
  predecessor?: { id: string; story: string }
}
