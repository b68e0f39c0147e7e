// The one door to the master keys: everything that needs a key is asked for here, and no key ever comes out.
//
// The software key store is one implementation; an HSM stands behind the same words (domain.md 8). Bytes come and go as
// lower-case hex, as messages and tables carry them.
import type {
  CardSerial,
  CustomerNumber,
  KioskNumber,
  MeterNumber,
  Nonce,
  OrderNumber,
} from '../../domain/identifiers.ts'

/** Which card keys: derived from serial and key version (power-card.md 5.2). */
export type OfCard = { serial: CardSerial; keyVersion: number }

/** Which meter key: K_MT of this meter, in its version (5.3). */
export type OfMeter = { meter: MeterNumber; keyVersion: number }

/** The content of EF02 before its E2E MAC (4.2). Money in minor units, energy in 0.01 kWh, time in s since 1970. */
export type PurchaseContent = {
  amount: number
  count: number
  energy: number
  orderNumber: OrderNumber
  time: number
  channel: number
  arrears: number
  hasFreeUnits: boolean
  /** Make-up energy, or value of an earlier order. */
  hasEarlierValue: boolean
}

/** The record of a load or of its undo in EF06, events 1 and 6, before its MAC (4.5). */
export type RecordContent = {
  time: number
  channel: number
  terminal: KioskNumber
  orderNumber: OrderNumber
  amount: number
  count: number
}

export type CardSecurity = {
  /** A card of another version is refused before money (5.3). */
  acceptsVersion: (keyVersion: number) => boolean
  /** The same for a version of K_MT. */
  acceptsMeterVersion: (keyVersion: number) => boolean

  /** 13.1 checks 1 and 2: the answer of INTERNAL AUTHENTICATE, and two MAC'd READs without a session (label RB). */
  verifyLook: (
    of: OfCard & { nonce: Nonce; genuine: string; ef02: string; ef05: string },
  ) => Promise<{ genuine: boolean; files: boolean }>

  /** The label under which a MAC'd READ of EF02 verifies, or null. `proof`: 40 bytes and the MAC. */
  verifyProof: (of: OfCard & { nonce: Nonce; proof: string }) => Promise<'RB' | 'RO' | null>

  /** The E2E MAC of EF02: made for this meter, customer and card. `ef02`: 40 bytes. */
  verifyPurchase: (
    of: OfMeter & { customer: CustomerNumber; serial: CardSerial; ef02: string },
  ) => Promise<boolean>

  /** The meter MAC of EF05 (4.4). `ef05`: 128 bytes. */
  verifyWriteBack: (of: OfMeter & { serial: CardSerial; ef05: string }) => Promise<boolean>

  /** The MAC of a journal record under the meter it was written for, in any version of its key (4.5). */
  verifyRecord: (of: { meter: MeterNumber; serial: CardSerial; record: string }) => Promise<boolean>

  /** EF02 with its E2E MAC, 40 bytes. */
  sealPurchase: (
    of: OfMeter & { customer: CustomerNumber; serial: CardSerial; purchase: PurchaseContent },
  ) => Promise<string>

  /**
   * The script of 8.2: authentication, parameters and prices if given, EF05 cleared, event 1, and EF02 last.
   * `random`: the host's 8 bytes.
   */
  buildScript: (
    of: OfCard & {
      meter: OfMeter
      challenge: Nonce
      random: string
      ef01: string | null
      ef04: string | null
      record: RecordContent
      ef02: string
    },
  ) => Promise<string[]>

  /**
   * The two commands of 8.3, in the session that a script opened with this challenge and random: event 6 and the previous
   * purchase, byte for byte. `writes`: secured writes of that script, whose numbers go on.
   */
  buildUndo: (
    of: OfCard & {
      meter: OfMeter
      challenge: Nonce
      random: string
      writes: number
      record: RecordContent
      ef02: string
    },
  ) => Promise<string[]>

  /** Signature of the centre under a receipt, as base64url. */
  signReceipt: (text: string) => Promise<string>
  /** What checks it: Ed25519, PEM. */
  receiptKey: string
}
