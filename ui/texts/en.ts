// English: plain words, short sentences, one word for one thing.
import { never } from '../../domain/never.ts'
import type { Format } from '../parts/format.ts'
import { claimTexts } from './en-claims.ts'
import { paymentTexts } from './en-payments.ts'
import { interruptedTexts, mishapTexts, noteState, refused } from './en-troubles.ts'
import type { Texts } from './texts.ts'

const few = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

export const textsOf = (format: Format, now: () => number): Texts => {
  const { money, energy } = format
  const onDay = (at: number): string => {
    const day = format.day(at, now())
    switch (day.kind) {
      case 'today':
        return 'Today'
      case 'yesterday':
        return 'Yesterday'
      case 'weekday':
        return `On ${day.name}`
      case 'date':
        return `On ${day.date}`
      default:
        return never(day)
    }
  }

  return {
    wire: { card: 'Card', amount: 'Amount', pay: 'Pay', confirm: 'Confirm', take: 'Take' },
    progress: 'Steps of your purchase',
    contrast: 'Contrast',
    help: 'Help',
    cancel: 'Cancel',
    back: 'Back',
    done: 'Done',

    warning: {
      title: 'Are you still there?',
      otherwise: (inserted, goesTo) =>
        inserted === null
          ? 'Otherwise this visit ends and you get your card back.'
          : goesTo === 'payer'
            ? `Otherwise this visit ends and ${money(inserted)} is not charged.`
            : goesTo === 'account'
              ? `Otherwise this visit ends and ${money(inserted)} goes to your account.`
              : `Otherwise this visit ends and you get a signed slip for ${money(inserted)}.`,
      seconds: (left) => (left === 1 ? 'second left' : 'seconds left'),
      moreTime: 'Give me more time',
    },

    attract: {
      payWith: 'Pay here with',
      notes: 'Notes you can use',
      receipts: {
        'on paper': 'Receipt on paper',
        'on screen': 'Receipt on the screen only: no paper just now',
      },
    },
    tenders: {
      cash: 'Banknotes',
      'bank card': 'Bank card',
      'bank account': 'My bank account',
      account: 'My account',
    },
    tenderHint: {
      cash: 'Insert notes one by one',
      'bank card': 'Use the bank terminal',
      'bank account': 'The one linked to this card',
      account: 'Money you have with us',
    },
    tenderTrouble: {
      'not offered here': 'Not offered here',
      'device fault': 'Not working just now',
      'cash box full': 'The cash box is full',
      'not enough in the account': 'Not enough in the account',
      'no account': 'You have no account',
      'checking an earlier payment': 'An earlier payment is still being checked',
      'bank away': 'The bank cannot be reached',
      'refused too often': 'Refused too often: choose another way',
    },

    outOfService: {
      starting: { title: 'Opening shortly', todo: 'The kiosk is starting. Please wait a minute.' },
      'centre away': {
        title: 'Closed for the moment',
        todo: 'The kiosk cannot reach the power sales centre. It opens again by itself.',
      },
      'card reader': {
        title: 'Closed: the card reader does not work',
        todo: 'Please use another kiosk. We have been told and are on our way.',
      },
      journal: {
        title: 'Closed for a check',
        todo: 'A person has to look at this kiosk first. Please use another one.',
      },
      'no tender works': {
        title: 'Nothing can be bought just now',
        todo: 'No way to pay works just now. You can look up your account here, or buy at another kiosk.',
      },
      'by the operator': {
        title: 'Closed for service',
        todo: 'Please use another kiosk, or come back later.',
      },
    },
    wait: {
      'reading card': { title: 'Reading your card', todo: 'Please leave it in.' },
      'asking the centre': { title: 'Looking up your account', todo: 'Please leave the card in.' },
      price: { title: 'Working out the price', todo: 'Nothing is booked yet.' },
      order: { title: 'Placing your order', todo: 'Please leave the card in.' },
      'note on its way': {
        title: 'Counting your notes',
        todo: 'The last note is still on its way.',
      },
      'taking back': { title: 'Taking the purchase back', todo: 'Please leave the card in.' },
      claim: { title: 'Looking for your money', todo: 'Please leave the card in.' },
      'finishing payment': { title: 'Finishing your payment', todo: 'Your bank is being told.' },
      'undoing payment': {
        title: 'Undoing the payment',
        todo: 'Your bank is told not to charge it.',
      },
      closing: { title: 'Closing your visit', todo: 'Your money is being booked.' },
      printing: { title: 'Printing your receipt', todo: 'One moment.' },
    },

    refused: (refusal) => refused(refusal, format, onDay),
    refusedDeposit: {
      offer: 'You can still put money into your account.',
      button: 'Put money in my account',
    },
    takeCardBack: 'Take my card',
    service: { open: 'Maintenance', confirm: 'Confirm' },

    account: {
      greeting: (partOfDay, name) => `Good ${partOfDay}, ${name}.`,
      reading: (at) => `${onDay(at)} your meter had`,
      noReading: 'Your meter has not sent a reading with this card yet.',
      daysLeft: (days) =>
        days === 0
          ? 'At your usual pace it may be used up now.'
          : `About ${few[days] ?? days} ${days === 1 ? 'day' : 'days'} at your usual pace.`,
      daysUnknown: 'At the last reading.',
      meter: 'Meter',
      card: 'Card',
      address: 'Address',
      tariff: 'Tariff',
      balance: 'In your account',
      arrears: 'Still owed',
      thisMonth: 'Used this month',
      lastMonth: 'Last month',
      notice: (notice) => {
        switch (notice.kind) {
          case 'arrears':
            return `You owe ${money(notice.balance)}. Of each payment ${notice.sharePercent}% repays it.`
          case 'low energy':
            return `Only ${energy(notice.remaining)} left: buy before it goes dark.`
          case 'headroom':
            return `Your meter has room for ${energy(notice.mostEnergy)} more.`
          case 'used in other meter':
            return `This card was put into meter ${notice.meter}, which is not yours.`
          default:
            return never(notice)
        }
      },
      cannotBuy: 'Nothing can be bought just now.',
      buy: 'Buy electricity',
      enquire: 'Show my purchases',
      redeem: 'I have a claim slip',
    },
    claim: claimTexts(format),
    enquiry: {
      title: 'Your last purchases',
      none: 'No purchase yet.',
      paid: 'Paid',
      energy: 'Energy',
      day: 'Day',
      state: {
        'on card': 'on the card',
        'in meter': 'in the meter',
        open: 'still open',
        returned: 'returned',
      },
    },

    amount: {
      question: { money: 'How much will you pay?', energy: 'How much energy?' },
      by: { money: 'By money', energy: 'By energy' },
      chooseOrType: 'Choose, or type the amount',
      limits: (least, most) => `From ${money(least)} to ${money(most)}`,
      problem: (problem) => {
        switch (problem.kind) {
          case 'too little':
            return `The least is ${money(problem.least)}.`
          case 'too much':
            return `The most is ${money(problem.most)}.`
          case 'no energy':
            return 'That would buy no energy after the charges. Please choose more.'
          case 'more than the meter may hold':
            return `Your meter has room for ${energy(problem.most)} only.`
          default:
            return never(problem)
        }
      },
      next: 'Show the price',
      erase: 'Erase',
      digits: 'Digits',
    },
    payment: paymentTexts,
    tender: { question: 'How will you pay?', balance: 'In your account' },

    pay: 'You pay',
    get: 'You get',

    notes: {
      title: 'Insert notes, one by one',
      depositTitle: 'Insert notes for your account',
      inserted: 'Inserted',
      stillToPay: (amount) => `${money(amount)} still to pay`,
      enough: 'That is enough.',
      soFar: 'That buys',
      takes: 'Notes you can use',
      change: {
        account: 'No change is given. What is left over goes to your account.',
        claim: 'No change is given. For what is left over you get a signed slip.',
      },
      depositNote: 'All of it goes to your account.',
      state: noteState(format),
      finish: 'Finish paying',
      finishDeposit: (amount) => `Put in ${money(amount)}`,
      sum: (count) => (count === 1 ? '1 note' : `${count} notes`),
    },
    more: {
      question: 'You inserted more than you chose.',
      told: (inserted, chosen) => `Inserted ${money(inserted)}, chosen ${money(chosen)}.`,
      energy: (amount) => `Use it all: ${energy(amount)}`,
      energyHint: 'More energy on the card',
      rest: (rest, goesTo) =>
        goesTo === 'account' ? `Put ${money(rest)} in my account` : `Keep ${money(rest)} for me`,
      restHint: (amount) => `and ${energy(amount)} on the card`,
    },
    confirm: {
      question: 'Is this right?',
      pay: {
        cash: 'You pay with banknotes',
        'bank card': 'You pay with your bank card',
        'bank account': 'You pay from your bank account',
        account: 'You pay from your account',
      },
      lines: {
        fee: 'Kiosk fee',
        fixed: 'Monthly charge',
        arrears: 'Repays what you owe',
        arrearsLeft: (after) => `${money(after)} still owed`,
        block: (amount, price) => `${energy(amount)} at ${format.price(price)}`,
        free: 'Free energy',
        vat: (rate) => `Tax ${format.rate(rate)}`,
        levies: 'Other charges',
        charges: 'Charges and debt',
        forEnergy: 'For energy, tax included',
        sum: 'Together',
        rest: { account: 'Goes to your account', claim: 'Kept for you' },
      },
      write: (amount) => `Write ${energy(amount)} on the card`,
    },
    confirmDeposit: {
      question: 'Put this in your account?',
      told: (name) => `For ${name}. Nothing is written on the card.`,
      confirm: (amount) => `Put in ${money(amount)}`,
      more: 'Insert more',
    },
    confirmCancel: {
      question: 'Cancel the purchase?',
      told: (inserted, goesTo) =>
        goesTo === 'payer'
          ? `Your bank agreed to ${money(inserted)}. That is undone: nothing is charged.`
          : goesTo === 'account'
            ? `You inserted ${money(inserted)}. Notes cannot be returned: the money goes to your account.`
            : `You inserted ${money(inserted)}. Notes cannot be returned: you get a signed slip for the money.`,
      keepGoing: 'No, go on',
      cancel: {
        account: 'Yes, to my account',
        claim: 'Yes, give me a slip',
        payer: 'Yes, undo it',
      },
    },
    writing: {
      title: 'Please leave the card in',
      told: 'goes on your card',
      phase: {
        preparing: 'Getting ready to write',
        writing: 'Writing your energy',
        proving: 'Checking what was written',
      },
    },
    putBack: {
      title: 'Put the same card back in',
      told: (amount) => `${energy(amount)} may not be on it yet.`,
      safe: 'Your money is safe: the order stands until your card has it.',
      another: 'That is another card. Please put in the card that was here before.',
      later: 'Do it later',
    },
    openOrder: {
      title: 'Your last purchase is not on the card yet',
      paid: 'You paid',
      told: (amount, paid) => `You paid ${money(paid)} for ${energy(amount)}. It was never lost.`,
      finish: (amount) => `Write ${energy(amount)} now`,
      giveBack: 'Money back to my account',
      noReturn: 'Write it now, or at any other kiosk with this card.',
    },
    take: {
      title: 'Take your card',
      urgent: 'Your card is still here!',
      receipt: {
        printing: 'Your receipt is being printed.',
        'on paper': 'Please take your receipt too.',
        'on screen': 'The receipt is shown here afterwards.',
      },
    },
    undo: {
      button: 'Take this purchase back',
      question: 'Take this purchase back?',
      told: (amount, paid) =>
        `${energy(amount)} leave the card, and ${money(paid)} go to your account. Nothing is paid out in cash.`,
      keep: 'No, keep it',
      confirm: 'Yes, take it back',
      failed: 'It could not be taken back. Your purchase is on the card.',
    },
    healed: {
      settled: 'Your last purchase had reached your card',
      undone: 'Your last purchase was taken back',
      next: 'Go on',
    },
    outcome: {
      bought: 'on your card',
      boughtMeter: 'Put the card into your meter at home.',
      rest: (amount, goesTo) =>
        goesTo === 'account'
          ? `${money(amount)} went to your account.`
          : `${money(amount)} is kept for you: see your slip.`,
      deposited: 'in your account',
      pending: 'on its way to your account',
      kept: 'kept for you',
      keptTold: 'Redeem your slip at any kiosk of ours, or at the office.',
      claimAsked: 'Keep your slip. The kiosk goes on asking; the money then goes to your account.',
      returned: 'returned to your account',
      heldInOrder: 'held in your purchase',
      heldInOrderTold: 'Put this card into any kiosk to finish it.',
      balance: (amount) => `You now have ${money(amount)} there.`,
      settled: 'on your card',
      settledTold: 'Your earlier purchase is complete.',
      undoneTold: 'The purchase was taken back. The energy is off the card.',
      notCharged: 'not charged',
      notChargedTold: 'Your bank agreed, and the payment was undone.',
      nothingOwed: (amount) => `${money(amount)} was not charged. You owe nothing for it.`,
      askingBank: 'We are still asking your bank',
      askingBankTold: 'Nothing was delivered. If it was charged, it is undone or kept for you.',
      nothing: 'Nothing was bought',
      nothingTold: 'No money was taken.',
      refused: 'Nothing was sold',
      refusedTold: 'No money was taken.',
      order: 'Order',
    },
    thanks: { title: 'Thank you', goodbye: 'Goodbye' },
    receipt: {
      title: 'Your receipt',
      told: 'It could not be printed. Take a picture of it.',
      toldAgain: 'This time too it did not print. Take a picture of it.',
      qr: 'The receipt as a square code',
      qrTold: 'Point your phone here to keep it.',
      again: 'Print it again',
      copy: 'Print a copy',
    },
    mishap: mishapTexts(format),
    interrupted: interruptedTexts,
    reference: { title: 'Reference' },
  }
}
