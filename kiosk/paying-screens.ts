// Pure: the screens on which a customer pays, with notes or at the bank terminal, and says yes or no to it.
import { minor, type Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import { energyOf, restGoesTo, type SaleContext } from '../state-machines/sale-context.ts'
import { paymentIn } from '../state-machines/sale-payment.ts'
import { inserted } from '../state-machines/taking-cash.ts'
import type { Screen, Tender } from '../ui/kiosk/screen.ts'
import type { SaleSnapshot } from './screen-for.ts'
import { accountCard, at, quoteView } from './screen-parts.ts'

type Story = Exclude<SaleSnapshot['value']['story'], string>
type Paying = Extract<Story, { paying: unknown }>['paying']
type Charging = Extract<Story, { charging: unknown }>['charging']

export const payingScreen = (state: Paying, context: SaleContext, { hour }: { hour: number }) => {
  const account = context.account === null ? null : accountCard(context.account, hour)
  const name = typeof state === 'string' ? state : 'insertingNotes'
  switch (name) {
    case 'insertingNotes':
      return at(insertNotes(context), 'pay')
    case 'counting':
    case 'withoutAcceptor':
      return at({ kind: 'please wait', for: 'note on its way' }, 'pay', 'pulsing')
    case 'pricingAll':
    case 'pricingPaid':
      return at({ kind: 'please wait', for: 'price' }, 'pay', 'pulsing')
    case 'decidingRest':
      return at(moreThanChosen(context), 'pay')
    case 'confirming':
      return context.quote === null || account === null
        ? at({ kind: 'please wait', for: 'price' }, 'pay', 'pulsing')
        : at(
            {
              kind: 'confirm purchase',
              quote: quoteView(context.quote),
              tender: context.tender ?? 'cash',
              paid: paidFor(context, context.tender),
              rest: restOf(context),
              restGoesTo: restGoesTo(context),
              account,
            },
            'confirm',
          )
    case 'confirmingDeposit':
      return account === null
        ? at({ kind: 'please wait', for: 'closing' }, 'confirm')
        : at({ kind: 'confirm deposit', amount: inserted(context.notes), account }, 'confirm')
    case 'confirmingCancel':
      return at(confirmCancel(context), 'pay')
    default:
      return never(name)
  }
}

export const chargingScreen = (state: Charging, context: SaleContext) => {
  const payment = paymentIn(context)
  switch (state) {
    case 'atTerminal':
      if (payment === null) return at({ kind: 'please wait', for: 'order' }, 'pay', 'pulsing')
      return at(
        {
          kind: 'paying by card',
          way: payment.way,
          amount: payment.amount,
          hint: payment.hint,
          mayCancel: payment.mayCancel,
        },
        'pay',
      )
    case 'keeping':
      return at({ kind: 'please wait', for: 'finishing payment' }, 'confirm', 'pulsing')
    case 'refusing':
      return at({ kind: 'please wait', for: 'undoing payment' }, 'confirm', 'pulsing')
    default:
      return never(state)
  }
}

const confirmCancel = (context: SaleContext): Screen => {
  const held = paymentIn(context)
  return held === null
    ? { kind: 'confirm cancel', inserted: inserted(context.notes), goesTo: restGoesTo(context) }
    : { kind: 'confirm cancel', inserted: held.amount, goesTo: 'payer' }
}

const paidFor = (context: SaleContext, tender: Tender | null): Minor =>
  tender === 'cash' ? inserted(context.notes) : (context.quote?.tender ?? minor(0))

const restOf = (context: SaleContext): Minor =>
  minor(
    paidFor(context, context.tender) -
      (context.quote?.tender ?? minor(0)) +
      (context.quote?.residue ?? minor(0)),
  )

const insertNotes = (context: SaleContext): Screen => ({
  kind: 'insert notes',
  target: context.wish === null ? null : (context.quote?.tender ?? null),
  inserted: inserted(context.notes),
  notes: context.notes.map((note) => note.value),
  energy: context.wish === null ? null : energyOf(context.notes.length > 0 ? context.priced : null),
  denominations: [...context.cashValues],
  note: context.note,
  canFinish: context.notes.length > 0,
  changeGoesTo: restGoesTo(context),
})

const moreThanChosen = (context: SaleContext): Screen => ({
  kind: 'more than chosen',
  chosen: context.quote?.tender ?? minor(0),
  inserted: inserted(context.notes),
  energyForAll: energyOf(context.priced),
  energyForChosen: energyOf(context.quote),
  rest: minor(inserted(context.notes) - (context.quote?.tender ?? 0)),
  restGoesTo: restGoesTo(context),
})
