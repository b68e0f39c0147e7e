// What the watchdog reads of a running kiosk: nothing here changes it.
import { isAtRest } from '../../domain/fleet/words.ts'
import type { DeviceStates } from '../../state-machines/device-states.ts'
import type { View } from '../../ui/kiosk/screen.ts'
import type { Clock } from '../clock.ts'
import type { KioskConfig } from '../config.ts'
import { activityOf, rolesOf, serviceOf } from '../fleet/kiosk-facts.ts'
import { isIdle, isServing } from '../health.ts'
import type { KioskSnapshot } from '../screen-for.ts'
import type { HealthFacts } from './facts.ts'

export type Vitals = {
  facts: () => Omit<HealthFacts, 'loopLateMs' | 'syncedMs' | 'turnedMs'>
  /** In service, or honestly out of it: no longer starting. */
  isUp: () => boolean
  /** Whether customers can buy, in the word of the fleet. */
  status: () => string
  /** Whether the program may end now without anybody noticing. */
  isIdle: () => boolean
}

/** Beyond the patience with a customer: no step that waits for a device, a bank or the centre may take as long. */
const stepSlackMs = 10 * 60_000

export const vitalsOf = (of: {
  config: Pick<KioskConfig, 'patience'>
  clock: Pick<Clock, 'monotonic'>
  snapshot: () => KioskSnapshot
  view: () => View
  /** Since the page last answered; since it was served when it never did. */
  paintedAgeMs: () => number
  /** Why the journal cannot be written or trusted; null when it can. */
  journalTrouble: () => string | null
  outboxLateMs: () => number
}): Vitals => {
  const { config, clock, snapshot, view } = of
  const { customerMs, warningMs } = config.patience
  const servedAt = clock.monotonic()
  const wasTrusted = of.journalTrouble() === null
  let step = { view: view().number, since: servedAt }
  const stepForMs = (): number => {
    const { number, screen } = view()
    const service = serviceOf(snapshot())
    const rests = isAtRest(activityOf(snapshot(), { screen })) && service !== 'starting'
    if (rests || number !== step.view) step = { view: number, since: clock.monotonic() }
    return clock.monotonic() - step.since
  }
  return {
    facts: () => {
      const silentMs = of.paintedAgeMs()
      const failed = of.journalTrouble() !== null
      return {
        machineRuns: snapshot().status === 'active',
        page: { silentMs, hasAnswered: silentMs < clock.monotonic() - servedAt },
        journal: !wasTrusted ? 'not trusted' : failed ? 'failed' : 'written',
        outboxLateMs: of.outboxLateMs(),
        step: { forMs: stepForMs(), mostMs: Math.max(customerMs, warningMs) + stepSlackMs },
        isBusy: isServing(snapshot()) || serviceOf(snapshot()) === 'maintenance',
      }
    },
    isUp: () => serviceOf(snapshot()) !== 'starting',
    status: () => serviceOf(snapshot()),
    isIdle: () => isIdle(snapshot()),
  }
}

/** The devices that this kiosk has, and since when the loop of each has done nothing. */
export const turnedOf = (
  config: Pick<KioskConfig, 'devices'>,
  turnedMs: (role: keyof DeviceStates) => number,
): HealthFacts['turnedMs'] =>
  Object.fromEntries(rolesOf(config).map((role) => [role, turnedMs(role)]))
