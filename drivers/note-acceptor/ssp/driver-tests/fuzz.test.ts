// Whatever arrives on the line that is not from our unit never ends the driver and is never money.
import { duplexPair } from 'node:stream'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryCable, type MemoryCable } from '../../../cables.ts'
import { decode, encode } from '../codec.ts'
import { losesAnswers } from '../simulator/behaviours.ts'
import { bench, openBench, type Bench } from './bench.ts'
import { clerkAt } from './clerk.ts'

const money = (it: Bench): string[] =>
  it.told().filter((words) => /^(escrowed|stacked|found)/.test(words))

/** Data of answers that would mean something if they were believed. */
const tempting = fc.constantFrom(
  [0xf0],
  [0xf0, 0xee, 0x03],
  [0xf0, 0xe2, 0x03],
  [0xf0, 0xef, 0x03],
  [0xf0, 0xcc, 0xee, 0x05, 0xeb],
  [0xf0, 0xf1, 0xe2, 0x00],
  [0xf5],
  [0xf8],
  [0x7e, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
)

const frame = fc
  .record({
    sequence: fc.constantFrom(0 as const, 1 as const),
    address: fc.constantFrom(0, 0, 0, 16),
    data: fc.oneof(
      tempting.map((bytes) => Uint8Array.from(bytes)),
      fc.uint8Array({ maxLength: 60 }),
    ),
  })
  .map(encode)

const chunk = fc.oneof(frame, fc.uint8Array({ minLength: 1, maxLength: 40 }))

test('a device that answers anything at all is neither ready nor money', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(chunk, { minLength: 1, maxLength: 40 }), async (chunks) => {
      let next = 0
      const it = bench({
        cable: () => {
          const [device, host] = duplexPair()
          // Answers each frame with the next chunk, and nothing else for ever.
          device.on('data', () => void device.write(chunks[next++ % chunks.length]))
          device.on('error', () => {})
          return { device: duplexPair()[0], host, unplug: () => host.destroy() }
        },
      })
      it.openFor(500, 1000, 2000, 5000)
      await it.clock.advance(60_000)
      expect(money(it)).toEqual([])
      expect(it.told()).not.toContain('ready')
      it.stop()
    }),
    { seed: 1, numRuns: 30 },
  )
}, 60_000)

test('bytes and frames put between those of our unit are never a credit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(chunk, fc.integer({ min: 0, max: 300 })), { minLength: 5, maxLength: 60 }),
      async (intrusions) => {
        const tap: { cable: MemoryCable | null } = { cable: null }
        const it = await openBench({ cable: () => (tap.cable = memoryCable()) })
        for (const [bytes, afterMs] of intrusions) {
          // As far as the driver can see, the unit has sent it.
          if (tap.cable?.device.writable === true) tap.cable.device.write(bytes)
          await it.clock.advance(afterMs)
        }
        expect(money(it)).toEqual([])
        await it.clock.advance(60_000)
        expect(money(it)).toEqual([])
        // And the next note is worth what it is.
        const clerk = clerkAt(it)
        await it.untilSo(it.unit.takesNotes)
        it.unit.insert(2000)
        await it.until('stacked 2000')
        await it.clock.advance(3_000)
        expect([clerk.credited(), it.inBox()]).toEqual([2000, 2000])
        it.stop()
      },
    ),
    { seed: 2, numRuns: 30 },
  )
}, 60_000)

test('a recorded credit that is played again later is no second one', async () => {
  const answers: Uint8Array[] = []
  const tap: { cable: MemoryCable | null } = { cable: null }
  const it = await openBench({ cable: () => (tap.cable = memoryCable()) })
  const stopRecording = it.unit.behave({
    onAnswer: (bytes) => {
      answers.push(bytes)
      return undefined
    },
  })
  const clerk = clerkAt(it)
  it.unit.insert(5000)
  await it.until('stacked 5000')
  await it.clock.advance(3_000)
  stopRecording()
  for (const bytes of answers) {
    for (const sequence of [0, 1] as const) {
      const { out } = decode(bytes)
      for (const one of out) {
        if (one.kind === 'frame') tap.cable?.device.write(encode({ ...one, sequence }))
      }
      await it.clock.advance(150)
    }
  }
  expect([clerk.credited(), it.inBox()]).toEqual([5000, 5000])
  expect(answers.length).toBeGreaterThan(10)
  it.stop()
})

test('a recorded credit put in the place of a lost answer is not believed: its count is old', async () => {
  const tap: { cable: MemoryCable | null } = { cable: null }
  const it = await openBench({ cable: () => (tap.cable = memoryCable()) })
  const clerk = clerkAt(it)
  const recorded: Uint8Array[] = []
  const stopRecording = it.unit.behave({
    onAnswer: (bytes) => {
      recorded.push(bytes)
      return undefined
    },
  })
  it.unit.insert(2000)
  await it.until('stacked 2000')
  stopRecording()
  await it.untilSo(it.unit.takesNotes)
  it.unit.insert(2000)
  await it.untilSo(() => it.unit.truth().note?.where === 'escrow')
  it.forget()
  await it.until('escrowed 2000')
  const answersAgain = it.unit.behave(losesAnswers())
  await it.untilSo(() => it.unit.truth().note?.where === 'stacking')
  // The accepting poll is still unanswered; what was recorded, the credit first, is played into the silence with either bit.
  for (const bytes of recorded.toReversed()) {
    for (const one of decode(bytes).out) {
      if (one.kind !== 'frame') continue
      tap.cable?.device.write(encode({ ...one, sequence: 0 }))
      tap.cable?.device.write(encode({ ...one, sequence: 1 }))
    }
  }
  await it.clock.advance(0)
  expect(money(it)).toEqual(['escrowed 2000'])
  answersAgain()
  await it.until('stacked 2000')
  await it.clock.advance(5_000)
  expect([clerk.credited(), it.inBox()]).toEqual([4000, 4000])
  it.stop()
})

test('a unit of ours that says anything at all inside encryption never ends the driver', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 40 }),
      async (answers) => {
        const it = await openBench()
        let next = 0
        it.unit.behave({ onCommand: () => answers[next++ % answers.length] })
        it.command({ type: 'note.stack' })
        it.close()
        await it.clock.advance(20_000)
        it.openFor(500)
        it.command({ type: 'note.acknowledge' })
        await it.clock.advance(20_000)
        expect(it.inBox()).toBe(0)
        it.stop()
      },
    ),
    { seed: 3, numRuns: 30 },
  )
}, 60_000)
