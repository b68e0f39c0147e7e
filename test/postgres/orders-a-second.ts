// How many sales centres on one PostgreSQL carry: whole sales over HTTP by kiosks that never wait, with one, two and four
// centres. `node test/postgres/orders-a-second.ts [SECONDS]`; the kiosks, cards and meters run beside them on the same machine.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../centre/store.ts'
import type { MessageName } from '../../domain/centre-messages.ts'
import { centreKit, type CentreKit } from '../centre-kit.ts'
import { startCentres, type Centres, type Reply } from './centres.ts'
import { startPostgres, type PostgresServer } from './server.ts'

const seconds = Number(process.argv[2] ?? 20)

/** A kiosk each, with one card in front of it. */
const cards = [
  'plain-sale',
  'no-account-money',
  'rich-account',
  'replacement-used',
  'opening-used',
  'free-units',
  'night-tariff',
  'overdraft',
  'low-energy',
  'account-frozen',
]
const numberOf = (at: number): string => String(at + 201).padStart(12, '0')

/** `cpuMs`: what centres and PostgreSQL have used of the processor, which says more than the clock on a machine that is shared. */
type Carried = {
  sales: number
  messages: number
  waited: number[]
  seconds: number
  cpuMs: { centres: number; postgresql: number }
}

const carriedBy = async (server: PostgresServer, count: number): Promise<Carried> => {
  const folder = mkdtempSync(join(tmpdir(), 'wattpoint-orders-'))
  const url = await server.create(`carried_by_${count}`, 'made')
  let asked = 0
  const waited: number[] = []
  const ask = async (name: MessageName, body: unknown): Promise<Reply> => {
    const from = performance.now()
    const reply = await centres.ask(asked++ % count, name, body)
    waited.push(performance.now() - from)
    return reply
  }
  const kit = await centreKit({
    now: Date.now(),
    place: { kind: 'postgresql', url },
    line: () => ask,
  })
  const kiosks = cards.map((_, at) => ({ kiosk: numberOf(at), place: 'measured' }))
  const problems = await kit.importAgain({ kiosks })
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const centres = await startCentres({ folder, url, count })
  const before = cpuOf(centres, server)
  const from = performance.now()
  const until = from + seconds * 1000
  const sold = await Promise.all(cards.map((id, at) => sellUntil(kit, numberOf(at), id, until)))
  const took = (performance.now() - from) / 1000
  const after = cpuOf(centres, server)
  const flaws = await kit.flaws()
  if (flaws.length > 0) throw new Error(flaws.join('\n'))
  await centres.stop()
  await kit.close()
  rmSync(folder, { recursive: true, force: true })
  return {
    sales: sold.reduce((sum, each) => sum + each, 0),
    messages: waited.length,
    waited: waited.toSorted((one, other) => one - other),
    seconds: took,
    cpuMs: {
      centres: after.centres - before.centres,
      postgresql: after.postgresql - before.postgresql,
    },
  }
}

/** Linux counts in hundredths of a second: proc(5), fields 14 to 17 of `stat`. */
const tickMs = 10

/** Of a process, and of those it has started and that have ended. */
const cpuMsOf = (pid: number): { own: number; ended: number; parent: number } => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [parent = 0] = fields.slice(1)
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11)
    return { own: (user + system) * tickMs, ended: (endedUser + endedSystem) * tickMs, parent }
  } catch {
    return { own: 0, ended: 0, parent: 0 }
  }
}

const cpuOf = (centres: Centres, server: PostgresServer): Carried['cpuMs'] => {
  const sum = (values: number[]) => values.reduce((total, each) => total + each, 0)
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const workers = all.map((pid) => cpuMsOf(Number(pid))).filter((it) => it.parent === server.pid())
  const root = cpuMsOf(server.pid())
  return {
    centres: sum(centres.pids().map((pid) => cpuMsOf(pid).own)),
    postgresql: root.own + root.ended + sum(workers.map(({ own }) => own)),
  }
}

const sellUntil = async (
  kit: CentreKit,
  number: string,
  id: string,
  until: number,
): Promise<number> => {
  const kiosk = kit.kiosk(number)
  const card = kit.cardOf(id)
  let sold = 0
  while (performance.now() < until) {
    await kiosk.sell(card, { tender: 5_000, notes: [5_000] })
    kit.meterOf(id).insert(card)
    sold++
  }
  return sold
}

/** Turns with one row each, one after the other: what the database allows at most. */
const bareTurns = async (url: string): Promise<number> => {
  const store = await openStore({ kind: 'postgresql', url })
  const until = performance.now() + 3_000
  let turns = 0
  while (performance.now() < until) {
    const name = `bare ${turns++}`
    await store.transact((work) => work.insertInto('counters').values({ name, value: 1 }).execute())
  }
  await store.close()
  return turns / 3
}

const server = await startPostgres()
try {
  await (await openStore({ kind: 'postgresql', url: await server.create('made') })).close()
  const bare = await bareTurns(await server.create('bare', 'made'))
  console.log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} before`)
  console.log(`bare turns of one row: ${bare.toFixed(0)} a second`)
  for (const count of [1, 2, 4]) {
    const { sales, messages, waited, seconds: took, cpuMs } = await carriedBy(server, count)
    const at = (share: number) => (waited[Math.floor(share * waited.length)] ?? 0).toFixed(0)
    console.log(
      `${count} centres: ${(sales / took).toFixed(1)} sales, ${(messages / took).toFixed(0)} messages a second; ` +
        `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; ` +
        `of the processor ${(cpuMs.centres / sales).toFixed(0)} ms a sale in the centres, ` +
        `${(cpuMs.postgresql / sales).toFixed(0)} ms in PostgreSQL; load ${loadavg()[0]?.toFixed(1)}`,
    )
  }
} finally {
  await server.stop()
}
