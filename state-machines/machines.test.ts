import { describe, expect, it } from 'vitest'
import { answersTo, flaws, leavesOf, nodesOf } from '../test/flaws.ts'
import { chargingBankCard } from './charging-bank-card.ts'
import { endingDay } from './ending-day.ts'
import { exchangingCashBox } from './exchanging-cash-box.ts'
import { findingPayments } from './finding-payments.ts'
import { kiosk } from './kiosk.ts'
import { printingSlips } from './printing-slips.ts'
import { sale } from './sale.ts'
import { strayNotes } from './stray-notes.ts'
import { takingBack } from './taking-back.ts'
import { takingCash } from './taking-cash.ts'
import { testingBankTerminal } from './testing-bank-terminal.ts'
import { testingCardReader } from './testing-card-reader.ts'
import { testingNoteAcceptor } from './testing-note-acceptor.ts'
import { testingReceiptPrinter } from './testing-receipt-printer.ts'
import { writingCard } from './writing-card.ts'

const machines = {
  chargingBankCard,
  endingDay,
  exchangingCashBox,
  findingPayments,
  kiosk,
  printingSlips,
  sale,
  strayNotes,
  takingBack,
  takingCash,
  testingBankTerminal,
  testingCardReader,
  testingNoteAcceptor,
  testingReceiptPrinter,
  writingCard,
}

describe.each(Object.entries(machines))('the machine %s', (_, machine) => {
  it('names every delay and begins in a state that is there', () => {
    expect(flaws(machine)).toEqual([])
  })

  it('has a way out of every state that is not an end', () => {
    const stuck = leavesOf(machine.root).filter(
      (node) =>
        node.type !== 'final' &&
        node.invoke.length === 0 &&
        (node.always ?? []).length === 0 &&
        answersTo(node).size === 0,
    )
    expect(stuck.map((node) => node.id)).toEqual([])
  })
})

describe('a customer', () => {
  const waiting = nodesOf(sale.root).filter((node) => node.tags.includes('customer'))

  it('is waited for in some states', () => {
    expect(waiting.length).toBeGreaterThan(8)
  })

  it.each(waiting.map((node) => [node.id, node] as const))(
    'who walks away from %s is not waited for for ever',
    (_, node) => {
      expect([...answersTo(node)]).toContain('patience.ended')
    },
  )

  it.each(waiting.map((node) => [node.id, node] as const))(
    'finds that %s starts their patience',
    (_, node) => {
      const raised = node.entry.map((action) => JSON.stringify(action.valueOf()) ?? '').length
      expect(raised).toBeGreaterThan(0)
    },
  )

  it.each(waiting.map((node) => [node.id, node] as const))('can leave %s by a press', (_, node) => {
    const presses = [...answersTo(node)].filter((event) => event.startsWith('press.'))
    expect(presses.filter((event) => event !== 'press.language').length).toBeGreaterThan(0)
  })
})
