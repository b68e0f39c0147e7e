// What happened in a sale, in English: a sentence for every fact.
import type { ExplainingWords } from './words.ts'

const devices: Record<string, string> = {
  cardReader: 'card reader',
  noteAcceptor: 'note acceptor',
  receiptPrinter: 'receipt printer',
  bankTerminal: 'bank terminal',
  serviceSwitch: 'maintenance key',
  door: 'door',
}
const tenders: Record<string, string> = {
  cash: 'banknotes',
  'bank card': 'bank card',
  'bank account': 'bank account',
  account: 'the capital account',
  payment: 'a bank payment',
}
const ends: Record<string, string> = {
  bought: 'the purchase was made',
  deposited: 'the money went to the account',
  kept: 'the money is kept against a slip',
  redeemed: 'a claim slip was redeemed',
  'claim asked': 'a claim slip was typed in',
  'returned to account': 'the order was returned',
  settled: 'an earlier purchase was finished',
  undone: 'the purchase was taken back',
  'held in order': 'the money is in the order',
  'not charged': 'nothing was charged',
  'payment unknown': 'nobody knew whether the bank had charged',
  'nothing bought': 'nothing was bought',
  'card pulled while writing': 'the card was pulled while it was written',
  'card not written': 'the card was not written',
  'outcome unknown': 'nobody knew whether the card was written',
  'centre did not answer': 'the centre did not answer',
  'order refused': 'the order was refused',
  'note acceptor failed': 'the note acceptor failed',
  'note unaccounted for': 'a note was unaccounted for',
  'undo unknown': 'nobody knew whether the purchase was taken back',
  'payment kept': 'the bank had charged, and nothing was delivered',
}
const verdicts: Record<string, string> = {
  'can sell': 'it may buy',
  'open order': 'an order is open on it',
  refused: 'nothing can be sold to it now',
  'look again': 'it had to be read again',
}
const accounts: Record<string, string> = {
  'customer account': 'the account',
  suspense: 'claims',
  'bank payments': 'owed by the bank',
  'kiosk cash': 'in the kiosk',
  'unpaid deliveries': 'energy nobody pays',
  'pending orders': 'in orders',
  'opening balances': 'earlier books',
  'office cash': 'cash of the office',
  arrears: 'old debt',
  energy: 'energy',
  VAT: 'VAT',
  fees: 'fees',
  'fixed charges': 'fixed charges',
  'other levies': 'levies',
}
const postings: Record<string, string> = {
  'payment given back': 'a payment was given back',
  'delivery unpaid': 'the energy is with the customer, and its payment was undone',
  'order taken over': 'the order was taken over from earlier books',
  'notes booked': 'notes were booked',
  'payment booked': 'a payment was booked',
}
const rows: Record<string, string> = {
  sale: 'a payment',
  'top-up': 'a top-up',
  reversal: 'a reversal',
  return: 'a return',
}
export const statesEn: ExplainingWords['states'] = {
  QUOTED: 'price promised',
  FUNDED: 'money secured',
  AWAIT_WRITE: 'waiting to be written',
  UNKNOWN: 'nobody knows: the card decides',
  NOT_LOADED_RETRY: 'proven not on the card',
  LOADED: 'proven on the card',
  METER_CREDITED: 'proven in the meter',
  UNDONE: 'taken back',
  RETURNED_TO_ACCOUNT: 'returned',
  EXPIRED: 'expired',
  SUSPECT: 'books and card contradict each other',
}
const states = statesEn

