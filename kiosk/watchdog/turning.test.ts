// The limits of the loops against the drivers themselves: one whose device is silent stays within, one that hangs does not.
import type { Duplex } from 'node:stream'
import { createActor, type AnyActorLogic } from 'xstate'
import { describe, expect, it } from 'vitest'
import { zvtBankTerminal } from '../../drivers/bank-terminal/zvt/driver.ts'
import { memoryCable } from '../../drivers/cables.ts'
import { pcscCardReader } from '../../drivers/card-reader/pcsc/driver.ts'
import type { CardService } from '../../drivers/card-reader/pcsc/service.ts'
import { simulatedPcsc } from '../../drivers/card-reader/pcsc/simulator.ts'
import { sspNoteAcceptor } from '../../drivers/note-acceptor/ssp/driver.ts'
import { factoryFixedKey } from '../../drivers/note-acceptor/ssp/encryption.ts'
import {
  sspSimulator,
  usualSerialNumber,
} from '../../drivers/note-acceptor/ssp/simulator/simulator.ts'
import { escposReceiptPrinter } from '../../drivers/receipt-printer/escpos/driver.ts'
import { escposSimulator } from '../../drivers/receipt-printer/escpos/simulator/simulator.ts'
import { manualClock, type ManualClock } from '../../test/manual-clock.ts'
import { loopAges, type LoopAges } from '../fleet/loop-ages.ts'
import { limits } from './deciding.ts'
import { turning, turningCards } from './turning.ts'

type Role = keyof typeof limits.turnedMs
type Open = () => Promise<Duplex>
type World = { clock: ManualClock; loops: LoopAges }

const onLine = (role: Role, { loops }: World, open: Open) => ({
  open: turning(() => loops.turned(role), open),
  heard: loops.heard(role),
})

const serial: Record<Exclude<Role, 'cardReader'>, (world: World, open: Open) => AnyActorLogic> = {
  noteAcceptor: (world, open) =>
    sspNoteAcceptor({
      ...onLine('noteAcceptor', world, open),
      enrolledSerial: usualSerialNumber,
      fixedKey: factoryFixedKey,
      minorPerUnit: 100,
      encryption: 'required',
      clock: world.clock,
      report: ({ kind }) => kind === 'unanswered' && world.loops.turned('noteAcceptor'),
    }),
  receiptPrinter: (world, open) =>
    escposReceiptPrinter({
      ...onLine('receiptPrinter', world, open),
      model: 'generic-80',
      clock: world.clock,
    }),
  bankTerminal: (world, open) =>
    zvtBankTerminal({
      ...onLine('bankTerminal', world, open),
      password: '000000',
      terminalId: 'any',
      currency: 156,
      timeZone: 'UTC',
      vending: 'required',
      slip: 'own layout',
      sequence: false,
      framing: 'serial',
      clock: world.clock,
      now: world.clock.now,
    }),
}

/** The longest that the loop did nothing within ten minutes. */
const longestMs = async (role: Role, make: (world: World) => AnyActorLogic): Promise<number> => {
  const clock = manualClock()
  const loops = loopAges(clock)
  const actor = createActor(make({ clock, loops })).start()
  let longest = 0
  for (let passed = 0; passed < 600_000; passed += 1_000) {
    await clock.advance(1_000)
    longest = Math.max(longest, loops.turnedMs(role))
  }
  actor.stop()
  return longest
}

const never = () => new Promise<never>(() => undefined)
const cards = (service: CardService) => (world: World) =>
  pcscCardReader({
    clock: world.clock,
    service: turningCards(() => world.loops.turned('cardReader'), service),
    heard: world.loops.heard('cardReader'),
  })

describe.each(['noteAcceptor', 'receiptPrinter', 'bankTerminal'] as const)('%s', (role) => {
  const lastsMs = (open: Open) => longestMs(role, (world) => serial[role](world, open))

  it('that is not there stays within its limit', async () => {
    const longest = await lastsMs(() => Promise.reject(new Error('ENOENT: no such line')))
    expect(longest).toBeLessThan(limits.turnedMs[role] / 2)
  })

  it('that never answers stays within its limit', async () => {
    const longest = await lastsMs(() => Promise.resolve(memoryCable().host))
    expect(longest).toBeLessThan(limits.turnedMs[role])
  })

  it('whose loop hangs goes beyond it', async () => {
    expect(await lastsMs(never)).toBeGreaterThan(limits.turnedMs[role])
  })
})

describe('at rest', () => {
  it('a note acceptor is asked within its limit', async () => {
    const longest = await longestMs('noteAcceptor', (world) => {
      const device = sspSimulator({ clock: world.clock })
      return serial.noteAcceptor(world, () => {
        const cable = memoryCable()
        device.attach(cable.device)
        return Promise.resolve(cable.host)
      })
    })
    expect(longest).toBeLessThan(limits.turnedMs.noteAcceptor)
  })

  it('a receipt printer is asked within its limit', async () => {
    const longest = await longestMs('receiptPrinter', (world) => {
      const device = escposSimulator({
        model: 'generic-80',
        clock: world.clock,
        rowsPerSecond: Infinity,
      })
      return serial.receiptPrinter(world, () => {
        const cable = memoryCable()
        device.attach(cable.device)
        return Promise.resolve(cable.host)
      })
    })
    expect(longest).toBeLessThan(limits.turnedMs.receiptPrinter)
  })
})

describe('the card reader', () => {
  it('is asked within its limit', async () => {
    expect(await longestMs('cardReader', cards(simulatedPcsc().service))).toBeLessThan(
      limits.turnedMs.cardReader,
    )
  })

  it('without a daemon, or with one that hangs, stays within its limit', async () => {
    expect(await longestMs('cardReader', cards({ open: () => null }))).toBeLessThan(
      limits.turnedMs.cardReader,
    )
    const { service } = simulatedPcsc()
    const hangs: CardService = {
      open: (hear) => {
        const context = service.open(hear)
        return context && { close: () => context.close(), answers: never }
      },
    }
    expect(await longestMs('cardReader', cards(hangs))).toBeLessThan(limits.turnedMs.cardReader)
  })
})
