// Pure: where the maintenance mode is, as the one page that is shown.
import type { SnapshotFrom } from 'xstate'
import { never } from '../../domain/never.ts'
import type { Party } from '../../state-machines/casting.ts'
import type { KioskContext } from '../../state-machines/kiosk-context.ts'
import { menuPages } from '../../state-machines/service-menu.ts'
import {
  choicesOf,
  handBackChoices,
  lockLeftOf,
  type ServicingContext,
} from '../../state-machines/servicing-context.ts'
import type { kiosk } from '../../state-machines/kiosk.ts'
import type { servicing } from '../../state-machines/servicing.ts'
import type { ServicePage, ServiceScreen } from '../../ui/kiosk/service/service-page.ts'
import { exchangePage } from './exchange-page.ts'
import { rowsOf, servesRow, tenderRows } from './menu-page.ts'
import { devicesRows } from './device-pages.ts'
import { word } from './rows.ts'
import type { ServiceFacts } from './service-facts.ts'
import { testPage } from './test-page.ts'

type KioskSnapshot = Pick<SnapshotFrom<typeof kiosk>, 'context' | 'children'>
type ServicingSnapshot = SnapshotFrom<typeof servicing>

type PageFacts = { kiosk: KioskContext; facts: ServiceFacts }

const blank: ServicePage = {
  title: 'menu',
  sentence: null,
  mark: 'quiet',
  rows: [],
  typing: null,
  choices: [],
  whole: null,
  back: false,
  confirm: false,
}

const restarting: ServicePage = {
  ...blank,
  title: 'restart',
  sentence: 'restarts now',
  mark: 'attention',
}

/** Nobody is served any more; what goes on by itself is waited for, and named. */
export const awaitingScreen = (holding: readonly Party[]): ServiceScreen => ({
  kind: 'service',
  person: null,
  since: null,
  page: {
    ...blank,
    title: 'after this sale',
    sentence: 'waits for parties',
    mark: 'attention',
    rows: holding.map((party) => word('at work', party, 'attention')),
  },
})

/** Nothing stands on it in the moment before it begins and after it has ended. */
export const serviceScreen = (
  { context: kiosk, children }: KioskSnapshot,
  facts: () => ServiceFacts,
): ServiceScreen => {
  const snapshot = children.servicing?.getSnapshot()
  if (snapshot === undefined)
    return { kind: 'service', person: null, since: null, page: restarting }
  const { context } = snapshot
  const person =
    context.person === null ? null : { name: context.person.name, role: context.person.role }
  const now = facts()
  const page = pageOf(snapshot, { kiosk, facts: now })
  return { kind: 'service', person, since: now.visitSince, page }
}

const pageOf = (snapshot: ServicingSnapshot, of: PageFacts): ServicePage => {
  const { value, context, children } = snapshot
  if (typeof value !== 'string') {
    if ('signingIn' in value) return signInPage(value.signingIn, context)
    const test = children.test?.getSnapshot()
    return test === undefined ? blank : testPage(test)
  }
  switch (value) {
    case 'pages':
      return menuPage(context, of)
    // Nothing is said of an act, and nothing can be chosen, before it is on the disk.
    case 'journallingAct':
    case 'savingSetting':
    case 'journallingOpening':
      return { ...menuPage(context, of), sentence: null, mark: 'quiet', choices: [], back: false }
    case 'askingCentre':
      return { ...menuPage(context, of), sentence: 'testing', choices: [], back: false }
    case 'exchanging':
      return children.exchange === undefined ? blank : exchangePage(children.exchange.getSnapshot())
    case 'handingBack':
      return readinessPage(context, of)
    case 'announcing':
      return restarting
    case 'begun':
      return { ...blank, title: 'your pin' }
    case 'leaving':
    case 'nobodyThere':
    case 'done':
      return { ...blank, title: 'readiness' }
    default:
      return never(value)
  }
}

type SigningIn = Extract<ServicingSnapshot['value'], { signingIn: unknown }>['signingIn']

const signInPage = (state: SigningIn, context: ServicingContext): ServicePage => {
  const { typed, said } = context
  const page = { ...blank, back: true, mark: said?.mark ?? 'quiet' }
  switch (state) {
    case 'locked':
      return {
        ...page,
        title: 'locked',
        sentence: 'wait for lock',
        mark: 'wrong',
        rows: [
          {
            label: 'locked for',
            value: { kind: 'seconds', value: Math.ceil(lockLeftOf(context) / 1000) },
            mark: 'wrong',
          },
        ],
      }
    // What is typed meanwhile is heard by nobody.
    case 'checking':
    case 'checked':
    case 'journallingRefused':
      return { ...page, title: 'your pin', back: false }
    case 'typingPin':
      return {
        ...page,
        title: 'your pin',
        sentence: said?.sentence ?? 'type your pin',
        typing: { typed: '•'.repeat(typed.length), hidden: true, of: null },
        confirm: true,
      }
    default:
      return {
        ...page,
        title: 'who are you',
        sentence: said?.sentence ?? 'type your number',
        typing: { typed, hidden: false, of: null },
        confirm: true,
      }
  }
}

const menuPage = (context: ServicingContext, of: PageFacts): ServicePage => {
  const { page, said, tested } = context
  const rows = tested === null ? rowsOf(page, { ...of, servicing: context }) : tested.rows
  return {
    ...blank,
    title: page,
    sentence: said?.sentence ?? menuPages[page].sentence ?? null,
    mark: said?.mark ?? 'quiet',
    rows,
    choices: choicesOf(context),
    whole: page === 'touch grid' || page === 'colours' ? page : null,
    back: true,
  }
}

/** What customers need, before they come again. */
const readinessPage = (context: ServicingContext, of: PageFacts): ServicePage => {
  const rows = [
    servesRow({ ...of.kiosk, closed: null }),
    ...devicesRows(of.kiosk, of.facts),
    ...tenderRows(of.kiosk),
  ]
  const ready = rows.every(({ mark }) => mark !== 'wrong')
  return {
    ...blank,
    title: 'readiness',
    sentence: ready ? 'ready to open' : 'not ready to open',
    mark: ready ? 'well' : 'attention',
    rows,
    choices: handBackChoices(context),
    back: !context.keyBack,
  }
}
