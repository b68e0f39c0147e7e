// The programs of the bench as child processes: started, awaited, killed, started again, stopped with the bench.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { ProgramState } from '../../ui/bench/panel.ts'

export type Program = {
  name: string
  state: () => ProgramState
  /** Starts it and resolves when it answers; rejects with its last words when it ends first. */
  start: () => Promise<void>
  /** A friendly stop, then after a while an unfriendly one. It stays stopped until `start`. */
  stop: () => Promise<void>
  /** As a power cut: no warning, no last words. It is started again, as the kiosk's own supervisor would. */
  kill: () => Promise<void>
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
  /** What it waits before it starts a program again that has ended by itself; twice as long every time. */
  restartMs?: { first: number; most: number }
}

/** How often and how long a starting program is asked. */
const askEveryMs = 40
const startLimitMs = 20_000
const stopLimitMs = 5_000
/** One that has run so long has started well: if it ends, it is started again as if for the first time. */
const ranWellMs = 10_000

/** How Node.js is started so that the kernel ends it when the bench ends, even when the bench is killed; Linux only. */
const setpriv = '/usr/bin/setpriv'
const endsWithUs = existsSync(setpriv)
  ? [setpriv, '--pdeathsig', 'KILL', process.execPath]
  : [process.execPath]

export const program = (options: ProgramOptions): Program => {
  const { first, most } = options.restartMs ?? { first: 500, most: 15_000 }
  let child: ChildProcess | null = null
  let state: ProgramState = 'stopped'
  let lastWords = ''
  /** Whether it should run: a program that ends while this is so is started again. */
  let wanted = false
  let restartAfterMs = first
  let restarting: NodeJS.Timeout | undefined
  const become = (next: ProgramState) => {
    state = next
    options.onChange()
  }
  const hear = (text: string) => {
    lastWords = (lastWords + text).slice(-2000)
    for (const line of text.split('\n')) if (line !== '') options.onLine?.(line)
  }

  const launch = (): void => {
    lastWords = ''
    const startedAt = performance.now()
    const [command = process.execPath, ...before] = endsWithUs
    const started = spawn(command, [...before, ...options.args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
      // Not in our group: Ctrl-C is for the bench, which then stops its programs in order.
      detached: true,
    })
    child = started
    started.stdout.setEncoding('utf8').on('data', hear)
    started.stderr.setEncoding('utf8').on('data', hear)
    started.on('error', (error) => hear(error.message))
    started.on('exit', () => {
      child = null
      become('stopped')
      if (performance.now() - startedAt > ranWellMs) restartAfterMs = first
      if (wanted) startLater()
    })
    become('starting')
  }

  const startLater = () => {
    clearTimeout(restarting)
    restarting = setTimeout(() => {
      run().catch((error: unknown) => options.onLine?.(String(error)))
    }, restartAfterMs)
    restartAfterMs = Math.min(restartAfterMs * 2, most)
  }

  /** Launches it and waits until it answers. */
  const run = async (): Promise<void> => {
    if (child !== null) return
    launch()
    const launched = child
    for (let waited = 0; waited < startLimitMs; waited += askEveryMs) {
      if (child !== launched) throw new Error(`${options.name} ended: ${lastWords.trim()}`)
      if (await options.answers()) {
        if (child === launched) become('running')
        return
      }
      await wait(askEveryMs)
    }
    await end('SIGKILL')
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

  const stop = async () => {
    wanted = false
    clearTimeout(restarting)
    await end('SIGTERM')
  }

  return {
    name: options.name,
    state: () => state,
    start: async () => {
      try {
        await run()
        wanted = true
      } catch (error) {
        await stop()
        throw error
      }
    },
    stop,
    kill: () => {
      // A hand has done it, not a fault of the program: it need not wait longer each time.
      restartAfterMs = first
      return end('SIGKILL')
    },
  }
}
