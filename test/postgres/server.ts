// PostgreSQL for tests: a server of our own from Debian's package, in a folder that goes with it, reached by a socket in there.
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { Client } from 'pg'

export type PostgresServer = {
  /** The process that has started all others of it. */
  pid: () => number
  /** The address of a database in it. */
  urlOf: (database: string) => string
  /** An empty database, or a copy of another; its address. */
  create: (database: string, template?: string) => Promise<string>
  drop: (database: string) => Promise<void>
  /** It ends without a word, and has to recover when it starts again. */
  kill: () => Promise<void>
  /** Starts again after `kill` and finds what it had acknowledged. */
  start: () => Promise<void>
  stop: () => Promise<void>
}

const debians = '/usr/lib/postgresql'
/** The folder of the newest PostgreSQL's programs; null where there is none. */
export const programsOfPostgresql = (): string | null => {
  if (!existsSync(debians)) return null
  const [newest] = readdirSync(debians).toSorted((one, other) => Number(other) - Number(one))
  return newest === undefined ? null : join(debians, newest, 'bin')
}

/** Memory, where there is some: every row is synced as in the field, and costs no disk. */
const memory = '/dev/shm'

/** Starts a server that keeps what it acknowledges (`fsync` is on). It refuses to run as root: nobody runs it then. */
export const startPostgres = async (): Promise<PostgresServer> => {
  const programs = programsOfPostgresql()
  if (programs === null) throw new Error(`found no PostgreSQL in ${debians}`)
  const folder = mkdtempSync(
    join(existsSync(memory) ? memory : tmpdir(), `wattpoint-${process.pid}-`),
  )
  const isRoot = process.getuid?.() === 0
  const nobody = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  if (isRoot) chownSync(folder, idOf('-u'), idOf('-g'))
  const data = join(folder, 'data')
  execFileSync(
    join(programs, 'initdb'),
    [
      `--pgdata=${data}`,
      `--username=${owner}`,
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], ...nobody },
  )
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    max_connections: '200',
    // Tests make and drop databases all the time; what a checkpoint writes is in memory anyway.
    max_wal_size: '256MB',
    log_min_messages: 'panic',
  }
  // It ends with whoever started it, even where that one is killed.
  const command = ['--pdeathsig', 'INT', join(programs, 'postgres'), '-D', data]
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const launch = () =>
    spawn('setpriv', [...command, ...given], { cwd: folder, stdio: 'ignore', ...nobody })
  const urlOf = (database: string): string =>
    `postgresql:///${database}?user=${owner}&host=${encodeURIComponent(folder)}`
  let server = launch()
  const asked = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: urlOf('postgres') })
    client.on('error', () => undefined)
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  const answers = async (): Promise<void> => {
    for (let tries = 0; ; tries++) {
      try {
        return await asked('select 1')
      } catch (error) {
        if (tries === 200) throw error
        // Those it has left behind when it was killed may still be there: it does not start beside them.
        if (server.exitCode !== null) server = launch()
        await new Promise((later) => setTimeout(later, 50))
      }
    }
  }
  const ended = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const exit = once(server, 'exit')
    server.kill(signal)
    await exit
  }
  await answers()
  return {
    pid: () => server.pid ?? 0,
    urlOf,
    create: async (database, template = 'template0') => {
      await asked(`create database ${database} template ${template}`)
      return urlOf(database)
    },
    drop: (database) => asked(`drop database if exists ${database} with (force)`),
    kill: () => ended('SIGKILL'),
    start: async () => {
      server = launch()
      await answers()
    },
    stop: async () => {
      await ended('SIGINT')
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

const owner = 'wattpoint'

const idOf = (which: '-u' | '-g'): number =>
  Number(execFileSync('id', [which, 'nobody'], { encoding: 'utf8' }))
