// The filters of the fleet as they stand in the address: what is asked, and how they are handed on to a rollout.
import { kioskStates } from '../../../domain/console/fleet-words.ts'
import { hrefTo, where } from '../router.ts'

/** In the address of the rollouts: begin one for what the filters leave. */
export const beginning = 'begin'

export const askedOfFleet = () => {
  const { query } = where.value
  const of = (name: string): string | undefined => query.get(name) ?? undefined
  return {
    needed: query.get('needed') === 'yes' ? ('yes' as const) : ('no' as const),
    state: kioskStates.find((state) => state === query.get('state')),
    severity: of('severity'),
    area: of('area'),
    device: of('device'),
    version: of('version'),
    search: of('search'),
    from: of('after'),
  }
}

/** To the rollouts, with the same filters. */
export const toRollout = (): string =>
  hrefTo(['fleet', 'rollouts'], {
    ...Object.fromEntries([...where.value.query].filter(([name]) => name !== 'after')),
    [beginning]: 'yes',
  })
