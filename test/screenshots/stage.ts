// A stage for the customer's page: built into a folder of its own, served on loopback, fed one view after another, and
// looked at with Debian's Chromium.
import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import type { Pressed, View } from '../../ui/kiosk/screen.ts'
import type { SetupView } from '../../ui/setup/setup-view.ts'

export const chromiumPath = '/usr/bin/chromium'
export const hasChromium = existsSync(chromiumPath)

export const orientations = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1280, height: 800 },
} as const
export type Orientation = keyof typeof orientations

/** What one of the pages is fed with. */
type Shown = View | SetupView

export type Stage = {
  page: Page
  /** Another page than the customer's, which it begins with. */
  open: (name: 'kiosk' | 'setup') => Promise<void>
  /** What the page has complained of in the console, its own exceptions among it. */
  complaints: string[]
  /** Where the page was built. */
  builtIn: string
  /** The presses the page has sent since it was last asked. */
  presses: () => Pressed[]
  turn: (orientation: Orientation) => Promise<void>
  /** Sends a view, with a number of its own, and waits until it is shown. */
  show: (view: Shown) => Promise<void>
  /** The same, and what a script in the page then says. */
  look: <Seen>(view: Shown, script: string) => Promise<Seen>
  /** Waits until so many presses have come since it was last asked, and takes them. */
  pressed: (count: number) => Promise<Pressed[]>
  /** Ends every stream and takes no other, as a kiosk that has stopped does; or is back. */
  fallSilent: (silent: boolean) => void
  close: () => Promise<void>
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
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

export const setStage = async (): Promise<Stage> => {
  const folder = await mkdtemp(join(tmpdir(), 'wattpoint-pages-'))
  const builtIn = join(folder, 'dist')
  await buildAsShipped(builtIn)

  const streams = new Set<ServerResponse>()
  let latest: Shown | null = null
  const presses: Pressed[] = []
  const bell = new EventEmitter()
  let silent = false
  let number = 0
  const write = (stream: ServerResponse) =>
    latest === null ? false : stream.write(`data: ${JSON.stringify(latest)}\n\n`)

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname
    if (path === '/screen') {
      if (silent) {
        response.writeHead(503).end()
        return
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
      streams.add(response)
      response.on('close', () => streams.delete(response))
      write(response)
      return
    }
    if (path === '/press') {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        presses.push(JSON.parse(body) as Pressed)
        bell.emit('press')
        response.writeHead(204).end()
      })
      return
    }
    const file = join(builtIn, path)
    if (!file.startsWith(builtIn) || !existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'text/plain',
      // As strict as the kiosk's own screen server.
      'content-security-policy':
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'",
    })
    response.end(readFileSync(file))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo

  const browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: chromiumPath,
    headless: true,
    viewport: orientations.portrait,
    reducedMotion: 'reduce',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  const page = browser.pages()[0] ?? (await browser.newPage())
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  const open = async (name: 'kiosk' | 'setup'): Promise<void> => {
    // What another page was fed with is nothing to this one.
    latest = null
    await page.goto(`http://127.0.0.1:${port}/${name}/index.html`)
  }
  await open('kiosk')

  const hangUp = () => {
    for (const stream of streams) stream.end()
    streams.clear()
  }
  const takePresses = () => presses.splice(0)
  const look = async <Seen>(view: Shown, script: string): Promise<Seen> => {
    number += 1
    latest = { ...view, number }
    for (const stream of streams) write(stream)
    return page.evaluate<Seen>(`(async () => {
      const shown = () => document.querySelector('.kiosk[data-view="${number}"]') !== null
      await new Promise((done, failed) => {
        if (shown()) return done()
        const patience = setTimeout(() => failed(new Error('view ${number} was not shown')), 10_000)
        const watch = new MutationObserver(() => {
          if (!shown()) return
          watch.disconnect()
          clearTimeout(patience)
          done()
        })
        watch.observe(document, { subtree: true, childList: true, attributes: true })
      })
      return ${script}
    })()`)
  }
  return {
    page,
    open,
    builtIn,
    complaints,
    presses: takePresses,
    pressed: async (count) => {
      while (presses.length < count) await new Promise((come) => bell.once('press', come))
      return takePresses()
    },
    fallSilent: (is) => {
      silent = is
      if (is) hangUp()
    },
    turn: async (orientation) => page.setViewportSize(orientations[orientation]),
    show: async (view) => look(view, 'null'),
    look,
    close: async () => {
      await browser.close()
      hangUp()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
