// A person at the bench: Chromium on the kiosk's screen, hands on cards and notes, and the auditor afterwards.
//
// Everything is real: pcscd with its virtual reader, pseudo-terminals, HTTP between programs, files on disk.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Page } from 'playwright-core'
import { pseudoTerminalsWork } from '../../drivers/cables.ts'
import { missingForVirtualReader } from '../../drivers/card-reader/virtual-reader/daemon.ts'
import { startBench, type Bench, type BenchOptions } from '../../kiosk/bench/bench.ts'
import type { Act, BankCard } from '../../ui/bench/panel.ts'
import { auditOf } from './evidence-of-bench.ts'

const browserPath = '/usr/bin/chromium'

/** What this machine lacks for the tests on real wires; null when all is there. */
export const lacking = (): string | null => {
  const missing = [
    ...(existsSync(browserPath) ? [] : ['chromium']),
    ...(missingForVirtualReader() === null ? [] : ['pcscd with vpcd']),
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
/** For what takes long by design: an acceptor that never says it is closed, a centre that does not answer. */
export const longPatienceMs = 60_000
/** For a whole test on real wires, and for the start and stop of a bench. */
export const wholeTestMs = 180_000

export type AtTheBench = Awaited<ReturnType<typeof atTheBench>>

/** A fresh bench and a browser on its kiosk; notes and paper move quickly unless told. */
export const atTheBench = async (options: Partial<BenchOptions> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'wattpoint-bench-'))
  const bench = await startBench({
    dataFolder: folder,
    port: 0,
    patience: { customerMs: 120_000, warningMs: 20_000 },
    pace: 'quick',
    ...options,
  })
  const browser = await chromium.launch({ executablePath: browserPath, args: browserFlags })
  // What moves on the screen, and how large it is, costs a small machine more than all the rest.
  const page = await browser.newPage({
    viewport: { width: 540, height: 960 },
    reducedMotion: 'reduce',
  })
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
    close: async () => {
      await browser.close()
      await bench.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const until = async (
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { limitMs = patienceMs, lookMs = 20 } = {},
) => {
  for (const from = performance.now(); performance.now() - from < limitMs;) {
    if (await isSo()) return
    await pause(lookMs)
  }
  throw new Error(`never came to: ${what}`)
}

const handsAt = (bench: Bench) => {
  const act = async (wanted: Act) => {
    const done = await bench.act(wanted)
    if (done.kind !== 'done') throw new Error(`${wanted.type}: ${JSON.stringify(done)}`)
  }
  const slotIsOpen = () =>
    until('the note slot is open', () => bench.panel().notes.state === 'open')
  /** Cards that were in the slot. */
  const used = new Set<string>()
  return {
    act,
    used,
    slotIsOpen,
    /** Puts a note in as soon as the lamp says so. */
    feed: async (value: number) => {
      await slotIsOpen()
      const note = bench.panel().notes.denominations.find((each) => each === value)
      if (note === undefined) throw new Error(`there is no note of ${value}`)
      await act({ type: 'note.insert', value: note })
    },
    /** Shows a bank card as soon as the terminal asks for one. */
    present: async (card: BankCard, how: 'tap' | 'insert' = 'tap') => {
      await until('the terminal asks for a card', () => bench.panel().terminal.asks === 'card')
      await act({ type: 'bank-card.present', card, how })
    },
    takeBankCard: async () => {
      await until('the bank card may be taken', () => bench.panel().terminal.asks === 'take card')
      await act({ type: 'bank-card.take' })
    },
    /** Types the PIN of the account behind the power card as soon as the terminal asks for it. */
    typePin: async (pin: string) => {
      await until('the terminal asks for a PIN', () => bench.panel().terminal.asks === 'pin')
      await act({ type: 'terminal.pin', pin })
    },
    /** What is in the bank account behind a power card, in the edition of a bank. */
    bankBalance: (card: string): number | undefined =>
      bench.panel().bank?.accounts.find((account) => account.card === card)?.balance,
    /** What the terminal and its bank have, the newest last. */
    bankBooks: () => bench.truth().terminal.payments.map(({ state }) => state),
    insert: (card: string) => {
      used.add(card)
      return act({ type: 'card.insert', card })
    },
    takeCard: async () => {
      if (bench.panel().slot.card !== null) await act({ type: 'card.take' })
    },
    /** Takes the card home to its meter and back; gives what the meter took from it, in 0.01 kWh. */
    carryHome: async (card: string): Promise<number> => {
      const panel = () => bench.panel()
      const number = panel().cards.find(({ id }) => id === card)?.meter ?? ''
      const meter = () => panel().meters.find((each) => each.number === number)
      const before = meter()?.remaining ?? 0
      await act({ type: 'meter.insert', card, meter: number })
      await act({ type: 'meter.take', meter: number })
      const after = meter()
      if (after?.lastResult !== 0) throw new Error(`the meter refused: ${after?.lastResult}`)
      return after.remaining - before
    },
    /** Notes that really lie in the box. */
    notesIn: () => bench.truth().cashBox.reduce((sum, { count }) => sum + count, 0),
  }
}

/** A button on a screen that may be gone before a hand is there. */
export const pressIfThere = ({ page }: Pick<AtTheBench, 'page'>, name: string) =>
  page
    .getByRole('button', { name })
    .first()
    .click({ timeout: 1_000 })
    .catch(() => undefined)

const eyesOn = (page: Page) => ({
  press: (name: string | RegExp) => page.getByRole('button', { name }).first().click(),
  sees: (text: string | RegExp, timeout = patienceMs) =>
    page.getByText(text).first().waitFor({ timeout }),
  heading: (name: string | RegExp, timeout = patienceMs) =>
    page.getByRole('heading', { name }).first().waitFor({ timeout }),
  /** The kind of the screen that is shown, or null while there is none. */
  screen: (): Promise<string | null> =>
    page
      .locator('.kiosk')
      .getAttribute('data-screen')
      .catch(() => null),
})
