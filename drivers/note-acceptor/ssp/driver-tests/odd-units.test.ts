// Units that repeat themselves, change their mind or say too much at once: still each note once, and nothing forgotten unseen.
import { afterEach, describe, expect, test } from 'vitest'
import { bytesOfHex } from '../bytes.ts'
import { code } from '../commands.ts'
import { answersWith, type Behaviour } from '../simulator/behaviours.ts'
import { openBench, type Bench } from './bench.ts'
import { clerkAt } from './clerk.ts'

let it: Bench
afterEach(() => it.stop())

/** Answers polls with these bytes until as many acknowledgements have come; counts them. */
const insistsOn = (hex: string, acknowledgements = 1) => {
  const so = { acknowledged: 0, polled: 0 }
  const behaviour: Behaviour = {
    onCommand: ([name]) => {
      if (so.acknowledged >= acknowledgements) return undefined
      if (name === code.acknowledge) so.acknowledged += 1
      if (name === code.pollWithAck) so.polled += 1
      return name === code.acknowledge || name === code.pollWithAck
        ? bytesOfHex(name === code.pollWithAck ? hex : 'F0')
        : undefined
    },
  }
  return { so, behaviour }
}

describe('a credit', () => {
  test('told twice in one answer is one note', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    it.unit.behave(insistsOn('F0 CC EE 03 EE 03').behaviour)
    await it.clock.advance(3_000)
    expect(clerk.books.credited).toEqual([2000])
  })

  test('told again after it was acknowledged is the same note, acknowledged again', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    const { so, behaviour } = insistsOn('F0 EE 03', 4)
    it.unit.behave(behaviour)
    await it.clock.advance(5_000)
    expect(so.acknowledged).toBe(4)
    expect(clerk.books.credited).toEqual([2000])
  })

  test('of the same value after another note was read is another note', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    it.unit.behave(insistsOn('F0 EE 03').behaviour)
    await it.clock.advance(3_000)
    await it.untilSo(it.unit.takesNotes)
    it.unit.insert(2000)
    await it.untilSo(() => clerk.books.credited.length === 2)
    expect(clerk.books.credited).toEqual([2000, 2000])
  })

  test('of two values in one answer is two notes, and nothing is acknowledged before both are on disk', async () => {
    it = await openBench()
    const { so, behaviour } = insistsOn('F0 EE 02 EE 03')
    it.unit.behave(behaviour)
    await it.until('stacked 2000')
    expect(it.told()).toEqual(['stacked 1000', 'stacked 2000'])
    it.command({ type: 'note.acknowledge' })
    await it.clock.advance(2_000)
    expect(so.acknowledged).toBe(0)
    it.command({ type: 'note.acknowledge' })
    await it.clock.advance(2_000)
    expect(so.acknowledged).toBe(1)
    expect(it.told()).toEqual(['stacked 1000', 'stacked 2000'])
  })

  test('of another value than the note that was held is told as the unit says, and the unit is broken', async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    it.unit.behave(insistsOn('F0 EE 02').behaviour)
    it.command({ type: 'note.stack' })
    await it.until('stacked 1000')
    expect(it.events.at(-1)).toMatchObject({ fault: { kind: 'broken', code: 'credit 02' } })
  })

  test('of a channel the unit has not told us of is found money without a value', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    it.unit.behave(insistsOn('F0 EE 09').behaviour)
    await it.clock.advance(3_000)
    expect(it.told()).toEqual(['found stacked: no value'])
    expect(clerk.books).toMatchObject({ credited: [], nameless: 1 })
  })

  test('that comes without any note having been offered is money all the same', async () => {
    it = await openBench()
    it.close()
    await it.until('closed')
    it.unit.behave(insistsOn('F0 EE 04').behaviour)
    expect(await it.until('stacked 5000')).toEqual(['closed', 'stacked 5000'])
  })

  test('whose channel byte is cut off is no credit', async () => {
    it = await openBench()
    it.unit.behave(answersWith('F0 EE', { to: code.pollWithAck, times: 1 }))
    await it.clock.advance(5_000)
    expect(it.told()).toEqual(['failed: broken', 'cleared: broken'])
  })
})

