// The alarms beside the sales of the centre: what stands is told to people, and nobody's purchase waits for that.
import type { Logger } from 'pino'
import { withFleet } from '../fleet/fleet-tables.ts'
import type { Store } from '../store.ts'
import { neverTwice } from '../sweeping.ts'
import type { AlarmConfig } from './alarm-config.ts'
import { deliver, type Senders } from './delivering.ts'
import { mailNotice } from './mail.ts'
import { tellAlerts } from './telling.ts'
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
  const channels = (['webhook', 'mail'] as const).filter((each) => senders[each] !== undefined)
  const digestMs = config.digestMinutes * 60_000
  const work = async (): Promise<void> => {
    await store.transact((work) =>
      tellAlerts({ work: withFleet(work), now: now(), channels, digestMs, newId }),
    )
    await deliver({ store, now, senders, log })
  }
  const { run, ended } = neverTwice(work)
  return { sweep: run, close: ended }
}

const sendersOf = ({ webhook, mail }: AlarmConfig): Senders => ({
  ...(webhook !== null && { webhook: (notice) => postNotice(webhook, notice) }),
  ...(mail !== null && { mail: (notice) => mailNotice(mail, notice) }),
})
