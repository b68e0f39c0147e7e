// Which ways to pay and which services are open now: the rows of the degradation table that stand, put together. Pure.
import type { Closing } from '../domain/service/service-entries.ts'
import type { OutOfServiceReason, Tender, TenderOffer, TenderTrouble } from '../ui/kiosk/screen.ts'
import { degradation, reasonsInOrder, troublesInOrder, type Closes } from './degradation.ts'
import type { DeviceStates } from './device-states.ts'

/** What is offered depends on: the devices, what this kiosk sells for, and whether every payment before has its end. */
export type OfferFacts = {
  devices: DeviceStates
  tenders: readonly Tender[]
  paymentsOpen: boolean
  /** By somebody on site or by the office. */
  closed: Closing | null
  /** The cash box is being exchanged. */
  boxOpen: boolean
}

export type ServiceFacts = OfferFacts & {
  journalTrouble: string | null
  diskFull: boolean
  centre: 'reached' | 'lost' | 'not asked yet'
}

/** What a customer can come for. */
export type Service =
  | { kind: 'purchase'; with: Tender }
  /** Notes to the account of a card that cannot be sold to. */
  | { kind: 'deposit' }
  | { kind: 'enquiry' }
  /** A claim slip to the account. */
  | { kind: 'claim' }
  | { kind: 'receipt on paper' }

const allTenders: Tender[] = ['cash', 'bank card', 'bank account', 'account']

/** Every tender, with the reason for each that does not work now. */
export const tenderOffers = (facts: OfferFacts): TenderOffer[] => {
  const rows = [...rowsOfDevices(facts.devices), ...rowsOfOffers(facts)]
  return allTenders.map((tender): TenderOffer => {
    const troubles: TenderTrouble[] = rows
      .filter((row) => closesTender(row, tender))
      .map(({ why }) => why)
    if (!facts.tenders.includes(tender)) troubles.push('not offered here')
    const why = troublesInOrder.find((trouble) => troubles.includes(trouble))
    return why === undefined ? { tender, works: true } : { tender, works: false, why }
  })
}

/** Whether receipts come on paper. */
export const printsPaper = (devices: DeviceStates): boolean =>
  rowsOfDevices(devices).every(({ what }) => what !== 'paper')

/**
 * Why no customer can be served now; null when one can. Where nothing can be paid with, a card can still be looked at and a
 * claim slip be redeemed.
 */
export const whyNotServing = (facts: ServiceFacts): OutOfServiceReason | null => {
  const rows = [...rowsOfDevices(facts.devices), ...rowsOfKiosk(facts)]
  const reasons = rows.flatMap((row) => (row.what === 'the kiosk' ? [row.why] : []))
  return reasonsInOrder.find((reason) => reasons.includes(reason)) ?? null
}

/** All that a customer who comes now can have. */
export const openServices = (facts: ServiceFacts): Service[] => {
  if (whyNotServing(facts) !== null) return []
  const works = tenderOffers(facts).filter((offer) => offer.works)
  return [
    ...works.map(({ tender }): Service => ({ kind: 'purchase', with: tender })),
    ...(works.some(({ tender }) => tender === 'cash') ? [{ kind: 'deposit' as const }] : []),
    { kind: 'enquiry' },
    { kind: 'claim' },
    ...(printsPaper(facts.devices) ? [{ kind: 'receipt on paper' as const }] : []),
  ]
}

/** Something can be paid with. */
export const sells = (offers: readonly TenderOffer[]): boolean =>
  offers.some((offer) => offer.works)

type TenderRow = Extract<Closes, { why: TenderTrouble }>

const closesTender = (row: Closes, tender: Tender): row is TenderRow =>
  row.what === tender ||
  row.what === 'every way to pay' ||
  (row.what === 'all of the bank' && (tender === 'bank card' || tender === 'bank account'))

const rowsOfDevices = (devices: DeviceStates): Closes[] => {
  const { cardReader, noteAcceptor, receiptPrinter, bankTerminal } = devices
  return [
    ...rowsOfDevice('cardReader', cardReader),
    ...rowsOfDevice('noteAcceptor', noteAcceptor),
    ...rowsOfDevice('receiptPrinter', receiptPrinter),
    ...rowsOfDevice('bankTerminal', bankTerminal),
    ...rowIf(!bankTerminal.vending, degradation.bankTerminal['does not wait for the goods']),
    ...rowIf(!bankTerminal.canAskPin, degradation.bankTerminal['asks for no PIN']),
  ]
}

const rowsOfDevice = (
  device: keyof DeviceStates,
  { ready, faults }: { ready: boolean; faults: readonly string[] },
): Closes[] => {
  const table: Record<string, Closes> = degradation[device]
  const standing = ready ? faults : ['not heard of yet', ...faults]
  return standing.flatMap((condition) => table[condition] ?? [])
}

const rowsOfOffers = ({ paymentsOpen, closed, boxOpen }: OfferFacts): Closes[] => [
  ...rowIf(paymentsOpen, degradation.payments['one is open']),
  ...rowIf(closed === 'finish only', degradation.people['finish only']),
  ...rowIf(boxOpen, degradation.people['cash box open']),
]

const rowsOfKiosk = (facts: ServiceFacts): Closes[] => {
  const { journalTrouble, diskFull, centre, closed } = facts
  return [
    ...rowIf(journalTrouble !== null, degradation.journal['not written']),
    ...rowIf(diskFull, degradation.disk.full),
    ...rowIf(centre === 'not asked yet', degradation.centre['not asked yet']),
    ...rowIf(centre === 'lost', degradation.centre.away),
    ...rowIf(closed === 'out of service', degradation.people['out of service']),
  ]
}

const rowIf = (stands: boolean, row: Closes): Closes[] => (stands ? [row] : [])
