// Pure: facts of the running program in, feed or withhold out. Only what a new start can put right withholds a beat.
import type { DeviceStates } from '../../state-machines/device-states.ts'
import type { HealthFacts, Reason, Standing } from './facts.ts'
import { pageGivenUpMs } from './page-ladder.ts'

type Role = keyof DeviceStates

export const limits = {
  /** The event loop may be late by so much (kiosk-machine.md 5). */
  loopLateMs: 1_000,
  /** A test write of the data folder may be so old. */
  syncedMs: 60_000,
  /** Above the longest pause of each driver's own ladder, and above what its line may take. */
  turnedMs: {
    cardReader: 30_000,
    noteAcceptor: 30_000,
    receiptPrinter: 90_000,
    // A terminal is silent while its customer thinks: as long as a payment may take, and a little more.
    bankTerminal: 330_000,
  },
} as const satisfies { turnedMs: Record<Role, number>; [name: string]: unknown }

/**
 * How long a reason is borne with while somebody is being served. Where nothing can go on, a customer loses nothing by a new
 * start, which settles what is open. Where the journal fails, the customer may read the reference first. All else waits: a
 * page or a line does not endanger money, every step of a sale has its end, and one that has not is a reason itself.
 */
const graceMs = (reason: Reason): number => {
  switch (reason) {
    case 'machine stopped':
    case 'event loop late':
    case 'step too long':
      return 0
    case 'journal not written':
    case 'disk not synced':
      return 60_000
    default:
      return Infinity
  }
}

const deviceRoles: readonly Role[] = [
  'cardReader',
  'noteAcceptor',
  'receiptPrinter',
  'bankTerminal',
]

/** All that is wrong at this look, whether it withholds or not. */
export const reasonsOf = (facts: HealthFacts): Reason[] => {
  const { page, step, journal, syncedMs } = facts
  const hanging = deviceRoles.filter((role) => (facts.turnedMs[role] ?? 0) > limits.turnedMs[role])
  const all: [Reason, boolean][] = [
    ['machine stopped', !facts.machineRuns],
    ['event loop late', facts.loopLateMs > limits.loopLateMs],
    ...hanging.map((role): [Reason, boolean] => [`${role} loop hangs`, true]),
    // Where no page has ever answered this program, a new start of it helps no page.
    ['page silent', page.hasAnswered && page.silentMs > pageGivenUpMs],
    ['journal not written', journal === 'failed'],
    // A disk that has refused every write since the start refuses them to the next start too.
    ['disk not synced', syncedMs !== null && syncedMs > limits.syncedMs],
    ['outbox stands still', facts.outboxLateMs > 0],
    ['step too long', step.forMs > step.mostMs],
  ]
  return all.flatMap(([reason, stands]) => (stands ? [reason] : []))
}

export type Decision =
  /** `borneWith`: what is wrong and waits until nobody is being served. */
  { kind: 'feed'; borneWith: Reason[] } | { kind: 'withhold'; reasons: Reason[] }

export const decide = (standing: readonly Standing[], isBusy: boolean): Decision => {
  const reasons = standing
    .filter(({ reason, forMs }) => !isBusy || forMs >= graceMs(reason))
    .map(({ reason }) => reason)
  return reasons.length > 0
    ? { kind: 'withhold', reasons }
    : { kind: 'feed', borneWith: standing.map(({ reason }) => reason) }
}
