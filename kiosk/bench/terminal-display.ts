// What stands on the little display of the simulated bank terminal: read from what it says to the kiosk, as its maker would write it.
import { formatMoney, minor, type Minor } from '../../domain/money.ts'
import type { Apdu } from '../../drivers/bank-terminal/zvt/apdu.ts'
import { numberIn, readFields, tag } from '../../drivers/bank-terminal/zvt/fields.ts'
import { control } from '../../drivers/bank-terminal/zvt/requests.ts'
import { codeText, intermediate, result } from '../../drivers/bank-terminal/zvt/result-codes.ts'
import type { Behaviour } from '../../drivers/bank-terminal/zvt/simulator/behaviours.ts'
import type { TerminalPanel } from '../../ui/bench/panel.ts'

const steps: ReadonlyMap<number, string> = new Map([
  [intermediate.insertCard, 'HOLD OR INSERT CARD'],
  [intermediate.watchPinPad, 'ENTER PIN'],
  [intermediate.wrongPin, 'WRONG PIN'],
  [0x18, 'PIN BLOCKED'],
  [intermediate.askingBank, 'CALLING THE BANK'],
  [intermediate.autoReversal, 'REVERSING'],
  [intermediate.removeCard, 'TAKE YOUR CARD'],
])

const asked: ReadonlyMap<number, TerminalPanel['asks']> = new Map([
  [intermediate.insertCard, 'card'],
  [intermediate.watchPinPad, 'pin'],
  [intermediate.removeCard, 'take card'],
])

export const terminalDisplay = () => {
  let words = 'STARTING'
  let amount: Minor | null = null
  let step: number | null = null
  const hear = ({ control: name, data }: Apdu): void => {
    if (name !== control.authorise && name !== control.askPin) return
    amount = minor(numberIn(readFields(data), tag.amount) ?? 0)
    words = 'PLEASE WAIT'
  }
  const say = ({ control: name, data }: Apdu): void => {
    switch (name) {
      case control.intermediateStatus:
        step = data[0] ?? null
        words = steps.get(step ?? 0) ?? 'PLEASE WAIT'
        return
      case control.statusInformation:
        if (amount !== null) words = wordsOf(readFields(data).values.get(tag.result)?.[0])
        return
      case control.completed:
      case control.aborted:
        // The end of a payment stays until the kiosk next asks how the terminal is.
        words = amount === null ? 'READY' : name === control.aborted ? 'NOT CHARGED' : 'THANK YOU'
        amount = null
        step = null
        return
      default:
    }
  }
  return {
    watching: (changed: () => void): Behaviour => ({
      onCommand: (command) => {
        hear(command)
        changed()
        return undefined
      },
      onOut: (_, apdu) => {
        say(apdu)
        changed()
        return undefined
      },
    }),
    /** Its power was cut: it knows of no payment any more. */
    restarted: (): void => {
      words = 'STARTING'
      amount = null
      step = null
    },
    lines: (): string[] => (amount === null ? [words] : [words, formatMoney(amount)]),
    asks: (): TerminalPanel['asks'] => asked.get(step ?? 0) ?? null,
  }
}

const wordsOf = (code: number | undefined): string =>
  code === result.ok ? 'APPROVED: ONE MOMENT' : `NOT POSSIBLE ${codeText(code ?? 0)}`
