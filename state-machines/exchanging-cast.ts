// The cast of an exchange of the cash box: its actors, actions, guards and delays. The story is in `exchanging-cash-box.ts`.
import { assign, fromPromise, sendParent, setup } from 'xstate'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { mayDo } from '../domain/service/person.ts'
import {
  copyDue,
  exchangeAfter,
  type StandingExchange,
} from '../domain/service/standing-exchange.ts'
import type { ServiceChoice } from '../ui/kiosk/service/service-page.ts'
import { refuse, tell } from './casting.ts'
import {
  mostDigits,
  mostDigitsOfCount,
  nextCopy,
  type ExchangeSlip,
  type ExchangingContext,
  type ExchangingEvent,
  type ExchangingInput,
  type ExchangingOutput,
  type TakenUp,
} from './exchanging-context.ts'
import type { PersonChecked } from './servicing-context.ts'

export const exchangingDelays = {
  /** Nobody has done a step for so long; a count of one value is a step. */
  exchangePatience: 300_000,
  /** The comparison was looked at long enough. */
  lookingPatience: 300_000,
  printingPatience: 20_000,
}

const nothingTyped = { typed: '' }

export const cast = setup({
  types: {
    context: {} as ExchangingContext,
    input: {} as ExchangingInput,
    output: {} as ExchangingOutput,
    events: {} as ExchangingEvent,
  },
  actors: {
    journal: fromPromise<void, JournalEntry[]>(refuse('a journal')),
    takeUp: fromPromise<TakenUp>(refuse('the records')),
    checkPerson: fromPromise<PersonChecked, { number: string; pin: string }>(
      refuse('those who may come in'),
    ),
    /** `begun`: its number and job, where a stop broke the print off. */
    prepareSlip: fromPromise<
      ExchangeSlip,
      {
        exchange: StandingExchange
        copy: number
        begun: { jobId: string; number: number } | null
      }
    >(refuse('paper')),
  },
  actions: {
    takenUp: assign(({ context }, { now }: { now: TakenUp }) => ({
      exchange: now.standing,
      resumed: now.standing !== null,
      stock: now.stock,
      values: now.values,
      twoPersons: now.twoPersons,
      boxIsOut: now.boxIsOut || context.boxIsOut,
      sensed: now.boxIsOut || context.sensed,
    })),
    /** A late word on a note has changed what was in the box since it was begun. */
    standsAsNow: assign(({ context }, { now }: { now: TakenUp }) => ({
      exchange: now.standing ?? context.exchange,
    })),
    journalled: assign(({ context }, { entries }: { entries: JournalEntry[] }) => ({
      exchange: entries.reduce(exchangeAfter, context.exchange),
      resumed: false,
    })),
    isAsked: assign({ asked: true }),
    boxWentOut: assign({ boxIsOut: true, sensed: true }),
    forgetSensor: assign({ sensed: false }),
    boxCameIn: assign({ boxIsOut: false }),
    typeDigit: assign({
      typed: ({ context: { typed } }, { digit, most }: { digit: number; most: number }) =>
        typed.length < most ? `${typed}${digit}` : typed,
    }),
    erase: assign({ typed: ({ context: { typed } }) => typed.slice(0, -1) }),
    clear: assign(nothingTyped),
    countIsTyped: assign(({ context: { counts, typed } }) => ({
      counts: [...counts, Number(typed)],
      ...nothingTyped,
    })),
    takeBackCount: assign(({ context: { counts } }) => ({
      counts: counts.slice(0, -1),
      ...nothingTyped,
    })),
    forgetCount: assign({ counts: [], ...nothingTyped }),
    boxIsTyped: assign(({ context: { typed } }) => ({ box: typed, ...nothingTyped })),
    sealIsTyped: assign(({ context: { typed } }) => ({ seal: typed, ...nothingTyped })),
    witnessIsTyped: assign(({ context: { typed } }) => ({
      witness: { number: typed, person: null, refused: null },
      ...nothingTyped,
    })),
    pinIsTyped: assign(({ context: { typed } }) => ({ pin: typed, ...nothingTyped })),
    witnessChecked: assign(({ context: { person, witness } }, { now }: { now: PersonChecked }) => ({
      pin: '',
      ...checkedAs({ person, witness }, now),
    })),
    copyIsDue: assign({ copy: ({ context }) => nextCopy(context) }),
    slipIs: assign((_, { slip }: { slip: ExchangeSlip }) => ({ slip })),
    print: ({ context: { slip }, system }) => {
      if (slip === null) return
      const { jobId, paper } = slip
      tell('receiptPrinter')({ system }, { type: 'receipt.print', jobId, paper })
    },
    isPrinted: assign({ printed: true }),
    isNotPrinted: assign({ printed: false }),
    isCompared: assign({ compared: true }),
    endsAs: assign((_, end: ExchangingOutput) => ({ end })),
    journalFailed: sendParent({ type: 'journal.failed', why: 'the journal cannot be written' }),
  },
  guards: {
    noneStands: ({ context: { exchange } }) => exchange === null,
    isCounted: ({ context: { exchange } }) => exchange?.counted != null,
    isRemoved: ({ context: { exchange } }) => exchange?.removed != null,
    isExchanged: ({ context: { exchange } }) => exchange?.exchanged != null,
    boxIsOut: ({ context }) => context.boxIsOut,
    boxMayBeIn: ({ context: { boxIsOut }, event }) =>
      !boxIsOut && event.type === 'press.choose' && event.choice === 'box is in',
    nothingAsked: ({ context: { resumed, asked } }) => !resumed && !asked,
    boxIsBack: ({ context: { sensed, boxIsOut } }) => sensed && !boxIsOut,
    /** With the box out nobody can say that nothing has happened. */
    mayStop: ({ context: { exchange, boxIsOut } }) =>
      exchange !== null && exchange.removed === null && !boxIsOut,
    chose: ({ event }, { choice }: { choice: ServiceChoice }) =>
      event.type === 'press.choose' && event.choice === choice,
    isCashBox: (_, { fault }: { fault: string }) => fault === 'cash box removed',
    somethingTyped: ({ context: { typed } }) => typed !== '',
    somethingCounted: ({ context: { counts } }) => counts.length > 0,
    allCounted: ({ context: { counts, values } }) => counts.length === values.length,
    needsWitness: ({ context: { twoPersons } }) => twoPersons,
    witnessIsThere: ({ context: { witness } }) => witness.person !== null,
    somethingRefused: ({ context: { refusal } }) => refusal.length > 0,
    slipsLeft: ({ context: { exchange } }) => exchange !== null && copyDue(exchange) !== null,
    wasCompared: ({ context }) => context.compared,
    own: ({ context: { slip } }, { jobId }: { jobId: string }) => slip?.jobId === jobId,
  },
  delays: exchangingDelays,
})

