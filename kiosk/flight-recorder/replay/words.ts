// What one thing in a recording means, in words a technician reads.
import { decodeAnswers } from '../../../drivers/receipt-printer/escpos/answers.ts'
import { printerModels } from '../../../drivers/receipt-printer/escpos/models.ts'
import { decode } from '../../../drivers/note-acceptor/ssp/codec.ts'
import { hexOf } from '../../../drivers/note-acceptor/ssp/bytes.ts'
import { code } from '../../../drivers/note-acceptor/ssp/commands.ts'
import { pollEvents } from '../../../drivers/note-acceptor/ssp/poll-events.ts'
import { answerOf, countersOf } from '../../../drivers/note-acceptor/ssp/replies.ts'
import type { RecordedLine } from '../lines.ts'
import { isSealed } from '../redacting-ssp.ts'
import { wordOf } from './escpos-words.ts'

export type LineWords = {
  /** Null: said already, in the clear beside it. */
  bytes: (way: 'out' | 'in', bytes: Uint8Array, hasClear: boolean) => string | null
  clear: (way: 'out' | 'in', bytes: Uint8Array) => string
}

/** One conversation: an answer is read by what was asked last. */
export const wordsOf = (spec: RecordedLine): LineWords => {
  switch (spec.protocol) {
    case 'ssp':
      return sspWords()
    case 'escpos':
      return {
        bytes: (way, bytes) =>
          way === 'out' ? printed(bytes) : answered(bytes, dialectOf(spec.model)),
        clear: (_, bytes) => hexOf(bytes),
      }
    default:
      return { bytes: (_, bytes) => `${bytes.length} bytes`, clear: (_, bytes) => hexOf(bytes) }
  }
}

const commandNames = new Map<number | undefined, string>(
  Object.entries(code).map(([name, value]) => [value, name]),
)

const sspWords = (): LineWords => {
  let asked: number | undefined
  const said = (way: 'out' | 'in', data: Uint8Array): string => {
    if (way === 'in') return sspAnswer(asked, data)
    asked = data[0]
    const name = commandNames.get(asked) ?? `unknown ${hexOf(data.subarray(0, 1))}`
    return data.length === 1 ? name : `${name} ${hexOf(data.subarray(1))}`
  }
  return {
    clear: said,
    bytes: (way, bytes, hasClear) => {
      const [one] = decode(bytes).out
      if (one === undefined) return `broken off: ${hexOf(bytes)}`
      if (one.kind === 'discarded') return `${one.why}: ${hexOf(one.bytes)}`
      if (!isSealed(one)) return said(way, one.data)
      if (hasClear) return null
      return way === 'out' ? 'the same again' : 'a sealed answer that is not taken'
    },
  }
}

const sspAnswer = (asked: number | undefined, data: Uint8Array): string => {
  const answer = answerOf(data)
  if (answer === null) return 'nothing'
  if (answer.kind !== 'ok')
    return answer.kind === 'refused' ? `refused ${hexOf(data)}` : answer.kind
  if (asked === code.pollWithAck || asked === code.poll) return polled(answer.data)
  if (asked === code.counters) {
    const counters = countersOf(answer.data)
    return counters === null
      ? `counters ${hexOf(answer.data)}`
      : `${counters.stacked} stacked, ${counters.rejected} rejected`
  }
  return answer.data.length === 0 ? 'ok' : `ok ${hexOf(answer.data)}`
}

const polled = (data: Uint8Array): string => {
  const { events, unread } = pollEvents(data)
  const told = events.map((event) => Object.values(event).join(' '))
  if (unread.length > 0) told.push(`unread ${hexOf(unread)}`)
  return told.length === 0 ? 'nothing new' : told.join(', ')
}

const printed = (bytes: Uint8Array): string => `${wordOf(bytes)}, ${bytes.length} bytes`

const dialectOf = (model: keyof typeof printerModels) =>
  printerModels[model].presenter.kind === 'custom' ? 'custom' : 'epson'

const answered = (bytes: Uint8Array, dialect: 'custom' | 'epson'): string => {
  const { answers, rest } = decodeAnswers(bytes, dialect)
  const told = answers.map(({ kind, ...members }) =>
    [kind, ...Object.values(members).map((member) => JSON.stringify(member))].join(' '),
  )
  if (rest.length > 0) told.push(`broken off: ${hexOf(rest)}`)
  return told.join(', ')
}
