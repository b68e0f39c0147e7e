// All words of the console in English: one line for each area.
import { approvalsEn } from '../approvals/words.en.ts'
import { customersEn } from '../customers/words.en.ts'
import { tariffsEn } from '../tariffs/words.en.ts'
import { explainingEn } from '../explaining/words.en.ts'
import { figuresEn } from '../figures/words.en.ts'
import { fleetEn } from '../fleet/words.en.ts'
import { lossesEn } from '../losses/words.en.ts'
import { notedEn } from '../noted/words.en.ts'
import { refusalsEn } from '../refusals/words.en.ts'
import { staffEn } from '../staff/words.en.ts'
import { frameEn } from './frame-words.en.ts'
import { partsEn } from './parts-words.en.ts'

export const en = {
  frame: frameEn,
  parts: partsEn,
  approvals: approvalsEn,
  customers: customersEn,
  tariffs: tariffsEn,
  explaining: explainingEn,
  figures: figuresEn,
  fleet: fleetEn,
  losses: lossesEn,
  noted: notedEn,
  refusals: refusalsEn,
  staff: staffEn,
}
