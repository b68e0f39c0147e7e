// A recorded note acceptor: what its host says, word for word, and its answers, sealed again under keys of today.
import {
  decode,
  encode,
  type Frame,
  type SequenceBit,
} from '../../../drivers/note-acceptor/ssp/codec.ts'
import { hexOf, lowByteFirstBytes, numberOf } from '../../../drivers/note-acceptor/ssp/bytes.ts'
import { code } from '../../../drivers/note-acceptor/ssp/commands.ts'
import {
  factoryFixedKey,
  power,
  seal,
  sessionKey,
  unseal,
  type Chance,
} from '../../../drivers/note-acceptor/ssp/encryption.ts'
import { isSealed, withoutKeyNumbers } from '../redacting-ssp.ts'
import type { Language } from './held.ts'
import type { Act, Consequence, Said } from './script.ts'
import type { RecordedDevice } from './player.ts'

export const sspLanguage: Language = {
  word: (did) => {
    if (did.kind === 'open') return 'open'
    const data = dataOf(did)
    return data === null ? `noise ${hexOf(did.bytes)}` : hexOf(withoutKeyNumbers(data, null))
  },
  isQuestion: (word) => elastic.includes(word),
  isContent: () => false,
  answer: (what) => (what.kind === 'in' ? hexOf(dataOf(what) ?? what.bytes) : what.kind),
}

/** How often a poll and a hold are sent in a time depends on a millisecond; what they ask for is the same. */
const elastic: readonly string[] = [
  hexOf(Uint8Array.of(code.pollWithAck)),
  hexOf(Uint8Array.of(code.hold)),
]

const frameOf = (bytes: Uint8Array): Frame | null => {
  const [first] = decode(bytes).out
  return first?.kind === 'frame' ? first : null
}

const dataOf = ({ bytes, clear }: Said): Uint8Array | null => clear ?? frameOf(bytes)?.data ?? null

/** Keys are agreed on anew in every replay: small primes, no chance, and the key every unit leaves the factory with. */
export const replayChance: Chance = {
  keyNumbers: () => ({ generator: 982451653n, modulus: 1287821n, exponent: 7n }),
  packing: (length) => new Uint8Array(length),
}
const ownExponent = 11n

export const recordedAcceptor = (): RecordedDevice => {
  const numbers = { generator: 0n, modulus: 0n }
  let key: Uint8Array | null = null
  /** The answer to the last exchange of numbers. */
  let ownNumber: Uint8Array = new Uint8Array(8)
  let heard: { bit: SequenceBit; count: number } = { bit: 0, count: 0 }
  /** What was sent for an answer of the recording: a second copy of it is a second copy. */
  const sent = new Map<string, Uint8Array>()

  const agree = (data: Uint8Array) => {
    if (data.length !== 9) return
    const number = numberOf(data.subarray(1))
    if (data[0] === code.setGenerator) numbers.generator = number
    if (data[0] === code.setModulus) numbers.modulus = number
    if (data[0] !== code.exchangeKey || numbers.modulus === 0n) return
    const { generator, modulus } = numbers
    key = sessionKey(factoryFixedKey, power(number, ownExponent, modulus))
    ownNumber = lowByteFirstBytes(power(generator, ownExponent, modulus))
  }

  const said = (bytes: Uint8Array): Act['did'] => {
    const frame = frameOf(bytes)
    if (frame === null) return { kind: 'write', bytes, clear: null }
    const opened = key !== null && isSealed(frame) ? unseal(frame.data, key) : null
    const isOpened = opened?.kind === 'opened'
    heard = { bit: frame.sequence, count: isOpened ? opened.count : 0 }
    agree(frame.data)
    return { kind: 'write', bytes, clear: isOpened ? opened.data : null }
  }

  const answer = (what: Extract<Consequence, { kind: 'in' }>, to: Act['did']): Uint8Array => {
    const frame = frameOf(what.bytes)
    const asked = to.kind === 'write' ? frameOf(to.bytes) : null
    if (frame === null || asked === null) return what.bytes
    const once = sent.get(hexOf(what.bytes))
    if (isSealed(frame) && (what.clear === null || key === null)) return once ?? what.bytes
    const sequence = frame.sequence === asked.sequence ? heard.bit : flipped(heard.bit)
    const data =
      what.clear !== null && key !== null
        ? seal({ count: heard.count + 1, data: what.clear }, key, replayChance.packing)
        : withOwnNumber(frame.data, asked.data, ownNumber)
    const bytes = encode({ ...frame, sequence, data })
    sent.set(hexOf(what.bytes), bytes)
    return bytes
  }
  return { language: sspLanguage, said, answer }
}

const flipped = (bit: SequenceBit): SequenceBit => (bit === 1 ? 0 : 1)

const withOwnNumber = (data: Uint8Array, asked: Uint8Array, own: Uint8Array): Uint8Array =>
  asked[0] === code.exchangeKey && data.length === 1 + own.length
    ? Uint8Array.of(data[0] ?? 0, ...own)
    : data
