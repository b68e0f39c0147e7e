// Which picture stands for which way to pay.
import type { Tender } from '../kiosk/screen.ts'
import type { PictureName } from './pictures.tsx'

export const tenderPictures: Record<Tender, PictureName> = {
  cash: 'notes',
  'bank card': 'bank terminal',
  'bank account': 'account',
  account: 'account',
}
