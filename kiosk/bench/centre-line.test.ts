// The line to the centre carries bytes, is cut by a switch, and comes back.
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { centreLine, type CentreLine } from './centre-line.ts'

describe('the line to the centre', () => {
  let centre: Server
  let line: CentreLine
  beforeEach(async () => {
    centre = createServer((socket) => socket.pipe(socket).on('error', () => {}))
    centre.listen(0, '127.0.0.1')
    await once(centre, 'listening')
    line = await centreLine((centre.address() as { port: number }).port)
  })
  afterEach(async () => {
    await line.close()
    await new Promise((resolve) => centre.close(resolve))
  })

  const called = () => connect(line.port, '127.0.0.1').on('error', () => {})
  /** Not `once`, which rejects when the line is cut hard. */
  const closing = (socket: Socket) => new Promise((resolve) => socket.on('close', resolve))
  const echo = async (socket: Socket) => {
    socket.write('hello')
    return String((await once(socket, 'data'))[0])
  }

  it('carries bytes both ways', async () => {
    const socket = called()
    expect(await echo(socket)).toBe('hello')
    socket.destroy()
  })

  it('cuts what is open and refuses what is new while the centre is away', async () => {
    const open = called()
    await echo(open)
    const cut = closing(open)
    line.setAway(true)
    await cut
    const refused = called()
    await closing(refused)
    expect(refused.bytesRead).toBe(0)
    expect(line.away()).toBe(true)
  })

  it('carries again when the centre is back', async () => {
    line.setAway(true)
    line.setAway(false)
    const socket = called()
    expect(await echo(socket)).toBe('hello')
    socket.destroy()
  })

  it('ends with the connection, and survives a centre that is not there', async () => {
    const socket = called()
    await echo(socket)
    const closed = closing(socket)
    const gone = new Promise((resolve) => centre.close(resolve))
    socket.end()
    await Promise.all([closed, gone])
    const late = called()
    await closing(late)
    expect(late.bytesRead).toBe(0)
    centre = createServer().listen(0)
    await once(centre, 'listening')
  })
})
