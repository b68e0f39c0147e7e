// What joins a driver to its simulator: a cable in memory, or a pseudo-terminal that the driver opens as a serial line.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:fs'
import { lstat, open, unlink } from 'node:fs/promises'
import { Duplex, duplexPair } from 'node:stream'

export type MemoryCable = {
  /** The simulator's end. */
  device: Duplex
  /** The driver's end. */
  host: Duplex
  /** Pulls the plug: both ends close, as a serial port does when its adapter is unplugged. */
  unplug: () => void
}

/** A cable without a wire. Bytes written at one end arrive at the other in order and in the chunks they were written in. */
export const memoryCable = (): MemoryCable => {
  const [device, host] = duplexPair()
  // An end that nobody holds yet may be unplugged all the same; without a listener its error would end the process.
  device.on('error', () => {})
  host.on('error', () => {})
  return {
    device,
    host,
    unplug: () => {
      host.destroy()
      device.destroy()
    },
  }
}

export type PseudoTerminal = {
  /** What the driver opens, as if it were `/dev/ttyUSB0`. */
  path: string
  /** The simulator's end. */
  cable: Duplex
  /** Unplugs: the driver's port closes, the path is gone. */
  close: () => Promise<void>
}

/** Whether this machine can make pseudo-terminals for `pseudoTerminal`: where it cannot, use `memoryCable`. */
export const pseudoTerminalsWork = (): boolean =>
  process.platform === 'linux' && spawnSync('socat', ['-V'], { stdio: 'ignore' }).status === 0

/**
 * Makes a pseudo-terminal at `path`, in raw mode, by a `socat` of its own that ends with this process. It carries bytes,
 * chunks, time and unplugging, but neither parity nor baud nor modem lines (devices.md 2.5). Rejects when socat cannot.
 */
export const pseudoTerminal = async ({ path }: { path: string }): Promise<PseudoTerminal> => {
  await removeLink(path)
  const socat = spawn('socat', ['-d', '-d', `pty,raw,echo=0,link=${path}`, 'STDIO'])
  await transferring(socat)
  // Held open for as long as the cable lives: a terminal that nobody has open would tell socat that it has ended.
  const keeper = await open(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
  const cable = Duplex.from({ readable: socat.stdout, writable: socat.stdin })
  // The plug may be pulled in the middle of a write: what matters then is the 'close' that follows.
  cable.on('error', () => {})
  socat.stdin.on('error', () => {})
  const ended = once(socat, 'exit').then(() => cable.destroy())
  return {
    path,
    cable,
    close: async () => {
      await keeper.close()
      socat.kill()
      await ended
      await removeLink(path)
    },
  }
}

/** Waits until socat says that it moves bytes; then the link is there. */
const transferring = (socat: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = ''
    socat.once('error', reject)
    socat.once('exit', () => reject(new Error(`socat could not make a pseudo-terminal: ${said}`)))
    socat.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000)
      if (said.includes('starting data transfer loop')) resolve()
    })
  })

/** A link is left behind when its maker was killed. Anything else at this path is not ours to remove. */
const removeLink = async (path: string): Promise<void> => {
  const found = await lstat(path).catch(() => null)
  if (found?.isSymbolicLink()) await unlink(path).catch(() => {})
}
