// One card in the reader, from the moment it is seen: powered up, asked whose it is, and given a line of its own.
import { fciOf, selectApplication, statusWord } from '../../../domain/power-card/apdu.ts'
import { serialInAtr } from '../../../domain/power-card/atr.ts'
import { sameBytes } from '../../../domain/power-card/bytes.ts'
import type { CardReaderEvent } from '../card-reader.ts'
import { pause, type Clock } from '../../clock.ts'
import { cardLine, type HeldLine, type LineEnd } from './line.ts'
import { driverDelays } from './reader-state.ts'
import { protocolT0, type Protocol, type Reader, type Transmitted } from './service.ts'

/** So often a card is powered up before it counts as not readable: a card pushed in slowly answers at the second try. */
export const powerUpTries = 3

export type Insertion = {
  line: HeldLine
  /** Says what kind of card it is; null when it was gone before that was known. */
  examine(): Promise<CardReaderEvent | null>
  /** The card or the reader is gone. */
  end(why: LineEnd): void
  /** The card's answer to reset, as the reader last told it. */
  hearAtr(atr: Uint8Array): void
}

type State = {
  reader: Reader
  clock: Clock
  atr: Uint8Array
  protocol: Protocol
  /** Of the card that was announced; another one is never talked to over the same line. */
  serial: Uint8Array | null
  ended: boolean
}

export const insertionIn = (
  reader: Reader,
  firstAtr: Uint8Array,
  { clock, giveUp }: { clock: Clock; /** Nothing helps over this context. */ giveUp: () => void },
): Insertion => {
  const state: State = {
    reader,
    clock,
    atr: firstAtr,
    protocol: protocolT0,
    serial: null,
    ended: false,
  }
  const line = cardLine(
    {
      protocol: () => state.protocol,
      transmit: (bytes) => transmit(state, bytes),
      revive: () => revive(state, clock),
      giveUp,
    },
    clock,
  )
  return {
    line,
    examine: () => examine(state, line),
    end: (why) => {
      state.ended = true
      line.end(why)
      void reader.disconnect()
    },
    hearAtr: (atr) => {
      if (atr.length > 0) state.atr = atr
    },
  }
}

const transmit = (state: State, bytes: Uint8Array): Promise<Transmitted> =>
  state.reader.transmit(bytes, state.protocol)

const examine = async (state: State, line: HeldLine): Promise<CardReaderEvent | null> => {
  for (let left = powerUpTries; left > 0 && !state.ended; left--) {
    if (await powerUp(state)) {
      const seen = await askWhose(state, line)
      if (seen !== null) return state.ended ? null : seen
    }
    if (!state.ended && left > 1) await pause(state.clock, driverDelays.connectAgainMs)
  }
  return end(state, { type: 'card.unusable', why: 'card not readable' })
}

const end = async (state: State, event: CardReaderEvent): Promise<CardReaderEvent | null> => {
  if (state.ended) return null
  await state.reader.disconnect()
  return state.ended ? null : event
}

const powerUp = async (state: State): Promise<boolean> => {
  const connected = await state.reader.connect()
  if (connected.kind === 'connected') state.protocol = connected.protocol
  return connected.kind === 'connected'
}

/** SELECT by AID decides whether a card is one of ours, not its answer to reset (power-card.md 2.1). */
const askWhose = async (state: State, line: HeldLine): Promise<CardReaderEvent | null> => {
  const reply = await line.exchange(selectApplication())
  if (reply.kind === 'unknown') return null
  const fci = reply.statusWord === statusWord.done ? fciOf(reply.data) : null
  if (fci === null || !serialAgrees(state.atr, fci.serial)) {
    return end(state, { type: 'card.unusable', why: 'foreign card' })
  }
  state.serial = fci.serial
  return { type: 'card.inserted', atr: state.atr, fci: reply.data, line }
}

/** Power-card.md 2.1: tag C0 counts; historical bytes of our form that carry another serial betray an imitation. */
const serialAgrees = (atr: Uint8Array, serial: Uint8Array): boolean => {
  const other = serialInAtr(atr)
  return other === null || sameBytes(other, serial)
}

/** Powers the card up after trouble, and makes sure that it is still the one that was announced. */
const revive = async (state: State, clock: Clock): Promise<boolean> => {
  if (!(await powerUp(state)) || state.ended) return false
  // Not announced yet: whoever examines the card selects the application next.
  if (state.serial === null) return true
  const probe = cardLine(
    {
      protocol: () => state.protocol,
      transmit: (bytes) => transmit(state, bytes),
      revive: () => Promise.resolve(false),
      giveUp: () => {},
    },
    clock,
  )
  const reply = await probe.exchange(selectApplication())
  const fci = reply.kind === 'answered' ? fciOf(reply.data) : null
  return fci !== null && sameBytes(fci.serial, state.serial)
}
