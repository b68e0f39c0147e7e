// One command and all that the terminal leads with because of it, until it hands the line back (devices.md 10.2, mastership).
import { sameReceipt } from './matching.ts'
import type { Apdu } from './apdu.ts'
import { pause, type Conversation } from './conversation.ts'
import type { Fields } from './fields.ts'
import type { Sent } from './link.ts'
import { messageOf, type Message, type StatusInformation } from './messages.ts'
import { answerToStranger } from './payment-words.ts'
import { paymentDelays } from './payment.ts'
import { done, refusal, refused } from './requests.ts'
import { sequenceOf, withSequence } from './sequence.ts'

export type CommandEnd =
  | { kind: 'completed'; data: Uint8Array }
  | { kind: 'aborted'; code: number; fields: Fields }
  /** Answered with 84 xx: not begun. */
  | { kind: 'refused'; code: number }
  /** The line is of no use any more. What became of the command is not known. */
  | { kind: 'lost' }

export type Listener = {
  information?: (information: StatusInformation) => void
  doing?: (status: number) => void
  /** Looked at after every word: once true, the terminal is told to stop. */
  stop?: () => Apdu | null
}

/** Leads: a new message, with an id of its own where ids are agreed. */
export const lead = async (c: Conversation, message: Apdu): Promise<Sent> => {
  if (c.link === null) return 'closed'
  if (c.sequence === null) return c.link.send(message)
  c.sequence = (c.sequence + 1) % 0x1000000
  return c.link.send(withSequence(message, c.sequence))
}

/** Answers what was heard last, with its id. */
export const answer = async (c: Conversation, message: Apdu): Promise<Sent> => {
  if (c.link === null) return 'closed'
  const id = c.theirSequence
  return c.link.send(c.sequence === null || id === null ? message : withSequence(message, id))
}

/** The next word of the terminal; 'silence' once the limit has passed, 'woken' when there is something else to look at. */
export const hearNext = async (
  c: Conversation,
  untilMs: number,
): Promise<Message | 'silence' | 'woken' | 'closed'> => {
  if (c.inbox.length === 0 && c.link?.isOpen() === true && !c.stopped) {
    await pause(c, untilMs - c.clock.monotonic())
  }
  const next = c.inbox.shift()
  if (next === undefined) {
    if (c.stopped || c.link?.isOpen() !== true) return 'closed'
    return c.clock.monotonic() >= untilMs ? 'silence' : 'woken'
  }
  const message = messageOf(next, c.unit?.terminalId ?? '00000000')
  if (message.kind !== 'done' && message.kind !== 'refused') c.theirSequence = sequenceOf(next)
  return message
}

/** The line is given up: it is opened again, and all is agreed again. */
export const lose = (c: Conversation): CommandEnd => {
  c.link?.close()
  return { kind: 'lost' }
}

/** Answers what the terminal says while nothing of ours is under way: it may be in the middle of something older. */
export const answerStrangers = async (c: Conversation): Promise<void> => {
  while (c.inbox.length > 0 && !c.stopped) {
    const message = await hearNext(c, 0)
    if (typeof message === 'string') return
    await answerStranger(c, message)
  }
}

const answerStranger = async (c: Conversation, message: Message): Promise<void> => {
  if (message.kind === 'done' || message.kind === 'refused') return
  const told = message.kind === 'status information' ? message.information.receipt : null
  // Our 80 00 to it was lost with the line: the goods are out, and it may be stored.
  const isConfirmed = told !== null && c.confirmed !== null && sameReceipt(told, c.confirmed)
  await answer(c, isConfirmed ? done : answerToStranger(message))
}

/**
 * For commands that may be repeated. Every word is answered with "heard"; what matters of it goes to the listener. A terminal
 * that does not answer in time loses the line.
 */
export const runCommand = async (
  c: Conversation,
  command: Apdu,
  listener: Listener = {},
): Promise<CommandEnd> => {
  await answerStrangers(c)
  if ((await lead(c, command)) !== 'sent') return lose(c)
  let untilMs = c.clock.monotonic() + paymentDelays.answerMs
  let begun = false
  let stopped = false
  for (;;) {
    const stop = begun && !stopped ? (listener.stop?.() ?? null) : null
    if (stop !== null) {
      stopped = true
      if ((await lead(c, stop)) !== 'sent') return lose(c)
    }
    const message = await hearNext(c, untilMs)
    if (message === 'woken') continue
    if (message === 'silence' || message === 'closed') return lose(c)
    if (!begun) {
      if (message.kind === 'refused') return message
      begun = message.kind === 'done'
      if (begun) untilMs = c.clock.monotonic() + paymentDelays.messageMs
      else await answerStranger(c, message)
      continue
    }
    const end = await heardWord(c, message, listener)
    if (end !== null) return end
    const minutes = message.kind === 'doing' ? message.limitMinutes : null
    untilMs = c.clock.monotonic() + (minutes === null ? paymentDelays.messageMs : minutes * 60_000)
  }
}

/** Null while the terminal goes on. */
const heardWord = async (
  c: Conversation,
  message: Message,
  listener: Listener,
): Promise<CommandEnd | null> => {
  if (message.kind === 'done' || message.kind === 'refused') return null
  if (message.kind === 'status information' && listener.information === undefined) {
    // Nothing we asked for is told so: an approval of something older, whose 80 00 we took for our own.
    await answerStranger(c, message)
    return null
  }
  if (message.kind === 'doing') listener.doing?.(message.status)
  if (message.kind === 'status information') listener.information?.(message.information)
  const word = message.kind === 'unknown' ? refused(refusal.notUnderstood) : done
  const isEnd = message.kind === 'completed' || message.kind === 'aborted'
  // Whether the answer to the end arrives or not, it is the end.
  if ((await answer(c, word)) !== 'sent' && !isEnd) return lose(c)
  return isEnd ? message : null
}
