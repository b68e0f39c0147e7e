// What is asked of one kiosk is found by an index, however large the fleet is and however long it has been watched.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { AlarmsAsked } from '../../../domain/console/fleet-alarms.ts'
import { KioskNumber } from '../../../domain/identifiers.ts'
import { openStore } from '../../store.ts'
import { alarmsOf } from './alarms.ts'
import { commandsOf } from './commands.ts'
import { kioskInDepth } from './kiosk-in-depth.ts'
import { timelineOf } from './timeline.ts'
import { trendsOf } from './trends.ts'

/** SQLite itself, and every statement that was prepared in it. */
class Listening extends DatabaseSync {
  readonly heard = new Set<string>()

  override prepare(sql: string): StatementSync {
    this.heard.add(sql)
    return super.prepare(sql)
  }

  /** Those that read a whole table, or sort more than they tell. */
  scans(): string[] {
    return [...this.heard].filter((sql) => sql.startsWith('select') && this.#isScan(sql))
  }

  #isScan(sql: string): boolean {
    const nothing = Array.from(sql.matchAll(/\?/g), () => null)
    const steps = super.prepare(`explain query plan ${sql}`).all(...nothing)
    return steps.some(({ detail }) => /^SCAN \w+$/.test(String(detail)))
  }
}

it('one kiosk costs the same in a fleet of eight and of five thousand', async () => {
  const database = new Listening(':memory:')
  const store = await openStore({ kind: 'memory', database })
  const kiosk = KioskNumber.parse('000000000001')
  await store.transact((work) =>
    work.insertInto('kiosks').values({ kiosk, place: 'Market' }).execute(),
  )
  database.heard.clear()
  const now = 1_790_000_000_000
  const { read } = store
  await kioskInDepth(read, kiosk, { now, timeZone: 'UTC', seesCash: true })
  const first = await timelineOf(read, { kiosk, kinds: [], after: undefined })
  expect(first).toEqual({ rows: [], next: null })
  await timelineOf(read, { kiosk, kinds: [], after: `${now}.4.0000000000000007` })
  await trendsOf(read, { kiosk, today: '2026-11-27', days: 90 })
  await commandsOf(read, { kiosk })
  await alarmsOf(read, { now, asked: AlarmsAsked.parse({ kiosk }) })
  expect(database.heard.size).toBeGreaterThan(15)
  expect(database.scans()).toEqual([])
  await store.close()
})
