// EXTENSION, not ZVT: asks the PIN pad for the PIN of a power-purchase card. A real terminal needs its maker's equivalent.
//
// Class 0F is what ZVT leaves to makers. A terminal that has it echoes tag DF57 when it is registered; no other is ever asked.
import type { Language } from '../../../domain/language.ts'
import type { Minor } from '../../../domain/money.ts'
import { apdu, type Apdu } from './apdu.ts'
import { latin1, packed, textOf } from './bytes.ts'
import { field, tag, type Fields } from './fields.ts'
import { referenceBytes } from './pin-block.ts'
import { control } from './requests.ts'
import { tagged, valueOf } from './tlv.ts'

export const pinTag = {
  /** 16 bytes: the payment id, which the block is bound to. */
  reference: 0xdf5a,
  language: 0xdf5b,
  block: 0xdf5c,
  keySerial: 0xdf5d,
} as const

/** `0F 50`, amount, and reference and language in field 06. */
export const askPin = (paymentId: string, amount: Minor, language: Language): Apdu =>
  apdu(
    control.askPin,
    field(tag.amount, packed(amount, 6)),
    field(tag.container, [
      ...tagged(pinTag.reference, referenceBytes(paymentId)),
      ...tagged(pinTag.language, latin1(language)),
    ]),
  )

/** The encrypted block and the serial of its key, in hex; null when either is missing. */
export const pinIn = ({ tagged }: Fields): { block: string; keySerial: string } | null => {
  const block = valueOf(tagged, pinTag.block)
  const keySerial = valueOf(tagged, pinTag.keySerial)
  if (block?.length !== 16 || keySerial === null) return null
  return {
    block: Buffer.from(block).toString('hex'),
    keySerial: Buffer.from(keySerial).toString('hex'),
  }
}

export const languageIn = ({ tagged }: Fields): string =>
  textOf(valueOf(tagged, pinTag.language) ?? latin1('en'))
