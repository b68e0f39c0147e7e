// What the centre finds out by itself: how grave it is, what it means, and whether it clears by itself or by a person.
import type { AlarmKind } from '../alarms.ts'

/** What the centre itself sees of a kiosk has this for its device. */
export const theKiosk = 'kiosk'
/** What is of no kiosk, but of the centre. */
export const theCentre = 'centre'

type Kind = {
  severity: 1 | 2 | 3 | 4
  /** `person`: somebody looks into it and says so; nothing that is heard later makes it good. */
  clears: 'itself' | 'person'
  means: string
}

/** Of one kiosk (fleet.md 10). */
export const ownAlerts = {
  down: { severity: 3, clears: 'itself', means: 'nothing is heard of the kiosk' },
  stuck: { severity: 3, clears: 'itself', means: 'one step of a sale lasts over 7 minutes' },
  wedged: { severity: 3, clears: 'itself', means: 'the page or a device does not answer any more' },
  rebootLoop: { severity: 3, clears: 'itself', means: 'the kiosk connects again and again' },
  moneyUnresolved: {
    severity: 4,
    clears: 'itself',
    means: 'the outcome of an act with money is not known',
  },
  sequenceGap: { severity: 3, clears: 'itself', means: 'a record of the kiosk is missing' },
  duplicateId: { severity: 4, clears: 'person', means: 'two kiosks or two disks go by one number' },
  chainBroken: {
    severity: 4,
    clears: 'person',
    means: 'the journal of the kiosk went back, was changed or forked',
  },
  journalLate: { severity: 3, clears: 'itself', means: 'lines of the journal do not reach us' },
  boxFull: { severity: 3, clears: 'itself', means: 'the cash box is full: no notes are taken' },
  boxNearly: { severity: 2, clears: 'itself', means: 'the cash box is nearly full' },
  queueOld: {
    severity: 3,
    clears: 'itself',
    means: 'records wait at the kiosk although it is here',
  },
  clock: { severity: 1, clears: 'itself', means: 'the clock of the kiosk is wrong' },
  disk: { severity: 2, clears: 'itself', means: 'the disk of the kiosk is nearly full' },
  readOnly: { severity: 3, clears: 'itself', means: 'the disk of the kiosk takes no writes' },
  firewallMissing: {
    severity: 3,
    clears: 'itself',
    means: 'the firewall of the kiosk is not as it was set up',
  },
  drift: { severity: 2, clears: 'itself', means: 'the machine is not as it was set up' },
  certificate: {
    severity: 2,
    clears: 'itself',
    means: 'the certificate of the kiosk is not renewed',
  },
  doorOutsideVisit: {
    severity: 4,
    clears: 'person',
    means: 'the door was opened and nobody is on a visit',
  },
} as const satisfies Record<string, Kind>
export type OwnAlert = keyof typeof ownAlerts

/** Of the centre itself. */
export const centreAlerts = {
  'fleet not watched': { severity: 3, clears: 'itself', means: 'no kiosk is heard: see the log' },
  'webhook not reached': { severity: 3, clears: 'itself', means: 'alarms are not delivered there' },
  'mail not reached': { severity: 3, clears: 'itself', means: 'alarms are not delivered there' },
  'webhook refuses a notice': {
    severity: 3,
    clears: 'person',
    means: 'it was set aside: see the log',
  },
  'mail refuses a notice': {
    severity: 3,
    clears: 'person',
    means: 'it was set aside: see the log',
  },
} as const satisfies Record<string, Kind>
export type CentreAlert = keyof typeof centreAlerts

type Standing = Kind & { device: string; code: string }

const card = (code: AlarmKind, severity: 2 | 3, means: string): Standing => {
  return { device: 'card', code, severity, clears: 'person', means }
}
const chainBroken: Standing = { device: theKiosk, code: 'chainBroken', ...ownAlerts.chainBroken }
const mismatch: Standing = {
  device: 'cash',
  code: 'ledgerMismatch',
  severity: 4,
  clears: 'person',
  means: 'the acceptor, the journal and the books do not say the same of the cash',
}
const unpaid = (code: AlarmKind, means: string): Standing => {
  return { device: 'bank', code, severity: 3, clears: 'person', means }
}

/** As what each piece of evidence stands until it has been looked into. */
export const standsAs: Record<AlarmKind, Standing> = {
  'not genuine': card('not genuine', 2, 'a card could not prove itself'),
  'replaced card used': card('replaced card used', 2, 'a blocked card was inserted'),
  'card in two places': card('card in two places', 3, 'one card was at two kiosks at once'),
  'card against books': card('card against books', 2, 'a card does not fit the books'),
  'purchase image altered': card('purchase image altered', 3, 'the purchase on a card was changed'),
  'card data differ': card('card data differ', 2, 'a card does not say what the books say'),
  'meter MAC': card('meter MAC', 2, 'a write-back is not of its meter'),
  'meter count too high': card('meter count too high', 3, 'a meter has credit that nobody sold'),
  'meter registers': card('meter registers', 2, 'a meter was credited otherwise than sold'),
  'meter went back': card('meter went back', 2, 'a count or clock of a meter went back'),
  'unknown order in journal': card('unknown order in journal', 2, 'a card names no known order'),
  'meter touched': card('meter touched', 2, 'somebody tampers with a meter'),
  'worthless proof': card('worthless proof', 2, 'a proof of load does not verify'),
  'kiosk key changed': {
    device: theKiosk,
    code: 'kiosk key changed',
    severity: 4,
    clears: 'person',
    means: 'the kiosk signs with another key than the one it is known by',
  },
  'claims guessed': card('claims guessed', 3, 'somebody tries numbers of claims'),
  'claim not genuine': card('claim not genuine', 2, 'a forged claim was shown at the office'),
  'claim paid ahead': card('claim paid ahead', 2, 'two persons paid a claim ahead of its kiosk'),
  'journal gap': {
    device: 'journal',
    code: 'journal gap',
    severity: 3,
    clears: 'itself',
    means: 'lines of the journal are missing',
  },
  'journal altered': chainBroken,
  'journal fork': chainBroken,
  'journal rolled back': chainBroken,
  'cash differs': mismatch,
  'cash box swapped': {
    device: 'cash',
    code: 'cash box swapped',
    severity: 4,
    clears: 'person',
    means: 'the cash box that left a kiosk is not the one that was put in',
  },
  'cash counters went back': mismatch,
  'note against books': mismatch,
  'vended unpaid': unpaid('vended unpaid', 'energy is sold and its payment was reversed'),
  'payment unknown': unpaid('payment unknown', 'the file of the bank must say what was charged'),
  'bank did not pay': unpaid('bank did not pay', 'energy is sold, and the bank has no payment'),
  'payment contradicted': unpaid('payment contradicted', 'a payment is kept and reversed at once'),
}

const known = new Map<string, Kind>([
  ...Object.entries(ownAlerts).map(([code, kind]) => [`${theKiosk} ${code}`, kind] as const),
  ...Object.entries(centreAlerts).map(([code, kind]) => [`${theCentre} ${code}`, kind] as const),
  ...Object.values(standsAs).map((it) => [`${it.device} ${it.code}`, it] as const),
])

/** Null for the faults of devices, which the kiosk raises and clears. */
export const kindOf = (of: { device: string; code: string }): Kind | null =>
  known.get(`${of.device} ${of.code}`) ?? null
