// Pure: where a refused card has to go, as a picture for those who don't read.
import type { PictureName } from '../parts/pictures.tsx'
import { never } from '../../domain/never.ts'
import type { RefusalView } from './screen.ts'

export const whereTo = (refusal: RefusalView): PictureName => {
  switch (refusal.kind) {
    case 'unread purchase':
    case 'not yet in meter':
    case 'meter full':
      return 'home'
    case 'refused by meter':
      return homeCodes.has(refusal.code)
        ? 'home'
        : wrongCardCodes.has(refusal.code)
          ? 'change'
          : 'office'
    case 'visit the office':
    case 'under inquiry':
    case 'not genuine':
      return 'office'
    case 'foreign card':
    case 'service card':
    case 'preset card':
    case 'card replaced':
    case 'other area':
      return 'change'
    case 'card not readable':
      return 'wipe'
    case 'centre away':
    case 'payment being checked':
      return 'later'
    default:
      return never(refusal)
  }
}

/** What the customer can put right at the meter, and what takes another card (power-card.md 10.6). */
const homeCodes = new Set([1, 4, 11, 15, 18, 19, 20, 21])
const wrongCardCodes = new Set([8, 13, 22])
