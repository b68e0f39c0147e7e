// A person at the bench: Chromium on the kiosk's screen, hands on cards and notes, and the auditor afterwards.
//
// Everything is real: pcscd with its virtual reader, pseudo-terminals, HTTP between programs, files on disk.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Page } from 'playwright-core'
import { pseudoTerminalsWork } from '../../drivers/cables.ts'
import { startBench, type Bench } from '../../kiosk/bench/bench.ts'
import type { Act } from '../../ui/bench/panel.ts'
import { audit } from '../auditor.ts'
import { centreEvidence, journalLines } from '../evidence.ts'

const browserPath = '/usr/bin/chromium'

/** What this machine lacks for the tests on real wires; null when all is there. */
export const lacking = (): string | null => {
  const missing = [
    ...(existsSync(browserPath) ? [] : ['chromium']),
    ...(existsSync('/usr/sbin/pcscd') ? [] : ['pcscd']),
    ...(pseudoTerminalsWork() ? [] : ['socat']),
  ]
  return missing.length === 0 ? null : missing.join(', ')
}

export const browserFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Long enough for a slow machine; nothing is measured by it. */
const patienceMs = 15_000
/** For a whole test on real wires, and for the start and stop of a bench. */
export const wholeTestMs = 120_000

export type AtTheBench = Awaited<ReturnType<typeof atTheBench>>

export const atTheBench = async (patience = { customerMs: 120_000, warningMs: 20_000 }) => {
  const folder = mkdtempSync(join(tmpdir(), 'wattpoint-bench-'))
  const bench = await startBench({ dataFolder: folder, port: 0, patience })
  const browser = await chromium.launch({ executablePath: browserPath, args: browserFlags })
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } })
  page.setDefaultTimeout(patienceMs)
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`the page failed: ${error.message}`))
  await page.goto(bench.kioskUrl)
  return {
    bench,
    page,
    ...handsAt(bench),
    ...eyesOn(page),
    /** Everything that does not add up, a sentence each. */
    audit: (): string[] => [...troubles, ...auditOf(bench)],
    /** The kiosk is free, and every sale that moved money is closed with the centre. */
    settled: async () => {
      await page.getByRole('heading', { name: /Insert your electricity card/ }).waitFor()
      await until('every sale is closed', () => openClosings(bench) === 0)
    },
    close: async () => {
      await browser.close()
      await bench.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const until = async (what: string, isSo: () => boolean | Promise<boolean>) => {
  for (let waited = 0; waited < patienceMs; waited += 50) {
    if (await isSo()) return
    await pause(50)
  }
  throw new Error(`never came to: ${what}`)
}

const handsAt = (bench: Bench) => {
  const act = async (wanted: Act) => {
    const done = await bench.act(wanted)
    if (done.kind !== 'done') throw new Error(`${wanted.type}: ${JSON.stringify(done)}`)
  }
  return {
    act,
    /** Puts a note in as soon as the lamp says so. */
    feed: async (value: number) => {
      await until('the note slot is open', () => bench.panel().notes.state === 'open')
      const note = bench.panel().notes.denominations.find((each) => each === value)
      if (note === undefined) throw new Error(`there is no note of ${value}`)
      await act({ type: 'note.insert', value: note })
    },
    insert: (card: string) => act({ type: 'card.insert', card }),
    takeCard: async () => {
      if (bench.panel().slot.card !== null) await act({ type: 'card.take' })
    },
    /** Takes the card home to its meter and back; gives what the meter holds then. */
    carryHome: async (card: string): Promise<number> => {
      const meter = bench.panel().cards.find(({ id }) => id === card)?.meter ?? ''
      await act({ type: 'meter.insert', card, meter })
      const held = bench.panel().meters.find(({ number }) => number === meter)
      await act({ type: 'meter.take', meter })
      if (held?.lastResult !== 0) throw new Error(`the meter refused: ${held?.lastResult}`)
      return held.remaining
    },
  }
}

const eyesOn = (page: Page) => ({
  press: (name: string | RegExp) => page.getByRole('button', { name }).click(),
  sees: (text: string | RegExp) => page.getByText(text).first().waitFor(),
  heading: (name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor(),
})

const journalOf = ({ paths }: Bench): { type: string }[] =>
  journalLines(paths.journal).map((line) => (JSON.parse(line) as { entry: { type: string } }).entry)

const openClosings = (bench: Bench): number => {
  const entries = journalOf(bench)
  const of = (type: string) => entries.filter((entry) => entry.type === type).length
  return of('sale.closing') - of('sale.settled')
}

const auditOf = (bench: Bench): string[] => {
  const { cashBox, cards } = bench.truth()
  return audit({
    journal: journalLines(bench.paths.journal),
    cashBox,
    centre: centreEvidence(bench.paths.centreDatabase),
    cards,
  })
}
