// The PIN of an account, out of the block that the terminal encrypted.
import { fromHex } from '../../domain/power-card/bytes.ts'
import type { IsoMessage } from '../iso8583/message.ts'
import { refusal, type Decision } from './request.ts'
import { mostPinTries, type BankAccount } from './truth.ts'

/** A PIN block (field 52), the serial of its key (53), and the payment it is bound to (61). */
export type PinBlock = { block: Uint8Array; keySerial: Uint8Array; reference: string }

/** What the bank's security module does: the PIN in the block, or null when block, key and payment do not fit together. */
export type ReadPin = (block: PinBlock) => string | null

/** Why the PIN does not do; null when it does, or the account asks for none. Counts the tries. */
export const checkPin = (
  account: BankAccount,
  { fields }: IsoMessage,
  readPin: ReadPin,
): Decision | null => {
  if (account.pin === null) return null
  if (account.pinTriesLeft === 0) return refusal('75', 'the PIN is blocked')
  const { 52: block, 53: keySerial, 61: reference } = fields
  if (block === undefined || keySerial === undefined || reference === undefined) {
    return refusal('55', 'the PIN is needed')
  }
  const pin = readPin({ block: fromHex(block), keySerial: fromHex(keySerial), reference })
  // A block that cannot be read says nothing about who is at the PIN pad: it costs no try.
  if (pin === null) return refusal('55', 'the PIN could not be read')
  if (pin !== account.pin) {
    account.pinTriesLeft -= 1
    return refusal('55', 'wrong PIN')
  }
  account.pinTriesLeft = mostPinTries
  return null
}
