// Makes sure that a pcscd with a virtual reader (vpcd) is there, for the bench and for tests: the kiosk never does this.
//
// Best is a daemon of our own, in a mount namespace of its own: its socket lies in a folder of ours, its virtual reader on a
// port of ours, so that neither the system's daemon nor another test is in the way. That needs root, and a machine that
// allows namespaces. Else the daemon that already runs is used, and where none runs root starts one at the usual place.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePorts } from '../../free-ports.ts'
import { usualVirtualReaderPort } from './virtual-reader.ts'

const paths = {
  daemon: '/usr/sbin/pcscd',
  /** Where the daemon puts its socket; fixed when it was built. */
  folder: '/run/pcscd',
  socket: '/run/pcscd/pcscd.comm',
  /** Of the virtual reader, first slot. */
  driver: '/usr/lib/pcsc/drivers/serial/libifdvpcd.so',
}

const delays = { startMs: 10_000, lookMs: 50, stopMs: 5_000 }

export type VirtualReaderDaemon = {
  /** Whose daemon it is: 'ours' ends with us. */
  whose: 'ours' | 'of this machine'
  /** Of the virtual reader: for `virtualReader({ port })`. */
  port: number
  /** What the environment of a program needs in order to find this daemon. */
  environment: Record<string, string>
  /** Ends the daemon if it is ours, with all it left on the disk. */
  stop(): Promise<void>
  /**
   * Ends our daemon and starts it again; meanwhile there is no card service. `reader: false`: it comes back without a
   * reader, which is as near as vpcd comes to pulling a reader's plug. Throws for a daemon that is not ours.
   */
  restart(options?: { reader: boolean }): Promise<void>
}

/** `what`: one sentence for the person who started the program. */
export type DaemonFound =
  | { kind: 'daemon'; daemon: VirtualReaderDaemon }
  | { kind: 'missing'; what: string }

/** What this machine lacks for a virtual reader, in one sentence; null when nothing does. */
export const missingForVirtualReader = (): string | null => {
  if (process.platform !== 'linux') return 'A virtual card reader needs Linux.'
  if (!existsSync(paths.daemon)) return 'The card daemon is missing: install pcscd.'
  if (!existsSync(paths.driver))
    return 'The virtual card reader is missing: install vsmartcard-vpcd.'
  return null
}

/** A daemon of our own where that is possible, else the one of this machine, else what to do about it. */
export const virtualReaderDaemon = async (): Promise<DaemonFound> => {
  const missing = missingForVirtualReader()
  if (missing !== null) return { kind: 'missing', what: missing }
  const root = process.getuid?.() === 0
  if (root && ownNamespaceWorks()) {
    const daemon = await ownDaemon('own namespace')
    if (daemon !== null) return { kind: 'daemon', daemon }
  }
  if (await answers(paths.socket)) return { kind: 'daemon', daemon: daemonOfThisMachine() }
  if (root) {
    const daemon = await ownDaemon('usual place')
    if (daemon !== null) return { kind: 'daemon', daemon }
  }
  return {
    kind: 'missing',
    what: root
      ? 'The card daemon does not start: try "pcscd --foreground" to see why.'
      : 'The card daemon is not running: start it with "sudo systemctl start pcscd".',
  }
}

const daemonOfThisMachine = (): VirtualReaderDaemon => ({
  whose: 'of this machine',
  port: usualVirtualReaderPort,
  environment: {},
  stop: () => Promise.resolve(),
  restart: () =>
    Promise.reject(new Error('the card daemon of this machine is not ours to restart')),
})

/** Containers often forbid it, also to root. */
const ownNamespaceWorks = (): boolean =>
  spawnSync('unshare', ['--mount', 'true'], { stdio: 'ignore' }).status === 0

type Where = 'own namespace' | 'usual place'

type Own = {
  where: Where
  /** Holds the configuration, the socket if we can have it here, and nothing for USB readers to be found in. */
  folder: string
  port: number
  process: ChildProcess | null
}

