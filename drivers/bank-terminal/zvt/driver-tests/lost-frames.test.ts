// What gets lost, doubled or damaged on the line: nothing is done twice, nothing is believed that was not said.
import { afterEach, describe, expect, test } from 'vitest'
import { encodeFrame } from '../frames.ts'
import { linkDelays } from '../link.ts'
import { paymentDelays } from '../payment.ts'
import { control, done } from '../requests.ts'
import * as behaviours from '../simulator/behaviours.ts'
import { readyBench, type Bench } from './bench.ts'

let it: Bench
afterEach(() => it.stop())

const saidDone = () => it.said(encodeFrame(done))
const authorisations = () =>
  it.line.filter(({ from, bytes }) => from === 'host' && bytes[2] === 0x06 && bytes[3] === 0x01)
    .length

const sale = async () => {
  await it.authorised()
  it.confirm()
  await it.until(/^stored/)
}

describe('one that is told again', () => {
  test('an approval after a lost ACK is one approval, and waits for one answer', async () => {
    it = await readyBench()
    it.authorise()
    await it.present()
    await it.until('asking the bank')
    it.terminal.behave(behaviours.missesAcks({ times: 2 }))
    await it.clock.advance(4 * linkDelays.acknowledgeMs)
    expect(it.told().filter((words) => words.startsWith('authorised'))).toEqual(['authorised 1'])
    expect(it.reports).toContainEqual({ kind: 'duplicate', control: control.statusInformation })
    it.confirm()
    await it.until('stored 1')
    expect(it.charged()).toBe(2000)
    expect(it.terminal.truth().payments).toHaveLength(1)
  })

  test('an approval said twice in one breath is one approval', async () => {
    it = await readyBench()
    it.terminal.behave(behaviours.saysTwice({ to: control.statusInformation }))
    await sale()
    expect(it.told().filter((words) => words.startsWith('authorised'))).toEqual(['authorised 1'])
    expect(it.charged()).toBe(2000)
  })

  test('an approval is never confirmed by an answer to something else', async () => {
    it = await readyBench()
    it.terminal.behave(behaviours.saysTwice())
    await it.authorised()
    await it.clock.advance(30_000)
    expect(it.states()).toEqual(['authorised'])
    it.refuse()
    await it.until('reversed')
    expect(it.charged()).toBe(0)
  })
})

describe('an answer that gets lost', () => {
  test('the commitment: sent again, stored once', async () => {
    it = await readyBench()
    await it.authorised()
    it.terminal.behave(behaviours.missesFrames({ to: control.done, times: 1 }))
    it.confirm()
    await it.until('stored 1')
    expect(it.reports).toContainEqual({ kind: 'sent again', why: 'no answer' })
    expect(it.charged()).toBe(2000)
  })

  test('the commitment, for good: unknown, and found as not charged', async () => {
    it = await readyBench()
    await it.authorised()
    const back = it.terminal.behave(behaviours.missesFrames({ to: control.done }))
    it.confirm()
    await it.until(/^unknown/)
    back()
    it.find()
    await it.until('found: not charged')
    expect(it.charged()).toBe(0)
  })

  test('its acknowledgement only: the terminal goes on, which says as much', async () => {
    it = await readyBench()
    await it.authorised()
    it.terminal.behave(behaviours.losesOwnAcks({ to: control.done }))
    const before = saidDone()
    it.confirm()
    await it.until('stored 1')
    // One for the goods, one for each of seven lines; the last word needs none to be stored.
    expect(saidDone() - before).toBeLessThanOrEqual(9)
    expect(it.charged()).toBe(2000)
  })

  test('the completion: unknown, and found as stored', async () => {
    it = await readyBench()
    await it.authorised()
    it.terminal.behave(behaviours.losesFrames({ to: control.completed, times: 3 }))
    it.confirm()
    await it.until('unknown: the terminal fell silent (committed)')
    it.find()
    await it.until('found: stored')
    expect(it.charged()).toBe(2000)
  })

  test('a line of paper that never gets through: the terminal takes the payment back, and says so', async () => {
    it = await readyBench()
    await it.authorised()
    it.terminal.behave(behaviours.losesFrames({ to: control.printLine }))
    it.confirm()
    await it.until('reversed')
    expect(it.states()).toEqual(['reversed'])
  })
})

