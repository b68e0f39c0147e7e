// The program of the screen, with a compositor and a runtime of the test's own: when it ends, systemd starts it anew.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-screen-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Answers as the runtime does, and tells when it was asked. */
const runtime = async () => {
  let askedAgain = () => undefined as void
  const server = createServer((_, response) => {
    response.end('{}')
    askedAgain()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    asked: () => new Promise<void>((resolve) => (askedAgain = resolve)),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const screen = (port: number, compositor: string) => {
  writeFileSync(join(folder, 'cage'), `#!/bin/sh\necho "$@" > '${folder}/called'\n${compositor}\n`)
  chmodSync(join(folder, 'cage'), 0o755)
  const program = spawn('bash', [new URL('screen.sh', import.meta.url).pathname, '--kiosk'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: `${folder}:/usr/bin:/bin`,
      KIOSK_PAGE_PORT: String(port),
      KIOSK_RESCUE: 'file:///rescue',
      KIOSK_ASKED: join(folder, 'restart-screen'),
      KIOSK_EVERY: '1',
      KIOSK_PATIENCE: '2',
    },
  })
  let said = ''
  program.stdout.on('data', (data: Buffer) => (said += data.toString()))
  const ended = once(program, 'close').then(() => ({ code: program.exitCode, said }))
  return { program, ended }
}
const lastsLong = 'exec sleep 600'

test('a browser that ended ends the program', async () => {
  const { port, stop } = await runtime()
  const { ended } = screen(port, 'exit 0')
  expect(await ended).toMatchObject({ code: 1, said: expect.stringContaining('browser ended') })
  await stop()
})

test('a runtime that was heard and falls silent brings the rescue page back', async () => {
  const { port, asked, stop } = await runtime()
  const { ended } = screen(port, lastsLong)
  await asked()
  await asked()
  await stop()
  expect(await ended).toMatchObject({ code: 1, said: expect.stringContaining('rescue page') })
})

test('a runtime that asks for another browser gets one', async () => {
  const { port, asked, stop } = await runtime()
  writeFileSync(join(folder, 'restart-screen'), '')
  const { ended } = screen(port, lastsLong)
  await asked()
  utimesSync(join(folder, 'restart-screen'), 1, 1)
  expect(await ended).toMatchObject({ code: 1, said: expect.stringContaining('another browser') })
  await stop()
})
