import { describe, expect, test } from 'vitest'
import { decide, limits, reasonsOf } from './deciding.ts'
import type { HealthFacts, Reason, Standing } from './facts.ts'
import { pageGivenUpMs } from './page-ladder.ts'

const well: HealthFacts = {
  machineRuns: true,
  loopLateMs: 3,
  turnedMs: { cardReader: 5_000, noteAcceptor: 200, receiptPrinter: 2_000, bankTerminal: 40_000 },
  page: { silentMs: 4_000, hasAnswered: true },
  journal: 'written',
  syncedMs: 20_000,
  outboxLateMs: 0,
  step: { forMs: 30_000, mostMs: 600_000 },
  isBusy: false,
}

const wrong: [string, Partial<HealthFacts>, Reason[]][] = [
  ['a kiosk that is well', {}, []],
  ['a machine that has stopped', { machineRuns: false }, ['machine stopped']],
  ['an event loop that is late by a second', { loopLateMs: 1_000 }, []],
  ['an event loop that is later', { loopLateMs: 1_001 }, ['event loop late']],
  [
    'a note acceptor loop that hangs',
    { turnedMs: { noteAcceptor: 30_001 } },
    ['noteAcceptor loop hangs'],
  ],
  [
    'a card reader loop that hangs',
    { turnedMs: { cardReader: 30_001 } },
    ['cardReader loop hangs'],
  ],
  ['a printer that is asked in vain', { turnedMs: { receiptPrinter: 45_000 } }, []],
  [
    'a printer loop that hangs',
    { turnedMs: { receiptPrinter: 90_001 } },
    ['receiptPrinter loop hangs'],
  ],
  ['a terminal whose customer thinks', { turnedMs: { bankTerminal: 300_000 } }, []],
  [
    'a terminal loop that hangs',
    { turnedMs: { bankTerminal: 330_001 } },
    ['bankTerminal loop hangs'],
  ],
  ['a kiosk without devices but the card reader', { turnedMs: { cardReader: 1 } }, []],
  [
    'a page whose restart is under way',
    { page: { silentMs: pageGivenUpMs, hasAnswered: true } },
    [],
  ],
  [
    'a page that does not come back',
    { page: { silentMs: pageGivenUpMs + 1, hasAnswered: true } },
    ['page silent'],
  ],
  ['a machine that has no screen at all', { page: { silentMs: 9e9, hasAnswered: false } }, []],
  ['a journal that failed', { journal: 'failed' }, ['journal not written']],
  ['a journal that was not trusted at the start', { journal: 'not trusted' }, []],
  ['a disk that hangs', { syncedMs: 60_001 }, ['disk not synced']],
  ['a disk that was read-only at the start', { syncedMs: null }, []],
  ['an outbox that stands still', { outboxLateMs: 1 }, ['outbox stands still']],
  ['a step beyond its longest', { step: { forMs: 600_001, mostMs: 600_000 } }, ['step too long']],
]

test.each(wrong)('%s: %o', (_, facts, reasons) => {
  expect(reasonsOf({ ...well, ...facts })).toEqual(reasons)
})

test('all that is wrong is named', () => {
  const all = reasonsOf({ ...well, journal: 'failed', loopLateMs: 2_000, syncedMs: 90_000 })
  expect(all).toEqual(['event loop late', 'journal not written', 'disk not synced'])
})

describe('while somebody is being served', () => {
  const rows: [Standing, 'feed' | 'withhold'][] = [
    [{ reason: 'page silent', forMs: 600_000 }, 'feed'],
    [{ reason: 'noteAcceptor loop hangs', forMs: 600_000 }, 'feed'],
    [{ reason: 'outbox stands still', forMs: 600_000 }, 'feed'],
    [{ reason: 'journal not written', forMs: 59_999 }, 'feed'],
    [{ reason: 'journal not written', forMs: 60_000 }, 'withhold'],
    [{ reason: 'disk not synced', forMs: 60_000 }, 'withhold'],
    [{ reason: 'event loop late', forMs: 0 }, 'withhold'],
    [{ reason: 'machine stopped', forMs: 0 }, 'withhold'],
    [{ reason: 'step too long', forMs: 0 }, 'withhold'],
  ]
  test.each(rows)('%o: %s', (standing, kind) => {
    expect(decide([standing], true).kind).toBe(kind)
    expect(decide([standing], false)).toEqual({ kind: 'withhold', reasons: [standing.reason] })
  })

  test('what is borne with is named', () => {
    const standing: Standing[] = [{ reason: 'page silent', forMs: 1 }]
    expect(decide(standing, true)).toEqual({ kind: 'feed', borneWith: ['page silent'] })
  })
})

test('nothing wrong: fed', () => {
  expect(decide([], false)).toEqual({ kind: 'feed', borneWith: [] })
  expect(limits.loopLateMs).toBe(1_000)
})
