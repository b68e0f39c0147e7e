// Pure: what the machines know, as the one screen the customer sees.
import type { SnapshotFrom } from 'xstate'
import { minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import { referenceOf, referenceTo } from '../domain/reference.ts'
import { ownCardIn, saleToTell, valuesTaken } from '../state-machines/kiosk-context.ts'
import type { kiosk } from '../state-machines/kiosk.ts'
import { printsPaper, sells, tenderOffers, whyNotServing } from '../state-machines/open-services.ts'
import type { SaleContext } from '../state-machines/sale-context.ts'
import { accountCovers, energyOf, mayTakeBack } from '../state-machines/sale-context.ts'
import { problemOfPayment, troubleInVisit } from '../state-machines/sale-payment.ts'
import type { sale } from '../state-machines/sale.ts'
import type { Screen, View, Wire } from '../ui/kiosk/screen.ts'
import { claimScreen, type Redeeming } from './claim-screens.ts'
import { awaitingScreen, serviceScreen } from './service/service-screen.ts'
import type { ServiceFacts } from './service/service-facts.ts'
import { chargingScreen, payingScreen } from './paying-screens.ts'
import { accountCard, at, notices, purchaseLines, quoteView, receiptState } from './screen-parts.ts'

export type KioskSnapshot = SnapshotFrom<typeof kiosk>
export type SaleSnapshot = SnapshotFrom<typeof sale>

export type ScreenFacts = {
  kiosk: KioskSnapshot
  /** Null unless a sale is running. */
  sale: SaleSnapshot | null
  /** Local hour of the kiosk, 0 to 23: decides the greeting. */
  hour: number
  /** Whole amounts offered on the amount screen, in main units and in kWh. */
  suggestions: { money: number[]; energy: number[] }
  /** From the warning to the end of a customer's patience. */
  warningMs: number
  /** Asked for by the pages of the maintenance mode alone. */
  service: () => ServiceFacts
}

/** The screen, and how the wire stands. */
export const screenFor = (facts: ScreenFacts): Pick<View, 'screen' | 'wire' | 'warning'> => {
  const { kiosk, sale } = facts
  const service = kiosk.value.service
  if (typeof service !== 'string') return tellingScreen(service.tellingInterrupted, kiosk)
  switch (service) {
    case 'resolvingNotes':
    case 'askingCounters':
    case 'journallingStacked':
    case 'journallingReturned':
    case 'journallingUnknown':
    case 'begun':
      return at(starting, null)
    case 'outOfService': {
      const { journalTrouble } = kiosk.context
      const why = whyNotServing(kiosk.context) ?? 'starting'
      // What a technician finds in the diagnostic log by it.
      const reference = journalTrouble === null ? null : referenceTo(journalTrouble)
      return at({ kind: 'out of service', why, reference }, null)
    }
    case 'idle':
      return at(attract(kiosk), null)
    case 'showingUnusable':
      return at(
        {
          kind: 'refused',
          refusal: { kind: kiosk.context.unusable ?? 'foreign card' },
          account: null,
          depositOffered: false,
        },
        'card',
        'broken',
      )
    case 'awaitingParties':
      return at(awaitingScreen(kiosk.context.holding), null)
    case 'servicing':
    case 'doingMachineAct':
    case 'restarting':
    case 'serviceOver':
      return at(serviceScreen(kiosk, facts.service), null)
    case 'closingSession':
      return at({ kind: 'please wait', for: 'closing' }, 'take', 'pulsing')
    case 'cardLeft':
      return at(
        {
          kind: 'take card',
          after: { kind: 'nothing bought' },
          receipt: { kind: 'none' },
          urgent: true,
          undo: null,
        },
        'take',
      )
    case 'serving':
      return sale === null
        ? at({ kind: 'please wait', for: 'reading card' }, 'card', 'pulsing')
        : { ...saleScreen(sale, facts), warning: warningOf(sale, facts) }
    default:
      return never(service)
  }
}

const starting: Screen = { kind: 'out of service', why: 'starting', reference: null }

type Service = KioskSnapshot['value']['service']
type Telling = Extract<Service, { tellingInterrupted: unknown }>['tellingInterrupted']

const tellingScreen = (state: Telling, { context }: KioskSnapshot) => {
  const sale = saleToTell(context)
  if (typeof state === 'string' || sale === null) return at(starting, null)
  const { money, energy, saleId, slipOwed } = sale
  return at(
    {
      kind: 'interrupted',
      money,
      energy,
      reference: referenceOf(saleId),
      cardIn: ownCardIn(context),
      slip: slipOwed ? context.slip : 'on paper',
    },
    'confirm',
    'broken',
  )
}

const attract = ({ context }: KioskSnapshot): Screen => ({
  kind: 'attract',
  tenders: tenderOffers(context),
  receipts: printsPaper(context.devices) ? 'on paper' : 'on screen',
  denominations: valuesTaken(context),
})

const warningOf = ({ value }: SaleSnapshot, { warningMs }: ScreenFacts): View['warning'] =>
  value.patience === 'warned' ? { secondsLeft: Math.ceil(warningMs / 1000) } : null

const saleScreen = (snapshot: SaleSnapshot, facts: ScreenFacts) => {
  const { story } = snapshot.value
  const { context } = snapshot
  if (typeof story === 'string') return at({ kind: 'please wait', for: 'closing' }, 'take')
  if ('reading' in story) return readingScreen(story.reading, context, facts)
  if ('redeeming' in story) return redeemingScreen(story.redeeming, context)
  if ('choosing' in story) return choosingScreen(story.choosing, context, facts)
  if ('paying' in story) return payingScreen(story.paying, context, facts)
  if ('charging' in story) return chargingScreen(story.charging, context)
  if ('ordering' in story) return orderingScreen(story.ordering, context)
  if ('leaving' in story) return leavingScreen(story.leaving, context)
  return never(story)
}

type Story = Exclude<SaleSnapshot['value']['story'], string>
type Reading = Extract<Story, { reading: unknown }>['reading']
type Choosing = Extract<Story, { choosing: unknown }>['choosing']
type Ordering = Extract<Story, { ordering: unknown }>['ordering']
type Leaving = Extract<Story, { leaving: unknown }>['leaving']

const readingScreen = (state: Reading, context: SaleContext, facts: ScreenFacts) => {
  const account = context.account === null ? null : accountCard(context.account, facts.hour)
  switch (state) {
    case 'looking':
      return at({ kind: 'please wait', for: 'reading card' }, 'card', 'pulsing')
    case 'diagnosing':
      return at({ kind: 'please wait', for: 'asking the centre' }, 'card', 'pulsing')
    case 'account':
      return account === null
        ? at({ kind: 'please wait', for: 'asking the centre' }, 'card', 'pulsing')
        : at(
            {
              kind: 'account',
              account,
              notices: notices(context),
              canBuy: sells(context.tenders),
            },
            'card',
          )
    case 'enquiry':
      return account === null
        ? at({ kind: 'please wait', for: 'asking the centre' }, 'card', 'pulsing')
        : at({ kind: 'enquiry', account, purchases: purchaseLines(context) }, 'card')
    case 'refused':
      return at(
        {
          kind: 'refused',
          refusal: context.refusal ?? { kind: 'centre away' },
          account,
          depositOffered:
            context.depositOffered &&
            context.tenders.some((offer) => offer.tender === 'cash' && offer.works),
        },
        'card',
        'broken',
      )
    case 'openOrder':
      return at(openOrder(context, context.mayReturn), 'confirm', 'broken')
    case 'healed':
      return at({ kind: 'healed', after: context.outcome, receipt: receiptState(context) }, 'card')
    case 'afterHealing':
      return at({ kind: 'please wait', for: 'asking the centre' }, 'card', 'pulsing')
    default:
      return never(state)
  }
}

const openOrder = (context: SaleContext, mayReturn: boolean): Screen => ({
  kind: 'open order',
  energy: context.order?.energy ?? energyOf(context.quote),
  paid: context.order?.tender ?? minor(0),
  mayReturn,
  reference: referenceOf(context.order?.saleId ?? context.saleId),
})

const redeemingScreen = (state: Redeeming, context: SaleContext) => {
  const screen = claimScreen(state, context)
  return at(screen, 'card', screen.kind === 'please wait' ? 'pulsing' : 'flowing')
}

const choosingScreen = (state: Choosing, context: SaleContext, facts: ScreenFacts) => {
  switch (state) {
    case 'amount':
      return at(chooseAmount(context, facts), 'amount')
    case 'pricing':
      return at({ kind: 'please wait', for: 'price' }, 'amount', 'pulsing')
    case 'tender':
      return context.quote === null
        ? at({ kind: 'please wait', for: 'price' }, 'amount', 'pulsing')
        : at(
            {
              kind: 'choose tender',
              quote: quoteView(context.quote),
              tenders: offersFor(context),
              balance: context.account?.balance ?? null,
              problem: problemOfPayment(context),
            },
            'amount',
          )
    default:
      return never(state)
  }
}

const chooseAmount = (context: SaleContext, facts: ScreenFacts): Screen => {
  const least = context.limits?.least ?? minor(0)
  const most = context.limits?.most ?? minor(0)
  const suggestions =
    context.by === 'money'
      ? facts.suggestions.money.filter((units) => units * 100 >= least && units * 100 <= most)
      : facts.suggestions.energy.filter(
          (units) =>
            context.limits?.mostEnergy === null || units * 100 <= (context.limits?.mostEnergy ?? 0),
        )
  const { by, typed, problem } = context
  return { kind: 'choose amount', by, suggestions, typed, least, most, problem }
}

/** The kiosk's offers, without what this customer cannot pay this price with. */
const offersFor = (context: SaleContext) =>
  context.tenders.map((offer) => {
    const { tender } = offer
    const why = offer.works ? troubleInVisit(context, tender) : null
    if (why !== null) return { tender, works: false as const, why }
    if (tender !== 'account' || !offer.works) return offer
    if ((context.account?.spendable ?? null) === null)
      return { tender: 'account' as const, works: false as const, why: 'no account' as const }
    return accountCovers(context)
      ? offer
      : {
          tender: 'account' as const,
          works: false as const,
          why: 'not enough in the account' as const,
        }
  })

const orderingScreen = (state: Ordering, context: SaleContext) => {
  switch (state) {
    case 'journallingOrder':
    case 'requestingOrder':
    case 'journallingReserved':
    case 'journallingRefused':
    case 'journallingOrderUnknown':
    case 'writingAgain':
      return at({ kind: 'please wait', for: 'order' }, 'confirm', 'pulsing')
    case 'writing': {
      const { phase, step, steps } = context.writing
      const energy = context.order?.energy ?? energyOf(context.quote)
      return at({ kind: 'writing', energy, phase, step, steps }, 'confirm', 'pulsing')
    }
    case 'notWritten':
      return at(openOrder(context, true), 'confirm', 'broken')
    case 'awaitingCardBack':
      return at(
        {
          kind: 'put card back',
          energy: context.order?.energy ?? energyOf(context.quote),
          reference: referenceOf(context.saleId),
          otherCard: context.otherCard,
        },
        'confirm',
        'broken',
      )
    case 'journallingFound':
    case 'journallingReturn':
    case 'returning':
    case 'journallingReturned':
    case 'ending':
    case 'journallingClosing':
    case 'closing':
    case 'journallingSettled':
    case 'settled':
      return at({ kind: 'please wait', for: 'closing' }, 'confirm', 'pulsing')
    default:
      return never(state)
  }
}

const leavingScreen = (state: Leaving, context: SaleContext) => {
  const { outcome: after } = context
  const receipt = receiptState(context)
  if (typeof state !== 'string') {
    const urgent = state.takingCard === 'urgent'
    const undo = undoOffer(context)
    return at({ kind: 'take card', after, receipt, urgent, undo }, 'take', wireAfter(context))
  }
  switch (state) {
    case 'choosingTheWayOut':
    case 'goodbye':
    case 'afterMishap':
      return at({ kind: 'please wait', for: 'closing' }, 'take', 'pulsing')
    case 'preparingReceipt':
    case 'printing':
    case 'telling':
      return at({ kind: 'please wait', for: 'printing' }, 'take', 'pulsing')
    case 'mishap':
      return at(
        {
          kind: 'mishap',
          mishap: context.mishap ?? 'outcome unknown',
          money: context.money,
          reference: referenceOf(context.saleId),
          cardIn: context.cardIn,
          receipt,
        },
        'confirm',
        'broken',
      )
    case 'confirmingUndo': {
      const energy = context.order?.energy ?? energyOf(context.quote)
      return at({ kind: 'confirm undo', energy, amount: context.order?.tender ?? minor(0) }, 'take')
    }
    case 'takingBack':
      return at({ kind: 'please wait', for: 'taking back' }, 'take', 'pulsing')
    case 'thanking':
      return at({ kind: 'thank you', after, receipt }, 'take', wireAfter(context))
    default:
      return never(state)
  }
}

const undoOffer = (context: SaleContext): 'offered' | 'failed' | null => {
  if (mayTakeBack(context)) return 'offered'
  return context.undoFailed ? 'failed' : null
}

const wireAfter = (context: SaleContext): Wire['state'] =>
  context.outcome.kind === 'bought' ? 'done' : 'flowing'
