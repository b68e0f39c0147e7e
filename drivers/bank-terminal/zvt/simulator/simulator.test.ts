// The simulated terminal against a host that is typed by hand: what devices.md 10.10 asks of it, without our driver.
import { duplexPair } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import { minor } from '../../../../domain/money.ts'
import { manualClock } from '../../../../test/manual-clock.ts'
import { decodeApdus } from '../apdu.ts'
import { bytesOfHex, hexOf } from '../bytes.ts'
import { powerCycleAt } from './behaviours.ts'
import { zvtSimulator, type SimulatorOptions } from './simulator.ts'
import type { TerminalTruth } from './truth.ts'

const hand = async (options: SimulatorOptions = {}) => {
  const clock = manualClock()
  const terminal = zvtSimulator({ clock, now: clock.now, framing: 'tcp', ...options })
  const [device, host] = duplexPair()
  terminal.attach(device)
  const heard: string[] = []
  host.on('data', (chunk: Uint8Array) => {
    for (const { control, data } of decodeApdus(chunk).out) {
      const name = hexOf(Uint8Array.of(control >> 8, control & 0xff))
      heard.push(data.length === 0 ? name : `${name}: ${hexOf(data)}`)
    }
  })
  const self = {
    clock,
    terminal,
    /** All that was said since the last look. */
    heard: () => heard.splice(0),
    say: async (hex: string, waitMs = 0) => {
      host.write(bytesOfHex(hex))
      await clock.advance(waitMs)
      return self.heard()
    },
    register: async (config = '3E') => {
      await self.say(`06 00 06 00 00 00 ${config} 09 78`)
      return self.say('80 00 00')
    },
    /** Up to an approval that waits for its answer. */
    approved: async (authorise = '06 01 0E 04 00 00 00 00 20 00 49 09 78 01 3C 02 02') => {
      await self.say(authorise)
      await self.say('80 00 00')
      terminal.presentCard()
      await clock.advance(0)
      await self.say('80 00 00', 2_000)
      return self.heard()
    },
    states: () => terminal.truth().payments.map(({ state }) => state),
  }
  return self
}

let it: Awaited<ReturnType<typeof hand>>
afterEach(() => it.terminal.dispose())

test('before it is registered it asks for no card', async () => {
  it = await hand()
  expect(await it.say('06 01 07 04 00 00 00 00 20 00')).toEqual(['84 6B'])
})

test('registered, it says its id, its currency and that it waits for the goods', async () => {
  it = await hand()
  expect(await it.say('06 00 06 00 00 00 3E 09 78')).toEqual([
    '80 00',
    '06 0F: 19 10 29 29 00 10 06 49 09 78',
  ])
})

