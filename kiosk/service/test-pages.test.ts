// What a technician reads while a device is tested, on paper and without a hand on site.
import { describe, expect, it } from 'vitest'
import { KioskNumber } from '../../domain/identifiers.ts'
import { languages } from '../../domain/language.ts'
import { composeJob } from '../../drivers/receipt-printer/escpos/job.ts'
import { printerModels } from '../../drivers/receipt-printer/escpos/models.ts'
import { noDevices, type DeviceStates } from '../../state-machines/device-states.ts'
import { resultOf, testSaid } from '../../state-machines/test-result.ts'
import {
  testingCardPaths,
  testingNotePaths,
  testingPrinterPaths,
  testingTerminalPaths,
} from '../../test/paths/device-test-paths.ts'
import { measureCard, measuredTimes } from './measuring-card.ts'
import { selfTest } from './self-test.ts'
import { testPage } from './test-page.ts'
import { testPapers } from './test-paper.ts'

describe('a running test as a page', () => {
  const running = [
    ...testingCardPaths,
    ...testingNotePaths,
    ...testingPrinterPaths,
    ...testingTerminalPaths,
  ].flatMap(({ state }) => (state.status === 'active' ? [state] : []))

  it('says in every state what to do or that it goes on', () => {
    for (const state of running) expect(testPage(state).sentence).not.toBeNull()
  })

  it('offers Cancel exactly where the test hears it at once', () => {
    const noted = new Map(
      running.map((state) => [JSON.stringify(state.value), testPage(state).back]),
    )
    expect(noted.get('"awaitingCard"')).toBe(true)
    expect(noted.get('"awaitingNote"')).toBe(true)
    expect(noted.get('{"held":"returning"}')).toBe(false)
    expect(noted.get('"closing"')).toBe(false)
  })

  it('shows the note that is in the acceptor', () => {
    const held = running.find((state) => testPage(state).sentence === 'note comes back')
    if (held === undefined) throw new Error('no note is held')
    expect(testPage(held).rows).toContainEqual({
      label: 'note',
      value: { kind: 'money', value: 2000 },
      mark: 'well',
    })
  })
})

describe('a test that is over', () => {
  it.each([
    ['passed', { sentence: 'test passed', mark: 'well' }],
    ['nobody came', { sentence: 'nobody came', mark: 'attention' }],
    ['stopped', null],
    ['note kept', { sentence: 'test failed', mark: 'wrong' }],
  ] as const)('%s: says so', (why, said) => {
    expect(testSaid(resultOf('noteAcceptor', why, []))).toEqual(said)
  })
})

describe('test paper', () => {
  const facts = {
    kiosk: { number: KioskNumber.parse('440300000101'), place: 'Station', phone: '1' },
    timeZone: 'Asia/Shanghai',
    languages: [...languages],
    at: Date.UTC(2026, 10, 23, 16, 45),
    id: 'T1',
  }

  it('is one piece for each language of the kiosk, each a job of its own', () => {
    const papers = testPapers('test page', facts)
    expect(papers.map(({ paper }) => paper.language)).toEqual(languages)
    expect(new Set(papers.map(({ jobId }) => jobId)).size).toBe(languages.length)
  })

  it('has a code, and every size and weight of letter', () => {
    for (const { paper } of testPapers('test page', facts)) {
      const kinds = paper.lines.map((line) =>
        line.kind === 'text' ? `${line.size ?? 'normal'} ${line.weight ?? 'normal'}` : line.kind,
      )
      expect(new Set(kinds)).toEqual(
        new Set([
          'normal normal',
          'normal bold',
          'large normal',
          'large bold',
          'pair',
          'rule',
          'space',
          'qr',
        ]),
      )
    }
  })

  it('can be printed by every printer there is', async () => {
    for (const model of Object.values(printerModels)) {
      for (const { paper } of testPapers('test page', facts)) {
        const bytes = (await composeJob(paper, model)).reduce((sum, part) => sum + part.length, 0)
        expect(bytes, `${model.name}, ${paper.language}`).toBeGreaterThan(500)
      }
    }
  })

  it('for the knife alone has nothing on it', () => {
    const [only, ...others] = testPapers('cut', facts)
    expect(others).toEqual([])
    expect(only?.paper.lines.every(({ kind }) => kind === 'space')).toBe(true)
  })
})

describe('measuring a card', () => {
  /** A clock that moves with every exchange by the next of these. */
  const cardOf = (tookMs: number[], statusWord = 0x9000) => {
    let now = 0
    let asked = 0
    const line = {
      exchange: () => {
        now += tookMs[asked++ % tookMs.length] ?? 0
        return Promise.resolve({ kind: 'answered' as const, data: new Uint8Array(), statusWord })
      },
    }
    return { line, clock: { monotonic: () => now }, asked: () => asked }
  }

  it('tells the middle one of several, so that one slow answer does not count', async () => {
    const { line, clock, asked } = cardOf([900, 20, 21, 22, 23])
    expect(await measureCard(line, clock)).toEqual({ kind: 'measured', medianMs: 22 })
    expect(asked()).toBe(measuredTimes)
  })

  it('asks no further when the card says no', async () => {
    const { line, clock, asked } = cardOf([20], 0x6a82)
    expect(await measureCard(line, clock)).toEqual({ kind: 'does not answer' })
    expect(asked()).toBe(1)
  })
})

describe('a self test', () => {
  const states = (noteAcceptor: Partial<DeviceStates['noteAcceptor']>): DeviceStates => ({
    ...noDevices,
    noteAcceptor: { ...noDevices.noteAcceptor, ready: true, ...noteAcceptor },
  })

  it('passes where the device is ready and nothing ails it', () => {
    const counters = { stacked: 7, rejected: 2 }
    expect(selfTest('noteAcceptor', states({ counters }))).toMatchObject({
      passed: true,
      rows: [{ label: 'state' }, { label: 'stacked ever' }, { label: 'rejected ever' }],
    })
  })

  it.each([
    ['a jam', { faults: ['jam'] }, 'device fault'],
    ['silence', { faults: ['not answering'] }, 'no answer'],
    ['not having been heard of', { ready: false }, 'no answer'],
  ] as const)('fails for %s', (_, noteAcceptor, why) => {
    const result = selfTest('noteAcceptor', states(noteAcceptor as never))
    expect(result).toMatchObject({ passed: false, why })
  })

  it('passes with little paper, and says so', () => {
    const result = selfTest('receiptPrinter', {
      ...noDevices,
      receiptPrinter: { ready: true, faults: ['paper low'] },
    })
    expect(result.passed).toBe(true)
    expect(result.rows).toContainEqual({
      label: 'fault',
      value: { kind: 'fault', device: 'receiptPrinter', fault: 'paper low', say: 'name' },
      mark: 'attention',
    })
  })
})
