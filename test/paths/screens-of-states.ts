// Which kinds of screen each state of the kiosk and of a sale may show. A new state without one does not compile.
import type { SnapshotFrom } from 'xstate'
import type { kiosk } from '../../state-machines/kiosk.ts'
import type { sale } from '../../state-machines/sale.ts'
import type { Screen } from '../../ui/kiosk/screen.ts'

/** `reading.account`: the names of a state and of the one around it, as far as a story is told in them. */
type NamesIn<Value> = Value extends string
  ? Value
  : {
      [Outer in keyof Value & string]: Value[Outer] extends infer Inner
        ? Inner extends string
          ? `${Outer}.${Inner}`
          : `${Outer}.${keyof Inner & string}`
        : never
    }[keyof Value & string]

export type ServiceState = NamesIn<SnapshotFrom<typeof kiosk>['value']['service']>
export type StoryState = NamesIn<SnapshotFrom<typeof sale>['value']['story']>

type Kinds = readonly Screen['kind'][]

const starting: Kinds = ['out of service']
const wait: Kinds = ['please wait']

export const screensOfService: Record<ServiceState, Kinds> = {
  resolvingNotes: starting,
  askingCounters: starting,
  journallingStacked: starting,
  journallingReturned: starting,
  journallingUnknown: starting,
  begun: starting,
  'tellingInterrupted.looking': starting,
  'tellingInterrupted.settling': starting,
  'tellingInterrupted.finding': starting,
  'tellingInterrupted.choosing': starting,
  'tellingInterrupted.telling': ['interrupted'],
  outOfService: ['out of service'],
  idle: ['attract'],
  showingUnusable: ['refused'],
  serving: wait,
  closingSession: wait,
  cardLeft: ['take card'],
  awaitingParties: ['service'],
  servicing: ['service'],
  doingMachineAct: ['service'],
  restarting: ['service'],
  serviceOver: ['service'],
}

export const screensOfStory: Record<StoryState, Kinds> = {
  'reading.looking': wait,
  'reading.diagnosing': wait,
  'reading.healed': ['healed'],
  'reading.afterHealing': wait,
  'reading.account': ['account'],
  'reading.enquiry': ['enquiry'],
  'reading.refused': ['refused'],
  'reading.openOrder': ['open order'],
  'redeeming.typing': ['type claim'],
  'redeeming.journallingAsked': wait,
  'redeeming.asking': wait,
  'redeeming.journallingAnswer': wait,
  'redeeming.told': ['claim told'],
  'redeeming.leaving': wait,
  'choosing.amount': ['choose amount'],
  'choosing.pricing': wait,
  'choosing.tender': ['choose tender'],
  'paying.insertingNotes': ['insert notes'],
  'paying.counting': wait,
  'paying.withoutAcceptor': wait,
  'paying.pricingAll': wait,
  'paying.decidingRest': ['more than chosen'],
  'paying.pricingPaid': wait,
  'paying.confirming': ['confirm purchase'],
  'paying.confirmingDeposit': ['confirm deposit'],
  'paying.confirmingCancel': ['confirm cancel'],
  'charging.atTerminal': ['paying by card'],
  'charging.keeping': wait,
  'charging.refusing': wait,
  'ordering.journallingOrder': wait,
  'ordering.requestingOrder': wait,
  'ordering.journallingReserved': wait,
  'ordering.journallingRefused': wait,
  'ordering.journallingOrderUnknown': wait,
  'ordering.writing': ['writing'],
  'ordering.writingAgain': wait,
  'ordering.ending': wait,
  'ordering.notWritten': ['open order'],
  'ordering.awaitingCardBack': ['put card back'],
  'ordering.journallingFound': wait,
  'ordering.journallingReturn': wait,
  'ordering.returning': wait,
  'ordering.journallingReturned': wait,
  'ordering.journallingClosing': wait,
  'ordering.closing': wait,
  'ordering.journallingSettled': wait,
  'ordering.settled': wait,
  'leaving.choosingTheWayOut': wait,
  'leaving.preparingReceipt': wait,
  'leaving.printing': wait,
  'leaving.telling': wait,
  'leaving.goodbye': wait,
  'leaving.mishap': ['mishap'],
  'leaving.afterMishap': wait,
  'leaving.takingCard': ['take card'],
  'leaving.confirmingUndo': ['confirm undo'],
  'leaving.takingBack': wait,
  'leaving.thanking': ['thank you'],
  ended: wait,
}

/** The name of a state in those tables. */
export const nameOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  const [outer, inner] = Object.entries(value as object)[0] ?? []
  const at: unknown = typeof inner === 'string' ? inner : Object.keys(inner as object)[0]
  return `${outer}.${String(at)}`
}
