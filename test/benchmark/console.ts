// `npm run benchmark:console -- --data FOLDER [--rounds N]`: every question of the console over HTTP, many times, on the books
// of a town that `npm run town` has made; how long the centre takes to answer, and how long the nightly work.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { readConfig } from '../../centre/config.ts'
import { consoleServer, cookieName } from '../../centre/console/console-server.ts'
import { openConsole } from '../../centre/console/console.ts'
import { closeDays } from '../../centre/figures/closing-days.ts'
import { findingLosses } from '../../centre/losses/finding-losses.ts'
import { openStore, type Store } from '../../centre/store.ts'
import { localDayOf } from '../../centre/tariffs/tariff-calendar.ts'
import { StaffName, staffRoles } from '../../domain/console/staff.ts'
import { addSomebody, quickEffort, signedIn } from '../console-kit.ts'
import { askingsOf, type Pick } from './console-questions.ts'

const { values } = parseArgs({
  options: { data: { type: 'string' }, rounds: { type: 'string', default: '60' } },
})
const say = (line: string) => void process.stdout.write(`${line}\n`)

const main = async (): Promise<void> => {
  const folder = resolve(values.data ?? '')
  const configFile = join(folder, 'config.json')
  if (values.data === undefined || !existsSync(configFile)) {
    say(`--data: found ${values.data ?? 'nothing'}; must be a folder that npm run town has made`)
    process.exitCode = 1
    return
  }
  const read = readConfig(configFile)
  if (read.kind === 'problems') throw new Error(read.problems.join('\n'))
  const { config } = read
  const path = join(config.dataFolder, 'centre.sqlite')
  const store = await openStore({ kind: 'file', path })
  const at = await newest(store)
  const { timeZone } = config.policy
  await night(store, { now: () => at, timeZone })
  const server = consoleServer({
    console: openConsole({
      store,
      config,
      means: { policy: config.policy, random: randomBytes },
      now: () => at,
      limits: { unattendedMs: 86_400_000, longestMs: 86_400_000 },
      town: { name: 'Town', currency: 'CNY', timeZone },
      effort: quickEffort,
    }),
    pages: new Map(),
    log: pino({ level: 'silent' }),
    tls: null,
  })
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  const database = new DatabaseSync(path, { readOnly: true })
  const lastDay = localDayOf(new Date(at - 86_400_000), timeZone)
  const askings = askingsOf(database, lastDay)
  const cookies = new Map<string, string>()
  for (const role of staffRoles) {
    const name = StaffName.parse(`benchmark-${role.replace(' ', '-')}`)
    await addSomebody(store, { name, role, now: at }).catch(() => undefined)
    const { cookie } = await signedIn(server, name)
    cookies.set(role, `${cookieName}=${cookie.value}`)
  }
  say('question | asked | p50 ms | p95 ms | slowest ms | kB')
  const slow: string[] = []
  for (const [name, asking] of Object.entries(askings)) {
    const times: number[] = []
    let bytes = 0
    for (let round = 0; round < Number(values.rounds); round++) {
      const query = asking(pick)
      if (query === null) break
      const answered = await ask(
        `${address}/api/${name}?${new URLSearchParams(query).toString()}`,
        cookies,
      )
      times.push(answered.ms)
      bytes = Math.max(bytes, answered.bytes)
    }
    if (times.length === 0) continue
    const sorted = times.toSorted((one, other) => one - other)
    const part = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
    const figures = [part(0.5), part(0.95), sorted.at(-1) ?? 0].map((ms) => ms.toFixed(1))
    say([name, times.length, ...figures, Math.round(bytes / 1024)].join(' | '))
    if (part(0.95) > 300) slow.push(name)
  }
  say(slow.length === 0 ? 'every p95 is below 300 ms' : `p95 above 300 ms: ${slow.join(', ')}`)
  database.close()
  await server.close()
  await store.close()
}

const pick: Pick = (of) => {
  const found = of[Math.floor(Math.random() * of.length)]
  if (found === undefined) throw new Error('there is nothing to pick from')
  return found
}

/** By whichever role may ask it. */
const ask = async (url: string, cookies: ReadonlyMap<string, string>) => {
  for (const cookie of cookies.values()) {
    const began = performance.now()
    const answer = await fetch(url, { headers: { cookie } })
    const text = await answer.text()
    const ms = performance.now() - began
    if (answer.status === 403) continue
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${text.slice(0, 400)}`)
    return { ms, bytes: text.length }
  }
  throw new Error(`${url}: nobody may ask this`)
}

const newest = async ({ read }: Store): Promise<number> => {
  const { at } = await read
    .selectFrom('postings')
    .select(({ fn }) => fn.max<number>('at').as('at'))
    .executeTakeFirstOrThrow()
  return at + 1
}

/** What the console does by itself, once, as if nobody had ever. */
const night = async (store: Store, of: { now: () => number; timeZone: string }): Promise<void> => {
  for (const [what, work] of [
    ['business days closed', () => closeDays({ store, ...of })],
    ['losses looked for', () => findingLosses({ store, ...of })],
  ] as const) {
    const began = performance.now()
    const done = await work()
    say(`${what} in ${Math.round(performance.now() - began)} ms: ${JSON.stringify(done)}`)
  }
}

await main()
