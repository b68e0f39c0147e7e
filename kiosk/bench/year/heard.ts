// The kiosks of the year's town go on being heard while a bench runs: one heartbeat a minute each, as the year left them.
import { DatabaseSync } from 'node:sqlite'
import { connect, type MqttClient } from 'mqtt'
import { encode } from '../../../domain/fleet/codec.ts'
import { BirthMessage, HeartbeatMessage } from '../../../domain/fleet/kiosk-messages.ts'
import { clientIdOf, Tenant, topicOf, type FromKiosk } from '../../../domain/fleet/topics.ts'
import { KioskNumber } from '../../../domain/identifiers.ts'
import { whyOf } from '../../disk.ts'
import { openIdentity, type Identity } from '../../enrolment/identity.ts'
import { enrolKiosk } from '../enrolling.ts'
import type { BenchPaths } from '../folder.ts'

/** The bench's own kiosks have lower numbers, and speak for themselves. */
const firstOfYear = '000000000201'
const everyMs = 60_000

type Heard = { kiosk: KioskNumber; bd: number; birth: BirthMessage; hb: HeartbeatMessage }

type HeardPaths = Pick<BenchPaths, 'centreData' | 'centreDatabase' | 'heardKiosk'>

/**
 * `port`: of the broker inside the centre; `centrePort`: where they enrol, one after the other, while the bench is used already.
 * Nobody is heard where there is no year.
 */
export const keepHeard = (of: {
  paths: HeardPaths
  port: number
  centrePort: number
  tenant: string
  /** A kiosk of the year is not heard. */
  onTrouble: (why: string) => void
}): { close: () => Promise<void> } => {
  const tenant = Tenant.parse(of.tenant)
  const clients: { close: () => Promise<void> }[] = []
  let closing = false
  const begin = async () => {
    for (const heard of heardIn(of.paths.centreDatabase)) {
      if (closing) return
      const identity = await identityOf(heard.kiosk, of)
      if (identity !== null) clients.push(speakFor(heard, { port: of.port, tenant, identity }))
    }
  }
  const begun = begin().catch((error: unknown) => of.onTrouble(whyOf(error)))
  return {
    close: async () => {
      closing = true
      await begun
      await Promise.all(clients.map((client) => client.close()))
    },
  }
}

const identityOf = async (
  kiosk: KioskNumber,
  { paths, centrePort }: { paths: HeardPaths; centrePort: number },
): Promise<Identity | null> => {
  const folder = paths.heardKiosk(kiosk)
  await enrolKiosk({ paths, centrePort, kiosk, folder })
  return (await openIdentity({ folder })).current()
}

const heardIn = (path: string): Heard[] => {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
  try {
    return database
      .prepare(
        `select kiosk, bd, birth, heartbeat from fleet_kiosks
         where st = 'online' and heartbeat is not null and birth is not null and kiosk >= ?`,
      )
      .all(firstOfYear)
      .map(({ kiosk, bd, birth, heartbeat }) => ({
        kiosk: KioskNumber.parse(kiosk),
        bd: Number(bd) + 1,
        birth: BirthMessage.parse(JSON.parse(String(birth))),
        hb: HeartbeatMessage.parse(JSON.parse(String(heartbeat))),
      }))
  } finally {
    database.close()
  }
}

const speakFor = (
  { kiosk, bd, birth, hb }: Heard,
  { port, tenant, identity }: { port: number; tenant: Tenant; identity: Identity },
): { close: () => Promise<void> } => {
  const client: MqttClient = connect(`mqtts://127.0.0.1:${port}`, {
    ca: identity.authority,
    cert: identity.certificate,
    key: identity.key,
    clientId: clientIdOf(tenant, kiosk),
    username: kiosk,
    protocolVersion: 4,
  })
  const begun = Date.now()
  let seq = 0
  const say = (name: FromKiosk, text: string, retain = false) =>
    client.publish(topicOf(tenant, kiosk, name), text, { qos: 1, retain })
  const beat = () => {
    if (!client.connected) return
    const ts = Date.now()
    say('hb', encode('hb', { ...hb, bd, seq: ++seq, ts, up: ts - begun }))
  }
  // Between two connections nothing is said; what goes wrong with one is followed by the next.
  client
    .on('error', () => undefined)
    .on('connect', () => {
      const ts = Date.now()
      say('birth', encode('birth', { ...birth, bd, ts }), true)
      say('state', encode('state', { v: 1, st: 'online', bd, ts, why: 'birth' }), true)
      beat()
    })
  const timer = setInterval(beat, everyMs)
  return {
    close: async () => {
      clearInterval(timer)
      await client.endAsync(true)
    },
  }
}