describe('the question itself', () => {
  test('a NAK has it sent again, and only one card is asked for', async () => {
    it = await readyBench()
    it.terminal.behave(behaviours.rejects({ to: control.authorise, times: 2 }))
    await sale()
    expect(authorisations()).toBe(3)
    expect(it.terminal.truth().payments).toHaveLength(1)
  })

  test('a third NAK ends it: unknown, never asked again, found as not charged', async () => {
    it = await readyBench()
    it.terminal.behave(behaviours.rejects({ to: control.authorise }))
    it.authorise()
    await it.until(/^unknown/)
    it.find()
    await it.until('found: not charged')
    await it.clock.advance(60_000)
    expect(authorisations()).toBe(3)
    expect(it.terminal.truth().payments).toEqual([])
  })

  test('taken and never answered: unknown after five seconds', async () => {
    it = await readyBench()
    it.terminal.behave(behaviours.answersWith('silence', { to: control.authorise }))
    it.authorise()
    await it.clock.advance(paymentDelays.answerMs)
    expect(it.told()).toContain('unknown: the terminal fell silent (asked)')
  })

  test.each([
    [0x6b, 'terminal busy'],
    [0x9c, 'terminal busy'],
    [0x83, 'declined'],
    [0xa3, 'no connection'],
  ])('refused with %i: certainly not charged', async (code, why) => {
    it = await readyBench()
    it.terminal.behave(
      behaviours.answersWith(
        { control: 0x8400 + code, data: Uint8Array.of() },
        { to: control.authorise },
      ),
    )
    it.authorise()
    await it.until(`not charged: ${why}`)
  })
})

describe('a bad line', () => {
  test.each([
    ['damages a frame', behaviours.garbles({ times: 2 })],
    ['makes noise', behaviours.makesNoise()],
    ['breaks off in the middle', behaviours.breaksOff({ times: 2 })],
    ['drips byte by byte', behaviours.drips(5)],
    ['says all twice', behaviours.saysTwice()],
    ['loses its acknowledgements', behaviours.losesOwnAcks({ times: 6 })],
  ])('that %s ends in one payment all the same', async (_, behaviour) => {
    it = await readyBench()
    it.terminal.behave(behaviour)
    await sale()
    expect(it.charged()).toBe(2000)
    expect(it.told().filter((words) => /^(authorised|stored)/.test(words))).toEqual([
      'authorised 1',
      'stored 1',
    ])
  })

  test('a gap of more than 200 ms in a frame is answered with NAK', async () => {
    it = await readyBench()
    it.terminal.behave(behaviours.drips(linkDelays.betweenBytesMs + 50, { times: 1 }))
    it.authorise()
    await it.until('insert card')
    expect(it.reports).toContainEqual(
      expect.objectContaining({ kind: 'discarded', why: 'cut short' }),
    )
  })
})

describe('the cable is pulled', () => {
  const moments: [string, () => Promise<void>, string][] = [
    ['while a card is asked for', async () => void (await it.until('insert card')), 'not charged'],
    [
      'with the approval in hand',
      async () => {
        await it.present()
        await it.until('authorised 1')
      },
      'not charged',
    ],
    [
      'right after the goods were confirmed',
      async () => {
        await it.present()
        await it.until('authorised 1')
        it.confirm()
      },
      'not charged',
    ],
    [
      'when it was stored and nobody has heard of it',
      async () => {
        await it.present()
        await it.until('authorised 1')
        it.terminal.behave(behaviours.losesFrames({ to: control.completed, times: 3 }))
        it.confirm()
        await it.untilSo(() => it.charged() === 2000)
      },
      'stored',
    ],
  ]
  test.each(moments)('%s: unknown at once, then found', async (_, moment, where) => {
    it = await readyBench()
    it.authorise()
    await moment()
    await it.unplug()
    expect(it.told().at(-2)).toMatch(/^unknown: the line was lost/)
    expect(it.told().at(-1)).toBe('failed: not answering')
    it.find()
    await it.clock.advance(20_000)
    it.plugIn()
    await it.until(/^found/)
    expect(it.told().at(-1)).toMatch(`found: ${where}`)
    expect(it.charged()).toBe(where === 'stored' ? 2000 : 0)
  })
})
