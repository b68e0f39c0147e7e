// Pure: where each message of the fleet goes, how, and who may send it (fleet.md 3).
//
//   k1/<tenant>/<kiosk>/<name>     k1/<tenant>/host
import { z } from 'zod'
import { KioskNumber } from '../identifiers.ts'

/** Whose fleet it is: brokers may be shared. */
export const Tenant = z
  .string()
  .regex(/^[a-z0-9-]{1,32}$/, 'must be a tenant: 1 to 32 of a-z, 0-9 and -')
  .brand<'tenant'>()
export type Tenant = z.infer<typeof Tenant>

const wireVersion = 'k1'

/** What a kiosk sends. The last state and birth are kept by the broker for whoever comes later. */
export const fromKiosk = ['state', 'birth', 'hb', 'ev', 'res'] as const
export type FromKiosk = (typeof fromKiosk)[number]

/** What the centre sends to one kiosk. */
export const toKiosk = ['ack', 'cmd'] as const
export type ToKiosk = (typeof toKiosk)[number]

/** The topics whose records are numbered without a gap, the more urgent first (fleet.md 6, O2 and O4). */
export const numbered = ['res', 'ev'] as const satisfies readonly FromKiosk[]
export type Numbered = (typeof numbered)[number]

export const isRetained = (name: FromKiosk): boolean => name === 'state' || name === 'birth'

export const topicOf = (tenant: Tenant, kiosk: KioskNumber, name: FromKiosk | ToKiosk): string =>
  `${wireVersion}/${tenant}/${kiosk}/${name}`

/** Of every kiosk of the tenant. */
export const topicOfAll = (tenant: Tenant, name: FromKiosk): string =>
  `${wireVersion}/${tenant}/+/${name}`

export const hostTopicOf = (tenant: Tenant): string => `${wireVersion}/${tenant}/host`

/** Who a kiosk is to a broker; the broker ends the older of two connections of one name. */
export const clientIdOf = (tenant: Tenant, kiosk: KioskNumber): string => `${tenant}-${kiosk}`

export type ReadTopic =
  | { kind: 'of a kiosk'; tenant: Tenant; kiosk: KioskNumber; name: FromKiosk | ToKiosk }
  | { kind: 'of the host'; tenant: Tenant }
  | { kind: 'not ours' }

export const readTopic = (topic: string): ReadTopic => {
  const [version, first, second, third, ...more] = topic.split('/')
  const tenant = Tenant.safeParse(first)
  if (version !== wireVersion || !tenant.success || more.length > 0) return { kind: 'not ours' }
  if (second === 'host' && third === undefined) return { kind: 'of the host', tenant: tenant.data }
  const kiosk = KioskNumber.safeParse(second)
  const name = nameOf(third)
  return kiosk.success && name !== null
    ? { kind: 'of a kiosk', tenant: tenant.data, kiosk: kiosk.data, name }
    : { kind: 'not ours' }
}

const nameOf = (text: string | undefined): FromKiosk | ToKiosk | null =>
  [...fromKiosk, ...toKiosk].find((name) => name === text) ?? null

/** Whether a kiosk may send there: its own topics, and of those the ones that come from kiosks (F20). */
export const mayPublish = (tenant: Tenant, kiosk: KioskNumber, topic: string): boolean => {
  const read = readTopic(topic)
  return (
    read.kind === 'of a kiosk' &&
    read.tenant === tenant &&
    read.kiosk === kiosk &&
    isFromKiosk(read.name)
  )
}

export const isFromKiosk = (name: FromKiosk | ToKiosk): name is FromKiosk =>
  name !== 'ack' && name !== 'cmd'

/** Whether a kiosk may listen there: to what is for it alone, and to whether the centre is there. */
export const maySubscribe = (tenant: Tenant, kiosk: KioskNumber, filter: string): boolean =>
  [...toKiosk.map((name) => topicOf(tenant, kiosk, name)), hostTopicOf(tenant)].includes(filter)
