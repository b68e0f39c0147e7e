// Programs of the bench: started and awaited, started again after a power cut, stopped for good, never left behind.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { freePort } from '../../drivers/free-ports.ts'
import { program, type Program } from './children.ts'

const serves = `
  import { createServer } from 'node:http'
  createServer((_, response) => response.end(String(process.pid))).listen(Number(process.argv[2]), '127.0.0.1')
  console.log('listening on ' + process.argv[2])
`
const givesUp = `console.error('the key is missing'); process.exit(1)`

describe('a program of the bench', () => {
  let folder = ''
  let port = 0
  let running: Program[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'children-'))
    port = await freePort()
    running = []
  })
  afterEach(async () => {
    for (const each of running) await each.stop()
    await rm(folder, { recursive: true })
  })

  const answers = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
  const whoAnswers = async () => (await fetch(`http://127.0.0.1:${port}/`)).text()
  const made = async (source: string, onLine: (line: string) => void = () => {}) => {
    await writeFile(join(folder, 'program.mjs'), source)
    const one = program({
      name: 'the program',
      args: [join(folder, 'program.mjs'), String(port)],
      answers,
      onChange: () => {},
      onLine,
      restartMs: { first: 10, most: 20 },
    })
    running.push(one)
    return one
  }

  it('runs once it answers, and frees its port when it is stopped', async () => {
    const lines: string[] = []
    const one = await made(serves, (line) => lines.push(line))
    await one.start()
    expect(one.state()).toBe('running')
    expect(lines).toEqual([`listening on ${port}`])
    await one.stop()
    expect(one.state()).toBe('stopped')
    expect(await answers()).toBe(false)
  })

  it('says its last words when it ends instead of answering, and is not tried again', async () => {
    const one = await made(givesUp)
    await expect(one.start()).rejects.toThrow('the program ended: the key is missing')
    expect(one.state()).toBe('stopped')
  })

  it('is started again after a power cut, as another process', async () => {
    const one = await made(serves)
    await one.start()
    const before = await whoAnswers()
    await one.kill()
    await vi.waitFor(() => expect(one.state()).toBe('running'), { timeout: 10_000, interval: 20 })
    expect(await whoAnswers()).not.toBe(before)
  })

  it('stays stopped when it is stopped while it waits to be started again', async () => {
    const one = await made(serves)
    await one.start()
    await one.kill()
    await one.stop()
    expect(one.state()).toBe('stopped')
    expect(await answers()).toBe(false)
  })

  it.runIf(process.platform === 'linux')(
    'ends with the bench, even when that is killed',
    async () => {
      await writeFile(join(folder, 'program.mjs'), serves)
      const bench = `
      import { program } from ${JSON.stringify(join(import.meta.dirname, 'children.ts'))}
      const one = program({
        name: 'the program',
        args: [${JSON.stringify(join(folder, 'program.mjs'))}, '${port}'],
        answers: () => fetch('http://127.0.0.1:${port}/').then(() => true, () => false),
        onChange: () => {},
      })
      await one.start()
      console.log('running')
    `
      const killed = spawn(process.execPath, ['--input-type=module', '--eval', bench])
      await once(killed.stdout, 'data')
      expect(await answers()).toBe(true)
      killed.kill('SIGKILL')
      await vi.waitFor(async () => expect(await answers()).toBe(false), { timeout: 10_000 })
    },
  )
})
