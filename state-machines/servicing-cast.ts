// The cast of the maintenance mode: its actors, actions, guards and delays. The story is in `servicing.ts`.
import {
  assign,
  enqueueActions,
  fromCallback,
  fromPromise,
  sendParent,
  sendTo,
  setup,
} from 'xstate'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { Closing } from '../domain/service/service-entries.ts'
import type {
  ServiceChoice,
  ServiceMark,
  ServiceSentence,
} from '../ui/kiosk/service/service-page.ts'
import { mayDo } from '../domain/service/person.ts'
import { refuse } from './casting.ts'
import { afterDeviceEvent, type DeviceEvent } from './device-states.ts'
import { exchangingCashBox } from './exchanging-cash-box.ts'
import type { ExchangingOutput } from './exchanging-context.ts'
import { testSaid, type TestResult } from './test-result.ts'
import { testingBankTerminal } from './testing-bank-terminal.ts'
import { testingCardReader } from './testing-card-reader.ts'
import { testingNoteAcceptor } from './testing-note-acceptor.ts'
import { testingReceiptPrinter } from './testing-receipt-printer.ts'
import { isMenuPage, languageOf, menuPages, reasonOf, type MenuPage } from './service-menu.ts'
import {
  choicesOf,
  closedAfter,
  fewestDigits,
  handBackChoices,
  lockLeftOf,
  machineActs,
  mostDigits,
  openingOf,
  settingOf,
  type MachineAct,
  type PersonChecked,
  type ServicingContext,
  type ServicingEvent,
  type ServicingInput,
  type ServicingOutput,
  type ServicingWord,
  type Setting,
} from './servicing-context.ts'

export const servicingDelays = {
  /** Nobody has pressed anything for so long: the kiosk goes back to its customers. */
  signInPatience: 90_000,
  servicePatience: 600_000,
  /** Whoever hands the kiosk back is waited for so long; then it stays as it was. */
  handBackPatience: 60_000,
  /** The restart of a program or machine is announced for so long. */
  restartPause: 2_000,
  lockLeft: ({ context }: { context: ServicingContext }) => lockLeftOf(context),
}

