// Who is let in, and what guessing costs.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PersonNumber } from '../../domain/service/person.ts'
import { manualClock } from '../../test/manual-clock.ts'
import { realDisk } from '../disk.ts'
import { lockedFor, openPersons, type PersonWithPin } from './persons.ts'
import { hashPin } from './pin-hash.ts'

/** As cheap as the format allows: nothing here is secret. */
const cost = 10
let persons: PersonWithPin[]
let folder: string
let path: string
let tried = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-persons-'))
  persons = [
    {
      number: PersonNumber.parse('4711'),
      name: 'Somebody',
      role: 'technician',
      pin: await hashPin('2580', cost),
    },
    {
      number: PersonNumber.parse('4712'),
      name: 'Somebody else',
      role: 'cash collector',
      pin: await hashPin('1379', cost),
    },
  ]
})
beforeEach(() => {
  path = join(folder, `${++tried}.json`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const opened = (clock = manualClock()) =>
  openPersons({ persons, path, clock, onUnreadable: () => undefined })

describe('a person at the kiosk', () => {
  it('is let in by number and PIN, with the role that is theirs', async () => {
    const { check } = await opened()
    expect(await check('4711', '2580')).toEqual({
      kind: 'person',
      person: { number: '4711', name: 'Somebody', role: 'technician' },
    })
  })

  it('is not let in by the PIN of somebody else', async () => {
    const { check } = await opened()
    expect(await check('4711', '1379')).toMatchObject({ kind: 'wrong', person: '4711' })
  })

  it('whose number nobody has is told no more than that it was wrong', async () => {
    const { check } = await opened()
    expect(await check('9999', '2580')).toEqual({
      kind: 'wrong',
      person: null,
      failures: 1,
      lockedMs: 0,
    })
  })
})

describe('whoever guesses', () => {
  it('waits ever longer, up to an hour', () => {
    expect([1, 2, 3, 4, 5, 9, 10, 40].map(lockedFor)).toEqual([
      0, 0, 30_000, 60_000, 120_000, 1_920_000, 3_600_000, 3_600_000,
    ])
  })

  it('is not let in while locked out, even with the right PIN, and is let in after', async () => {
    const clock = manualClock()
    const { check } = await opened(clock)
    for (const pin of ['0000', '1111', '2222']) await check('4711', pin)
    expect(await check('4711', '2580')).toEqual({ kind: 'locked', lockedMs: 30_000 })
    await clock.advance(29_999)
    expect(await check('4711', '2580')).toMatchObject({ kind: 'locked' })
    await clock.advance(1)
    expect(await check('4711', '2580')).toMatchObject({ kind: 'person' })
    expect(await check('4711', '0000')).toMatchObject({ failures: 1 })
  })

  it('locks out nobody else', async () => {
    const { check } = await opened()
    for (const pin of ['0000', '1111', '2222']) await check('4711', pin)
    expect(await check('4712', '1379')).toMatchObject({ kind: 'person' })
  })

  it('gains nothing by switching the kiosk off and on: the wait begins anew', async () => {
    const clock = manualClock()
    const before = await opened(clock)
    for (const pin of ['0000', '1111', '2222']) await before.check('4711', pin)
    await clock.advance(20_000)
    const after = await opened(clock)
    expect(await after.check('4711', '2580')).toEqual({ kind: 'locked', lockedMs: 30_000 })
  })

  it('gains nothing by pulling the plug before the answer: the try is on the disk first', async () => {
    const clock = manualClock()
    const stopped = await openPersons({
      persons: persons.map((person) => ({ ...person, pin: 'scrypt:99:x:y' })),
      path,
      clock,
      onUnreadable: () => undefined,
      disk: realDisk,
    })
    await expect(stopped.check('4711', '2580')).rejects.toThrow()
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ failures: { '4711': 1 } })
  })

  it('at the same moment twice has still tried twice', async () => {
    const { check } = await opened()
    const both = await Promise.all([check('4711', '0000'), check('4711', '1111')])
    expect(both.map((each) => each.kind === 'wrong' && each.failures)).toEqual([1, 2])
  })

  it('finds no PIN in the files of the kiosk', async () => {
    const { check } = await opened()
    await check('4711', '2468')
    expect(readFileSync(path, 'utf8')).not.toContain('2468')
    expect(persons.map(({ pin }) => pin).join()).not.toContain('2580')
  })
})
