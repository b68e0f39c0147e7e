// The line to QEMU itself: commands of the QEMU Machine Protocol (docs/interop/qmp-spec of QEMU), one at a time.
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export type Qmp = {
  /** Resolves with what QEMU returns; rejects with QEMU's own words when it refuses. */
  execute: (command: string, args?: Record<string, unknown>) => Promise<unknown>
  /** The names of the events so far, the newest last. */
  events: () => readonly string[]
  close: () => void
}

type Message = {
  QMP?: unknown
  return?: unknown
  error?: { desc?: string }
  event?: string
}

/** `path`: the socket of `-qmp unix:path,server=on`. Rejects when nobody listens there. */
export const openQmp = async (path: string): Promise<Qmp> => {
  const socket = connect({ path })
  await once(socket, 'connect')
  const events: string[] = []
  const waiting: PromiseWithResolvers<unknown>[] = []
  const hear = (line: string) => {
    const message = JSON.parse(line) as Message
    if (message.event !== undefined) events.push(message.event)
    else if (message.error !== undefined) {
      waiting.shift()?.reject(new Error(message.error.desc ?? 'QEMU refused'))
    } else if ('return' in message) waiting.shift()?.resolve(message.return)
  }
  createInterface({ input: socket }).on('line', hear)
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    for (const each of waiting.splice(0)) each.reject(new Error('QEMU has ended'))
  })
  const execute = (command: string, args: Record<string, unknown> = {}) =>
    ask(socket, waiting, { execute: command, arguments: args })
  // Until this is said, QEMU takes no other command.
  await execute('qmp_capabilities')
  return { execute, events: () => events, close: () => socket.destroy() }
}

const ask = (
  socket: Socket,
  waiting: PromiseWithResolvers<unknown>[],
  message: unknown,
): Promise<unknown> => {
  if (socket.destroyed) return Promise.reject(new Error('QEMU has ended'))
  const answered = Promise.withResolvers<unknown>()
  waiting.push(answered)
  socket.write(`${JSON.stringify(message)}\n`)
  return answered.promise
}
