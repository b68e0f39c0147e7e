// Pure: where the exchange of the cash box is, as the page of that step. What was expected stands on none before the count is told.
import type { SnapshotFrom } from 'xstate'
import { minor, type Minor } from '../../domain/money.ts'
import { notesCompared, valueOfNotes } from '../../domain/service/notes-counted.ts'
import type { StandingExchange } from '../../domain/service/standing-exchange.ts'
import type { exchangingCashBox } from '../../state-machines/exchanging-cash-box.ts'
import {
  countAgrees,
  typedCount,
  type ExchangingContext,
  type WitnessRefused,
} from '../../state-machines/exchanging-context.ts'
import type {
  ServicePage,
  ServiceRow,
  ServiceSentence,
} from '../../ui/kiosk/service/service-page.ts'
import { money, notes, number, text } from './rows.ts'

export type ExchangingSnapshot = SnapshotFrom<typeof exchangingCashBox>

const blank: ServicePage = {
  title: 'exchange: begin',
  sentence: null,
  mark: 'quiet',
  rows: [],
  typing: null,
  choices: [],
  whole: null,
  back: false,
  confirm: false,
}

export const exchangePage = ({ value, context }: ExchangingSnapshot): ServicePage => {
  const page = pageOf(value, context)
  // Whoever comes after a stop has not begun it.
  return context.resumed ? { ...page, sentence: 'exchange goes on', mark: 'attention' } : page
}

const pageOf = (value: ExchangingSnapshot['value'], context: ExchangingContext): ServicePage => {
  if (typeof value !== 'string') return tellingPage(value.telling, context)
  const { box, boxIsOut } = context
  const stop = boxIsOut ? [] : (['stop exchange'] as const)
  switch (value) {
    case 'choosingWay':
      return {
        ...blank,
        sentence: 'choose',
        choices: ['count here', 'count at the office', ...stop],
        back: !boxIsOut,
      }
    case 'counting':
      return {
        ...typed(context, context.values[context.counts.length] ?? null),
        title: 'exchange: how many',
        sentence: 'how many of this note',
      }
    case 'checkingCount':
      return {
        ...blank,
        title: 'exchange: count',
        sentence: 'count blind',
        rows: countedRows(context),
        back: true,
        confirm: true,
      }
    case 'typingOldBox':
      return { ...typed(context), title: 'exchange: take out', sentence: 'type the box' }
    case 'typingOldSeal':
      return {
        ...typed(context),
        title: 'exchange: seal',
        sentence: 'type the seal',
        rows: text('old box', box),
      }
    case 'doubting':
      return { ...blank, sentence: 'choose', choices: ['exchange', ...stop], back: true }
    case 'takingOut':
      return {
        ...blank,
        title: 'exchange: take out',
        sentence: 'take the box out',
        rows: [...text('old box', box), ...text('seal', context.seal)],
        choices: ['box is out', ...stop],
        back: true,
      }
    case 'puttingIn':
      return {
        ...blank,
        title: 'exchange: put in',
        sentence: 'put the new box in',
        choices: ['box is in', 'leave'],
      }
    case 'typingNewBox':
      return { ...typed(context), title: 'exchange: new box', sentence: 'type the box' }
    case 'typingNewSeal':
      return {
        ...typed(context),
        title: 'exchange: new seal',
        sentence: 'type the seal',
        rows: text('new box', box),
      }
    case 'typingWitness':
      return {
        ...typed(context),
        title: 'witness',
        ...(context.witness.refused === null
          ? { sentence: 'type your number' as const }
          : { sentence: refusals[context.witness.refused], mark: 'wrong' as const }),
      }
    case 'typingWitnessPin':
    case 'checkingWitness':
      return { ...hidden(context), title: 'witness pin', sentence: 'type your pin' }
    default:
      return blank
  }
}

const refusals: Record<WitnessRefused, ServiceSentence> = {
  wrong: 'wrong',
  locked: 'wait for lock',
  'same person': 'not allowed',
  'not allowed': 'not allowed',
}

const typed = ({ typed }: ExchangingContext, of: Minor | null = null): ServicePage => ({
  ...blank,
  typing: { typed, hidden: false, of },
  back: true,
  confirm: true,
})

const hidden = ({ typed }: ExchangingContext): ServicePage => ({
  ...blank,
  typing: { typed: '•'.repeat(typed.length), hidden: true, of: null },
  back: true,
  confirm: true,
})

const countedRows = (context: ExchangingContext): ServiceRow[] => {
  const counted = typedCount(context)
  return [
    ...counted.map(({ value, count }) => notes('counted', value, count)),
    money('counted', valueOfNotes(counted)),
  ]
}

type Telling = Extract<ExchangingSnapshot['value'], { telling: unknown }>['telling']

const tellingPage = (state: Telling, context: ExchangingContext): ServicePage => {
  const { exchange, slip, printed } = context
  if (exchange === null) return blank
  if (state === 'comparing') return { ...comparison(exchange), confirm: true }
  const { removed, exchanged } = exchange
  const page: ServicePage = {
    ...blank,
    title: 'exchange: done',
    sentence: 'the slip prints',
    rows: [
      ...(slip === null ? [] : [number('number of slip', slip.number)]),
      ...text('old box', removed?.box ?? null),
      ...text('seal', removed?.seal ?? null),
      ...text('new box', exchanged?.box ?? null),
      ...text('seal', exchanged?.seal ?? null),
    ],
  }
  if (state !== 'done') return page
  return {
    ...page,
    ...(!printed && { sentence: 'the slip is on screen', mark: 'attention' }),
    rows: [...page.rows, ...(printed ? [] : comparison(exchange).rows)],
    choices: ['print slip again', 'leave'],
    back: true,
    confirm: true,
  }
}

/** A box that goes sealed is counted blind at the office: what is expected in it is shown to nobody here either. */
const comparison = (exchange: StandingExchange): ServicePage => {
  const page: ServicePage = { ...blank, title: 'exchange: compare' }
  const { expected, counted, unknownValue, open } = exchange
  const unclear = unknownValue + open.length
  const unknown = unclear === 0 ? [] : [number('notes of unknown fate', unclear, 'attention')]
  if (counted === null || counted.notes === null) {
    return { ...page, sentence: 'counted at the office', rows: unknown }
  }
  const agrees = countAgrees(exchange) === true
  const difference = minor(valueOfNotes(counted.notes) - valueOfNotes(expected))
  return {
    ...page,
    sentence: agrees ? 'it agrees' : 'it differs',
    mark: agrees ? 'well' : 'attention',
    rows: [
      ...notesCompared(expected, counted.notes).flatMap((each) => [
        notes('expected', each.value, each.expected),
        notes('counted', each.value, each.counted),
        notes('difference', each.value, each.difference, each.difference === 0 ? 'well' : 'wrong'),
      ]),
      money('expected', valueOfNotes(expected)),
      money('counted', valueOfNotes(counted.notes)),
      money('difference', difference, difference === 0 ? 'well' : 'wrong'),
      ...unknown,
    ],
  }
}
