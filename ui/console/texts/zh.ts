// All words of the console in Chinese: one line for each area.
import { approvalsZh } from '../approvals/words.zh.ts'
import { customersZh } from '../customers/words.zh.ts'
import { tariffsZh } from '../tariffs/words.zh.ts'
import { explainingZh } from '../explaining/words.zh.ts'
import { figuresZh } from '../figures/words.zh.ts'
import { fleetZh } from '../fleet/words.zh.ts'
import { lossesZh } from '../losses/words.zh.ts'
import { notedZh } from '../noted/words.zh.ts'
import { refusalsZh } from '../refusals/words.zh.ts'
import { staffZh } from '../staff/words.zh.ts'
import { frameZh } from './frame-words.zh.ts'
import { partsZh } from './parts-words.zh.ts'
import type { Words } from './words.ts'

export const zh: Words = {
  frame: frameZh,
  parts: partsZh,
  approvals: approvalsZh,
  customers: customersZh,
  tariffs: tariffsZh,
  explaining: explainingZh,
  figures: figuresZh,
  fleet: fleetZh,
  losses: lossesZh,
  noted: notedZh,
  refusals: refusalsZh,
  staff: staffZh,
}
