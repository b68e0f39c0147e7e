// What is said of a claim slip, in English.
import { never } from '../../domain/never.ts'
import type { Format } from '../parts/format.ts'
import type { Texts } from './texts.ts'

export const claimTexts = (format: Format): Texts['claim'] => ({
  title: 'Type the number on your slip',
  where: 'The twelve digits beside “Reference”.',
  wrong: 'One digit is wrong. Please compare them with your slip.',
  next: 'Redeem my slip',
  again: 'Ask again',
  told: (told) => {
    switch (told.kind) {
      case 'redeemed':
        return {
          title: 'Your slip is redeemed',
          todo: 'The money is in the account of this card. The slip is used up.',
        }
      case 'already in account':
        return {
          title: 'The money had already arrived',
          todo:
            told.card === null
              ? 'It is in the account of the card it was paid in with. If your slip says another amount, call us.'
              : `It is in the account of the card ending ${told.card.slice(-4)}. If your slip says another amount, call us.`,
        }
      case 'in a purchase':
        return {
          title: 'The money is in a purchase',
          todo:
            told.card === null
              ? 'Put in the card it was paid for: it shows there.'
              : `Put in the card ending ${told.card.slice(-4)}: it shows there.`,
        }
      case 'already redeemed':
        return {
          title: 'This slip was redeemed before',
          todo: `That was on ${format.shortDate(told.at)}. A slip is paid once.`,
        }
      case 'not yet':
        return {
          title: 'Not yet: that kiosk has not reported',
          todo: 'Your money is safe. Try again tomorrow, or bring the slip to our office.',
        }
      case 'not known':
        return {
          title: 'This number is not known yet',
          todo: 'Compare it with your slip. The kiosk that printed it may not have reported: try again tomorrow, or bring the slip to our office.',
        }
      case 'ask the office':
        return {
          title: 'A person has to look at this slip',
          todo: 'Please bring it to our office, or call us.',
        }
      case 'refused':
        return {
          title: 'Too many wrong numbers',
          todo: 'Nothing can be redeemed here now. Please bring your slip to our office.',
        }
      case 'no answer':
        return {
          title: 'The centre has not answered yet',
          todo: 'Your slip may be redeemed already. The kiosk goes on asking under the same number: it is paid once. Keep your slip.',
        }
      case 'centre away':
        return {
          title: 'The centre cannot be reached',
          todo: 'Nothing was redeemed. Keep your slip and try again later.',
        }
      default:
        return never(told)
    }
  },
})
