// What a card says at once when it gets power: a hint which one it is, never the decision (power-card.md 2.1).
import { ascii, concat, fromHex, sameBytes, u8At } from './bytes.ts'

export type Protocol = 'T=0' | 'T=1'

/** The 13 historical bytes: 50, the serial, "ELC1". */
const historicalBytes = (serial: Uint8Array): Uint8Array => concat(0x50, serial, ascii('ELC1'))

export const answerToReset = (serial: Uint8Array, protocol: Protocol): Uint8Array => {
  const history = historicalBytes(serial)
  if (protocol === 'T=0') return concat(fromHex('3b6d0000'), history)
  const checked = concat(fromHex('ed00008131fe45'), history)
  return concat(
    0x3b,
    checked,
    checked.reduce((sum, byte) => sum ^ byte, 0),
  )
}

/**
 * The serial in the historical bytes, or null when they have not our form: a contactless reader builds its own answer.
 * A serial here that is not the one of the FCI means that the card is not genuine.
 */
export const serialInAtr = (atr: Uint8Array): Uint8Array | null => {
  const history = historyOf(atr)
  if (history === null) return null
  const serial = history.slice(1, 9)
  return sameBytes(history, historicalBytes(serial)) ? serial : null
}

/** ISO 7816-3: T0 counts the historical bytes; Y bits say which of TA, TB, TC and TD follow, and TD says it again. */
const historyOf = (atr: Uint8Array): Uint8Array | null => {
  const length = u8At(atr, 1) & 0x0f
  let at = 1
  for (let more = true; more;) {
    const follow = u8At(atr, at) >> 4
    more = (follow & 0b1000) !== 0
    at += [0b0001, 0b0010, 0b0100, 0b1000].filter((bit) => (follow & bit) !== 0).length
    if (!more) at++
  }
  const history = atr.slice(at, at + length)
  return history.length === length ? history : null
}
