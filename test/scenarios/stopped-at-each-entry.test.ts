// The kiosk is stopped at each entry of the journal of a sale, and started again: the books, the box and the card add up.
import { describe, expect, it, vi } from 'vitest'
import { inService } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'
import { stoppingDisk, type Stop } from '../stopping-disk.ts'

// Several kiosks at once share the processor.
vi.setConfig({ testTimeout: 180_000 })

const firstBalance = 8640
const price = 4000

/** What a customer does on each screen: chooses 40, pays with two notes of 20, and confirms; or cancels after the first. */
const customer = (box: KioskInABox, wants: 'energy' | 'to cancel') => {
  const notes = wants === 'energy' ? [2000, 2000] : [2000]
  let seen = ''
  let residue = 0
  let over = false
  const react = () => {
    const { screen } = box.view()
    if (screen.kind === 'insert notes' && notes.length > 0 && box.notes.takesNotes()) {
      box.notes.insert(notes.shift() ?? 0)
    }
    if (screen.kind === 'insert notes' && wants === 'to cancel' && screen.inserted > 0) {
      box.press({ type: 'cancel' })
    }
    if (screen.kind === seen) return
    seen = screen.kind
    switch (screen.kind) {
      case 'attract':
        if (!over) box.insert('plain-sale')
        break
      case 'account':
        box.press({ type: 'buy' })
        break
      case 'choose amount':
        box.press({ type: 'digit', digit: 4 })
        box.press({ type: 'digit', digit: 0 })
        box.press({ type: 'continue' })
        break
      case 'choose tender':
        box.press({ type: 'tender', tender: 'cash' })
        break
      case 'confirm purchase':
        residue = screen.quote.residue
        box.press({ type: 'confirm' })
        break
      case 'confirm cancel':
        box.press({ type: 'cancel' })
        break
      case 'take card':
        over = true
        box.reader.remove()
        break
      default:
    }
  }
  return { react, residue: () => residue, over: () => over }
}

const named = (box: KioskInABox): string[] =>
  box
    .unresolved()
    .map(({ what }) => what)
    .sort()

const typesOf = (box: KioskInABox): string[] =>
  box.journal().map((line) => (JSON.parse(line) as { entry: { type: string } }).entry.type)

/** The entries of such a sale that nothing stops. */
const entriesOf = async (wants: 'energy' | 'to cancel'): Promise<string[]> => {
  const box = await kioskInABox()
  try {
    const { react, over } = customer(box, wants)
    await inService(box)
    await box.until('the sale is settled', () => {
      react()
      return over() && typesOf(box).includes('sale.settled')
    })
    await inService(box)
    return typesOf(box)
  } finally {
    await box.close()
  }
}

/** What is open when this is all that the journal has, in the words of the kiosk's list (P4). */
const openAfter = (types: readonly string[]): string[] => {
  const last = (...some: string[]) => Math.max(...some.map((type) => types.lastIndexOf(type)))
  const open = (intent: string, ...outcomes: string[]) => last(intent) > last(...outcomes)
  const stacked = types.includes('note.stacked')
  const moved = types.includes('note.stacking')
  return [
    ...(open('note.stacking', 'note.stacked', 'note.returned') ? ['note moving'] : []),
    ...(open('order.requesting', 'order.reserved') ? ['order asked for'] : []),
    ...(open('card.writing', 'card.written') ? ['card unknown'] : []),
    ...(types.includes('order.reserved') && !types.includes('card.writing') ? ['order open'] : []),
    // The verdict on a moving note comes first.
    ...(stacked && !types.includes('sale.settled') && !open('note.stacking', 'note.stacked')
      ? ['sale not settled']
      : []),
    ...(moved && !types.includes('receipt.printed') && !types.includes('session.closed')
      ? ['slip not printed']
      : []),
  ].sort()
}

/**
 * The sale up to the stop, and the next start, with what that says is open before anything is settled. The card stays in the
 * slot if the kiosk had acted on the entry.
 */
const stopAndStart = async (
  of: { box: KioskInABox; disk: ReturnType<typeof stoppingDisk>; stop: Stop },
  react: () => void,
) => {
  const { box, disk, stop } = of
  await inService(box)
  const visit = box.until('the kiosk stops', () => {
    if (!disk.stopped()) react()
    return disk.stopped()
  })
  await Promise.race([disk.whenStopped, visit])
  if (stop.when === 'on disk') box.reader.remove()
  const restarting = box.restart()
  disk.letGo()
  await restarting
  const types = typesOf(box)
  const before = types.slice(0, types.lastIndexOf('kiosk.started'))
  expect(named(box)).toEqual(openAfter(before))
  await visit
  await box.pass(2_000)
  box.reader.remove()
  await inService(box)
  await box.pass(20_000)
}

/** What the account holds when the customer comes again. An order that is open on the card is given back first. */
const balanceAfterwards = async (box: KioskInABox): Promise<number | null | undefined> => {
  box.insert('plain-sale')
  await box.until('the card is judged', () =>
    ['account', 'refused', 'open order'].includes(box.view().screen.kind),
  )
  const { screen } = box.view()
  if (screen.kind === 'account' || screen.kind === 'refused') return screen.account?.balance
  box.press({ type: 'return order' })
  await box.screen('take card')
  box.reader.remove()
  await inService(box)
  return balanceAfterwards(box)
}

describe.each(['energy', 'to cancel'] as const)('a customer who wants %s', async (wants) => {
  const entries = await entriesOf(wants)
  // Before the first note nothing has moved. An escrow is journalled with the intent to stack, and after a paper or the
  // last entry nothing follows that is about money.
  const nothingFollows = (type: string, at: number) =>
    type === 'note.escrowed' || type.startsWith('receipt.') || at === entries.length - 1
  const stops = entries.flatMap((type, at) =>
    (['on disk', 'acted on'] as const)
      .filter((when) => at >= 2 && (when === 'on disk' || !nothingFollows(type, at)))
      .map((when) => ({ after: at + 1, type, when })),
  )

  it.concurrent.each(stops)(
    'P1 P3 P4 P7: has lost nothing and got nothing twice, and what is open is named, when the kiosk stops with entry $after, $type, $when',
    async ({ after, when }) => {
      const stop = { after, when }
      const disk = stoppingDisk(stop)
      const box = await kioskInABox({ journal: { openFile: disk.openFile } })
      try {
        const loaded = () => box.card('plain-sale').state().files[2]
        const before = loaded()
        const { react, residue } = customer(box, wants)
        await stopAndStart({ box, disk, stop }, react)
        expect(box.audit()).toEqual([])
        // On paper: where the money is, or what was bought.
        const notesIn = box.notes.truth().cashBox.notes[2000] ?? 0
        expect(box.printer.receipts().length).toBe(notesIn > 0 ? 1 : 0)
        const balance = await balanceAfterwards(box)
        const paid = (box.notes.truth().cashBox.notes[2000] ?? 0) * 2000
        const spent = loaded() === before ? 0 : price - residue()
        expect(balance).toBe(firstBalance + paid - spent)
        box.reader.remove()
        await inService(box)
        await box.until('nothing is open', () => named(box).length === 0)
        expect(box.audit()).toEqual([])
      } finally {
        await box.close()
      }
    },
  )
})