export const toldEn: ExplainingWords['told'] = {
  'card.inserted': ({ card }, say) => `Card ${say.id(card)} was put in.`,
  'card.judged': ({ verdict }, say) =>
    verdict === null
      ? 'The centre was asked about the card.'
      : `The centre looked at the card: ${verdicts[verdict] ?? say.id(verdict)}.`,
  'session.ended': ({ end, cash }, say) =>
    cash > 0
      ? `The visit ended with ${say.money(cash)} in notes taken: ${ends[end] ?? say.noted(end)}.`
      : `The visit ended: ${ends[end] ?? say.noted(end)}.`,
  'note.offered': ({ value }, say) =>
    `A note of ${say.money(value)} was held, and nothing more is told of it.`,
  'note.moving': ({ value, to }, say) =>
    to === 'box'
      ? `A note of ${say.money(value)} was on its way into the box; nobody saw how that ended.`
      : `A note of ${say.money(value)} was on its way back to the customer; nobody saw how that ended.`,
  'note.stacked': ({ value }, say) => `A note of ${say.money(value)} was taken into the box.`,
  'note.returned': ({ value }, say) =>
    `A note of ${say.money(value)} was handed back to the customer.`,
  'note.unknown': ({ value, why }, say) =>
    `Nobody knows where a note of ${say.money(value)} went (${say.noted(why)}).`,
  'note.unexpected': ({ value }, say) =>
    value === null
      ? 'A note turned up in the box; the acceptor did not say its value.'
      : `A note of ${say.money(value)} turned up in the box.`,
  'note.booked': ({ value, place }, say) =>
    `A note of ${say.money(value)} is in the books: ${{ order: 'in the order', account: 'on the account', suspense: 'as a claim' }[place]}.`,
  'payment.asked': ({ way, amount }, say) =>
    `${say.money(amount)} was asked for by ${tenders[way]}, and no answer is told.`,
  'payment.authorised': ({ way, amount, evidence }, say) =>
    `The bank agreed to ${say.money(amount)} by ${tenders[way]}${evidence === null ? '' : ` (receipt ${say.id(evidence)})`}.`,
  'payment.declined': ({ amount, why }, say) =>
    `The bank payment of ${say.money(amount)} was declined (${say.noted(why)}). Nothing was charged.`,
  'payment.ending': ({ amount, to }, say) =>
    to === 'keep'
      ? `The bank payment of ${say.money(amount)} was to become final; nobody saw how that ended.`
      : `The bank payment of ${say.money(amount)} was to be undone; nobody saw how that ended.`,
  'payment.kept': ({ amount }, say) =>
    `The bank payment of ${say.money(amount)} became final: charged.`,
  'payment.reversed': ({ amount }, say) =>
    `The bank payment of ${say.money(amount)} was undone: not charged.`,
  'payment.unknown': ({ amount, why }, say) =>
    `Nobody could say whether ${say.money(amount)} was charged (${say.noted(why)}). The terminal is asked.`,
  'payment.given-up': ({ amount, why }, say) =>
    `Nobody at the kiosk can say any more whether ${say.money(amount)} was charged (${say.noted(why)}). The bank’s file decides.`,
  'payment.known': ({ amount, ended }, say) =>
    ({
      open: `The books know the bank payment of ${say.money(amount)}; its kiosk has not told its end.`,
      kept: `By the books the bank payment of ${say.money(amount)} is charged.`,
      reversed: `By the books the bank payment of ${say.money(amount)} is undone.`,
      unknown: `By the books nobody knows whether the bank payment of ${say.money(amount)} is charged.`,
    })[ended],
  'order.asked': ({ tender, amount }, say) =>
    `An order of ${say.money(amount)} paid by ${tenders[tender]} was asked for, and no answer is told.`,
  'order.made': ({ order, tender, amount, toAccount, energy }, say) =>
    `Order ${say.id(order)} was made: ${say.money(amount)} paid by ${tenders[tender]}, for ${say.energy(energy)}${toAccount > 0 ? `; ${say.money(toAccount)} more went to the customer` : ''}.`,
  'order.refused': ({ why }, say) => `The centre made no order (${say.noted(why)}).`,
  'order.unknown': ({ why }, say) =>
    `The kiosk did not hear whether an order was made (${say.noted(why)}).`,
  'script.released': ({ attempt }, say) =>
    attempt === 1
      ? 'The centre released the commands for the card.'
      : `The centre released commands for the card, attempt ${say.count(attempt)}.`,
  'card.writing': () => 'The card was being written; nobody saw how that ended.',
  'card.written': () => 'The energy is on the card: the card itself has proven it.',
  'card.not-written': () => 'The energy is not on the card: the card itself has proven it.',
  'card.unknown': ({ why }, say) =>
    `Nobody saw whether the energy reached the card (${say.noted(why)}).`,
  'undo.asked': () => 'The purchase was to be taken back; nobody saw how that ended.',
  'undo.done': () => 'The purchase was taken off the card: the card itself has proven it.',
  'undo.not-done': ({ why }, say) => `The purchase was not taken back (${say.noted(why)}).`,
  'undo.unknown': ({ why }, say) =>
    `Nobody saw whether the purchase was taken back (${say.noted(why)}).`,
  'order.returning': () => 'The order was to go back; no answer is told.',
  'order.returned': ({ to, amount }, say) =>
    ({
      account: `The order went back to the account${amount > 0 ? `: ${say.money(amount)}` : ''}.`,
      payer: `The order went back to whoever paid${amount > 0 ? `: ${say.money(amount)}` : ''}.`,
      claim: `The order went back, as a claim on its slip${amount > 0 ? `: ${say.money(amount)}` : ''}.`,
    })[to],
  'order.not-returned': ({ state }) =>
    `The order did not go back; the centre keeps it: ${states[state]}.`,
  'order.state': ({ state, why }, say) =>
    `The state of the order became: ${states[state]} (${say.noted(why)}).`,
  'meter.credited': () => 'The meter has credited the purchase: a write-back proves it.',
  'sale.closing': () => 'The kiosk was settling the sale with the centre; no answer is told.',
  'sale.settled': ({ toAccount, toSuspense }, say) =>
    toAccount + toSuspense === 0
      ? 'The sale was settled with the centre. Nothing was left over.'
      : toSuspense === 0
        ? `The sale was settled with the centre: ${say.money(toAccount)} went to the account.`
        : toAccount === 0
          ? `The sale was settled with the centre: ${say.money(toSuspense)} is kept as a claim.`
          : `The sale was settled with the centre: ${say.money(toAccount)} went to the account, ${say.money(toSuspense)} is kept as a claim.`,
  'receipt.queued': ({ number }, say) =>
    `Receipt ${say.id(String(number))} was sent to the printer; nobody saw it printed.`,
  'receipt.printed': ({ number, copy }, say) =>
    `${copy === null ? 'The receipt' : 'A duplicate of the receipt'}${number === null ? '' : ` ${say.id(String(number))}`} was printed.`,
  'receipt.not-printed': ({ number, why }, say) =>
    `The receipt${number === null ? '' : ` ${say.id(String(number))}`} was not printed (${say.noted(why)}).`,
  'slip.made': ({ amount }, say) =>
    amount === null
      ? 'A claim slip was made, over an amount that was not known.'
      : `A claim slip over ${say.money(amount)} was made.`,
  'claim.asked': ({ reference }, say) =>
    `Slip ${say.id(reference)} was typed in, and no answer is told.`,
  'claim.redeemed-here': ({ reference, amount }, say) =>
    `Slip ${say.id(reference)} of another sale was redeemed in this visit: ${say.money(amount)}.`,
  'claim.refused': ({ reference, why }, say) =>
    `Slip ${say.id(reference)} was refused (${say.noted(why)}).`,
  'claim.opened': ({ amount }, say) =>
    amount === null
      ? 'A claim was registered; nobody knows how much it is.'
      : `A claim of ${say.money(amount)} was opened for whoever has the slip.`,
  'claim.settled': ({ amount, how, customer, persons }, say) =>
    `${
      {
        redeemed: `The claim of ${say.money(amount)} was redeemed at a kiosk`,
        'paid to account': `The claim of ${say.money(amount)} was paid to an account`,
        'paid in cash': `The claim of ${say.money(amount)} was paid out in cash`,
        'paid ahead': `The claim of ${say.money(amount)} was paid ahead of its kiosk`,
        'given back': `The claim of ${say.money(amount)} is void: its payment was undone`,
      }[how]
    }${customer === null ? '' : `, customer ${say.id(customer)}`}${persons.length === 0 ? '' : `; decided by ${persons.map(say.id).join(' and ')}`}.`,
  'fault.raised': ({ device, fault }, say) =>
    `Trouble with the ${devices[device] ?? say.id(device)}: ${say.id(fault)}.`,
  'fault.cleared': ({ device, fault }, say) =>
    `The ${devices[device] ?? say.id(device)} is well again: ${say.id(fault)} is over.`,
  'kiosk.started': ({ boot }, say) =>
    `The kiosk had stopped, and started again (start ${say.count(boot)}).`,
  'kiosk.closed': ({ reason }, say) => `The kiosk was closed to customers (${say.noted(reason)}).`,
  'kiosk.opened': () => 'The kiosk was opened to customers again.',
  'people.on-site': ({ what }) =>
    ({
      came: 'Somebody of the staff opened the maintenance mode.',
      left: 'Somebody of the staff left the maintenance mode.',
      'took the cash box': 'The cash box was taken out.',
    })[what],
  'cash.compared': ({ verdict, difference }, say) =>
    difference !== 0
      ? `The acceptor’s own count differs by ${say.count(difference)} notes.`
      : verdict === 'agrees'
        ? 'The acceptor’s own count was compared with the journal, and agrees.'
        : 'The acceptor’s own count was noted: there was nothing to compare it with.',
  'journal.torn': () =>
    'A half-written line was kept aside after a power cut; it had never been acknowledged.',
  posting: ({ posting, moved }, say) =>
    `Booked: ${postings[posting] ?? say.id(posting)} (${moved.map(({ account, amount }) => `${accounts[account] ?? say.id(account)} ${say.money(amount)}`).join(', ')}).`,
  'card.seen': ({ verdict, carries }, say) =>
    `The card was seen again${verdict === null ? '' : ` (${verdicts[verdict] ?? say.id(verdict)})`}${carries === null ? '' : carries === 'this purchase' ? ', with this purchase on it' : ', with another purchase on it'}.`,
  'meter.told': ({ result, credited, remaining }, say) =>
    `The meter’s write-back came home: ${credited ? 'it has this purchase' : 'it does not have this purchase'}, result ${say.count(result)}, ${say.energy(remaining)} left.`,
  'meter.refused': ({ code, otherMeter }, say) =>
    otherMeter === null
      ? `The meter refused the card, result ${say.count(code)}.`
      : `Another meter, ${say.id(otherMeter)}, refused the card, result ${say.count(code)}.`,
  'bank.row': ({ party, row, amount, state, businessDate }, say) =>
    `${party === 'bank' ? 'The file of the bank' : 'The file of the front machine'} for ${say.id(businessDate)} has it: ${rows[row]} of ${say.money(amount)}, ${say.id(state)}.`,
  alarm: ({ alarm }, say) => `An alarm was raised: ${say.id(alarm)}.`,
  'unknown.entry': ({ type, text }, say) =>
    `The kiosk has journalled something this centre has no word for, ${say.id(type)}: ${say.id(text)}`,
}
