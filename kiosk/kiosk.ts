// Gives the machines their world: devices, card, centre, journal and paper.
import {
  createActor,
  fromCallback,
  fromPromise,
  type CallbackActorLogic,
  type InspectionEvent,
} from 'xstate'
import type { Asked, CentreAnswer, MessageName } from '../domain/centre-messages.ts'
import type { Nonce, RequestId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { CardLine } from '../drivers/card-reader/card-reader.ts'
import type { BankTerminalCommand } from '../drivers/bank-terminal/bank-terminal.ts'
import type { NoteAcceptorCommand } from '../drivers/note-acceptor/note-acceptor.ts'
import type { ReceiptPrinterCommand } from '../drivers/receipt-printer/receipt-printer.ts'
import { chargingBankCard } from '../state-machines/charging-bank-card.ts'
import { endingDay } from '../state-machines/ending-day.ts'
import { findingPayments, type OpenPayment } from '../state-machines/finding-payments.ts'
import type { InterruptedSale } from '../state-machines/interrupted-sale.ts'
import type { CashTallied, KioskInput, SettlingCommand } from '../state-machines/kiosk-context.ts'
import { kiosk } from '../state-machines/kiosk.ts'
import type { AccountPaymentCommand } from '../state-machines/payment-words.ts'
import { printingSlips, type PreparedSlip } from '../state-machines/printing-slips.ts'
import {
  claimNumber,
  type PreparedReceipt,
  type SaleContext,
} from '../state-machines/sale-context.ts'
import { fundingOf, ownPaidOrder, toldAtClosing } from '../state-machines/sale-payment.ts'
import { sale } from '../state-machines/sale.ts'
import type { MachineAct } from '../state-machines/servicing-context.ts'
import { strayNotes } from '../state-machines/stray-notes.ts'
import { takingBack } from '../state-machines/taking-back.ts'
import { takingCash } from '../state-machines/taking-cash.ts'
import type { ProofRead } from '../state-machines/proving.ts'
import { writingCard, type ScriptEvent } from '../state-machines/writing-card.ts'
import { challengeCard, lookAtCard, readProof, runScript as runCommands } from './card-steps.ts'
import { accountPayments, type AccountPaymentParts, type PinEvent } from './account-payments.ts'
import type { CentreClient, FrontClient } from './centre-client.ts'
import type { Clock } from './clock.ts'
import { watchDay, type EndOfDay } from './end-of-day.ts'
import type { LookNonces } from './look-nonces.ts'
import { servicingOn, type ServiceParts } from './service/servicing-on.ts'

/** How long a customer waits for the centre at each step; every request may be asked again under its id. */
export const patienceWithCentreMs = {
  insertion: 8_000,
  quote: 6_000,
  order: 12_000,
  script: 8_000,
  settleNonce: 8_000,
  proof: 12_000,
  undo: 8_000,
  return: 10_000,
  claim: 10_000,
  closing: 8_000,
} as const

export type KioskParts = {
  input: KioskInput
  clock: Clock
  centre: CentreClient
  nonces: LookNonces
  /** Tells whether the centre can be reached, until the signal aborts. */
  watchCentre: LookNonces['watch']
  /** Resolves when every entry is on disk. */
  journal: (entries: JournalEntry[]) => Promise<void>
  prepareReceipt: (sale: SaleContext) => Promise<PreparedReceipt>
  /** Calls `tried` after each round, whether all was settled or not. */
  settling: (tried: () => void, signal: AbortSignal) => { settle: () => void }
  /** The acceptor is at rest and says what it has counted. */
  compareCash: (tallied: CashTallied) => void
  /** Sales that a stop broke off, as the journal has them now. */
  interrupted: () => InterruptedSale[]
  /** The next slip that is owed for one of them; null when none is. */
  nextSlip: () => Promise<PreparedSlip | null>
  drivers: {
    cardReader: CallbackActorLogic<{ type: 'none' }>
    noteAcceptor: CallbackActorLogic<NoteAcceptorCommand>
    receiptPrinter: CallbackActorLogic<ReceiptPrinterCommand>
    /** Absent where the kiosk has none. */
    bankTerminal?: CallbackActorLogic<BankTerminalCommand>
    /** Maintenance key and doors; absent where the kiosk has none. */
    serviceSwitch?: CallbackActorLogic<{ type: 'none' }>
  }
  /** The front machine that charges bank accounts; null where the kiosk is not a bank's. */
  front: FrontClient | null
  /** A payment that the front machine did not take: for the diagnostic log. */
  reportPayment: AccountPaymentParts['report']
  /** When the bank terminal ends its day; null where there is none. */
  endOfDay: EndOfDay | null
  /** Payments whose end nobody knows, as the journal has them now. */
  openPayments: () => OpenPayment[]
  /** Who is let into the maintenance mode, and what is done there. */
  service: ServiceParts
  /** How long a customer is waited for, and warned. */
  patience: { customerMs: number; warningMs: number }
  /** Called after every step of any machine. */
  onStep: () => void
  /** Told of all that the machines hear and where it moves them: for the flight recorder. */
  inspect?: (inspected: InspectionEvent) => void
}

/** The kiosk machine on real parts, not yet started. */
export const kioskActor = (parts: KioskParts) => {
  const { centre, nonces, drivers } = parts
  const journal = fromPromise<void, JournalEntry[]>(({ input }) =>
    input.length === 0 ? Promise.resolve() : parts.journal(input),
  )
  const ask = <Name extends MessageName & keyof typeof patienceWithCentreMs>(
    name: Name,
    requestId: RequestId | null,
    asked: Asked<Name>,
    signal: AbortSignal,
  ): Promise<CentreAnswer<Name>> => {
    if (requestId === null) throw new Error(`${name} is asked under an id`)
    return centre.ask(name, requestId, asked, { signal, deadlineMs: patienceWithCentreMs[name] })
  }
  const runScript = fromCallback<{ type: 'none' }, { line: CardLine; commands: string[] }>(
    ({ input, sendBack }) => {
      const tell = (event: ScriptEvent) => sendBack(event)
      void runCommands(input.line, input.commands, tell)
    },
  )
  const proofReader = fromPromise<ProofRead, { line: CardLine; nonce: Nonce; afresh: boolean }>(
    ({ input: { line, nonce, afresh } }) => readProof(line, { nonce, afresh }),
  )
  const newId = () => parts.clock.ids.request()

  const machine = kiosk.provide({
    actors: {
      ...drivers,
      bankTerminal: drivers.bankTerminal ?? fromCallback<BankTerminalCommand>(() => undefined),
      accountPayments: fromCallback<AccountPaymentCommand | PinEvent>(({ receive, sendBack }) => {
        const stop = new AbortController()
        const { front, clock } = parts
        if (front !== null) {
          const { reportPayment: report } = parts
          receive(accountPayments({ front, clock, tell: sendBack, report, signal: stop.signal }))
        }
        return () => stop.abort()
      }),
      serviceSwitch: drivers.serviceSwitch ?? fromCallback(() => undefined),
      machineAct: fromPromise<void, MachineAct>(({ input }) => parts.service.machineAct(input)),
      servicing: servicingOn({
        ...parts.service,
        journal,
        centre,
        clock: parts.clock,
        boxIsOut: () =>
          actor.getSnapshot().context.devices.noteAcceptor.faults.includes('cash box removed'),
      }),
      dayWatch: fromCallback(({ sendBack }) => {
        const stop = new AbortController()
        if (parts.endOfDay !== null) {
          void watchDay(
            parts.endOfDay,
            parts.clock,
            () => sendBack({ type: 'day.due' }),
            stop.signal,
          )
        }
        return () => stop.abort()
      }),
      journal,
      centreWatch: fromCallback(({ sendBack }) => {
        const stop = new AbortController()
        void parts.watchCentre((now) => sendBack({ type: `centre.${now}` }), stop.signal)
        return () => stop.abort()
      }),
      settling: fromCallback<SettlingCommand>(({ receive, sendBack }) => {
        const stop = new AbortController()
        const { settle } = parts.settling(() => sendBack({ type: 'sales.tried' }), stop.signal)
        receive(settle)
        return () => stop.abort()
      }),
      comparingCash: fromCallback<CashTallied>(({ receive }) => receive(parts.compareCash)),
      strayNotes: strayNotes.provide({ actors: { journal } }),
      findingPayments: findingPayments.provide({
        actors: { journal, openPayments: fromPromise(() => Promise.resolve(parts.openPayments())) },
      }),
      endingDay: endingDay.provide({ actors: { journal } }),
      findInterrupted: fromPromise(() => Promise.resolve(parts.interrupted())),
      printingSlips: printingSlips.provide({
        actors: { journal, nextSlip: fromPromise(() => parts.nextSlip()) },
      }),
      sale: sale.provide({
        delays: {
          customerPatience: parts.patience.customerMs,
          warningPatience: parts.patience.warningMs,
        },
        actors: {
          journal,
          lookAtCard: fromPromise(async ({ input: { card, nonce: asked } }) => {
            const nonce = asked ?? (await nonces.take())
            return nonce === null
              ? { kind: 'centre away' }
              : lookAtCard(card.line, { fci: card.fci, nonce, afresh: asked !== null })
          }),
          diagnose: fromPromise(({ input: { saleId, insertionId, serial, look }, signal }) => {
            if (serial === null || look === null) throw new Error('a diagnosis needs a look')
            return ask('insertion', newId(), { insertionId, saleId, serial, look }, signal)
          }),
          askQuote: fromPromise(({ input: { context, wish }, signal }) => {
            const { saleId, insertionId } = context
            return ask('quote', newId(), { saleId, insertionId, wish }, signal)
          }),
          requestOrder: fromPromise(({ input, signal }) => {
            const { saleId, insertionId, requestId, quote } = input
            if (quote === null) throw new Error('an order needs a quote')
            const { quoteId } = quote
            const funding = fundingOf(input)
            return ask('order', requestId, { saleId, insertionId, quoteId, funding }, signal)
          }),
          requestReturn: fromPromise(({ input, signal }) => {
            const { saleId, order, requestId } = input
            if (order === null) throw new Error('only an order is returned')
            const { orderNumber } = order
            const toPayer = ownPaidOrder(input) !== null
            const asked = { saleId, orderNumber, ...(toPayer && { toPayer }) }
            return ask('return', requestId, asked, signal)
          }),
          requestClaim: fromPromise(({ input: { insertionId, requestId, typed }, signal }) => {
            const reference = claimNumber(typed)
            if (reference === null) throw new Error('a claim is asked for by its number')
            return ask('claim', requestId, { insertionId, reference }, signal)
          }),
          requestClosing: fromPromise(({ input, signal }) =>
            ask('closing', input.requestId, toldAtClosing(input), signal),
          ),
          prepareReceipt: fromPromise(({ input }) => parts.prepareReceipt(input)),
          takingCash: takingCash.provide({ actors: { journal } }),
          chargingBankCard: chargingBankCard.provide({ actors: { journal } }),
          takingBack: takingBack.provide({
            actors: {
              journal,
              runScript,
              readProof: proofReader,
              askForUndo: fromPromise(({ input, signal }) => {
                const { saleId, insertionId, order, requestId } = input
                const { orderNumber } = order
                return ask('undo', requestId, { saleId, insertionId, orderNumber }, signal)
              }),
              askForNonce: fromPromise(({ input: { order, requestId }, signal }) =>
                ask('settleNonce', requestId, { orderNumber: order.orderNumber }, signal),
              ),
              reportProof: fromPromise(({ input, signal }) => {
                const { saleId, order, nonce, proof, requestId } = input
                if (nonce === null) throw new Error('a proof needs its nonce')
                const { orderNumber } = order
                return ask('proof', requestId, { saleId, orderNumber, nonce, proof }, signal)
              }),
            },
          }),
          writingCard: writingCard.provide({
            actors: {
              journal,
              challengeCard: fromPromise(({ input }) => challengeCard(input.line)),
              askForScript: fromPromise(({ input, signal }) => {
                const { saleId, insertionId, order, challenge, requestId } = input
                if (challenge === null) throw new Error('a script needs a challenge')
                const { orderNumber } = order
                const asked = { saleId, insertionId, orderNumber, challenge }
                return ask('script', requestId, asked, signal)
              }),
              runScript,
              askForNonce: fromPromise(({ input: { order, requestId }, signal }) =>
                ask('settleNonce', requestId, { orderNumber: order.orderNumber }, signal),
              ),
              readProof: proofReader,
              reportProof: fromPromise(({ input, signal }) => {
                const { saleId, order, nonce, proof, requestId } = input
                if (nonce === null) throw new Error('a proof needs its nonce')
                const { orderNumber } = order
                return ask('proof', requestId, { saleId, orderNumber, nonce, proof }, signal)
              }),
            },
          }),
        },
      }),
    },
  })
  const actor = createActor(machine, {
    input: parts.input,
    // Delays of the machines run on the kiosk's clock too; what it gives back for a timer takes the timer back.
    clock: {
      setTimeout: (call, ms) => parts.clock.after(ms, () => call()),
      clearTimeout: (takeBack: () => void) => takeBack(),
    },
    inspect: (inspected) => {
      parts.inspect?.(inspected)
      if (inspected.type === '@xstate.snapshot') parts.onStep()
    },
  })
  return actor
}

export type KioskActor = ReturnType<typeof kioskActor>
