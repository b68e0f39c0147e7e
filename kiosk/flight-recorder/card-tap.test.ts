// Of a card only what was asked and how it answered is known, never what was in it.
import { expect, it } from 'vitest'
import { simulatedPcsc } from '../../drivers/card-reader/pcsc/simulator.ts'
import {
  protocolT0,
  type Reader,
  type ServiceEvent,
} from '../../drivers/card-reader/pcsc/service.ts'
import { simulatedCard } from '../../drivers/card-reader/simulated-card/simulated-card.ts'
import { sampleTown } from '../bench/town/town.ts'
import { applicationId } from '../../domain/power-card/layout.ts'
import { tappedCards } from './card-tap.ts'
import type { Happening } from './trace.ts'

it('the header of a command, the status word of an answer, and how long both were', async () => {
  const town = sampleTown({ now: Date.UTC(2026, 10, 23) })
  const state = town.cards.map((card) => card.state).find((one) => !('atr' in one))
  if (state === undefined || 'atr' in state) throw new Error('a town without cards')
  const reader = simulatedPcsc()
  const told: Happening[] = []
  const heard: ServiceEvent[] = []
  tappedCards(reader.service, (happening) => told.push(happening)).open((event) =>
    heard.push(event),
  )
  reader.insert(simulatedCard({ state }))
  await new Promise((resolve) => setImmediate(resolve))
  const readers = new Set<Reader>()
  for (const event of heard) if ('reader' in event) readers.add(event.reader)
  expect(readers.size).toBe(1)
  const [one] = readers
  await one?.connect()
  const select = Uint8Array.of(0, 0xa4, 4, 0, applicationId.length, ...applicationId)
  const reply = await one?.transmit(select, protocolT0)
  expect(told[0]).toEqual({
    kind: 'card command',
    header: [0, 0xa4, 4, 0],
    bytes: applicationId.length,
  })
  const bytes = reply?.kind === 'replied' ? reply.bytes : Uint8Array.of()
  expect(told[1]).toEqual({
    kind: 'card answer',
    statusWord: Buffer.from(bytes).readUInt16BE(bytes.length - 2),
    bytes: bytes.length - 2,
  })
})
