// A bench whose kiosk can be killed at one byte or one call to its disk, a customer without a browser, and what is so afterwards.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { minor } from '../../domain/money.ts'
import { startBench, type Bench } from '../../kiosk/bench/bench.ts'
import type { Act } from '../../ui/bench/panel.ts'
import type { Front } from '../faults/visit.ts'
import { orderFile, seenFile, type Order, type Seen } from './orders.ts'
import { nothingShown, page, type Page } from './page.ts'
import { taps, type Taps } from './tapped.ts'

export type KillingBench = {
  bench: Bench
  page: Page
  taps: Taps
  front: (card: string) => Front
  act: (wanted: Act) => Promise<void>
  /** The kiosk kills itself at this call to its disk; null: it lives. */
  order: (order: Order | null) => void
  /** What the kiosk was doing when it killed itself. */
  seen: () => Seen | null
  /** What the kiosk tells supervision; null while it does not answer. */
  health: () => Promise<Record<string, unknown> | null>
  close: () => Promise<void>
}

/** `withoutPcscd`: cards over memory, which do not have to lie outside for a second between two insertions. */
export const killingBench = async ({ withoutPcscd = false } = {}): Promise<KillingBench> => {
  const folder = mkdtempSync(join(tmpdir(), 'wattpoint-kills-'))
  const tapped = taps()
  // The programs of the bench inherit it; the centre has no folder of a kiosk, so nothing happens to it.
  const { NODE_OPTIONS: before = '' } = process.env
  const hook = join(import.meta.dirname, 'stop-at-write.ts')
  process.env['WATTPOINT_KILLS'] = folder
  process.env['NODE_OPTIONS'] = `${before} --import=${hook}`
  const bench = await startBench({
    dataFolder: join(folder, 'bench'),
    port: 0,
    patience: { customerMs: 120_000, warningMs: 20_000 },
    pace: 'quick',
    withoutPcscd,
    taps: tapped,
  })
  const shown = page(bench.kioskUrl)
  const act = async (wanted: Act) => {
    const done = await bench.act(wanted)
    if (done.kind !== 'done') throw new Error(`${wanted.type}: ${JSON.stringify(done)}`)
  }
  return {
    bench,
    page: shown,
    taps: tapped,
    act,
    front: (card) => ({
      screen: () => shown.view() ?? { screen: nothingShown, number: -1 },
      press: shown.press,
      card: {
        isIn: () => bench.panel().slot.card !== null,
        putIn: () => void bench.act({ type: 'card.insert', card }),
        takeOut: () => void bench.act({ type: 'card.take' }),
      },
      notes: {
        areTaken: () => bench.panel().notes.state === 'open',
        putIn: (value) => void bench.act({ type: 'note.insert', value: minor(value) }),
      },
      now: () => performance.now(),
    }),
    order: (order) => {
      rmSync(seenFile(folder), { force: true })
      if (order === null) rmSync(orderFile(folder), { force: true })
      else writeFileSync(orderFile(folder), JSON.stringify(order))
    },
    seen: () =>
      existsSync(seenFile(folder))
        ? (JSON.parse(readFileSync(seenFile(folder), 'utf8')) as Seen)
        : null,
    health: async () => {
      try {
        const answer = await fetch(`${bench.kioskUrl}health`, {
          signal: AbortSignal.timeout(1_000),
        })
        return (await answer.json()) as Record<string, unknown>
      } catch {
        return null
      }
    },
    close: async () => {
      shown.close()
      await bench.close()
      delete process.env['WATTPOINT_KILLS']
      process.env['NODE_OPTIONS'] = before
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const until = async (
  what: string,
  isSo: () => boolean | Promise<boolean>,
  limitMs = 60_000,
): Promise<void> => {
  for (const from = performance.now(); performance.now() - from < limitMs;) {
    if (await isSo()) return
    await pause(10)
  }
  throw new Error(`never came to: ${what}`)
}
