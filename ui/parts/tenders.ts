// Which picture stands for which way to pay, and which ways are shown at all.
import type { Tender, TenderOffer } from '../kiosk/screen.ts'
import type { PictureName } from './pictures.tsx'

export const tenderPictures: Record<Tender, PictureName> = {
  cash: 'notes',
  'bank card': 'bank terminal',
  'bank account': 'account',
  account: 'account',
}

/** An account that this kiosk never takes is the other edition's: nobody here has one, and nobody looks for it. */
export const tendersShown = (offers: readonly TenderOffer[]): TenderOffer[] =>
  offers.filter(
    (offer) =>
      offer.works ||
      offer.why !== 'not offered here' ||
      offer.tender === 'cash' ||
      offer.tender === 'bank card',
  )
