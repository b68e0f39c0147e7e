// Which sale a reversal of the bank undoes: by the order where it has one, else by the reference of the sale. Pure.
import type { MoneyAtCentre } from './centre-leg.ts'
import type { KeptRow, Reversal } from './kept-files.ts'

const named = (terminal: string, of: { order: string; reference: string }): string[] => [
  ...(of.order === '' ? [] : [`order ${of.order} at ${terminal}`]),
  ...(of.reference === '' ? [] : [`reference ${of.reference} at ${terminal}`]),
]

const namesOf = ({ row, undoes }: Reversal): string[] =>
  named(row.terminal, { order: row.orderNumber, reference: undoes ?? '' })

/** Reversals that are still to be found, each found once. */
export type Reversals = {
  of: (bank: KeptRow) => Reversal | null
  /** Those nobody has asked for. */
  left: () => Reversal[]
}

export const reversalsIn = (all: readonly Reversal[]): Reversals => {
  const left = new Set(all)
  const byName = new Map(all.flatMap((each) => namesOf(each).map((name) => [name, each] as const)))
  const found = (bank: KeptRow): Reversal | null => {
    const { terminal, orderNumber: order, reference } = bank
    for (const name of named(terminal, { order, reference })) {
      const each = byName.get(name)
      if (each !== undefined && left.has(each)) return each
    }
    if (bank.state !== 'reversed') return null
    // The bank itself says that it was undone: then it was by one of that sum at that terminal.
    const unnamed = [...left].filter((each) => namesOf(each).length === 0)
    return (
      unnamed.find(({ row }) => row.terminal === terminal && row.amount === bank.amount) ?? null
    )
  }
  return {
    of: (bank) => {
      const each = found(bank)
      if (each !== null) left.delete(each)
      return each
    },
    left: () => [...left],
  }
}

/** Finds the payment that a reversal is about, of whatever date. */
export const paymentsByName = (
  centre: readonly MoneyAtCentre[],
): ((reversal: Reversal) => MoneyAtCentre | null) => {
  const byName = new Map(
    centre.flatMap((each) =>
      each.receipt === null
        ? []
        : named(each.receipt.terminal, {
            order: each.order?.number ?? '',
            reference: each.receipt.reference,
          }).map((name) => [name, each] as const),
    ),
  )
  return (reversal) => {
    for (const name of namesOf(reversal)) {
      const each = byName.get(name)
      if (each !== undefined) return each
    }
    return null
  }
}
