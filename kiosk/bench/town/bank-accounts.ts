// The accounts that people of the town have at a bank, in its edition: what is behind which power card, and its PIN.
import { minor, type Minor } from '../../../domain/money.ts'
import type { CardSerial } from '../../../domain/identifiers.ts'
import type { Household } from './household.ts'

export type TownAccount = {
  /** The card of the rack, and its serial number. */
  card: string
  serial: CardSerial
  /** By which the bank knows the account. */
  account: string
  balance: Minor
  blocked: boolean
}

/** Of every account, so that whoever plays needs to remember one. */
export const townPin = '1234'

/** Where a story speaks of an account, the bank's edition has another one. */
const told: Readonly<Record<string, { story: string; balance: number; blocked?: true }>> = {
  'plain-sale': {
    story: 'Everything in order: buys with notes or from a bank account of 86.40.',
    balance: 8_640,
  },
  'no-account-money': {
    story: 'Everything in order, but the bank account is empty: pays with notes.',
    balance: 0,
  },
  'rich-account': {
    story: '2,450.00 at the bank: buys without a single note.',
    balance: 245_000,
  },
  'meter-full': {
    story: 'The meter holds all it may: nothing can be sold.',
    balance: 50_000,
  },
  'account-frozen': {
    story: 'The bank has blocked the account: it declines, notes work.',
    balance: 64_000,
    blocked: true,
  },
}

/** Nobody has linked an account to this card. */
const unlinked = 'high-tariff'

export const storyAtBank = ({ story }: Household): string =>
  story.id === unlinked
    ? 'A holiday home: the dearest block of all, a fee, and no bank account linked to the card.'
    : (told[story.id]?.story ?? story.story)

export const bankAccountsOf = (homes: readonly Household[]): TownAccount[] =>
  homes
    .filter(({ story, area }) => area === 755 && story.id !== unlinked)
    .map(({ story: { id }, serial }) => ({
      card: id,
      serial,
      account: `acct-${serial.slice(-8)}`,
      balance: minor(told[id]?.balance ?? 50_000),
      blocked: told[id]?.blocked ?? false,
    }))
