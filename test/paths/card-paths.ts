// Every short path through the writing of a card and through the taking back of a load.
import { energy } from '../../domain/energy.ts'
import { Nonce, OrderNumber } from '../../domain/identifiers.ts'
import { minor } from '../../domain/money.ts'
import type { OrderSummary } from '../../domain/order.ts'
import { takingBack } from '../../state-machines/taking-back.ts'
import { writingCard } from '../../state-machines/writing-card.ts'
import { testIds } from '../test-ids.ts'
import { pathsOf } from './machine-paths.ts'

const ids = testIds()
const saleId = ids.sale()
const nonce = Nonce.parse('a0a1a2a3a4a5a6a7')
const order: OrderSummary = {
  orderNumber: OrderNumber.parse('2611230000000042'),
  saleId,
  state: 'AWAIT_WRITE',
  count: 7,
  tender: minor(2000),
  charged: minor(2000),
  energy: energy(1340),
}
const line = { exchange: () => Promise.reject(new Error('no card in a path test')) }
const input = { saleId, insertionId: ids.insertion(), order, line, ids }

const failed = new Error('failed')
const away = { kind: 'away', why: 'the line is down' } as const
const lost = { kind: 'unknown', why: 'no answer' } as const
const answered = <Reply>(reply: Reply) => ({ kind: 'answered' as const, reply })
const proven = (state: OrderSummary['state']) =>
  answered({ order: { ...order, state }, receiptProof: null, balance: minor(0) })

const ofCard = {
  journal: [undefined, failed],
  askForNonce: [answered({ nonce }), away, lost, failed],
  readProof: [{ kind: 'read', proof: '00' }, { kind: 'card gone' }, { kind: 'no answer' }, failed],
  runScript: [failed],
}

/** What the card says while a script runs. */
const scriptEvents = [
  { type: 'script.stepped', step: 1, steps: 2 },
  { type: 'script.ended', completed: true },
  { type: 'script.ended', completed: false },
] as const

export const writingPaths = pathsOf(writingCard, {
  input,
  endings: {
    ...ofCard,
    challengeCard: [
      { kind: 'challenge', challenge: nonce },
      { kind: 'card gone' },
      { kind: 'no answer' },
      failed,
    ],
    askForScript: [
      answered({ kind: 'released', commands: ['00', '01'], settleNonce: nonce }),
      answered({ kind: 'refused', why: 'order is settled' }),
      away,
      lost,
      failed,
    ],
    reportProof: [
      proven('LOADED'),
      proven('NOT_LOADED_RETRY'),
      proven('UNKNOWN'),
      away,
      lost,
      failed,
    ],
  },
  events: ({ value }) => (value === 'writing' ? scriptEvents : []),
  key: ({ context }) => [context.attempt, context.cardGone, context.result, context.order.state],
})

export const takingBackPaths = pathsOf(takingBack, {
  input,
  endings: {
    ...ofCard,
    askForUndo: [
      answered({ kind: 'released', commands: ['00', '01'], settleNonce: nonce }),
      answered({ kind: 'refused', why: 'too late' }),
      away,
      lost,
      failed,
    ],
    reportProof: [proven('UNDONE'), proven('LOADED'), proven('UNKNOWN'), away, lost, failed],
  },
  events: ({ value }) => (value === 'undoing' ? scriptEvents : []),
  key: ({ context }) => [context.askedAgain, context.result, context.nonce !== null],
})