export const cast = setup({
  types: {
    context: {} as ServicingContext,
    input: {} as ServicingInput,
    children: {} as {
      test:
        | 'testingCardReader'
        | 'testingNoteAcceptor'
        | 'testingReceiptPrinter'
        | 'testingBankTerminal'
      exchange: 'exchangingCashBox'
    },
    output: {} as ServicingOutput,
    events: {} as ServicingEvent,
  },
  actors: {
    journal: fromPromise<void, JournalEntry[]>(refuse('a journal')),
    checkPerson: fromPromise<PersonChecked, { number: string; pin: string }>(
      refuse('those who may come in'),
    ),
    saveSetting: fromPromise<void, Setting>(refuse('the settings')),
    /** Resolves with how long the centre took, ms; null when it did not answer. */
    askCentre: fromPromise<number | null>(refuse('a centre')),
    ticks: fromCallback<{ type: 'none' }>(refuse('a clock')),
    exchangingCashBox,
    testingCardReader,
    testingNoteAcceptor,
    testingReceiptPrinter,
    testingBankTerminal,
  },
  actions: {
    hearDevice: assign({
      states: ({ context: { states } }, { event }: { event: DeviceEvent }) =>
        afterDeviceEvent(states, event),
      cardIn: ({ context: { cardIn } }, { event }: { event: DeviceEvent }) =>
        event.type === 'card.removed' ? false : cardIn || event.type === 'card.inserted',
    }),
    tellTest: sendTo('test', ({ event }) => event),
    tellExchange: sendTo('exchange', ({ event }) => event),
    keyIsBack: assign({ keyBack: true }),
    keyIsOn: assign({ keyBack: false }),
    typeDigit: assign({
      typed: ({ context: { typed } }, { digit }: { digit: number }) =>
        typed.length < mostDigits ? `${typed}${digit}` : typed,
    }),
    erase: assign({ typed: ({ context: { typed } }) => typed.slice(0, -1) }),
    nameIsTyped: assign({ name: ({ context: { typed } }) => typed, typed: '' }),
    forgetName: assign({ name: '', typed: '' }),
    checkedAs: assign(({ context: { ids } }, { checked }: { checked: PersonChecked }) =>
      checked.kind === 'person'
        ? { checked, typed: '', person: checked.person, visitId: ids.visit(), said: null }
        : { checked, typed: '' },
    ),
    say: assign((_, said: { sentence: ServiceSentence; mark: ServiceMark }) => ({ said })),
    sayNothing: assign({ said: null }),
    saySaved: assign({ said: { sentence: 'saved', mark: 'well' } }),
    sayNotSaved: assign({ said: { sentence: 'not saved', mark: 'wrong' } }),
    sayOpening: assign({
      said: ({ context: { closed } }) => ({
        sentence: closed === null ? 'open now' : 'closed now',
        mark: 'attention',
      }),
    }),
    openPage: assign(({ context, event }) => ({
      page: event.type === 'press.choose' && isMenuPage(event.choice) ? event.choice : context.page,
      said: null,
      tested: null,
      answerMs: null,
    })),
    goBack: assign(({ context: { page } }) => ({
      page: menuPages[page].back ?? 'menu',
      tested: null,
      answerMs: null,
    })),
    paperTestIs: assign({
      paperTest: ({ event }) =>
        event.type === 'press.choose' && event.choice === 'cut' ? 'cut' : 'test page',
    }),
    actIs: assign((_, act: { act: string; result: string }) => ({ act })),
    lookedAt: assign(({ context: { page }, event }) => {
      const seen = event.type === 'press.choose' && event.choice === 'seen'
      return {
        act: { act: page, result: seen ? 'seen' : 'not seen' },
        said: seen ? passed : failed,
      }
    }),
    testEnded: assign((_, { result }: { result: TestResult }) => ({
      act: { act: `test ${result.device}`, result: result.passed ? 'passed' : result.why },
      said: testSaid(result),
      tested: result,
    })),
    centreAnswered: assign((_, { answerMs }: { answerMs: number | null }) => ({
      answerMs,
      act: { act: 'link', result: answerMs === null ? 'no answer' : `${answerMs} ms` },
      said: answerMs === null ? failed : passed,
    })),
    settingIsChosen: assign(({ event }) => {
      const setting = event.type === 'press.choose' ? settingBy(event.choice) : null
      return {
        setting,
        act: { act: 'setting', result: setting === null ? '' : describe(setting) },
      }
    }),
    openingIsChosen: assign({
      opening: ({ event }) =>
        event.type === 'press.choose' && event.choice === 'open' ? 'open' : 'closed',
      reason: ({ event }) =>
        event.type === 'press.choose' ? reasonOf(event.choice) : 'maintenance',
    }),
    staysAsItIs: assign({ opening: 'as it is' }),
    opens: assign({ opening: 'open' }),
    staysClosed: assign({ opening: 'closed' }),
    /** It is in the journal: from here on the kiosk stands so. */
    openingIsDone: enqueueActions(({ context, enqueue }) => {
      if (openingOf(context).length === 0) return
      const closed = closedAfter(context)
      const word: ServicingWord =
        closed === null ? { type: 'kiosk.opened' } : { type: 'kiosk.closed', how: closed }
      enqueue.assign({ closed })
      enqueue(sendParent(word))
    }),
    closedByOffice: assign((_, { closed }: { closed: Closing | null }) => ({ closed })),
    machineActIsChosen: assign(({ event }) => ({
      next: event.type === 'press.choose' ? machineActOf(event.choice) : null,
      opening: 'as it is' as const,
    })),
    exchangeEnded: assign((_, { end }: { end: ExchangingOutput['kind'] }) => ({
      exchangeOpen: end === 'left open',
      said: null,
    })),
    tellBox: sendParent(({ context: { exchangeOpen } }): ServicingWord => ({
      type: exchangeOpen ? 'box.opened' : 'box.closed',
    })),
    tellSetting: sendParent(({ context }): ServicingWord => ({
      type: 'setting.changed',
      setting: settingOf(context),
    })),
    speakLanguage: sendParent(({ event }) => {
      const language = event.type === 'press.choose' ? languageOf(event.choice) : null
      if (language === null) throw new Error('a language is chosen')
      return { type: 'press.language', language }
    }),
    journalFailed: sendParent({ type: 'journal.failed', why: 'the journal cannot be written' }),
  },
  guards: {
    numberIsKnown: ({ context: { number } }) => number !== null,
    enoughTyped: ({ context: { typed } }) => typed.length >= fewestDigits,
    isPerson: ({ context: { person } }) => person !== null,
    isLocked: ({ context }) => lockLeftOf(context) > 0,
    wasWrong: ({ context: { checked } }) => checked?.kind === 'wrong',
    turnedBack: ({ event }) => event.type === 'service-key.turned' && !event.on,
    turnedOn: ({ event }) => event.type === 'service-key.turned' && event.on,
    keyIsBack: ({ context: { keyBack } }) => keyBack,
    mayStay: ({ context: { keyBack } }) => !keyBack,
    exchangeIsOpen: ({ context: { exchangeOpen, person } }) =>
      exchangeOpen && person !== null && mayDo(person.role, 'exchange cash box'),
    /** One of these, or any page; and what the page does not offer now, nobody has chosen. */
    chooses: ({ context, event }, { choices }: { choices: readonly ServiceChoice[] | 'a page' }) =>
      event.type === 'press.choose' &&
      choicesOf(context).includes(event.choice) &&
      (choices === 'a page' ? isMenuPage(event.choice) : choices.includes(event.choice)),
    choosesSetting: ({ context, event }) =>
      event.type === 'press.choose' &&
      context.page === 'settings' &&
      choicesOf(context).includes(event.choice),
    handsBack: ({ context, event }, { choice }: { choice: 'open' | 'leave closed' | 'leave' }) =>
      event.type === 'press.choose' &&
      event.choice === choice &&
      handBackChoices(context).includes(choice),
    atTop: ({ context: { page } }) => menuPages[page].back === null,
    onPage: ({ context }, { page }: { page: MenuPage }) => context.page === page,
    restarts: ({ context: { next } }) => next !== null,
  },
  delays: servicingDelays,
})

const settingBy = (choice: ServiceChoice): Setting | null => {
  const language = languageOf(choice)
  if (language !== null) return { kind: 'language', language }
  if (choice === 'volume up') return { kind: 'volume', step: 1 }
  return choice === 'volume down' ? { kind: 'volume', step: -1 } : null
}

const describe = (setting: Setting): string =>
  setting.kind === 'language' ? `language ${setting.language}` : `volume ${setting.step}`

const machineActOf = (choice: ServiceChoice): MachineAct | null =>
  machineActs.find((act) => act === choice) ?? null

const passed = { sentence: 'test passed', mark: 'well' } as const
const failed = { sentence: 'test failed', mark: 'wrong' } as const
