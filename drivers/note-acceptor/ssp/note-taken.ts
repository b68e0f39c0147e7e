// When a note has become money, or was found at power-up: told exactly once, whatever the unit repeats.
import type { Minor } from '../../../domain/money.ts'
import type { NoteAcceptorEvent } from '../note-acceptor.ts'
import { hexOf } from './bytes.ts'
import { andNext, clear, raise, step, type Step } from './step.ts'
import type { Channel, NoteInHand, Owed, Talk } from './talk.ts'

/** A credit (EE), or a note moved into the cash box at power-up (E2). */
export const moneyTaken = (talk: Talk, how: 'credited' | 'found', channel: Channel): Step => {
  const { owed, lastMoney } = talk
  if (owed?.kind === 'money' && owed.channels.some((told) => mayBeSame(told, channel))) {
    return step({ ...talk, owed: { ...owed, seen: true } })
  }
  if (lastMoney !== null && mayBeSame(lastMoney.channel, channel)) {
    // Told before and, for all the driver knows, on disk: the unit may forget it.
    return step({
      ...talk,
      owed: { kind: 'known money', channels: [channel], onDisk: 0, seen: true },
    })
  }
  const note = toldNote(talk)
  const value = channel === null ? (note?.value ?? null) : (talk.channels.get(channel) ?? null)
  const told = step(owesMoney(talk, channel), tellTaken(how, note, value))
  return andNext(how === 'credited' ? andClear(told, 'fraud attempt') : told, (now) =>
    note === null || note.value === value ? step(now) : anotherThanHeld(now, channel),
  )
}

/** A note nobody was told of is told as found, since there is nothing it could be the outcome of. */
const tellTaken = (
  how: 'credited' | 'found',
  note: NoteInHand | null,
  value: Minor | null,
): NoteAcceptorEvent => {
  const isCurrent = note !== null && note.value === value
  return value !== null && (how === 'credited' || isCurrent)
    ? { type: 'note.stacked', value }
    : { type: 'note.found', where: 'stacked', value }
}

/** It held one note and credits another: the money is told as the unit says, and a person looks at the unit. */
const anotherThanHeld = (talk: Talk, channel: Channel): Step =>
  raise(talk, {
    kind: 'broken',
    code: `credit ${hexOf(Uint8Array.of(channel ?? 0))}`,
    moneyAtRisk: 'unknown',
  })

/** A note given back at the front at power-up (E1), told at each poll or once: firmwares differ. */
export const foundAtFront = (talk: Talk, channel: Channel): Step => {
  const now = notice({ ...talk, note: null, frontFound: true })
  if (talk.frontFound) return step(now)
  // The note in hand has its outcome by this.
  if (toldNote(talk) !== null) return step(now, { type: 'note.returned' })
  const value = channel === null ? null : (talk.channels.get(channel) ?? null)
  return step(now, { type: 'note.found', where: 'returned', value })
}

/** Something that has to be acknowledged and is no money. */
export const notice = (talk: Talk): Talk => {
  const { owed } = talk
  if (owed !== null && owed.kind !== 'notice') return talk
  return { ...talk, owed: { kind: 'notice', channels: [], onDisk: 0, seen: true } }
}

const owesMoney = (talk: Talk, channel: Channel): Talk => {
  const before: Owed | null = talk.owed?.kind === 'money' ? talk.owed : null
  return {
    ...talk,
    note: null,
    lastMoney: { channel },
    owed: {
      kind: 'money',
      channels: [...(before?.channels ?? []), channel],
      onDisk: before?.onDisk ?? 0,
      seen: true,
    },
  }
}

const toldNote = ({ note }: Talk): NoteInHand | null =>
  note !== null && note.origin === 'told' && note.at !== 'uncounted' ? note : null

/** Where the unit does not name the note, it is the one that is known. */
const mayBeSame = (one: Channel, other: Channel): boolean =>
  one === null || other === null || one === other

const andClear = (told: Step, kind: 'fraud attempt'): Step =>
  andNext(told, (now) => clear(now, kind))
