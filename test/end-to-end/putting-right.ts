// After a test: every fault away, the card out, the kiosk at its first screen, every sale closed, every card read by its meter.
import type { NoteFault, PrinterFault, TerminalFault } from '../../ui/bench/panel.ts'
import { longPatienceMs, until, type AtTheBench } from './at-the-bench.ts'
import { openSales } from './evidence-of-bench.ts'

/** The fitted unit first: the other faults are those of whichever unit is fitted. */
const noteFaults: NoteFault[] = [
  'swapped unit',
  'unplugged',
  'silent',
  'jam',
  'cash box removed',
  'cash box full',
]
const terminalFaults: TerminalFault[] = ['unplugged', 'silent', 'bank away', 'day not ended']
const printerFaults: PrinterFault[] = [
  'unplugged',
  'offline',
  'cover open',
  'paper out',
  'paper low',
]

/** Brings the bench back to where a test begins. Throws only when it cannot be brought there. */
export const putRight = async (person: AtTheBench): Promise<void> => {
  const { bench, takeCard } = person
  for (const fault of noteFaults) await bench.act({ type: 'notes.fault', fault, on: false })
  for (const fault of terminalFaults) await bench.act({ type: 'terminal.fault', fault, on: false })
  // Refused where nobody has left one inside.
  await bench.act({ type: 'bank-card.take' })
  for (const fault of printerFaults) await bench.act({ type: 'printer.fault', fault, on: false })
  await bench.act({ type: 'centre.away', on: false })
  // Refused in the authority's edition.
  await bench.act({ type: 'bank.down', on: false })
  await bench.act({ type: 'service-key.turn', on: false })
  await bench.act({ type: 'card.pull-after', commands: 0 })
  // Refused where the card service is not ours, and then it was never unplugged.
  await bench.act({ type: 'reader.unplug', on: false })
  await takeCard()
  try {
    await backToTheFirstScreen(person)
  } catch (error) {
    // What one test has broken must not break the next.
    await bench.act({ type: 'kiosk.kill' })
    await backToTheFirstScreen(person)
    throw error
  }
  await cardsHome(person)
}

const backToTheFirstScreen = async ({ bench, page, screen }: AtTheBench): Promise<void> => {
  const long = { limitMs: longPatienceMs, lookMs: 100 }
  await until(
    'the kiosk is at its first screen, and everything works',
    async () => {
      const shown = await screen()
      if (shown === 'attract') return takesNotesAndPrints(page)
      // With the key back whoever was in the maintenance mode hands the kiosk back: the first choice opens it.
      if (shown === 'service') await page.keyboard.press('1')
      // In any language: Cancel, or the way on where there is nothing to cancel.
      await page.keyboard.press('Escape')
      return false
    },
    long,
  )
  await until('no note moves', () => bench.panel().notes.inPath === null)
  await until('every sale is closed', () => openSales(bench).length === 0, long)
}

/** Every way to pay that is shown works. */
const takesNotesAndPrints = async (page: AtTheBench['page']): Promise<boolean> =>
  (await page.locator('html[lang=en] .taken').isVisible()) &&
  (await page.locator('.tenders .not').count()) === 0 &&
  (await page.getByText('Receipt on paper').first().isVisible())

/** A card with an unread purchase could not be used by the next test. A meter that refuses says so on the card, and all is well. */
const cardsHome = async ({ bench, used }: AtTheBench): Promise<void> => {
  for (const { id, meter } of bench.panel().cards) {
    if (meter === null || !used.has(id)) continue
    await bench.act({ type: 'meter.insert', card: id, meter })
    await bench.act({ type: 'meter.take', meter })
    used.delete(id)
  }
}
