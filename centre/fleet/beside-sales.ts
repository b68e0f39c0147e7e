// The fleet beside the sales of the centre: it may fail to open, and nobody's purchase waits for it.
import { whyOf } from '../../server/config-file.ts'
import { setAlert } from '../alerts/alerts.ts'
import { unheardMs } from '../alerts/bounds.ts'
import { centreAlerts, theCentre } from '../alerts/own-alerts.ts'
import { withFleet } from './fleet-tables.ts'
import type { Fleet, FleetOptions } from './fleet.ts'

export type FleetBesideSales = {
  /** The URL of the broker inside as far as it has begun; null where there is another, or none. */
  address: string | null
  /** Looks for what nobody tells; opens what could not be opened before. Every few seconds. */
  sweep: () => Promise<void>
  close: () => Promise<void>
}

/** Never rejects: what is wrong is one sentence in the log, said once while it stays the same. */
export const fleetBesideSales = async (
  of: Omit<FleetOptions, 'config'> & { config: FleetOptions['config'] | null },
): Promise<FleetBesideSales> => {
  const { config, log } = of
  if (config === null) {
    // Nobody misses the fleet of a centre that is to have none.
    const sweep = () => setWatched(of, true)
    return { address: null, sweep, close: () => Promise.resolve() }
  }
  let fleet: Fleet | null = null
  let said: string | null = null
  const open = async (): Promise<void> => {
    try {
      // A centre without a fleet starts without a broker.
      const { openFleet } = await import('./fleet.ts')
      fleet = await openFleet({ ...of, config })
      if (said !== null) log.info('the fleet is watched again')
    } catch (error) {
      const problem = `fleet: ${whyOf(error)}; no kiosk is watched until this is put right, and sales go on`
      if (problem !== said) log.error(problem)
      said = problem
    }
  }
  let lastHeard = of.now()
  const watchOurselves = async (): Promise<void> => {
    const now = of.now()
    const hears = fleet !== null && fleet.since() !== null
    if (hears) lastHeard = now
    if (!hears && now - lastHeard <= unheardMs) return
    await setWatched(of, hears)
  }
  let opening = open()
  await opening
  return {
    address: addressOf(config, fleet),
    sweep: async () => {
      await opening
      if (fleet === null) await (opening = open())
      try {
        await fleet?.sweep()
      } finally {
        await watchOurselves()
      }
    },
    close: async () => {
      await opening
      await fleet?.close()
    },
  }
}

const setWatched = async (
  { store, now }: Pick<FleetOptions, 'store' | 'now'>,
  isWatched: boolean,
): Promise<void> => {
  const code = 'fleet not watched'
  const { severity } = centreAlerts[code]
  const alert = { device: theCentre, code, severity, stands: !isWatched }
  await store.transact((work) =>
    setAlert({ work: withFleet(work), now: now(), kiosk: null }, alert),
  )
}

const addressOf = ({ broker }: FleetOptions['config'], fleet: Fleet | null): string | null => {
  if (broker.kind !== 'inside' || fleet === null) return null
  return `${broker.tls === null ? 'mqtt' : 'mqtts'}://${broker.listen.host}:${fleet.port}`
}
