// What the machines of a sale share: ids made before they are sent, and the way to the devices of the root machine.
import type { AnyActorRef } from 'xstate'
import type { NoteTendered } from '../domain/centre-messages.ts'
import type { ExchangeId, VisitId } from '../domain/service/service-entries.ts'
import type { InsertionId, NoteId, PaymentId, RequestId, SaleId } from '../domain/identifiers.ts'
import type { BankTerminalCommand } from '../drivers/bank-terminal/bank-terminal.ts'
import type { NoteAcceptorCommand } from '../drivers/note-acceptor/note-acceptor.ts'
import type { ReceiptPrinterCommand } from '../drivers/receipt-printer/receipt-printer.ts'
import type { Press } from '../ui/kiosk/screen.ts'
import type { AccountPaymentCommand, PaymentCommand } from './payment-words.ts'

/** Makes ids. Handed in, so that a simulation can replay them. */
export type Ids = {
  sale(): SaleId
  insertion(): InsertionId
  note(): NoteId
  payment(): PaymentId
  request(): RequestId
  visit(): VisitId
  exchange(): ExchangeId
}

/** What the customer did, as an event: `press.confirm`, `press.digit`… */
export type PressEvent = Press extends infer One
  ? One extends Press
    ? Omit<One, 'type'> & { type: `press.${One['type']}` }
    : never
  : never

/** A press of the page as an event of the machines. */
export const pressEvent = (press: Press): PressEvent =>
  ({ ...press, type: `press.${press.type}` }) as PressEvent

/** A sale begins to take notes and hears about them itself; or it has ended to, and these were never heard of again. */
export type PayingEvent =
  | { type: 'paying.begun' }
  | { type: 'paying.ended'; lost: (NoteTendered & { saleId: SaleId })[] }

/**
 * A test of the acceptor waits for a note, holds one, or does neither. What is offered meanwhile is the test's; what is
 * stacked is its own only while it holds a note: else it is the late word on a note of somebody who paid.
 */
export type TestingEvent = { type: 'testing.note'; note: TestedNote }
export type TestedNote = 'none' | 'awaited' | 'held'

/** Actors that live as long as the kiosk machine, which invokes them under these system ids, and what they are told. */
type Told = {
  noteAcceptor: NoteAcceptorCommand
  receiptPrinter: ReceiptPrinterCommand
  bankTerminal: BankTerminalCommand
  accountPayments: AccountPaymentCommand
  strayNotes: PayingEvent | TestingEvent
}

/** An action that tells one of them something. One that is not there is a bug of the root machine, never passed over. */
export const tell =
  <Name extends keyof Told>(name: Name) =>
  ({ system }: { system: AnyActorRef['system'] }, what: Told[Name]): void => {
    const actor: unknown = system.get(name)
    if (!isActor(actor)) throw new Error(`the kiosk machine invokes no ${name}`)
    actor.send(what)
  }

/** A payment goes to the bank by one of two ways. */
export const tellBank = (system: AnyActorRef['system'], what: PaymentCommand): void =>
  what.to === 'bankTerminal'
    ? tell('bankTerminal')({ system }, what.command)
    : tell('accountPayments')({ system }, what.command)

const isActor = (value: unknown): value is { send(event: { type: string }): void } =>
  typeof value === 'object' && value !== null && 'send' in value

/** What may still be at work when nobody is being served; the maintenance mode waits for it. */
export type Party = 'end of day' | 'payments' | 'slips'
export type PartyWord = { type: 'party.holds' | 'party.rests'; party: Party }

/** The stub of an actor that must be provided: forgetting it fails at once instead of doing nothing. */
export const refuse = (what: string) => (): never => {
  throw new Error(`provide ${what}`)
}
