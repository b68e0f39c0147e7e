// The fleet as the centre opens it: its own broker on this machine or behind TLS, where each kiosk shows who it is.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mqtt from 'mqtt'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { clientIdOf } from '../../domain/fleet/topics.ts'
import { KioskNumber } from '../../domain/identifiers.ts'
import { tenant } from '../../test/fleet/brokers.ts'
import { fleetStore, kioskA, kioskB } from '../../test/fleet/fleet-store.ts'
import { startKioskSide } from '../../test/fleet/kiosk-side.ts'
import { silentMs } from '../alerts/bounds.ts'
import { startBroker } from './broker.ts'
import { FleetConfig } from './fleet-config.ts'
import { openFleet } from './fleet.ts'

let folder = ''
const atEnd: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleet-'))
})
afterEach(async () => {
  for (const end of atEnd.splice(0).toReversed()) await end()
  await rm(folder, { recursive: true, force: true })
})
const until = (isSo: () => boolean | Promise<boolean>) =>
  vi.waitUntil(isSo, { timeout: 15_000, interval: 10 })

const openssl = (...words: string[]) =>
  execFileSync('openssl', words, { cwd: folder, stdio: 'pipe', input: '' })

/** An authority and certificates it has signed, each in files of its name. */
const certificates = (names: string[]) => {
  const days = ['-days', '2']
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl(
    'req',
    '-x509',
    ...key,
    ...days,
    '-subj',
    '/CN=authority',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
  )
  writeFileSync(join(folder, 'extra'), 'subjectAltName=IP:127.0.0.1')
  for (const name of names) {
    openssl('req', ...key, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`)
    const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'extra']
    openssl('x509', '-req', '-in', `${name}.csr`, ...signing, ...days, '-out', `${name}.crt`)
  }
  const pathOf = (file: string) => join(folder, file)
  return {
    paths: (name: string) => ({
      certificate: pathOf(`${name}.crt`),
      key: pathOf(`${name}.key`),
      ca: pathOf('ca.crt'),
    }),
    pem: (file: string) => readFileSync(pathOf(file), 'utf8'),
  }
}

const world = async (tls: { certificate: string; key: string; ca: string } | null) => {
  const kept = await fleetStore()
  atEnd.push(kept.store.close)
  const time = { now: 1_790_000_000_000 }
  const fleet = await openFleet({
    config: FleetConfig.parse({
      tenant,
      broker: { kind: 'inside', listen: { host: '127.0.0.1', port: 0 }, tls },
    }),
    store: kept.store,
    now: () => time.now,
    timeZone: 'UTC',
    log: pino({ level: 'silent' }),
  })
  atEnd.push(fleet.close)
  const row = async () => (await kept.rows())[0]
  return { kept, fleet, time, row, port: fleet.port ?? 0 }
}

describe('the fleet of the centre', () => {
  it('hears kiosks on this machine, and says which one has gone silent', async () => {
    const { fleet, port, kept, time, row } = await world(null)
    const side = await startKioskSide({ port, folder })
    atEnd.push(side.stop)
    await until(async () => typeof (await row())?.heartbeat === 'string')
    await fleet.sweep()
    expect(await kept.alerts()).toEqual([])
    time.now += silentMs() + 1
    await fleet.sweep()
    expect(await kept.alerts()).toMatchObject([{ kiosk: kioskA, code: 'down', severity: 3 }])
  })

  it('does not let in a kiosk that the centre does not know', async () => {
    const { port } = await world(null)
    const stranger = KioskNumber.parse('000000000099')
    const shown = { clientId: clientIdOf(tenant, stranger), username: stranger }
    await expect(
      mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
        protocolVersion: 4,
        reconnectPeriod: 0,
        ...shown,
      }),
    ).rejects.toThrow('Not authorized')
  })

  it('behind TLS knows a kiosk by its certificate, and no other kiosk by that one', async () => {
    const made = certificates(['server', kioskA])
    const { port, row } = await world(made.paths('server'))
    const shown = {
      ca: made.pem('ca.crt'),
      certificate: made.pem(`${kioskA}.crt`),
      key: made.pem(`${kioskA}.key`),
    }
    const url = `mqtts://127.0.0.1:${port}`
    const side = await startKioskSide({ port, folder, url, credentials: shown })
    atEnd.push(side.stop)
    await until(async () => (await row())?.st === 'online')
    const asOther = {
      protocolVersion: 4 as const,
      reconnectPeriod: 0,
      clientId: clientIdOf(tenant, kioskB),
      username: kioskB,
    }
    const { ca, certificate: cert, key } = shown
    await expect(mqtt.connectAsync(url, { ...asOther, ca, cert, key })).rejects.toThrow(
      'Not authorized',
    )
    // Without a certificate there is no talking at all, and a kiosk believes no broker of another authority.
    await expect(mqtt.connectAsync(url, { ...asOther, ca })).rejects.toThrow()
    await expect(mqtt.connectAsync(url, { ...asOther, cert, key })).rejects.toThrow(/certificate/)
  })

  it('never listens to a network without TLS', async () => {
    const starting = startBroker({
      tenant,
      listen: { host: '0.0.0.0', port: 0 },
      tls: null,
      isKiosk: () => Promise.resolve(true),
      centrePassword: 'x',
    })
    await expect(starting).rejects.toThrow('needs TLS')
  })
})

describe('the configuration of the fleet', () => {
  const url = { kind: 'url', username: 'centre', passwordFile: null, tls: null }
  it.each([
    ['a broker over TLS', { ...url, url: 'mqtts://broker.example' }, true],
    ['a plain broker on this machine', { ...url, url: 'mqtt://127.0.0.1:1883' }, true],
    ['a plain broker elsewhere', { ...url, url: 'mqtt://broker.example' }, false],
    ['a key that nobody knows', { ...url, url: 'mqtts://broker.example', more: 1 }, false],
  ])('%s', (_, broker, taken) => {
    expect(FleetConfig.safeParse({ tenant, broker }).success).toBe(taken)
  })
})
