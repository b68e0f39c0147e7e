// The outbox: nothing of money is dropped, numbers have no gap over starts, and a power cut at any step changes neither.
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decode } from '../../domain/fleet/codec.ts'
import type { FleetEvent } from '../../domain/fleet/kiosk-messages.ts'
import { manualClock } from '../../test/manual-clock.ts'
import { dyingDisk } from '../../test/dying-disk.ts'
import { mostUnderWay, openOutbox, type Outbox, type OutboxOptions } from './outbox.ts'
import { rankOf, type OutboxRecord, type Outgoing } from './outbox-record.ts'
import { lastingBytes, sizeOf, thinned } from './thinning.ts'

const clock = manualClock()
let folder = ''
let path = ''
let reports: string[] = []
const opened: Outbox[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outbox-'))
  path = join(folder, 'fleet', 'outbox.ndjson')
  reports = []
})
afterEach(async () => {
  for (const outbox of opened.splice(0)) await outbox.close()
  await rm(folder, { recursive: true })
})

const open = async (more: Partial<OutboxOptions> = {}) => {
  const outbox = await openOutbox({ path, report: (fact) => void reports.push(fact), ...more })
  opened.push(outbox)
  return outbox
}

const paper: FleetEvent = { kind: 'raise', about: 'supply', sev: 1, dev: 'printer', code: 'low' }
const jam: FleetEvent = { kind: 'raise', about: 'fault', sev: 3, dev: 'notes', code: 'jam' }
const boxOut: FleetEvent = { kind: 'note', about: 'money', sev: 1, dev: 'box', code: 'removed' }

const eventOf = (event: FleetEvent): OutboxRecord => ({
  topic: 'ev',
  id: clock.ids.request(),
  seq: null,
  ts: clock.now(),
  up: 0,
  off: false,
  n: 1,
  event,
})
const answer = (): OutboxRecord => ({
  topic: 'res',
  id: clock.ids.request(),
  seq: null,
  ts: clock.now(),
  up: 0,
  answer: { command: clock.ids.request(), st: 'refused', code: 'unknownOp' },
})
const sent = (all: Outgoing[]) => all.map(({ topic, seq }) => `${topic} ${seq}`)
const idOf = ({ topic, text }: Outgoing): string => {
  const read = decode(topic, Buffer.from(text))
  if (read.kind !== 'message') throw new Error(read.problem)
  return read.message.id
}

