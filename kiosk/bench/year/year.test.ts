// The year of a town is what sales would have left: its books add up by other code, its chains hold, and its labels are true.
import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { softwareCardSecurity } from '../../../centre/card-security/software.ts'
import { flawsOfBooks } from '../../../centre/flaws-of-books.ts'
import { openStore } from '../../../centre/store.ts'
import { lossPatterns } from '../../../domain/console/losses.ts'
import { BirthMessage, HeartbeatMessage } from '../../../domain/fleet/kiosk-messages.ts'
import { CardSerial, MeterNumber } from '../../../domain/identifiers.ts'
import { checkLink, noHead, placeProblem } from '../../../domain/journal-chain.ts'
import { JournalLine } from '../../../domain/journal-entry.ts'
import { townKeyFile } from '../town/keys.ts'
import type { RowWriter } from './books.ts'
import { disputes, Planted } from './labels.ts'
import { bulkWriter } from './row-writer.ts'
import { tellYear, type YearOf } from './year.ts'

const small: YearOf = {
  seed: 7,
  kiosks: 8,
  customers: 110,
  days: 200,
  journalDays: 20,
  now: Date.parse('2026-11-27T04:00:00Z'),
}

const told = (of: YearOf, writer: RowWriter): Planted => {
  const year = tellYear(of, writer)
  let step = year.next()
  while (step.done !== true) step = year.next()
  return step.value
}

const database = new DatabaseSync(':memory:')
const store = await openStore({ kind: 'memory', database })
const writer = bulkWriter(database)
const planted = told(small, writer)
writer.finish()
afterAll(() => store.close())

const rows = (sql: string): Record<string, unknown>[] => database.prepare(sql).all()
const one = (sql: string): unknown => Object.values(rows(sql)[0] ?? {})[0]

/** Of every row in its order. */
const hashOf = (of: YearOf): string => {
  const hash = createHash('sha256')
  const add = (...what: unknown[]) => void hash.update(JSON.stringify(what))
  told(of, { insert: add, change: add })
  return hash.digest('hex')
}

describe('the books of the year', () => {
  it('have no flaw, and every row names only what is there', async () => {
    expect(await flawsOfBooks(store.read)).toEqual([])
    expect(rows('pragma foreign_key_check')).toEqual([])
  })

  it('have what was paid for energy where the quotes say, to the minor unit', () => {
    const quoted = rows(`
      select sum(json_extract(priced, '$.fee')) as fees,
        sum(json_extract(priced, '$.arrears.paid')) as arrears,
        sum(json_extract(priced, '$.charged') + json_extract(priced, '$.fixed.amount')) as sold,
        sum(json_extract(priced, '$.residue')) as residue, sum(orders.tender) as tender
      from orders join quotes on quotes.quote = orders.quote
      where state in ('LOADED', 'METER_CREDITED')`)[0]
    const credited = (kinds: string) =>
      one(`select -sum(amount) from entries join postings using (posting) join accounts using (account)
        where postings.kind = 'order loaded' and accounts.kind in (${kinds})`)
    expect(quoted).toMatchObject({
      fees: credited(`'fees'`) ?? 0,
      arrears: credited(`'arrears'`),
      sold: credited(`'energy', 'VAT', 'fixed charges', 'other levies'`),
      residue: credited(`'customer account'`),
      tender: one(`select sum(amount) from entries join postings using (posting)
        where kind = 'order loaded' and account = 'pending orders'`),
    })
  })

  it('have every note of the kiosks in a box, in transit, counted, or missing', () => {
    const held = one(`select sum(amount) from entries join accounts using (account)
      where kind in ('kiosk cash', 'cash in transit', 'cash differences')`)
    const office = one(`select sum(amount) from entries join postings using (posting)
      where account = 'office cash' and kind = 'box counted'`)
    expect(Number(held) + Number(office)).toBe(one('select sum(value) from notes'))
  })

  it('have an order for each reservation, and one count of a binding for each that stands', () => {
    expect(one(`select count(*) from postings where kind = 'order funded'`)).toBe(
      one('select count(*) from orders'),
    )
    expect(
      rows(`select binding, count from orders where state in ('LOADED', 'METER_CREDITED')
        group by binding, count having count(*) > 1`),
    ).toEqual([])
  })
})

