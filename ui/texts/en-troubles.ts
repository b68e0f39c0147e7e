// English for what goes wrong: refusals, notes that come back, mishaps, and where the money is.
import { never } from '../../domain/never.ts'
import type { MoneyPlace, NoteState, RefusalView } from '../kiosk/screen.ts'
import type { Format } from '../parts/format.ts'
import type { Texts, Told } from './texts.ts'

export const mishapTexts = (format: Format): Texts['mishap'] => ({
  title: {
    'card pulled while writing': 'The card was taken out too early',
    'card not written': 'The energy could not be written on the card',
    'outcome unknown': 'We do not know yet whether the card has it',
    'centre did not answer': 'The power sales centre did not answer',
    'order refused': 'The purchase could not be made',
    'note acceptor failed': 'The note slot stopped working',
    'note unaccounted for': 'One note is not accounted for',
    'undo unknown': 'We do not know yet whether it was taken back',
    'payment unknown': 'We do not know yet whether you were charged',
    'payment kept': 'You were charged, and it could not be undone',
  },
  happened: {
    'card pulled while writing': 'The card left the slot while it was being written.',
    'card not written': 'The card did not accept it, after several tries.',
    'outcome unknown': 'The card stopped answering while it was being written.',
    'centre did not answer': 'The line to the centre broke before the order was complete.',
    'order refused': 'The centre did not accept this order.',
    'note acceptor failed': 'It took your notes so far and then stopped.',
    'note unaccounted for': 'A note went in, and the kiosk cannot say where it is.',
    'undo unknown': 'The purchase was being taken back when the answer was lost.',
    'payment unknown': 'The answer of the bank was lost. No energy was written.',
    'payment kept': 'No energy was written for this payment.',
  },
  money: moneyPlace(format),
  moneyTitle: 'Your money',
  todo: {
    'card pulled while writing': 'Put this card into any kiosk. It finishes the purchase.',
    'card not written': 'Put this card into any kiosk, or go to the office.',
    'outcome unknown': 'Put this card into any kiosk. It finds out and finishes the purchase.',
    'centre did not answer': 'Come back with this card later, here or at any kiosk.',
    'order refused': 'Call us with the reference below, or go to the office.',
    'note acceptor failed': 'Use the money in your account, here or at any kiosk.',
    'note unaccounted for': 'Keep the reference below. We count the cash box and call you.',
    'undo unknown': 'Put this card into any kiosk. It tells you at once.',
    'payment unknown': 'Keep the reference. We go on asking your bank.',
    'payment kept': 'The money stays yours. Call us with the reference, or go to the office.',
  },
  todoTitle: 'What to do',
  callTitle: 'Questions?',
  call: (phone) => `Call ${phone}`,
  understood: 'I have it',
})

export const interruptedTexts: Texts['interrupted'] = {
  title: 'The kiosk stopped during your purchase',
  happened: 'It is running again and has looked for your money.',
  energyTitle: 'Energy on your card',
  energy: {
    'on the card': 'Yes, it is on the card.',
    'not on the card': 'No, nothing was added.',
    'card decides': 'Not known yet: it shows when the card is put in again.',
  },
  todo: {
    'on the card': 'Put the card into your meter at home.',
    'not on the card': 'Put your card into any kiosk and go on. Keep the reference.',
    'card decides': 'Put your card into any kiosk. It finds out and finishes the purchase.',
  },
  cardNext: 'Leave the card in: it is looked at next.',
  slipLater: 'A slip comes as soon as the printer works.',
}

export const noteState =
  ({ money }: Format) =>
  (note: NoteState): string => {
    switch (note.kind) {
      case 'ready':
        return 'Ready for the next note'
      case 'reading':
        return 'Reading the note'
      case 'checking':
        return `Checking ${money(note.value)}`
      case 'taken':
        return `${money(note.value)} taken`
      case 'given back':
        return `${money(note.value)} given back: take it`
      case 'refused':
        return {
          'not recognised': 'Note not recognised',
          'not accepted now': 'This note not accepted',
          'two notes': 'One at a time',
          'pulled back': 'The note was pulled',
          'held too long': 'Let go of it',
          'cannot stack': 'Try another note please',
          'too much': 'That is too much',
        }[note.why]
      case 'stopped':
        return note.why === 'not offered here'
          ? 'No notes taken here'
          : note.why === 'cash box full'
            ? 'The cash box is full'
            : 'The note slot has stopped'
      default:
        return never(note)
    }
  }