describe('the outbox', () => {
  it('O2: gives numbers from 1 without a gap, over starts', async () => {
    const first = await open()
    await first.put(eventOf(paper))
    await first.put(eventOf(jam))
    expect(sent(await first.underWay())).toEqual(['ev 1', 'ev 2'])
    await first.settle('ev', 1)
    await first.close()
    const second = await open()
    await second.put(eventOf(paper))
    expect(sent(await second.underWay())).toEqual(['ev 2', 'ev 3'])
    await second.settle('ev', 3)
    await second.close()
    const third = await open()
    expect(third.waiting()).toEqual({ n: 0, oldest: null })
    await third.put(eventOf(paper))
    expect(sent(await third.underWay())).toEqual(['ev 4'])
  })

  it('O4: sends answers before events, and no more at once than may be under way', async () => {
    const outbox = await open()
    for (let each = 0; each < 30; each++) await outbox.put(eventOf(paper))
    await outbox.put(answer())
    const all = await outbox.underWay()
    expect(all).toHaveLength(mostUnderWay)
    expect(sent(all).slice(0, 3)).toEqual(['res 1', 'ev 1', 'ev 2'])
    await outbox.settle('ev', 4)
    expect(sent(await outbox.underWay()).slice(0, 2)).toEqual(['res 1', 'ev 5'])
  })

  it('O3: keeps what is settled by nobody, and repeats it as it was', async () => {
    const outbox = await open()
    await outbox.put(eventOf(jam))
    const once = await outbox.underWay()
    expect(await outbox.underWay()).toEqual(once)
    await outbox.close()
    expect(await (await open()).underWay()).toEqual(once)
  })

  it('O7: an answer that says again what is settled changes nothing', async () => {
    const outbox = await open()
    await outbox.put(eventOf(jam))
    await outbox.underWay()
    expect(await outbox.settle('ev', 1)).toBe('settled')
    expect(await outbox.settle('ev', 1)).toBe('settled')
    expect(await outbox.settle('ev', 0)).toBe('settled')
    expect(outbox.waiting().n).toBe(0)
  })

  it('whose disk was emptied goes on behind what the centre has, and loses nothing that waits', async () => {
    const outbox = await open()
    const record = eventOf(jam)
    await outbox.put(record)
    expect(sent(await outbox.underWay())).toEqual(['ev 1'])
    expect(await outbox.settle('ev', 70)).toBe('behind')
    const again = await outbox.underWay()
    expect(sent(again)).toEqual(['ev 71'])
    expect(again.map(idOf)).toEqual([record.id])
    await outbox.close()
    expect(sent(await (await open()).underWay())).toEqual(['ev 71'])
  })

  it('does not take for told what another kiosk of its number has told under the same number', async () => {
    const outbox = await open()
    const records = [eventOf(boxOut), eventOf(boxOut)]
    for (const record of records) await outbox.put(record)
    const ids = (await outbox.underWay()).map(idOf)
    expect(await outbox.settle('ev', 1, { id: clock.ids.request() })).toBe('behind')
    const again = await outbox.underWay()
    expect(sent(again)).toEqual(['ev 2', 'ev 3'])
    expect(again.map(idOf)).toEqual(ids)
    expect(await outbox.settle('ev', 3, { id: ids[1] })).toBe('settled')
    expect(outbox.waiting().n).toBe(0)
  })

  it.each([
    ['with its numbers', true],
    ['without a number', false],
  ])(
    'goes on behind a centre that was put back, and loses nothing that waits %s',
    async (_, had) => {
      const outbox = await open()
      for (let each = 0; each < 8; each++) await outbox.put(eventOf(jam))
      await outbox.underWay()
      await outbox.settle('ev', 8)
      const record = eventOf(boxOut)
      await outbox.put(record)
      if (had) expect(sent(await outbox.underWay())).toEqual(['ev 9'])
      // An answer that was under way for long says nothing of now.
      expect(await outbox.settle('ev', 5)).toBe('settled')
      expect(await outbox.settle('ev', 8, { isAll: true })).toBe('settled')
      expect(await outbox.settle('ev', 5, { isAll: true })).toBe('ahead')
      const again = await outbox.underWay()
      expect(sent(again)).toEqual(['ev 6'])
      expect(again.map(idOf)).toEqual([record.id])
      await outbox.close()
      expect(sent(await (await open()).underWay())).toEqual(['ev 6'])
    },
  )

  it('cuts off a line that a power cut tore, keeps it aside, and reads on', async () => {
    const outbox = await open()
    await outbox.put(eventOf(jam))
    await outbox.close()
    await appendFile(path, '{"do":"put","record":{"topic":"ev","i')
    const again = await open()
    expect(reports).toEqual(['the end of the outbox was torn and is kept aside'])
    await again.put(eventOf(jam))
    expect(sent(await again.underWay())).toEqual(['ev 1', 'ev 2'])
    expect(await readFile(`${path}.unreadable`, 'utf8')).toContain('{"do":"put"')
  })

  it('starts with any bytes in its file', async () => {
    const outbox = await open()
    await outbox.put(eventOf(jam))
    await outbox.close()
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 60 }), async (text) => {
        await writeFile(path, text)
        const found = await openOutbox({ path, report: () => undefined })
        await found.put(eventOf(jam))
        expect(sent(await found.underWay())).toEqual(['ev 1'])
        await found.close()
      }),
      { numRuns: 25 },
    )
  })

  it('is written anew when most of its file is settled', async () => {
    const outbox = await open()
    for (let each = 0; each < 150; each++) {
      await outbox.put(eventOf(paper))
      await outbox.underWay()
      await outbox.settle('ev', each + 1)
    }
    expect((await readFile(path)).length).toBeLessThan(20_000)
    expect(reports).toEqual([])
  })

  it('F10: a day without a connection stays within its bytes, in order, and gapless once it is sent', async () => {
    const budgetBytes = 60_000
    const outbox = await open({ budgetBytes })
    const money: string[] = []
    for (let each = 0; each < 1_000; each++) {
      const record = eventOf(each % 50 === 0 ? boxOut : paper)
      if (each % 50 === 0) money.push(record.id)
      await outbox.put(record)
    }
    expect((await readFile(path)).length).toBeLessThan(budgetBytes * 2 + 20_000)
    const order: { seq: number; id: string }[] = []
    for (let all = await outbox.underWay(); all.length > 0; all = await outbox.underWay()) {
      order.push(...all.map((each) => ({ seq: each.seq, id: idOf(each) })))
      await outbox.settle('ev', all.at(-1)?.seq ?? 0)
    }
    expect(order.map(({ seq }) => seq)).toEqual(order.map((_, at) => at + 1))
    expect(order.map(({ id }) => id).filter((id) => money.includes(id))).toEqual(money)
    expect(order.length).toBeLessThan(1_000)
  })

  it('says that the kiosk is to stop selling before anything that is never dropped fills it', async () => {
    const outbox = await open({ budgetBytes: 4_000 })
    while (!outbox.isNearlyFull()) await outbox.put(eventOf(boxOut))
    const { n } = outbox.waiting()
    for (let each = 0; each < 30; each++) await outbox.put(eventOf(boxOut))
    expect(outbox.waiting().n).toBe(n + 30)
  })

  it('keeps what it is told while the disk takes nothing, sends none of it, and has it on disk afterwards', async () => {
    const dying = dyingDisk({ at: 3, leaves: 'nothing' })
    const outbox = await open({ disk: dying.disk })
    for (let each = 0; each < 3; each++) await outbox.put(eventOf(jam))
    expect(await outbox.underWay()).toEqual([])
    expect(outbox.waiting().n).toBe(3)
    expect(reports).toContain('the outbox is not on the disk')
    dying.mend()
    expect(sent(await outbox.underWay())).toEqual(['ev 1', 'ev 2', 'ev 3'])
    await outbox.close()
    expect(sent(await (await open()).underWay())).toEqual(['ev 1', 'ev 2', 'ev 3'])
  })
})

