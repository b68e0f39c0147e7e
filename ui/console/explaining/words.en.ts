// "Explain a sale" in English.
import { statesEn, toldEn } from './told.en.ts'
import type { ExplainingWords } from './words.ts'

export const explainingEn: ExplainingWords = {
  title: 'Explain a sale',
  about:
    'One sale from every record there is: what happened, where the money is, what may be done.',
  search: 'What the caller can name',
  searchHint:
    'Order, card, customer, meter, note, payment or claim; the number on a slip, or its four words. Spaces, capitals and a wrong letter do not matter.',
  find: 'Explain',
  examples: 'The reference stands on every receipt and slip, and on the last screen of the kiosk.',
  found: (count) => (count === 1 ? 'One sale fits' : `${count} sales fit`),
  readAs: {
    'order number': 'order number',
    card: 'card',
    customer: 'customer',
    meter: 'meter',
    note: 'banknote',
    payment: 'payment',
    claim: 'claim',
    receipt: 'receipt number',
    sale: 'sale',
    'slip number': 'number on the slip',
    'slip text': 'code on the slip',
    'four words': 'four words',
  },
  several: 'Ask the caller for the time, the place or the amount.',
  more: 'There are older ones. A reference or an order number leads straight to one.',
  nothing: (text) => `Nothing is known by the name “${text}”.`,
  nothingHint:
    'Ask for the reference again, word by word. If the kiosk has no line to the centre, its sales of today may not be here yet.',
  noSale: 'It is known here, and no sale belongs to it.',
  suggestions: 'Did the caller mean these words?',
  columns: {
    when: 'When',
    where: 'Where',
    amount: 'Put in',
    outcome: 'What became of it',
    order: 'Order',
    reference: 'Reference',
  },
  outcomes: {
    'nothing paid': 'nothing paid',
    bought: 'on the card',
    'in the meter': 'in the meter',
    'on its way': 'under way',
    'card decides': 'the card decides',
    'not on the card': 'not on the card',
    returned: 'returned',
    'taken back': 'taken back',
    contradiction: 'contradiction',
    'money kept': 'money on the account',
    'money claimed': 'money claimed',
    'not reported': 'not reported yet',
  },
  another: 'See that sale',

  sale: 'Sale',
  facts: {
    reference: 'Reference',
    words: 'In words',
    kiosk: 'Kiosk',
    card: 'Card',
    customer: 'Customer',
    meter: 'Meter',
    order: 'Order',
    energy: 'Energy',
    state: 'State of the order',
    sale: 'Sale',
  },
  states: statesEn,
  others: 'The same card within a day',
  othersAbout: 'A caller may mean one of these, or have paid at two of them.',

  answer: 'The answer',
  happened: 'What happened',
  happenedIn: {
    'nothing paid': 'Nothing was bought and nothing was paid.',
    bought: 'The energy was bought and is on the card.',
    'in the meter': 'The energy was bought, and the meter has taken it.',
    'on its way': 'The purchase has been paid for and is still being written.',
    'card decides':
      'The purchase is paid for. Nobody saw whether the energy reached the card; the card itself will say.',
    'not on the card': 'The purchase is paid for, and the energy is proven not to be on the card.',
    returned: 'Nothing came onto the card, and the whole purchase was returned.',
    'taken back': 'The purchase was taken off the card again, and the money went back.',
    contradiction:
      'The card and our books contradict each other. Two persons at the office decide.',
    'money kept': 'Money was put in, nothing was bought, and the money is on an account.',
    'money claimed':
      'Money was put in, nothing was bought, and the money is kept for whoever has the slip.',
    'not reported': 'Money was put in, and the kiosk has not settled it with the centre yet.',
  },
  remarks: {
    'kiosk stopped': () => 'The kiosk stopped in the middle and started again.',
    'card pulled': () => 'The card was pulled out while it was being written.',
    'receipt printed': ({ number }, say) =>
      number === null
        ? 'The receipt was printed.'
        : `Receipt ${say.id(String(number))} was printed.`,
    'receipt not printed': ({ why }, say) => `The receipt was not printed (${say.noted(why)}).`,
    'note unknown': ({ value }, say) =>
      `Nobody knows whether ${say.money(value)} in notes fell into the box or back to the customer.`,
    'note returned': ({ value }, say) => `${say.money(value)} in notes was handed back at once.`,
    'payment undone': ({ amount }, say) =>
      `A bank payment of ${say.money(amount)} was undone: the customer is not charged.`,
    'payment unknown': ({ amount }, say) =>
      `Nobody knows yet whether a bank payment of ${say.money(amount)} was charged.`,
    'meter refused': ({ otherMeter }, say) =>
      otherMeter === null
        ? 'The meter has refused the card.'
        : `The card was put into another meter, ${say.id(otherMeter)}.`,
    'not in the meter yet': () => 'No write-back has shown it in the meter yet.',
    'another sale near': ({ amount, at }, say) =>
      `There is another sale with this card, at ${say.when(at)}, of ${say.money(amount)}.`,
    'journal not here': () =>
      'The journal of the kiosk has no line of it here: the books alone speak.',
    'delivered unpaid': ({ amount }, say) =>
      `The energy is with the customer although its payment of ${say.money(amount)} was undone. The customer owes nothing.`,
  },
  whereNow: 'Where the money is now',
  tendered: 'Altogether',
  tenders: { cash: 'in notes', bank: 'through a bank', account: 'from the capital account' },
  carried: {
    unpaidDelivery: 'energy that nobody pays for',
    paidAhead: 'paid by the office ahead of the kiosk',
    earlierBooks: 'taken over from earlier books',
  },
  heaps: {
    delivered: 'in the purchase, delivered',
    pending: 'in the order, waiting',
    account: 'on the account',
    open: 'claim, open for its slip',
    'paid in cash': 'claim, paid out in cash',
    'notes handed back': 'notes handed back',
    'payment undone': 'back with the payer',
    'note nobody can place': 'unknown: a note nobody can place',
    'note in the box, not booked': 'in the box, not booked yet',
    'payment nobody can say': 'unknown: charged or not',
    'payment kept, not booked': 'charged, not booked yet',
  },
  parts: {
    energy: 'energy',
    VAT: 'VAT',
    'fixed charges': 'fixed charges',
    arrears: 'old debt repaid',
    fees: 'fees',
    levies: 'levies',
  },
  toCustomer: (customer) => `customer ${customer}`,
  noMoney: 'No money was put in.',
  addsUp: 'adds up',
  ledgerAgrees: 'The ledger says the same, to the last unit.',
  ledgerDiffers: 'The ledger says otherwise. Promise nothing; tell accounts.',
  differs: {
    cash: 'Notes',
    bank: 'Bank payments',
    order: 'Order',
    account: 'Account',
    claim: 'Claim',
    sum: 'The whole',
  },
  rows: 'records',
  ledger: 'ledger',
  valueless: (count) =>
    count === 1
      ? 'And one note whose value nobody knows.'
      : `And ${count} notes whose value nobody knows.`,

  mayDo: 'What may be done now',
  options: {
    'nothing to do': () => 'Nothing is open. Everything is where it belongs.',
    'finish at next visit': ({ mayReturn }) =>
      mayReturn
        ? 'Put the card into any of our kiosks: it offers to finish this purchase, or to put the money on the account.'
        : 'Put the card into any of our kiosks: it offers to finish this purchase.',
    'bring the card': () =>
      'Put the card into any of our kiosks. If the energy is on it, the receipt is printed; if not, the purchase is finished or the money returned.',
    'put the card into the meter': () =>
      'Leave the card in the meter for 15 seconds. After the next visit at a kiosk we see that the meter has taken it.',
    'meter advice': () => 'The meter says why:',
    'wait for the kiosk': () =>
      'The kiosk settles this by itself as soon as it reaches the centre. If it stays so for an hour, somebody has to look at the kiosk.',
    'wait for the bank': () =>
      'The kiosk goes on asking its terminal. If nobody there can say, the file of the bank decides, on the next business day.',
    'count the cash box': () =>
      'When the cash box is counted, the note is found or it is not. The customer keeps the slip until then.',
    'redeem at a kiosk': ({ reference }, say) =>
      `At any kiosk, with a power card: “I have a claim slip”, then ${say.id(reference)}. It is paid once.`,
    'receipt again': () =>
      'What the slip says was shown on the screen, and can be read out from this page.',
    'two persons decide': () =>
      'Nothing can be sold or returned before two persons at the office have decided.',
    'call accounts': () =>
      'Records and ledger differ. Give this sale to accounts, and promise nothing.',
    'propose return': ({ amount, to }, say) =>
      to === 'account'
        ? `${say.money(amount)} can go back from the order to the account; a new purchase can be made from there.`
        : `${say.money(amount)} can go out of the order into a claim on its slip, as the customer has no account.`,
    'propose paying claim': ({ amount }, say) =>
      `The claim of ${say.money(amount)} can be paid in cash at the office.`,
    'propose redeeming claim': ({ amount }, say) =>
      `The claim of ${say.money(amount)} can go to a customer’s account.`,
    'no return': () => 'The money cannot be returned now:',
  },
  noReturn: {
    'card decides': 'the energy may be on the card. It has to be seen at a kiosk first.',
    delivered: 'the purchase is delivered or returned already.',
    'payment open': 'the kiosk has not told yet whether the payment stands.',
    'other card': 'another card of this customer may still bring it to the meter.',
    'sale running': 'the customer may still be standing at the kiosk.',
  },
  meter: {
    credited: 'It has taken the card.',
    voltage: 'The voltage was too low. Try again when it is normal.',
    service: 'The meter needs service. Open a field task.',
    'card turned': 'It got no answer from the card. Insert it chip first, chip up.',
    office: 'The card has to be seen at the office.',
    'not for this meter': 'The card is not for this meter.',
    'other meter': 'That was the meter of somebody else. Use your own.',
    'newest card': 'There is a newer card for this meter. Use that one.',
    'opening card': 'The meter is not opened yet. Insert the opening card first.',
    'kiosk first': 'Insert the card at a kiosk first, then in the meter again.',
    again: 'Insert the card again and leave it in for 15 seconds.',
    'again for 15 s': 'The purchase is credited. Insert the card again for 15 seconds.',
    full: 'The meter holds as much as it may. The purchase stays on the card; insert it again when more is used.',
  },
  propose: {
    return: 'Propose the return',
    pay: 'Propose paying in cash',
    redeem: 'Propose crediting an account',
  },
  proposing: {
    secondPerson:
      'Nothing moves before a second person has agreed. If things have changed by then, it is refused.',
    effect: 'What it does',
    from: 'From',
    to: 'To',
    inOrder: 'the order',
    inClaim: 'the open claim',
    account: 'the customer’s account',
    claim: 'a claim on its slip',
    cash: 'cash, handed out at the office',
    reason: 'Why',
    reasonHint: 'What the caller said, and what you have seen here.',
    customer: 'Customer number',
    customerHint: '12 digits: whose account it goes to.',
    submit: 'Propose',
    done: 'Proposed. It awaits a second person.',
    toApprovals: 'See the proposal',
  },

  readOut: 'To read out',
  readOutAbout: 'For the caller, word for word.',
  readings: {
    visit: {
      cash: ({ when, where, amount }) => `On ${when}, at ${where}, ${amount} was put in.`,
      bank: ({ when, where, amount }) =>
        `On ${when}, at ${where}, your bank was asked for ${amount}.`,
      account: ({ when, where, amount }) =>
        `On ${when}, at ${where}, ${amount} was taken from your account.`,
    },
    visitNothing: ({ when, where }) => `On ${when}, at ${where}, your card was put in.`,
    heaps: {
      delivered: (amount) => `${amount} is paid for your purchase.`,
      pending: (amount) => `${amount} is safe in your order.`,
      account: (amount) => `${amount} is on your account.`,
      open: (amount) => `${amount} is kept for you, against your slip.`,
      'paid in cash': (amount) => `${amount} was paid out at the office.`,
      'notes handed back': (amount) => `${amount} was handed back to you at the kiosk.`,
      'payment undone': (amount) =>
        `${amount} was not charged by the bank, or has been given back.`,
      'note nobody can place': (amount) =>
        `For ${amount} the machine could not tell whether it has it. We will know when its box is counted.`,
      'note in the box, not booked': (amount) =>
        `${amount} is in the machine, and is being booked.`,
      'payment nobody can say': (amount) =>
        `For ${amount} the bank has not told us yet whether you were charged.`,
      'payment kept, not booked': (amount) => `${amount} was charged, and is being booked.`,
    },
    reference: ({ number, words }) => `Your reference is ${number}, in words: ${words}.`,
    noCardNumber: 'We never know the number of your bank card. Please do not tell it to anybody.',
    differs:
      'I cannot tell you yet where the money is. Our accounts department will look into it and call you back.',
  },

  timeline: 'Everything that happened',
  timelineAbout: 'Each line once, with everybody who tells of it.',
  journals: {
    whole: 'The journal of the kiosk is here, to the end of the visit.',
    open: 'The end of the visit is not here yet: the kiosk is still serving, or has not sent it.',
    'not here': 'The journal of the kiosk has no line of this sale here.',
  },
  now: 'Now',
  sure: { proven: 'proven', booked: 'booked', told: 'told by the kiosk', 'not known': 'not known' },
  sources: {
    'kiosk journal': 'kiosk journal, line',
    'order states': 'order',
    ledger: 'ledger, posting',
    notes: 'books, note',
    payments: 'books, payment',
    claims: 'claim',
    closings: 'closing of the sale',
    scripts: 'card script',
    card: 'card, insertion',
    meter: 'meter, write-back',
    'bank file': 'file of the bank',
    'front file': 'file of the front machine',
    alarms: 'alarm',
  },
  noted: (text) => `noted as “${text}”`,
  told: toldEn,
}
