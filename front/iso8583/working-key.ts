// The working key on its way: AES key wrap (RFC 3394) with the key-exchange key that both sides were given by hand.
import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto'
import { concat, fromHex, toHex } from '../../domain/power-card/bytes.ts'

/** RFC 3394, 2.2.3.1: what an unwrapped key is checked against. */
const initialValue = fromHex('a6a6a6a6a6a6a6a6')

/** 16 bytes of key as the 48 hex digits of field 62. */
export const wrapWorkingKey = (exchangeKey: Uint8Array, workingKey: Uint8Array): string => {
  const cipher = createCipheriv('id-aes128-wrap', createSecretKey(exchangeKey), initialValue)
  return toHex(concat(cipher.update(workingKey), cipher.final()))
}

/** Null when field 62 holds no key, or one that was not wrapped with this exchange key. */
export const unwrapWorkingKey = (
  exchangeKey: Uint8Array,
  wrapped: string | undefined,
): Uint8Array | null => {
  if (wrapped === undefined || !/^[0-9a-f]{48}$/i.test(wrapped)) return null
  const cipher = createDecipheriv('id-aes128-wrap', createSecretKey(exchangeKey), initialValue)
  try {
    return concat(cipher.update(fromHex(wrapped)), cipher.final())
  } catch {
    return null
  }
}