describe('an approval', () => {
  const ok = async (options?: SimulatorOptions, config?: string) => {
    it = await hand(options)
    await it.register(config)
    await it.approved()
    expect(it.states()).toEqual(['authorised'])
  }

  test('answered with 80 00 is stored and completed', async () => {
    await ok()
    expect(await it.say('80 00 00')).toEqual(['06 0F'])
    expect(it.states()).toEqual(['stored'])
  })

  test('answered with 84 00 too', async () => {
    await ok()
    expect(await it.say('84 00 00')).toEqual(['06 0F'])
    expect(it.states()).toEqual(['stored'])
  })

  test('answered with 84 9C is told again after two seconds', async () => {
    await ok()
    await it.say('84 9C 00', 1_999)
    expect(it.heard()).toEqual([])
    await it.clock.advance(1)
    expect(it.heard()).toEqual([expect.stringMatching(/^04 0F: 27 00 04 00 00 00 00 20 00/)])
  })

  test('asked for once too often is taken back, with 6C', async () => {
    await ok()
    await it.say('84 9C 00', 2_000)
    await it.say('84 9C 00', 2_000)
    expect(await it.say('84 9C 00', 2_000)).toEqual(['04 FF: 05'])
    await it.say('80 00 00', 2_000)
    expect(it.states()).toEqual(['reversed'])
    expect(await it.say('80 00 00')).toEqual(['06 1E: 6C'])
  })

  test('nobody answers is taken back when its time is over', async () => {
    await ok()
    await it.clock.advance(57_000)
    expect(it.states()).toEqual(['authorised'])
    await it.clock.advance(10_000)
    expect(it.states()).toEqual(['reversed'])
  })

  test('answered with any other error is taken back', async () => {
    await ok()
    await it.say('84 66 00')
    await it.say('80 00 00', 2_000)
    expect(it.states()).toEqual(['reversed'])
  })

  test('of which a part went out is stored with that part', async () => {
    await ok()
    expect(await it.say('84 9D 07 04 00 00 00 00 05 00')).toEqual(['06 0F'])
    expect(it.terminal.truth().payments).toMatchObject([{ state: 'stored', amount: 500 }])
  })

  test('with the bank’s text is stored only when every line was answered', async () => {
    await ok({}, 'BE')
    await it.say('80 00 00')
    for (let line = 2; line <= 7; line += 1) {
      expect(await it.say('80 00 00')).toEqual([expect.stringMatching(/^06 D1: 00/)])
      expect(it.states()).toEqual(['authorised'])
    }
    expect(await it.say('80 00 00')).toEqual(['06 0F'])
    expect(it.states()).toEqual(['stored'])
  })

  test('whose line of text is refused is taken back', async () => {
    await ok({}, 'BE')
    await it.say('80 00 00')
    await it.say('84 CC 00')
    await it.say('80 00 00', 2_000)
    expect(it.states()).toEqual(['reversed'])
  })

  test('lost with the power is reversed before the next payment', async () => {
    it = await hand()
    await it.register()
    it.terminal.behave(powerCycleAt('approval told'))
    await it.approved()
    expect(it.states()).toEqual(['reversal pending'])
    await it.clock.advance(5_000)
    await it.register()
    expect(await it.say('06 01 07 04 00 00 00 00 10 00')).toEqual(['80 00', '04 FF: 05'])
    await it.say('80 00 00', 2_000)
    expect(it.states()).toEqual(['reversed'])
  })

  test('taken back while the bank is away is reversed when it is there again', async () => {
    await ok()
    it.terminal.reachBank(false)
    await it.say('84 66 00')
    await it.say('80 00 00')
    await it.say('80 00 00')
    expect(it.states()).toEqual(['reversal pending'])
    it.terminal.reachBank(true)
    await it.say('06 70 00')
    await it.say('80 00 00', 2_000)
    expect(it.states()).toEqual(['reversed'])
  })
})

test('while it leads it takes no other command', async () => {
  it = await hand()
  await it.register()
  await it.approved()
  expect(await it.say('05 01 00')).toEqual(['84 9C'])
  expect(await it.say('06 01 07 04 00 00 00 00 20 00')).toEqual(['84 9C'])
  expect(it.states()).toEqual(['authorised'])
})

test('the next command may come in one breath with the answer to its last word', async () => {
  it = await hand()
  await it.say('06 00 06 00 00 00 3E 09 78')
  expect(await it.say('80 00 00 05 01 00')).toEqual([
    '80 00',
    '06 0F: F0 F0 F7 32 2E 31 34 2E 31 35 00',
  ])
})

test('with an open pre-authorisation the day is not ended', async () => {
  it = await hand()
  await it.register()
  it.terminal.leaveOpen(42, minor(500))
  expect(await it.say('06 23 03 87 FF FF')).toEqual(['80 00', '06 1E: B8 87 00 42'])
  await it.say('80 00 00')
  expect(await it.say('06 50 03 00 00 00')).toEqual(['80 00', '06 1E: 77'])
  await it.say('80 00 00')
  await it.say('06 25 03 87 00 42')
  await it.say('80 00 00')
  expect(await it.say('06 50 03 00 00 00')).toEqual(['80 00', '04 FF: 04'])
})

test('its books outlive it, and a new one goes on with them', async () => {
  const kept: string[] = []
  it = await hand({ onChange: (truth) => kept.push(JSON.stringify(truth)) })
  await it.register()
  await it.approved()
  await it.say('80 00 00')
  it.terminal.dispose()
  const truth: TerminalTruth = JSON.parse(kept.at(-1) ?? '')
  it = await hand({ truth })
  await it.register()
  expect((await it.say('06 20 05 00 00 00 03 03'))[1]).toMatch(/87 00 01 0B 00 00 01/)
})

test('nobody takes a card that was not asked for', async () => {
  it = await hand()
  await it.register()
  expect(it.terminal.presentCard()).toBe('not taken')
  expect(it.terminal.typePin('1234')).toBe('not taken')
})
