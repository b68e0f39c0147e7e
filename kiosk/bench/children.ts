// The programs of the bench as child processes: started, awaited, killed, started again, stopped with the bench.
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export type Program = {
  name: string
  state(): 'starting' | 'running' | 'stopped'
  /** Starts it and resolves when it answers; rejects with its last words when it ends first. */
  start(): Promise<void>
  /** A friendly stop, then after a while an unfriendly one. */
  stop(): Promise<void>
  /** As a power cut: no warning, no last words. */
  kill(): Promise<void>
}

export type ProgramOptions = {
  name: string
  args: string[]
  env?: Record<string, string>
  /** Resolves true once the program answers. */
  answers: () => Promise<boolean>
  onChange: () => void
  /** A line the program wrote. */
  onLine?: (line: string) => void
}

/** How often and how long a starting program is asked. */
const askEveryMs = 50
const startLimitMs = 20_000
const stopLimitMs = 5_000

export const program = (options: ProgramOptions): Program => {
  let child: ChildProcess | null = null
  let state: 'starting' | 'running' | 'stopped' = 'stopped'
  let lastWords = ''
  const become = (next: typeof state) => {
    state = next
    options.onChange()
  }

  const start = async () => {
    if (child !== null) return
    lastWords = ''
    become('starting')
    const started = spawn(process.execPath, options.args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
    })
    child = started
    const hear = (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString()).slice(-2000)
      for (const line of chunk.toString().split('\n')) if (line !== '') options.onLine?.(line)
    }
    started.stdout.on('data', hear)
    started.stderr.on('data', hear)
    started.on('error', (error) => (lastWords += error.message))
    started.on('exit', () => {
      child = null
      become('stopped')
    })
    for (let waited = 0; waited < startLimitMs; waited += askEveryMs) {
      if (child === null) throw new Error(`${options.name} did not start: ${lastWords.trim()}`)
      if (await options.answers()) return become('running')
      await wait(askEveryMs)
    }
    throw new Error(
      `${options.name} did not answer within ${startLimitMs / 1000} s: ${lastWords.trim()}`,
    )
  }

  const end = async (signal: NodeJS.Signals) => {
    const ending = child
    if (ending === null) return
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
    ending.kill(signal)
    const late = setTimeout(() => ending.kill('SIGKILL'), stopLimitMs)
    await ended
    clearTimeout(late)
  }

  return {
    name: options.name,
    state: () => state,
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

/** A loopback port nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no free port')),
      )
    })
  })
