// Asks the card daemon, beside the binding, whether it still answers and has a reader. The binding only waits to be told, and
// its own questions would hold the whole process up where a daemon hangs.
//
//   CMD_VERSION ─► daemon ─► version, result        (pcsc-lite, src/winscard_msg.h; 4:4 is spoken by every one since 1.8.24)
//   CMD_GET_READERS_STATE ─► daemon ─► 16 readers: name in 128 bytes, then their states
import { connect } from 'node:net'

const usualSocket = '/run/pcscd/pcscd.comm'

/** Numbers are of the machine's own byte order: little-endian wherever a kiosk runs. */
const message = (command: number, ...body: number[]): Buffer => {
  const bytes = Buffer.alloc(8 + 4 * body.length)
  bytes.writeUInt32LE(4 * body.length, 0)
  bytes.writeUInt32LE(command, 4)
  body.forEach((value, at) => bytes.writeUInt32LE(value, 8 + 4 * at))
  return bytes
}
const versionAsked = message(0x11, 4, 4, 0)
const versionBytes = 12
const readersAsked = message(0x12)
const nameBytes = 128

/** More than it ever answers. */
const mostBytes = 16_384

/** False when the daemon is not there or does not understand; and, once the signal aborts, when it hangs or has no such reader. */
export const daemonAnswers = (reader: string, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ path: process.env['PCSCLITE_CSOCK_NAME'] ?? usualSocket, signal })
    const name = Buffer.from(`${reader.slice(0, nameBytes - 1)}\0`, 'latin1')
    let heard = Buffer.alloc(0)
    const end = (answers: boolean) => {
      socket.destroy()
      resolve(answers)
    }
    socket.once('connect', () => socket.write(versionAsked))
    socket.on('data', (bytes) => {
      const before = heard.length
      heard = Buffer.concat([heard, bytes])
      if (before < versionBytes && heard.length >= versionBytes) socket.write(readersAsked)
      if (heard.length > versionBytes && heard.includes(name, versionBytes)) end(true)
      if (heard.length > mostBytes) end(false)
    })
    socket.once('error', () => end(false)).once('close', () => end(false))
  })
