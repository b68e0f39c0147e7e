// The validator's side of eSSP: it agrees on a key, opens what the host has sealed, and seals its answers.
import { lowByteFirstBytes, numberOf } from '../bytes.ts'
import { code } from '../commands.ts'
import { isPrime, power, seal, sessionKey, unseal, type Chance } from '../encryption.ts'
import { status } from '../replies.ts'

export type UnitSession = ReturnType<typeof unitSession>

/** What became of the data of a frame. */
export type Received =
  | { kind: 'command'; command: Uint8Array; sealed: boolean }
  /** A packet with the wrong count: dropped without a word. */
  | { kind: 'dropped' }
  /** The checksum inside is wrong, so the keys differ: the unit is out of service until it is reset. */
  | { kind: 'locked' }

export const unitSession = (chance: Chance, fixedKey: () => bigint) => {
  let generator = 0n
  let modulus = 0n
  let key: Uint8Array | null = null
  let count = 0

  /** Answers 4A, 4B and 4C; null for any other command. */
  const agree = (command: Uint8Array): Uint8Array | null => {
    const [name] = command
    if (name !== code.setGenerator && name !== code.setModulus && name !== code.exchangeKey) {
      return null
    }
    if (command.length !== 9) return Uint8Array.of(status.wrongParameters)
    const number = numberOf(command.subarray(1))
    if (name === code.exchangeKey) return exchange(number)
    if (!isPrime(number)) return Uint8Array.of(status.outOfRange)
    if (name === code.setGenerator) generator = number
    else modulus = number
    return Uint8Array.of(status.ok)
  }

  const exchange = (hostSends: bigint): Uint8Array => {
    if (generator === 0n || modulus === 0n) return Uint8Array.of(status.cannotProcessNow)
    const { exponent } = chance.keyNumbers()
    key = sessionKey(fixedKey(), power(hostSends, exponent, modulus))
    count = 0
    return Uint8Array.of(status.ok, ...lowByteFirstBytes(power(generator, exponent, modulus)))
  }

  return {
    agree,
    hasKeys: () => key !== null,
    receive: (data: Uint8Array): Received => {
      if (key === null) return { kind: 'command', command: data, sealed: false }
      const opened = unseal(data, key)
      if (opened.kind === 'not sealed') return { kind: 'command', command: data, sealed: false }
      if (opened.kind === 'wrong checksum') return { kind: 'locked' }
      if (opened.count !== count) return { kind: 'dropped' }
      return { kind: 'command', command: opened.data, sealed: true }
    },
    /** Devices.md 3.4 rule 5: the answer carries the host's count and one, and so does the host's next packet. */
    countOn: () => {
      count += 1
    },
    sealed: (answer: Uint8Array): Uint8Array =>
      key === null ? answer : seal({ count, data: answer }, key, chance.packing),
    forget: () => {
      key = null
      generator = 0n
      modulus = 0n
      count = 0
    },
  }
}
