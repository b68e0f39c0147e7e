// A simulated card and its host show each other who they are (power-card.md 6.6 to 6.8).
import { statusWord } from '../../../domain/power-card/apdu.ts'
import { fromHex } from '../../../domain/power-card/bytes.ts'
import { sameMac } from '../../../domain/power-card/cmac.ts'
import { genuineCryptogram } from '../../../domain/power-card/proofs.ts'
import {
  cryptogram,
  roles,
  sessionKey,
  wrappingKey,
  type Role,
} from '../../../domain/power-card/sessions.ts'
import {
  done,
  given,
  heldOrGiven,
  type Chip,
  type Command,
  type OpenSession,
  type Reply,
} from './chip.ts'
import { fullTries } from './state.ts'

export const getChallenge = (chip: Chip, { p1, p2, data, le }: Command): Reply => {
  if (p1 !== 0 || p2 !== 0) return { word: statusWord.wrongParameters }
  if (data.length > 0 || le === null) return { word: statusWord.wrongLength }
  const challenge = chip.random(8)
  const reply = given(chip, challenge, le)
  if (reply.word === statusWord.done) {
    chip.volatile.session = null
    chip.volatile.challenge = challenge
  }
  return reply
}

const genuineKey = 0x01

export const internalAuthenticate = (chip: Chip, { p1, p2, data, le }: Command): Reply => {
  if (p1 !== 0) return { word: statusWord.wrongParameters }
  const { serial, keys } = chip.memory.content()
  if (p2 !== genuineKey || keys.K_IA === undefined) return { word: statusWord.keyNotFound }
  if (data.length !== 8) return { word: statusWord.wrongLength }
  const of = { nonce: data, serial: fromHex(serial) }
  return heldOrGiven(chip, genuineCryptogram(fromHex(keys.K_IA), of), le)
}

export const roleWith = (reference: number): Role | null => {
  if (reference === roles.office.reference) return 'office'
  if (reference === roles.meter.reference) return 'meter'
  return reference === roles.admin.reference ? 'admin' : null
}

/** `challenge` is the one that was pending when the command came; that an open session ends is seen to before. */
export const externalAuthenticate = (
  chip: Chip,
  { p1, p2, data }: Command,
  challenge: Uint8Array | null,
): Reply => {
  if (p1 !== 0) return { word: statusWord.wrongParameters }
  const role = roleWith(p2)
  const { keys, serial, tries } = chip.memory.content()
  if (role === null) return { word: statusWord.keyNotFound }
  const name = roles[role].opens
  const opens = keys[name]
  const signs = keys[roles[role].signs]
  if (opens === undefined || signs === undefined) return { word: statusWord.keyNotFound }
  if (data.length !== 16) return { word: statusWord.wrongLength }
  if (challenge === null) return { word: statusWord.notNow }
  const left = tries[name] - 1
  if (left < 0) return { word: statusWord.keyBlocked }
  // The try is gone before the comparison, so that a power cut can only cost tries (5.4).
  if (!setTries(chip, name, left)) return { word: statusWord.memoryFailure }
  const exchange = { challenge, random: data.subarray(0, 8), serial: fromHex(serial) }
  if (!sameMac(data.subarray(8), cryptogram(role, fromHex(opens), exchange))) {
    return { word: statusWord.wrongCryptogram | left }
  }
  if (!setTries(chip, name, fullTries[name])) return { word: statusWord.memoryFailure }
  const session: OpenSession = {
    role,
    key: sessionKey(role, fromHex(signs), exchange),
    sequence: 1,
    wrapping: role === 'admin' ? wrappingKey(fromHex(opens), exchange) : null,
  }
  chip.volatile.session = session
  return done
}

const setTries = ({ memory }: Chip, name: keyof typeof fullTries, left: number): boolean =>
  memory.commit((draft) => {
    draft.tries[name] = left
  })