describe('an acknowledgement', () => {
  /** The commands that change what the unit remembers, in order. */
  const watched = (at: Bench): string[] => {
    const seen: string[] = []
    at.unit.behave({
      onCommand: ([name]) => {
        if (name === code.acknowledge) seen.push('acknowledge')
        if (name === code.pollWithAck) seen.push('poll')
        return undefined
      },
    })
    return seen
  }
  const creditUnacknowledged = async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    it.command({ type: 'note.stack' })
    await it.until('stacked 2000')
  }

  test('given while the cable was out is sent only after the unit has shown the credit again', async () => {
    await creditUnacknowledged()
    await it.unplug()
    it.command({ type: 'note.acknowledge' })
    const seen = watched(it)
    it.plugIn()
    await it.clock.advance(10_000)
    expect(seen.indexOf('acknowledge')).toBeGreaterThan(seen.indexOf('poll'))
    expect(seen.filter((name) => name === 'acknowledge')).toHaveLength(1)
    expect(it.unit.takesNotes()).toBe(true)
  })

  test('is not sent for a credit that is not on disk, also when the power fails and it is told anew', async () => {
    await creditUnacknowledged()
    const seen = watched(it)
    it.unit.powerCycle()
    await it.clock.advance(20_000)
    expect(seen).not.toContain('acknowledge')
    expect(it.told().filter((words) => words.startsWith('stacked'))).toHaveLength(1)
    it.command({ type: 'note.acknowledge' })
    await it.clock.advance(2_000)
    expect(seen).toContain('acknowledge')
    expect(it.unit.takesNotes()).toBe(true)
  })
})

test('notes too quick to be seen while they are read are told one by one', async () => {
  it = await openBench({ unit: { delays: { reading: 1 } } })
  const clerk = clerkAt(it)
  for (const _ of [1, 2, 3]) {
    await it.untilSo(it.unit.takesNotes)
    it.unit.insert(2000)
    await it.untilSo(() => it.unit.truth().note === null)
  }
  await it.clock.advance(5_000)
  expect(it.told()).not.toContain('reading')
  expect(clerk.books.credited).toEqual([2000, 2000, 2000])
})

describe('at power-up', () => {
  test('a note told as given back again and again is told once', async () => {
    it = await openBench()
    it.unit.behave(insistsOn('F0 F1 E1 03', 3).behaviour)
    await it.clock.advance(20_000)
    expect(it.told().filter((words) => words.startsWith('found'))).toEqual(['found returned: 2000'])
  })

  test('a note moved into the box without a name, while none was known, has no value', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    it.unit.behave(insistsOn('F0 E2 00').behaviour)
    await it.until('found stacked: no value')
    await it.clock.advance(3_000)
    expect(clerk.books.nameless).toBe(1)
  })
})

test('HOLD refused means that the note is on its way: what the unit then says is the verdict', async () => {
  it = await openBench()
  it.unit.insert(2000)
  await it.until('escrowed 2000')
  it.unit.behave(answersWith('F5', { to: code.hold, times: 1 }))
  await it.clock.advance(20_000)
  const verdicts = it.told().filter((words) => /stacked|returned|rejected/.test(words))
  expect(verdicts).toHaveLength(1)
  expect(verdicts[0] === 'stacked 2000' ? 2000 : 0).toBe(it.inBox())
})

test('REJECT refused means the same', async () => {
  it = await openBench()
  it.unit.insert(2000)
  await it.until('escrowed 2000')
  it.unit.behave(answersWith('F5', { to: code.reject, times: 1 }))
  it.command({ type: 'note.return' })
  await it.clock.advance(20_000)
  const verdicts = it.told().filter((words) => /stacked|returned|rejected/.test(words))
  expect(verdicts).toHaveLength(1)
  expect(verdicts[0] === 'stacked 2000' ? 2000 : 0).toBe(it.inBox())
})
