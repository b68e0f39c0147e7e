// What the console does not do or tell, in English: what is so, and what to do.
import type { RefusalSentences } from './words.ts'

export const sentencesEn: RefusalSentences = {
  'sign in first': () => 'Sign in first.',
  'wrong name or password': () => 'Name or password is wrong.',
  'too many tries': ({ minutes }) =>
    `Too many wrong tries. Wait ${minutes === '1' ? 'a minute' : `${minutes} minutes`} and try again.`,
  'sign-in is busy': () => 'Too many people are signing in just now. Try again in a moment.',
  'own password first': () => 'First choose a password of your own.',
  'right missing': ({ right }) => `Your role does not have the right to ${right}.`,
  'not from our pages': () => 'This did not come from a page of the console. Load the page again.',
  'no such question': () => 'This console does not know that. Load the page again.',
  'no such page': () => 'There is no such page.',
  'not understood': () => 'The console could not read this. Load the page again and try once more.',
  failed: () =>
    'The centre could not answer this. Try again; if it stays so, tell whoever looks after it.',
  'used for another deed': () => 'This was sent for something else before. Load the page again.',
  'is so already': () => 'It is so already: nothing was changed.',
  'no such proposal': () => 'There is no such proposal.',
  'of an older program': () => 'An older program made this proposal. Propose it again.',
  'unknown to this program': () => 'This program cannot carry that out. Update it first.',
  'proposed already': ({ who }) => `${who} has proposed this already, and it awaits a decision.`,
  'decided already': ({ state, who }) => `It was decided already: ${state}, by ${who}.`,
  'only its proposer withdraws': () => 'Only whoever proposed it may withdraw it.',
  'a second person decides': () => 'You proposed this: another person decides.',
  'another role decides': () => 'Your role may not decide this.',
  'no such customer': () => 'There is no such customer.',
  'no such meter': () => 'There is no such meter.',
  'meter of another customer': () => 'This customer has no such meter.',
  'no account': () => 'This customer has no account at the authority.',
  'less is owed': ({ owed }) => `Only ${owed} is owed.`,
  'an open purchase repays': ({ free, repaid }) =>
    `Only ${free} can be given up: an open purchase repays ${repaid}.`,
  'credit in use': ({ used }) => `${used} of the credit is used: it cannot be less than that.`,
  'account too low': ({ after }) => `The account would be at ${after}, below its credit.`,
  'account has less now': ({ balance }) => `The account has only ${balance} now.`,
  'no such card': () => 'There is no such card.',
  'card was replaced': () => 'This card was replaced: it is refused for ever.',
  'meter has had too many cards': () => 'This meter has had 256 cards: it needs a new opening.',
  'card in the books': ({ card }) => `Card ${card} is in the books already. Take a new chip.`,
  'order is being written': ({ order }) =>
    `Order ${order} is being written to the card. Try again in some minutes.`,
  'meter was exchanged': () => 'This meter was exchanged already.',
  'books and card contradict': () =>
    'Books and card contradict each other. Have that decided first.',
  'meter in the books': ({ meter }) => `Meter ${meter} is in the books already.`,
  'order undecided': ({ order }) =>
    `Nobody knows yet what became of order ${order}. Have that settled first.`,
  'count needed': () =>
    'The last purchase may be in the old meter already. Read its count there and give it.',
  'no card in use': () => 'This meter has no card in use.',
  'only looked at': () => 'The file was only looked at: nothing was taken in.',
  'file is no JSON': () => 'The file is not JSON.',
  'file does not fit': ({ problems }) =>
    `The file does not fit any more. The centre says: ${problems}`,
  'no such sale': () => 'Neither the books nor any journal here has heard of this sale.',
  'cannot go back': ({ why }) => `The money cannot be returned now: ${why}`,
  'no open claim': () => 'No claim of this sale is open.',
  'claim is over': () =>
    'This claim is not open any more: its money has been redeemed, paid or placed meanwhile.',
  'claim has changed': ({ open, proposed }) =>
    `The claim is ${open} now, and ${proposed} was proposed. Propose it again.`,
  'no account for it': () =>
    'There is no such customer with an account. Pay it in cash, or name another one.',
  'claim not paid': ({ why }) => `Nothing was paid. The centre says: ${why}`,
  'no such tariff': () => 'There is no such tariff.',
  'no such version': () => 'There is no such version of the tariff.',
  'no such draft': () => 'There is no such draft.',
  'tariff begins too early': () => 'The day is over: a tariff begins today or later.',
  'no version in force': ({ tariff, day }) =>
    `Tariff ${tariff} has no version that is in force on ${day}.`,
  'day is over': () => 'The day is over: choose today or a day to come.',
  'version begins too early': ({ day, today }) =>
    `${day} is too early: it must be after today, ${today}. What was sold stays as it was sold.`,
  'version exists': ({ day }) =>
    `A version from ${day} is in the books already, and never changes. Choose another day.`,
  'version contradicts': ({ why }) => `The books have another version. The centre says: ${why}`,
  'no such finding': () => 'There is no such finding.',
  'no such task': () => 'There is no such field task.',
  'finding is over': () => 'This finding is over.',
  'somebody is sent': () => 'Somebody is being sent for it already.',
  'task was answered': () => 'That task has been answered already.',
  'no such kiosk': () => 'There is no such kiosk.',
  'kiosk was never heard': () =>
    'This is for a program that runs, and the kiosk was never heard. Wait until it is.',
  'no such alarm': () => 'There is no such alarm.',
  'alarm is over': () => 'This alarm is over.',
  'alarm acknowledged': ({ who }) => `${who} has acknowledged this alarm already.`,
  'alarm ends by itself': ({ device }) =>
    `This alarm ends by itself when ${device} is well again. Acknowledge it to keep it quiet.`,
  'no such command': () => 'No such command was ordered.',
  'command too long': () => 'This is too long for a command.',
  'no signing key': () =>
    'No key to sign commands with is configured. Name one in fleet.commandKey of the centre.',
  'signing key unusable': ({ why }) =>
    `The key to sign commands with cannot be used. The centre says: ${why}`,
  'no such rollout': () => 'There is no such rollout.',
  'rollout is over': () => 'It has ended already.',
  'rollout cannot begin': ({ why }) => `It cannot begin. The centre says: ${why}`,
  'no such point of sale': ({ number }) => `There is no point of sale ${number}.`,
  'name is taken': ({ name }) => `Somebody signs in as ${name} already. Choose another name.`,
  'nobody has this name': ({ name }) => `Nobody here signs in as ${name}.`,
  'own role is not yours': () => 'Your own role and leave are somebody else’s to decide.',
  'not your password': () => 'The password now is not this one.',
  'password as before': () => 'The new password must be another one than now.',
}
