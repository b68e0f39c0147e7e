// What a meter does with a card, check by check in the order of power-card.md 10.3: the first that fails gives the code.
import {
  fciOf,
  readBinary,
  selectApplication,
  statusWord,
} from '../../../domain/power-card/apdu.ts'
import { serialInAtr } from '../../../domain/power-card/atr.ts'
import { sameBytes, toHex } from '../../../domain/power-card/bytes.ts'
import { cardEvent } from '../../../domain/power-card/card-record.ts'
import {
  cardType,
  isServiceType,
  kindAgrees,
  readParameters,
  unitFlag,
  type Parameters,
} from '../../../domain/power-card/parameters.ts'
import {
  channel,
  purchaseUnit,
  readPurchase,
  type Purchase,
} from '../../../domain/power-card/purchase.ts'
import { readWriteBack } from '../../../domain/power-card/write-back.ts'
import { cardFiles } from '../../../domain/power-card/layout.ts'
import { isPurchaseSealed, isWriteBackSealed } from '../../../domain/power-card/seals.ts'
import type { CardInSlot } from '../simulated-card/simulated-card.ts'
import { commit, honoured, readPricesFor, type Commit } from './commit.ts'
import { nothingTaken } from './images.ts'
import {
  cardKeysFor,
  openSessionWith,
  writeDown,
  type Inserted,
  type Meter,
  type SeenCard,
} from './insertion.ts'
import { Refused, type MeterLine, type MeterSession } from './line.ts'

/** Step 1: what must work before a card is looked at. */
export const checkItself = ({ state }: Meter): void => {
  if (state.voltage < 176) throw new Refused(1)
  if (state.securityModule === 'dead') throw new Refused(2)
  if (state.securityModule === 'reset fails') throw new Refused(3)
}

/** Steps 2 to 7: whether this is a card of the area at all. Plain reads only; nothing is decided on them alone. */
export const lookAtCard = (meter: Meter, card: CardInSlot, line: MeterLine): SeenCard => {
  if (card.atr().length === 0) throw new Refused(4)
  const selected = line.ask(selectApplication())
  if (selected.statusWord !== statusWord.done) throw new Refused(8)
  const fci = fciOf(selected.data)
  if (fci === null) throw new Refused(14)
  const { serial } = fci
  // 2.1: another serial in historical bytes of our form belongs to no genuine card.
  const shown = serialInAtr(card.atr())
  if (shown !== null && !sameBytes(shown, serial)) throw new Refused(5)
  const ef01 = readPlain(line)
  const read = readParameters(ef01)
  if (read.kind === 'malformed') throw new Refused(14)
  const { parameters } = read
  if (!isTypeTaken(parameters.type)) throw new Refused(8)
  if (!kindAgrees(parameters) || isEnergy(parameters) !== (meter.state.mode === 'energy')) {
    throw new Refused(14)
  }
  if (parameters.area !== meter.state.area) throw new Refused(22)
  // Before EXTERNAL AUTHENTICATE: a card in a foreign meter never loses tries of K_EM (10.2).
  const { keyVersion } = parameters
  const keys = cardKeysFor(meter, { serial, keyVersion })
  if (keys === null || keyVersion !== fci.keyVersion) throw new Refused(9)
  return { serial, ef01, parameters, keys }
}

const readPlain = (line: MeterLine): Uint8Array => {
  const { sfi, size } = cardFiles.parameters
  const { statusWord: word, data } = line.ask(readBinary(sfi, 0, size))
  if (word === statusWord.wrongRange) throw new Refused(7)
  if (word !== statusWord.done) throw new Refused(19)
  return data
}

/** 01 to 04 and 50 to 53; 54 needs a key load and is refused in version 01 (11). */
const isTypeTaken = (type: number): boolean =>
  (type >= cardType.opening && type <= cardType.preset) || (isServiceType(type) && type <= 0x53)

const isEnergy = ({ unitFlags }: Parameters): boolean => (unitFlags & unitFlag.energyMode) !== 0

/** Steps 9 to 12: whether the card belongs to this meter, its customer, and is their newest. */
export const checkWhose = ({ state }: Meter, { parameters, serial }: SeenCard): void => {
  const { type, meter, customer, issueNumber } = parameters
  if (meter !== state.number) throw new Refused(11)
  if (!state.opened) {
    if (type === cardType.purchase) throw new Refused(15)
    if (type === cardType.replacement) throw new Refused(16)
    if (type === cardType.preset && Number(customer) !== 0) throw new Refused(14)
    return
  }
  if (type === cardType.preset) throw new Refused(8)
  if (customer !== state.customer) throw new Refused(12)
  const mayReplace = type === cardType.opening || type === cardType.replacement
  if (toHex(serial) === state.serial) return
  if (!mayReplace || issueNumber <= state.issueNumber) throw new Refused(13)
}

