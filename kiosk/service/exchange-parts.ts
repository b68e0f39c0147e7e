// Gives the exchange of the cash box its world: what the records say, who may be the second person, and paper.
import { fromPromise, type PromiseActorLogic } from 'xstate'
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { referenceTo } from '../../domain/reference.ts'
import type { StandingExchange } from '../../domain/service/standing-exchange.ts'
import { exchangingCashBox } from '../../state-machines/exchanging-cash-box.ts'
import type { ExchangeSlip, TakenUp } from '../../state-machines/exchanging-context.ts'
import type { PersonChecked } from '../../state-machines/servicing-context.ts'
import type { Clock } from '../clock.ts'
import type { KioskConfig } from '../config.ts'
import { jobIdOf } from '../preparing-receipt.ts'
import type { Records } from '../records.ts'
import type { Standing } from '../standing.ts'
import { exchangeSlip } from './exchange-slip.ts'

export type ExchangeParts = {
  config: KioskConfig
  clock: Pick<Clock, 'now' | 'ids'>
  records: Pick<Records, 'exchange' | 'cashBox' | 'standing' | 'nextReceipt' | 'uploadable'>
  /** The acceptor has a sensor, and says so now. */
  boxIsOut: () => boolean
  journal: PromiseActorLogic<void, JournalEntry[]>
  checkPerson: PromiseActorLogic<PersonChecked, { number: string; pin: string }>
}

export const exchangingOn = (parts: ExchangeParts) =>
  exchangingCashBox.provide({
    actors: {
      journal: parts.journal,
      checkPerson: parts.checkPerson,
      takeUp: fromPromise(async () => takenUp(parts)),
      prepareSlip: fromPromise(({ input }) => prepared(parts, input)),
    },
  })

/** So many ids stand in one entry. */
const openMost = 50

const takenUp = ({ records, clock, config, boxIsOut }: ExchangeParts): TakenUp => {
  const box = records.cashBox()
  const gone = new Set<string>(box.elsewhere)
  const inBox = box.notes.map(({ value }) => value)
  return {
    standing: records.exchange(),
    stock: {
      exchangeId: clock.ids.exchange(),
      period: box.period,
      expected: box.notes,
      unknownValue: box.notesOfUnknownValue,
      accuracy: box.accuracy,
      open: notesOfUnknownFate(records.standing())
        .filter((note) => !gone.has(note))
        .slice(-openMost),
      faults: box.faults,
    },
    values: [...new Set([...config.cash.values, ...inBox])].sort((a, b) => a - b),
    twoPersons: config.service?.twoForCashBox ?? true,
    boxIsOut: boxIsOut(),
  }
}

const notesOfUnknownFate = ({ sales, testNotes }: Standing) => [
  ...[...sales.values()].flatMap(({ notes }) =>
    notes
      .filter(({ place, value }) => place === 'moving' || (place === 'unknown' && value !== null))
      .map(({ noteId }) => noteId),
  ),
  ...testNotes.map(({ noteId }) => noteId),
]

const prepared = async (
  { config, clock, records }: ExchangeParts,
  of: {
    exchange: StandingExchange
    copy: number
    begun: { jobId: string; number: number } | null
  },
): Promise<ExchangeSlip> => {
  const { exchange, copy, begun } = of
  const number = begun?.number ?? (await records.nextReceipt())
  const paper = exchangeSlip(exchange, config.language, {
    ...config,
    number,
    at: clock.now(),
    reference: referenceTo(exchange.exchangeId),
    copyNumber: copy,
    journal: records.uploadable?.head() ?? null,
  })
  return { jobId: begun?.jobId ?? jobIdOf(config, number), number, paper }
}
