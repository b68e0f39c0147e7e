// `npm run benchmark:console -- --data FOLDER [--rounds N]`: every question of the console over HTTP, many times, on the books
// of a town that `npm run town` has made; how long the centre takes to answer, how long the nightly work, and how long a
// person waits for each page in Chromium.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
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
import { hasChromium } from '../console/console-stage.ts'
import { pageTimes } from './console-pages.ts'
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
  const dayOf = (when: number) => localDayOf(new Date(when), timeZone)
  const askings = askingsOf(database, { lastDay: dayOf(at - 86_400_000), today: dayOf(at) })
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
  await waitingForPages(store, at)
}

const roundsOfPages = 5

const waitingForPages = async (store: Store, now: number): Promise<void> => {
  if (!hasChromium) {
    say('pages: not run, there is no Chromium')
    return store.close()
  }
  say('page | p50 ms | slowest ms')
  const slow: string[] = []
  const times = await pageTimes(store, { now, rounds: roundsOfPages })
  for (const [path, all] of Object.entries(times)) {
    const slowest = all.at(-1) ?? 0
    say([path, ...[all[Math.floor(all.length / 2)] ?? 0, slowest].map(Math.round)].join(' | '))
    if (slowest > 1_000) slow.push(path)
  }
  say(slow.length === 0 ? 'every page is there within 1 s' : `above 1 s: ${slow.join(', ')}`)
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
    // Whoever asks while it goes on waits for no more than a slice of it.
    const waiting = monitorEventLoopDelay({ resolution: 5 })
    waiting.enable()
    const done = await work()
    waiting.disable()
    const slices = [waiting.percentile(50), waiting.percentile(99), waiting.max]
    const [p50, p99, longest] = slices.map((ns) => Math.round(ns / 1e6))
    say(
      `${what} in ${Math.round(performance.now() - began)} ms, in slices of p50 ${p50}, p99 ${p99}, longest ${longest} ms: ${JSON.stringify(done)}`,
    )
  }
}

await main()
