// Values inside sentences: formatted as the language writes them, and kept apart from the direction of the words around them.
import { reasonSaid } from '../noted/noted.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import type { MeterAdvice, Say } from './words.ts'

/** First strong isolate, pop directional isolate: an Arabic sentence does not turn a number round. */
const apart = (text: string): string => `\u2068${text}\u2069`
/** Left-to-right isolate: numbers that are names. */
const leftToRight = (text: string): string => `\u2066${text}\u2069`

export const say: Say = {
  money: (minorUnits) => apart(format().money(minorUnits)),
  energy: (hundredths) => apart(format().energy(hundredths)),
  id: leftToRight,
  noted: (text) => reasonSaid(text) ?? words().explaining.noted(leftToRight(text)),
  when: (at) => apart(format().when(at)),
  count: (count) => apart(format().count(count)),
}

/** The sentence of a union's member, whichever it is: every kind has one, or the words do not compile. */
export const sentence = <Of extends { kind: string }>(
  sentences: { [Kind in Of['kind']]: (of: Extract<Of, { kind: Kind }>, say: Say) => string },
  of: Of,
): string => {
  const kind: Of['kind'] = of.kind
  const made: (of: never, say: Say) => string = sentences[kind]
  return Reflect.apply(made, undefined, [of, say])
}

const advice: Record<number, MeterAdvice> = {
  0: 'credited',
  1: 'voltage',
  2: 'service',
  3: 'service',
  4: 'card turned',
  8: 'not for this meter',
  11: 'other meter',
  13: 'newest card',
  15: 'opening card',
  18: 'kiosk first',
  19: 'again',
  20: 'again for 15 s',
  21: 'full',
  22: 'not for this meter',
}

/** What a caller is told of a result code of a meter (power-card.md 10.6). */
export const adviceOf = (code: number): MeterAdvice => advice[code] ?? 'office'