const ownDaemon = async (where: Where): Promise<VirtualReaderDaemon | null> => {
  const folder = await mkdtemp(join(tmpdir(), 'virtual-reader-'))
  const own: Own = { where, folder, port: await freePorts(2), process: null }
  for (const part of ['run', 'readers', 'no-usb-drivers']) await mkdir(join(folder, part))
  const stop = async () => {
    await end(own)
    await rm(folder, { recursive: true, force: true })
  }
  if (!(await start(own, { reader: true }))) {
    await stop()
    return null
  }
  return {
    whose: 'ours',
    port: own.port,
    // libpcsclite reads it once, when the first context is made.
    environment: where === 'own namespace' ? { PCSCLITE_CSOCK_NAME: socketOf(own) } : {},
    stop,
    restart: async (options = { reader: true }) => {
      await end(own)
      if (!(await start(own, options))) throw new Error('the card daemon did not start again')
    },
  }
}

const socketOf = ({ where, folder }: Own): string =>
  where === 'own namespace' ? join(folder, 'run', 'pcscd.comm') : paths.socket

/** Ended by the kernel when we are killed. */
const endsWithUs = ['setpriv', '--pdeathsig', 'TERM']

/** The daemon's own place, as it sees it, is a folder of ours. */
const script = 'mkdir -p "$2" && mount --bind "$1" "$2" && shift 2 && exec "$@"'

const commandOf = ({ where, folder }: Own, daemon: readonly string[]): string[] => {
  const ending = [...endsWithUs, ...daemon]
  if (where === 'usual place') return ending
  const run = join(folder, 'run')
  return ['unshare', '--mount', 'sh', '-c', script, 'sh', run, paths.folder, ...ending]
}

const start = async (own: Own, { reader }: { reader: boolean }): Promise<boolean> => {
  const readers = join(own.folder, 'readers')
  const entry = join(readers, 'vpcd')
  await rm(entry, { force: true })
  if (reader) await writeFile(entry, readerEntry(own.port))
  const daemon = [paths.daemon, '--foreground', '--config', readers, ...withoutPolkit()]
  const [program = '', ...parts] = commandOf(own, daemon)
  own.process = spawn(program, parts, {
    stdio: 'ignore',
    // A real reader at this machine belongs to the machine's own daemon.
    env: { ...process.env, PCSCLITE_HP_DROPDIR: join(own.folder, 'no-usb-drivers') },
  })
  own.process.on('error', () => {})
  for (let waitedMs = 0; waitedMs < delays.startMs; waitedMs += delays.lookMs) {
    if (await answers(socketOf(own))) return true
    if (own.process.pid === undefined || own.process.exitCode !== null) return false
    await pause(delays.lookMs)
  }
  return false
}

/** Two slots come with it, on this port and the next one. */
const readerEntry = (port: number): string => {
  const channel = `0x${port.toString(16).toUpperCase()}`
  return [
    'FRIENDLYNAME "Virtual PCD"',
    `DEVICENAME /dev/null:${channel}`,
    `LIBPATH ${paths.driver}`,
    `CHANNELID ${channel}`,
    '',
  ].join('\n')
}

/** Newer daemons ask polkit who may use a card; the socket of ours lies in a folder that only we can enter. */
const withoutPolkit = (): string[] => {
  const { stdout, stderr } = spawnSync(paths.daemon, ['--help'], { encoding: 'utf8' })
  return `${stdout}${stderr}`.includes('--disable-polkit') ? ['--disable-polkit'] : []
}

const end = async (own: Own): Promise<void> => {
  const running = own.process
  own.process = null
  if (running === null || running.exitCode !== null || running.signalCode !== null) return
  const ended = once(running, 'exit')
  running.kill('SIGTERM')
  const patience = setTimeout(() => running.kill('SIGKILL'), delays.stopMs)
  await ended
  clearTimeout(patience)
}

const answers = (socketPath: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(socketPath)
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
