// Pure: the parts that several screens show, from the words of the centre to the words of the screen.
import type { AccountView } from '../domain/centre-messages.ts'
import { never } from '../domain/never.ts'
import type { OrderState } from '../domain/order.ts'
import type { Quote } from '../domain/quote.ts'
import { copiesMost, energyOf, type SaleContext } from '../state-machines/sale-context.ts'
import type {
  AccountCard,
  NoticeView,
  PurchaseLine,
  QuoteView,
  ReceiptState,
  Screen,
  View,
  Wire,
} from '../ui/kiosk/screen.ts'

/** A screen, where the wire stands meanwhile, and no warning. */
export const at = (
  screen: Screen,
  node: Wire['at'],
  state: Wire['state'] = 'flowing',
): Pick<View, 'screen' | 'wire' | 'warning'> => ({
  screen,
  wire: { at: node, state },
  warning: null,
})

const dayMs = 24 * 60 * 60 * 1000

/** The account as the screen shows it; `hour` is the kiosk's local hour. */
export const accountCard = (account: AccountView, hour: number): AccountCard => ({
  shortName: account.shortName,
  address: account.address,
  meter: account.meter,
  card: account.card,
  tariff: account.tariff.name,
  partOfDay: hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening',
  balance: account.balance,
  arrears: account.arrears,
  reading:
    account.meterReading === null
      ? null
      : {
          remaining: account.meterReading.remaining,
          at: Date.parse(account.meterReading.at),
          usedThisMonth: account.meterReading.usedThisMonth,
          usedLastMonth: account.meterReading.usedLastMonth,
          daysLeft: daysLeft(account),
        },
})

const daysLeft = ({ runsOutAt, meterReading }: AccountView): number | null =>
  runsOutAt === null || meterReading === null
    ? null
    : Math.max(0, Math.round((Date.parse(runsOutAt) - Date.parse(meterReading.at)) / dayMs))

export const notices = ({ notices }: SaleContext): NoticeView[] =>
  notices.map((notice): NoticeView => {
    switch (notice.kind) {
      case 'arrears':
        return {
          kind: 'arrears',
          balance: notice.balance,
          sharePercent: Math.round(notice.share / 100),
        }
      case 'low energy':
      case 'headroom':
      case 'used in other meter':
        return notice
      default:
        return never(notice)
    }
  })

export const purchaseLines = ({ account }: SaleContext): PurchaseLine[] =>
  (account?.lastPurchases ?? []).map(({ at, tender, energy, state }) => ({
    at: Date.parse(at),
    tender,
    energy,
    state: purchaseState(state),
  }))

const purchaseState = (state: OrderState): PurchaseLine['state'] => {
  switch (state) {
    case 'LOADED':
      return 'on card'
    case 'METER_CREDITED':
      return 'in meter'
    case 'UNDONE':
    case 'RETURNED_TO_ACCOUNT':
    case 'EXPIRED':
      return 'returned'
    case 'QUOTED':
    case 'FUNDED':
    case 'AWAIT_WRITE':
    case 'UNKNOWN':
    case 'NOT_LOADED_RETRY':
    case 'SUSPECT':
      return 'open'
    default:
      return never(state)
  }
}

export const quoteView = (quote: Quote): QuoteView => ({
  pay: quote.tender,
  fee: quote.fee,
  fixed: quote.fixed.amount,
  arrears: { paid: quote.arrears.paid, after: quote.arrears.after },
  blocks: quote.lines.map(({ energy, price, exclusive }) => ({ energy, price, cost: exclusive })),
  vat: { rate: quote.vat.rate, amount: quote.vat.amount },
  otherLevies: quote.otherLevies,
  energyCost: quote.charged,
  freeEnergy: quote.freeEnergy,
  get: energyOf(quote),
  residue: quote.residue,
})

export const receiptState = (sale: SaleContext): ReceiptState => {
  const { receipt, printed, failedPrints, copies } = sale
  if (printed === 'no') return { kind: 'none' }
  if (printed === 'printing') return { kind: 'printing' }
  if (printed === 'yes') return { kind: 'on paper', again: copies < copiesMost }
  return {
    kind: 'on screen',
    why: printed.why,
    tries: failedPrints,
    lines: receipt?.texts ?? [],
    qr: receipt?.qr ?? null,
  }
}
