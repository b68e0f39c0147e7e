// Real centres, a process each, on one database of PostgreSQL: started, asked over HTTP, and killed.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { centreMessages, type MessageName } from '../../domain/centre-messages.ts'
import { townOf } from '../towns.ts'

export type Reply = { status: number; text: string }

export type Centres = {
  /** How many there are; each is known by its number, from 0. */
  count: number
  /** Their processes, as they are at this moment. */
  pids: () => number[]
  /** Asks one of them. Rejects when it is dead, or dies before it has answered. */
  ask: (which: number, name: MessageName, body: unknown) => Promise<Reply>
  /** kill -9, and a new one in its place. */
  killAndRestart: (which: number) => Promise<void>
  stop: () => Promise<void>
}

/** `folder`: where configuration and keys are written. Each has an own data folder; the books are those of `url`. */
export const startCentres = async (of: {
  folder: string
  url: string
  count: number
}): Promise<Centres> => {
  const town = townOf(Date.now())
  writeFileSync(join(of.folder, 'keys.json'), JSON.stringify(town.keyFile))
  const config = join(of.folder, 'centre.json')
  mkdirSync(join(of.folder, 'data'), { recursive: true })
  writeFileSync(
    config,
    JSON.stringify({
      dataFolder: 'data',
      listen: { host: '127.0.0.1', port: 0 },
      keys: { file: 'keys.json', bench: true },
      policy: town.policy,
      log: 'error',
    }),
  )
  const start = () => startCentre(config, of.url)
  // The first makes the key that signs receipts, the others read it.
  const running = [await start()]
  running.push(...(await Promise.all(Array.from({ length: of.count - 1 }, start))))
  const at = (which: number): Running => {
    const found = running[which]
    if (found === undefined) throw new Error(`there is no centre ${which}`)
    return found
  }
  return {
    count: of.count,
    pids: () => running.map(({ child }) => child.pid ?? 0),
    ask: async (which, name, body) => {
      const answer = await fetch(`${at(which).address}${centreMessages[name].path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return { status: answer.status, text: await answer.text() }
    },
    killAndRestart: async (which) => {
      await ended(at(which).child, 'SIGKILL')
      running[which] = await start()
    },
    stop: async () => {
      await Promise.all(running.map(({ child }) => ended(child, 'SIGTERM')))
    },
  }
}

type Running = { child: ChildProcess; address: string }

const startCentre = (config: string, url: string): Promise<Running> => {
  const child = spawn(process.execPath, ['centre/main.ts', '--config', config], {
    env: { ...process.env, DATABASE_URL: url },
  })
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      const address = /centre answers at (\S+)/.exec(said)?.[1]
      if (address !== undefined) resolve({ child, address })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`the centre did not start: ${said}`)))
  })
}

const ended = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}