/** A life on a disk that stops at one call: what was told to be on disk, and what was sent. */
const lifeOn = async (outbox: Outbox, isAlive: () => boolean) => {
  const kept: string[] = []
  const went = new Map<string, string>()
  const settled = new Set<string>()
  for (let each = 0; each < 4; each++) {
    const record = each === 2 ? answer() : eventOf(each === 1 ? boxOut : jam)
    await outbox.put(record)
    if (isAlive()) kept.push(record.id)
    const all = await outbox.underWay()
    for (const one of all) went.set(`${one.topic} ${one.seq}`, idOf(one))
    if (each % 2 === 1) {
      const [first] = all.filter(({ topic }) => topic === 'ev')
      if (first === undefined) continue
      await outbox.settle('ev', first.seq)
      settled.add(idOf(first))
    }
  }
  return { kept, went, settled }
}

describe('a power cut at any call to the disk', () => {
  const until = async (leaves: 'nothing' | 'half' | 'all') => {
    for (let at = 1; ; at++) {
      await rm(path, { force: true })
      const before = await openOutbox({ path, report: () => undefined })
      await before.put(eventOf(jam))
      await before.close()
      const dying = dyingDisk({ at, leaves })
      const outbox = await openOutbox({ path, report: () => undefined, disk: dying.disk })
      const life = await lifeOn(outbox, dying.isAlive)
      await outbox.close()
      const next = await openOutbox({ path, report: () => undefined })
      const after = await next.underWay()
      const ids = after.map(idOf)
      const where = `call ${at}, ${leaves} of it done`
      for (const id of life.kept) {
        if (!life.settled.has(id)) expect(ids, where).toContain(id)
      }
      for (const one of after) {
        const before = life.went.get(`${one.topic} ${one.seq}`)
        if (before !== undefined) expect(idOf(one), where).toBe(before)
      }
      for (const topic of ['ev', 'res'] as const) {
        const seqs = [...life.went.keys(), ...sent(after)]
          .filter((each) => each.startsWith(topic))
          .map((each) => Number(each.split(' ')[1]))
        const most = Math.max(0, ...seqs)
        expect(new Set(seqs).size, where).toBe(most)
      }
      expect(new Set(ids).size, where).toBe(ids.length)
      await next.close()
      if (dying.isAlive()) return at
    }
  }

  it.each(['nothing', 'half', 'all'] as const)(
    'loses nothing that was told to be there and gives no number twice, when %s of the call was done',
    async (leaves) => {
      expect(await until(leaves)).toBeGreaterThan(15)
    },
  )
})

