// Pure: why a person has to look at an alarm: for money, because of silence, for a fault, or with supplies.
import type { Need } from '../../domain/console/fleet-words.ts'
import { allFaults } from '../../domain/faults/device-faults.ts'
import type { FaultWords } from '../../domain/faults/words.ts'
import type { Fingerprint } from './alerts.ts'

/** The table of faults, for codes that come from outside. */
const faultWords = new Map<string, FaultWords>(
  Object.entries(allFaults).flatMap(([device, faults]) =>
    Object.entries(faults).map(([code, words]) => [`${device} ${code}`, words] as const),
  ),
)
export const wordsOfFault = (device: string, code: string): FaultWords | null =>
  faultWords.get(`${device} ${code}`) ?? null

const supplies = new Set([
  'paper low',
  'paper out',
  'cash box full',
  'boxNearly',
  'boxFull',
  'disk',
])
const silence = new Set([
  'down',
  'rebootLoop',
  'sequenceGap',
  'queueOld',
  'journalLate',
  'journal gap',
  'away',
  'fleet not watched',
])
const money = new Set([
  'moneyUnresolved',
  'duplicateId',
  'chainBroken',
  'doorOutsideVisit',
  'kiosk key changed',
])
/** What stands under these is evidence about cards, notes and payments. */
const moneyDevices = new Set(['cash', 'bank', 'card'])

export const needOf = ({ device, code }: Fingerprint): Need => {
  if (supplies.has(code)) return 'supplies'
  if (silence.has(code)) return 'silence'
  if (money.has(code) || moneyDevices.has(device)) return 'money'
  return wordsOfFault(device, code)?.about === 'money' ? 'money' : 'fault'
}
