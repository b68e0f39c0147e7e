// `npm run benchmark:fleet -- [--kiosks N] [--seconds S]`: kiosks of a process of their own on the broker inside the centre, each
// with a heartbeat a minute, the centre's database on this disk; then heartbeats as fast as they are taken in, beside bare
// transactions.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { inBatches } from '../../centre/fleet/batches.ts'
import { FleetConfig } from '../../centre/fleet/fleet-config.ts'
import { openFleet } from '../../centre/fleet/fleet.ts'
import { readingFleet } from '../../centre/fleet/fleet-tables.ts'
import { openStore, type Store } from '../../centre/store.ts'
import { heartbeatSeconds } from '../../domain/fleet/host-messages.ts'
import { HeartbeatMessage } from '../../domain/fleet/kiosk-messages.ts'
import type { KioskNumber } from '../../domain/identifiers.ts'
import { tenant } from '../fleet/brokers.ts'
import { heartbeatOf, numbersOf, thinKiosks, type ThinKiosk } from '../fleet/many-kiosks.ts'

const runs = 3
const flood = 2_000

type FromKiosks = { connected: number } | { sent: number; latenciesMs: number[] }

/** The other process: connects them all, then sends each one's heartbeat at its own moment of the minute. */
const beTheKiosks = async (port: number, count: number, seconds: number): Promise<void> => {
  const from = performance.now()
  const kiosks = await thinKiosks(port, numbersOf(count), 100)
  process.send?.({ connected: (performance.now() - from) / 1000 } satisfies FromKiosks)
  const latenciesMs: number[] = []
  const everyMs = heartbeatSeconds.usual * 1000
  const began = performance.now()
  const beats = Math.ceil((seconds * 1000 * count) / everyMs)
  const timed = async ({ beat }: ThinKiosk): Promise<void> => {
    const sent = performance.now()
    await beat()
    latenciesMs.push(performance.now() - sent)
  }
  const inAir = new Set<Promise<void>>()
  for (let beat = 0; beat < beats; beat++) {
    const due = began + (beat * everyMs) / count
    const wait = due - performance.now()
    if (wait > 0) await pause(wait)
    const kiosk = kiosks[beat % count]
    if (kiosk === undefined) continue
    const sending = timed(kiosk)
    inAir.add(sending)
    void sending.finally(() => inAir.delete(sending))
  }
  await Promise.all(inAir)
  process.send?.({ sent: beats, latenciesMs } satisfies FromKiosks)
  await once(process, 'message')
  process.exit(0)
}

