// Commissioning: the serial number to enrol, and a key that is only believed when the unit has proved it.
import { expect, test } from 'vitest'
import { manualClock } from '../../../test/manual-clock.ts'
import { memoryCable } from '../../cables.ts'
import { code } from './commands.ts'
import { commission, inWords, type Commissioned } from './commission.ts'
import { factoryFixedKey } from './encryption.ts'
import { answersWith, losesAnswers } from './simulator/behaviours.ts'
import { newUnit } from './simulator/truth.ts'
import { sspSimulator } from './simulator/simulator.ts'

const newKey = 0x1122334455667788n

const setUp = (fixedKey = factoryFixedKey) => {
  const clock = manualClock()
  const unit = sspSimulator({ clock, truth: newUnit({ serialNumber: '4711', fixedKey }) })
  const { device, host } = memoryCable()
  unit.attach(device)
  const run = async (change: bigint | null, key = factoryFixedKey): Promise<Commissioned> => {
    const running = commission({ line: host, clock, fixedKey: key, newFixedKey: change })
    const watched: { done: boolean } = { done: false }
    void running.finally(() => (watched.done = true))
    while (!watched.done) await clock.advance(500)
    unit.dispose()
    return running
  }
  return { unit, run }
}

test('says the serial number to enrol', async () => {
  const { run } = setUp()
  expect(inWords(await run(null))).toBe(
    'Enrol it with "serial": "4711". Firmware 0333, EUR 5, 10, 20, 50, 100.',
  )
})

test('changes the key, and the unit proves it', async () => {
  const { unit, run } = setUp()
  expect(await run(newKey)).toMatchObject({ kind: 'commissioned' })
  expect(unit.truth().fixedKey).toBe('1122334455667788')
})

test('leaves a unit alone whose key it does not know', async () => {
  const { unit, run } = setUp(newKey)
  expect(await run(0n)).toEqual({ kind: 'not trusted' })
  expect(unit.truth().fixedKey).toBe('1122334455667788')
})

test('a refused key is not taken for a new one', async () => {
  const { unit, run } = setUp()
  unit.behave(answersWith('F5', { to: code.setFixedKey }))
  expect(await run(newKey)).toEqual({ kind: 'key refused', code: 0xf5 })
})

test('a lost answer is no answer: the talk with the new key decides', async () => {
  const { unit, run } = setUp()
  unit.behave(losesAnswers({ to: code.setFixedKey }))
  expect(await run(newKey)).toMatchObject({ kind: 'commissioned' })
  expect(unit.truth().fixedKey).toBe('1122334455667788')
})

test('a unit that only says yes has an unknown key', async () => {
  const { unit, run } = setUp()
  unit.behave(answersWith('F0', { to: code.setFixedKey }))
  expect(await run(newKey)).toEqual({ kind: 'key unknown', why: 'not trusted' })
})
