// A bank terminal at the words of its driver's contract, with books of its own and every fault the words can tell.
//
// What it has authorised outlives the kiosk's program: nobody answers, so it reverses; what it has stored stays stored, and
// only asking brings it to light (devices.md 10.8). The bytes of ZVT are proven elsewhere.
import { fromCallback } from 'xstate'
import type { PaymentId } from '../../domain/identifiers.ts'
import type { Minor } from '../../domain/money.ts'
import { never } from '../../domain/never.ts'
import type {
  BankTerminalCommand,
  BankTerminalEvent,
  DeclineReason,
  PaymentPlace,
  PaymentReceipt,
} from '../../drivers/bank-terminal/bank-terminal.ts'
import {
  encryptPin,
  testPinBaseKey,
  transactionKey,
} from '../../drivers/bank-terminal/zvt/pin-block.ts'
import type { Life } from './life.ts'
import type { Timeline } from './timeline.ts'

const ms = {
  start: 900,
  askForCard: 400,
  /** Nobody holds a card against it. */
  cardPatience: 45_000,
  bank: 2_200,
  store: 700,
  reverse: 900,
  find: 600,
  /** The driver gives a silent terminal up. */
  silence: 5_000,
  /** The terminal gives a silent kiosk up and reverses. */
  kioskSilence: 60_000,
  /** The longest that a kiosk may keep it waiting for the goods. */
  goods: 660_000,
}

/** When the power of the terminal, or the line to it, fails. */
export const lostAt = [
  'asking',
  'authorised, not told',
  'waiting for goods',
  'before storing',
  'stored, not told',
] as const

/** What the next payment meets; each is used up by one. */
export type PaymentFault =
  | { kind: 'declined'; why: DeclineReason }
  /** The power of the terminal, or the line to it, fails at this moment; a payment that is not stored by then is reversed. */
  | { kind: 'lost'; at: (typeof lostAt)[number] }
  /** It does not want to wait for the goods any longer. */
  | { kind: 'reverses by itself' }
  /** Asked where a payment is, it cannot say yet. */
  | { kind: 'cannot say' }

type Held = {
  paymentId: PaymentId
  receipt: PaymentReceipt
  state: 'authorised' | 'stored' | 'reversed'
}

type Connection = { life: Life; tell: (event: BankTerminalEvent) => void; ready: boolean }

export type DayBankTerminal = ReturnType<typeof bankTerminal>