const moneyPlace =
  ({ money }: Format) =>
  (place: MoneyPlace): string => {
    switch (place.kind) {
      case 'in the order':
        return `${place.amount === null ? 'Your money' : money(place.amount)} is held in order ${place.order}, for this card only.`
      case 'card decides':
        return `${place.amount === null ? 'Your money' : money(place.amount)} is on the card as energy, or in your account: one of the two, never lost.`
      case 'paid for energy':
        return `${place.amount === null ? 'Your money' : money(place.amount)} has paid for the energy of order ${place.order}.`
      case 'in the account':
        return `${place.amount === null ? 'Your money' : money(place.amount)} was credited to your account.${place.balance === null ? '' : ` It now holds ${money(place.balance)}.`}`
      case 'on its way to the account':
        return `${money(place.amount)} is on its way to your account. The kiosk sends it until it is there.`
      case 'held':
        return place.amount === null
          ? 'A note of unknown value is held for you under the reference below.'
          : `${money(place.amount)} is held for you under the reference below.`
      case 'not charged':
        return `${money(place.amount)} was not charged to you.`
      case 'asking the bank':
        return `Your bank is being asked whether ${money(place.amount)} was charged.`
      case 'not taken':
        return 'No money was taken.'
      default:
        return never(place)
    }
  }

const office = 'Please go to the office with this card.'

export const refused = (
  refusal: RefusalView,
  { energy }: Format,
  onDay: (at: number) => string,
): Told => {
  switch (refusal.kind) {
    case 'foreign card':
      return {
        title: 'This is not an electricity card',
        todo: 'Please take it and insert the card of your meter.',
      }
    case 'card not readable':
      return {
        title: 'The card cannot be read',
        todo: 'Wipe the gold chip and insert it chip first. If that does not help, take it to the office.',
      }
    case 'not genuine':
      return { title: 'This card could not prove that it is ours', todo: office }
    case 'service card':
      return {
        title: 'This is a service card',
        todo: 'It is for technicians. Please insert the card of your meter.',
      }
    case 'preset card':
      return {
        title: 'This card only starts a new meter',
        todo: 'Please insert the purchase card of your meter.',
      }
    case 'card replaced':
      return {
        title: 'This card was replaced',
        todo: 'A newer card was issued for your meter. Please use that one.',
      }
    case 'other area':
      return {
        title: 'This card is from another area',
        todo: 'Please use a kiosk of the company that issued it.',
      }
    case 'not yet in meter':
      return {
        title: 'First put this card into your meter',
        todo: 'A new card has to meet its meter once. Then come back and buy.',
      }
    case 'under inquiry':
      return {
        title: 'This card has to be looked at',
        todo: 'Its last purchase and our books do not agree. Please go to the office with it.',
      }
    case 'payment being checked':
      return {
        title: 'Your last payment is still being checked',
        todo: 'Nothing is lost. Please come back with this card in a few minutes.',
      }
    case 'centre away':
      return {
        title: 'Your account cannot be reached just now',
        todo: 'Nothing can be sold without it. Please try again in a few minutes or at another kiosk.',
      }
    case 'visit the office':
      return {
        title: {
          'not issued': 'This card was never issued to anybody',
          'key blocked': 'This card has locked itself',
          'key version': 'This card is too old for our system',
          'data differ': 'This card does not match our records',
          'customer blocked': 'Your account is blocked',
          'card blocked': 'This card is blocked',
          profile: 'This kind of card is not served here',
        }[refusal.why],
        todo: office,
      }
    case 'unread purchase':
      return {
        title: `${energy(refusal.energy)} are still on this card`,
        todo:
          refusal.at === null
            ? 'Put the card into your meter first, then come back.'
            : `${onDay(refusal.at)} you bought them. Put the card into your meter first, then come back.`,
      }
    case 'refused by meter':
      return {
        title: 'Your meter did not accept this card',
        todo: meterAdvice(refusal.code, refusal.otherMeter),
      }
    case 'meter full':
      return {
        title: 'Your meter is full',
        todo: `It holds ${energy(refusal.remaining)} and may hold ${energy(refusal.limit)}. Come back when some is used.`,
      }
    default:
      return never(refusal)
  }
}

/** The advice of power-card.md 10.6, in as few words. */
const meterAdvice = (code: number, otherMeter: string | null): string => {
  switch (code) {
    case 1:
      return 'The voltage at home was too low. Insert it again when the light is steady.'
    case 4:
      return 'Insert it into the meter with the chip first and up.'
    case 8:
    case 22:
      return 'This card is not for your meter. Please use the right one.'
    case 11:
      return otherMeter === null
        ? 'It was put into a meter that is not yours. Insert it into your own.'
        : `It was put into meter ${otherMeter}, which is not yours. Insert it into your own.`
    case 13:
      return 'You have a newer card. Please use your newest card.'
    case 15:
      return 'The meter is new. Insert your opening card into it first.'
    case 18:
      return 'This kiosk has read the news of your meter. Insert the card at home again.'
    case 19:
    case 20:
      return 'Insert it into the meter again and leave it in for 15 seconds.'
    case 21:
      return 'The meter was too full. The purchase waits on the card: insert it again when some is used.'
    case 2:
    case 3:
      return `The meter needs service (code ${code}). Please call us.`
    default:
      return `Please take the card to the office (code ${code}).`
  }
}
