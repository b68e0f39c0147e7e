// Reads an answer to reset as far as it concerns us: the serial in its historical bytes (power-card.md 2.1). Pure.

/** The historical bytes of an answer to reset (ISO 7816-3), null when it ends too early. */
export const historicalBytes = (atr: Uint8Array): Uint8Array | null => {
  const format = atr[1]
  if (format === undefined) return null
  let at = 2
  // High four bits of T0 and of each TD: which of TA, TB, TC and TD follow.
  for (let follows = format >> 4; follows !== 0;) {
    const hasNext = (follows & 0b1000) !== 0
    at += [0b0001, 0b0010, 0b0100].filter((bit) => (follows & bit) !== 0).length
    if (!hasNext) break
    const next = atr[at]
    if (next === undefined) return null
    at += 1
    follows = next >> 4
  }
  const count = format & 0x0f
  return at + count <= atr.length ? atr.slice(at, at + count) : null
}

/**
 * The serial that an answer to reset carries in the form `50`, serial of 8 bytes, `"ELC1"`. Null when it has another form,
 * as behind a contactless reader, which makes an answer of its own.
 */
export const serialOfAtr = (atr: Uint8Array): Uint8Array | null => {
  const bytes = historicalBytes(atr)
  if (bytes === null || bytes.length !== 13 || bytes[0] !== 0x50) return null
  return String.fromCharCode(...bytes.subarray(9)) === 'ELC1' ? bytes.slice(1, 9) : null
}