const heard = async (child: ChildProcess): Promise<FromKiosks> => {
  const [message] = (await once(child, 'message')) as [FromKiosks]
  return message
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

const watched = async (store: Store, count: number, seconds: number): Promise<void> => {
  const broker = { kind: 'inside', listen: { host: '127.0.0.1', port: 0 }, tls: null }
  const fleet = await openFleet({
    config: FleetConfig.parse({ tenant, broker }),
    store,
    now: Date.now,
    timeZone: 'UTC',
    log: pino({ level: 'error' }),
  })
  const env = { ...process.env, KIOSKS: `${fleet.port} ${count} ${seconds}` }
  const child = fork(import.meta.filename, [], { env })
  const sweep = setInterval(() => void fleet.sweep(), 10_000)
  try {
    const connected = await heard(child)
    const before = process.cpuUsage()
    const from = performance.now()
    const told = await heard(child)
    if (!('connected' in connected) || !('sent' in told)) throw new Error('out of turn')
    const tookMs = performance.now() - from
    const cpu = process.cpuUsage(before)
    await pause(500)
    const read = readingFleet(store.read)
    const rows = await read.selectFrom('fleet_kiosks').select(['st', 'heartbeat']).execute()
    const online = rows.filter(({ st }) => st === 'online').length
    // Each kiosk numbers its own: the last numbers together are all that came in.
    const stored = rows.reduce((sum, { heartbeat }) => sum + numberOf(heartbeat), 0)
    const alerts = await read.selectFrom('alerts').select('code').execute()
    const sorted = told.latenciesMs.sort((one, other) => one - other)
    console.log(`${count} kiosks on real connections, ${seconds} s at one heartbeat a minute`)
    console.log(`connected, with birth and state      ${connected.connected.toFixed(1)} s`)
    console.log(`online in the store, alerts          ${online}, ${alerts.length}`)
    console.log(`heartbeats sent, in the store        ${told.sent}, ${stored}`)
    console.log(`heartbeats a second                  ${((told.sent / tookMs) * 1000).toFixed(1)}`)
    console.log(
      `broker has it, p50 and p99           ${percentile(sorted, 0.5).toFixed(1)} ms, ${percentile(sorted, 0.99).toFixed(1)} ms`,
    )
    console.log(
      `centre with its broker               ${(((cpu.user + cpu.system) / 1000 / tookMs) * 100).toFixed(0)} % of a core, ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`,
    )
  } finally {
    clearInterval(sweep)
    child.send('end')
    child.kill()
    await fleet.close()
  }
}

const numberOf = (heartbeat: string | null): number =>
  heartbeat === null ? 0 : HeartbeatMessage.parse(JSON.parse(heartbeat)).seq

/** Heartbeats a second into the store without a broker, and the bare transactions that one row each would need. */
const flooded = async (store: Store, count: number): Promise<void> => {
  const numbers = numbersOf(count)
  const numberAt = (at: number): KioskNumber => {
    const kiosk = numbers[at % count]
    if (kiosk === undefined) throw new Error('there is no kiosk')
    return kiosk
  }
  const batches = inBatches({ store, now: Date.now, timeZone: 'UTC' })
  const rates: { taken: number; bare: number }[] = []
  for (let run = 0; run < runs; run++) {
    const from = performance.now()
    await Promise.all(
      Array.from({ length: flood }, (_, at) => {
        const kiosk = numberAt(at)
        const bytes = Buffer.from(heartbeatOf(1_000_000 + run * flood + at))
        return batches.take({ kiosk, name: 'hb', bytes, retained: false })
      }),
    )
    const between = performance.now()
    for (let at = 0; at < flood; at++) {
      await store.transact((work) =>
        work
          .updateTable('kiosks')
          .set({ place: `${at}` })
          .where('kiosk', '=', numberAt(at))
          .execute(),
      )
    }
    const end = performance.now()
    rates.push({ taken: flood / (between - from), bare: flood / (end - between) })
  }
  const median = (of: (rate: (typeof rates)[number]) => number): number =>
    rates.map(of).sort((one, other) => one - other)[1] ?? 0
  console.log(
    `heartbeats taken in a second         ${(median((it) => it.taken) * 1000).toFixed(0)}`,
  )
  console.log(`bare transactions of a row a second  ${(median((it) => it.bare) * 1000).toFixed(0)}`)
  console.log(
    `ratio                                ${median((it) => it.taken / it.bare).toFixed(2)}`,
  )
}

const main = async (): Promise<void> => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { kiosks: text, seconds: text } })
  const count = Number(values.kiosks ?? 5_000)
  const folder = mkdtempSync(join(tmpdir(), 'wattpoint-fleet-'))
  const store = await openStore({ kind: 'file', path: join(folder, 'centre.sqlite') })
  await store.transact(async (work) => {
    for (const kiosk of numbersOf(count)) {
      await work.insertInto('kiosks').values({ kiosk, place: 'Market' }).execute()
    }
  })
  await watched(store, count, Number(values.seconds ?? 60))
  await flooded(store, count)
  await store.close()
  rmSync(folder, { recursive: true })
}

const [port, count, seconds] = (process.env['KIOSKS'] ?? '').split(' ').map(Number)
await (port && count && seconds ? beTheKiosks(port, count, seconds) : main())
