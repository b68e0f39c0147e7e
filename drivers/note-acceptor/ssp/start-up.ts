// Beginning to talk with a validator: who is it, is it ours, and a key nobody else knows (devices.md 3.3 and 3.4).
import { minor, type Minor } from '../../../domain/money.ts'
import type { NoteAcceptorUnit } from '../note-acceptor.ts'
import { numberOf } from './bytes.ts'
import { plain, protocolVersion, setKeyNumber, setProtocolVersion } from './commands.ts'
import { power, sessionKey, type Chance } from './encryption.ts'
import { mostTries, type Asked, type Link } from './link.ts'
import { serialNumberOf, setupOf, type Setup } from './replies.ts'

export type Identity = {
  /** The serial number this kiosk's unit was enrolled with; `any` only where a swapped unit does no harm. */
  enrolledSerial: string
  fixedKey: bigint
  /** Minor units of money in one main currency unit. */
  minorPerUnit: number
}

/** What can come of it. Everything but 'talking' ends the conversation. */
export type Started =
  | { kind: 'talking'; unit: NoteAcceptorUnit; channels: ReadonlyMap<number, Minor> }
  | { kind: 'silent' }
  | { kind: 'wrong unit'; found: string; enrolled: string }
  /** It would not agree on keys, or does not answer to them: another fixed key. */
  | { kind: 'not trusted' }
  | { kind: 'broken'; code: string }

/** A key that differs shows as silence: the unit cannot read us. It is not waited for as long as for a lost answer. */
export const proofTries = 5

/** An answer that does not fit its question may be a late one to the question before: asked so often again. */
export const fitTries = 3

/**
 * SYNC; then setup and serial number in the clear, if the unit gives them before keys; then keys, and all of it again inside
 * encryption, where only the unit itself can answer. A unit that is not the enrolled one is asked nothing more.
 */
export const startUp = async (
  link: Link,
  identity: Identity,
  chance: Chance,
  syncTries = mostTries,
): Promise<Started> => {
  link.useKey(null)
  const synced = await link.ask(plain('sync'), syncTries)
  if (synced.kind !== 'answered') return { kind: 'silent' }

  const open = await identify(link)
  if (open.kind === 'known') {
    const stranger = checkSerial(open.serialNumber, identity)
    if (stranger !== null) return stranger
  } else if (open.kind !== 'no keys') {
    return open
  }

  const key = await agreeOnKey(link, identity.fixedKey, chance)
  if (!(key instanceof Uint8Array)) return key
  link.useKey(key)
  const proof = await link.ask(setProtocolVersion(protocolVersion), proofTries)
  if (proof.kind === 'no reply') return letGoOf(link)
  if (proof.kind === 'closed' || proof.answer.kind === 'no keys') return { kind: 'silent' }
  if (proof.answer.kind === 'refused') return { kind: 'broken', code: 'protocol version' }

  const sealed = await identify(link)
  if (sealed.kind === 'no keys') return { kind: 'silent' }
  if (sealed.kind !== 'known') return sealed
  if (sealed.setup === null) return { kind: 'broken', code: 'setup' }
  const stranger = checkSerial(sealed.serialNumber, identity)
  return stranger ?? talking(sealed.serialNumber, sealed.setup, identity)
}

export const checkSerial = (
  found: string,
  { enrolledSerial: enrolled }: Identity,
): Extract<Started, { kind: 'wrong unit' }> | null =>
  enrolled === 'any' || enrolled === found ? null : { kind: 'wrong unit', found, enrolled }

type Identified =
  /** Before protocol 6 a unit may keep its long values to itself: then it has no usable setup yet. */
  | { kind: 'known'; setup: Setup | null; serialNumber: string }
  | { kind: 'no keys' }
  | Extract<Started, { kind: 'silent' | 'broken' }>

const identify = async (link: Link): Promise<Identified> => {
  const setup = dataOf(await askFor(link, plain('setup'), (data) => data.length > 12), 'setup')
  if (!(setup instanceof Uint8Array)) return setup
  const fits = (data: Uint8Array) => serialNumberOf(data) !== null
  const serial = dataOf(await askFor(link, plain('serialNumber'), fits), 'serial number')
  if (!(serial instanceof Uint8Array)) return serial
  const serialNumber = serialNumberOf(serial)
  return serialNumber === null
    ? { kind: 'broken', code: 'serial number' }
    : { kind: 'known', setup: setupOf(setup), serialNumber }
}

/** In the clear any answer with the right bit is taken for ours, also one that was held up on the way. */
const askFor = async (
  link: Link,
  command: Uint8Array,
  fits: (data: Uint8Array) => boolean,
): Promise<Asked> => {
  let asked = await link.ask(command)
  for (let tries = 1; tries < fitTries; tries += 1) {
    if (asked.kind !== 'answered' || asked.answer.kind !== 'ok' || fits(asked.answer.data)) break
    asked = await link.ask(command)
  }
  return asked
}

const dataOf = (
  asked: Asked,
  what: string,
): Uint8Array | Exclude<Identified, { kind: 'known' }> => {
  if (asked.kind !== 'answered') return { kind: 'silent' }
  const { answer } = asked
  if (answer.kind === 'ok') return answer.data
  return answer.kind === 'no keys' ? answer : { kind: 'broken', code: what }
}

/**
 * Devices.md 3.4 rule 4: a unit that could not open a packet is out of service until it is reset. Nothing was polled yet, so
 * a note in its path is told again after it.
 */
const letGoOf = async (link: Link): Promise<Started> => {
  await resetUnit(link)
  return { kind: 'not trusted' }
}

/** In the clear, which a unit obeys whatever keys it has, and whatever else it does not. */
export const resetUnit = async (link: Link): Promise<void> => {
  link.useKey(null)
  // Twice, with either bit: whether it has taken note of the bit of what it could not open is not known.
  await link.ask(plain('reset'), 1)
  await link.ask(plain('reset'), 1)
}

/** Devices.md 3.4 rule 1: generator, modulus, then the powers of each side. */
const agreeOnKey = async (
  link: Link,
  fixedKey: bigint,
  chance: Chance,
): Promise<Uint8Array | Extract<Started, { kind: 'silent' | 'not trusted' }>> => {
  const { generator, modulus, exponent } = chance.keyNumbers()
  const sends = power(generator, exponent, modulus)
  const steps = [
    { command: setKeyNumber('setGenerator', generator), length: 0 },
    { command: setKeyNumber('setModulus', modulus), length: 0 },
    { command: setKeyNumber('exchangeKey', sends), length: 8 },
  ]
  let sent: Uint8Array = Uint8Array.of()
  for (const { command, length } of steps) {
    const asked = await askFor(link, command, (data) => data.length === length)
    if (asked.kind !== 'answered') return { kind: 'silent' }
    if (asked.answer.kind !== 'ok') return { kind: 'not trusted' }
    sent = asked.answer.data
  }
  if (sent.length !== 8) return { kind: 'not trusted' }
  return sessionKey(fixedKey, power(numberOf(sent), exponent, modulus))
}

const talking = (serialNumber: string, setup: Setup, { minorPerUnit }: Identity): Started => {
  const values = setup.values.map((value) => minor(value * minorPerUnit))
  const known = values.flatMap((value, at): [number, Minor][] =>
    // A channel without a value is one the dataset does not use.
    value === 0 ? [] : [[at + 1, value]],
  )
  return {
    kind: 'talking',
    unit: {
      serialNumber,
      firmware: setup.firmware,
      currency: setup.currency,
      values: [...new Set(known.map(([, value]) => value))].sort((a, b) => a - b),
    },
    channels: new Map(known),
  }
}
