// The auditor on bank terminals: what a terminal really has charged, against what the journal of its kiosk says.
import type { PaymentLife } from './auditor-payments.ts'

/** One payment in the books of a bank terminal, whatever anybody was told about it. */
export type PaymentAtTerminal = {
  terminalId: string
  receiptNumber: number
  trace: number
  amount: number
  /** `MMDDhhmmss`. */
  at: string
  /** `stored` is charged; what is `authorised` or `reversal pending` will be one of the two others. */
  state: 'authorised' | 'stored' | 'reversed' | 'reversal pending'
}

/**
 * P2: every charge of the terminal is one kept payment of the journal, or one that is not decided there; and every kept
 * payment is a charge. Matched by everything that identifies it, never by "the last one".
 */
export const paymentsAgainstTerminal = (
  lives: readonly PaymentLife[],
  terminal: readonly PaymentAtTerminal[],
): string[] => {
  const atTerminal = lives.filter(({ evidence }) => evidence?.['kind'] !== 'bank')
  const named = atTerminal.filter(({ evidence }) => evidence !== null)
  return [
    ...named.flatMap((life) => lifeAgainstTerminal(life, terminal)),
    ...doubled(named),
    ...chargedUnknown(atTerminal, terminal),
  ]
}

const isSame = ({ evidence, amount }: PaymentLife, booked: PaymentAtTerminal): boolean =>
  evidence?.['terminalId'] === booked.terminalId &&
  evidence['receiptNumber'] === booked.receiptNumber &&
  evidence['trace'] === booked.trace &&
  evidence['at'] === booked.at &&
  amount === booked.amount

const lifeAgainstTerminal = (
  life: PaymentLife,
  terminal: readonly PaymentAtTerminal[],
): string[] => {
  const { payment, is } = life
  const booked = terminal.find((each) => isSame(life, each))
  if (booked === undefined)
    return [`payment ${payment} is ${is}, and the terminal has no such payment`]
  if (is === 'kept' && booked.state !== 'stored') {
    return [`payment ${payment} is kept, and the terminal has it ${booked.state}`]
  }
  return is === 'reversed' && booked.state === 'stored'
    ? [`payment ${payment} is reversed, and the terminal has charged it`]
    : []
}

const doubled = (lives: readonly PaymentLife[]): string[] =>
  lives
    .filter(({ evidence }, at) => {
      const own = JSON.stringify(evidence)
      return lives.findIndex((each) => JSON.stringify(each.evidence) === own) < at
    })
    .map(({ payment }) => `payment ${payment} has the receipt of another payment`)

/** A charge that no approval in the journal names: it must be one of those that the journal is not sure of. */
const chargedUnknown = (
  lives: readonly PaymentLife[],
  terminal: readonly PaymentAtTerminal[],
): string[] => {
  const open = lives.filter(
    ({ evidence, is }) => evidence === null && is !== 'reversed' && is !== 'kept',
  )
  return terminal
    .filter(({ state }) => state === 'stored')
    .filter((charge) => !lives.some((life) => isSame(life, charge)))
    .flatMap((charge) => {
      const at = open.findIndex(({ amount }) => amount === charge.amount)
      if (at >= 0) {
        open.splice(at, 1)
        return []
      }
      return [
        `terminal ${charge.terminalId} has charged ${charge.amount} (receipt ${charge.receiptNumber}), and the journal has no payment for it`,
      ]
    })
}
