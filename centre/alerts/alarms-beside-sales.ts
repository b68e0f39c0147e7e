// The alarms beside the sales of the centre: what stands is told to people, and nobody's purchase waits for that.
import type { Logger } from 'pino'
import { withFleet } from '../fleet/fleet-tables.ts'
import type { Store } from '../store.ts'
import { neverTwice } from '../sweeping.ts'
import type { AlarmConfig } from './alarm-config.ts'
import { setAlert, type AlertTurn } from './alerts.ts'
import { deliver, everyChannel, type Senders } from './delivering.ts'
import { mailNotice } from './mail.ts'
import { centreAlerts, theCentre } from './own-alerts.ts'
import { tellAlerts, type Channel } from './telling.ts'
import { postNotice } from './webhook.ts'

export type AlarmsBesideSales = {
  /** Says what is to be said and sends what waits; every few seconds. While one is at work another does nothing. */
  sweep: () => Promise<void>
  /** Lets what is being sent end. */
  close: () => Promise<void>
}

/** The paths in `config` are absolute. `newId`: different each time. */
export const alarmsBesideSales = (of: {
  config: AlarmConfig
  store: Store
  now: () => number
  log: Logger
  newId: () => string
}): AlarmsBesideSales => {
  const { config, store, now, log, newId } = of
  const senders = sendersOf(config)
  const channels = everyChannel.filter((each) => senders[each] !== undefined)
  const digestMs = config.digestMinutes * 60_000
  const work = async (): Promise<void> => {
    await store.transact(async (work) => {
      const turn = { work: withFleet(work), now: now() }
      await endUnnamed(turn, channels)
      await tellAlerts({ ...turn, channels, digestMs, newId })
    })
    await deliver({ store, now, senders, log })
  }
  const { run, ended } = neverTwice(work)
  return { sweep: run, close: ended }
}

/** Who is not to be reached any more is missed by nobody. */
const endUnnamed = async (
  turn: Omit<AlertTurn, 'kiosk'>,
  named: readonly Channel[],
): Promise<void> => {
  for (const channel of everyChannel.filter((each) => !named.includes(each))) {
    const code = `${channel} not reached` as const
    const alert = { device: theCentre, code, severity: centreAlerts[code].severity, stands: false }
    await setAlert({ ...turn, kiosk: null }, alert)
  }
}

const sendersOf = ({ webhook, mail }: AlarmConfig): Senders => ({
  ...(webhook !== null && { webhook: (notice) => postNotice(webhook, notice) }),
  ...(mail !== null && { mail: (notice) => mailNotice(mail, notice) }),
})