/** Step 14: the genuine chip confirms what was read in plain. */
export const confirmParameters = (session: MeterSession, { ef01 }: SeenCard): void => {
  if (!sameBytes(session.read(cardFiles.parameters.sfi), ef01)) throw new Refused(14)
}

/** Steps 13 to 24 for the cards of customers and for preset cards. */
export const takeCard = (meter: Meter, card: SeenCard, line: MeterLine): Inserted => {
  const session = openSessionWith(meter, line, card)
  confirmParameters(session, card)
  const purchase = readProvenPurchase(meter, card, session)
  const decided = decide(meter, { card, purchase, session })
  const at = { line, session, card }
  if (decided.result !== 0) {
    const { result } = decided
    const note = { event: cardEvent.refused, amount: result, count: meter.state.count }
    return writeDown(meter, at, {
      result,
      taken: nothingTaken,
      note,
      codeIfPulled: result,
      credited: 0,
    })
  }
  const { commit: content } = decided
  meter.state = commit(meter.state, content)
  const { orderNumber, amount } = purchase
  const { count } = meter.state
  return writeDown(meter, at, {
    result: 0,
    taken: content.taken,
    note: content.taken.credited
      ? { event: cardEvent.credited, orderNumber, amount, count }
      : { event: cardEvent.writtenBack, count },
    codeIfPulled: 20,
    credited: content.value,
  })
}

/** Steps 15 and 16. */
const readProvenPurchase = (meter: Meter, card: SeenCard, session: MeterSession): Purchase => {
  const bytes = session.read(cardFiles.purchase.sfi)
  const purchase = readPurchase(bytes)
  const unit = meter.state.mode === 'energy' ? purchaseUnit.energy : purchaseUnit.money
  if (purchase.problem !== null || purchase.unit !== unit) throw new Refused(14)
  if (purchase.channel === channel.remoteDelivery) throw new Refused(14)
  const { customer } = card.parameters
  const of = { meter: meter.state.number, customer, serial: card.serial }
  if (!meter.keys().all.some((key) => isPurchaseSealed(key, bytes, of))) throw new Refused(10)
  return purchase
}

type Decided = { result: 17 | 18 | 21 } | { result: 0; commit: Commit }

/** Steps 17 to 21. */
const decide = (
  meter: Meter,
  of: { card: SeenCard; purchase: Purchase; session: MeterSession },
): Decided => {
  const { card, purchase, session } = of
  const { state } = meter
  const { parameters } = card
  const preset = parameters.type === cardType.preset
  const value = state.mode === 'energy' ? purchase.energy : purchase.amount
  const taken = honoured(parameters, state.opened)
  if (preset && purchase.count !== 0) return { result: 17 }
  const above = preset ? 0 : purchase.count - state.count
  if (above >= 2) return { result: 17 }
  if (above === 1) {
    if (!isCollected(meter, card, session)) return { result: 18 }
    const limit = taken.parameters ? parameters.hoardingLimit : state.limits.hoarding
    if (limit !== 0 && state.remaining + value > limit) return { result: 21 }
  }
  const credits = above === 1 || (preset && !state.presetTaken)
  return {
    result: 0,
    commit: {
      preset,
      parameters,
      serial: card.serial,
      count: credits && !preset ? purchase.count : state.count,
      value: credits ? value : 0,
      honoured: taken,
      prices: readPricesFor(taken, session),
      taken: {
        credited: credits,
        standbyPrices: taken.standbyRates || taken.standbyLadder,
        parameters: taken.parameters,
      },
    },
  }
}

/** Step 19: the card's news is at the office, or it is this meter's own note that it was too full before. */
const isCollected = (meter: Meter, { serial }: SeenCard, session: MeterSession): boolean => {
  const bytes = session.read(cardFiles.writeBack.sfi)
  const read = readWriteBack(bytes)
  if (read.kind === 'empty') return true
  if (read.kind === 'invalid') return false
  const { meter: writer, result, count } = read.record
  return (
    writer === meter.state.number &&
    result === 21 &&
    count === meter.state.count &&
    meter.keys().all.some((key) => isWriteBackSealed(key, bytes, serial))
  )
}
