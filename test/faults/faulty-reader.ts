// A card service whose n-th command to a card goes wrong.
import { never } from '../../domain/never.ts'
import type {
  CardService,
  Reader,
  ServiceEvent,
  Transmitted,
} from '../../drivers/card-reader/pcsc/service.ts'
import { garbled } from './faulty-cable.ts'
import type { Life } from './life.ts'
import type { Kind, Traps } from './traps.ts'

/** PC/SC: not transacted. */
const notTransacted: Transmitted = { kind: 'error', code: 0x80100016 }
/** More than the driver waits for an answer. */
const lateMs = 12_000

export type FaultyReaderOptions = {
  service: CardService
  traps: Traps
  life: Life
  wait: (ms: number) => Promise<unknown>
  /** The reader is unplugged, and plugged in again after a while. */
  pull: () => void
}

export const faultyReader = (options: FaultyReaderOptions): CardService => ({
  open: (hear) => {
    const wrapped = new Map<Reader, Reader>()
    const ours = (reader: Reader): Reader => {
      const known = wrapped.get(reader) ?? readerWith(options, reader)
      wrapped.set(reader, known)
      return known
    }
    return options.service.open((event: ServiceEvent) => {
      if (options.life.hasEnded()) return
      hear('reader' in event ? { ...event, reader: ours(event.reader) } : event)
    })
  },
})

const readerWith = (options: FaultyReaderOptions, reader: Reader): Reader => ({
  ...reader,
  transmit: async (bytes, protocol) => {
    const { traps, life } = options
    const send = () => reader.transmit(bytes, protocol)
    if (life.hasEnded()) return notTransacted
    const kind = traps.meet('card', 'call', Buffer.from(bytes).toString('hex').slice(0, 10))
    const reply = kind === null ? await send() : await meet(options, kind, send)
    return life.hasEnded() ? notTransacted : reply
  },
})

const meet = async (
  { life, wait, pull }: FaultyReaderOptions,
  kind: Kind,
  send: () => Promise<Transmitted>,
): Promise<Transmitted> => {
  switch (kind) {
    case 'error':
      return notTransacted
    case 'request lost':
      await wait(lateMs)
      return notTransacted
    case 'answer lost':
      await send()
      return notTransacted
    case 'answer late': {
      const reply = await send()
      await wait(lateMs)
      return reply
    }
    case 'garbled': {
      const reply = await send()
      return reply.kind === 'replied' ? { ...reply, bytes: garbled(reply.bytes) } : reply
    }
    case 'short': {
      const reply = await send()
      return reply.kind === 'replied' ? { ...reply, bytes: reply.bytes.subarray(0, 1) } : reply
    }
    case 'gone':
      await send()
      pull()
      return notTransacted
    case 'crash before':
      life.end()
      return notTransacted
    case 'crash after':
      await send()
      life.end()
      return notTransacted
    default:
      return never(kind)
  }
}