const anyRecord: fc.Arbitrary<OutboxRecord> = fc
  .record({
    event: fc.constantFrom<FleetEvent>(paper, jam, boxOut, { ...paper, risk: 'unknown' }),
    isAnswer: fc.boolean(),
    n: fc.integer({ min: 1, max: 5 }),
    seq: fc.constantFrom(null, null, null, 1),
  })
  .map(({ event, isAnswer, n, seq }) =>
    isAnswer ? { ...answer(), seq } : { ...eventOf(event), n, seq },
  )

describe('F13: when its bytes are used up', () => {
  const many = fc.array(anyRecord, { maxLength: 60 })
  const budget = fc.integer({ min: 0, max: 12_000 })

  it('rank 1 and everything that has a number stays as it is, in its order', () => {
    fc.assert(
      fc.property(many, budget, (records, bytes) => {
        const lasting = (all: OutboxRecord[]) =>
          all.filter((record) => records.includes(record) && (rankOf(record) === 1 || record.seq))
        expect(lasting(thinned(records, bytes))).toEqual(lasting(records))
      }),
    )
  })

  it('every record that goes is counted in one that stays', () => {
    const countOf = (records: OutboxRecord[]) =>
      records.reduce((sum, record) => sum + (record.topic === 'ev' ? record.n : 1), 0)
    fc.assert(
      fc.property(many, budget, (records, bytes) => {
        expect(countOf(thinned(records, bytes))).toBe(countOf(records))
      }),
    )
  })

  it('nothing goes while there is room, and what stays fits unless it must stay', () => {
    fc.assert(
      fc.property(many, budget, (records, bytes) => {
        const kept = thinned(records, bytes)
        if (sizeOf(records) <= bytes) expect(kept).toEqual(records)
        const mustStay = kept.every((record) => rankOf(record) < 3 || record.seq !== null)
        expect(sizeOf(kept) <= bytes || mustStay).toBe(true)
        expect(lastingBytes(kept)).toBeLessThanOrEqual(sizeOf(kept))
      }),
    )
  })

  it('the oldest of the small things goes first, grave faults are merged only after that', () => {
    const records = [
      ...Array.from({ length: 20 }, () => eventOf(paper)),
      ...Array.from({ length: 3 }, () => eventOf(jam)),
    ]
    const once = thinned(records, sizeOf(records) - 1)
    expect(once).toHaveLength(records.length - 1)
    expect(once[0]).toMatchObject({ n: 2, event: { about: 'outbox', code: 'dropped' } })
    expect(once.slice(1)).toEqual(records.slice(2))
    const least = thinned(records, 0)
    expect(least).toMatchObject([
      { n: 20, event: { code: 'dropped' } },
      { id: records.at(-1)?.id, n: 3, event: { code: 'jam' } },
    ])
  })
})
