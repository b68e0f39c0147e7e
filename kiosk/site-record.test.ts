// What the journal says of the kiosk as a machine that people look after.
import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { PersonNumber } from '../domain/service/person.ts'
import { noSiteRecord, siteRecordAfter } from './site-record.ts'

const by = { kind: 'person', person: PersonNumber.parse('4711') } as const
const start = Date.parse('2026-11-26T08:00:00.000Z')
const after = (...entries: JournalEntry[]) =>
  entries
    .map((entry, at) => ({ entry, at: new Date(start + at * 1_000).toISOString() }))
    .reduce(siteRecordAfter, noSiteRecord)
const raised = (device: string, fault: string): JournalEntry => ({
  type: 'fault.raised',
  device,
  fault,
  detail: '',
})

describe('a kiosk that was closed', () => {
  const closed: JournalEntry = {
    type: 'kiosk.closed',
    by,
    how: 'out of service',
    reason: 'maintenance',
  }

  it('is closed after a restart too, and says by whom', () => {
    const started: JournalEntry = { type: 'kiosk.started', boot: 2, version: '1' }
    expect(after(closed, started).closed).toEqual({
      by,
      how: 'out of service',
      reason: 'maintenance',
    })
  })

  it('is open again when somebody has opened it', () => {
    expect(after(closed, { type: 'kiosk.opened', by }).closed).toBe(null)
  })
})

describe('the last faults of a device', () => {
  it('stand until they are cleared', () => {
    const told = after(raised('receiptPrinter', 'paper out'), raised('noteAcceptor', 'jam'), {
      type: 'fault.cleared',
      device: 'receiptPrinter',
      fault: 'paper out',
    }).faults
    expect(told).toEqual([
      { device: 'receiptPrinter', fault: 'paper out', raisedAt: start, clearedAt: start + 2_000 },
      { device: 'noteAcceptor', fault: 'jam', raisedAt: start + 1_000, clearedAt: null },
    ])
  })

  it('do not stand any more after a restart: the device says it again', () => {
    const told = after(raised('noteAcceptor', 'jam'), {
      type: 'kiosk.started',
      boot: 2,
      version: '1',
    }).faults
    expect(told).toMatchObject([{ clearedAt: start + 1_000 }])
  })

  it('are kept for each device by itself, however much another one chatters', () => {
    const chatter = Array.from({ length: 20 }, () => raised('receiptPrinter', 'cover open'))
    const told = after(raised('noteAcceptor', 'jam'), ...chatter).faults
    expect(told.filter(({ device }) => device === 'noteAcceptor')).toHaveLength(1)
    expect(told.filter(({ device }) => device === 'receiptPrinter')).toHaveLength(5)
  })
})
