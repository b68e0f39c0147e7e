// The one door to `serialport`: opens a line as a Duplex and says in the driver's own words when it cannot.
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { SerialPort } from 'serialport'

/** The line settings of devices.md 2.2. */
export type LineSettings = {
  baudRate: number
  dataBits: 7 | 8
  stopBits: 1 | 2
  parity: 'none' | 'even'
}

/**
 * Opens a serial line. `path` is a device (`/dev/kiosk/notes`), or `tcp:host:port` for a serial device server.
 * Rejects with the system's error when the line is not there: a driver then waits and tries again.
 */
export const openSerialLine = (path: string, settings: LineSettings): Promise<Duplex> =>
  path.startsWith('tcp:') ? openSocket(path) : openDevice(path, settings)

const openDevice = (path: string, settings: LineSettings): Promise<Duplex> =>
  new Promise((resolve, reject) => {
    // No lock: a pseudo-terminal has none, and udev gives each line to one user only.
    const port = new SerialPort({ path, ...settings, autoOpen: false, lock: false })
    port.open((error) => {
      if (error) return reject(error)
      watchForHangUp(port)
      resolve(port)
    })
  })

/**
 * Closes the port of a line that is gone. A read that is under way while the adapter is unplugged returns no bytes, and
 * `serialport` reads again, for ever, instead of closing (bindings-cpp 164): the driver would wait for a line that is no
 * longer there. Asking for the line's settings fails once the kernel has hung it up.
 */
const watchForHangUp = (port: SerialPort): void => {
  const watch = setInterval(() => {
    port.port?.getBaudRate().catch(() => port.isOpen && !port.closing && port.close())
  }, HANG_UP_WATCH)
  watch.unref()
  port.once('close', () => clearInterval(watch))
}

/** How often a line is asked whether it is still there, in milliseconds. */
const HANG_UP_WATCH = 500

const openSocket = (path: string): Promise<Duplex> =>
  new Promise((resolve, reject) => {
    const [, host = '', port = ''] = path.split(':')
    const socket = connect({ host, port: Number(port), noDelay: true })
    // A server that is gone without a word would be waited for over two minutes, and the driver's loop with it.
    const giveUp = setTimeout(() => socket.destroy(new Error('no connection')), CONNECT_LIMIT)
    socket
      .once('connect', () => resolve(socket))
      .once('error', reject)
      .once('connect', () => clearTimeout(giveUp))
      .once('close', () => clearTimeout(giveUp))
  })

/** How long a serial device server may take to answer, in milliseconds. */
const CONNECT_LIMIT = 5_000