/** Two persons, not one twice, and both of them trusted with the box. */
const checkedAs = (
  { person, witness }: Pick<ExchangingContext, 'person' | 'witness'>,
  now: PersonChecked,
): Pick<ExchangingContext, 'witness' | 'refusal'> => {
  switch (now.kind) {
    case 'person':
      if (now.person.number === person) {
        return { witness: { ...witness, refused: 'same person' }, refusal: [] }
      }
      if (!mayDo(now.person.role, 'exchange cash box')) {
        return { witness: { ...witness, refused: 'not allowed' }, refusal: [] }
      }
      return { witness: { ...witness, person: now.person, refused: null }, refusal: [] }
    case 'wrong': {
      const { kind: _kind, ...wrong } = now
      return {
        witness: { ...witness, refused: 'wrong' },
        refusal: [{ type: 'service.refused', ...wrong }],
      }
    }
    default:
      return { witness: { ...witness, refused: 'locked' }, refusal: [] }
  }
}

/** A state that puts entries on the disk and goes on when they are there. */
export const journalling = (
  entriesOf: (context: ExchangingContext) => JournalEntry[],
  target: string,
) =>
  cast.createStateConfig({
    invoke: {
      src: 'journal',
      input: ({ context }) => entriesOf(context),
      onDone: {
        target,
        actions: {
          type: 'journalled',
          params: ({ context }) => ({ entries: entriesOf(context) }),
        },
      },
      onError: { target: '#exchangingCashBox.leftOpen', actions: 'journalFailed' },
    },
  })

/** A state that takes digits until they are confirmed. Cancel takes what was typed away, and then goes a step back. */
export const typing = (of: {
  taken: 'countIsTyped' | 'boxIsTyped' | 'sealIsTyped' | 'witnessIsTyped' | 'pinIsTyped'
  next: string
  back: string
}) =>
  cast.createStateConfig({
    entry: 'clear',
    on: {
      'press.digit': {
        actions: {
          type: 'typeDigit',
          params: ({ event }) => ({
            digit: event.digit,
            most: of.taken === 'countIsTyped' ? mostDigitsOfCount : mostDigits,
          }),
        },
      },
      'press.erase': { actions: 'erase' },
      'press.confirm': {
        guard: 'somethingTyped',
        target: of.next,
        reenter: true,
        actions: of.taken,
      },
      'press.cancel': [{ guard: 'somethingTyped', actions: 'clear' }, { target: of.back }],
    },
    after: { exchangePatience: '#exchangingCashBox.leftOpen' },
  })
