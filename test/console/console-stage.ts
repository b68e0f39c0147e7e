// A stage for the console: its pages as they ship, its real server on a store in memory, people of every role, and Chromium.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import { chromium, type Browser, type Page } from 'playwright-core'
import { build } from 'vite'
import { CentreConfig } from '../../centre/config.ts'
import type { ConsoleMeans, Doing } from '../../centre/console/asking.ts'
import { withConsole } from '../../centre/console/console-tables.ts'
import { consoleServer } from '../../centre/console/console-server.ts'
import { openConsole } from '../../centre/console/console.ts'
import { hashPassword, type Effort } from '../../centre/console/passwords.ts'
import { insertStaff } from '../../centre/console/staff.ts'
import { openStore, type Store, type Work } from '../../centre/store.ts'
import { StaffName, type StaffMember, type StaffRole } from '../../domain/console/staff.ts'
import type { Language } from '../../domain/language.ts'
import { pageFiles } from '../../server/page-files.ts'
import { seeded, townNow } from '../centre-kit.ts'
import { chromiumPath } from '../screenshots/stage.ts'
import { townOf } from '../towns.ts'

export const hasChromium = existsSync(chromiumPath)

/** Nobody guesses at a test. */
const effort: Effort = { memory: 64, passes: 1 }
export const password = 'a sentence of five words'

export const people = {
  operator: member('omar', 'Omar Haddad', 'operator'),
  'call centre': member('lin', 'Lin Yue', 'call centre'),
  accounts: member('amina', 'Amina Okafor', 'accounts'),
  administrator: member('ada', 'Ada Bell', 'administrator'),
} as const satisfies Record<StaffRole, StaffMember>

function member(name: string, fullName: string, role: StaffRole): StaffMember {
  return { name: StaffName.parse(name), fullName, role }
}

export const sizes = {
  wide: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const

export type Look = {
  language?: Language
  appearance?: 'day' | 'night' | 'contrast'
  size?: keyof typeof sizes
}

export type ConsoleStage = {
  url: string
  store: Store
  /** The centre's clock; the browser has one of its own. */
  now: number
  /** Does something as this person would, outside the browser. */
  as: <Done>(who: StaffMember, act: (doing: Doing) => Promise<Done>) => Promise<Done>
  /** A page of a browser that has never been here; signed in as this person, or nobody. */
  open: (path: string, who: StaffMember | null, look?: Look) => Promise<Page>
  /** What any page has complained of in its console. */
  complaints: string[]
  close: () => Promise<void>
}

/** `store`: a town that was filled before; an empty one otherwise. `now`: of the centre; this moment unless told. */
export const setConsoleStage = async (
  options: { store?: Store; now?: number } = {},
): Promise<ConsoleStage> => {
  const folder = await mkdtemp(join(tmpdir(), 'wattpoint-console-'))
  await buildAsShipped(join(folder, 'dist'))
  const store = options.store ?? (await openStore({ kind: 'memory' }))
  const now = options.now ?? Date.now()
  const chance = seeded(7)
  const { policy } = townOf(townNow)
  const means: ConsoleMeans = {
    policy,
    random: (count) => Uint8Array.from({ length: count }, () => chance(256)),
  }
  const config = CentreConfig.parse({
    dataFolder: folder,
    listen: { host: '127.0.0.1', port: 0 },
    keys: { file: 'keys.json', bench: true },
    policy,
    log: 'silent',
  })
  const server = consoleServer({
    console: openConsole({
      store,
      config,
      means,
      now: () => now + Math.round(performance.now() - begun),
      limits: { unattendedMs: 3_600_000, longestMs: 36_000_000 },
      town: { name: 'Harbour Town', currency: 'CNY', timeZone: policy.timeZone },
      effort,
    }),
    pages: pageFiles(join(folder, 'dist'), 'console/index.html'),
    tls: null,
    log: pino({ level: 'silent' }),
  })
  const begun = performance.now()
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  const url = `http://localhost:${port}`
  await store.transact((work) => employ(work, now))

  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const complaints: string[] = []
  return {
    url,
    store,
    now,
    complaints,
    as: (member, act) =>
      store.transact((work) => act({ work, now, member, session: 'test', config, means })),
    open: (path, who, look) => open({ browser, url, complaints }, { path, who, look: look ?? {} }),
    close: async () => {
      await browser.close()
      await server.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const employ = async (work: Work, now: number): Promise<void> => {
  for (const { name, fullName, role } of Object.values(people)) {
    // Books that were on a stage before have them already.
    const { of: already } = await withConsole(work)
      .selectFrom('staff')
      .select(({ fn }) => fn.countAll<number>().as('of'))
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
    if (already > 0) continue
    await insertStaff(work, {
      name,
      fullName,
      role,
      hash: await hashPassword(password, effort),
      now: now - 30 * 86_400_000,
    })
    await withConsole(work)
      .updateTable('staff')
      .set({ must_change: 0 })
      .where('name', '=', name)
      .execute()
  }
}

const open = async (
  { browser, url, complaints }: { browser: Browser; url: string; complaints: string[] },
  { path, who, look }: { path: string; who: StaffMember | null; look: Look },
): Promise<Page> => {
  const { language = 'en', appearance = 'day', size = 'wide' } = look
  const context = await browser.newContext({
    viewport: sizes[size],
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  await context.addInitScript(`
    localStorage.setItem('wattpoint console language', '${language}')
    localStorage.setItem('wattpoint console appearance', '${appearance}')`)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  if (who !== null) {
    // An address without a page: signing in needs its origin alone.
    await page.goto(`${url}/assets/nothing`)
    await page.evaluate(
      `fetch('/api/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(
        JSON.stringify({ name: who.name, password }),
      )} }).then(({ status }) => { if (status !== 200) throw new Error('not signed in: ' + status) })`,
    )
  }
  page.on('console', (message) => {
    // A browser writes down every answer that refuses: that of somebody who is not signed in is expected.
    if (message.type() === 'error' && !message.text().includes('status of 401')) {
      complaints.push(message.text())
    }
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(`${url}${path}`)
  return page
}

/** As `npm run build` does it: a runner of tests names another environment, which would leave checks for developers in. */
const buildAsShipped = async (outDir: string): Promise<void> => {
  const environment = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await build({
      configFile: resolve('vite.config.ts'),
      logLevel: 'error',
      build: { outDir, emptyOutDir: true },
    })
  } finally {
    if (environment === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = environment
  }
}