export const bankTerminal = (timeline: Timeline, number: string) => {
  const books: Held[] = []
  const terminalId = number.slice(-8)
  let connection: Connection | null = null
  let answering = true
  let askingPin: { paymentId: PaymentId; stop: () => void } | null = null
  let pins = 0
  let asking: { paymentId: PaymentId; amount: Minor; stop: () => void } | null = null
  let giveUpWaiting = () => {}
  const armed: { fault: PaymentFault; met: () => void }[] = []

  const tell = (event: BankTerminalEvent): void => {
    if (connection !== null && answering) connection.tell(event)
  }
  const met = <Kind extends PaymentFault['kind']>(
    kind: Kind,
    fits: (fault: Extract<PaymentFault, { kind: Kind }>) => boolean = () => true,
  ): Extract<PaymentFault, { kind: Kind }> | null => {
    const at = armed.findIndex(
      ({ fault }) => fault.kind === kind && fits(fault as Extract<PaymentFault, { kind: Kind }>),
    )
    const [found] = at === -1 ? [] : armed.splice(at, 1)
    found?.met()
    return (found?.fault ?? null) as Extract<PaymentFault, { kind: Kind }> | null
  }
  const isLostAt = (at: Extract<PaymentFault, { kind: 'lost' }>['at']): boolean =>
    met('lost', (fault) => fault.at === at) !== null
  const held = (): Held | undefined => books.findLast(({ state }) => state === 'authorised')

  // --- what is so, whoever hears of it ---

  const reverseHeld = (): void => {
    giveUpWaiting()
    const waiting = held()
    if (waiting !== undefined) waiting.state = 'reversed'
  }
  /** Dark for a while: what was not stored is not, and the driver can only say that it does not know. */
  const goDark = (paymentId: PaymentId): void => {
    asking?.stop()
    asking = null
    reverseHeld()
    const own = connection
    answering = false
    timeline.after(ms.silence, () => {
      own?.tell({ type: 'payment.unknown', paymentId, why: 'the terminal does not answer' })
      own?.tell({
        type: 'bank-terminal.failed',
        fault: { kind: 'not answering', moneyAtRisk: 'unknown' },
      })
    })
    timeline.after(4 * ms.silence, comeBack)
  }
  const comeBack = (): void => {
    if (answering) return
    answering = true
    if (connection === null) return
    tell({ type: 'bank-terminal.cleared', fault: 'not answering' })
    sayReady()
  }
  const unit = { terminalId, version: 'day', vending: true, canAskPin: true }
  const sayReady = (): void => tell({ type: 'bank-terminal.ready', unit })

  // --- what it is told ---

  const authorise = (paymentId: PaymentId, amount: Minor): void => {
    if (asking !== null || held() !== undefined) {
      return tell({ type: 'payment.declined', paymentId, why: 'terminal busy' })
    }
    const stop = timeline.after(ms.cardPatience, () => {
      asking = null
      tell({ type: 'payment.declined', paymentId, why: 'timed out' })
    })
    asking = { paymentId, amount, stop }
    timeline.after(ms.askForCard, () =>
      tell({ type: 'payment.hint', paymentId, hint: 'insert card' }),
    )
    return undefined
  }
  const agree = (paymentId: PaymentId, amount: Minor): void => {
    const receipt: PaymentReceipt = {
      terminalId,
      receiptNumber: (books.length % 9_999) + 1,
      trace: (books.length + 1) % 1_000_000,
      amount,
      at: new Date(timeline.now()).toISOString().replaceAll(/\D/g, '').slice(4, 14),
    }
    books.push({ paymentId, receipt, state: 'authorised' })
    if (isLostAt('authorised, not told')) return goDark(paymentId)
    tell({ type: 'payment.authorised', paymentId, receipt, cardType: 'DAYCARD' })
    if (isLostAt('waiting for goods')) return goDark(paymentId)
    const patience = met('reverses by itself') === null ? ms.goods : 8_000
    giveUpWaiting = timeline.after(patience, () => {
      reverseHeld()
      tell({ type: 'payment.reversed', paymentId })
    })
    return undefined
  }
  const confirm = (paymentId: PaymentId): void => {
    const waiting = held()
    if (waiting?.paymentId !== paymentId) return
    if (isLostAt('before storing')) return goDark(paymentId)
    giveUpWaiting()
    waiting.state = 'stored'
    if (isLostAt('stored, not told')) return goDark(paymentId)
    const { receipt } = waiting
    timeline.after(ms.store, () =>
      tell({ type: 'payment.stored', paymentId, receipt, slip: ['DAYCARD', 'APPROVED'] }),
    )
    return undefined
  }
  const refuse = (paymentId: PaymentId): void => {
    const known = books.findLast((each) => each.paymentId === paymentId)
    if (known?.state === 'authorised') reverseHeld()
    if (known?.state === 'stored') return
    timeline.after(ms.reverse, () => tell({ type: 'payment.reversed', paymentId }))
  }
  const abort = (paymentId: PaymentId): void => {
    if (askingPin?.paymentId === paymentId) {
      askingPin.stop()
      askingPin = null
      return tell({ type: 'pin.not-entered', paymentId, why: 'customer cancelled' })
    }
    if (asking?.paymentId !== paymentId) return
    asking.stop()
    asking = null
    timeline.after(ms.askForCard, () =>
      tell({ type: 'payment.declined', paymentId, why: 'customer cancelled' }),
    )
  }
  /** It shows its last payment; one that still waits for the goods of a program that has ended is reversed first. */
  const find = (of: Extract<BankTerminalCommand, { type: 'bank-terminal.find' }>): void => {
    if (met('cannot say') !== null) {
      const where: PaymentPlace = { kind: 'cannot say', why: 'the terminal is not ready' }
      return tell({ type: 'payment.found', paymentId: of.paymentId, where })
    }
    if (held() !== undefined) {
      timeline.after(ms.kioskSilence, () => {
        reverseHeld()
        find(of)
      })
      return
    }
    const last = books.findLast(({ state }) => state === 'stored')
    const where: PaymentPlace =
      last !== undefined && isThis(last.receipt, of)
        ? { kind: 'stored', receipt: last.receipt }
        : { kind: 'not charged' }
    timeline.after(ms.find, () => tell({ type: 'payment.found', paymentId: of.paymentId, where }))
  }
  const reverse = (paymentId: PaymentId, receipt: PaymentReceipt): void => {
    const known = books.findLast((each) => each.receipt.trace === receipt.trace)
    if (known === undefined) {
      timeline.after(ms.reverse, () =>
        tell({ type: 'payment.unknown', paymentId, why: 'it has no such payment' }),
      )
      return
    }
    known.state = 'reversed'
    timeline.after(ms.reverse, () => tell({ type: 'payment.reversed', paymentId }))
  }
  const obey = (command: BankTerminalCommand): void => {
    if (!answering) return
    switch (command.type) {
      case 'bank-terminal.authorise':
        return authorise(command.paymentId, command.amount)
      case 'bank-terminal.confirm':
        return confirm(command.paymentId)
      case 'bank-terminal.refuse':
        return refuse(command.paymentId)
      case 'bank-terminal.abort':
        return abort(command.paymentId)
      case 'bank-terminal.find':
        return find(command)
      case 'bank-terminal.reverse':
        return reverse(command.paymentId, command.receipt)
      case 'bank-terminal.end-day':
        return tell({ type: 'day.ended', payments: books.length, total: dayTotal() })
      case 'bank-terminal.diagnose': {
        const paymentsOpen = held() !== undefined
        const diagnosis = { kind: 'diagnosed', unit, trouble: null, paymentsOpen } as const
        return tell({ type: 'bank-terminal.diagnosed', diagnosis })
      }
      case 'bank-terminal.ask-pin':
        return askPin(command.paymentId)
      default:
        return never(command)
    }
  }
  const askPin = (paymentId: PaymentId): void => {
    const stop = timeline.after(ms.cardPatience, () => {
      askingPin = null
      tell({ type: 'pin.not-entered', paymentId, why: 'timed out' })
    })
    askingPin = { paymentId, stop }
    timeline.after(ms.askForCard, () =>
      tell({ type: 'payment.hint', paymentId, hint: 'enter pin' }),
    )
  }
  const dayTotal = (): Minor =>
    books
      .filter(({ state }) => state === 'stored')
      .reduce((sum, { receipt }) => (sum + receipt.amount) as Minor, 0 as Minor)

  return {
    driver: (life: Life) =>
      fromCallback<BankTerminalCommand>(({ sendBack, receive }) => {
        const own: Connection = {
          life,
          tell: (event) => life.hear(() => sendBack(event)),
          ready: false,
        }
        connection = own
        receive((command) => life.tell(() => obey(command)))
        timeline.after(ms.start, () => {
          if (connection === own && answering) sayReady()
        })
        return () => {
          if (connection === own) connection = null
        }
      }),
    /** It asks for a card now. */
    wantsCard: (): boolean => asking !== null && answering,
    /** The customer holds a card against it. */
    tap: (): void => {
      if (asking === null || !answering) return
      const { paymentId, amount, stop } = asking
      stop()
      asking = null
      if (isLostAt('asking')) return goDark(paymentId)
      tell({ type: 'payment.hint', paymentId, hint: 'asking the bank' })
      timeline.after(ms.bank, () => {
        const refusal = met('declined')
        if (refusal === null) agree(paymentId, amount)
        else tell({ type: 'payment.declined', paymentId, why: refusal.why })
      })
      return undefined
    },
    /** The PIN pad waits for digits. */
    wantsPin: (): boolean => askingPin !== null && answering,
    /** The customer types this at the PIN pad; null: presses its red key. */
    typePin: (pin: string | null): void => {
      if (askingPin === null || !answering) return
      const { paymentId, stop } = askingPin
      stop()
      askingPin = null
      if (pin === null) {
        return tell({ type: 'pin.not-entered', paymentId, why: 'customer cancelled' })
      }
      const keySerial = Buffer.from(`${terminalId}${String(++pins).padStart(16, '0')}`, 'hex')
      const key = transactionKey(testPinBaseKey, keySerial)
      const block = encryptPin({ pin, reference: paymentId, key, filling: new Uint8Array(8) })
      return tell({
        type: 'pin.entered',
        paymentId,
        block: Buffer.from(block).toString('hex'),
        keySerial: keySerial.toString('hex'),
      })
    },
    meet: (fault: PaymentFault, toldMet: () => void): void => {
      armed.push({ fault, met: toldMet })
    },
    /** The program of the kiosk has ended: nobody answers any more, and what waits is reversed in the end. */
    kioskGone: (): void => {
      connection = null
      askingPin?.stop()
      askingPin = null
      asking?.stop()
      asking = null
      giveUpWaiting()
      if (held() !== undefined) giveUpWaiting = timeline.after(ms.kioskSilence, reverseHeld)
    },
    cutPower: (): void => {
      asking = null
      reverseHeld()
    },
    mend: (): void => {
      armed.length = 0
      comeBack()
    },
    /** Every payment it has ever agreed to, and what became of it. */
    truth: (): readonly Held[] => books,
  }
}

/** As the driver compares: the whole receipt, or without one the sum and the time. */
const isThis = (
  shown: PaymentReceipt,
  of: Extract<BankTerminalCommand, { type: 'bank-terminal.find' }>,
): boolean => {
  if (of.receipt !== null) {
    const { terminalId, receiptNumber, trace, at } = of.receipt
    return (
      shown.terminalId === terminalId &&
      shown.receiptNumber === receiptNumber &&
      shown.trace === trace &&
      shown.at === at &&
      shown.amount === of.receipt.amount
    )
  }
  if (of.others?.some(({ trace, at }) => trace === shown.trace && at === shown.at)) return false
  const since = new Date(of.since).toISOString().replaceAll(/\D/g, '').slice(4, 14)
  return shown.amount === of.amount && shown.at >= since
}
