// Listens at the card reader: which command was sent and how the card answered, and none of the data of either.
import type { CardService, Reader } from '../../drivers/card-reader/pcsc/service.ts'
import type { Happening } from './trace.ts'

/** The same service. Data of commands and answers is names, balances and cryptograms: only its length is told. */
export const tappedCards = (
  service: CardService,
  tell: (happening: Happening) => void,
): CardService => ({
  open: (hear) => {
    const readers = new WeakMap<Reader, Reader>()
    const tappedReader = (reader: Reader): Reader => {
      const known = readers.get(reader) ?? tap(reader, tell)
      readers.set(reader, known)
      return known
    }
    return service.open((event) =>
      hear('reader' in event ? { ...event, reader: tappedReader(event.reader) } : event),
    )
  },
})

const tap = (reader: Reader, tell: (happening: Happening) => void): Reader => ({
  get name() {
    return reader.name
  },
  connect: () => reader.connect(),
  disconnect: () => reader.disconnect(),
  transmit: async (bytes, protocol) => {
    const header = [...bytes.subarray(0, 4)]
    tell({ kind: 'card command', header, bytes: Math.max(0, bytes.length - 5) })
    const reply = await reader.transmit(bytes, protocol)
    tell(answerOf(reply.kind === 'replied' ? reply.bytes : Uint8Array.of()))
    return reply
  },
})

const answerOf = (bytes: Uint8Array): Happening => {
  const [high, low] = bytes.subarray(-2)
  return high === undefined || low === undefined
    ? { kind: 'card answer', statusWord: null, bytes: 0 }
    : { kind: 'card answer', statusWord: high * 0x100 + low, bytes: bytes.length - 2 }
}
