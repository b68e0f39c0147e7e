// A whole sale at the machine: card in, notes in, written, receipt, card out; and the auditor over all books afterwards.
import { setTimeout as pause } from 'node:timers/promises'
import { minor } from '../../domain/money.ts'
import type { Screen } from '../../ui/kiosk/screen.ts'
import { cardOf, visit } from '../faults/visit.ts'
import { centreEvidence } from '../evidence.ts'
import type { HandInside } from './hand-inside.ts'
import type { Outside } from './outside.ts'
import { must } from './report.ts'
import { until } from './waiting.ts'

const limitMs = 240_000

/** Resolves with what was sold, in words; rejects when it did not come to its end or the books do not agree. */
export const sellForCash = async (
  outside: Outside,
  inside: HandInside,
  card: string = cardOf.cash,
): Promise<string> => {
  const before = {
    energy: outside.energyOn(card),
    notes: notesIn(outside),
    papers: outside.printer.papers().length,
    answered: outside.slot.answered(),
  }
  const screens = await goThrough(outside, inside, card)
  const energy = outside.energyOn(card)
  must(energy > 0 && energy !== before.energy, `nothing was written on the card: ${screens}`)
  must(notesIn(outside) === before.notes + 2, `${notesIn(outside)} notes in the box: ${screens}`)
  must(outside.printer.papers().length > before.papers, `no receipt was printed: ${screens}`)
  await until('the centre knows that the order is done', () =>
    Promise.resolve(
      centreEvidence(outside.paths.centreDatabase).orders.some(
        ({ tender, state }) => tender > 0 && state === 'LOADED',
      ),
    ),
  )
  const journal = await journalInside(inside)
  const flaws = outside.audit(journal)
  must(flaws.length === 0, flaws.join('; '))
  const commands = outside.slot.answered() - before.answered
  return `${energy / 100} kWh on the card by ${commands} commands, 2 notes stacked, 1 receipt, ${journal.length} lines of journal; the auditor finds nothing`
}

/** The customer's way; gives the screens that were shown. */
const goThrough = async (outside: Outside, inside: HandInside, card: string): Promise<string> => {
  let shown: { screen: Screen; number: number } = nothing
  const pressed: Promise<void>[] = []
  const customer = visit(
    {
      screen: () => shown,
      press: (press) => pressed.push(inside.press(shown.number, press)),
      card: {
        isIn: outside.slot.isIn,
        putIn: () => outside.slot.insert(outside.chip(card)),
        takeOut: outside.slot.remove,
      },
      notes: {
        areTaken: () => outside.notes.panel().state === 'open',
        putIn: (value) => outside.notes.insert(minor(value)),
      },
      now: () => performance.now(),
    },
    'cash',
  )
  const screens: string[] = []
  for (const from = performance.now(); !customer.isOver();) {
    must(performance.now() - from < limitMs, `the sale has no end: ${screens.join(' > ')}`)
    shown = (await inside.view()) ?? nothing
    if (shown.screen.kind !== screens.at(-1)) screens.push(shown.screen.kind)
    customer.step()
    await Promise.all(pressed.splice(0))
    await pause(100)
  }
  return screens.join(' > ')
}

const nothing = { screen: { kind: 'please wait', for: 'closing' } as const, number: -1 }

const notesIn = ({ notes }: Outside): number =>
  notes.stackedNotes().reduce((sum, { count }) => sum + count, 0)

const journalInside = async (inside: HandInside): Promise<string[]> => {
  const { output } = await inside.run('cat /var/lib/kiosk/journal.ndjson')
  return output.split('\n').slice(0, -1)
}
