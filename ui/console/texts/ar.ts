// All words of the console in Arabic: one line for each area.
import { approvalsAr } from '../approvals/words.ar.ts'
import { customersAr } from '../customers/words.ar.ts'
import { tariffsAr } from '../tariffs/words.ar.ts'
import { explainingAr } from '../explaining/words.ar.ts'
import { figuresAr } from '../figures/words.ar.ts'
import { fleetAr } from '../fleet/words.ar.ts'
import { lossesAr } from '../losses/words.ar.ts'
import { notedAr } from '../noted/words.ar.ts'
import { refusalsAr } from '../refusals/words.ar.ts'
import { staffAr } from '../staff/words.ar.ts'
import { frameAr } from './frame-words.ar.ts'
import { partsAr } from './parts-words.ar.ts'
import type { Words } from './words.ts'

export const ar: Words = {
  frame: frameAr,
  parts: partsAr,
  approvals: approvalsAr,
  customers: customersAr,
  tariffs: tariffsAr,
  explaining: explainingAr,
  figures: figuresAr,
  fleet: fleetAr,
  losses: lossesAr,
  noted: notedAr,
  refusals: refusalsAr,
  staff: staffAr,
}