describe('what meters and cards say in the year', () => {
  it('is sealed by the meters', async () => {
    const security = softwareCardSecurity({
      keys: townKeyFile,
      receiptKey: { sign: () => '', publicKey: '' },
    })
    const backs = rows(`select w.bytes, b.meter, c.serial from write_backs w
      join bindings b using (binding) join cards c using (binding) order by write_back desc limit 40`)
    for (const { bytes, meter, serial } of backs) {
      const sealed = await security.verifyWriteBack({
        meter: MeterNumber.parse(meter),
        keyVersion: 1,
        serial: CardSerial.parse(serial),
        ef05: String(bytes).padEnd(256, '0'),
      })
      expect(sealed).toBe(true)
    }
  })

  it('fits what was sold, but for the homes where something was planted', () => {
    const odd = rows(`select distinct binding from write_backs
      where total_credited - total_used <> remaining - overdraft_used
      union select distinct binding from alarms
      where kind in ('meter registers', 'meter count too high', 'meter went back')`)
    const labelled = new Set(planted.labels.map(({ binding }) => binding))
    expect(odd.length).toBeGreaterThan(2)
    expect(odd.filter(({ binding }) => !labelled.has(String(binding)))).toEqual([])
  })
})

describe('the kiosks of the year', () => {
  it('have journals whose chains hold, up to where the centre says they are', () => {
    for (const { kiosk, through, hash } of rows('select kiosk, through, hash from journals')) {
      let head = noHead
      for (const { line } of rows(
        `select line from journal_lines where kiosk = '${String(kiosk)}' order by sequence`,
      )) {
        const checked = checkLink(Buffer.from(String(line)))
        if (checked.kind === 'broken') throw new Error(checked.why)
        expect(placeProblem(checked.link, head)).toBeNull()
        expect(JournalLine.safeParse(checked.link).success).toBe(true)
        head = { sequence: checked.link.sequence, hash: checked.link.hash }
      }
      expect(head).toEqual({ sequence: through, hash })
    }
  })

  it('tell the fleet of themselves in its own words, and few need a person', () => {
    const kiosks = rows('select birth, heartbeat from fleet_kiosks')
    expect(kiosks).toHaveLength(6)
    for (const { birth, heartbeat } of kiosks) {
      BirthMessage.parse(JSON.parse(String(birth)))
      HeartbeatMessage.parse(JSON.parse(String(heartbeat)))
    }
    const standing = rows(`select distinct kiosk from alerts
      where cleared_at is null and acknowledged_at is null and severity >= 2 and device <> 'card'`)
    expect(standing.length).toBeGreaterThan(0)
    expect(standing.length).toBeLessThan(4)
  })

  it('count the same notes day by day as the books have', () => {
    expect(one('select sum(taken) from fleet_days')).toBe(
      one(`select sum(value) from notes join postings using (posting)
        where at < (select max(unixepoch(day, '+16 hours') * 1000) from fleet_days)`),
    )
  })
})

describe('what was planted', () => {
  it('has a label of every pattern, of something that is there', () => {
    expect(Planted.safeParse(planted).success).toBe(true)
    const found = new Set(planted.labels.map(({ pattern }) => pattern))
    expect(lossPatterns.filter((pattern) => !found.has(pattern))).toEqual([])
    const innocent = planted.labels.filter((label) => label.innocent !== null)
    expect(innocent.length).toBeGreaterThan(5)
  })

  it('has five disputes, each to be found by its reference', () => {
    expect(planted.disputes.map(({ dispute }) => dispute).sort()).toEqual([...disputes].sort())
    for (const { sale, reference } of planted.disputes) {
      expect(one(`select reference from sale_references where sale = '${sale}'`)).toBe(
        reference.replaceAll(' ', ''),
      )
      expect(
        Number(one(`select count(*) from journal_lines where line like '%${sale}%'`)),
      ).toBeGreaterThan(2)
    }
  })

  it('stands nowhere in the database', () => {
    expect(rows(`select name from sqlite_master where name like '%planted%'`)).toEqual([])
  })
})

describe('the seed', () => {
  const few: YearOf = { ...small, customers: 50, days: 60 }

  const first = hashOf(few)

  it('makes the same town, row by row', () => {
    expect(hashOf(few)).toBe(first)
  })

  it('makes another town of another one', () => {
    expect(hashOf({ ...few, seed: 8 })).not.toBe(first)
  })
})
