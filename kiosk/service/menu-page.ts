// Pure: what stands on each page of the menu, from what the kiosk's machine and its records say.
import { never } from '../../domain/never.ts'
import type { KioskContext } from '../../state-machines/kiosk-context.ts'
import { tenderOffers, whyNotServing } from '../../state-machines/open-services.ts'
import type { MenuPage } from '../../state-machines/service-menu.ts'
import type { ServicingContext } from '../../state-machines/servicing-context.ts'
import type { ServiceRow } from '../../ui/kiosk/service/service-page.ts'
import { cashRows } from './cash-page.ts'
import { deviceRows, devicesRows, faultsRows } from './device-pages.ts'
import { ago, milliseconds, number, text, time, word } from './rows.ts'
import type { ServiceFacts } from './service-facts.ts'

/** A page that has not painted for longer hangs. */
const paintedMostMs = 20_000
const clockMostMs = 60_000

export const rowsOf = (
  page: MenuPage,
  of: { kiosk: KioskContext; servicing: ServicingContext; facts: ServiceFacts },
): ServiceRow[] => {
  const { kiosk, servicing, facts } = of
  switch (page) {
    case 'menu':
      return menuRows(kiosk, servicing, facts)
    case 'devices':
      return devicesRows(kiosk, facts)
    case 'cardReader':
    case 'noteAcceptor':
    case 'receiptPrinter':
    case 'bankTerminal':
      return deviceRows(page, kiosk, facts)
    case 'screen':
    case 'touch grid':
    case 'colours':
      return [ago('last heard', facts.paintedMs, paintedMostMs)]
    case 'sound':
      return [number('volume', kiosk.volume)]
    case 'faults':
      return faultsRows(facts)
    case 'link':
      return linkRows(kiosk, servicing, facts)
    case 'commands':
      return facts.commands.flatMap(({ op, at }) =>
        text('command', op).map((row) => ({ ...row, at })),
      )
    case 'records':
      return recordRows(kiosk, facts)
    case 'cash box':
      return cashRows(facts)
    case 'paper':
      return deviceRows('receiptPrinter', kiosk, facts)
    case 'settings':
      return [...text('language', kiosk.homeLanguage), number('volume', kiosk.volume)]
    case 'language':
      return text('language', kiosk.language)
    case 'close':
    case 'restart':
      return [servesRow(kiosk)]
    default:
      return never(page)
  }
}

/** Whether customers can buy, when nobody is at the menu any more. */
export const servesRow = (kiosk: KioskContext): ServiceRow => {
  if (kiosk.closed === 'out of service') return word('sells', 'out of service', 'attention')
  if (kiosk.closed === 'finish only') return word('sells', 'finish only', 'attention')
  const why = whyNotServing(kiosk)
  if (why === 'starting') return word('sells', 'starting', 'attention')
  return why === null
    ? word('sells', 'in service', 'well')
    : word('sells', 'out of service', 'wrong')
}

const menuRows = (
  kiosk: KioskContext,
  servicing: ServicingContext,
  facts: ServiceFacts,
): ServiceRow[] => [
  servesRow(kiosk),
  ...tenderRows(kiosk),
  ...text('kiosk', facts.kiosk.number),
  ...text('place', facts.kiosk.place),
  ...text('version', facts.version),
  // Drawn on the buttons that lead there.
  inShort('devices', devicesRows(kiosk, facts)),
  inShort('link', linkRows(kiosk, servicing, facts)),
  inShort('records', recordRows(kiosk, facts)),
]

/** The first that is wrong there, or needs somebody; well where nothing does. */
const inShort = (label: ServiceRow['label'], rows: readonly ServiceRow[]): ServiceRow => {
  const worst =
    rows.find(({ mark }) => mark === 'wrong') ?? rows.find(({ mark }) => mark === 'attention')
  return worst === undefined ? word(label, 'well', 'well') : { ...worst, label }
}

/** Each way to pay that is offered here, and whether it works. */
export const tenderRows = (kiosk: KioskContext): ServiceRow[] =>
  tenderOffers({ ...kiosk, closed: null })
    .filter((offer) => offer.works || offer.why !== 'not offered here')
    .map(({ tender, works }) => ({
      label: 'tenders',
      value: { kind: 'tender', tender },
      mark: works ? 'well' : 'wrong',
    }))

const linkRows = (
  kiosk: KioskContext,
  { answerMs }: ServicingContext,
  { fleet, clockOffMs }: ServiceFacts,
): ServiceRow[] => [
  kiosk.centre === 'reached' ? word('centre', 'reached', 'well') : word('centre', 'away', 'wrong'),
  ...(answerMs === null ? [] : [milliseconds('answer time', answerMs, 'well')]),
  fleet === null
    ? word('fleet', 'not joined')
    : fleet.joined
      ? word('fleet', 'reached', 'well')
      : word('fleet', 'away', 'attention'),
  ...(fleet === null ? [] : [number('outbox', fleet.waiting)]),
  clockOffMs === null
    ? word('clock', 'unknown')
    : milliseconds('clock', clockOffMs, Math.abs(clockOffMs) > clockMostMs ? 'attention' : 'well'),
]

const recordRows = (kiosk: KioskContext, facts: ServiceFacts): ServiceRow[] => [
  kiosk.journalTrouble === null
    ? word('journal', 'trusted', 'well')
    : word('journal', 'not trusted', 'wrong'),
  ...(facts.journal === null
    ? []
    : [number('records', facts.journal.lines), number('not yet uploaded', facts.journal.waiting)]),
  number('sales open', facts.salesOpen, facts.salesOpen > 0 ? 'attention' : 'well'),
  number('payments open', facts.paymentsOpen, facts.paymentsOpen > 0 ? 'attention' : 'well'),
  number('notes of unknown fate', facts.notesOpen, facts.notesOpen > 0 ? 'attention' : 'well'),
  number('receipts printed', facts.receipts),
  kiosk.diskFull ? word('disk free', 'out', 'wrong') : word('disk free', 'ok', 'well'),
  time('started', facts.startedAt),
]
