// Runs inside the machine under test, and in no other: does on it what the test outside asks for, over a virtual serial
// port. A unit of the test image starts it as root; the image of a product has neither the unit nor this file.
import { exec } from 'node:child_process'
import { open, type FileHandle } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** Where QEMU's `virtserialport` of this name appears. */
const port = '/dev/virtio-ports/wattpoint.test'
const page = 'http://127.0.0.1:8010/'

type Asked =
  | { id: number; kind: 'run'; command: string; limitMs: number }
  /** The screen as the page would get it. */
  | { id: number; kind: 'view' }
  | { id: number; kind: 'press'; body: unknown }

const run = (command: string, limitMs: number) =>
  new Promise<{ code: number; output: string; errors: string }>((resolve) => {
    exec(
      command,
      { timeout: limitMs, maxBuffer: 32_000_000, shell: '/bin/sh' },
      (error, output, errors) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 255
        resolve({ code, output, errors })
      },
    )
  })

/** The first view that is sent to whoever opens the page. */
const view = async (): Promise<unknown> => {
  const stop = AbortSignal.timeout(20_000)
  const { body } = await fetch(`${page}screen`, { signal: stop })
  if (body === null) return null
  let text = ''
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    text += piece
    const events = text.split('\n\n').slice(0, -1)
    // What has a name is no view.
    const shown = events.find((event) => /^data: /m.test(event) && !/^event: /m.test(event))
    const data = shown === undefined ? undefined : /^data: (.*)$/m.exec(shown)?.[1]
    if (data !== undefined) return JSON.parse(data)
  }
  return null
}

const press = async (body: unknown): Promise<number> => {
  const answer = await fetch(`${page}press`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  })
  await answer.arrayBuffer()
  return answer.status
}

const doing = (asked: Asked): Promise<unknown> => {
  if (asked.kind === 'run') return run(asked.command, asked.limitMs)
  return asked.kind === 'view' ? view() : press(asked.body)
}

const answer = async (line: FileHandle, asked: Asked): Promise<void> => {
  const said = await doing(asked).then(
    (value) => ({ id: asked.id, value }),
    (error: unknown) => ({ id: asked.id, problem: String(error) }),
  )
  await line.writeFile(`${JSON.stringify(said)}\n`)
}

/** The port appears in its own time. */
const opened = async (): Promise<FileHandle> => {
  for (;;) {
    const line = await open(port, 'r+').catch(() => null)
    if (line !== null) return line
    await pause(500)
  }
}

const main = async (): Promise<void> => {
  const line = await opened()
  let turn: Promise<unknown> = line.writeFile(`${JSON.stringify({ id: 0, value: 'here' })}\n`)
  const bytes = Buffer.alloc(65_536)
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { bytesRead } = await line.read(bytes, 0, bytes.length, null)
    // Nobody listens at the other end.
    if (bytesRead === 0) await pause(200)
    const lines = (rest + decoder.decode(bytes.subarray(0, bytesRead), { stream: true })).split(
      '\n',
    )
    rest = lines.pop() ?? ''
    for (const text of lines) {
      const asked = JSON.parse(text) as Asked
      turn = turn.then(() => answer(line, asked))
    }
  }
}

await main()
