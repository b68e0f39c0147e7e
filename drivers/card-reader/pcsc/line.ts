// The line to the card of one insertion: one command at a time, each sent once, none after the card is gone.
import type { ApduReply, CardLine } from '../card-reader.ts'
import { pause, within, type Clock } from '../../clock.ts'
import { begin, follow, type Exchange } from './exchange.ts'
import { rungAfter } from './ladder.ts'
import { driverDelays } from './reader-state.ts'
import { whyOf, type Protocol, type Transmitted } from './service.ts'

export type LineEnd = 'card removed' | 'reader lost'

/** What the line is laid over: one powered card. */
export type Wire = {
  protocol(): Protocol
  transmit(bytes: Uint8Array): Promise<Transmitted>
  /** After trouble: powers the same card up again and selects the application. False when that is not so. */
  revive(): Promise<boolean>
  /** Nothing helps over this context. */
  giveUp(): void
}

export type HeldLine = CardLine & {
  /** From now on nothing is sent. What was sent before may still be answered for a moment: the card had left no sooner than its answer. */
  end(why: LineEnd): void
}

type State = {
  wire: Wire
  clock: Clock
  ended: LineEnd | null
  whenEnded: Promise<LineEnd>
  /** A command that was sent and is not answered; it may outlive its time-out, because PC/SC takes none back. */
  outstanding: Promise<Transmitted> | null
  /** The card or the reader failed us and was not powered up since. */
  troubled: boolean
  /** Power-ups in a row that did not bring it back. */
  failedRevivals: number
}

export const cardLine = (wire: Wire, clock: Clock): HeldLine => {
  const { promise: whenEnded, resolve } = Promise.withResolvers<LineEnd>()
  const state: State = {
    wire,
    clock,
    ended: null,
    whenEnded,
    outstanding: null,
    troubled: false,
    failedRevivals: 0,
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    exchange: (command) => {
      const turn = last.then(() => exchange(state, command))
      last = turn
      return turn
    },
    end: (why) => {
      state.ended ??= why
      resolve(state.ended)
    },
  }
}

const exchange = async (state: State, command: Uint8Array): Promise<ApduReply> => {
  if (state.ended === null) await recover(state)
  if (state.ended !== null) return unknown(state.ended)
  const hangs = state.outstanding !== null
  if (state.troubled || hangs) {
    const { failedRevivals } = state
    if (rungAfter({ hangs, failedRevivals }) === 'new context') state.wire.giveUp()
    return unknown('no reply')
  }
  return converse(state, begin(command, state.wire.protocol()))
}

/** Waits for a late answer, which nobody wants any more, and powers the card up again where it failed. */
const recover = async (state: State): Promise<void> => {
  if (state.outstanding !== null) {
    await within(
      state.clock,
      driverDelays.replyMs,
      Promise.race([state.outstanding, state.whenEnded]),
    )
  }
  if (state.outstanding !== null || !state.troubled || state.ended !== null) return
  // Power-card.md 8.4: after a lost answer the card is read, if it is there. A write sent now meets no session.
  const revived = within(state.clock, driverDelays.replyMs, state.wire.revive())
  state.troubled = (await Promise.race([revived, state.whenEnded])) !== true
  state.failedRevivals = state.troubled ? state.failedRevivals + 1 : 0
}

const converse = async (state: State, first: Exchange): Promise<ApduReply> => {
  for (let exchange = first; ;) {
    const reply = await send(state, exchange.sent)
    if (reply.kind === 'unknown') return reply
    const followed = follow(exchange, reply.bytes)
    switch (followed.kind) {
      case 'answered':
        return followed
      case 'unknown':
        return trouble(state, null)
      case 'send':
        exchange = followed.exchange
    }
  }
}

type Sent = Extract<Transmitted, { kind: 'replied' }> | Extract<ApduReply, { kind: 'unknown' }>

const send = async (state: State, bytes: Uint8Array): Promise<Sent> => {
  const sending = state.wire.transmit(bytes).then((transmitted) => {
    state.outstanding = null
    if (transmitted.kind === 'error') state.troubled = true
    return transmitted
  })
  state.outstanding = sending
  const got = await within(
    state.clock,
    driverDelays.replyMs,
    Promise.race([sending, endedForAWhile(state)]),
  )
  // An answer of the card counts also when the reader was quicker to tell that the card has left.
  if (typeof got !== 'string' && got.kind === 'replied') return got
  if (state.ended !== null) return unknown(state.ended)
  if (got === 'too late') return unknown('no reply')
  if (typeof got === 'string') return unknown(got)
  return trouble(state, whyOf(got))
}

/** Settles when the card or the reader is gone, and an answer that was on its way would have come. */
const endedForAWhile = async ({ whenEnded, clock }: State): Promise<LineEnd> => {
  const why = await whenEnded
  await pause(clock, driverDelays.answerUnderWayMs)
  return why
}

/** No answer: when the error does not say why, a removal is given time to be noticed. */
const trouble = async (state: State, why: LineEnd | null): Promise<Unknown> => {
  state.troubled = true
  if (why !== null) return unknown(why)
  const noticed = await within(state.clock, driverDelays.removalNoticeMs, state.whenEnded)
  return unknown(noticed === 'too late' ? 'no reply' : noticed)
}

type Unknown = Extract<ApduReply, { kind: 'unknown' }>

const unknown = (why: Unknown['why']): Unknown => ({ kind: 'unknown', why })
