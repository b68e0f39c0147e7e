// What is said of a payment that goes through a bank, in English.
import type { Texts } from './texts.ts'

export const paymentTexts: Texts['payment'] = {
  hint: {
    'insert card': {
      title: 'Hold or insert your bank card',
      todo: 'At the bank terminal: the arrow shows where.',
    },
    'enter pin': {
      title: 'Enter your PIN at the terminal',
      todo: 'Not on this screen. Cover the keys with your hand.',
    },
    'wrong pin': { title: 'That PIN was not right', todo: 'Enter it once more at the terminal.' },
    'please wait': { title: 'One moment', todo: 'Please do as the terminal says.' },
    'asking the bank': { title: 'Your bank is being asked', todo: 'This takes a few seconds.' },
    'remove card': { title: 'Take your bank card', todo: 'Your electricity card stays in.' },
    reversing: { title: 'The payment is being undone', todo: 'Please wait until that is done.' },
    approved: { title: 'Your bank has agreed', todo: 'Go on here, at this screen.' },
    declined: { title: 'Your bank did not agree', todo: 'One moment.' },
    'not possible': { title: 'That is not possible', todo: 'One moment.' },
  },
  problem: {
    declined: 'Your bank declined the payment.',
    'customer cancelled': 'The payment was cancelled.',
    'timed out': 'It took too long.',
    'card not readable': 'Your bank card could not be read.',
    'card not accepted': 'This bank card is not accepted here.',
    'not enough money': 'There is not enough money in that account.',
    'no connection': 'The bank could not be reached.',
    'terminal busy': 'The bank terminal is busy.',
    'wrong pin': 'The PIN was not right.',
    limit: 'That is more than your bank allows.',
    'no bank account': 'This card is linked to no bank account.',
    'not possible': 'The payment could not be made.',
  },
  nothingCharged: ' Nothing was charged.',
}
